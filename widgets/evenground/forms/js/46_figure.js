// A drawing from the charts, twice (narrow, wide) in two inks; style sheets show one of the four.

const DRAWN = new Set(
  "svg g path rect line circle ellipse polygon polyline text tspan defs clipPath title desc linearGradient stop".split(" "),
);

// The drawing is made on this machine, and still nothing but shapes and words comes through.
function clean(source, stem) {
  const parsed = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  if (parsed.localName !== "svg") return null;
  const own = (value) => value.replace(/url\(\s*(['"]?)#/g, `url($1#${stem}-`);
  const walk = (el) => {
    for (const child of [...el.children]) {
      if (DRAWN.has(child.localName) && child.namespaceURI === SVG) walk(child);
      else child.remove();
    }
    for (const { name, value } of [...el.attributes]) {
      const plain = name.toLowerCase();
      const leads = plain.endsWith("href") || /url\(\s*['"]?[^#'"\s]/.test(value) || /javascript:/i.test(value);
      if (plain.startsWith("on") || leads) el.removeAttribute(name);
      else if (plain === "id") el.setAttribute(name, `${stem}-${value}`);
      else if (value.includes("url(")) el.setAttribute(name, own(value));
    }
  };
  walk(parsed);
  parsed.setAttribute("aria-hidden", "true");
  parsed.setAttribute("focusable", "false");
  return document.importNode(parsed, true);
}

LINES.figure = (node) => {
  const drawings = ["narrow", "wide"].flatMap((width) =>
    ["light", "dark"].map((ink) => {
      const source = node[width]?.[ink];
      const svg = source ? clean(source, newId()) : null;
      return svg ? make("div", { class: `eg-drawing eg-${width} eg-${ink}` }, svg) : null;
    }),
  );
  return make(
    "figure",
    { class: "eg-figure" },
    node.title ? make("h3", { class: "eg-heading", tabindex: "-1" }, node.title) : null,
    node.subtitle ? make("p", { class: "eg-hint" }, node.subtitle) : null,
    node.legend?.length
      ? make("ul", { class: "eg-legend" }, node.legend.map((entry) => make("li", {}, legendMark(entry), make("span", {}, entry.label))))
      : null,
    drawings.some(Boolean) ? make("div", { class: "eg-drawings", role: "img", "aria-label": node.label || node.title }, drawings) : null,
    (node.after || []).map((words) => make("p", { class: "eg-small" }, words)),
    node.rows?.length
      ? make("details", { class: "eg-details" }, make("summary", {}, node.summary), LINES.table({ caption: node.title, head: node.head, rows: node.rows }))
      : null,
  );
};

function legendMark({ mark: name, letters, fill }) {
  if (name === "cell") return cell({ letters, fill });
  if (name === "a" || name === "b") return mark(name);
  if (name === "both") return make("span", { class: "eg-legend-pair" }, mark("a"), mark("b"));
  const shapes = {
    kept: [drawn("circle", { cx: 10, cy: 10, r: 8 }), drawn("path", { class: "eg-cut", d: "M6.5 10.5 9 13l4.5-5.5" })],
    late: [drawn("path", { d: "M10 1.5 18.5 10 10 18.5 1.5 10Z" })],
    slipped: [drawn("circle", { cx: 10, cy: 10, r: 8 }), drawn("path", { class: "eg-cut", d: "m7 7 6 6m0-6-6 6" })],
    mended: [drawn("circle", { class: "eg-ring", cx: 10, cy: 10, r: 6.5 })],
    open: [drawn("circle", { class: "eg-ring", cx: 10, cy: 10, r: 6.5, "stroke-dasharray": "3 3" })],
    skipped: [drawn("circle", { class: "eg-ring", cx: 10, cy: 10, r: 5 })],
    planned: [drawn("circle", { class: "eg-ring", cx: 10, cy: 10, r: 6.5, "stroke-dasharray": "3 3" })],
    gap: [drawn("rect", { x: 1, y: 5, width: 18, height: 10, rx: 2 })],
    split: [drawn("path", { d: "M2 4h7v12H2Z" }), drawn("path", { class: "eg-ring", d: "M11.5 5h6v10h-6Z" })],
    outline: [drawn("rect", { class: "eg-ring", x: 2, y: 4, width: 16, height: 12, rx: 3 })],
    level: [drawn("path", { class: "eg-ring", d: "M1 10h18" })],
  };
  return drawn(
    "svg",
    { class: `eg-legend-mark eg-legend-${name}`, viewBox: "0 0 20 20", width: 16, height: 16, "aria-hidden": "true" },
    ...(shapes[name] || []),
  );
}
