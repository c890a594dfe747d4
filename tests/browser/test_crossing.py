"""What one has not released never gets to the other: not in a page, an answer, a line or a file.

Two people at two browsers of one app do parts 01 and 02. Each word that one types alone is a canary
with its writer's key in it. All that comes to either browser is searched, and so are the files.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from couple import NAMES, enter, settle
from playwright.sync_api import expect
from walk import said
from wire import Wire, canaries

from outside import contents
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

PARTS = ("00_start", "01_acknowledge", "02_listen", "03_amends", "04_review")
BOXES = "textarea:visible, input[type=text]:visible"

# The pages with boxes for one person alone: the button that keeps what is in them, and what the
# page says then.
ALONE = {
    "01_acknowledge": {
        "moments": ("Keep this moment", "Your moments"),
        "what-it-cost": ("Continue", "How did it come across as control?"),
        "what-it-narrowed": ("Continue", "Some ways of acting were learned long ago"),
        "older-than-the-two-of-you": ("Keep this", "What you wrote"),
        "signs-in-your-body": ("Keep this", "What you wrote"),
        "a-value-to-stand-on": ("Keep this", "There is one box for each piece"),
        "your-draft": ("Keep this draft", "Write one question"),
        "one-open-question": ("Keep this", "Your question"),
        "if-you-do-this-alone": ("Keep this for me", "Kept earlier"),
    },
    "02_listen": {
        "ground-rules": ("Keep my picks", "Sealed"),
        "how-deep-today": ("Keep this", "What you chose"),
        "saying-it-another-way": ("Keep this way", "Said another way"),
        "back-to-the-draft": ("Keep this version", "Your draft can wait at the door"),
        "if-you-do-this-alone": ("Keep this for me", "Kept earlier"),
    },
}
SHARED = {"when-and-how-long", "a-pause-and-a-time-to-come-back", "words-we-share"}
NEVER_KEPT = ("saying-it-another-way", "The line as it came out")
RELEASED = {
    ("moments", "When, roughly?"),
    ("moments", "What happened? Tell it as a camera would show it."),
    ("what-it-cost", "Another word for it"),
    ("what-it-cost", "What did it do to your trust?"),
    ("what-it-cost", "What did it do to your wish to be close?"),
    ("what-it-cost", "What brings it back?"),
    ("what-it-narrowed", "How did it come across as control?"),
    ("signs-in-your-body", "What helps?"),
    ("one-open-question", "What would you like to ask?"),
    ("how-deep-today", "A hope or a fear, if you like"),
    ("saying-it-another-way", "What did you see or hear?"),
    ("saying-it-another-way", "What did you feel?"),
    ("saying-it-another-way", "What do you need?"),
    ("saying-it-another-way", "What do you ask?"),
}
RULE = ("ground-rules", "A rule of your own")

# What is on its way to the server is "saving" until the server has answered.
STATES = """
window.egStates = {};
window.addEventListener("evenground:state", ({ detail }) => {
  window.egStates[detail.view] = detail.state;
});
"""
ANSWERED = "() => Object.values(window.egStates).every((state) => state !== 'saving')"


class Side:
    """One of the two at their own browser, and all that comes to it."""

    def __init__(self, browser: Browser, server: Server, key: str) -> None:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(STATES)
        self.wire = Wire(context)
        self.key, self.name = key, NAMES[key]
        self.walk = enter(context.new_page(), server, who="")
        self.walk.part("00_start")
        self.walk.sit(self.name)
        self.typed: dict[str, tuple[str, str]] = {}  # by canary: the page and the box

    def open(self, part: str) -> None:
        """Load a part, after what came with the page before is read."""
        self.wire.read()
        if part in self.walk.page.url:
            self.walk.page.reload()  # the same address with another page is not loaded anew
            self.walk.ready()
        else:
            self.walk.part(part)

    def came(self) -> set[str]:
        """Return the canaries that came to this browser."""
        return self.wire.read()[0]

    def places(self, words: set[str]) -> set[tuple[str, str]]:
        """Return where those of some canaries that this one typed were typed."""
        return {self.typed[word] for word in words if word in self.typed}

    def write(self, section: str) -> None:
        """Fill each box of a page with a word of its own."""
        boxes = self.walk.here.locator(BOXES)
        expect(boxes.first).to_be_visible()
        for box in boxes.all():
            word = f"zq{self.key}{len(self.typed) + 1}x"
            label = unnamed(box.evaluate("box => box.labels[0].innerText"))
            self.typed[word] = (section, label)
            box.fill(word)
        self.walk.page.wait_for_function(ANSWERED)

    def alone(self, part: str) -> None:
        """Fill the boxes of each page for one person, and keep what is in them."""
        walk = self.walk
        self.open(part)
        boxes = self.pages_with_boxes()
        for section, (keep, then) in ALONE[part].items():
            walk.section(section)
            if section == "what-it-cost":
                walk.choose("Another word")
                walk.press("Open that page")
                walk.see("What brings it back?")
            self.write(section)
            if section == "what-it-cost":
                walk.press("Keep this page")
                walk.see("Kept for you.")
            walk.press(keep)
            walk.see(then)
        assert boxes | self.pages_with_boxes() <= set(ALONE[part]) | SHARED, "no box is left out"

    def pages_with_boxes(self) -> set[str]:
        """Return the pages of the part that is open on which there is a box to write in."""
        sections = self.walk.page.locator("section.eg-section")
        return {
            str(one.get_attribute("id"))
            for one in sections.all()
            if one.locator("textarea, input[type=text]").count()
        }

    def release_all(self, part: str) -> None:
        """Press each button that lets the other one read something."""
        self.open(part)
        for section in ALONE[part]:
            self.walk.section(section)
            if section == "what-it-cost":
                self.walk.press("Open that page")
                self.walk.see("What brings it back?")
            release = self.walk.here.get_by_role("button", name=said("Release to", whole=False))
            for left in range(release.count(), 0, -1):
                release.first.click()
                expect(release).to_have_count(left - 1)

    def look_everywhere(self) -> None:
        """Load each part, as somebody would who looks for what the other one wrote."""
        for part in PARTS:
            self.open(part)


@contextmanager
def two_browsers(browser: Browser, home: Path) -> Iterator[tuple[Side, Side]]:
    """Let Sam and Alex in, each at a browser of their own, with their private pages open."""
    settle(home)
    with Server(home) as server:
        sam, alex = (Side(browser, server, key) for key in ("a", "b"))
        yield sam, alex
        for side in (sam, alex):
            side.wire.context.close()


def plain(home: Path) -> set[str]:
    """Return the canaries that can be read in the files of a journal."""
    return canaries(b"\n".join(held for _, held in contents(home)))


def unnamed(label: str) -> str:
    """Return a label as both of them would read it, without the other one's name."""
    for name in NAMES.values():
        label = label.replace(f" \u2068{name}\u2069", "")
    return label


