// Somebody who tries everything in one place of a page: writes every string into every box, opens
// what folds, chooses every card, and presses every button that does more than lead on.

async ({ place, strings, all, last, tried, foreign, boxesOnly }) => {
  const root = document.querySelector(place);
  const done = new Set(tried);
  const pressed = new Map();
  const found = { boxes: [], wrong: [] };

  if (!window.egStays) {
    // A button may lead to another section or page: this one stays.
    const say = (window.egStays = window.dispatchEvent);
    window.dispatchEvent = (event) => (event.type === "evenground:go" ? false : say.call(window, event));
  }

  // Does something that the page tells its kernel, and waits until that was answered and drawn.
  const answered = (act) =>
    new Promise((resolve) => {
      const listen = ({ detail }) => {
        const late = detail.state === "unsaved" && !("text" in detail); // no answer yet
        if (detail.state === "saving" || late) return;
        clearTimeout(never);
        window.removeEventListener("evenground:state", listen);
        resolve();
      };
      const never = setTimeout(() => listen({ detail: { state: "none" } }), 60000);
      window.addEventListener("evenground:state", listen);
      act();
    });
  const shown = (selector) => [...root.querySelectorAll(selector)].filter((el) => el.checkVisibility() && !el.disabled);
  const next = (selector, name) => shown(selector).find((el) => !done.has(name(el)));
  const named = (el) => {
    const label = el.closest(".eg-field")?.querySelector(".eg-label")?.textContent;
    return `${place} ${label} ${el.getAttribute("aria-label") || ""}`;
  };
  const card = (el) => `${named(el)} = ${el.value}`;
  const button = (el) => `press ${place} ${el.dataset.egFocus.split("=")[0]}`;
  const look = (within) => found.wrong.push(...[...within.querySelectorAll(foreign)].map((el) => el.outerHTML.slice(0, 200)));
  const put = (box, words) => {
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const keep = (box, words) =>
    box.value === words ||
    answered(() => {
      put(box, words);
      box.dispatchEvent(new Event("blur"));
    });

  async function write() {
    for (let box; (box = next("textarea, input[type=text]", named)); ) {
      done.add(named(box));
      found.boxes.push(named(box));
      const within = box.closest(".eg-view");
      for (const words of strings) {
        put(box, words);
        look(within);
      }
      await keep(box, all);
      look(document);
      if (last) await keep(box, last);
    }
  }

  async function open() {
    for (const fold of root.querySelectorAll("details")) fold.open = true;
    await write();
  }

  async function choose() {
    for (let one; (one = next("input[type=radio], input[type=checkbox]", card)); ) {
      done.add(card(one));
      if (one.type === "radio" && one.checked) continue; // chosen before: what it opens is open
      await answered(() => one.click());
      await open();
    }
    // More is asked after a yes, which is the first card, and of what has no name yet.
    for (const one of shown("input[type=radio]")) {
      const first = root.querySelector(`input[name="${one.name}"]`);
      if (!one.isConnected || first.checked || done.has(`first ${one.name}`)) continue;
      done.add(`first ${one.name}`);
      await answered(() => first.click());
      await open();
    }
    for (let one; (one = next("select:has(option[value=other])", named)); ) {
      done.add(named(one));
      await answered(() => {
        one.value = "other";
        one.dispatchEvent(new Event("change"));
      });
      await open();
    }
  }

  // What these do takes away what was made, leaves, or sits somebody else down.
  const not = /^(skip|cancel|back|end|stop|pause|sit|move|copy|forget|ask|ask_who|unlock|take_\w+|un\w+|open_pages)=/;
  const more = () => shown("button[data-eg-focus]").find((el) => !not.test(el.dataset.egFocus) && !done.has(button(el)));

  await open();
  if (!boxesOnly) await choose();
  for (let one; !boxesOnly && (one = more()); ) {
    const name = button(one);
    const times = (pressed.get(name) || 0) + 1;
    pressed.set(name, times);
    if (!name.endsWith(" next") || times > 7) done.add(name);
    await answered(() => one.click());
    await open();
    await choose();
  }
  look(document);
  return { ...found, tried: [...done] };
}
