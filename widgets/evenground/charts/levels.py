"""One person's mean review by review, and the levels that it settled around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts import dates, drift
from evenground.charts.drawing import Drawing, Svgs, drawn
from evenground.charts.gap import FEW
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evenground.charts.answers import Answer, Names, Note, Person

ENOUGH = 12  # from so many reviews on, how often it is wrong stands below


@dataclass(frozen=True, slots=True)
class Settled:
    """What is drawn: one person's means and levels. The other's are not among them."""

    points: tuple[drift.Point, ...]
    levels: tuple[drift.Level, ...]
    newest: drift.Shift | None
    notes: tuple[Note, ...]
    person: Person


def levels(
    answers: Sequence[Answer], *, person: Person, names: Names, notes: Sequence[Note] = ()
) -> Drawing:
    """Draw one person's means over all items, and from six reviews on their levels."""
    say = words("charts")
    points = drift.means(answers, person)
    found = drift.levels(points)
    return Drawing(
        title=say.say("levels.title", name=names.of(person)),
        subtitle=_subtitle(len(points)),
        label=_label(points, found, names.of(person)),
        svgs=_drawn(points, found, person, tuple(notes)),
        after=tuple(_after(len(points))),
        summary=say["numbers.summary"] if points else "",
        head=(say["levels.review"], say["levels.mean"], say["levels.settled"]) if points else (),
        rows=tuple(_rows(points, found, notes)) if points else (),
    )


def number(mean: float) -> str:
    """Return a mean with one digit after the point."""
    return f"{mean:.1f}"


def _drawn(
    points: tuple[drift.Point, ...],
    found: tuple[drift.Level, ...],
    person: Person,
    notes: tuple[Note, ...],
) -> Svgs:
    if len(points) <= 1:
        return Svgs()
    from evenground.charts.plots.levels import settled  # noqa: PLC0415 - brings in Altair

    seen = drift.shifts(points)
    marked = tuple(note for note in notes if points[0].day <= note.day <= points[-1].day)
    return drawn(settled, Settled(points, found, seen[-1] if seen else None, marked, person))


def _subtitle(count: int) -> str:
    if not count:
        return ""
    return words("charts")["levels.subtitle" if count >= FEW else "levels.dots"]


def _label(points: Sequence[drift.Point], found: Sequence[drift.Level], name: str) -> str:
    say = words("charts")
    if not points:
        return say["count.none"]
    told = [
        say.say(
            "levels.level",
            first=dates.month(level.first),
            last=dates.month(level.last),
            number=number(level.mean),
        )
        for level in found
    ]
    return " ".join((say.count("levels.label", len(points), name=name), *told))


def _after(count: int) -> Iterator[str]:
    say = words("charts")
    if count == 0:
        yield say["count.none"]
    elif count == 1:
        yield say["count.one"]
    elif count < FEW:
        yield say["count.few"]
    else:
        yield say["levels.after"]
    if count >= ENOUGH:
        yield say["levels.error"]


def _rows(
    points: Sequence[drift.Point], found: Sequence[drift.Level], notes: Sequence[Note]
) -> Iterator[tuple[str, ...]]:
    """Yield the newest review first, with what was marked between them."""
    say = words("charts")
    said = [(note.day, 1, (say[f"notes.{note.kind}"], "")) for note in notes]
    for point in points:
        around = [level for level in found if level.first <= point.day <= level.last]
        settled = number(around[0].mean) if around else ""
        said.append((point.day, 0, (number(point.mean), settled)))
    for when, _, cells in sorted(said, key=lambda row: row[:2], reverse=True):
        yield (dates.day(when), *cells)
