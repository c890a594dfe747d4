"""Every chart with nothing, one, a few and many; with gaps, for one person, and what comes late."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest

from charts_drawn import NAMES, TITLES, TODAY, monthly, svgs, texts, walk
from evenground.charts import months as calendar
from evenground.charts.answers import Answer, Names
from evenground.charts.decisions import Area, Quarter, View, decisions
from evenground.charts.follow import follow
from evenground.charts.gap import gap
from evenground.charts.items import items
from evenground.charts.levels import levels
from evenground.charts.promises import Event, Promise, promises
from evenground.charts.theme import NARROW, WIDE

COUNTS = [0, 1, 2, 5, 6, 24, 520]
TALLEST = 1600  # px: five screens of a phone
WEEK = timedelta(7)
START = date(2015, 8, 2)


def answered(count):
    """Return two people's answers to one item, week after week, some of them kept back."""
    return [
        Answer(
            day=START + n * WEEK,
            item="heard",
            a=None if n % 11 == 4 else 3 + n % 3,
            b=None if n % 13 in (4, 6) else 1 + n % 4,
        )
        for n in range(count)
    ]


def promised(count):
    """Return promises that were due week after week; of each seventh nobody said anything."""
    made = []
    for n in range(count):
        due = START + n * WEEK
        came = [Event(due + timedelta(n % 3), "slipped" if n % 5 == 3 else "done")]
        owner = ("a", "b", "both")[n % 3]
        events = () if n % 7 == 5 else tuple(came)
        agreed = due - timedelta(30)
        made.append(Promise(title=f"p{n}", owner=owner, agreed=agreed, due=due, events=events))
    return made


def mapped(count, *, alone=False):
    """Return one area with as many views as there were weeks, one a quarter at most."""
    quarters = sorted({Quarter.of(START + n * WEEK) for n in range(count)})
    views = tuple(View(q, "a_say", None if alone else "together") for q in quarters)
    return [Area("Money", "together", views)] if count else []


def met(count):
    """Return who answered in which review: one of the two at times, nobody at others."""
    seen = [
        calendar.Seen(START + n * WEEK, a=n % 9 != 4, b=n % 10 not in (4, 7)) for n in range(count)
    ]
    return [review for n, review in enumerate(seen) if n % 30 not in (15, 16, 17, 18, 19, 20)]


CHARTS = {
    "gap": lambda n: gap(answered(n), item="heard", title="I feel heard", names=NAMES),
    "items": lambda n: items(walk(n, every=7), titles=TITLES, names=NAMES),
    "promises": lambda n: promises(promised(n), names=NAMES, today=TODAY),
    "decisions": lambda n: decisions(mapped(n), names=NAMES),
    "levels": lambda n: levels(walk(n, every=7), person="a", names=NAMES),
    "follow": lambda n: follow(promised(n)),
    "months": lambda n: calendar.months(met(n), names=NAMES, planned=TODAY),
}
TOLD = {"gap", "items", "levels"}  # the first review is numbers alone


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_of_any_length_is_drawn_in_its_room_and_told_in_full(name, count):
    drawing = CHARTS[name](count)

    assert drawing.label
    assert drawing.is_drawn == (count > (1 if name in TOLD else 0))
    assert bool(drawing.rows) == (count > 0)
    assert all(len(row) == len(drawing.head) for row in drawing.rows)
    if not drawing.is_drawn:
        assert drawing.after  # words stand in its place
        return
    for svg, wide in zip(svgs(drawing), (NARROW, NARROW, WIDE, WIDE), strict=True):
        size = re.search(r'width="(\d+)" height="([\d.]+)"', svg)
        assert int(size[1]) == wide
        assert 30 < float(size[2]) <= TALLEST
        assert "NaN" not in svg
        assert "undefined" not in svg


SITUATIONS = {
    "gap, equal": lambda: gap(monthly(*[(3, 3)] * 8), item="heard", title="x", names=NAMES),
    "gap, one person": lambda: gap(monthly(*[(3, None)] * 8), item="heard", title="x", names=NAMES),
    "items, equal": lambda: items(
        monthly(*[(3, 3)] * 8), titles={"heard": "I feel heard"}, names=NAMES
    ),
    "items, one person": lambda: items(
        monthly(*[(3, None)] * 8), titles={"heard": "I feel heard"}, names=Names("Sam")
    ),
    "items, one never answered": lambda: items(
        [*monthly(*[(3, 2)] * 8), *monthly(*[(None, None)] * 8, item="no")],
        titles=TITLES,
        names=NAMES,
    ),
    "promises, on one day": lambda: promises(promised(1) * 3, names=NAMES, today=TODAY),
    "promises, one person": lambda: promises(
        [p for p in promised(9) if p.owner == "a"], names=Names("Sam"), today=TODAY
    ),
    "promises, nothing said": lambda: promises(
        [Promise(title="x", owner="b", agreed=TODAY)], names=NAMES, today=TODAY
    ),
    "decisions, as agreed": lambda: decisions(
        [Area("Money", "together", (View(Quarter(2025, 1), "together", "together"),))], names=NAMES
    ),
    "decisions, one person": lambda: decisions(mapped(30, alone=True), names=NAMES),
    "decisions, nothing said": lambda: decisions([Area("Money", "open")], names=NAMES),
    "levels, equal": lambda: levels(
        [a for item in TITLES for a in monthly(*[(3, 3)] * 8, item=item)], person="b", names=NAMES
    ),
    "levels, half answered": lambda: levels(walk(8)[::2], person="a", names=NAMES),
    "follow, all kept": lambda: follow([p for p in promised(40) if p.came == "kept"]),
    "follow, none kept": lambda: follow([p for p in promised(60) if p.came == "slipped"]),
    "months, one person": lambda: calendar.months(met(20), names=Names("Sam")),
    "months, nothing planned": lambda: calendar.months(met(20), names=NAMES),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_chart_of_a_rare_situation_still_stands(name):
    drawing = SITUATIONS[name]()

    assert drawing.label
    assert drawing.is_drawn or drawing.after
    assert "Alex" not in "".join(texts(drawing.svgs.wide_light)) or "one person" not in name
    for svg in filter(None, svgs(drawing)):
        assert "NaN" not in svg
        assert "undefined" not in svg


# What is released late comes after what was released before, whatever its day.
LATE = {
    "gap": lambda mix: gap(mix(answered(12)), item="heard", title="x", names=NAMES),
    "items": lambda mix: items(mix(walk(12)), titles=TITLES, names=NAMES),
    "levels": lambda mix: levels(mix(walk(12)), person="a", names=NAMES),
    "decisions": lambda mix: decisions(
        [Area("Money", "together", tuple(mix(list(mapped(60)[0].views))))], names=NAMES
    ),
    "follow": lambda mix: follow(mix(promised(12))),
    "months": lambda mix: calendar.months(mix(met(12)), names=NAMES),
    "promises": lambda mix: promises(mix(promised(12)), names=NAMES, today=TODAY),
}


@pytest.mark.parametrize("name", LATE)
def test_what_is_released_late_stands_on_its_own_day(name):
    def late(found):
        return random.Random(7).sample(found, len(found))

    as_it_came, in_order = LATE[name](late), LATE[name](list)

    assert as_it_came.is_drawn
    assert as_it_came == in_order
