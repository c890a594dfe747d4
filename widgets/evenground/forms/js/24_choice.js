// Cards with real radios. None is chosen at first; a choice that needs words opens its box inside.

CONTROLS.choice = ({ id, ctx, edited }) => {
  const el = make("div", { class: "eg-cards" });
  const cards = new Map();
  const chosen = () => [...cards].find(([, card]) => card.radio.checked)?.[0] || "";
  const settle = () => {
    for (const card of cards.values()) {
      card.el.classList.toggle("eg-chosen", card.radio.checked);
      card.more.hidden = !card.radio.checked || !card.more.firstChild;
    }
    clear.hidden = !chosen();
  };
  const clear = make(
    "button",
    {
      type: "button",
      class: "eg-action eg-clear",
      hidden: true,
      on: {
        click: () => {
          const card = cards.get(chosen());
          if (card) card.radio.checked = false;
          settle();
          edited({ now: true });
          card?.radio.focus();
        },
      },
    },
    ctx.words.clear,
  );

  function newCard(key) {
    const radio = make("input", { type: "radio", class: "eg-radio", name: id, value: key });
    const words = make("span", { class: "eg-card-words" });
    const end = make("span", { class: "eg-card-end" });
    const more = make("div", { class: "eg-card-more", hidden: true });
    radio.addEventListener("change", () => {
      settle();
      edited({ now: true });
    });
    const card = {
      radio,
      more,
      el: make("div", { class: "eg-card" }, make("label", { class: "eg-card-label" }, radio, words, end), more),
      inner: new Tree(more, { ...ctx, shown: () => radio.checked && ctx.shown() }),
      update: (option, apart) => {
        card.el.classList.toggle("eg-apart", option.key === apart);
        if (!same(card.drawn, [option.label, option.detail, option.mark, option.cell])) {
          card.drawn = [option.label, option.detail, option.mark, option.cell];
          words.replaceChildren(
            ...[
              make("span", { class: "eg-card-title" }, option.mark ? mark(option.mark) : null, make("span", {}, option.label)),
              option.detail ? make("span", { class: "eg-card-detail" }, option.detail) : null,
            ].filter(Boolean),
          );
          end.replaceChildren(...(option.cell ? [cell(option.cell)] : []));
        }
        if (option.field && !option.field.label) option.field.aria = option.label;
        card.inner.update(option.field ? [option.field] : []);
      },
    };
    return card;
  }

  return {
    el: make("div", { class: "eg-choice-set" }, el, clear),
    get: chosen,
    set: (value) => {
      for (const [key, card] of cards) card.radio.checked = key === value;
      settle();
    },
    update: (node) => {
      const options = node.options || [];
      const wanted = new Set(options.map((option) => option.key));
      for (const [key, card] of cards) {
        if (wanted.has(key)) continue;
        card.inner.update([]);
        card.el.remove();
        cards.delete(key);
      }
      options.forEach((option, place) => {
        if (!cards.has(option.key)) cards.set(option.key, newCard(option.key));
        const card = cards.get(option.key);
        card.update(option, node.apart);
        if (el.children[place] !== card.el) el.insertBefore(card.el, el.children[place] || null);
      });
      el.classList.toggle("eg-in-a-row", Boolean(node.row));
      settle();
    },
    first: () => cards.get(chosen())?.radio || cards.values().next().value?.radio,
  };
};

// The five steps are cards as well; the node says their words.
CONTROLS.steps = CONTROLS.choice;
