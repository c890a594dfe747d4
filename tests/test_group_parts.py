"""The parts that a group chose: in its room no page asks for another one; at home all are there."""

from __future__ import annotations

import re
from datetime import date

import pytest

from evenground import in_use, steps
from evenground.app import documents, parts, places
from evenground.group import gathering, plan

WORKBOOK = places.workbook()
ABOUT_PROMISES = {"Promises due", "Slips, and putting them right", "Keep, change, stop"}


@pytest.fixture
def in_a_room(monkeypatch):
    def chosen(*names):
        monkeypatch.setenv(in_use.SETTING, ",".join(names))

    return chosen


def headings(name):
    shown = parts.shown(documents.cells(WORKBOOK / name))
    return re.findall(r"<h[123] id=[^>]*>([^<]*)<", "".join(cell.prose for cell in shown))


def calls(name):
    shown = parts.shown(documents.cells(WORKBOOK / name))
    return {call for cell in shown for call in re.findall(r"steps\.[\w.]+", cell.code)}


def test_at_home_all_parts_are_in_use(monkeypatch):
    monkeypatch.delenv(in_use.SETTING, raising=False)

    assert in_use.parts() == gathering.PARTS
    for name in in_use.FILES.values():
        assert parts.shown(documents.cells(WORKBOOK / name)) == documents.cells(WORKBOOK / name)
    assert set(headings("04_review.ipynb")) >= ABOUT_PROMISES


def test_the_row_of_parts_and_start_name_those_in_use_alone(in_a_room, home):
    in_a_room("acknowledge", "review", "nonsense")

    assert [part["number"] for part in parts.of(WORKBOOK)] == ["01", "04"]
    assert [node["when"] for node in steps.start.Home()._parts()] == ["01", "04"]


def test_a_page_about_another_part_goes_with_its_heading_and_its_prose(in_a_room):
    in_a_room("acknowledge", "review")
    left = set(headings("04_review.ipynb"))

    assert not left & ABOUT_PROMISES
    assert {"Review", "Thanks", "The road ahead", "If you do this alone"} <= left
    assert "One open question" not in headings("01_acknowledge.ipynb")
    in_a_room("listen", "amends")
    assert "steps.listen.door" not in calls("02_listen.ipynb")
    assert "steps.listen.floor" in calls("02_listen.ipynb")


def test_each_page_that_may_go_is_a_page_of_the_workbook(monkeypatch):
    monkeypatch.delenv(in_use.SETTING, raising=False)
    there = set().union(*(calls(name) for name in in_use.FILES.values()))

    named = {f"steps.{call}" for about in in_use._ABOUT.values() for call in about}
    assert named - there == set()


def test_an_address_of_another_part_leads_nowhere(in_a_room):
    in_a_room("acknowledge")

    assert in_use.leads_somewhere("01_acknowledge.ipynb#moments")
    assert in_use.leads_somewhere("00_start.ipynb#two-names")
    assert not in_use.leads_somewhere("03_amends.ipynb#limits")
    assert not in_use.leads_somewhere("/user/pair-01/voila/render/03_amends.ipynb")


def test_no_step_of_the_board_is_of_another_part():
    group = gathering.Group(name="S", first=date(2127, 1, 4), parts=("acknowledge",))
    ready = plan.plan(group.plan)
    ours = plan.within(group.parts, ready)

    pages = {item.page.partition("#")[0] for one in ours for item in one.items}
    assert pages <= {"", "start", "acknowledge"}
    assert "acknowledge" in pages
    assert [one.minutes for one in ours] == [one.minutes for one in ready]
    assert plan.within(gathering.PARTS, ready) == ready


def test_what_a_group_chose_is_told_to_its_couples_servers(tmp_path, monkeypatch):
    from evenground.app.room import settings

    made = gathering.Group(name="S", first=date(2127, 1, 4), parts=("listen", "review"))
    folder = gathering.make(made, where=tmp_path)
    told = settings._told(settings.Room(group=folder, room=tmp_path, service=""))
    monkeypatch.setenv(in_use.SETTING, told[in_use.SETTING])

    assert in_use.parts() == ("listen", "review")
