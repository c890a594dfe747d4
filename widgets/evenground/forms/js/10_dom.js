// Elements and their words. What a person wrote goes in as text nodes, never as markup.

const SVG = "http://www.w3.org/2000/svg";

// Two versions of this script may meet on one page, so ids carry a stem.
const STEM = `eg-${Math.random().toString(36).slice(2, 8)}`;
let made = 0;

function newId() {
  made += 1;
  return `${STEM}-${made}`;
}

function setAll(el, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [type, listener] of Object.entries(value)) el.addEventListener(type, listener);
    } else if (value === true) {
      el.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined && value !== "") {
      el.setAttribute(name, value);
    }
  }
  return el;
}

function make(tag, attributes = {}, ...children) {
  const el = setAll(document.createElement(tag), attributes);
  el.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return el;
}

function drawn(tag, attributes = {}, ...children) {
  const el = setAll(document.createElementNS(SVG, tag), attributes);
  el.append(...children);
  return el;
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Fill the {placeholders} of a sentence; `filled` may hold text or elements. Returns a list.
function filled(sentence, fill) {
  return sentence.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part);
    return name && fill[name[1]] !== undefined ? fill[name[1]] : part;
  });
}

function sentence(text, fill = {}) {
  return filled(text || "", fill).join("");
}

// Say a count in the plural form that the page's language asks for.
function counted(forms, count) {
  const form = new Intl.PluralRules(document.documentElement.lang || "en").select(count);
  return sentence(forms[form] || forms.other, { count: String(count) });
}

function tell(name, detail) {
  return window.dispatchEvent(new CustomEvent(`evenground:${name}`, { detail, cancelable: true }));
}

// Our own page has the header in it and prints the look once; a notebook in JupyterLab has neither.
function inOurPage() {
  return document.getElementById("eg-header") !== null;
}

function dress(el) {
  if (!document.getElementById("eg-look")) {
    document.head.append(make("style", { id: "eg-look" }, LOOK));
  }
  el.classList.add("eg-view");
  if (!inOurPage()) el.classList.add("eg", "eg-lab");
  // JupyterLab has keys of its own (D twice deletes a cell) and looks at the focused element alone.
  el.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
}
