"""One person's line: solid with circles, or dashed with diamonds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from evenground.charts.answers import LONG_GAP, Person
from evenground.charts.plots.marks import Row, layer
from evenground.charts.theme import DASH
from evenground.charts.theme import LIGHT as INK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from evenground.charts.plots.band import Places

SHAPES = {"a": "circle", "b": "diamond"}


def line(
    placed: Places, asked: Sequence[int], *, person: Person, x: alt.X, y: alt.Y, thick: float = 1
) -> Iterator[alt.Chart]:
    """Yield a person's line, thin over a skipped review and broken by a long time without one."""
    for skipped, rows in pieces(placed, asked).items():
        yield stroke(rows, person=person, x=x, y=y, width=1 if skipped else 2.5 * thick)


def stroke(rows: Sequence[Row], *, person: Person, x: alt.X, y: alt.Y, width: float) -> alt.Chart:
    """Return pieces of a person's line."""
    drawn: alt.Chart = layer(rows).mark_line(
        color=INK.person(person),
        strokeWidth=width,
        strokeDash=list(DASH) if person == "b" else [1, 0],
        strokeJoin="round",
    )
    return drawn.encode(x=x, y=y, detail="piece:N")


def marks(placed: Places, *, person: Person, x: alt.X, y: alt.Y, size: float) -> alt.Chart:
    """Return a person's mark at each answer."""
    drawn: alt.Chart = layer({"day": day, "answer": value} for day, value in placed).mark_point(
        shape=SHAPES[person], size=size, color=INK.person(person), filled=True, opacity=1
    )
    return drawn.encode(x=x, y=y)


def pieces(placed: Places, asked: Sequence[int]) -> dict[bool, list[Row]]:
    """Return the rows of a line in its pieces: those over a skipped review, and the others."""
    rows: dict[bool, list[Row]] = {}
    piece = 0
    for (day, value), (next_day, next_value) in pairwise(placed):
        skipped = any(day < other < next_day for other in asked)
        far = next_day - day > LONG_GAP
        piece += skipped or far
        if not far:
            joined = ((day, value), (next_day, next_value))
            rows.setdefault(skipped, []).extend(
                {"day": when, "answer": what, "piece": piece} for when, what in joined
            )
    return rows
