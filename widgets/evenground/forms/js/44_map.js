// Who decides what: a cell with letters, the words beside it, and one line open at a time.

function cell({ letters, fill }) {
  return make("span", { class: `eg-cell eg-cell-${fill}`, "aria-hidden": "true" }, fill === "turns" ? icon("turns") : letters);
}

function mapRow(ctx) {
  const head = make("div", { class: "eg-map-head" });
  const below = make("div", { class: "eg-map-below" });
  const tree = new Tree(below, ctx);
  let before = null;
  return {
    el: make("li", {}, head, below),
    update: (row) => {
      if (!same(before, [row.cell, row.title, row.detail, row.actions])) {
        before = JSON.parse(JSON.stringify([row.cell, row.title, row.detail, row.actions ?? null]));
        head.replaceChildren(
          cell(row.cell),
          make(
            "div",
            { class: "eg-list-words" },
            make("p", { class: "eg-list-title", dir: "auto" }, row.title),
            row.detail ? make("p", { class: "eg-list-detail" }, row.detail) : null,
          ),
          make("div", { class: "eg-list-actions" }, (row.actions || []).map(pressable(ctx, "eg-action"))),
        );
      }
      below.hidden = !row.children?.length;
      tree.update(row.children || []);
    },
    gone: () => tree.update([]),
  };
}

function decisionMap(ctx) {
  const el = make("ul", { class: "eg-map" });
  const rows = [];
  return {
    el,
    update: (node) => {
      const wanted = node.rows || [];
      while (rows.length > wanted.length) {
        const row = rows.pop();
        row.gone();
        row.el.remove();
      }
      wanted.forEach((row, place) => {
        if (!rows[place]) {
          rows[place] = mapRow(ctx);
          el.append(rows[place].el);
        }
        rows[place].update(row);
      });
    },
    gone: () => rows.forEach((row) => row.gone()),
  };
}
