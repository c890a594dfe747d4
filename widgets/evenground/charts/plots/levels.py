"""Marks for each review's mean on a thin grey line, and a thick line for each level."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from evenground.charts import letters
from evenground.charts.answers import HIGH, LONG_GAP, LOW
from evenground.charts.levels import number
from evenground.charts.plots.line import marks
from evenground.charts.plots.marks import Drawn, Row, boxes, layer, points
from evenground.charts.plots.noted import ROW, noted, rows_for
from evenground.charts.plots.paper import Paper, text
from evenground.charts.theme import LIGHT as INK
from evenground.charts.theme import SMALL, VALUE, WIDE
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import altair as alt

    from evenground.charts.drift import Level
    from evenground.charts.levels import Settled

_BAND, _SHARE = 0.5, 0.1  # of a step to either side; opacity
_BESIDE = 7  # px at most that a level reaches past its first and last review
_SIZE = VALUE - 0.5
_MARK, _MARK_ROOM, _MARK_LEAST = 55, 9, 6


def settled(data: Settled, width: int) -> alt.LayerChart:
    """Draw one person's means, and the levels found in them."""
    step = 56 if width == WIDE else 41
    days = tuple(point.day for point in data.points)
    paper = Paper(
        sheet=width,
        left=20,
        right=14,
        top=24 + (ROW * rows_for(data.notes) + 12 if data.notes else 0),
        bottom=46,
        height=(HIGH - LOW) * step,
        first=days[0],
        last=days[-1],
        few=() if data.levels else days,
    )
    return paper.of(
        paper.rules({(HIGH - n) * step: str(n) for n in range(LOW, HIGH + 1)}),
        *noted(paper, data.notes, free=0),
        *_levels(data, paper, step),
        *_line(data, paper),
        *_numbers(data, paper, step),
        *_seen(data, paper, step),
        paper.time_axis(at=paper.height + 24),
    )


def _levels(data: Settled, paper: Paper, step: float) -> Iterator[Drawn]:
    color = INK.person(data.person)
    bands: list[Row] = []
    middles: list[Row] = []
    for level in data.levels:
        left, right = _reach(level, data, paper)
        top, base = (HIGH - min(HIGH, level.mean + _BAND), HIGH - max(LOW, level.mean - _BAND))
        bands.append({"across": left, "right": right, "down": top * step, "base": base * step})
        middle = (HIGH - level.mean) * step
        middles.append(
            {"across": left, "right": right, "down": middle - 1.25, "base": middle + 1.25}
        )
    yield boxes(bands, color=color, opacity=_SHARE, cornerRadius=3)
    yield boxes(middles, color=color)


def _reach(level: Level, data: Settled, paper: Paper) -> tuple[float, float]:
    beside = min(_BESIDE, paper.width / len(data.points) / 2)
    first, last = (paper.across(day.toordinal()) for day in (level.first, level.last))
    return first - beside, last + beside


def _numbers(data: Settled, paper: Paper, step: float) -> Iterator[Drawn]:
    """Yield the number of each level above it; where two would touch, the newer one's."""
    rows: list[Row] = []
    taken: list[tuple[float, float, float]] = []
    for level in reversed(data.levels):
        said = words("charts").say("levels.around", number=number(level.mean))
        wide = letters.width(said, size=_SIZE, bold=True)
        left = min(_reach(level, data, paper)[0], paper.width + paper.right - wide)
        under = [
            point.mean
            for point in data.points
            if left - 6 <= paper.across(point.day.toordinal()) <= left + wide + 6
        ]
        top = max([min(HIGH, level.mean + _BAND), *(mean + 9 / step for mean in under)])
        down = (HIGH - top) * step - 6
        if any(
            left < right + 4 and left + wide > start - 4 and abs(down - at) < ROW
            for start, right, at in taken
        ):
            continue
        taken.append((left, left + wide, down))
        rows.append({"across": left, "down": down, "say": said})
    yield text(rows, size=_SIZE, bold=True, color=INK.person(data.person), halo=True)


def _line(data: Settled, paper: Paper) -> Iterator[Drawn]:
    y = paper.y("answer", low=LOW, high=HIGH)
    placed = [(point.day.toordinal(), point.mean) for point in data.points]
    rows: list[Row] = []
    piece = 0
    for (day, value), (next_day, _) in pairwise([*placed, (placed[-1][0], 0.0)]):
        rows.append({"day": day, "answer": value, "piece": piece})
        piece += next_day - day > LONG_GAP
    room = min(1, paper.width / len(placed) / _MARK_ROOM)
    if data.levels:
        thin: alt.Chart = layer(rows).mark_line(color=INK.rule, strokeWidth=max(0.5, 1.2 * room))
        yield thin.encode(x=paper.x(), y=y, detail="piece:N")
    size = max(_MARK_LEAST, _MARK * room**2)
    if room == 1:  # parted from the grey line by the ground
        ground = [
            {"across": paper.across(day), "down": (HIGH - value) * paper.height / (HIGH - LOW)}
            for day, value in placed
        ]
        shape = "circle" if data.person == "a" else "diamond"
        yield points(ground, shape=shape, size=size * 2, color=INK.ground, filled=True)
    yield marks(placed, person=data.person, x=paper.x(), y=y, size=size)


def _seen(data: Settled, paper: Paper, step: float) -> Iterator[Drawn]:
    """Yield the review at which the newest change was first seen."""
    if data.newest is None:
        return
    day = data.newest.seen
    at = next(point for point in data.points if point.day == day)
    top = (HIGH - at.mean) * step + 12
    down = paper.height - 10
    yield paper.upright(day.toordinal(), top=top, bottom=paper.height, color=INK.ink)
    across = paper.across(day.toordinal())
    yield points([{"across": across, "down": down}], size=36, color=INK.ink, filled=True)
    said = words("charts")["levels.seen"]
    left = across > letters.width(said, size=SMALL, bold=True) + 14
    yield text(
        [{"across": across + (-8 if left else 8), "down": down, "say": said}],
        align="right" if left else "left",
        baseline="middle",
        bold=True,
        color=INK.ink,
        halo=True,
    )
