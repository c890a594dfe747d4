"""The charts say what was answered and nothing else, whatever there is to draw."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import altair as alt
import pytest

from charts_drawn import NAMES, TODAY, every_kind, layers, monthly, svgs, texts
from evenground.charts.answers import Names, Note
from evenground.charts.drawing import spec
from evenground.charts.gap import Lines, gap
from evenground.charts.letters import apart, short, width, wrapped
from evenground.charts.plots.gap import lines
from evenground.charts.plots.promises import bars
from evenground.charts.promises import Ledger, Promise, promises, status
from evenground.charts.theme import DARK, LIGHT, NARROW, WIDE


def heard(answers, names=NAMES, notes=()):
    return gap(answers, item="heard", title="I feel heard", names=names, notes=notes)


def rows_in(marks):
    return [row for mark in marks for row in mark["rows"]]


def test_nothing_answered_says_so_and_draws_nothing():
    drawing = heard([])

    assert not drawing.is_drawn
    assert drawing.after[0] == "There is nothing to draw yet."
    assert not drawing.rows


def test_one_review_is_told_in_numbers():
    drawing = heard(monthly((4, 1)))

    assert not drawing.is_drawn
    assert drawing.after[0] == "One review so far. Here are the numbers."
    assert "4" in drawing.after[1]
    assert "1" in drawing.after[1]
    assert drawing.rows == (("11 February 2024", "4, most of the time", "1, hardly ever"),)


@pytest.mark.parametrize("count", [2, 5])
def test_few_reviews_are_dots_and_too_few_for_a_pattern(count):
    drawing = heard(monthly(*[(4, 2)] * count))
    data = Lines(tuple(monthly(*[(4, 2)] * count)), NAMES, (), joined=False)

    assert drawing.is_drawn
    assert drawing.after[0].startswith("Here are the dots.")
    assert "line" not in {mark["type"] for mark in layers(lines, data)}


@pytest.mark.parametrize("count", [6, 24, 520])
def test_many_reviews_are_lines_and_all_of_them_are_in_the_table(count):
    drawing = heard(monthly(*[(3 + n % 3, 1 + n % 4) for n in range(count)]))

    assert drawing.is_drawn
    assert len(drawing.rows) == count
    assert any("last 60" in line for line in drawing.after) == (count > 60)
    for svg, wide in zip(svgs(drawing), (NARROW, NARROW, WIDE, WIDE), strict=True):
        assert f'width="{wide}"' in svg.split(">", 1)[0]


def test_a_skipped_review_is_an_open_circle_and_is_not_made_up():
    asked = tuple(monthly((4, 2), (4, 2), (None, None), (4, 3), (4, 3), (5, 4), (5, 4)))
    marks = layers(lines, Lines(asked, NAMES, (), joined=True))
    skipped = asked[2].day.toordinal()

    assert "skipped" in texts(heard(asked).svgs.narrow_light)
    assert [row for row in rows_in(marks) if row.get("day") == skipped] == [{"day": skipped}]
    assert heard(asked).rows[-3][1:] == ("no answer", "no answer")
    # The shading ends where one of them is missing; the line over it is thin.
    (band,) = [mark for mark in marks if mark["type"] == "area"]
    assert len({row["piece"] for row in band["rows"]}) == 2
    assert {mark["strokeWidth"] for mark in marks if mark["type"] == "line"} == {1, 2.5}


def test_after_four_months_without_answers_the_lines_start_anew():
    early = monthly(*[(4, 2)] * 6)
    late = monthly(*[(5, 5)] * 4, start=date(2025, 6, 1))
    marks = layers(lines, Lines(tuple(early + late), NAMES, (), joined=True))

    drawn = [mark for mark in marks if mark["type"] == "line"]
    assert [mark["strokeWidth"] for mark in drawn] == [2.5, 2.5]
    assert {row["piece"] for row in drawn[0]["rows"]} == {0, 1}


def test_equal_answers_show_both_lines_and_both_names():
    asked = monthly(*[(3, 3)] * 8)
    drawn = texts(heard(asked).svgs.narrow_light)
    places = {
        float(row["answer"])
        for row in rows_in(layers(lines, Lines(tuple(asked), NAMES, (), joined=True)))
        if "answer" in row
    }

    assert {"Sam 3", "Alex 3"} <= set(drawn)
    assert sorted(places) == pytest.approx([2.95, 3.05])


def test_one_person_alone_has_one_line_and_no_gap():
    drawing = heard(monthly(*[(None, 3)] * 8), names=Names("Sam", "Noor"))

    assert drawing.head == ("Review", "Noor")
    assert "Noor 3" in texts(drawing.svgs.narrow_light)
    assert not [word for word in texts(drawing.svgs.narrow_light) if "Sam" in word]
    assert not drawing.after


def test_a_person_is_told_by_shape_and_dash_as_well_as_by_colour():
    asked = tuple(monthly(*[(4, 2)] * 8))
    marks = layers(lines, Lines(asked, NAMES, (), joined=True))
    shapes = {mark["color"]: mark["shape"] for mark in marks if "shape" in mark}
    dashes = {mark["color"]: mark["strokeDash"] for mark in marks if mark["type"] == "line"}

    assert shapes == {LIGHT.a: "circle", LIGHT.b: "diamond"}
    assert dashes == {LIGHT.a: [1, 0], LIGHT.b: [6, 3]}


def test_what_came_of_a_promise_is_told_by_shape_as_well_as_by_colour():
    ledger = Ledger(tuple(every_kind()), NAMES, TODAY)
    marks = [mark for mark in layers(bars, ledger) if mark["type"] == "point"]
    looks = [
        (mark["shape"], mark.get("filled"), mark.get("strokeWidth"), bool(mark.get("stroke")))
        for mark in marks
    ]

    assert len({mark["shape"] for mark in marks}) == 4  # circle, diamond, tick, cross
    assert len(set(looks)) >= 7


def test_a_gap_holds_numbers_dates_and_the_two_names():
    asked = tuple(monthly(*[(4, 2)] * 8))
    data = Lines(asked, NAMES, (Note(date(2024, 5, 1), "life"),), joined=True)
    rows = rows_in(layers(lines, data, WIDE))
    said = {row["say"] for row in rows if "say" in row}
    ours = {"a big change", "gap", "hardly ever", "nearly every time", "Sam 4", "Alex 2"}

    assert {word for word in said if not re.fullmatch(r"[\d ]*([A-Z][a-z]{2})?", word)} == ours
    assert {key for row in rows for key in row} == {
        *("day", "answer", "piece", "upper", "lower"),
        *("across", "down", "at", "say"),
    }


HOSTILE = [
    "<script>alert(1)</script>",
    "]]><svg onload=alert(1)>",
    '"\' onclick="alert(1)',
    "&lt;b&gt;&amp;{{x}}${y}#{z}",
    "https://example.org/a.png",
    "\u202eevil\u202c \u2066x",
    "=HYPERLINK(1)",
    "datum['x'] + 1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_and_a_name_are_text_and_nothing_else(text):
    made = promises(
        [Promise(title=text, owner="a", agreed=date(2025, 5, 1), due=date(2025, 8, 1))],
        names=Names(text, "Alex"),
        today=TODAY,
    )
    asked = heard(monthly(*[(4, 2)] * 8), names=Names(text, "Alex"))
    for svg in svgs(made) + svgs(asked):
        root = ET.fromstring(svg)
        tags = {el.tag.rpartition("}")[2] for el in root.iter()}
        attributes = {name.lower() for el in root.iter() for name in el.attrib}
        assert tags <= {"svg", "g", "path", "text", "line", "rect", "clipPath", "defs"}
        assert not {name for name in attributes if name.startswith("on") or "href" in name}
        assert "example.org/a.png" not in "".join(
            value for el in root.iter() for value in el.attrib.values()
        )
    shown = "".join(texts(made.svgs.wide_light))
    assert text[:6].strip() in shown


def test_a_drawing_has_the_page_font_and_no_box():
    svg = heard(monthly(*[(4, 2)] * 8)).svgs.narrow_light

    assert set(re.findall(r'font-family="([^"]*)"', svg)) == {
        "'Inter Variable', Inter, system-ui, sans-serif"
    }
    assert "aria-label" not in svg
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)) >= 11


def test_a_dark_drawing_is_the_light_one_in_other_inks():
    assert len(set(LIGHT.inks())) == len(LIGHT.inks()), "each ink has a use of its own"
    found = heard(monthly(*[(4, 2)] * 8)).svgs

    assert not [ink for ink in LIGHT.inks() if ink in found.narrow_dark]
    assert DARK.a in found.narrow_dark
    assert re.sub("#[0-9A-F]{6}", "", found.narrow_light) == re.sub(
        "#[0-9A-F]{6}", "", found.narrow_dark
    )


def test_a_second_drawing_of_the_same_answers_is_not_drawn_again():
    asked = monthly(*[(4, 2)] * 9)

    assert heard(asked).svgs.narrow_light is heard(list(asked)).svgs.narrow_light


def test_a_page_without_a_chart_loads_neither_altair_nor_pandas():
    code = (
        "import sys; from evenground.charts import gap, promises, drawing; "
        "print([m for m in ('altair', 'pandas', 'vl_convert', 'ruptures') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_each_promise_says_what_came_of_it():
    assert {p.title: status(p, TODAY) for p in every_kind()} == {
        "early": "Kept, 3 days early",
        "late": "Kept, 23 days late",
        "mended": "Slipped, mended 10 days later, then kept",
        "mending": "Slipped, mended 10 days later",
        "slipped": "Slipped on 31 January 2025",
        "open": "Open, due in 43 days",
        "was due": "Was due on 2 March 2025",
        "no due date": "Kept on 6 January 2025",
    }


def test_promises_stand_in_the_drawing_and_in_the_list_with_their_owner():
    drawing = promises(every_kind(), names=NAMES, today=TODAY)
    shown = texts(drawing.svgs.narrow_light)

    assert {"early", "late", "mended", "today", "Kept, 23 days late"} <= set(shown)
    assert {row[1].strip("\u2068\u2069") for row in drawing.rows} > {"Sam", "Alex"}
    assert {sign.mark for sign in drawing.legend} == {
        *("kept", "late", "slipped", "mended", "open", "a", "b")
    }


def test_no_promises_yet_says_where_they_start():
    drawing = promises([], names=NAMES, today=TODAY)

    assert not drawing.is_drawn
    assert drawing.after == ("No promises yet. They start in part 03.",)


def test_of_many_promises_the_newest_are_drawn_and_all_are_listed():
    many = [
        Promise(title=f"promise {n}", owner="a", agreed=date(2020, 1, 1) + timedelta(40 * n))
        for n in range(40)
    ]
    drawing = promises(many, names=NAMES, today=TODAY)

    assert "promise 39" in texts(drawing.svgs.narrow_light)
    assert "promise 20" not in texts(drawing.svgs.narrow_light)
    assert len(drawing.rows) == 40


def test_a_long_title_stands_in_two_lines_within_the_drawing():
    title = "a promise with a title that is as long as a title of a promise may be, 80 letters"
    broken = wrapped(title, NARROW - 22, size=13, bold=True)

    assert " ".join(broken) == title
    assert all(width(line, size=13, bold=True) <= NARROW - 22 for line in broken)
    assert short("x" * 200, 100, size=13).endswith("…")


def test_labels_that_would_touch_are_pushed_apart():
    assert apart([50, 50], by=16) == [42, 58]
    assert apart([10, 90], by=16) == [10, 90]


@pytest.mark.parametrize("wide", [NARROW, WIDE])
def test_specs_are_what_vega_lite_knows(wide):
    asked = tuple(monthly(*[(4, 2)] * 8))
    notes = (Note(date(2024, 5, 1), "meeting"),)

    for made in (
        spec(lines, Lines(asked, NAMES, notes, joined=True), wide),
        spec(bars, Ledger(tuple(every_kind()), NAMES, TODAY), wide),
    ):
        alt.Chart.from_dict(json.loads(json.dumps(made)), validate=True)
