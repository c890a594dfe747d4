"""Levels, items side by side, who decides, what came of promises, and the months of reviews."""

from __future__ import annotations

import json
from datetime import date

import altair as alt
import pytest

from charts_drawn import (
    NAMES,
    TITLES,
    areas,
    layers,
    monthly,
    pictures,
    reviews,
    svgs,
    texts,
    through_a_year,
    walk,
)
from evenground.charts import months as seen
from evenground.charts.answers import Names, Note
from evenground.charts.decisions import Area, Map, Quarter, View, decisions
from evenground.charts.drawing import spec
from evenground.charts.follow import Month, Months, follow
from evenground.charts.initials import initials
from evenground.charts.items import Item, Sides, items
from evenground.charts.levels import Settled, levels
from evenground.charts.months import Calendar
from evenground.charts.plots.decisions import cells
from evenground.charts.plots.follow import units
from evenground.charts.plots.items import sides
from evenground.charts.plots.levels import settled
from evenground.charts.plots.months import years
from evenground.charts.theme import LIGHT, NARROW, WIDE


@pytest.mark.parametrize(
    "name", ["gap", "items", "promises", "decisions", "levels", "follow", "months"]
)
def test_each_chart_has_a_spoken_description_and_its_numbers(name):
    drawing = pictures()[name]

    assert drawing.label
    assert drawing.head
    assert drawing.rows
    assert "not show" in " ".join(drawing.after)  # what it leaves open is said
    assert all(len(row) == len(drawing.head) for row in drawing.rows)
    assert [
        svg.split(">", 1)[0].count(f'width="{wide}"')
        for svg, wide in zip(svgs(drawing), (NARROW, NARROW, WIDE, WIDE), strict=True)
    ] == [1, 1, 1, 1]
    assert "narrow" in drawing.node()


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6, 24, 520])
def test_levels_and_items_are_drawn_by_how_many_reviews_there_are(count):
    asked = walk(count, every=7)
    one, six = levels(asked, person="a", names=NAMES), items(asked, titles=TITLES, names=NAMES)

    for drawing in (one, six):
        assert drawing.is_drawn == (count > 1)
        assert ("Here are the dots" in " ".join(drawing.after)) == (1 < count < 6)
    assert len(one.rows) == count
    # How often it is wrong stands below from twelve reviews on.
    assert any("1 couple in 20" in line for line in one.after) == (count >= 12)


def test_a_chart_of_levels_holds_one_person_alone():
    asked = walk()
    other = [answer.b for answer in asked]
    drawing = levels(asked, person="a", names=NAMES)

    assert drawing == levels(
        [type(answer)(day=answer.day, item=answer.item, a=answer.a) for answer in asked],
        person="a",
        names=NAMES,
    )
    assert any(other)
    assert "Alex" not in json.dumps(drawing.node())


def test_a_level_has_a_band_and_its_number_and_the_review_that_showed_it():
    drawing = levels(walk(), person="b", names=NAMES)
    shown = texts(drawing.svgs.narrow_light)

    assert len([word for word in shown if word.startswith("around ")]) >= 2 * 2  # with its halo
    assert "first seen" in shown


def test_what_happened_is_marked_on_ones_own_line_and_stands_in_its_table():
    kinds = ("life", "wording", "agreement", "meeting")
    notes = [Note(date(2024, 8, 1 + n), kind) for n, kind in enumerate(kinds)]
    drawing = levels(walk(), person="a", names=NAMES, notes=notes)
    told = {row[1] for row in drawing.rows}
    shown = set(texts(drawing.svgs.narrow_light))

    assert told >= {"a big change", "asked in new words", "agreement", "regular talk agreed"}
    assert {"a big change", "asked in new words"} <= shown  # the others have no room there


def test_the_item_with_the_widest_gap_comes_first():
    near = monthly(*[(3, 3)] * 8, item="near")
    wide = monthly(*[(5, 1)] * 8, item="wide")
    drawing = items(near + wide, titles={"near": "Near", "wide": "Wide"}, names=NAMES)

    assert [row[0] for row in drawing.rows] == ["Wide", "Near"]
    assert [sign.mark for sign in drawing.legend] == ["a", "b", "gap"]


