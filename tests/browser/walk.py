"""A couple walking through the workbook in a real browser, as two people would press and type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PHRASES = {
    "Sam": "seven quiet lamps over water",
    "Alex": "nine green doors by the harbour",
}

# Counts what the page was answered, and notes which of its cells wait for an answer; a page that is
# loaded anew begins at none. “Unsaved” without a reason says that no answer has come so far.
ANSWERS = """
window.egAnswers = 0;
window.egWaiting = new Set();
window.addEventListener("evenground:state", ({ detail }) => {
  const late = detail.state === "unsaved" && !("text" in detail);
  if (detail.state === "saving" || late) {
    window.egWaiting.add(detail.view);
    return;
  }
  window.egWaiting.delete(detail.view);
  if (detail.state !== "closed") window.egAnswers += 1;
});
"""

# On a phone, asks for all questions of a form at once, as somebody may who prefers it. The way from
# one question to the next has tests of its own (test_one_by_one.py).
ALL_AT_ONCE = """
new MutationObserver(() =>
  document.querySelector(".eg-onward:not([hidden]) .eg-onward-more button")?.click()
).observe(document, { subtree: true, childList: true });
"""


def said(words: str, *, whole: bool = False) -> re.Pattern[str]:
    """Return a pattern for words on a page, where names stand in direction isolates."""
    marks = "[\u2068\u2069]*"
    pattern = marks + marks.join(re.escape(letter) for letter in words) + marks
    return re.compile(f"^{pattern}$" if whole else pattern)


class Walk:
    """One browser page of the app, and what people do on it."""

    all_at_once = True  # whether all questions of a form stand there at once, on a phone too

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        page.set_default_timeout(browsers.PATIENCE)
        page.add_init_script(ANSWERS)
        if self.all_at_once:
            page.add_init_script(ALL_AT_ONCE)

    # Getting about ------------------------------------------------------------------------------

    def part(self, name: str, section: str = "") -> None:
        """Open a part of the workbook at a section, by their addresses."""
        self.page.goto(f"{self.address}/voila/render/{name}.ipynb#{section}")
        self.ready()

    def section(self, slug: str) -> None:
        """Turn to another section of the same part."""
        self.page.evaluate("slug => { location.hash = slug }", slug)
        expect(self.page.locator(f"section[id='{slug}']")).to_be_visible()

    def ready(self) -> None:
        """Wait until the page answers: all cells are there, and the line says who is writing."""
        expect(self.page.locator("#eg-who")).not_to_be_empty()
        expect(self.page.locator("main .eg-opening")).to_have_count(0)

    def sit(self, name: str) -> None:
        """Say who is here on the page that asks; a passphrase opens private pages."""
        self.press(name)
        self._open(name)

    def hand_over(self, name: str) -> None:
        """Pass the laptop over: Switch, then the other one opens their page."""
        self.push(self.page.locator("#eg-header").get_by_role("button", name="Switch"))
        cover = self.page.locator("#eg-cover")
        expect(cover).to_be_visible()
        expect(self.page.locator("#eg-who")).to_have_text("Nobody is writing")
        expect(cover.get_by_role("heading").first).to_have_text(
            re.compile(rf"Who is here now|{name}")
        )
        if cover.get_by_role("button", name=name, exact=True).is_visible():
            self.push(cover.get_by_role("button", name=name, exact=True))
            self._open(name)
        else:
            self._open(name, covered=True)

    def both(self) -> None:
        """Say that both are here."""
        self.push(self.page.locator("#eg-header").get_by_role("button", name="Switch"))
        cover = self.page.locator("#eg-cover")
        expect(cover).to_be_visible()
        not_now = cover.get_by_role("button", name="Not now")
        both = cover.get_by_role("button", name="Both of us")
        expect(not_now.or_(both)).to_be_visible()
        if not_now.is_visible():
            self.push(not_now)
        self.push(both)
        expect(cover).to_be_hidden()

    def _open(self, name: str, *, covered: bool = False) -> None:
        """Give the passphrase if one is asked for, and wait until the line has the name."""
        seated = self.page.locator("body:not(.eg-covered) #eg-who").filter(has_text=name)
        cover = self.page.locator("#eg-cover")
        asked = cover.get_by_role("button", name="Open my page")
        if not covered:
            expect(seated.or_(asked).first).to_be_visible()
        if asked.is_visible():
            box = cover.locator("input[type=password]")
            if box.count():
                self.put(box.first, PHRASES[name])
            self.push(asked)
        expect(seated).to_be_visible()

    # What hands do: `keys.py` does the same three without a mouse --------------------------------

    def push(self, button: Locator) -> None:
        """Press a button."""
        button.click()

    def put(self, box: Locator, words: str) -> None:
        """Write into a box, in place of what stands there."""
        box.fill(words)

    def pick(self, choice: Locator) -> None:
        """Choose a card or a chip."""
        choice.check()

    # Writing ------------------------------------------------------------------------------------

    @property
    def here(self) -> Locator:
        """Return what is in view: the cover when there is one, else the section."""
        return self.page.locator("#eg-cover:not([hidden]), section.eg-section:not([hidden])").first

    def box(self, label: str) -> Locator:
        """Return the box with a label."""
        return self.here.get_by_label(said(label, whole=True)).first

    def write(self, label: str, words: str) -> Locator:
        """Write into the box with a label."""
        box = self.box(label)
        self.put(box, words)
        return box

    def choose(self, label: str, *, within: str = "") -> None:
        """Choose a card or a chip by its words; `within` is the question it answers."""
        scope = self.here
        if within:
            scope = scope.locator("fieldset").filter(has_text=said(within)).first
        # A card's name goes on with its second line, if it has one.
        self.pick(scope.get_by_label(re.compile(f"^{said(label).pattern}")).first)

    def press(self, label: str) -> None:
        """Press the first button with these words that is in view."""
        self.push(self.here.get_by_role("button", name=said(label, whole=True)).first)

    def keep(self, label: str) -> None:
        """Press a button and wait for its answer: until then the page takes no other press."""
        # What was typed is answered first: that is not the answer to the press.
        self.page.wait_for_function("() => !window.egWaiting?.size")
        before = self.page.evaluate("window.egAnswers || 0")
        self.press(label)
        self.page.wait_for_function("before => window.egAnswers > before", arg=before)

    def saved(self) -> None:
        """Wait until the header says that it is saved."""
        expect(self.page.locator("#eg-saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))

    def see(self, words: str) -> None:
        """Wait until words stand in view."""
        expect(self.here.get_by_text(said(words)).first).to_be_visible()

    def does_not_see(self, words: str) -> None:
        """Check that words stand nowhere on the page, hidden or not."""
        expect(self.page.get_by_text(said(words))).to_have_count(0)


class OneByOne(Walk):
    """Somebody on a phone who takes the questions as they come."""

    all_at_once = False

    def next(self) -> None:
        """Ask for the next question."""
        self.press("Next question")
