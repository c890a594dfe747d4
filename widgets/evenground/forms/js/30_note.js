// What stands beside a box: advice on its words, and what is not in the files yet.

const REST_BEFORE_ADVICE = 2000; // ms without a key, so that advice does not break into a sentence

// One note at a time on the page; a hidden one stays hidden while the page is open. Nothing is stored.
let adviceShown = null;
const hiddenAdvice = new Set();

function advice() {
  const el = make("div", { class: "eg-advice", "aria-live": "polite" });
  let timer = 0;
  let now = null;
  const identity = (note) => JSON.stringify([note.before, note.word, note.after]);
  const hide = () => {
    el.replaceChildren();
    if (adviceShown === hide) adviceShown = null;
  };
  const show = () => {
    if (!now || hiddenAdvice.has(identity(now))) return hide();
    if (adviceShown && adviceShown !== hide) adviceShown();
    adviceShown = hide;
    const note = now;
    el.replaceChildren(
      make(
        "aside",
        { class: "eg-note" },
        make("p", { class: "eg-note-quote" }, note.before, make("b", {}, note.word), note.after),
        make("p", { class: "eg-note-text" }, note.text),
        make(
          "p",
          { class: "eg-note-close" },
          note.close,
          " ",
          make(
            "button",
            {
              type: "button",
              class: "eg-action",
              on: {
                click: () => {
                  hiddenAdvice.add(identity(note));
                  el.closest(".eg-field")?.querySelector(".eg-box")?.focus();
                  hide();
                },
              },
            },
            note.hide,
          ),
        ),
      ),
    );
  };
  return {
    el,
    // `rest`: ms since the last key in the box
    update: (note, rest) => {
      clearTimeout(timer);
      if (!note) {
        now = null;
        return hide();
      }
      if (now && same(now, note) && el.firstChild) return undefined;
      if (!now || identity(now) !== identity(note)) hide();
      now = note;
      timer = setTimeout(show, Math.max(0, REST_BEFORE_ADVICE - rest));
      return undefined;
    },
    rested: () => {
      if (!now || el.firstChild) return;
      clearTimeout(timer);
      timer = setTimeout(show, REST_BEFORE_ADVICE);
    },
    gone: () => {
      clearTimeout(timer);
      hide();
    },
  };
}

async function copy(text, box) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    box.select(); // an older browser, or a page without the right to the clipboard
    return document.execCommand("copy");
  }
}

function unsavedNote(ctx, read, box) {
  const el = make("div", { class: "eg-unsaved", "aria-live": "polite" });
  return {
    el,
    say: (at) => {
      if (at === null) return el.replaceChildren();
      const strong = at ? sentence(ctx.words.not_since, { time: at }) : ctx.words.not_yet;
      if (el.dataset.at === strong && el.firstChild) return undefined;
      el.dataset.at = strong;
      const button = make("button", { type: "button", class: "eg-action" }, ctx.words.copy);
      button.addEventListener("click", async () => {
        if (await copy(read(), box)) button.textContent = ctx.words.copied;
      });
      return el.replaceChildren(
        make(
          "div",
          { class: "eg-note" },
          make("p", { class: "eg-note-text" }, make("b", {}, strong), " ", ctx.words.on_screen),
          make("p", {}, button),
        ),
      );
    },
  };
}