def test_two_views_of_a_quarter_stand_in_one_split_cell_and_the_newest_says_talk():
    drawing = decisions(areas(), names=NAMES)
    shown = texts(drawing.svgs.narrow_light)

    assert shown.count("talk") == 1
    assert shown.count("as agreed") == 2
    assert {"split", "outline"} <= {sign.mark for sign in drawing.legend}
    assert {"S", "S+", "=", "A+", "A", "⇄"} <= set(shown)


def test_every_way_to_decide_has_letters_of_its_own():
    signs = [sign for sign in decisions(areas(), names=NAMES).legend if sign.mark == "cell"]

    assert len({sign.letters for sign in signs}) == len(signs)


def test_a_map_shows_as_many_of_the_newest_quarters_as_there_is_room_for():
    quarters = [Quarter(2018 + n // 4, n % 4 + 1) for n in range(30)]
    area = Area("Money", "together", tuple(View(q, "together", "together") for q in quarters))
    marks = [
        [row for mark in layers(cells, Map((area,), NAMES), wide) for row in mark["rows"]]
        for wide in (NARROW, WIDE)
    ]
    narrow, wide = (len({row["across"] for row in rows if "fill" in row}) for rows in marks)

    assert narrow < wide
    assert all(row.get("right", 0) < NARROW for row in marks[0])
    assert len(decisions([area], names=NAMES).rows[0]) == 32


def test_names_with_one_initial_still_have_signs_of_their_own():
    assert initials(Names("Sam", "Alex")) == ("S", "A")
    assert initials(Names("Sam", "Sara")) == ("Sm", "Sr")
    assert initials(Names("Jo", "Jo")) == ("J1", "J2")


def test_what_came_of_promises_names_no_title_and_no_person():
    drawing = follow(through_a_year())
    shown = texts(drawing.svgs.wide_light)

    assert any(word.endswith(" of 8") for word in shown)
    assert not {"Sam", "Alex"} & set(json.dumps(drawing.node()).split('"'))
    assert "%" not in json.dumps(drawing.node())


def test_fewer_than_eight_promises_are_not_counted():
    drawing = follow(through_a_year(5))

    assert "The last 8 are counted once 8 were due." in drawing.after
    assert not [word for word in texts(drawing.svgs.narrow_light) if "of 8" in word]
    assert not follow([]).is_drawn


def test_a_month_without_an_answer_has_an_open_circle_and_nothing_starts_again():
    drawing = seen.months(reviews(), names=NAMES, planned=date(2025, 8, 3))
    shown = texts(drawing.svgs.narrow_light)

    assert drawing.subtitle.startswith("16 of 18 months with both answers.")
    assert "3 Aug" in shown
    assert {sign.mark for sign in drawing.legend} == {"a", "b", "skipped", "planned"}
    assert sum(row[1:] == ("no answer", "no answer") for row in drawing.rows) == 1


@pytest.mark.parametrize("wide", [NARROW, WIDE])
def test_specs_are_what_vega_lite_knows(wide):
    from evenground.charts import drift

    points = drift.means(walk(), "b")
    asked = Item("I feel heard", tuple(monthly(*[(4, 2)] * 8)))
    shift = drift.shifts(points)[-1]
    for plot, data in (
        (settled, Settled(points, drift.levels(points), shift, (), "b")),
        (sides, Sides((asked, asked), NAMES, joined=True)),
        (cells, Map(tuple(areas()), NAMES)),
        (units, Months((Month(date(2025, 1, 1), ("kept", "late"), 4),), (3, 5))),
        (years, Calendar((seen.Month(date(2025, 1, 1), a=True, b=False),), NAMES, None)),
    ):
        made = json.loads(json.dumps(spec(plot, data, wide)))
        alt.Chart.from_dict(made, validate=True)


def test_marks_of_the_two_differ_in_shape_in_every_chart():
    for plot, data in (
        (sides, Sides((Item("x", tuple(monthly(*[(4, 2)] * 8))),), NAMES, joined=True)),
        (years, Calendar((seen.Month(date(2025, 1, 1), a=True, b=True),), NAMES, None)),
    ):
        shapes = {m.get("color"): m["shape"] for m in layers(plot, data) if m["type"] == "point"}
        assert (shapes[LIGHT.a], shapes[LIGHT.b]) == ("circle", "diamond")
