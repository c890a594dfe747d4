export function render({ model, el }) {
  return model.get("place") === "room" ? roomOf(model, el) : viewOf(model, el);
}
