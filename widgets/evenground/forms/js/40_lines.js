// Everything that is read and not written: a function from node to element for each kind.

const LINES = {};

for (const kind of ["eyebrow", "lead", "text", "when", "code", "hint", "small"]) {
  LINES[kind] = (node) => make("p", { class: `eg-${kind}` }, node.text);
}
// A heading can be focused by script, so that reading goes on from it.
for (const kind of ["title", "heading"]) {
  LINES[kind] = (node) => make("h3", { class: `eg-${kind}`, tabindex: "-1" }, node.text);
}

LINES.gap = () => make("div", { class: "eg-gap" });
LINES.level = level;
LINES.link = (node) => make("p", { class: "eg-link" }, make("a", { href: node.href }, node.label));

LINES.seen = (node) =>
  make(
    "p",
    { class: "eg-seen" },
    icon(node.icon),
    make("span", {}, node.strong ? make("b", {}, node.strong) : null, node.strong && node.text ? " " : null, node.text),
  );

LINES.quote = (node) =>
  make(
    "figure",
    { class: `eg-quote eg-quote-${node.by || "none"}` },
    node.label || node.name
      ? make("figcaption", {}, node.by ? mark(node.by) : null, make("span", {}, node.label || node.name))
      : null,
    make("blockquote", {}, (node.words || []).map((words) => make("p", { dir: "auto" }, words))),
  );

LINES.panel = (node) =>
  make(
    "div",
    { class: "eg-panel" },
    node.title ? make("p", { class: "eg-panel-title" }, node.title) : null,
    make("ul", {}, (node.items || []).map((words) => make("li", {}, words))),
  );

function pressable(ctx, style) {
  return (item) =>
    make(
      "button",
      {
        type: "button",
        class: style,
        "data-eg-focus": `${item.key}=${item.value ?? ""}`,
        on: { click: () => ctx.press(item.key, item.value ?? "") },
      },
      item.mark ? mark(item.mark) : null,
      make("span", {}, item.label),
    );
}

LINES.buttons = (node, ctx) =>
  make(
    "div",
    { class: "eg-buttons" },
    (node.items || []).map((item) => (BUTTONS[item.is] || pressable(ctx, "eg-button"))(item)),
  );
LINES.actions = (node, ctx) => make("div", { class: "eg-actions" }, (node.items || []).map(pressable(ctx, "eg-action")));

LINES.list = (node, ctx) =>
  make(
    "ul",
    { class: "eg-list" },
    (node.items || []).map((item) =>
      make(
        "li",
        { class: [item.when && "eg-dated", item.href && "eg-linked"].filter(Boolean).join(" ") },
        item.when ? make("span", { class: "eg-list-when" }, item.when) : null,
        make(
          "div",
          { class: "eg-list-words" },
          item.href
            ? make("a", { class: "eg-list-link", href: item.href }, item.title)
            : make("p", { class: "eg-list-title", dir: "auto" }, item.by && !item.detail ? mark(item.by) : null, item.title),
          item.detail
            ? make("p", { class: "eg-list-detail" }, item.by ? mark(item.by) : null, make("span", {}, item.detail))
            : null,
          item.aside ? make("p", { class: "eg-list-detail" }, item.aside) : null,
          item.tag ? make("p", { class: "eg-list-tag" }, icon("bookmark"), make("span", {}, item.tag)) : null,
        ),
        item.actions?.length ? make("div", { class: "eg-list-actions" }, item.actions.map(pressable(ctx, "eg-action"))) : null,
      ),
    ),
  );

LINES.table = (node) =>
  make(
    "div",
    // A place of its own on the page only where it has a name: two without one cannot be told apart.
    { class: "eg-table", tabindex: "0", role: node.caption ? "region" : null, "aria-label": node.caption || null },
    make(
      "table",
      {},
      node.caption ? make("caption", {}, node.caption) : null,
      node.head?.length
        ? make("thead", {}, make("tr", {}, node.head.map((words) => make(words ? "th" : "td", { scope: words ? "col" : null }, words))))
        : null,
      make(
        "tbody",
        {},
        (node.rows || []).map((row) =>
          make("tr", {}, row.map((words, place) => make(place ? "td" : "th", { scope: place ? null : "row" }, String(words)))),
        ),
      ),
    ),
  );

function saveButton(node) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([node.text], { type: node.mime || "text/plain" }));
    make("a", { href: address, download: node.filename }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };
  return make("button", { type: "button", class: "eg-button", on: { click: save } }, node.label);
}

// Only the sheet goes on paper: a copy of it stands beside everything else while the page prints.
function printOut(from) {
  const sheet = from.closest(".eg-tree")?.querySelector(".eg-paper");
  if (!sheet) return;
  const copy = make("div", { class: "eg-tree eg-sheet", "aria-hidden": "true" }, sheet.cloneNode(true));
  document.body.append(copy);
  document.documentElement.classList.add("eg-printing");
  const done = () => {
    document.documentElement.classList.remove("eg-printing");
    copy.remove();
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

function printButton(node) {
  return make("button", { type: "button", class: "eg-button", on: { click: (event) => printOut(event.currentTarget) } }, node.label);
}

const BUTTONS = { download: saveButton, print: printButton };

LINES.download = (node) => make("div", { class: "eg-buttons" }, saveButton(node));
