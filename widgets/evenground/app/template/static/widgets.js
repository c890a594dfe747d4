// The widgets of the page, and its line to the kernel. Every widget of ours is an anywidget, so this
// is all a page needs; where a cell shows another kind, Voila's own script is loaded instead.

evenground.widgets = (() => {
  const AGAIN = [50, 250, 1000, 2000, 4000]; // ms until the next try when the line is cut
  const ASKED = 1000; // ms until what was not answered is asked again
  const models = new Map();
  const shown = new Map(); // the element of a view -> what takes it away
  const modules = new Map();
  const session = unique();
  let told; // which kernel or process is this page's, and how it is reached
  let line = null;
  let opened = 0; // how often the line was
  let early = []; // what is said before the line is open for the first time
  let ahead = []; // what is heard of widgets whose cells are still to come
  let control = "";
  let asking;
  let whole = false; // every cell has run
  let tries = 0;
  let next;
  let over = false;

  // A browser has crypto.randomUUID() only where a page came by TLS or from its own machine.
  function unique() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  class Model {
    constructor(id, state) {
      this.id = id;
      this.state = state;
      this.listeners = new Map();
      this.dirty = new Set();
    }

    get(name) {
      return this.state[name];
    }

    set(name, value) {
      this.dirty.add(name);
      this.update({ [name]: value });
    }

    save_changes() {
      const state = Object.fromEntries([...this.dirty].map((name) => [name, this.state[name]]));
      this.dirty.clear();
      say("comm_msg", { comm_id: this.id, data: { method: "update", state, buffer_paths: [] } });
    }

    send(content) {
      say("comm_msg", { comm_id: this.id, data: { method: "custom", content } });
    }

    on(type, listener) {
      if (!this.listeners.has(type)) this.listeners.set(type, new Set());
      this.listeners.get(type).add(listener);
    }

    off(type, listener) {
      if (listener) this.listeners.get(type)?.delete(listener);
      else this.listeners.delete(type);
    }

    tell(type, ...told) {
      for (const listener of [...(this.listeners.get(type) || [])]) listener(...told);
    }

    update(state) {
      const changed = Object.keys(state).filter((name) => !same(this.state[name], state[name]));
      Object.assign(this.state, state);
      for (const name of changed) this.tell(`change:${name}`, this, this.state[name]);
      if (changed.length) this.tell("change", this);
    }
  }

  // What is said and heard ---------------------------------------------------------------------

  function say(type, content, metadata = {}) {
    const header = { msg_id: unique(), msg_type: type, session, username: "", version: "5.3", date: new Date().toISOString() };
    const text = JSON.stringify({ channel: "shell", header, parent_header: {}, metadata, content });
    if (line?.readyState === WebSocket.OPEN) line.send(text);
    else if (early) early.push(text);
    else throw new Error("the line to the kernel is cut");
  }

  function heard({ data }) {
    if (typeof data !== "string") return;
    const { header, content } = JSON.parse(data);
    if (light() && !whole && content.comm_id !== control && !models.has(content.comm_id)) {
      ahead.push({ data });
      return;
    }
    if (header.msg_type === "comm_open" && content.target_name === "jupyter.widget") {
      learn({ [content.comm_id]: content.data.state });
    }
    if (header.msg_type !== "comm_msg") return;
    const said = content.data;
    if (content.comm_id === control) {
      clearTimeout(asking);
      for (const [id, { state }] of Object.entries(said.states || {})) {
        if (models.has(id)) models.get(id).update(state);
        else learn({ [id]: state });
      }
      return;
    }
    const model = models.get(content.comm_id);
    if (!model) return;
    if (said.method === "update") model.update(said.state);
    if (said.method === "custom") model.tell("msg:custom", said.content, []);
  }

  // The process of a page keeps what it says for the first line that is opened. A kernel may have
  // said something that nobody heard, as on either's line while it is cut.
  const light = () => told.line === "line";
  function catchUp() {
    if (!light() || opened > 1) ask();
  }

  function ask() {
    clearTimeout(asking);
    if (!whole || over || line?.readyState !== WebSocket.OPEN) return;
    asking = setTimeout(ask, ASKED);
    control = unique();
    say("comm_open", { comm_id: control, target_name: "jupyter.widget.control", data: {} }, { version: "1.0.0" });
    say("comm_msg", { comm_id: control, data: { method: "request_states" } });
  }

  function connect() {
    told ||= JSON.parse(document.getElementById("jupyter-config-data").textContent);
    clearTimeout(next);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const mine = new WebSocket(`${scheme}://${location.host}${document.body.dataset.base}api/kernels/${told.kernelId}/${told.line}?session_id=${session}`);
    line = mine;
    mine.onmessage = heard;
    mine.onopen = () => {
      tries = 0;
      opened += 1;
      const waiting = early || [];
      early = null;
      for (const text of waiting) mine.send(text);
      if (whole) catchUp();
    };
    mine.onclose = () => {
      if (line !== mine || over) return;
      next = setTimeout(connect, AGAIN[Math.min(tries, AGAIN.length - 1)]);
      tries += 1;
    };
  }

  // "Try now" does not wait for the next try.
  window.addEventListener("evenground:again", () => {
    if (!over && line && line.readyState > WebSocket.OPEN) connect();
  });

  // What is shown ------------------------------------------------------------------------------

  function learn(states) {
    for (const [id, state] of Object.entries(states)) {
      if (!models.has(id)) models.set(id, new Model(id, state));
    }
    showAll();
    for (const message of ahead.splice(0)) heard(message);
  }

  function showAll() {
    if (over) return;
    for (const place of document.querySelectorAll(".eg-slot .eg-shown")) {
      const told = place.querySelector("script");
      if (shown.has(place) || !told) continue;
      const view = JSON.parse(told.textContent).data["application/vnd.jupyter.widget-view+json"];
      const model = view && models.get(view.model_id);
      if (model && model.get("_esm")) show(place, model);
    }
  }

  function load(esm) {
    if (!modules.has(esm)) modules.set(esm, read(esm));
    return modules.get(esm);
  }

  async function read(esm) {
    const named = /^https?:/.test(esm);
    const address = named ? esm : URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
    try {
      const found = await import(address);
      const made = found.default || found;
      return typeof made === "function" ? await made() : made;
    } finally {
      if (!named) URL.revokeObjectURL(address);
    }
  }

  async function show(place, model) {
    let gone = false;
    let close = () => {};
    shown.set(place, () => {
      gone = true;
      close();
    });
    const widget = await load(model.get("_esm"));
    if (gone) return;
    const frame = document.createElement("div");
    const el = document.createElement("div");
    frame.append(el);
    const undo = await widget.render({ model, el });
    place.append(frame);
    close = () => {
      if (undo) undo();
      frame.remove();
    };
    if (gone) close();
  }

  function take() {
    for (const script of document.querySelectorAll("script.eg-models")) {
      const states = JSON.parse(script.textContent);
      script.remove();
      learn(states);
    }
    showAll();
  }

  // Voila's script shows every widget of the page, ours too, on a line of its own.
  function handOver() {
    over = true;
    for (const close of shown.values()) close();
    shown.clear();
    clearTimeout(next);
    line?.close();
  }

  function settle() {
    whole = true;
    learn({});
    catchUp();
  }

  return { connect, take, settle, handOver };
})();
