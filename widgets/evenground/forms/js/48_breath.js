// Two words that take turns, for slow breaths. Nothing moves; whoever asks for less motion reads a line.

const IN = 4000; // ms
const OUT = 6000;
const BREATHS = 6;

LINES.breath = (node) => {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const word = make("p", { class: "eg-breath-word", hidden: true });
  const button = make("button", { type: "button", class: "eg-button" }, node.start);
  const el = make(
    "div",
    { class: "eg-breath" },
    make("p", { class: "eg-panel-title" }, node.title),
    make("p", { class: "eg-hint" }, node.still),
    word,
    calm ? null : make("div", { class: "eg-buttons" }, button),
  );
  let timer = 0;
  let turn = 0;
  const stop = () => {
    clearTimeout(timer);
    turn = 0;
    word.hidden = true;
    word.textContent = "";
    button.textContent = node.start;
  };
  const next = () => {
    if (turn >= BREATHS * 2 || !el.isConnected) return stop();
    const inward = turn % 2 === 0;
    word.hidden = false;
    word.textContent = inward ? node.in : node.out;
    button.textContent = node.stop;
    turn += 1;
    timer = setTimeout(next, inward ? IN : OUT);
    return undefined;
  };
  button.addEventListener("click", () => (turn ? stop() : next()));
  return el;
};

// How long it has been, in whole minutes. It is not read out, rings no bell and never runs out.
LINES.clock = (node) => {
  const el = make("p", { class: "eg-clock" });
  const say = () => {
    const minutes = Math.max(0, Math.floor((Date.now() / 1000 - node.since) / 60));
    const words = minutes === 0 ? node.first : minutes === 1 ? node.one : node.other;
    el.textContent = sentence(words, { count: minutes });
  };
  const tick = setInterval(() => (el.isConnected ? say() : clearInterval(tick)), 15000);
  say();
  return el;
};
