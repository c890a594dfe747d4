// Chips (checkboxes), and chips with a weight: a row of five words for each chosen one.

CONTROLS.chips = ({ edited }) => {
  const el = make("div", { class: "eg-chips" });
  const chips = new Map();
  const settle = () => {
    for (const chip of chips.values()) chip.el.classList.toggle("eg-chosen", chip.box.checked);
  };
  return {
    el,
    none: [],
    get: () => [...chips].filter(([, chip]) => chip.box.checked).map(([key]) => key),
    set: (value) => {
      for (const [key, chip] of chips) chip.box.checked = (value || []).includes(key);
      settle();
    },
    update: (node) => {
      const options = node.options || [];
      const wanted = new Set(options.map((option) => option.key));
      for (const [key, chip] of chips) {
        if (wanted.has(key)) continue;
        chip.el.remove();
        chips.delete(key);
      }
      options.forEach((option, place) => {
        let chip = chips.get(option.key);
        if (!chip) {
          const box = make("input", { type: "checkbox", class: "eg-check", value: option.key });
          const words = make("span", {});
          chip = { box, words, el: make("label", { class: "eg-chip" }, box, icon("tick"), words) };
          box.addEventListener("change", () => {
            settle();
            edited({ now: true });
          });
          chips.set(option.key, chip);
        }
        if (chip.words.textContent !== option.label) chip.words.textContent = option.label;
        if (el.children[place] !== chip.el) el.insertBefore(chip.el, el.children[place] || null);
      });
      settle();
    },
    first: () => chips.values().next().value?.box,
  };
};

function stepRow(label, words, changed) {
  const name = newId();
  const radios = words.map((word, place) => {
    const radio = make("input", { type: "radio", class: "eg-radio", name, value: String(place + 1) });
    radio.addEventListener("change", () => {
      settle();
      changed();
    });
    return radio;
  });
  const cells = radios.map((radio, place) =>
    make("label", { class: "eg-step" }, radio, make("span", {}, words[place])),
  );
  const settle = () => {
    radios.forEach((radio, place) => cells[place].classList.toggle("eg-chosen", radio.checked));
  };
  return {
    el: make("fieldset", { class: "eg-scale" }, make("legend", { class: "eg-label" }, label), make("div", { class: "eg-steps" }, cells)),
    get: () => Number(radios.find((radio) => radio.checked)?.value || 0),
    set: (value) => {
      for (const radio of radios) radio.checked = Number(radio.value) === value;
      settle();
    },
  };
}

CONTROLS.weights = ({ edited }) => {
  const rows = new Map();
  const below = make("div", { class: "eg-scales" });
  let node = { options: [], step_labels: [] };
  const changed = (how) => {
    lay();
    edited(how);
  };
  const chips = CONTROLS.chips({ edited: changed });
  const lay = () => {
    const chosen = chips.get();
    for (const [key, row] of rows) {
      if (chosen.includes(key)) continue;
      row.el.remove();
      rows.delete(key);
    }
    chosen.forEach((key, place) => {
      if (!rows.has(key)) {
        const option = node.options.find((one) => one.key === key);
        rows.set(key, stepRow(option.label, node.step_labels || [], () => edited({ now: true })));
      }
      const row = rows.get(key);
      if (below.children[place] !== row.el) below.insertBefore(row.el, below.children[place] || null);
    });
  };
  return {
    el: make("div", {}, chips.el, below),
    none: {},
    get: () => Object.fromEntries(chips.get().map((key) => [key, rows.get(key)?.get() || 0])),
    set: (value) => {
      chips.set(Object.keys(value || {}));
      lay();
      for (const [key, row] of rows) row.set((value || {})[key]);
    },
    update: (now) => {
      const kept = Object.fromEntries([...rows].map(([key, row]) => [key, row.get()]));
      if (!same([now.options, now.step_labels], [node.options, node.step_labels])) {
        for (const row of rows.values()) row.el.remove();
        rows.clear();
      }
      node = now;
      chips.update(now);
      lay();
      for (const [key, row] of rows) row.set(kept[key] ?? 0);
    },
    first: chips.first,
  };
};
