"""A plan for a group: what is done, how long it takes, and whether alone, as a pair or together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from evenground import content

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANS = ("evenings", "day")
MODES = ("all", "alone", "pair", "rest")


@dataclass(frozen=True)
class Item:
    """One thing on a run sheet."""

    minutes: int
    mode: str  # all, alone, pair or rest
    title: str
    detail: str


@dataclass(frozen=True)
class Sitting:
    """One evening or half day of a plan."""

    title: str
    items: tuple[Item, ...]

    @property
    def minutes(self) -> int:
        """Return how long it takes, in minutes."""
        return sum(item.minutes for item in self.items)

    def times(self, start: time) -> Iterator[tuple[str, Item]]:
        """Yield each item with the time of day ("19:05") at which it begins."""
        now = datetime.combine(date(2000, 1, 1), start)
        for item in self.items:
            yield now.strftime("%H:%M"), item
            now += timedelta(minutes=item.minutes)


def plan(name: str) -> tuple[Sitting, ...]:
    """Return the sittings of a ready plan; ContentError when words/group.toml does not hold it."""
    words = content.words("group")
    table = cast("dict[str, object]", words.table["plans"])
    if name not in table:
        raise content.ContentError(f"{words.file}: no plan {name!r}. Add it under [plans].")
    sittings = cast("list[dict[str, object]]", table[name])
    return tuple(
        Sitting(
            str(sitting["title"]),
            tuple(_item(row) for row in cast("list[list[object]]", sitting["items"])),
        )
        for sitting in sittings
    )


def _item(row: list[object]) -> Item:
    minutes, mode, title, detail = row
    if mode not in MODES:
        raise content.ContentError(f"words/group.toml: {title!r} has the mode {mode!r}.")
    return Item(int(cast("int", minutes)), str(mode), str(title), str(detail))
