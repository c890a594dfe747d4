"""Days in words, and where the ticks of a time axis stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from evenground.content import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR, _JANUARY = 12, 1  # months
_TICK_ROOM = 42  # px that one label needs
# From the finest: how many months lie between two ticks; 0 is two ticks a month.
_STEPS = (0, 1, 3, 6, 12, 24, 60, 120, 300)


@dataclass(frozen=True, slots=True)
class Tick:
    """One label of a time axis; the year stands under it where it is needed."""

    day: int  # date.toordinal(): no clock and no zone can shift it
    label: str
    year: str = ""


def day(when: date) -> str:
    """Return a day, as "14 March 2026"."""
    month = words("charts").lines("months.long")[when.month - 1]
    return plain(words("charts").say("date.day", day=when.day, month=month, year=str(when.year)))


def month(when: date) -> str:
    """Return a month, as "March 2026"."""
    name = words("charts").lines("months.long")[when.month - 1]
    return plain(words("charts").say("date.month", month=name, year=str(when.year)))


def short_month(when: date) -> str:
    """Return a month in few letters, as "Mar"."""
    return words("charts").lines("months.short")[when.month - 1]


def short_day(when: date) -> str:
    """Return a day in few letters, as "3 Aug"."""
    return plain(words("charts").say("date.short", day=when.day, month=short_month(when)))


def each(days: tuple[date, ...], *, room: float) -> tuple[Tick, ...]:
    """Return a tick for each of a few days; for the first and the last one if they stand close."""
    span = max(1, (days[-1] - days[0]).days) if days else 1
    close = any((b - a).days / span * room < _TICK_ROOM + 4 for a, b in pairwise(days))
    shown = (days[0], days[-1]) if close else days
    years = [None, *(when.year for when in shown)]
    return tuple(
        Tick(when.toordinal(), short_day(when), "" if when.year == before else str(when.year))
        for when, before in zip(shown, years, strict=False)
    )


def ticks(first: date, last: date, *, room: float) -> tuple[Tick, ...]:
    """Return the ticks that fit into so many pixels, from the finest step that does."""
    found: list[date] = []
    for step in _STEPS:
        found = list(_days(first, last, step))
        if len(found) <= max(2, room // _TICK_ROOM):
            break
    if not found:
        return (Tick(first.toordinal(), short_day(first), str(first.year)),)
    by_year = all(when.month == _JANUARY for when in found) and len(found) > 1
    named: set[int] = set()
    made: list[Tick] = []
    turns = any(when.month == _JANUARY and when.day == 1 for when in found[1:])
    for number, when in enumerate(found):
        if by_year:
            made.append(Tick(when.toordinal(), str(when.year)))
            continue
        label = short_day(when) if step == 0 else short_month(when)
        new = when.year not in named and (when.month == _JANUARY or (number == 0 and not turns))
        named |= {when.year} if new else set()
        made.append(Tick(when.toordinal(), label, str(when.year) if new else ""))
    return tuple(made)


def _days(first: date, last: date, step: int) -> Iterator[date]:
    year, number = first.year, 1
    while (when := date(year, number, 1)) <= last:
        if not step or ((year * _YEAR + number - 1) % step == 0):
            yield from (
                one
                for one in (when, *([when.replace(day=15)] if not step else []))
                if first <= one <= last
            )
        year, number = (year, number + 1) if number < _YEAR else (year + 1, 1)


def next_month(first: date) -> date:
    """Return the first day of the month after this one."""
    if first.month == _YEAR:
        return date(first.year + 1, 1, 1)
    return date(first.year, first.month + 1, 1)
