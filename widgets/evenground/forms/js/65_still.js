// Nothing moves under a finger. A page that is drawn anew between the going down and the coming up of
// a finger or a mouse button takes the click from the button it was meant for.

const HELD = 600; // ms; who holds on for longer is not about to click

let fingerIsDown = false;
let heldTooLong = 0;
const postponed = new Set();

function whenStill(draw) {
  if (fingerIsDown) postponed.add(draw);
  else draw();
}

function fingerIsUp() {
  clearTimeout(heldTooLong);
  fingerIsDown = false;
  const drawing = [...postponed];
  postponed.clear();
  drawing.forEach((draw) => draw());
}

document.addEventListener(
  "pointerdown",
  () => {
    fingerIsDown = true;
    clearTimeout(heldTooLong);
    heldTooLong = setTimeout(fingerIsUp, HELD);
  },
  true,
);
// The click comes after its pointer is up, with a finger a little later: whichever is there first.
document.addEventListener("click", () => setTimeout(fingerIsUp), true);
for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, () => setTimeout(fingerIsUp, 80), true);
