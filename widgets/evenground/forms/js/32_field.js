// A field: its label and hint, its control, what is wrong with it, and what stands beside it.

const GROUPS = new Set(["choice", "steps", "chips", "weights"]);

function field(ctx, first) {
  const id = newId();
  const grouped = GROUPS.has(first.control);
  const name = first.name;
  let node = first;
  let typedAt = 0;
  let drawnLabel = null;

  const label = make(grouped ? "legend" : "label", { class: "eg-label", id: `${id}-label`, for: grouped ? null : id });
  const hint = make("p", { class: "eg-hint", id: `${id}-hint` });
  const error = make("p", { class: "eg-error", id: `${id}-error` });
  const over = make("p", { class: "eg-over", id: `${id}-over` });

  function edited({ now = false, left = false, secret = false } = {}) {
    if (secret) return;
    const value = control.get();
    const changed = !same(value, node.value);
    if (changed) {
      node.value = value; // the page's own tree keeps what is in the box
      typedAt = Date.now();
      measure();
      ctx.outbox.edit(name, value);
      ctx.inUse(item);
      beside.rested();
    }
    if (now || left) ctx.outbox.flush();
  }

  const control = CONTROLS[first.control]({ id, ctx, edited });
  const none = control.none ?? "";
  const beside = advice();
  const unsaved = unsavedNote(ctx, () => String(control.get()), control.box);
  const target = control.box;
  const el = make(
    grouped ? "fieldset" : "div",
    { class: `eg-field eg-field-${first.control}` },
    label,
    hint,
    make("div", { class: "eg-control" }, control.el, target ? beside.el : null, target ? unsaved.el : null),
    make("div", { "aria-live": "polite" }, over, error),
  );

  // A count stands there only near the limit or past it. Nothing is cut.
  function measure() {
    const limit = node.limit || 0;
    const length = limit && control.typed ? [...control.get()].length : 0;
    const text =
      length > limit ? counted(ctx.words.over, length - limit) : limit && length >= limit * 0.9 ? counted(ctx.words.left, limit - length) : "";
    if (over.textContent !== text) over.textContent = text;
    over.hidden = !text;
    describe();
  }

  function describe() {
    const told = [hint, over, error].filter((part) => part.textContent).map((part) => part.id).join(" ");
    const place = target || el;
    if (told) place.setAttribute("aria-describedby", told);
    else place.removeAttribute("aria-describedby");
    if (target) {
      if (error.textContent || (node.limit && control.typed && [...control.get()].length > node.limit)) target.setAttribute("aria-invalid", "true");
      else target.removeAttribute("aria-invalid");
    }
  }

  const item = {
    el,
    name,
    control,
    unsaved,
    value: () => (ctx.shown() ? control.get() : none), // a box in a card that is not chosen says nothing
    focus: () => (target || control.first?.())?.focus(),
    wrong: () => Boolean(error.textContent),
    update: (now) => {
      const next = node !== now || !item.placed;
      node = now;
      node.value ??= none;
      if (!same(drawnLabel, [now.label, now.person])) {
        drawnLabel = [now.label, now.person];
        label.replaceChildren(...[now.person ? mark(now.person) : null, make("span", {}, now.label || "")].filter(Boolean));
      }
      label.hidden = !now.label;
      label.classList.toggle("eg-label-hidden", Boolean(now.label_hidden)); // the title says it
      if (!now.label && now.aria && target) target.setAttribute("aria-label", now.aria);
      if (hint.textContent !== (now.hint || "")) hint.textContent = now.hint || "";
      hint.hidden = !now.hint;
      if (error.textContent !== (now.error || "")) error.textContent = now.error || "";
      error.hidden = !now.error;
      el.classList.toggle("eg-by-a", now.by === "a");
      el.classList.toggle("eg-by-b", now.by === "b");
      el.classList.toggle("eg-short", Boolean(now.short));
      control.update(now);
      if (next) take(now);
      item.placed = true;
      measure();
      beside.update(now.note || null, Date.now() - typedAt);
    },
    gone: () => {
      beside.gone();
      ctx.fields.delete(item);
    },
  };

  // What is in the box wins over the tree while a person writes in it, or while the tree is older.
  function take(now) {
    const held = item.placed && !control.secret && (ctx.outbox.newest(name) > ctx.rev() || (control.typed && document.activeElement === target));
    if (held) now.value = control.get();
    else if (!item.placed || control.secret || !same(now.value, control.get())) control.set(now.value);
  }

  ctx.fields.add(item);
  return item;
}

// "If" and "then" share one frame; their labels are set in the face of what is written.
function ifThen(ctx) {
  const el = make("div", { class: "eg-ifthen" });
  const frame = make("div", { class: "eg-ifthen-frame" });
  const hint = make("p", { class: "eg-hint" });
  const tree = new Tree(frame, ctx);
  el.append(frame, hint);
  return {
    el,
    update: (node) => {
      tree.update([node.if, node.then]);
      if (hint.textContent !== (node.hint || "")) hint.textContent = node.hint || "";
    },
    gone: () => tree.update([]),
  };
}
