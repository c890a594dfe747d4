"""Part 02 without a browser: three tries, the door's answers, moments one by one, one person."""

from __future__ import annotations

import inspect
import json

import pytest

from evenground.forms.view import fields_of
from evenground.journal import Journal
from evenground.records.acknowledge import Acknowledgement, Moment
from evenground.records.controls import Choice
from evenground.records.door import Delivery
from evenground.records.listen import Round, Turn
from evenground.records.registry import kinds
from evenground.records.start import Person
from evenground.steps import acknowledge, alone, listen
from evenground.steps.about_moment import Cost
from evenground.steps.door import Door
from evenground.steps.moments import Moments
from evenground.steps.say_back import SayBack
from pages import Page, presses_of, sit
from two_people import Couple

LETTER = "I booked it and paid from our account."


@pytest.fixture
def couple(home):
    """Return Sam and Alex at one page, both with a passphrase, and a draft of Sam's."""
    found = Couple(home)
    found.seal("a", "b")
    found.journal.add(Acknowledgement(did=LETTER), author="a")
    return found


def cells(part):
    """Return the functions that show the cells of a part."""
    return [made for made in vars(part).values() if inspect.isfunction(made)]


# A turn -------------------------------------------------------------------------------------------


def test_p14_after_three_tries_a_pause_is_offered_and_no_fourth_box(couple):
    couple.journal.add(Turn(speaker="b", floor="spoken"), author="both")
    couple.sit("both")
    step = couple.open(SayBack)
    for count in (1, 2, 3):
        assert couple.says(step, f"Try {count} of 3")
        assert not couple.says(step, "That was 3 tries")
        couple.write(step, heard=f"Try {count}.", verdict="not_yet")
        couple.write(step, missing="Not that.")
        couple.press(step, "round")

    assert couple.says(step, "You can go on, pause, or bring it to the next meeting.")
    assert {"skip", "pause", "next_time"} <= set(couple.keys(step))
    assert "round" not in couple.keys(step)
    assert len(couple.journal.entries(Round)) == 3
    couple.press(step, "next_time")
    assert couple.journal.entries(Turn)[-1].record.ended == "next_time"


def test_p20_the_rules_that_both_chose_are_the_banner_of_a_turn(couple):
    for who, picks in (("a", ["own", "no_screens"]), ("b", ["own", "one_voice"])):
        couple.sit(who)
        rules = Page(listen.ground_rules())
        rules.write("Which rules would help you?", picks)
        rules.press("Keep my picks")
    couple.sit("both")
    Page(listen.ground_rules()).press("Open both")
    couple.journal.add(Turn(speaker="b"), author="both")

    (banner,) = [n for n in listen.floor().tree if n["is"] == "panel"]
    assert banner["items"] == ["Speak for yourself"]


def test_p12_p9_a_topic_is_closed_with_no_reason_and_a_question_comes_once_it_is_released(couple):
    couple.sit("a")
    pace = Page(acknowledge.pace())
    pace.write("With a helper", ["money"])
    pace.press("Keep my pace")
    question = Page(acknowledge.question())
    question.write("What would you like to ask Alex?", "How was that week?")
    question.press("Keep this")
    couple.sit("both")
    floor = Page(listen.floor())
    assert "Sam: Money" in floor.words
    assert "helper" not in floor.words
    assert "How was that week?" not in floor.words
    couple.sit("a")
    question.press("Release to Alex")
    couple.sit("both")

    assert "How was that week?" in floor.words
    floor.press("Take this")
    assert floor.field("What is it about?")["value"] == "How was that week?"


# The door -----------------------------------------------------------------------------------------

CLOSED = {
    "not_now": {"door": "not_now"},
    "unwanted": {"door": "unwanted"},
    "need_first": {"door": "need_first", "need": "To hear it from you."},
    "kept for later": {"door": "open", "how": "later", "day": "2031-03-01"},
}


@pytest.mark.parametrize("answer", CLOSED)
def test_p1_an_answer_that_leaves_it_closed_is_seen_by_its_reader_alone(couple, answer):
    couple.sit("a")
    door = couple.open(Door)
    couple.press(door, "take")
    couple.sit("a")
    before = couple.shown(door)
    assert "At the door, closed." in before
    couple.sit("b")
    assert LETTER not in couple.shown(door)
    couple.write(door, **CLOSED[answer])
    couple.press(door, "answer")
    mine = couple.shown(door)
    assert ("Your day" if "day" in CLOSED[answer] else "You chose") in mine
    assert LETTER not in mine
    couple.sit("a")

    assert couple.shown(door) == before
    assert "To hear it" not in before
    couple.sit("b")
    couple.press(door, "tell")
    couple.sit("a")
    assert couple.shown(door) != before


