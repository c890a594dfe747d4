// The header and the cover: who is writing, what is saved, whether the line to the files is open.

const PING = 1500; // ms; two that are not answered are told within five seconds
const AWAKE = 10000; // no need to say it with each key

function named(person) {
  return make("span", { class: "eg-name" }, mark(person.key), make("b", {}, make("bdi", {}, person.name)));
}

// The same parts in JupyterLab, where no page of ours holds them.
function ownParts(el, words, raise) {
  const button = (label, event) => make("button", { type: "button", on: { click: () => raise(event) } }, label);
  const parts = {
    who: make("div", { class: "eg-who" }),
    saved: make("div", { class: "eg-saved", role: "status", "aria-live": "polite" }),
    offline: make("div", { class: "eg-offline", hidden: true }),
    cover: make("section", { class: "eg-cover", hidden: true }),
    body: el,
  };
  el.append(
    make(
      "header",
      { class: "eg-header" },
      make(
        "div",
        { class: "eg-bar" },
        make("span", { class: "eg-product" }, words.product),
        make("div", { class: "eg-bar-actions" }, button(words.pause, "pause"), button(words.help, "help"), button(words.hide_now, "leave")),
      ),
      make("div", { class: "eg-wholine" }, parts.who, parts.saved),
      parts.offline,
    ),
    parts.cover,
  );
  return parts;
}

function pageParts() {
  const part = (id) => document.getElementById(id);
  return { who: part("eg-who"), saved: part("eg-saved"), offline: part("eg-offline"), cover: part("eg-cover"), body: document.body };
}

