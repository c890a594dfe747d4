"""A row of cells for each area: the letter says who leads, and the fill says it once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from evenground.charts import letters
from evenground.charts.initials import letters as sign
from evenground.charts.plots.marks import Drawn, Row, across, boxes, down, layer, over
from evenground.charts.plots.paper import finished, text
from evenground.charts.theme import LABEL, SMALL, VALUE, WIDE
from evenground.charts.theme import LIGHT as INK
from evenground.content import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.charts.decisions import Area, Map, Mode, Quarter

_CELL, _GAP, _TALL, _CORNER = 33, 3, 25, 5  # px
_AGREED, _AFTER = 42, 14  # px: the agreed column, and the way from it to practice
_HEAD = 52
_TITLES = 190  # px for the titles of a wide map, which stand at the left
_OUTLINE, _SMALLEST = 1.8, 11

# The fill of a cell, and the ink of what stands in it.
_FILLS = {
    "a": (INK.a, INK.ground),
    "a_say": (INK.fill_a, INK.ink),
    "together": (INK.sunk, INK.ink),
    "turns": (INK.sunk, INK.ink),
    "b_say": (INK.fill_b, INK.ink),
    "b": (INK.b, INK.ground),
}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where the parts of a map stand."""

    wide: bool
    quarters: tuple[Quarter, ...]

    @property
    def left(self) -> float:
        return _TITLES if self.wide else 0

    @property
    def pitch(self) -> float:
        return _TALL + (9 if self.wide else 26)

    def top(self, row: int) -> float:
        return _HEAD + row * self.pitch + (0 if self.wide else 22)

    def column(self, number: int) -> float:
        return self.left + _AGREED + _AFTER + number * (_CELL + _GAP)

    @property
    def end(self) -> float:
        return self.column(len(self.quarters)) + 7


