// Leave this page: by its button, by the first link of the page, by Shift three times alone. It works
// before the widgets are there, while the kernel is busy, and when the server is gone.

(() => {
  // This file lies one below what all addresses of the app begin with.
  const base = new URL("..", document.currentScript.src).pathname;
  const BETWEEN = 5000; // ms between two presses of Shift
  const PATIENCE = 400; // ms until a server that does not answer is left as it is
  const others = "BroadcastChannel" in window ? new BroadcastChannel("eg-leave") : null;
  let left = false;

  function clear() {
    left = true;
    const shift = document.getElementById("eg-shift");
    document.title = (shift && shift.dataset.title) || " ";
    document.documentElement.className = "";
    document.body = document.createElement("body");
    for (const style of document.querySelectorAll("style, link[rel=stylesheet]")) style.remove();
    document.cookie = `who=; path=${base}; max-age=0; SameSite=Strict`;
    try {
      sessionStorage.clear();
      localStorage.clear();
    } catch {
      // a browser that keeps no storage has nothing to clear
    }
  }

  async function leave() {
    if (left) return;
    clear();
    if (others) others.postMessage("leave");
    const answered = fetch(`${base}leave`, { method: "POST", keepalive: true }).then(
      () => true,
      () => false,
    );
    const late = new Promise((done) => setTimeout(done, PATIENCE, false));
    // The workbook's own entry in the list behind Back is replaced. With no server to show the blank
    // page, the browser's own will do.
    location.replace((await Promise.race([answered, late])) ? `${base}blank` : "about:blank");
  }

  if (others) {
    others.onmessage = () => {
      clear();
      location.replace(`${base}blank`);
    };
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("[data-eg-leave]")) return;
    event.preventDefault();
    leave();
  });

  let presses = 0;
  let alone = false;
  let timer;
  function say() {
    const shift = document.getElementById("eg-shift");
    if (shift) shift.textContent = { 1: shift.dataset.one, 2: shift.dataset.two }[presses] || "";
  }
  function reset() {
    clearTimeout(timer);
    presses = 0;
    alone = false;
    say();
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Shift") {
        if (presses || alone) reset();
      } else if (!event.repeat) alone = true;
    },
    true,
  );
  document.addEventListener(
    "keyup",
    (event) => {
      if (event.key !== "Shift" || !alone) return;
      alone = false;
      presses += 1;
      clearTimeout(timer);
      timer = setTimeout(reset, BETWEEN);
      if (presses === 3) leave();
      else say();
    },
    true,
  );
  document.addEventListener("pointerdown", () => presses && reset(), true);

  // What Back brings out of the browser's memory is opened anew, and meets the door.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
