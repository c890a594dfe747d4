"""The lines of somebody's limits: their own, sealed, and the released copy that the other reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.records.limits import LEVELS, Limit, LimitNo, LimitOpening
from evenground.steps import days

if TYPE_CHECKING:
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk


@dataclass(frozen=True)
class Line:
    """One line: the writer's own entry (None while it is shut), and its released copy."""

    own: Entry[Limit] | None
    released: Entry[Limit] | None

    @property
    def record(self) -> Limit:
        """Return what holds: the narrower of the two, should they differ."""
        found = [e.record for e in (self.own, self.released) if e]
        return min(found, key=lambda record: LEVELS.index(record.level or "no"))

    @property
    def thread(self) -> str:
        """Return the key of the line on the page."""
        entry = self.own or self.released
        return entry.thread if entry else ""


def released(desk: Desk) -> list[Entry[Limit]]:
    """Return the lines that their writers released, in order."""
    return [e for e in desk.journal.entries(Limit) if not e.sealed]


def mine(desk: Desk) -> list[Line]:
    """Return the lines of whoever is here: those that are open to them, and what they released."""
    if not desk.one:
        return []
    copies = {e.released_from or e.thread: e for e in released(desk) if e.author == desk.one}
    own = [e for e in desk.entries(Limit) if e.sealed and e.author == desk.one]
    lines = [Line(entry, copies.pop(entry.thread, None)) for entry in own]
    return [*lines, *(Line(None, copy) for copy in copies.values())]


def write(desk: Desk, line: Line, record: Limit) -> None:
    """Write a line anew, and its released copy with it."""
    if line.released:
        desk.add(
            record,
            author=line.released.author,
            replaces=line.released,
            sealed=False,
            released_from=line.released.released_from,
        )
    if line.own:
        desk.add(record, author=line.own.author, replaces=line.own)


def opening(desk: Desk, line: Entry[Limit] | None) -> Entry[LimitOpening] | None:
    """Return what makes a line wider today, if anything does. An edited row makes nothing wider."""
    found = [e for e in _openings(desk, line) if e.record.until and e.record.until >= days.today()]
    return found[-1] if found else None


def ended(desk: Desk, line: Entry[Limit] | None) -> Entry[LimitOpening] | None:
    """Return what made a line wider until a day that has passed."""
    found = [e for e in _openings(desk, line) if e.record.until and e.record.until < days.today()]
    return found[-1] if found else None


def refusal(desk: Desk, line: Entry[Limit]) -> Entry[LimitNo] | None:
    """Return the newest no to a wider line."""
    found = [e for e in desk.journal.entries(LimitNo) if e.record.limit == line.thread]
    return found[-1] if found else None


def _openings(desk: Desk, line: Entry[Limit] | None) -> list[Entry[LimitOpening]]:
    if line is None:
        return []
    return [
        e
        for e in desk.journal.entries(LimitOpening)
        if e.record.limit == line.thread and e.author == "both" and not e.changed_outside
    ]
