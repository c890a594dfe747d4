"""What the one who leads sees of a room while it meets: steps and minutes, and who asks for what.

No word, no length and no answer comes here. A couple is on the board while it wants to be.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from evenground.group.plan import Item, Sitting

ASKS = ("minute", "come", "stop")
NOT_BEGUN = -1
LONG = 10  # minutes behind the group at one step, after which the board says so
MORE = 5  # minutes that the one who leads can add at once


@dataclass
class Seen:
    """Where one couple is, and since when; it is held while the couple wants to be on the board."""

    page: str = ""  # "acknowledge#moments"
    step: int = NOT_BEGUN  # the last step of the plan that it opened
    since: float = 0.0


@dataclass(frozen=True)
class Row:
    """One line of the board. `step` counts the plan's pages from 0; -1 is none of them yet."""

    couple: str
    is_shown: bool
    step: int
    page: str
    minutes: int
    asks: tuple[str, ...]
    is_long: bool = False  # long at a step that the group has left


@dataclass
class Now:
    """Where the whole group is. Times are seconds of the clock."""

    meeting: int = 0
    at: int = NOT_BEGUN
    began: float = 0.0
    added: int = 0  # minutes
    rested: float = 0.0
    stopped: float = 0.0  # since when the group rests; 0 when it does not


@dataclass
class Board:
    """A room as it stands now."""

    sittings: Sequence[Sitting]
    clock: Callable[[], float] = time.time
    now: Now = field(default_factory=Now)
    seen: dict[str, Seen] = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # by couple, by person

    @property
    def sitting(self) -> Sitting:
        """Return the meeting that is on."""
        return self.sittings[min(self.now.meeting, len(self.sittings) - 1)]

    @property
    def item(self) -> Item | None:
        """Return what the group does now; None before it began, and when the plan is through."""
        items = self.sitting.items
        return items[self.now.at] if 0 <= self.now.at < len(items) else None

    @property
    def is_paused(self) -> bool:
        """Return whether the whole group rests."""
        return self.now.stopped > 0

    @property
    def is_through(self) -> bool:
        """Return whether every item of this meeting was."""
        return self.now.at >= len(self.sitting.items)

    @property
    def left(self) -> int:
        """Return the whole minutes that are left of it; none below 0."""
        if self.item is None:
            return 0
        passed = (self.now.stopped or self.clock()) - self.now.began - self.now.rested
        return max(0, self.item.minutes + self.now.added - int(passed // 60))

    @property
    def steps(self) -> list[tuple[int, Item]]:
        """Return the items of this meeting that have a page in the workbook, with their places."""
        return [(at, item) for at, item in enumerate(self.sitting.items) if item.page]

    @property
    def group_step(self) -> int:
        """Return the step that the whole group is at, or came from; -1 before the first."""
        return sum(at <= self.now.at for at, _ in self.steps) - 1

    def begin(self, meeting: int) -> None:
        """Turn to a meeting; its plan begins with the next press."""
        self.now = Now(meeting=min(max(meeting, 0), len(self.sittings) - 1))
        for seen in self.seen.values():
            seen.step = self._step_of(seen.page)

    def go(self, by: int) -> None:
        """Go on to the next item, or back. No couple's page moves: each is free to stay behind."""
        at = min(max(self.now.at + by, NOT_BEGUN), len(self.sitting.items))
        self.now = Now(self.now.meeting, at, self.clock())

    def pause(self) -> None:
        """Let the whole group rest, or go on."""
        if self.is_paused:
            self.now.rested += self.clock() - self.now.stopped
            self.now.stopped = 0.0
        else:
            self.now.stopped = self.clock()

    def add(self) -> None:
        """Give what the group does now a few minutes more."""
        self.now.added += MORE

    def show(self, couple: str, *, on: bool) -> None:
        """Put a couple on the board, or take it off: then nothing of where it is is held."""
        if on:
            self.seen.setdefault(couple, Seen(since=self.clock()))
        else:
            self.seen.pop(couple, None)

    def is_shown(self, couple: str) -> bool:
        """Return whether a couple is on the board."""
        return couple in self.seen

    def moved(self, couple: str, page: str) -> None:
        """Note which page a couple has opened, if it is on the board."""
        seen = self.seen.get(couple)
        if seen is not None and seen.page != page:
            step = self._step_of(page)
            self.seen[couple] = Seen(page, seen.step if step < 0 else step, self.clock())

    def ask(self, couple: str, one: str, what: str) -> None:
        """Note what one person asks for; ValueError when it is nothing that can be asked."""
        if what not in ASKS:
            raise ValueError(what)
        self.asked.setdefault(couple, {})[one] = what

    def heard(self, couple: str) -> None:
        """Take away what a couple asked for: somebody was there."""
        self.asked.pop(couple, None)

    def leave(self, couple: str) -> None:
        """Hold nothing more of a couple that left."""
        self.show(couple, on=False)
        self.heard(couple)

    def rows(self) -> list[Row]:
        """Return a line for each couple on the board, and for each that asks for something."""
        return [self._row(couple) for couple in sorted(self.seen.keys() | self.asked.keys())]

    def dump(self) -> dict[str, Any]:
        """Return all it holds as plain values, for a room that is opened again."""
        return {
            "now": asdict(self.now),
            "seen": {couple: asdict(seen) for couple, seen in self.seen.items()},
            "asked": self.asked,
        }

    def load(self, held: Mapping[str, Any]) -> None:
        """Take up what `dump` returned."""
        self.now = Now(**held["now"])
        self.seen = {couple: Seen(**seen) for couple, seen in held["seen"].items()}
        self.asked = {couple: dict(asks) for couple, asks in held["asked"].items()}

    def _step_of(self, page: str) -> int:
        """Return which step a page is; -1 when the plan does not name it."""
        pages = [item.page for _, item in self.steps]
        return pages.index(page) if page in pages else NOT_BEGUN

    def _row(self, couple: str) -> Row:
        asks = set(self.asked.get(couple, {}).values())
        told = tuple(ask for ask in ASKS if ask in asks)
        seen = self.seen.get(couple)
        if seen is None:
            return Row(couple, is_shown=False, step=NOT_BEGUN, page="", minutes=0, asks=told)
        minutes = int((self.clock() - seen.since) // 60)
        is_long = seen.step < self.group_step and minutes >= LONG and not self.is_paused
        return Row(couple, True, seen.step, seen.page, minutes, told, is_long)
