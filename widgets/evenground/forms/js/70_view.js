// What one cell shows: the tree that Python made, and the way back for what is typed and pressed.

function listening(bag, target, type, listener) {
  target.addEventListener(type, listener);
  bag.push(() => target.removeEventListener(type, listener));
}

function open(model, host) {
  const name = newId();
  const bag = [];
  let inUse = null;
  let connected = true;
  let savedAt = "";
  let pressedLast = false;

  const ctx = {
    words: model.get("words") || {},
    fields: new Set(),
    shown: () => true,
    rev: () => model.get("rev") || 0,
    inUse: (item) => {
      if (inUse && inUse !== item) inUse.unsaved.say(null);
      inUse = item;
      beside();
    },
    press: (key, value) => {
      pressedLast = true;
      const values = Object.fromEntries([...ctx.fields].map((item) => [item.name, item.value()]));
      ctx.outbox.press(key, value, values);
      for (const item of ctx.fields) if (item.control.secret) item.control.set("");
    },
    pressFirst: () => host.querySelector(".eg-buttons .eg-button")?.click(),
  };

  // Words that are not in the files are named beside the box they stand in.
  function beside() {
    const missing = ctx.outbox.outstanding && (ctx.outbox.late || !connected);
    if (inUse?.control.typed) inUse.unsaved.say(missing ? savedAt : null);
  }

  ctx.outbox = new Outbox(model, (told) => {
    if (told.at) savedAt = told.at;
    if (told.state !== "same") tell("state", { view: name, ...told });
    else tell("state", { view: name, state: "answered" });
    beside();
  });

  const tree = new Tree(host, ctx);

  function show() {
    const had = new Set([...ctx.fields].filter((item) => item.wrong()));
    tree.update(model.get("tree") || []);
    const wrong = [...ctx.fields].filter((item) => item.wrong()).sort(byPlace);
    if (pressedLast && wrong.some((item) => !had.has(item))) wrong[0].focus();
    pressedLast = false;
    beside();
  }

  function byPlace(one, other) {
    return one.el.compareDocumentPosition(other.el) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  }

  function received(message) {
    if (message.type === "kept") ctx.outbox.kept(message);
    if (message.type === "go") goTo(message.to, host);
  }

  const flush = () => ctx.outbox.flush();
  const changed = () => whenStill(show);
  model.on("change:tree", changed);
  model.on("msg:custom", received);
  listening(bag, window, "evenground:closing", flush);
  listening(bag, window, "pagehide", flush);
  listening(bag, document, "visibilitychange", () => document.hidden && flush());
  listening(bag, window, "evenground:again", () => {
    const { failed } = ctx.outbox;
    if (failed && ![...ctx.fields].some((item) => item.control.secret)) ctx.press(failed.key, failed.value);
    else if (ctx.outbox.outstanding) ctx.outbox.again();
  });
  listening(bag, window, "evenground:connection", ({ detail }) => {
    const back = detail.alive && !connected;
    connected = detail.alive;
    if (detail.at) savedAt = detail.at;
    if (back && ctx.outbox.outstanding) ctx.outbox.again();
    beside();
  });
  listening(bag, window, "evenground:clear", () => {
    postponed.delete(show);
    flush();
    tree.update([]);
    host.replaceChildren();
  });
  show();

  return {
    name,
    ctx,
    close: () => {
      flush();
      ctx.outbox.stop();
      postponed.delete(show);
      model.off("change:tree", changed);
      model.off("msg:custom", received);
      bag.forEach((undo) => undo());
      tree.update([]);
      tell("state", { view: name, state: "closed" });
    },
  };
}

// The page's own script turns the sections; without one an address is followed and "next" is not.
function goTo(to, from) {
  if (!tell("go", { to, from }) || !inOurPage()) return;
  if (to === "reload") window.location.reload();
  else if (to.includes("/") || to.includes(".ipynb")) window.location.href = to;
}

function viewOf(model, el) {
  dress(el);
  const host = make("div", { class: "eg-tree" });
  el.append(host);
  const opened = open(model, host);
  const bag = [];
  // Where no header shows the state of saving, the cell says it at its foot.
  const foot = make("p", { class: "eg-saved eg-small", role: "status" });
  el.append(foot);
  listening(bag, window, "evenground:state", ({ detail }) => {
    if (detail.view !== opened.name || detail.state === "answered") return;
    foot.textContent = document.querySelector("[data-eg-saved]") ? "" : savedWords(opened.ctx.words, detail);
  });
  // Python may leave work, such as a drawing, until somebody looks.
  let asked = false;
  const look = () => {
    asked = true;
    try {
      model.send({ type: "shown" });
      asked = false;
    } catch {
      // the line is closed: asked again when it is back
    }
  };
  const looking = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    looking.disconnect();
    look();
  });
  listening(bag, window, "evenground:connection", ({ detail }) => detail.alive && asked && look());
  looking.observe(el);
  bag.push(() => looking.disconnect());
  return () => {
    bag.forEach((undo) => undo());
    opened.close();
  };
}

function savedWords(words, { state, at, text }) {
  if (text) return text;
  if (state === "saved") return sentence(words.saved, { time: at });
  return words[state] || "";
}
