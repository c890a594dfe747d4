"""The months in which each has answered, and the next date. A gap is drawn, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts import dates
from evenground.charts.drawing import Drawing, Sign, Svgs, drawn
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from evenground.charts.answers import Names

YEARS = 3  # the newest ones that are drawn


@dataclass(frozen=True, slots=True)
class Seen:
    """A review, and who answered in it. Not what."""

    day: date
    a: bool = False
    b: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month from the first review to the newest: who answered in it."""

    first: date
    a: bool
    b: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is drawn."""

    months: tuple[Month, ...]
    names: Names
    planned: date | None


def months(reviews: Sequence[Seen], *, names: Names, planned: date | None = None) -> Drawing:
    """Draw each month with a mark for each who answered, and the day of the next review."""
    say = words("charts")
    if not reviews:
        none = say["months_seen.none"]
        return Drawing(
            title=say["months_seen.title"], subtitle="", label=none, svgs=Svgs(), after=(none,)
        )
    found = tuple(_months(reviews))
    told = _count(found, names)
    following = (
        (say.say("months_seen.next", day=dates.day(planned)),) if planned is not None else ()
    )
    return Drawing(
        title=say["months_seen.title"],
        subtitle=told,
        label=" ".join((told, *following)),
        svgs=_drawn(Calendar(found, names, planned)),
        legend=tuple(_legend(found, names, planned)),
        after=(say["months_seen.after"],),
        summary=say["numbers.summary"],
        head=(say["months_seen.month"], *(name for name in (names.a, names.b) if name)),
        rows=tuple(_row(month, names) for month in reversed(found)),
    )


def _months(reviews: Sequence[Seen]) -> Iterator[Month]:
    days = sorted(review.day for review in reviews)
    first = days[0].replace(day=1)
    while first <= days[-1]:
        after = dates.next_month(first)
        within = [review for review in reviews if first <= review.day < after]
        yield Month(first, any(r.a for r in within), any(r.b for r in within))
        first = after


def _count(found: Sequence[Month], names: Names) -> str:
    if names.b:
        both = sum(month.a and month.b for month in found)
        return words("charts").say("months_seen.both", count=both, number=len(found))
    alone = sum(month.a for month in found)
    return words("charts").say("months_seen.alone", count=alone, number=len(found))


def _legend(found: Sequence[Month], names: Names, planned: date | None) -> Iterator[Sign]:
    yield Sign("a", names.a)
    if names.b:
        yield Sign("b", names.b)
    if any(not month.a or (names.b and not month.b) for month in found):
        yield Sign("skipped", words("charts")["months_seen.absent"])
    if planned is not None:
        yield Sign("planned", words("charts")["months_seen.planned"])


def _row(month: Month, names: Names) -> tuple[str, ...]:
    say = words("charts")
    answered = [month.a, *([month.b] if names.b else [])]
    return (
        dates.month(month.first),
        *(say["months_seen.answered" if yes else "months_seen.absent"] for yes in answered),
    )


def _drawn(data: Calendar) -> Svgs:
    from evenground.charts.plots.months import years  # noqa: PLC0415 - brings in Altair

    return drawn(years, data)
