// On a narrow screen the questions of a form come one at a time. The next one comes when it is asked
// for, or passed over, and stays. Nothing of this reaches Python: its tree is the same on any screen.

const NARROW = window.matchMedia("(max-width: 699px)");
const QUESTIONS = new Set(["field", "ifthen", "row"]);

const standing = new Set(); // the forms that are on the page
let allAtOnce = false; // somebody asked for that; it holds while they sit at this page

// One form may stand under another: what either keeps back is not in view.
const keepers = new WeakMap(); // element -> the forms that keep it back

function keepBack(one, form, back) {
  const by = keepers.get(one) || new Set();
  keepers.set(one, by);
  if (back) by.add(form);
  else by.delete(form);
  one.hidden = by.size > 0;
  one.classList.toggle("eg-later", one.hidden);
}

function nameOf(node) {
  return node.name || node.if?.name || (node.children || []).map(nameOf).find(Boolean) || "";
}

function isGiven(value) {
  return value && typeof value === "object" ? Object.keys(value).length > 0 : Boolean(value);
}

function oneByOne(ctx) {
  const reached = new Set(); // names of questions that were in view: what was shown stays
  let later = new Set(); // elements that wait
  let all = allAtOnce || !NARROW.matches;
  let questions = []; // [{name, els}]: a question and what is to be read between it and the next
  let under = []; // what stands under the last one
  let last = 0; // the number of the last one in view

  const way = (words, act, style) => make("button", { type: "button", class: style, on: { click: act } }, words);
  const at = make("p", { class: "eg-small", role: "status" });
  const el = make(
    "div",
    { class: "eg-onward" },
    make(
      "div",
      { class: "eg-onward-ways" },
      // The same step on: what was typed stays in either case.
      way(ctx.words.next_question, () => goOn(), "eg-button"),
      way(ctx.words.skip_question, () => goOn(), "eg-button"),
    ),
    make("div", { class: "eg-onward-more" }, at, way(ctx.words.all_questions, () => showAll(), "eg-action")),
  );

  function arrange() {
    const furthest = questions.reduce((found, question, place) => (isReached(question) ? place : found), 0);
    last = all ? questions.length - 1 : furthest;
    // Once the end is in view it stays, whatever else comes with an answer.
    all ||= last >= questions.length - 1;
    questions.slice(0, last + 1).forEach((question) => reached.add(question.name));
    wait(new Set(all ? [el] : [...questions.slice(last + 1).flatMap((question) => question.els), ...under]));
    const words = all ? "" : sentence(ctx.words.question_of, { number: String(last + 1), count: String(questions.length) });
    if (at.textContent !== words) at.textContent = words;
  }

  // A question with an answer, or with something wrong, is in view; and so are all before it.
  function isReached({ name, els }) {
    if (reached.has(name) || els[0].querySelector(".eg-error:not([hidden])")) return true;
    return [...ctx.fields].some((item) => els[0].contains(item.el) && isGiven(item.control.get()));
  }

  function wait(these) {
    // What has the focus may go out of view: a button that was pressed, of a form that begins anew.
    const leaves = [...these].some((one) => one.contains(document.activeElement));
    [...later].filter((one) => !these.has(one)).forEach((one) => keepBack(one, form, false));
    these.forEach((one) => keepBack(one, form, true));
    later = these;
    if (leaves) lookAt(questions[all ? last : 0], "nearest");
  }

  // The focus goes to the question and not into its box: that would open the keyboard of a phone over
  // half of what is to be read, and on a card an arrow would choose. From here Tab goes to the answer,
  // and a screen reader reads the question.
  function lookAt({ els }, block) {
    const label = els[0].querySelector(".eg-label:not([hidden])") || els[0];
    label.tabIndex = -1;
    label.focus({ preventScroll: true });
    if (block === "start") makeRoom(els[0]);
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    els[0].scrollIntoView({ block, behavior: still ? "auto" : "smooth" });
  }

  // So that even the last question can stand under the header, with the one before it out of view, and
  // those of another form as well.
  function makeRoom(question) {
    const host = el.parentElement;
    host.style.paddingBottom = "";
    if (!inOurPage()) return; // elsewhere it is not the window that scrolls
    const page = document.documentElement;
    const ends = asksBelow(host) ? host.getBoundingClientRect().bottom : page.scrollHeight - window.scrollY;
    const view = window.innerHeight - (parseFloat(getComputedStyle(page).scrollPaddingTop) || 0);
    const room = view - (ends - question.getBoundingClientRect().top);
    host.style.paddingBottom = `${Math.max(0, Math.ceil(room))}px`;
  }

  function asksBelow(host) {
    const below = (one) => host.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !host.contains(one);
    return [...document.querySelectorAll(".eg-field")].some((one) => one.offsetParent && below(one));
  }

  function leaveNoRoom() {
    if (el.parentElement) el.parentElement.style.paddingBottom = "";
  }

  function goOn() {
    const next = questions[last + 1];
    reached.add(next.name);
    arrange();
    lookAt(next, "start");
  }

  function showAll() {
    const next = questions[last + 1];
    allAtOnce = true;
    standing.forEach((form) => form.open());
    lookAt(next, "nearest");
  }

  const form = {
    open: () => {
      all = true;
      leaveNoRoom();
      arrange();
    },
  };
  standing.add(form);

  return {
    el,
    update: () => {},
    // After each drawing: what stands around this node, in order.
    among: (shown, place) => {
      const { over, end } = shown[place].node;
      questions = [];
      for (const { node, el: one } of shown.slice(place - over, place)) {
        if (QUESTIONS.has(node.is)) questions.push({ name: nameOf(node), els: [one] });
        else if (questions.length && node.is !== "status") questions.at(-1).els.push(one);
      }
      under = shown
        .slice(place + 1, place + 1 + end)
        .filter(({ node }) => node.is !== "status")
        .map(({ el: one }) => one);
      arrange();
    },
    gone: () => {
      standing.delete(form);
      leaveNoRoom();
      wait(new Set());
    },
  };
}

// Who turned the phone has seen all of it: it does not go away when they turn it back.
NARROW.addEventListener("change", () => {
  if (!NARROW.matches) standing.forEach((form) => form.open());
});
window.addEventListener("evenground:clear", () => {
  allAtOnce = false; // whoever comes next has a way of their own
});
