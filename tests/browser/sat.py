"""An evening of one couple in one browser page, for the tests of a part to share."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from walk import PHRASES, Walk

from evenground.journal import Journal
from evenground.records.start import Person
from outside import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, WebSocket

    from serving import Server

_HEADER = re.compile(r'"type": ?"(?:ping|awake)"')  # the header's signs of life, on every page

# How many looks the buttons of a row have: their size, their letters and their edge.
WEIGHTS = """
(button) => new Set([...button.parentElement.querySelectorAll("button")].map((one) => {
  const { fontSize, fontWeight, borderTopWidth, borderTopColor, color } = getComputedStyle(one);
  const wide = Math.round(one.getBoundingClientRect().width);
  return [wide, fontSize, fontWeight, borderTopWidth, borderTopColor, color].join();
})).size
"""


class Evening:
    """Sam and Alex, with a passphrase each, at one laptop."""

    def __init__(self, walk: Walk, home: Path) -> None:
        self.walk, self.home = walk, home
        self.frames: list[str] = []
        self.open = ""  # the notebook that is open
        walk.page.on("websocket", self._hear)

    @classmethod
    @contextmanager
    def of(cls, browser: Browser, home: Path, serve: type[Server]) -> Iterator[Evening]:
        """Start a server for a couple, and a page in it where Sam writes."""
        journal = Journal(home)
        for key, name in (("a", "Sam"), ("b", "Alex")):
            journal.add(Person(name=name), author=key)
            journal.set_passphrase(key, PHRASES[name])
        with serve(home) as server:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page: Page = context.new_page()
            page.goto(server.link)
            found = cls(Walk(page, server.address), home)
            found.walk.part("00_start")
            found.walk.sit("Sam")
            found.walk.hand_over("Alex")
            yield found
            context.close()

    def at(self, part: str, section: str, who: str) -> Evening:
        """Turn to a section with somebody writing; the page is loaded when it is not open."""
        here = self.walk.page.locator("#eg-who")
        if self.open != part:
            self.walk.part(part, section)
            self.open = part
        if who not in (here.text_content() or "") or "and" in (here.text_content() or ""):
            self.walk.hand_over(who)
        self.walk.page.reload()
        self.walk.ready()
        expect(here).to_contain_text(who)
        if section:
            self.walk.section(section)
        return self

    def both(self) -> None:
        """Let both be here; in a turn they are, and the line says who speaks."""
        if "listens" not in (self.walk.page.locator("#eg-who").text_content() or ""):
            self.walk.both()

    def rows(self, kind: str) -> list[dict[str, str]]:
        """Return the rows of a CSV file."""
        with (self.home / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every file of the journal."""
        found = contents(self.home)
        return {str(p.relative_to(self.home)): held for p, held in found if p.suffix != ".lock"}

    def nowhere_in_the_files(self, words: str) -> None:
        """Check that words stand in no file as they were typed."""
        assert words.encode() not in b"".join(self.files().values())

    def listen_in(self) -> Callable[[], list[str]]:
        """Return a function that says what the page has sent to its kernel since now."""
        start = len(self.frames)
        return lambda: [f for f in self.frames[start:] if "comm_msg" in f and not _HEADER.search(f)]

    def skip_to_the_end(self, last: str) -> list[str]:
        """Press Skip, or the link to the next page, until a section is reached."""
        seen: list[str] = []
        for _ in range(60):
            section = str(self.walk.page.evaluate("location.hash")).removeprefix("#")
            if not seen or seen[-1] != section:
                seen.append(section)
            if section == last:
                return seen
            on = self.walk.here.get_by_role("button", name="Skip this")
            go = self.walk.here.get_by_role("button", name="Continue")
            if on.count():
                assert on.first.evaluate(WEIGHTS) == 1, f"{section}: a button weighs more"
                self.walk.keep("Skip this")
            elif go.count():
                self.walk.keep("Continue")
            else:
                self.walk.here.get_by_role("link").last.click()
        raise AssertionError(f"no end after {seen}")

    def _hear(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.frames.append(str(frame)))
