"""A couple that walks by keyboard alone: Tab, Shift and Tab, arrows, Space, Enter, and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from walk import Walk

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Locator

MOST_STEPS = 250

# Notes what no keyboard does: a press of a mouse, and words in a box that no key has put there.
WATCH = """
for (const type of ["mousedown", "touchstart"]) {
  window.addEventListener(type, () => window.egNotByKeys(type), true);
}
const keyed = new WeakSet();
window.addEventListener("keydown", ({key, target}) => {
  if (!["Tab", "Shift"].includes(key)) keyed.add(target);
}, true);
window.addEventListener("input", ({target}) => {
  const typed = target.matches("textarea, input[type=text], input[type=password]");
  if (typed && !keyed.has(target)) window.egNotByKeys("fill");
}, true);
"""
# Where the focus is as seen from an element: on it, in its group of radios, before it or behind it.
BEARING = """
(el) => {
  const at = document.activeElement;
  if (!at || at === document.body) return "lost";
  if (at === el) return "there";
  if (el.type === "radio" && at.type === "radio" && at.name === el.name) return "group";
  return at.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING ? "before" : "behind";
}
"""
# Whether somebody who looks at the page sees what has the focus: a ring, under nothing else.
SEEN = """
(el) => {
  const around = [el];
  while (around.length < 5 && around.at(-1).parentElement) around.push(around.at(-1).parentElement);
  const ring = around.some((one) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const at = (el.closest("label") || el).getBoundingClientRect();
  const shown = at.bottom > 0 && at.top < window.innerHeight;
  return ring && shown ? "" : `ring ${ring}, in the window ${shown}: ${el.outerHTML.slice(0, 90)}`;
}
"""
RADIOS = """
(el) => [...document.querySelectorAll(`input[name="${CSS.escape(el.name)}"]`)]
  .filter((one) => one.checkVisibility())
  .map((one) => one === el ? "this" : one === document.activeElement ? "focus" : "")
"""
# The last press on this page, if the focus went with what it took away.
LOST = """
() => {
  const at = document.activeElement;
  return !at || at === document.body ? window.egPressed || "" : "";
}
"""
WHERE = """
() => {
  const at = document.activeElement;
  return !at || at === document.body ? "nowhere" : at.outerHTML.slice(0, 90);
}
"""


class Keys(Walk):
    """The same walk without a mouse.

    `wrong` holds what had the focus and was not seen, and presses that lost it; `otherwise` holds
    what was done by anything but keys.
    """

    def __init__(self, *told: object) -> None:
        super().__init__(*told)  # type: ignore[arg-type]  # told as to any Walk
        self.wrong: list[str] = []
        self.otherwise: list[str] = []
        self.page.expose_function("egNotByKeys", self._note)
        self.page.add_init_script(WATCH)

    def _note(self, how: str) -> None:
        self.otherwise.append(how)

    def push(self, button: Locator) -> None:
        """Press a button or follow a link with Enter."""
        self._reach(button)
        self.page.evaluate("() => { window.egPressed = document.activeElement.innerText; }")
        self.page.keyboard.press("Enter")

    def put(self, box: Locator, words: str) -> None:
        """Type into a box, in place of what stands there; a day as the browser asks for it."""
        found = self._reach(box)
        keyboard = self.page.keyboard
        if found.get_attribute("type") in {"date", "time"}:
            # It has a box for the day, the month and the year: back out, and in to the first.
            while found.evaluate(BEARING) == "there":
                keyboard.press("Shift+Tab")
            self._reach(box)
        if found.get_attribute("type") == "date":
            year, month, day = words.split("-")
            keyboard.type(month + day + year)
        elif found.get_attribute("type") == "time":
            hour, minute = map(int, words.split(":"))
            keyboard.type(f"{hour % 12 or 12:02}{minute:02}{'PM' if hour >= 12 else 'AM'}")
        else:
            keyboard.press("ControlOrMeta+a")
            keyboard.press("Delete")
            keyboard.type(words)
        expect(box).to_have_value(words)

    def pick(self, choice: Locator) -> None:
        """Choose a card by the arrows, or a chip by Space."""
        found = self._reach(choice)
        if not found.is_checked():
            self.page.keyboard.press("Space")
        expect(choice).to_be_checked()

    def section(self, slug: str) -> None:
        """Turn to another section by the links at the foot of a page, or by the contents."""
        page = self.page
        slugs = page.eval_on_selector_all(
            "main > .eg-section", "all => all.map(one => [one.id, one.hidden])"
        )
        at = next(number for number, (_, hidden) in enumerate(slugs) if not hidden)
        to = [one for one, _ in slugs].index(slug)
        if at < to <= at + 2:
            for number in range(at + 1, to + 1):
                self.push(self.here.locator(".eg-pager .eg-after"))
                self._turned(slugs[number][0])
        elif at != to:
            self._follow(page.url.split("/")[-1].split(".")[0])
            self.push(page.locator(f".eg-contents a[href='#{slug}']"))
            self._turned(slug)

    def part(self, name: str, section: str = "") -> None:
        """Go to another part by its link in the header."""
        self._follow(name)
        if section:
            self.section(section)

    def _follow(self, part: str) -> None:
        """Follow the link to a part. The name of the app leads to Start, which has no number."""
        link = "#eg-name" if part == "00_start" else f"#eg-parts a[href*='{part}']"
        with self.page.expect_navigation(url=f"**/{part}.ipynb"):
            self.push(self.page.locator(link))
        self.ready()

    def _turned(self, slug: str) -> None:
        """Check that a new page begins at its heading."""
        expect(self.page.locator(f"section[id='{slug}']")).to_be_visible()
        heading = self.page.locator(f"section[id='{slug}'] :is(h1, h2)").first
        expect(heading).to_be_focused()

    def _reach(self, wanted: Locator) -> ElementHandle:
        """Move the focus to an element, forwards or backwards, and check that it can be seen."""
        expect(wanted).to_be_visible()
        found = wanted.element_handle()
        keyboard = self.page.keyboard
        if lost := self.page.evaluate(LOST):
            self.wrong.append(f"the focus was lost after {lost}")
        for _ in range(MOST_STEPS):
            bearing = found.evaluate(BEARING)
            if bearing == "there":
                if unseen := found.evaluate(SEEN):
                    self.wrong.append(unseen)
                return found
            if bearing == "group":
                radios = found.evaluate(RADIOS)
                before = radios.index("focus") < radios.index("this")
                keyboard.press("ArrowDown" if before else "ArrowUp")
            else:
                keyboard.press("Shift+Tab" if bearing == "behind" else "Tab")
        raise AssertionError(f"not reached from {self.page.evaluate(WHERE)}: {wanted}")
