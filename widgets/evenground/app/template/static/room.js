// The line about the room under the header, and all that is pressed about it. No page moves by itself.

(() => {
  const EVERY = 5000;
  let line;
  let place = "";
  let leads = "";

  async function tell(told) {
    const body = new URLSearchParams(told);
    const answer = await fetch(`${line.dataset.room}/tell`, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
  }

  // Which page of the workbook is open: "acknowledge#moments". Nothing of what stands on it.
  function here() {
    const part = /^\d\d_(\w+)\.ipynb$/.exec(document.body.dataset.here || "");
    return part ? part[1] + decodeURIComponent(location.hash) : "";
  }

  function show(now) {
    const said = document.getElementById("eg-room-now");
    if (said.textContent !== now.text) said.textContent = now.text;
    // A day before the group is taken out, everybody in the room is told.
    const ends = document.getElementById("eg-room-ends");
    const told = ends.querySelector("span");
    if (told.textContent !== now.ends) told.textContent = now.ends;
    ends.hidden = !now.ends;
    document.getElementById("eg-room-pace").hidden = !now.pace;
    const shown = document.getElementById("eg-room-shown");
    if (shown) shown.textContent = now.shown ? shown.dataset.on : shown.dataset.off;
    leads = now.leads || "";
    const go = document.getElementById("eg-room-go");
    go.hidden = !leads || new URL(leads, location.href).href === location.href;
    if (leads) go.querySelector("a").href = leads;
    if (now.shown && here() && here() !== place) {
      const there = here();
      tell({ do: "at", page: there }).then(() => (place = there), () => {});
    }
    if (!now.shown) place = "";
  }

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(`${line.dataset.room}/now`);
      if (answer.ok) show(await answer.json());
    } catch {
      // the couple's own server is away: the header says so itself
    }
  }

  function open(now) {
    const ask = document.getElementById("eg-room-ask");
    const panel = document.getElementById("eg-room-panel");
    panel.hidden = !now;
    ask.setAttribute("aria-expanded", String(now));
    for (const said of panel.querySelectorAll(".eg-said")) said.textContent = "";
    for (const group of panel.querySelectorAll(".eg-tells")) group.classList.remove("eg-told-it");
    if (!now && panel.contains(document.activeElement)) ask.focus();
  }

  // Every press is answered by the same word, whatever it was.
  async function press(button) {
    const group = button.closest(".eg-tells");
    const said = group.querySelector(".eg-said");
    const form = button.closest("form");
    const given = form && button.dataset.tell === "count" ? [...new FormData(form)] : [];
    try {
      await tell([["do", button.dataset.tell], ...given]);
      said.textContent = line.dataset.noted;
      if (form) form.reset();
      button.blur();
      if (button.closest("#eg-room-panel")) {
        group.classList.add("eg-told-it");
        document.getElementById("eg-room-close").focus({ focusVisible: false });
      }
      look();
    } catch {
      said.textContent = line.dataset.lost;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    line = document.getElementById("eg-room");
    if (!line) return;
    document.addEventListener("click", ({ target }) => {
      const button = target.closest && target.closest("[data-tell]");
      if (button) press(button);
      else if (target.closest && target.closest("#eg-room-ask")) open(document.getElementById("eg-room-panel").hidden);
      else if (target.closest && (target.closest("#eg-room-close") || !target.closest("#eg-room"))) open(false);
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") open(false);
    });
    document.addEventListener("visibilitychange", look);
    window.addEventListener("hashchange", look);
    setInterval(look, EVERY);
    look();
  });
})();
