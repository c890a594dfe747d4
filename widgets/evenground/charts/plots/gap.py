"""Two lines and the shading between them."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import altair as alt

from evenground.charts import letters
from evenground.charts.answers import HIGH, LOW, PEOPLE, Person
from evenground.charts.plots.band import Places, band, rows_between
from evenground.charts.plots.line import line, marks
from evenground.charts.plots.marks import Drawn, layer
from evenground.charts.plots.noted import ROW, noted, rows_for
from evenground.charts.plots.paper import Paper, text
from evenground.charts.theme import LIGHT as INK
from evenground.charts.theme import SMALL, VALUE, WIDE
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.charts.gap import Lines

_ASIDE = 0.05  # of a step: two equal answers both show
_LABEL_ROOM = (52, 118)  # px at the right for a name and a number
_LABELS_APART = 16
_MARK, _MARK_ROOM, _MARK_LEAST = 62, 9, 16  # px²; px a review under which marks get smaller


def lines(data: Lines, width: int) -> alt.LayerChart:
    """Draw both people's answers to one item."""
    step = 60 if width == WIDE else 44
    room = max(letters.width(_end(data, p), size=VALUE, bold=True) for p in PEOPLE) + 12
    paper = Paper(
        sheet=width,
        left=20,
        right=min(max(room, _LABEL_ROOM[0]), _LABEL_ROOM[1]),
        top=26 + ROW * rows_for(data.notes),
        bottom=60,
        height=(HIGH - LOW) * step,
        first=data.answers[0].day,
        last=data.answers[-1].day,
        few=() if data.joined else tuple(answer.day for answer in data.answers),
    )
    two = all(_places(data, person) for person in PEOPLE)
    placed = {person: _places(data, person, aside=two) for person in PEOPLE}
    # Circles of skipped reviews stand under the scale; they go a row lower where its word is.
    early = any(paper.across(day) < _width_of(LOW) + 8 for day in _skipped(data))
    lower = ROW if early else 0
    return paper.of(
        *band(paper, rows_between(placed["a"], placed["b"], data.days), joined=data.joined),
        paper.rules({(HIGH - n) * step: str(n) for n in range(LOW, HIGH + 1)}),
        *noted(paper, data.notes, free=_width_of(HIGH) + 4),
        *_anchors(paper),
        *(drawn for person in PEOPLE for drawn in _line(data, paper, placed[person], person)),
        *_circles(data, paper, down=paper.height + ROW + lower),
        *_ends(data, paper, placed),
        paper.time_axis(at=paper.height + ROW + 22 + lower),
        lower=lower,
    )


def _places(data: Lines, person: Person, *, aside: bool = False) -> Places:
    shift = (_ASIDE if person == "a" else -_ASIDE) if aside else 0
    return [
        (answer.day.toordinal(), value + shift)
        for answer in data.answers
        if (value := answer.of(person)) is not None
    ]


def _skipped(data: Lines) -> list[int]:
    """Return the reviews where an answer is missing; not whose, since that is nobody's business."""
    alone = not all(_places(data, person) for person in PEOPLE)
    return [
        answer.day.toordinal()
        for answer in data.answers
        if answer.is_empty or (not alone and (answer.a is None or answer.b is None))
    ]


def _answer(paper: Paper, field: str = "answer") -> alt.Y:
    return paper.y(field, low=LOW, high=HIGH)


def _line(data: Lines, paper: Paper, placed: Places, person: Person) -> Iterator[alt.Chart]:
    """Yield a person's line, thin where a review was skipped, and their marks on it."""
    if not placed:
        return
    x, y = paper.x(), _answer(paper)
    if data.joined:
        yield from line(
            placed,
            data.days,
            person=person,
            x=x,
            y=y,
            thick=max(0.65, math.sqrt(_room(data, paper))),
        )
    yield marks(placed, person=person, x=x, y=y, size=_mark_size(data, paper))


def _anchors(paper: Paper) -> Iterator[Drawn]:
    scale = words("charts").lines("scale")
    low = {"across": 0, "down": paper.height + ROW, "say": scale[0]}
    high = {"across": 0, "down": -12, "say": scale[-1]}
    yield text([low, high], size=SMALL, italic=True, halo=True)


def _width_of(answer: int) -> float:
    return letters.width(words("charts").lines("scale")[answer - LOW], size=SMALL)


def _circles(data: Lines, paper: Paper, *, down: float) -> Iterator[Drawn]:
    """Yield an open circle for each skipped review, and the word beside one that has room."""
    days = _skipped(data)
    if not days:
        return
    word = words("charts")["gap.skipped"]
    circles: alt.Chart = (
        layer({"day": day} for day in days)
        .mark_point(
            shape="circle",
            size=46,
            stroke=INK.rule,
            strokeWidth=1.6,
            filled=False,
            opacity=1,
        )
        .encode(x=paper.x(), y=alt.value(down - 4))
    )
    yield circles
    room = letters.width(word, size=SMALL) + 18
    for day, after in pairwise([*days, None]):
        start = paper.across(day or 0)
        stop = paper.width + paper.right if after is None else paper.across(after)
        if stop - start > room:
            said = {"across": start + 8, "down": down, "say": word}
            yield text([said], size=SMALL)
            return


def _ends(data: Lines, paper: Paper, placed: dict[Person, Places]) -> Iterator[Drawn]:
    """Yield each name at the end of its line, with the number of the newest review."""
    step = paper.height / (HIGH - LOW)
    people = [person for person in PEOPLE if placed[person]]
    wanted = [(HIGH - placed[person][-1][1]) * step for person in people]
    downs = letters.apart(wanted, by=_LABELS_APART)
    for person, down in zip(people, downs, strict=True):
        yield text(
            [{"across": paper.width + 4, "down": down, "say": _end(data, person)}],
            baseline="middle",
            size=VALUE,
            bold=True,
            color=INK.person(person),
        )


def _end(data: Lines, person: Person) -> str:
    """Return a person's name as far as it fits, with their newest answer where there is one."""
    newest = data.answers[-1].of(person)
    name = letters.short(data.names.of(person), _LABEL_ROOM[1] - 26, size=VALUE, bold=True)
    return name if newest is None else words("charts").say("gap.end", name=name, number=newest)


def _mark_size(data: Lines, paper: Paper) -> float:
    return max(_MARK_LEAST, _room(data, paper) ** 2 * _MARK)


def _room(data: Lines, paper: Paper) -> float:
    """Return how much of its full size a mark can have where reviews stand close, up to 1."""
    return min(1, paper.width / max(1, len(data.answers)) / _MARK_ROOM)
