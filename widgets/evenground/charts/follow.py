"""What came of the promises that were due, for the pair: one mark each, and the last eight."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts import dates
from evenground.charts.drawing import Drawing, Sign, Svgs, drawn
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from evenground.charts.promises import Came, Promise

LAST = 8
_USUAL_FROM = 12  # counts of the last eight that make something usual
_ORDER: tuple[Came, ...] = ("kept", "late", "mended", "slipped")


@dataclass(frozen=True, slots=True)
class Month:
    """A month, with what came of each promise that was due in it."""

    first: date
    came: tuple[Came, ...]
    last_kept: int | None = None  # of the last eight, at the end of the month


@dataclass(frozen=True, slots=True)
class Months:
    """What is drawn: signs by month. No titles and no owners: it is about the pair."""

    months: tuple[Month, ...]
    usual: tuple[int, int] | None


def follow(made: Sequence[Promise]) -> Drawing:
    """Draw each promise that was due as one mark, and how many of the last eight were kept."""
    say = words("charts")
    settled = sorted(_settled(made))
    if not settled:
        return Drawing(
            title=say["follow.title"],
            subtitle="",
            label=say["follow.none"],
            svgs=Svgs(),
            after=(say["follow.none"],),
        )
    counts = [
        sum(came == "kept" for _, came in settled[n - LAST : n])
        for n in range(LAST, len(settled) + 1)
    ]
    months = tuple(_months(settled, counts))
    total = Counter(came for _, came in settled)
    said = [say.count("follow.label", len(settled))]
    said += [say.say(f"follow.sum.{c}", count=total[c]) for c in _ORDER if total[c]]
    if counts:
        said.append(say.say("follow.last_said", count=counts[-1]))
    return Drawing(
        title=say["follow.title"],
        subtitle=say["follow.subtitle"],
        label=" ".join(said),
        svgs=_drawn(Months(months, _usual(counts))),
        legend=tuple(Sign(came, say[f"follow.signs.{came}"]) for came in _ORDER if total.get(came)),
        after=(*(() if counts else (say["follow.soon"],)), say["follow.after"]),
        summary=say["numbers.summary"],
        head=(say["follow.month"], say["follow.due"], *(say[f"follow.signs.{c}"] for c in _ORDER)),
        rows=tuple(_row(month) for month in reversed(months) if month.came),
    )


def _settled(made: Sequence[Promise]) -> Iterator[tuple[date, Came]]:
    """Yield the day a promise was due and what came of it, for those of which something did."""
    for promise in made:
        came = promise.came
        if came == "open":
            continue
        if came == "kept" and promise.last("slipped"):
            came = "mended" if promise.last("mended") else "slipped"
        days = [event.day for event in promise.events]
        yield promise.until or max(days), came


def _months(settled: Sequence[tuple[date, Came]], counts: Sequence[int]) -> Iterator[Month]:
    first, last = settled[0][0].replace(day=1), settled[-1][0].replace(day=1)
    done = 0
    while first <= last:
        after = dates.next_month(first)
        came = tuple(came for day, came in settled if first <= day < after)
        done += len(came)
        kept = counts[done - LAST] if came and done >= LAST else None
        yield Month(first, tuple(sorted(came, key=_ORDER.index)), kept)
        first = after


def _usual(counts: Sequence[int]) -> tuple[int, int] | None:
    """Return the middle half of the counts so far: what is usual for these two."""
    if len(counts) < _USUAL_FROM:
        return None
    ranked = sorted(counts)
    quarter = len(ranked) // 4
    return ranked[quarter], ranked[-1 - quarter]


def _row(month: Month) -> tuple[str, ...]:
    total = Counter(month.came)
    return (
        dates.month(month.first),
        str(len(month.came)),
        *(str(total.get(came, 0)) for came in _ORDER),
    )


def _drawn(data: Months) -> Svgs:
    from evenground.charts.plots.follow import units  # noqa: PLC0415 - brings in Altair

    return drawn(units, data)
