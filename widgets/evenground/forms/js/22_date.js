// Days, times and amounts: the browser's own boxes, in the reader's own date order.

function boxed(attributes) {
  return ({ id, edited }) => {
    const box = make("input", { id, class: "eg-box eg-plain", ...QUIET, ...attributes });
    box.addEventListener("input", () => edited());
    box.addEventListener("change", () => edited({ now: true }));
    box.addEventListener("blur", () => edited({ left: true }));
    return {
      el: box,
      box,
      typed: true,
      get: () => box.value,
      set: (value) => {
        box.value = value || "";
      },
      update: () => {},
    };
  };
}

CONTROLS.date = boxed({ type: "date", min: "1900-01-01", max: "2200-12-31" });
CONTROLS.time = boxed({ type: "time" });
CONTROLS.amount = boxed({ type: "text", inputmode: "decimal", autocapitalize: "none" });

CONTROLS.select = ({ id, ctx, edited }) => {
  const box = make("select", { id, class: "eg-box eg-plain eg-select" });
  let offered = null;
  box.addEventListener("change", () => edited({ now: true }));
  return {
    el: box,
    box,
    get: () => box.value,
    set: (value) => {
      box.value = value || "";
    },
    update: (node) => {
      const options = node.options || [];
      const unset = node.value || options.some((option) => option.key === "") ? [] : [{ key: "", label: ctx.words.unchosen }];
      const now = [...unset, ...options];
      if (same(now, offered)) return;
      const value = box.value;
      offered = now;
      box.replaceChildren(
        ...now.map(({ key, label }) => {
          const option = make("option", {}, label);
          option.value = key;
          return option;
        }),
      );
      box.value = value;
    },
  };
};
