"""The map, decisions, the load, disagreements: what happens with bad input and changes of mind."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenground.charts.decisions import Quarter
from evenground.records.amends import Decision, DecisionRight, Lead, LeadAnswer
from evenground.records.deciding import (
    Debrief,
    Disagreement,
    Goal,
    Influence,
    PracticeView,
    Threshold,
    WentAhead,
)
from evenground.records.load import SHARES, LoadLine, LoadView
from evenground.steps import days
from evenground.steps.conflict import LookBack
from evenground.steps.decide import Decisions, Influenced
from evenground.steps.disagree import Disagreements
from evenground.steps.goals import Goals
from evenground.steps.leads import Leads
from evenground.steps.load import LoadAlone, LoadBoard
from evenground.steps.map import WhoDecides, lines
from evenground.steps.practice import InPractice, MapDrawn
from evenground.steps.waits import WentAheadAlone, WhatWaits

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=60)


def newest(couple, kind):
    return couple.journal.entries(kind)[-1].record


# The map ------------------------------------------------------------------------------------------


def set_line(couple, page, key: str, **values: object) -> None:
    couple.sit("both")
    couple.press(page, "edit", key)
    couple.write(page, mode=values.pop("mode"))
    couple.write(page, **values)
    couple.press(page, "keep")


def test_an_area_is_renamed_and_taken_off_with_its_history(couple):
    page = couple.open(WhoDecides)
    set_line(couple, page, "home", mode="a")
    set_line(couple, page, "home", mode="together", domain_name="The flat")
    assert couple.says(page, "The flat")
    couple.press(page, "edit", "home")
    assert couple.says(page, "How it was before")
    assert couple.says(page, "Sam leads")
    couple.press(page, "off", "home")
    assert couple.says(page, "Taken off the map")
    thread = lines(couple.desk)["home"].thread
    assert len(couple.journal.history(DecisionRight, thread)) == 3
    couple.press(page, "on", "home")
    assert newest(couple, DecisionRight).domain_name == "The flat"
    assert newest(couple, DecisionRight).mode == "together"


def test_an_area_that_had_no_line_is_taken_off_too(couple):
    page = couple.open(WhoDecides)
    couple.sit("both")
    couple.press(page, "off", "faith")
    assert lines(couple.desk)["faith"].record.place == "off"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Who begins is not set"),
        ({"current": "a"}, "Sam leads now. The next day is not set."),
        ({"next_lead": "b", "next_on": SOON}, "Alex from"),
        ({"current": "a", "next_lead": "b", "next_on": SOON}, "Sam leads now, Alex from"),
        ({"next_lead": "b", "next_on": TODAY}, "Alex leads since"),
    ],
)
def test_a_turn_says_whose_it_is(couple, values, said):
    record = DecisionRight(domain="money", mode="turns", **values)
    couple.journal.add(record, author="both")
    assert couple.says(couple.open(WhoDecides), said)


def test_a_hand_over_that_falls_on_nobody_is_said_and_not_kept(couple):
    page = couple.open(WhoDecides)
    set_line(couple, page, "money", mode="turns", next_on=SOON.isoformat())
    assert couple.says(page, "A hand-over needs a person and a day")
    assert couple.journal.entries(DecisionRight) == []


def test_when_the_day_has_come_one_press_hands_over(couple):
    record = DecisionRight(domain="money", mode="turns", next_lead="b", next_on=TODAY)
    couple.journal.add(record, author="both")
    page = couple.open(WhoDecides)
    couple.sit("a")
    assert "handed" not in couple.keys(page)
    couple.sit("both")
    couple.press(page, "handed", "money")
    kept = newest(couple, DecisionRight)
    assert (kept.current, kept.next_lead, kept.next_on) == ("b", "", None)


def test_one_of_them_alone_changes_nothing_on_the_map(couple):
    page = couple.open(WhoDecides)
    for who in ("", "a", "b"):
        couple.sit(who)
        for key in ("edit", "off", "keep"):
            couple.press(page, key, "money")
    assert couple.journal.entries(DecisionRight) == []


def test_both_views_of_practice_open_together_and_the_map_shows_where_they_part(couple):
    couple.journal.add(DecisionRight(domain="money", mode="together"), author="both")
    page, drawn = couple.open(InPractice), couple.open(MapDrawn)
    for person, mode in (("a", "together"), ("b", "a")):
        couple.sit(person)
        couple.write(page, money=mode)
        couple.press(page, "keep")
        assert not [e for e in couple.journal.entries(PracticeView) if e.released_from]
    couple.sit("both")
    couple.press(page, "open")
    areas, names = drawn.data()
    (money,) = (area for area in areas if area.title == "Money, day to day")
    (view,) = money.views
    assert (money.agreed, view.a, view.b) == ("together", "together", "a")
    assert view.quarter == Quarter.of(TODAY)
    assert (names.a, names.b) == ("Sam", "Alex")
    made = drawn.drawing(drawn.data())
    assert made.is_drawn
    assert "split" in {sign.mark for sign in made.legend}


# Decisions ----------------------------------------------------------------------------------------


def views(couple, page, **more: object) -> None:
    couple.sit("both")
    couple.write(page, topic="The sofa", view_a="Now.", view_b="In May.", **more)


def test_the_choice_opens_once_both_views_are_here(couple):
    page = couple.open(Decisions)
    couple.sit("both")
    couple.write(page, topic="The sofa", view_a="Now.")
    couple.press(page, "open")
    assert couple.says(page, "Write a word or two here first")
    assert "keep" not in couple.keys(page)
    couple.write(page, view_b="In May.")
    couple.press(page, "open")
    couple.write(page, outcome="not_yet")
    couple.press(page, "keep")
    assert newest(couple, Decision).outcome == "not_yet"


@pytest.mark.parametrize(("amount", "waits"), [("149", False), ("150", True), ("900", True)])
def test_what_is_over_the_line_waits_before_it_is_decided(couple, monkeypatch, amount, waits):
    couple.journal.add(Threshold(amount=150, wait_days=2), author="both")
    page = couple.open(Decisions)
    views(couple, page, amount=amount)
    couple.press(page, "open")
    if not waits:
        assert "keep" in couple.keys(page)
        return
    (entry,) = couple.journal.entries(Decision)
    assert entry.record.outcome == "not_yet"
    assert entry.record.wait_until == TODAY + timedelta(days=2)
    couple.press(page, "continue", entry.thread)
    assert "keep" not in couple.keys(page)
    assert couple.says(page, "This waits until")
    monkeypatch.setattr(days, "today", lambda: TODAY + timedelta(days=2))
    couple.sit("both")
    couple.press(page, "continue", entry.thread)
    assert "keep" in couple.keys(page)
    couple.write(page, outcome="chosen")
    couple.write(page, choice="In May", why="There is time.")
    couple.press(page, "keep")
    assert newest(couple, Decision).choice == "In May"


def test_whether_my_view_changed_it_is_for_me_alone(couple):
    couple.seal("a")
    made = couple.journal.add(
        Decision(topic="The sofa", view_a="1", view_b="2", outcome="chosen", choice="May"),
        author="both",
    )
    page = couple.open(Influenced)
    couple.sit("a")
    couple.write(page, changed="a_lot")
    couple.press(page, "keep", made.thread)
    assert couple.says(page, "A lot")
    couple.sit("b")
    assert couple.journal.entries(Influence) == []
    assert '"detail": "A lot"' not in couple.shown(page)


def test_going_ahead_alone_is_said_by_the_one_who_did(couple):
    page = couple.open(WentAheadAlone)
    couple.sit("a")
    couple.write(page, what="I booked it.", on=SOON.isoformat(), told_on=TODAY.isoformat())
    couple.press(page, "keep")
    assert couple.says(page, "The day you told it is before the day itself")
    couple.write(page, on=TODAY.isoformat(), mended_on=TODAY.isoformat())
    couple.press(page, "keep")
    (entry,) = couple.journal.entries(WentAhead)
    couple.sit("b")
    assert couple.says(page, "Mended on")
    assert "edit" not in couple.keys(page)
    couple.press(page, "take_out", entry.thread)
    assert couple.journal.entries(WentAhead) != []


def test_the_line_of_both_is_set_by_both(couple):
    page = couple.open(WhatWaits)
    couple.sit("a")
    assert "keep" not in couple.keys(page)
    couple.sit("both")
    couple.write(page, amount="150", hours="4", wait_days="2")
    couple.press(page, "keep")
    assert couple.says(page, "A pause of 2 days")
    couple.press(page, "edit", couple.journal.entries(Threshold)[0].thread)
    couple.write(page, amount="lots")
    couple.press(page, "keep")
    assert couple.says(page, "This is not a number")
    assert newest(couple, Threshold).amount == 150


# Leads, goals, disagreements ----------------------------------------------------------------------


def test_a_lead_has_two_days_and_the_other_one_hands_it_over(couple):
    page = couple.open(Leads)
    couple.sit("b")
    couple.write(page, area="money", lead_from=LATER.isoformat(), lead_to=SOON.isoformat())
    couple.press(page, "keep")
    assert couple.says(page, "The end is before the start")
    couple.write(page, lead_from=TODAY.isoformat())
    couple.press(page, "keep")
    (lead,) = couple.journal.entries(Lead)
    assert "handed" not in couple.keys(page)
    couple.sit("a")
    couple.press(page, "handed", lead.id)
    assert couple.says(page, "Sam hands it over.")
    assert [e.author for e in couple.journal.entries(LeadAnswer)] == ["a"]


def test_views_open_once_each_says_that_is_it_and_a_trial_has_an_end(couple):
    page = couple.open(Disagreements)
    couple.sit("both")
    couple.write(page, topic="Leeds", heard_by_a="Two nights is a lot", fits_b="has_it")
    assert not any(name.endswith("view_a") for name in names(page))
    couple.write(page, heard_by_b="It pays more", fits_a="not_yet")
    assert not any(name.endswith("view_a") for name in names(page))
    couple.write(page, fits_a="has_it")
    couple.write(page, view_a="Go", view_b="Wait", trial="One night a week")
    couple.press(page, "keep")
    (entry,) = couple.journal.entries(Disagreement)
    couple.press(page, "edit", entry.thread)
    couple.write(page, trial_start=TODAY.isoformat())
    couple.press(page, "keep")
    assert couple.says(page, "A trial needs an end")
    couple.write(page, trial_end=SOON.isoformat(), sign="We both sleep", verdict="open")
    couple.press(page, "keep")
    assert newest(couple, Disagreement).trial_end == SOON
    assert couple.says(page, "It works if: We both sleep")


def names(step) -> list[str]:
    from evenground.forms.view import fields_of

    return [str(node["name"]) for node in fields_of(step.view.tree)]


def test_a_look_back_leaves_a_day_between(couple):
    page = couple.open(LookBack)
    couple.sit("both")
    couple.write(page, day=TODAY.isoformat(), did_to_a="I went quiet.")
    couple.press(page, "keep")
    assert couple.says(page, "Leave a day between.")
    couple.write(page, day=(TODAY - timedelta(days=1)).isoformat())
    couple.press(page, "keep")
    assert newest(couple, Debrief).did_to_a == "I went quiet."


def test_a_goal_has_a_first_step_that_gets_done(couple):
    page = couple.open(Goals)
    couple.sit("both")
    couple.write(page, goal="A garden", step="Ask about a plot", who="a")
    couple.press(page, "keep")
    couple.press(page, "done", couple.journal.entries(Goal)[0].thread)
    assert newest(couple, Goal).done_on == TODAY


# The load -----------------------------------------------------------------------------------------


def test_shared_stands_first_among_the_choices():
    assert SHARES[0] == "together"


def test_each_sees_the_load_alone_first_and_then_they_compare(couple):
    page = couple.open(LoadAlone)
    for person, share in (("a", "together"), ("b", "b")):
        couple.sit(person)
        couple.write(page, food_plan=share, food_do="turns")
        couple.press(page, "keep")
    assert couple.journal.entries(LoadView) == []
    couple.sit("both")
    couple.press(page, "open")
    shown = couple.shown(page)
    assert '["Food and cooking: to plan", "Together", "Alex", "you see it differently"]' in shown
    assert '["Food and cooking: to do", "In turns", "In turns", ""]' in shown


def test_what_is_good_enough_is_agreed_by_both(couple):
    page = couple.open(LoadBoard)
    couple.sit("both")
    couple.press(page, "keep")
    assert couple.says(page, "Nothing is chosen yet")
    couple.write(page, task="other")
    couple.press(page, "keep")
    assert couple.says(page, "Give this area a name")
    couple.write(page, task_name="The dog", notice="together", standard="Out twice a day")
    couple.press(page, "keep")
    assert newest(couple, LoadLine).task_name == "The dog"
    assert couple.says(page, "Good enough: Out twice a day")