def test_what_one_has_not_released_never_gets_to_the_other(browser, home):
    with two_browsers(browser, home) as (sam, alex):
        write_alone(sam, alex, home)
        sit_together(sam, alex, home)
        release(sam, alex, home)
        deliver(sam, alex, home)


def write_alone(sam: Side, alex: Side, home: Path) -> None:
    """Both write all that can be written alone; each gets their own words back, and no others."""
    for part in ALONE:
        for side in (sam, alex):
            side.alone(part)
    for side in (sam, alex):
        side.open("01_acknowledge")
        side.walk.section("moments")
        side.write("a moment that is not kept yet")
        side.look_everywhere()
    for side, other in ((sam, alex), (alex, sam)):
        came, left = side.wire.read()
        assert set(side.typed) <= left, "what is typed leaves by lines that are heard here"
        pages = {section for section, _ in side.places(came)}
        assert pages == {section for section, _ in side.typed.values()}, "and comes back by them"
        assert other.places(came) == set()
    assert plain(home) == set()


def sit_together(sam: Side, alex: Side, home: Path) -> None:
    """Both sit at one laptop with both passphrases given: it shows what they open, and no more."""
    sam.walk.hand_over("Alex")
    sam.walk.both()
    sam.wire.empty()
    sam.look_everywhere()
    assert sam.came() == set()
    sam.open("02_listen")
    sam.walk.section("ground-rules")
    sam.walk.press("Open both")
    sam.walk.see("You picked no rule in common.")
    came = sam.came()
    assert sam.places(came) == alex.places(came) == {RULE}
    assert plain(home) == came
    sam.walk.hand_over("Sam")


def release(sam: Side, alex: Side, home: Path) -> None:
    """Both release all that has a button for it: that arrives, and nothing else does."""
    for side in (sam, alex):
        for part in ALONE:
            side.release_all(part)
    for side, other in ((sam, alex), (alex, sam)):
        side.wire.empty()
        side.look_everywhere()
        came = side.came()
        assert other.places(came) == {*RELEASED, RULE}
        assert NEVER_KEPT not in side.places(came), "what was said at first is gone from here, too"
        assert side.places(plain(home)) == {*RELEASED, RULE}


def deliver(sam: Side, alex: Side, home: Path) -> None:
    """The draft arrives when its reader opens the door; what they need, when they tell."""
    before = plain(home)
    sam.open("02_listen")
    sam.walk.section("the-door")
    sam.walk.press("Take it to the door")
    sam.walk.see("At the door, closed.")
    alex.look_everywhere()
    alex.open("02_listen")
    alex.walk.section("the-door")
    alex.walk.choose("I still need something first")
    alex.write("the-door")
    alex.walk.press("Answer")
    alex.walk.see("You chose")
    sam.open("02_listen")
    assert sam.places(alex.came()) == {*RELEASED, RULE}
    assert alex.places(sam.came()) == {*RELEASED, RULE}
    assert plain(home) == before

    alex.walk.press("Tell Sam")
    alex.walk.see("can read your answer now.")
    sam.open("02_listen")
    assert alex.places(sam.came()) == {*RELEASED, RULE, ("the-door", "What I need first")}

    alex.walk.press("Choose again")
    alex.walk.choose("Open it")
    alex.walk.choose("Read it here")
    alex.walk.press("Answer")
    alex.walk.see("From Sam")
    draft = {place for place in sam.typed.values() if place[0] == "back-to-the-draft"}
    assert sam.places(alex.came()) == {*RELEASED, RULE, *draft}
    assert sam.places(plain(home)) == {*RELEASED, RULE}