function roomOf(model, el) {
  dress(el);
  const ours = inOurPage();
  const words = model.get("words") || {};
  const bag = [];
  const send = (message) => {
    try {
      model.send(message);
    } catch {
      // the line is closed: the next ping that is not answered says so
    }
  };
  const raise = (type) => {
    if (type === "leave") tell("clear", {});
    send({ type });
  };
  const parts = ours ? pageParts() : ownParts(el, words, raise);
  el.classList.add("eg-room");
  parts.saved.dataset.egSaved = "";

  const host = make("div", { class: "eg-tree" });
  parts.cover.replaceChildren(host);
  const cover = open(model, host);

  let whoDrawn = "";
  function showWho() {
    const people = model.get("people") || [];
    const who = model.get("who") || "";
    const line = model.get("line") || [];
    const by = Object.fromEntries(people.map((person) => [person.key, person]));
    for (const key of ["nobody", "a", "b", "both"]) parts.body.classList.toggle(`eg-${key}`, (who || "nobody") === key);
    if (ours) parts.body.classList.toggle("eg-turn", line.length > 0);
    // A button that is being pressed while nothing has changed stays where it is.
    const now = JSON.stringify([people, who, line]);
    if (now === whoDrawn) return;
    whoDrawn = now;
    const change = make("button", { type: "button", class: "eg-action eg-switch", on: { click: () => send({ type: "switch" }) } }, words.switch);
    let shown = [words.nobody];
    if (line.length) {
      shown = line.map((entry) => make("span", { class: "eg-says" }, filled(entry.text, { name: by[entry.by] ? named(by[entry.by]) : "" })));
    } else if (who === "both" && by.a && by.b) {
      shown = [make("span", { class: "eg-says" }, filled(words.both, { a: named(by.a), b: named(by.b) })), change];
    } else if (by[who]) {
      shown = [make("span", { class: "eg-says" }, filled(words.writing, { name: named(by[who]) })), change];
    }
    const again = parts.who.contains(document.activeElement);
    parts.who.replaceChildren(...shown);
    if (again) parts.who.querySelector("button")?.focus();
  }

  // The server reads who is writing from here when the next page opens. It lasts as long as the browser.
  function keepWho() {
    const who = model.get("who") || "";
    if (ours) document.cookie = `who=${who}; path=${document.body.dataset.base || "/"}; SameSite=Strict${who ? "" : "; max-age=0"}`;
    showWho();
  }

  // The two people's values stand at the foot of each page, in our own page.
  function showFoot() {
    const foot = ours && document.getElementById("eg-foot");
    if (!foot) return;
    const values = model.get("foot") || [];
    const told = (value) => make("p", {}, make("b", {}, value.title), " ", make("span", {}, value.text));
    foot.hidden = !values.length;
    foot.replaceChildren(...values.map(told));
  }

  let covered = false;
  function showCover() {
    const now = (model.get("tree") || []).length > 0;
    parts.cover.hidden = !now;
    // While it is there it is the page itself, and its title is the page's.
    if (ours) parts.cover.setAttribute("role", now ? "main" : "presentation");
    if (ours) host.querySelector("h3")?.setAttribute("aria-level", "1");
    document.body.classList.toggle(ours ? "eg-covered" : "eg-covered-lab", now);
    if (now && !covered) {
      window.scrollTo(0, 0);
      (host.querySelector("h3") || host.querySelector("input, button"))?.focus();
    } else if (!now && covered && ours) {
      const main = document.getElementById("main");
      main?.setAttribute("tabindex", "-1");
      main?.focus();
    }
    covered = now;
  }

  const states = new Map();
  const before = model.get("saved") || {};
  let last = { state: before.state || "none", at: before.at || "", text: before.text || "" };
  let savedAt = last.at;
  function showSaved() {
    const all = [...states.values()];
    const now = all.find((one) => one.state === "unsaved") || all.find((one) => one.state === "saving") || last;
    // Why it is not saved takes more room than the line has: that stands in the bar below it.
    const reason = alive && now.state === "unsaved" ? now.text : "";
    const text = alive ? savedWords(words, reason ? { ...now, text: "" } : now) : "";
    showBar(reason);
    const again =
      alive && now.state === "unsaved"
        ? [" ", make("button", { type: "button", class: "eg-action", on: { click: () => tell("again", {}) } }, words.again)]
        : [];
    if (parts.saved.dataset.egText === `${text}/${again.length}`) return;
    parts.saved.dataset.egText = `${text}/${again.length}`;
    parts.saved.replaceChildren(text, ...again);
  }

  let alive = true;
  let unanswered = 0;
  let answered = false;
  let number = 0;
  // A notebook in JupyterLab may be busy with other cells for a while; our own pages are not.
  const patience = ours ? 2 : 5;
  // The bar under the header: the connection is lost, or a reason why words are not in the files.
  let barred = "";
  let closing = "";
  function showBar(reason) {
    const lost = savedAt ? sentence(words.offline, { time: savedAt }) : words.offline_new;
    const says = alive ? reason || closing : lost;
    if (barred === says) return;
    barred = says;
    parts.offline.hidden = !says;
    parts.offline.setAttribute("role", "status");
    const tries = make("button", { type: "button", class: "eg-action", on: { click: tryNow } }, words.try_now);
    parts.offline.replaceChildren(...(says ? [make("span", {}, says), ...(alive ? [] : [tries])] : []));
  }
  function connection(now) {
    if (now === alive) return;
    alive = now;
    showSaved();
    tell("connection", { alive, at: savedAt });
  }
  function ping() {
    if (document.hidden) return;
    if (unanswered >= (answered ? patience : 10)) connection(false);
    unanswered += 1;
    number += 1;
    send({ type: "ping", n: number });
  }
  function tryNow() {
    ping();
    tell("again", {});
  }
  const beat = setInterval(ping, PING);
  ping();

  function received(message) {
    if (message.type === "clear") tell("clear", {});
    if (message.type !== "pong") return;
    answered = true;
    unanswered = 0;
    closing = message.left == null ? "" : words.closing;
    connection(true);
    showSaved();
  }

  // Whoever types or presses is there: private pages stay open. Nothing of it is counted.
  let toldAt = 0;
  function awake() {
    if (!closing && Date.now() - toldAt < AWAKE) return;
    toldAt = Date.now();
    send({ type: "awake" });
  }
  listening(bag, window, "keydown", awake);
  listening(bag, window, "pointerdown", awake);

  model.on("msg:custom", received);
  model.on("change:who", keepWho);
  model.on("change:people", showWho);
  model.on("change:line", showWho);
  model.on("change:foot", showFoot);
  model.on("change:tree", showCover);
  listening(bag, window, "evenground:state", ({ detail }) => {
    if (detail.state === "closed" || detail.state === "answered") states.delete(detail.view);
    else states.set(detail.view, detail);
    if (detail.at) savedAt = detail.at;
    if (["saved", "page", "none"].includes(detail.state)) {
      last = detail;
      states.delete(detail.view);
    }
    showSaved();
  });
  listening(bag, window, "evenground:pause", () => send({ type: "pause" }));
  listening(bag, document, "visibilitychange", () => {
    if (document.hidden) return;
    unanswered = 0;
    ping();
  });
  if (model.get("who")) keepWho();
  else showWho();
  showCover();
  showFoot();
  showSaved();

  return () => {
    clearInterval(beat);
    document.body.classList.remove("eg-covered-lab");
    bag.forEach((undo) => undo());
    model.off("msg:custom", received);
    model.off("change:who", keepWho);
    model.off("change:people", showWho);
    model.off("change:line", showWho);
    model.off("change:foot", showFoot);
    model.off("change:tree", showCover);
    cover.close();
  };
}
