"""Marks stacked by month, and under them a step line of the last eight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from evenground.charts import dates
from evenground.charts.follow import LAST
from evenground.charts.plots.marks import Drawn, Row, across, boxes, down, layer, over, points
from evenground.charts.plots.paper import finished, text
from evenground.charts.plots.signs import signs
from evenground.charts.theme import LABEL, NARROW, VALUE, WIDE
from evenground.charts.theme import LIGHT as INK
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evenground.charts.follow import Month, Months

_LEFT = 20  # px
_PITCH = {NARROW: (18.0, 24.0), WIDE: (18.0, 32.0)}  # px from month to month
_SIZE = 165
_HEAD, _STEP = 24, 13.5  # px: a heading, one of eight
_TICK_ROOM = 42
_STEPS = (1, 2, 3, 6, 12)  # months


def units(data: Months, width: int) -> alt.LayerChart:
    """Draw the newest months that there is room for."""
    least, most = _PITCH[width]
    shown = data.months[-int((width - _LEFT - 8) // least) :]
    pitch = min(most, (width - _LEFT - 8) / len(shown))
    tallest = max(len(month.came) for month in shown)
    tall = min(19.0, 160 / tallest)
    base = _HEAD + max(2, tallest) * tall + 4
    columns = {month: _LEFT + (n + 0.5) * pitch for n, month in enumerate(shown)}
    right = max(_LEFT + len(shown) * pitch + 4, width * 0.6)
    drawn: list[Drawn] = [
        _heading("each", 14),
        _rule([base], right),
        *_stacks(columns, base, tall),
        *_axis(columns, base + 20, pitch),
    ]
    height = base + 42
    if any(month.last_kept is not None for month in shown):
        top = height + 34
        drawn += [
            _heading("last", height + 14),
            *_last(data, columns, top, right),
            *_axis(columns, top + LAST * _STEP + 22, pitch),
        ]
        height = top + LAST * _STEP + 44
    return finished(
        over(*drawn)
        .resolve_scale(x="independent", y="independent")
        .properties(width=width, height=height),
        padding=(0, 0, 0, 0),
    )


def _heading(key: str, at: float) -> Drawn:
    row = {"across": 2, "down": at, "say": words("charts")[f"follow.{key}"]}
    return text([row], size=VALUE, bold=True, color=INK.ink)


def _rule(places: Sequence[float], right: float) -> alt.Chart:
    rules: alt.Chart = layer({"down": at} for at in places).mark_rule(color=INK.grid)
    return rules.encode(y=down(), x=alt.value(_LEFT), x2=alt.value(right))


def _stacks(columns: dict[Month, float], base: float, tall: float) -> Iterator[Drawn]:
    rows: dict[str, list[Row]] = {}
    for month, at in columns.items():
        for number, came in enumerate(month.came):
            place = {"across": at, "down": base - (number + 0.5) * tall - 1}
            rows.setdefault(came, []).append(place)
    yield from signs(rows, size=min(_SIZE, (tall - 3.5) ** 2 * 0.8))


def _axis(columns: dict[Month, float], at: float, pitch: float) -> Iterator[Drawn]:
    """Yield months from the finest step that fits, the year under January or the first one."""
    step = next(s for s in _STEPS if s * pitch >= _TICK_ROOM or s * 2 > len(columns))
    ticks = [month for month in columns if (month.first.month - 1) % step == 0]
    rows: list[Row] = []
    for number, month in enumerate(ticks):
        here = columns[month]
        rows.append({"across": here, "down": at, "say": dates.short_month(month.first)})
        january = month.first.month == 1
        if january or (number == 0 and not any(m.first.month == 1 for m in ticks)):
            rows.append({"across": here, "down": at + 16, "say": str(month.first.year)})
    yield text(rows, align="center")


def _last(data: Months, columns: dict[Month, float], top: float, right: float) -> Iterator[Drawn]:
    say = words("charts")

    def place(count: float) -> float:
        return top + (LAST - count) * _STEP

    if data.usual:
        low, high = data.usual
        edges = {"down": place(min(LAST, high + 0.25)), "base": place(low - 0.25)}
        shade = {"across": _LEFT, "right": right} | edges
        yield boxes([shade], color=INK.kept, opacity=0.11, cornerRadius=3)
    yield _rule([place(0), place(LAST / 2), place(LAST)], right)
    numbers = [{"across": _LEFT - 8, "down": place(n), "say": str(n)} for n in (0, LAST // 2, LAST)]
    yield text(numbers, align="right", baseline="middle")
    known = [(at, m.last_kept) for m, at in columns.items() if m.last_kept is not None]
    rows: list[Row] = [{"across": at, "down": place(kept)} for at, kept in known]
    line: alt.Chart = layer(rows).mark_line(
        color=INK.kept, strokeWidth=2.5, interpolate="step-after", strokeJoin="round"
    )
    yield line.encode(x=across(), y=down())
    yield points(rows, size=80, color=INK.ground, filled=True)
    yield points(rows, size=40, color=INK.kept, filled=True)
    foot = place(1.6)
    if data.usual:
        said = say.say("follow.usual", start=data.usual[0], end=data.usual[1])
        yield text([{"across": _LEFT + 4, "down": foot, "say": said}], color=INK.kept, halo=True)
    said = say.say("follow.now", count=known[-1][1])
    now = {"across": right, "down": foot, "say": said}
    yield text([now], size=LABEL + 0.5, bold=True, color=INK.ink, align="right", halo=True)
