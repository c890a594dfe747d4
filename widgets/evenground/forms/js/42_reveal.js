// Both answers to one item: a line with five ticks, both marks, and both answers in words.

function scaleLine(marks) {
  const touching = marks.a && marks.a === marks.b;
  const at = (by) => {
    const el = make("span", { class: `eg-on-line${touching ? ` eg-touching-${by}` : ""}` }, mark(by));
    el.style.setProperty("--eg-at", String((marks[by] - 1) / 4));
    return el;
  };
  return make(
    "div",
    { class: "eg-line", "aria-hidden": "true" },
    [0, 1, 2, 3, 4].map((step) => {
      const tick = make("span", { class: "eg-tick" });
      tick.style.setProperty("--eg-at", String(step / 4));
      return tick;
    }),
    ["a", "b"].filter((by) => marks[by] >= 1 && marks[by] <= 5).map(at),
  );
}

LINES.reveal = (node) =>
  make(
    "div",
    { class: "eg-reveal" },
    node.ends ? make("p", { class: "eg-hint" }, node.between || node.ends.join(" – ")) : null,
    make(
      "ul",
      {},
      (node.items || []).map((item) =>
        make(
          "li",
          {},
          make("p", { class: "eg-reveal-title" }, item.title),
          item.text
            ? make("p", { class: "eg-reveal-text" }, item.text)
            : make(
                "div",
                { class: "eg-reveal-answers" },
                scaleLine(item.marks || {}),
                make(
                  "dl",
                  {},
                  ["a", "b"].map((by) =>
                    make(
                      "div",
                      {},
                      make("dt", {}, mark(by), make("span", {}, node.names?.[by])),
                      make("dd", {}, item.answers?.[by]),
                    ),
                  ),
                ),
              ),
        ),
      ),
    ),
  );
