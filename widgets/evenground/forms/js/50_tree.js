// The tree of nodes as elements. An update keeps what has the same key: focus and words stay.

function plainKind(draw) {
  return (ctx) => {
    const item = {
      el: make("div"),
      update: (node) => {
        const now = JSON.stringify(node);
        if (now === item.before) return;
        item.before = now;
        const el = draw(node, ctx);
        item.el.replaceWith(el);
        item.el = el;
      },
    };
    return item;
  };
}

function box(tag, style) {
  return (ctx) => {
    const inner = make("div", { class: style });
    const tree = new Tree(inner, ctx);
    return { el: inner, update: (node) => tree.update(node.children || []), gone: () => tree.update([]) };
  };
}

function details(ctx) {
  const summary = make("summary", {});
  const inner = make("div", { class: "eg-details-inner" });
  const tree = new Tree(inner, ctx);
  return {
    el: make("details", { class: "eg-details" }, summary, inner),
    update: (node) => {
      if (summary.textContent !== node.summary) summary.textContent = node.summary;
      tree.update(node.children || []);
    },
    gone: () => tree.update([]),
  };
}

// A status line is there from the start and its words change, so that they are read out.
function status() {
  const el = make("p", { class: "eg-status", role: "status" });
  return {
    el,
    update: (node) => {
      if (el.textContent !== node.text) el.textContent = node.text || "";
    },
  };
}

const KINDS = {
  field,
  ifthen: ifThen,
  map: decisionMap,
  row: box("div", "eg-row"),
  details,
  paper: box("div", "eg-paper"),
  status,
  onebyone: oneByOne,
};
for (const [kind, draw] of Object.entries(LINES)) KINDS[kind] = plainKind(draw);

class Tree {
  constructor(host, ctx) {
    this.host = host;
    this.ctx = ctx;
    this.items = new Map();
  }

  update(nodes) {
    const active = document.activeElement;
    const inside = active && this.host.contains(active) ? active : null;
    const counts = {};
    const wanted = new Map();
    for (const node of nodes.filter(Boolean)) {
      if (!KINDS[node.is]) continue;
      const kind = `${node.is}/${node.control || ""}`;
      counts[kind] = (counts[kind] || 0) + 1;
      const key = `${kind}/${node.key || (node.name ? `name:${node.name}` : `place:${counts[kind]}`)}`;
      wanted.set(wanted.has(key) ? `${key}/${counts[kind]}` : key, node);
    }
    for (const [key, item] of this.items) {
      if (wanted.has(key)) continue;
      item.gone?.();
      item.el.remove();
      this.items.delete(key);
    }
    let place = this.host.firstChild;
    for (const [key, node] of wanted) {
      let item = this.items.get(key);
      if (!item) {
        item = KINDS[node.is](this.ctx, node);
        this.items.set(key, item);
        this.host.insertBefore(item.el, place);
        item.update(node);
      } else {
        if (item.el !== place) this.host.insertBefore(item.el, place);
        item.update(node);
      }
      place = item.el.nextSibling;
    }
    const shown = [...wanted].map(([key, node]) => ({ node, el: this.items.get(key).el }));
    [...wanted.keys()].forEach((key, number) => this.items.get(key).among?.(shown, number));
    if (inside && !inside.isConnected) this.refocus(inside.dataset.egFocus);
  }

  // Who works by keyboard is not thrown back to the top of the page when a pressed button is gone:
  // the focus goes to the button that took its place, to the heading, or to the cell itself.
  refocus(name) {
    const cell = this.host.closest(".eg-tree") || this.host;
    const again = name && this.host.querySelector(`[data-eg-focus="${CSS.escape(name)}"]`);
    const place = again || this.host.querySelector("h3") || cell.querySelector("h3");
    place?.focus({ preventScroll: Boolean(again) });
    if (place && document.activeElement === place) return;
    cell.tabIndex = -1;
    cell.focus({ preventScroll: true });
  }
}
