"""Small plots in a grid: two columns on a phone, three on a wide page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import altair as alt

from evenground.charts import dates, letters
from evenground.charts.answers import HIGH, LOW, PEOPLE
from evenground.charts.plots.band import Places, band_of, rows_between
from evenground.charts.plots.line import line, marks
from evenground.charts.plots.marks import Drawn, Row, layer, over
from evenground.charts.plots.paper import finished, text
from evenground.charts.theme import LABEL, SMALL, VALUE, WIDE
from evenground.charts.theme import LIGHT as INK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from evenground.charts.answers import Person
    from evenground.charts.items import Item, Sides

_LEFT, _RIGHT, _BETWEEN = 16, 22, 14  # px: numbers of the scale, newest answers, columns
_ASIDE = 0.1  # of a step: in so small a plot two equal answers part a little further
_TITLE, _TITLE_ROOM, _FOOT = 12.5, 12, 26  # size; px from the title to the plot, under it
_MARK = 46
_INSET = 4


@dataclass(frozen=True, slots=True)
class _Cell:
    """One small plot and its place on the sheet."""

    item: Item
    left: float
    top: float
    width: float
    height: float
    days: tuple[int, int]

    @property
    def step(self) -> float:
        return self.height / (HIGH - LOW)

    def x(self) -> alt.X:
        ends = [self.left + _INSET, self.left + self.width - _INSET]
        reach = alt.Scale(domain=list(self.days), range=ends, nice=False, zero=False)
        return alt.X("day:Q").scale(reach).axis(None)

    def y(self, field: str = "answer") -> alt.Y:
        reach = alt.Scale(
            domain=[LOW, HIGH], range=[self.top + self.height, self.top], nice=False, zero=False
        )
        return alt.Y(f"{field}:Q").scale(reach).axis(None)

    def places(self, person: Person, *, aside: bool) -> Places:
        shift = (_ASIDE if person == "a" else -_ASIDE) if aside else 0
        return [
            (answer.day.toordinal(), value + shift)
            for answer in self.item.answers
            if (value := answer.of(person)) is not None
        ]


def sides(data: Sides, width: int) -> alt.LayerChart:
    """Draw all items on one scale."""
    columns, height = (3, 74) if width == WIDE else (2, 66)
    wide = (width - _LEFT - (columns - 1) * _BETWEEN - columns * _RIGHT) / columns
    titles = [
        letters.wrapped(item.title, wide + _RIGHT, size=_TITLE, bold=True) for item in data.items
    ]
    line_room = 16 * max(len(title) for title in titles)
    row_height = line_room + _TITLE_ROOM + height + _FOOT
    days = [answer.day for item in data.items for answer in item.answers]
    first, last = min(days), max(days)
    cells = [
        _Cell(
            item,
            _LEFT + (number % columns) * (wide + _RIGHT + _BETWEEN),
            line_room + _TITLE_ROOM + (number // columns) * row_height,
            wide,
            height,
            (first.toordinal(), max(last.toordinal(), first.toordinal() + 1)),
        )
        for number, item in enumerate(data.items)
    ]
    rows = -(-len(cells) // columns)
    drawn: list[Drawn] = [_grid(cells), *_scales(cells, columns), *_titles(cells, titles)]
    for cell in cells:
        drawn += _plot(cell, joined=data.joined)
    drawn += _dates(cells[-columns:], first, last)
    return finished(
        over(*drawn)
        .resolve_scale(x="independent", y="independent")
        .properties(width=width, height=rows * row_height),
        padding=(0, 0, 2, 2),
    )


def _grid(cells: list[_Cell]) -> Drawn:
    rows = [
        {"across": cell.left, "right": cell.left + cell.width, "down": cell.top + n * cell.step}
        for cell in cells
        for n in (0, 2, 4)
    ]
    rules: alt.Chart = layer(rows).mark_rule(color=INK.grid)
    place = alt.X("across:Q").scale(None).axis(None)
    return rules.encode(x=place, x2="right:Q", y=alt.Y("down:Q").scale(None).axis(None))


def _scales(cells: list[_Cell], columns: int) -> Iterator[Drawn]:
    rows = [
        {"across": cell.left - 6, "down": cell.top + (HIGH - n) * cell.step, "say": str(n)}
        for cell in cells[::columns]
        for n in (LOW, 3, HIGH)
    ]
    yield text(rows, align="right", baseline="middle", size=SMALL)


def _titles(cells: list[_Cell], titles: list[list[str]]) -> Iterator[Drawn]:
    rows = [
        {
            "across": cell.left,
            "down": cell.top - _TITLE_ROOM - 16 * (len(broken) - 1 - number),
            "say": said,
        }
        for cell, broken in zip(cells, titles, strict=True)
        for number, said in enumerate(broken)
    ]
    yield text(rows, size=_TITLE, bold=True, color=INK.ink)


def _plot(cell: _Cell, *, joined: bool) -> Iterator[Drawn]:
    asked = [answer.day.toordinal() for answer in cell.item.answers]
    two = all(cell.places(person, aside=False) for person in PEOPLE)
    placed = {person: cell.places(person, aside=two) for person in PEOPLE}
    between = rows_between(placed["a"], placed["b"], asked)
    if between and joined:
        yield band_of(between, x=cell.x(), y=cell.y("upper"))
    for person in PEOPLE:
        if not placed[person]:
            continue
        if joined:
            yield from line(placed[person], asked, person=person, x=cell.x(), y=cell.y(), thick=0.8)
            yield marks(placed[person][-1:], person=person, x=cell.x(), y=cell.y(), size=_MARK)
        else:
            yield marks(placed[person], person=person, x=cell.x(), y=cell.y(), size=_MARK * 0.7)
    yield from _newest(cell, placed)


def _newest(cell: _Cell, placed: dict[Person, Places]) -> Iterator[Drawn]:
    """Yield the newest answer of each, in their colour, at the height of their line's end."""
    newest = cell.item.reviews[-1]
    people = [person for person in PEOPLE if newest.of(person) is not None]
    wanted = [cell.top + (HIGH - placed[person][-1][1]) * cell.step for person in people]
    for person, down in zip(people, letters.apart(wanted, by=15), strict=True):
        row: Row = {"across": cell.left + cell.width + 5, "down": down}
        yield text(
            [row | {"say": str(newest.of(person))}],
            baseline="middle",
            size=VALUE,
            bold=True,
            color=INK.person(person),
        )


def _dates(cells: list[_Cell], first: date, last: date) -> Iterator[Drawn]:
    """Yield the first and the last month, under the lowest plot of each column."""
    ends = [(f"{dates.short_month(day)} {day.year}") for day in (first, last)]
    for cell in cells:
        down = cell.top + cell.height + 18
        yield text([{"across": cell.left, "down": down, "say": ends[0]}], size=LABEL)
        right = {"across": cell.left + cell.width, "down": down, "say": ends[1]}
        yield text([right], size=LABEL, align="right")
