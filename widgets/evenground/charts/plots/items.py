"""Small plots in a grid: two columns on a phone, three on a wide page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts import dates, letters
from evenground.charts.answers import HIGH, LOW, PEOPLE
from evenground.charts.plots.band import Places, band_of, rows_between
from evenground.charts.plots.line import SHAPES, pieces, stroke
from evenground.charts.plots.marks import Drawn, Row, across, down, layer, over, points
from evenground.charts.plots.paper import finished, text
from evenground.charts.theme import LABEL, SMALL, VALUE, WIDE
from evenground.charts.theme import LIGHT as INK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    import altair as alt

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

    def across(self, day: float) -> float:
        first, last = self.days
        return self.left + _INSET + (day - first) / (last - first) * (self.width - 2 * _INSET)

    def down(self, answer: float) -> float:
        return self.top + (HIGH - answer) * self.step

    def placed(self) -> dict[Person, Places]:
        """Return each person's answers, a little aside from each other where there are two."""
        found = {
            person: [
                (answer.day.toordinal(), float(value))
                for answer in self.item.answers
                if (value := answer.of(person)) is not None
            ]
            for person in PEOPLE
        }
        if not all(found.values()):
            return {**found}
        return {
            person: [(day, value + (_ASIDE if person == "a" else -_ASIDE)) for day, value in known]
            for person, known in found.items()
        }


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
    drawn += [*_plots(cells, joined=data.joined), *_newest(cells)]
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
    return rules.encode(x=across(), x2="right:Q", y=down())


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


def _plots(cells: list[_Cell], *, joined: bool) -> Iterator[Drawn]:
    """Yield the shading, the lines and the marks of all plots: few layers draw sooner than many."""
    bands: list[Row] = []
    strokes: dict[tuple[Person, bool], list[Row]] = {}
    ends: dict[Person, list[Row]] = {"a": [], "b": []}
    for number, cell in enumerate(cells):
        asked = [answer.day.toordinal() for answer in cell.item.answers]
        placed = cell.placed()
        for row in rows_between(placed["a"], placed["b"], asked):
            edges = {"upper": cell.down(row["upper"]), "lower": cell.down(row["lower"])}
            bands.append(_there(cell, row, number) | edges)
        for person in PEOPLE:
            for skipped, rows in pieces(placed[person], asked).items():
                strokes.setdefault((person, skipped), []).extend(
                    _there(cell, row, number) | {"down": cell.down(row["answer"])} for row in rows
                )
            ends[person] += [
                {"across": cell.across(day), "down": cell.down(value)}
                for day, value in (placed[person][-1:] if joined else placed[person])
            ]
    if joined:
        yield band_of(bands, x=across(), y=down("upper"))
        for (person, skipped), rows in strokes.items():
            yield stroke(rows, person=person, x=across(), y=down(), width=1 if skipped else 2)
    for person in PEOPLE:
        size = _MARK if joined else _MARK * 0.7
        look: Row = {"color": INK.person(person), "filled": True, "size": size}
        yield points(ends[person], shape=SHAPES[person], **look)


def _there(cell: _Cell, row: Row, number: int) -> Row:
    return {"across": cell.across(row["day"]), "piece": f"{number}.{row['piece']}"}


def _newest(cells: list[_Cell]) -> Iterator[Drawn]:
    """Yield the newest answer of each, in their colour, at the height of their line's end."""
    rows: dict[Person, list[Row]] = {"a": [], "b": []}
    for cell in cells:
        newest, placed = cell.item.reviews[-1], cell.placed()
        people = [person for person in PEOPLE if newest.of(person) is not None]
        wanted = [cell.down(placed[person][-1][1]) for person in people]
        for person, at in zip(people, letters.apart(wanted, by=15), strict=True):
            said = {"across": cell.left + cell.width + 5, "down": at}
            rows[person].append(said | {"say": str(newest.of(person))})
    for person in PEOPLE:
        ink = INK.person(person)
        yield text(rows[person], baseline="middle", size=VALUE, bold=True, color=ink)


def _dates(cells: list[_Cell], first: date, last: date) -> Iterator[Drawn]:
    """Yield the first and the last month, under the lowest plot of each column."""
    ends = [(f"{dates.short_month(day)} {day.year}") for day in (first, last)]
    starts: list[Row] = []
    stops: list[Row] = []
    for cell in cells:
        foot = cell.top + cell.height + 18
        starts.append({"across": cell.left, "down": foot, "say": ends[0]})
        stops.append({"across": cell.left + cell.width, "down": foot, "say": ends[1]})
    yield text(starts, size=LABEL)
    yield text(stops, size=LABEL, align="right")
