"""A bar for each promise from the day it was agreed, with a mark for what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import altair as alt

from evenground.charts import letters
from evenground.charts.plots.marks import Drawn, Row, down, layer, points
from evenground.charts.plots.paper import Paper, text
from evenground.charts.plots.signs import signs
from evenground.charts.promises import Promise, status
from evenground.charts.theme import LABEL, SMALL, VALUE
from evenground.charts.theme import LIGHT as INK
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

from evenground.charts.promises import Ledger

_BAR = 9  # px
_LINE, _STATUS, _BELOW, _BETWEEN = 17, 17, 16, 30  # px from one baseline to the next
_INDENT = 15  # px for the mark of its owner
_PROGRESS = 0.4  # opacity of what has passed
_NEAR = 92  # days: a later today is left out where nothing is open

_COLOR = {"kept": INK.kept, "late": INK.late, "slipped": INK.slipped, "mended": INK.kept}


@dataclass(frozen=True, slots=True)
class _Line:
    """A promise with the place of its bar, and its title in lines."""

    promise: Promise
    titles: tuple[str, ...]
    top: float
    bar: float

    @property
    def color(self) -> str:
        return _COLOR.get(self.promise.came, INK.second)


def bars(data: Ledger, width: int) -> alt.LayerChart:
    """Draw promises one under another on one line of time."""
    lines = _lines(data, width)
    days = [day for promise in data.promises for day in _days(promise)]
    shown = _shows_today(data, max(days))
    paper = Paper(
        sheet=width,
        left=1,
        right=6,
        top=24,
        bottom=42,
        height=lines[-1].bar + _BAR / 2 + 14,
        first=min(days),
        last=max([*days, *([data.today] if shown else [])]),
    )
    return paper.of(
        paper.time_axis(at=paper.height + 20, gridded=paper.height),
        *(_today(data, paper) if shown else ()),
        *_bars(lines, data.today, paper),
        *_words(lines, data.today, paper),
        *_owners(lines),
        *_marks(lines, paper),
    )


def _lines(data: Ledger, width: int) -> list[_Line]:
    lines: list[_Line] = []
    down = 14.0
    for promise in data.promises:
        room = width - _INDENT - 8
        titles = letters.wrapped(promise.title, room, size=VALUE, bold=True)
        bar = down + _LINE * (len(titles) - 1) + _STATUS + _BELOW
        lines.append(_Line(promise, tuple(titles), down, bar))
        down = bar + _BETWEEN
    return lines


def _days(promise: Promise) -> list[date]:
    known = [promise.agreed, promise.due, promise.end, *(event.day for event in promise.events)]
    return [day for day in known if day]


def _shows_today(data: Ledger, last: date) -> bool:
    is_open = any(promise.came in {"open", "slipped", "mended"} for promise in data.promises)
    return is_open or (data.today - last).days <= _NEAR


def _today(data: Ledger, paper: Paper) -> Iterator[Drawn]:
    day = data.today.toordinal()
    rule: alt.Chart = layer([{"day": day}]).mark_rule(
        color=INK.rule, strokeDash=[3, 3], strokeWidth=1.2
    )
    yield rule.encode(x=paper.x(), y=alt.value(-4), y2=alt.value(paper.height))
    word = words("charts")["promises.today"]
    half = letters.width(word, size=SMALL) / 2
    across = min(max(paper.across(day), half), paper.width + paper.right - half)
    yield text([{"across": across, "down": -10, "say": word}], align="center", size=SMALL)


def _bars(lines: list[_Line], today: date, paper: Paper) -> Iterator[Drawn]:
    """Yield the whole bar, what of it has passed, the dotted way to a late end, the mending."""
    whole: list[Row] = []
    passed: list[Row] = []
    late: list[Row] = []
    mended: list[Row] = []
    for line in lines:
        promise = line.promise
        start, stop = promise.agreed.toordinal(), _stop(promise, today).toordinal()
        whole.append({"day": start, "until": max(start, stop), "down": line.bar})
        reached = min(max(start, _reached(promise, today).toordinal()), max(start, stop))
        passed.append({"day": start, "until": reached, "down": line.bar, "ink": line.color})
        done = promise.last("done")
        if promise.due and done and done > promise.due:
            late.append(
                {"day": stop, "until": done.toordinal(), "down": line.bar, "ink": line.color}
            )
        events = sorted(promise.events, key=lambda event: event.day)
        mended += [
            {"day": slip.day.toordinal(), "until": mend.day.toordinal(), "down": line.bar}
            for slip, mend in pairwise(events)
            if (slip.what, mend.what) == ("slipped", "mended")
        ]
    yield _band(whole, paper, color=INK.bar)
    yield _band(passed, paper, opacity=_PROGRESS)
    dotted: alt.Chart = layer(late).mark_rule(strokeDash=[2, 3], strokeWidth=3)
    yield dotted.encode(**_span(paper), color=alt.Color("ink:N").scale(None))
    joined: alt.Chart = layer(mended).mark_rule(color=INK.kept, strokeWidth=3)
    yield joined.encode(**_span(paper))


def _stop(promise: Promise, today: date) -> date:
    """Return where a bar ends: with no date set, at what came of it, or today."""
    if promise.until:
        return promise.until
    return max((event.day for event in promise.events), default=max(today, promise.agreed))


def _reached(promise: Promise, today: date) -> date:
    if promise.came in {"kept", "late"}:
        return promise.last("done") or today
    if promise.came == "slipped":
        return promise.last("slipped") or today
    return today


def _span(paper: Paper) -> Row:
    return {"x": paper.x(), "x2": alt.X2("until:Q"), "y": down()}


def _band(rows: list[Row], paper: Paper, *, color: str = "", opacity: float = 1) -> alt.Chart:
    edged = [
        {**row, "down": row["down"] - _BAR / 2, "base": row["down"] + _BAR / 2} for row in rows
    ]
    band: alt.Chart = layer(edged).mark_rect(cornerRadius=_BAR / 2, opacity=opacity)
    ink = alt.value(color) if color else alt.Color("ink:N").scale(None)
    return band.encode(**_span(paper), y2=alt.Y2("base:Q"), color=ink)


def _words(lines: list[_Line], today: date, paper: Paper) -> Iterator[Drawn]:
    titles: list[Row] = []
    told: dict[str, list[Row]] = {}
    room = paper.width + paper.right - _INDENT
    for line in lines:
        for number, title in enumerate(line.titles):
            titles.append({"across": _INDENT, "down": line.top + _LINE * number, "say": title})
        said = letters.short(status(line.promise, today), room, size=LABEL)
        down = line.bar - _BELOW
        told.setdefault(line.color, []).append({"across": _INDENT, "down": down, "say": said})
    yield text(titles, size=VALUE, bold=True, color=INK.ink, halo=True)
    for color, rows in told.items():
        yield text(rows, color=color, halo=True)


def _owners(lines: list[_Line]) -> Iterator[Drawn]:
    """Yield the mark of each promise's owner, before its title."""
    for person, shape in (("a", "circle"), ("b", "diamond")):
        rows = [
            {"across": 5, "down": line.top - 4.5}
            if line.promise.owner == person
            else {"across": 5, "down": line.top - (8.5 if person == "a" else -1)}
            for line in lines
            if line.promise.owner in {person, "both"}
        ]
        yield points(rows, shape=shape, size=56, color=INK.person(person), filled=True)


def _marks(lines: list[_Line], paper: Paper) -> Iterator[Drawn]:
    """Yield what came of each promise: its shape says it without its colour."""
    rows: dict[str, list[Row]] = {"kept": [], "late": [], "slipped": [], "mended": [], "open": []}
    for line in lines:
        promise = line.promise
        for event in promise.events:
            kind: str = event.what
            if kind == "done":
                kind = "late" if promise.due and event.day > promise.due else "kept"
            rows[kind].append(_at(event.day, line, paper))
        if promise.came in {"open", "mended"} and promise.until:
            rows["open"].append(_at(promise.until, line, paper))
    yield from signs(rows)


def _at(day: date, line: _Line, paper: Paper) -> Row:
    return {"across": paper.across(day.toordinal()), "down": line.bar}
