// The marks of the two people, and the few icons. Shapes are SVG, so forced colours keep them.

function mark(by) {
  if (by === "both") return make("span", { class: "eg-marks" }, mark("a"), mark("b"));
  const shape =
    by === "a"
      ? drawn("circle", { cx: 6, cy: 6, r: 5 })
      : drawn("path", { d: "M6 .5 11.5 6 6 11.5.5 6Z" });
  return drawn(
    "svg",
    { class: `eg-mark eg-mark-${by}`, viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" },
    shape,
  );
}

const ICONS = {
  lock: ["M5 9h10v8H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"],
  envelope: ["M3 5h14v11H3z", "M3.5 5.5 10 11l6.5-5.5"],
  rings: ["M12 10a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z", "M16 10a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z"],
  dashed: ["M16 10a6 6 0 1 1-12 0 6 6 0 0 1 12 0Z"],
  tick: ["M4 10.5 8.5 15 16 6"],
  turns: ["M3 7h13m-3.5-3.5L16 7l-3.5 3.5", "M17 13H4m3.5-3.5L4 13l3.5 3.5"],
  bookmark: ["M6 3h8v14l-4-3.5L6 17Z"],
};

function icon(name) {
  return drawn(
    "svg",
    { class: `eg-icon eg-icon-${name}`, viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true" },
    ...(ICONS[name] || []).map((d) => drawn("path", { d })),
  );
}

// Circle and diamond stand at the same height; the mark of whoever has closed their page is hollow.
function level(node) {
  const hollow = new Set(node.hollow || []);
  return make(
    "div",
    { class: "eg-level", "aria-hidden": "true" },
    drawn(
      "svg",
      { viewBox: "0 0 156 36", width: 156, height: 36 },
      drawn("circle", { class: hollow.has("a") ? "eg-hollow-a" : "eg-mark-a", cx: 44, cy: 19.5, r: 12.5 }),
      drawn("path", {
        class: hollow.has("b") ? "eg-hollow-b" : "eg-mark-b",
        d: hollow.has("b") ? "M112 5 126 19 112 33 98 19Z" : "M112 3 127.5 18.5 112 33 96.5 18.5Z",
      }),
      drawn("path", { class: "eg-level-line", d: "M0 34h156" }),
    ),
  );
}
