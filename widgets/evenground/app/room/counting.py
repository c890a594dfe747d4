"""What a room counts: how the pace was, and answers of those who chose to be counted.

Everything that leaves here went through `evenground.group.totals`, where the rules on numbers are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evenground.group import outcome
from evenground.group.totals import MOMENTS, Box, ClosedError, Person, tally
from evenground.journal import disk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACES = ("slow", "right", "fast")
TOLD = tuple(moment for moment in MOMENTS if moment != "before")  # it is told with what came after
FILE = "count.json"


class Counting:
    """The box of a group, and the question on pace. It is kept in one file of the room's folder."""

    def __init__(self, room: Path, group: Path) -> None:
        """Read it as it was left."""
        self._file = room / FILE
        self._group = group
        self.asking = ""  # the moment whose questions are open
        self.pace_open = ""  # the item of the plan for which the pace is asked
        self.paces: dict[str, dict[str, int]] = {}  # what was told, by item
        self._votes: dict[Person, str] = {}
        self._box = Box()
        if self._file.exists():
            self._read(json.loads(self._file.read_text(encoding="utf-8")))

    def ask(self, moment: str) -> None:
        """Open the questions of a moment to everybody, or close them ("")."""
        if moment and moment not in self.open_moments:
            raise ClosedError(moment)
        self.asking = moment
        self._keep()

    def put(self, who: Person, answers: Mapping[str, int]) -> None:
        """Take one person's answers in place of earlier ones; ClosedError when none are asked."""
        if not self.asking:
            raise ClosedError
        self._box.put(who, self.asking, answers)
        self._keep()

    def leave(self, couple: str, one: str | None = None) -> None:
        """Take a couple, or one person of it, out of all that is told from now on."""
        self._box.leave(couple, one)
        self._votes = {
            who: vote
            for who, vote in self._votes.items()
            if who.couple != couple or one not in {None, who.one}
        }
        self._keep()

    def tell(self, moment: str) -> None:
        """Make what may be told of a moment, once, and put it into the group's folder."""
        if moment not in TOLD:
            raise ValueError(moment)
        made = self._box.release(moment)
        self.asking = "" if self.asking in {moment, "before"} else self.asking
        self._keep()
        outcome.keep(self._group, (outcome.releases(self._group) | {moment: made}).values())

    @property
    def open_moments(self) -> tuple[str, ...]:
        """Return the moments that were not told, so that they still take answers."""
        told = outcome.releases(self._group).keys()
        return tuple(m for m in MOMENTS if m not in told and not (m == "before" and told))

    def ask_pace(self, item: str) -> None:
        """Ask how the pace is, once for each item of the plan."""
        if item in self.paces:
            raise ClosedError(item)
        self.pace_open = item
        self._votes = {}
        self._keep()

    def vote(self, who: Person, pace: str) -> None:
        """Take one person's word on the pace; ClosedError when it is not asked."""
        if pace not in PACES:
            raise ValueError(pace)
        if not self.pace_open:
            raise ClosedError
        self._votes[who] = pace
        self._keep()

    def close_pace(self) -> None:
        """Count it. Whoever spoke is forgotten then."""
        if self.pace_open:
            self.paces[self.pace_open] = tally(self._votes)
        self.pace_open, self._votes = "", {}
        self._keep()

    def _read(self, held: Mapping[str, Any]) -> None:
        self.asking, self.pace_open, self.paces = held["asking"], held["pace_open"], held["paces"]
        self._votes = {Person(couple, one): vote for couple, one, vote in held["votes"]}
        self._box = Box.load(held["box"])

    def _keep(self) -> None:
        held = {
            "asking": self.asking,
            "pace_open": self.pace_open,
            "paces": self.paces,
            "votes": [[*who, vote] for who, vote in self._votes.items()],
            "box": self._box.dump(),
        }
        disk.replace(self._file, json.dumps(held).encode())
