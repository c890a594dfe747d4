"""Two marks on a line of five steps for each question, and its change in words at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from evenground.charts.answers import HIGH, LOW
from evenground.charts.outcome import Mean, change
from evenground.charts.plots.marks import Drawn, Row, across, down, layer, over, points
from evenground.charts.plots.paper import finished, text
from evenground.charts.theme import LIGHT as INK
from evenground.charts.theme import VALUE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Place = Callable[[float], float]

_LEFT, _RIGHT, _TEXT = 8, 4, 116  # px: margins, and the room for the change
_TOP, _PITCH, _MARK, _AXIS = 20, 46, 19, 26
_SIZE = 90  # px²


def means(data: tuple[Mean, ...], width: int) -> alt.LayerChart:
    """Draw means before and after, one question under another, in the order that was asked."""
    tall = _PITCH * len(data)
    reach = width - _LEFT - _RIGHT - _TEXT

    def place(mean: float) -> float:
        return (mean - LOW) / (HIGH - LOW) * reach

    layers = [
        _grid(place, tall),
        *_lines(data, place),
        *_marks(data, place),
        *_words(data, width - _LEFT - _RIGHT),
    ]
    chart = (
        over(*layers)
        .resolve_scale(x="independent", y="independent")
        .properties(width=width - _LEFT - _RIGHT, height=tall)
    )
    return finished(chart, padding=(_LEFT, _RIGHT, _TOP, _AXIS))


def _down(row: int) -> float:
    return row * _PITCH


def _grid(place: Place, tall: float) -> Drawn:
    steps: list[Row] = [
        {"across": place(step), "down": tall + 14, "say": str(step)}
        for step in range(LOW, HIGH + 1)
    ]
    rules: alt.Chart = layer(steps).mark_rule(color=INK.grid)
    grid = rules.encode(x=across(), y=alt.value(-12), y2=alt.value(tall - 8))
    return over(grid, text(steps, align="center"))


def _lines(data: tuple[Mean, ...], place: Place) -> Iterator[Drawn]:
    rows: list[Row] = [
        {
            "across": place(mean.before),
            "right": place(mean.now),
            "down": _down(number) + _MARK,
        }
        for number, mean in enumerate(data)
        if mean.before is not None and mean.now is not None
    ]
    if rows:
        drawn: alt.Chart = layer(rows).mark_rule(color=INK.rule, strokeWidth=3)
        yield drawn.encode(x=across(), x2=alt.X2("right:Q"), y=down())


def _marks(data: tuple[Mean, ...], place: Place) -> Iterator[Drawn]:
    before: list[Row] = []
    now: list[Row] = []
    for number, mean in enumerate(data):
        at = _down(number) + _MARK
        if mean.before is not None:
            before.append({"across": place(mean.before), "down": at})
        if mean.now is not None:
            now.append({"across": place(mean.now), "down": at})
    if before:
        yield points(before, size=_SIZE, color=INK.ground, filled=True)
        yield points(before, size=_SIZE, stroke=INK.second, strokeWidth=2, filled=False)
    yield points(now, size=_SIZE, color=INK.ink, filled=True)


def _words(data: tuple[Mean, ...], right: float) -> Iterator[Drawn]:
    titles: list[Row] = [
        {"across": -_LEFT + 1, "down": _down(number), "say": mean.label}
        for number, mean in enumerate(data)
    ]
    yield text(titles, size=VALUE, bold=True, color=INK.ink, halo=True)
    for apart in (True, False):
        rows: list[Row] = [
            {"across": right, "down": _down(number) + _MARK + 4, "say": change(mean)}
            for number, mean in enumerate(data)
            if mean.is_apart is apart
        ]
        if rows:
            ink = INK.ink if apart else INK.second
            yield text(rows, align="right", size=VALUE, bold=apart, color=ink, halo=True)
