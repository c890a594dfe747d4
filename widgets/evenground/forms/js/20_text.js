// Boxes to write in. Nothing is cut, corrected, completed or sent to a checker.

const CONTROLS = {};

// Spell-checkers and password managers may send words away: each has its own way to be asked not to.
const QUIET = {
  spellcheck: "false",
  autocomplete: "off",
  autocorrect: "off",
  autocapitalize: "sentences",
  "data-gramm": "false",
  "data-gramm_editor": "false",
  "data-enable-grammarly": "false",
  "data-lt-active": "false",
  "data-1p-ignore": "true",
  "data-lpignore": "true",
  "data-bwignore": "true",
  "data-form-type": "other",
};

const GROWS = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

function grow(box) {
  if (GROWS) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function writing(rows, { oneLine = false } = {}) {
  return ({ id, edited }) => {
    const box = make("textarea", { id, class: `eg-box${oneLine ? " eg-one-line" : ""}`, rows, dir: "auto", ...QUIET });
    box.addEventListener("input", () => {
      grow(box);
      edited();
    });
    box.addEventListener("blur", () => edited({ left: true }));
    if (oneLine) {
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.isComposing) event.preventDefault();
      });
    }
    return {
      el: box,
      box,
      typed: true,
      get: () => box.value,
      set: (value) => {
        box.value = value || "";
        requestAnimationFrame(() => grow(box));
      },
      update: (node) => {
        box.rows = node.lines || rows;
        box.style.setProperty("--eg-lines", String(box.rows));
      },
    };
  };
}

CONTROLS.text = writing(3);
CONTROLS.line = writing(1, { oneLine: true });

CONTROLS.passphrase = ({ id, ctx, edited }) => {
  const box = make("input", { id, class: "eg-box eg-secret", type: "password", ...QUIET, autocapitalize: "none" });
  const show = make("button", { type: "button", class: "eg-button eg-show", "aria-pressed": "false", "aria-controls": id });
  let words = {};
  const dress = () => {
    const open = box.type === "text";
    show.textContent = open ? ctx.words.hide_it : words.show || ctx.words.show_it;
    show.setAttribute("aria-pressed", String(open));
  };
  show.addEventListener("click", () => {
    box.type = box.type === "text" ? "password" : "text";
    dress();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      ctx.pressFirst();
    }
  });
  box.addEventListener("input", () => edited({ secret: true }));
  return {
    el: make("div", { class: "eg-passphrase" }, box, show),
    box,
    secret: true,
    get: () => box.value,
    set: () => {
      box.value = "";
      box.type = "password";
      dress();
    },
    update: (node) => {
      words = node;
      box.autocomplete = node.autocomplete || "off";
      dress();
    },
  };
};
