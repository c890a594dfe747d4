"""Every string in every box of the pages, written there by somebody who tries everything."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from couple import settle
from hostile import ALL, NAMES, NOT_OURS, PAYLOADS
from spoilt import kept, texts
from tour import open_part, sections

from evenground.journal import Journal
from evenground.records.amends import Promise
from evenground.records.door import Knock
from evenground.records.limits import Experiment
from evenground.records.listen import RULES, GroundRules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page, WebSocket

    from serving import Server

TRY = Path(__file__).with_suffix(".js").read_text("utf-8")
# Each of the two writes, then both, and then the first one about what they kept together.
WHO = ("a", "b", "both", "a")
# Copied from what was written in another box, or filled in by a step: no page asks for these.
UNASKED = {"agreed_rules", "deliveries", "reviews"}
# Two names are asked for in one form, by the keys of the two.
NAMED = {("a", "a"): ("people", "name")}


def asked() -> set[tuple[str, str]]:
    """Return every text field of every kind that a page asks for."""
    kinds = {name: kind for name, kind in kept().items() if name not in UNASKED}
    return {(name, field) for name, kind in kinds.items() for field in texts(kind)}


def begin(home: Path) -> None:
    """Write what has to have happened before some boxes are shown, and takes longer than a day."""
    settle(home, sealed=False)
    journal = Journal(home)
    for person in "ab":
        rules = GroundRules(rules=RULES[:2])
        journal.add(rules, author=person, sealed=False, released_from=f"rules-{person}")
    day = date.today()  # noqa: DTZ011 - the day on the laptop
    soon, later = (day + timedelta(days=days) for days in (9, 20))
    over = Experiment(idea=NAMES[0], start=day - timedelta(days=20), end=day - timedelta(days=1))
    journal.add(over, author="both")
    words = dict.fromkeys(("title", "need", "if_cue", "then_act", "tell"), NAMES[0])
    proposed = Promise(**words, owner="a", start=day, due=soon, end=later)
    journal.add(proposed, author="b")
    journal.add(Knock(delivery="what-b-brought"), author="b")


def place_of(slug: str) -> str:
    """Return where a section of a part is; the first one has no slug."""
    return f"section[id='{slug}']" if slug else "main > .eg-section"


class Everywhere:
    """A page in a browser, and the boxes in which every string was written on it."""

    def __init__(self, page: Page) -> None:
        """Hear what the page tells its kernels from now on."""
        self.page = page
        self.told: dict[tuple[str, str], set[str]] = {}
        self.wrong: list[tuple[str, str]] = []
        self._tried: list[str] = []
        page.on("websocket", self._hear)

    def part(self, server: Server, part: str) -> None:
        """Try everything on a part, as each of the two and as both."""
        self._tried = []
        for who in WHO:
            open_part(self.page, server, part, who=who)
            for slug in sections(self.page):
                self._try(place_of(slug), last=NAMES[0])
            # Another may press the same button.
            self._tried = [one for one in self._tried if not one.startswith("press ")]

    def boxes(self, place: str, *, strings: Sequence[str] = PAYLOADS) -> int:
        """Write in the boxes of a place, which hold all the strings afterwards; say how many."""
        self._tried = []
        return self._try(place, strings=strings, boxesOnly=True)

    def _try(self, place: str, *, strings: Sequence[str] = PAYLOADS, **how: object) -> int:
        told = {"place": place, "strings": strings, "all": ALL, "foreign": NOT_OURS, **how}
        found = self.page.evaluate(TRY, {**told, "tried": self._tried})
        self._tried = found["tried"]
        self.wrong += [(place, one) for one in found["wrong"]]
        return len(found["boxes"])

    def full(self) -> set[tuple[str, str]]:
        """Return the boxes whose kernel was told of every string, by kind and field."""
        whole = {name for name, said in self.told.items() if ALL in said}
        return whole | {NAMED[name] for name in whole if name in NAMED}

    def _hear(self, line: WebSocket) -> None:
        line.on("framesent", self._read)

    def _read(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            return  # a kernel of JupyterLab
        content: Any = json.loads(frame).get("content", {}).get("data", {}).get("content")
        if isinstance(content, dict) and content.get("type") == "input":
            form, _, field = content["name"].rpartition("/")
            name = (form.split(".")[0] or field, field)
            self.told.setdefault(name, set()).add(str(content["value"]))