def cells(data: Map, width: int) -> alt.LayerChart:
    """Draw the map with as many of the newest quarters as there is room for."""
    wide = width == WIDE
    verdict = max(letters.width(_word(key), size=SMALL, bold=True) for key in ("as_agreed", "talk"))
    room = width - _Sheet(wide=wide, quarters=()).end - verdict
    sheet = _Sheet(wide=wide, quarters=data.quarters[-int(room // (_CELL + _GAP)) :])
    rows = list(enumerate(data.areas))
    drawn: list[Drawn] = [*_head(sheet)]
    found: list[Row] = []
    for number, area in rows:
        found += _cells(area, sheet, number, data)
    for fill, ink, size in sorted({(row["fill"], row["ink"], row["size"]) for row in found}):
        same = [row for row in found if (row["fill"], row["ink"], row["size"]) == (fill, ink, size)]
        edge = INK.grid if fill == INK.sunk else fill
        drawn.append(boxes(same, fill=fill, stroke=edge, strokeWidth=1, cornerRadius=_CORNER))
        said = [
            row | {"across": (row["across"] + row["right"]) / 2, "down": row["middle"]}
            for row in same
        ]
        drawn.append(text(said, align="center", baseline="middle", size=size, bold=True, color=ink))
    drawn += [*_empty(rows, sheet), *_titles(rows, sheet, width), *_verdicts(rows, sheet)]
    height = sheet.top(len(rows) - 1) + _TALL + 4
    return finished(
        over(*drawn)
        .resolve_scale(x="independent", y="independent")
        .properties(width=width - 4, height=height),
        padding=(2, 2, 2, 2),
    )


def _word(key: str) -> str:
    return words("charts")[f"decisions.{key}"]


def _head(sheet: _Sheet) -> Iterator[Drawn]:
    heads = [{"across": sheet.left, "down": 12, "say": _word("agreed")}]
    if sheet.quarters:
        heads.append({"across": sheet.column(0), "down": 12, "say": _word("practice")})
    yield text(heads, bold=True, color=INK.ink)
    rows: list[Row] = []
    for number, quarter in enumerate(sheet.quarters):
        middle = sheet.column(number) + _CELL / 2
        say = plain(words("charts").say("decisions.quarter", number=quarter.number))
        rows.append({"across": middle, "down": 30, "say": say})
        if number == 0 or sheet.quarters[number - 1].year != quarter.year:
            rows.append({"across": middle, "down": 44, "say": str(quarter.year)})
    yield text(rows, align="center", size=SMALL)


def _cells(area: Area, sheet: _Sheet, number: int, data: Map) -> Iterator[Row]:
    """Yield the filled cells of an area, those of two views half as wide."""
    top = sheet.top(number)
    places: list[tuple[Mode | None, float, float]] = [
        (area.agreed, sheet.left, sheet.left + _AGREED)
    ]
    by_quarter = {view.quarter: view for view in area.views}
    for column, quarter in enumerate(sheet.quarters):
        view = by_quarter.get(quarter)
        if view is None:
            continue
        left = sheet.column(column)
        half = (_CELL - 1) / 2
        if len(view.modes) == 1:
            places.append((view.modes[0], left, left + _CELL))
        else:
            places.append((view.modes[0], left, left + half))
            places.append((view.modes[1], left + _CELL - half, left + _CELL))
    for mode, left, right in places:
        if mode in _FILLS:
            fill, ink = _FILLS[mode]
            box: Row = {"across": left, "right": right, "down": top, "base": top + _TALL}
            box["size"] = LABEL + 0.5 if right - left >= _CELL else _SMALLEST
            say = sign(mode, data.names)
            yield box | {"fill": fill, "ink": ink, "middle": top + _TALL / 2 + 0.5, "say": say}


def _empty(rows: list[tuple[int, Area]], sheet: _Sheet) -> Iterator[Drawn]:
    """Yield an outline where nothing was agreed or said, and one around what differs."""
    blank: list[Row] = []
    differs: list[Row] = []
    for number, area in rows:
        top = sheet.top(number)
        if area.agreed not in _FILLS:
            blank.append(_box(sheet.left, top, _AGREED, by=-0.5))
        by_quarter = {view.quarter: view for view in area.views}
        for column, quarter in enumerate(sheet.quarters):
            view = by_quarter.get(quarter)
            if view is None or all(mode not in _FILLS for mode in view.modes):
                blank.append(_box(sheet.column(column), top, _CELL, by=-0.5))
            if area.differs and view is not None and view == area.newest:
                differs.append(_box(sheet.column(column), top, _CELL, by=1.2))
    look: Row = {"fill": None, "cornerRadius": _CORNER}
    yield _outlines(blank, stroke=INK.rule, strokeWidth=1, strokeDash=[3, 3], **look)
    yield _outlines(differs, stroke=INK.ink, strokeWidth=_OUTLINE, **look)


def _box(left: float, top: float, wide: float, *, by: float) -> Row:
    return {
        "across": left - by,
        "right": left + wide + by,
        "down": top - by,
        "base": top + _TALL + by,
    }


def _outlines(rows: list[Row], **look: Any) -> alt.Chart:
    drawn: alt.Chart = layer(rows).mark_rect(**look)
    return drawn.encode(x=across(), x2=alt.X2("right:Q"), y=down(), y2=alt.Y2("base:Q"))


def _titles(rows: list[tuple[int, Area]], sheet: _Sheet, width: int) -> Iterator[Drawn]:
    room = _TITLES - 14 if sheet.wide else width - 8
    yield text(
        [
            {
                "across": 0,
                "down": sheet.top(number) + (_TALL / 2 + 4.5 if sheet.wide else -7),
                "say": letters.short(area.title, room, size=VALUE, bold=True),
            }
            for number, area in rows
        ],
        size=VALUE,
        bold=True,
        color=INK.ink,
    )


def _verdicts(rows: list[tuple[int, Area]], sheet: _Sheet) -> Iterator[Drawn]:
    told = [(area, number) for number, area in rows if area.agreed and area.newest]
    for differs, key in ((True, "talk"), (False, "as_agreed")):
        yield text(
            [
                {"across": sheet.end, "down": sheet.top(number) + _TALL / 2, "say": _word(key)}
                for area, number in told
                if area.differs is differs
            ],
            baseline="middle",
            size=SMALL,
            bold=differs,
            color=INK.ink if differs else INK.second,
        )
