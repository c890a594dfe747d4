"""Years of twelve cells, each with a mark for each who answered in that month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from evenground.charts import dates
from evenground.charts.months import YEARS
from evenground.charts.plots.marks import Drawn, Row, boxes, over, points
from evenground.charts.plots.paper import finished, text
from evenground.charts.theme import LABEL, NARROW, VALUE
from evenground.charts.theme import LIGHT as INK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import altair as alt

    from evenground.charts.months import Calendar

_TALL, _GAP, _CORNER = 42, 6, 6  # px
_YEAR, _BETWEEN = 22, 18  # px: the year above its months, and after them
_ASIDE = 9  # px from the middle of a cell to a mark
_MARK, _RING = 75, 58
_PER_ROW = {NARROW: 6}
_TWELVE = 12


def years(data: Calendar, width: int) -> alt.LayerChart:
    """Draw the newest years, in two rows of six months or in one of twelve."""
    columns = _PER_ROW.get(width, _TWELVE)
    last = max(data.months[-1].first, data.planned or data.months[-1].first)
    shown = range(max(data.months[0].first.year, last.year - YEARS + 1), last.year + 1)
    wide = (width - 2 - _GAP * (columns - 1)) / columns
    rows = _TWELVE // columns
    tall = _YEAR + rows * (_TALL + _GAP) + _BETWEEN
    places = {
        date(year, number + 1, 1): (
            (number % columns) * (wide + _GAP),
            order * tall + _YEAR + (number // columns) * (_TALL + _GAP),
        )
        for order, year in enumerate(shown)
        for number in range(_TWELVE)
    }
    heads = [
        {"across": 0, "down": order * tall + 12, "say": str(year)}
        for order, year in enumerate(shown)
    ]
    return finished(
        over(
            text(heads, size=VALUE, bold=True, color=INK.ink),
            *_cells(data, places, wide),
            *_planned(data, places, wide),
        )
        .resolve_scale(x="independent", y="independent")
        .properties(width=width - 2, height=len(shown) * tall - _BETWEEN),
        padding=(1, 1, 2, 2),
    )


def _cells(
    data: Calendar, places: Mapping[date, tuple[float, float]], wide: float
) -> Iterator[Drawn]:
    known = {month.first: month for month in data.months if month.first in places}
    planned = data.planned.replace(day=1) if data.planned else None
    filled: list[Row] = []
    marks: dict[str, list[Row]] = {"a": [], "b": [], "ring": []}
    inside: list[Row] = []
    outside: list[Row] = []
    for first, (left, top) in places.items():
        name: Row = {"across": left + wide / 2, "down": top + 16, "say": dates.short_month(first)}
        month = known.get(first)
        if month is None:
            outside += [name] if first != planned else []
            continue
        inside.append(name)
        filled.append({"across": left, "right": left + wide, "down": top, "base": top + _TALL})
        people = [("a", month.a), ("b", month.b)] if data.names.b else [("a", month.a)]
        for place, (person, answered) in enumerate(people):
            aside = (2 * place - 1) * _ASIDE if len(people) > 1 else 0
            at = {"across": left + wide / 2 + aside, "down": top + 29}
            marks[person if answered else "ring"].append(at)
    yield boxes(filled, fill=INK.sunk, cornerRadius=_CORNER)
    yield text([*inside, *outside], align="center", size=LABEL)
    yield points(marks["a"], size=_MARK, color=INK.a, filled=True)
    yield points(marks["b"], shape="diamond", size=_MARK, color=INK.b, filled=True)
    yield points(marks["ring"], size=_RING, stroke=INK.rule, strokeWidth=1.6, filled=False)


def _planned(
    data: Calendar, places: Mapping[date, tuple[float, float]], wide: float
) -> Iterator[Drawn]:
    """Yield a dashed cell with the next day; round a month that has answers, without its name."""
    if data.planned is None or (first := data.planned.replace(day=1)) not in places:
        return
    left, top = places[first]
    box = {"across": left + 0.5, "right": left + wide - 0.5, "down": top + 0.5}
    look: Row = {"stroke": INK.rule, "strokeWidth": 1.2, "strokeDash": [3, 3]}
    yield boxes([box | {"base": top + _TALL - 0.5}], fill=None, cornerRadius=_CORNER, **look)
    if first in {month.first for month in data.months}:
        return
    middle = left + wide / 2
    name = {"across": middle, "down": top + 16, "say": dates.short_month(first)}
    yield text([name], align="center", size=LABEL)
    day = {"across": middle, "down": top + 33, "say": dates.short_day(data.planned)}
    yield text([day], align="center", size=LABEL, bold=True, color=INK.ink)