@pytest.mark.parametrize("how", ["here", "aloud"])
def test_p1_it_opens_when_its_reader_says_so_and_as_they_say(couple, how):
    couple.sit("a")
    door = couple.open(Door)
    couple.press(door, "take")
    couple.sit("b")
    couple.write(door, door="open", how=how)
    couple.press(door, "answer")

    assert LETTER in couple.shown(door)
    folded = [n for n in door.view.tree if n["is"] == "details"]
    assert bool(folded) == (how == "aloud")
    assert LETTER in json.dumps(folded) or how == "here"
    couple.sit("a")
    assert "It was read. It does not mean more than that." in couple.shown(door)
    assert couple.journal.entries(Delivery) == []


# Moments, one by one ------------------------------------------------------------------------------


def test_p2_more_than_one_moment_is_kept_revisited_and_released_one_by_one(couple):
    couple.sit("a")
    step = couple.open(Moments)
    for act in ("The trip was booked.", "The guests were there."):
        couple.write(step, act=act)
        couple.press(step, "keep")
    first, second = (e.thread for e in couple.journal.entries(Moment, reader="a"))
    couple.press(step, "change", first)
    couple.write(step, act="The trip was paid for.")
    couple.press(step, "keep")
    couple.press(step, "release", second)
    couple.sit("b")

    assert couple.says(step, "The guests were there.")
    assert not couple.says(step, "The trip was")
    couple.sit("a")
    kept = [e.record.act for e in couple.journal.entries(Moment, reader="a") if e.sealed]
    assert kept == ["The trip was paid for.", "The guests were there."]


def test_p4_a_word_of_ones_own_has_its_box_as_soon_as_it_is_chosen(couple):
    couple.journal.add(Moment(act="The trip was booked."), author="a")
    couple.sit("a")
    step = couple.open(Cost)
    assert not couple.says(step, "Another word for it")
    couple.write(step, feelings={"left_out": 4, "other": 0})
    couple.write(step, feeling_words="Passed over")
    couple.press(step, "keep")

    (moment,) = couple.journal.entries(Moment, reader="a")
    assert moment.record.feelings == {"left_out": 4, "other": 0}
    assert moment.record.feeling_words == "Passed over"


# Skipped, unsure, and alone -----------------------------------------------------------------------

LEAVES_IT = {"skip", "next", "leave", "end"}


@pytest.mark.parametrize("who", ["a", "both"])
def test_every_prompt_has_a_button_beside_keep_that_leaves_it_empty(couple, who):
    couple.journal.add(Moment(act="The trip was booked."), author="a")
    couple.journal.add(Turn(speaker="b", floor="spoken"), author="both")
    couple.sit(who)
    asked = []
    for made in (*cells(acknowledge), *cells(listen), alone.ways):
        tree = made().tree
        if list(fields_of(tree)):
            asked.append(made.__name__)
            keys = [b["key"] for n in tree if n["is"] == "buttons" for b in n["items"]]
            assert len(keys) > 1, made.__name__
            assert LEAVES_IT & set(keys), made.__name__

    assert len(asked) > (4 if who == "both" else 12), asked


# Who speaks, whose feeling it is, the speaker's three words, how often somebody has to sign in, and
# the answers and ways of the door: these have words of their own for what is open.
WHOLE = {"turns", "rounds", "rests", "openings", "door_answers"}
PLAIN = {("moments", "whose")}


def test_p43_not_sure_yet_is_on_every_choice_of_the_first_parts():
    choices = [
        (kind.kind, name, control.options)
        for kind in kinds().values()
        if kind.part in ("start", "acknowledge", "listen", "alone") and kind.kind not in WHOLE
        for name, control in kind.controls()
        if isinstance(control, Choice)
    ]

    assert len(choices) > 12
    sure = {(kind, name) for kind, name, options in choices if "unsure" not in options}
    assert sure == PLAIN


JOINT = ("floor", "say_back", "meant", "hard_thing", "changes")


@pytest.mark.parametrize("name", JOINT)
def test_one_person_is_shown_a_way_on_where_a_page_is_for_two(home, name):
    Journal(home).add(Person(name="Sam"), author="a")
    sit("a")
    page = Page(getattr(listen, name)())

    assert "By yourself, you can go on." in page.words
    assert "Both of us" not in page.words
    assert [b["key"] for b in presses_of(page.view.tree)] == ["skip"]
    assert "#if-you-do-this-alone" in [n.get("href") for n in page.view.tree]


@pytest.mark.parametrize("part", [acknowledge, listen])
def test_one_person_finds_a_way_on_at_every_step(home, part):
    Journal(home).add(Person(name="Sam"), author="a")
    sit("a")
    assert len(cells(part)) > 10
    for made in cells(part):
        page = Page(made())
        assert presses_of(page.view.tree), made.__name__
        assert "Both of us" not in page.words, made.__name__
