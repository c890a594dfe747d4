// What was typed, on its way to the files: the first key at once, what follows it after a short rest,
// and kept until it is answered.

const REST = 250; // ms after the last key
const AGAIN = [3000, 6000, 12000, 24000, 48000]; // ms until "not saved yet" is said, then between tries

let lastRev = 0;

class Outbox {
  constructor(model, told) {
    this.model = model;
    this.told = told; // ({state, at, text}) => void
    this.waiting = new Map(); // name -> value, not sent
    this.sent = new Map(); // name -> {value, rev}, sent and not answered
    this.revs = new Map(); // name -> the newest rev it was sent under
    this.pressed = null;
    this.next = null; // a press that waits for the answer to the one before
    this.failed = null; // a press that could not be kept: pressed again by hand alone
    this.late = false;
    this.tries = 0;
    this.edited = 0; // when a key was last pressed
    lastRev = Math.max(lastRev, model.get("rev") || 0);
  }

  get outstanding() {
    return this.waiting.size > 0 || this.sent.size > 0 || this.pressed !== null;
  }

  newest(name) {
    return this.waiting.has(name) ? Infinity : this.revs.get(name) || 0;
  }

  send(message) {
    try {
      this.model.send(message);
    } catch {
      this.late = true; // the line to the kernel is closed; `watch` tries again
    }
  }

  edit(name, value) {
    const alone = !this.outstanding && Date.now() - this.edited > REST;
    const { late } = this;
    this.edited = Date.now();
    this.waiting.set(name, value);
    clearTimeout(this.rest);
    // On its way before anything is drawn for it.
    if (alone) this.flush();
    else this.rest = setTimeout(() => this.flush(), REST);
    if (!late) this.told({ state: "saving" });
  }

  flush() {
    clearTimeout(this.rest);
    if (!this.waiting.size) return;
    for (const [name, value] of this.waiting) this.sendInput(name, value);
    this.waiting.clear();
    this.watch();
  }

  sendInput(name, value) {
    lastRev += 1;
    this.sent.set(name, { value, rev: lastRev });
    this.revs.set(name, lastRev);
    this.send({ type: "input", name, value, rev: lastRev });
  }

  // A press carries all values, so nothing typed is lost in a race. One press at a time: the same
  // one again counts once, and another one waits until the first is answered.
  press(key, value, values) {
    if (this.pressed && !this.late) {
      if (key !== this.pressed.key || value !== this.pressed.value) this.next = [key, value, values];
      return;
    }
    this.next = null;
    clearTimeout(this.rest);
    this.waiting.clear();
    this.sent.clear();
    lastRev += 1;
    this.failed = null;
    for (const name of Object.keys(values)) this.revs.set(name, lastRev);
    this.pressed = { type: "press", key, value, values, rev: lastRev };
    this.send(this.pressed);
    this.watch();
  }

  watch() {
    clearTimeout(this.watching);
    if (!this.outstanding) return;
    this.watching = setTimeout(() => {
      this.late = true;
      this.told({ state: "unsaved" });
      this.again();
    }, AGAIN[Math.min(this.tries, AGAIN.length - 1)]);
  }

  // Inputs go out under a new number; a press keeps its own, so that it counts once.
  again() {
    this.tries += 1;
    for (const [name, { value }] of [...this.sent]) this.sendInput(name, value);
    if (this.pressed) this.send(this.pressed);
    if (this.waiting.size) this.flush();
    this.watch();
  }

  kept({ rev, state, at, text }) {
    const failed = state === "unsaved";
    if (this.pressed?.rev === rev) {
      this.failed = failed ? this.pressed : null;
      this.pressed = null;
    }
    for (const [name, entry] of this.sent) if (entry.rev === rev && !failed) this.sent.delete(name);
    if (failed) {
      clearTimeout(this.watching);
      this.next = null;
      this.late = true;
      this.told({ state, at, text });
      return;
    }
    if (this.sent.size || this.pressed) return;
    clearTimeout(this.watching);
    this.late = false;
    this.tries = 0;
    this.told(this.waiting.size ? { state: "saving" } : { state, at, text });
    if (this.next) this.press(...this.next);
  }

  stop() {
    clearTimeout(this.rest);
    clearTimeout(this.watching);
  }
}
