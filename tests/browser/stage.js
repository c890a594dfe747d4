// A model as small as can be: what it sends goes to the Python view over HTTP, and back.

import widget from "/forms.js";

class Model {
  constructor(name, state) {
    this.name = name;
    this.state = state;
    this.heard = new Map();
    this.busy = Promise.resolve();
  }
  get(key) {
    return this.state[key];
  }
  on(event, listener) {
    this.heard.set(event, [...(this.heard.get(event) || []), listener]);
  }
  off(event, listener) {
    this.heard.set(event, (this.heard.get(event) || []).filter((one) => one !== listener));
  }
  tell(event, ...what) {
    for (const listener of this.heard.get(event) || []) listener(...what);
  }
  take(answers) {
    for (const { trait, value, message } of answers) {
      if (message) {
        this.tell("msg:custom", message);
      } else {
        this.state[trait] = value;
        this.tell(`change:${trait}`);
      }
    }
  }
  send(message) {
    if (stage.closed) throw new Error("the line is closed");
    if (message.type !== "ping") stage.sent.push(message);
    const asked = fetch(`/to/${this.name}`, { method: "POST", keepalive: true, body: JSON.stringify(message) });
    this.busy = this.busy
      .then(() => asked)
      .then((answer) => answer.json())
      .then((answers) => this.take(answers))
      .catch(() => {}); // the page was left, or the stage is gone
  }
}

const stage = { sent: [], closed: false, models: {}, undo: [] };
window.stage = stage;
for (const [name, state] of Object.entries(await (await fetch("/states")).json())) {
  const el = document.createElement("div");
  el.className = "stage-cell";
  document.getElementById("main").append(el);
  stage.models[name] = new Model(name, state);
  stage.undo.push(await widget.render({ model: stage.models[name], el }));
}
stage.ready = true;
