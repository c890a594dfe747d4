"""Promises as two people agree on them: what makes one live, and what cannot."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from evenground.journal import Journal
from evenground.records.acknowledge import Moment
from evenground.records.amends import Promise, PromiseAnswer, PromiseApproval, PromiseEnd
from evenground.steps.promises import Answers, MakeItAPromise
from evenground.steps.propose import BeforeYouAsk, WhatWouldHelp
from evenground.steps.running import MoreThanThree, Running
from evenground.steps.standing import State, standings

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=60)


def whole(**fields: object) -> Promise:
    given = {
        "title": "Ask before we spend",
        "need": "A say before our money is spent.",
        "owner": "a",
        "if_cue": "it costs more than 150",
        "then_act": "I ask first",
        "start": TODAY.isoformat(),
        "due": SOON.isoformat(),
        "end": LATER.isoformat(),
        "tell": "a line in the log",
    }
    return Promise.typed(given | fields)


def states(journal: Journal, day: date = TODAY) -> list[State]:
    return [s.state for s in standings(journal, day)]


def agreed(journal: Journal, **fields: object) -> None:
    promise = journal.add(whole(**fields), author="b")
    journal.add(PromiseAnswer(promise=promise.id, answer="commit"), author="a")


# From a need to a promise that runs ---------------------------------------------------------------


def test_two_people_go_from_a_need_to_a_promise_that_runs(couple):
    help_, ask = couple.open(WhatWouldHelp), couple.open(BeforeYouAsk)
    answers, words = couple.open(Answers), couple.open(MakeItAPromise)
    couple.sit("b")
    couple.write(help_, need="A say in it", need_feeling="Asked", title="Ask first", owner="a")
    assert couple.journal.entries(Promise) == []
    couple.press(help_, "go_on")
    assert "A say in it" in couple.shown(ask)
    couple.write(ask, reasons=["none"])
    couple.press(ask, "propose")
    (draft,) = couple.journal.entries(Promise)
    assert states(couple.journal) == [State.DRAFT]

    couple.sit("a")
    couple.press(words, "write", draft.thread)
    couple.write(words, if_cue="it costs", then_act="I ask", start=TODAY.isoformat())
    couple.write(words, due=SOON.isoformat(), end=LATER.isoformat(), tell="The log")
    couple.press(words, "commit_words")
    assert states(couple.journal) == [State.ANSWERED]  # the owner's words need the other's

    couple.sit("b")
    couple.press(answers, "enough", draft.thread)
    assert states(couple.journal) == [State.LIVE]
    assert couple.says(couple.open(Running), "Live from")


@pytest.mark.parametrize("missing", ["title", "owner", "start", "due", "end", "tell", "then_act"])
def test_nothing_is_live_while_a_part_is_missing(home, missing):
    journal = Journal(home)
    promise = journal.add(whole(**{missing: ""}), author="b")
    journal.add(PromiseAnswer(promise=promise.id, answer="commit"), author="a")

    assert states(journal) == [State.DRAFT]


@pytest.mark.parametrize("author", ["a", "both"])
def test_a_promise_in_its_owners_words_needs_the_other_one(home, author):
    journal = Journal(home)
    promise = journal.add(whole(), author=author)
    answer = journal.add(PromiseAnswer(promise=promise.id, answer="commit"), author="a")
    assert states(journal) == [State.ANSWERED]

    journal.add(PromiseApproval(answer=answer.id, enough="yes"), author="a")
    assert states(journal) == [State.ANSWERED]  # not with the owner's own approval

    journal.add(PromiseApproval(answer=answer.id, enough="yes"), author="b")
    assert states(journal) == [State.LIVE]


def test_new_words_need_a_new_answer(home):
    journal = Journal(home)
    agreed(journal)
    (promise,) = journal.entries(Promise)
    journal.add(whole(then_act="I ask, and wait a day"), author="b", replaces=promise.id)

    assert states(journal) == [State.PROPOSED]


def test_a_part_or_help_is_live_when_the_other_one_says_it_is_enough(home):
    journal = Journal(home)
    promise = journal.add(whole(), author="b")
    answer = journal.add(
        PromiseAnswer(promise=promise.id, answer="part", words="Not for repairs"), author="a"
    )
    assert states(journal) == [State.ANSWERED]
    journal.add(PromiseApproval(answer=answer.id, enough="no"), author="b")
    assert states(journal) == [State.NOT_ENOUGH]
    journal.add(PromiseApproval(answer=answer.id, enough="yes"), author="b")
    assert states(journal) == [State.LIVE]


# By no other route --------------------------------------------------------------------------------


def edit(home: Path, kind: str, column: str, value: str) -> None:
    """Edit the last row of a file as somebody would in a text editor."""
    path = home / f"{kind}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[-1][column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[-1]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def test_an_end_written_into_the_file_makes_nothing_live(home):
    journal = Journal(home)
    agreed(journal, end="")
    edit(home, "amends", "end", LATER.isoformat())

    assert states(Journal(home)) == [State.PROPOSED]


@pytest.mark.parametrize(("column", "value"), [("answer", "commit"), ("author", "a")])
def test_an_answer_edited_in_the_file_agrees_to_nothing(home, column, value):
    journal = Journal(home)
    promise = journal.add(whole(), author="b")
    author, said = ("b", "commit") if column == "author" else ("a", "no")
    journal.add(PromiseAnswer(promise=promise.id, answer=said), author=author)
    edit(home, "amends_answers", column, value)

    assert State.LIVE not in states(Journal(home))


def test_a_no_edited_away_leaves_nothing_live(home):
    journal = Journal(home)
    agreed(journal)
    (answer,) = journal.entries(PromiseAnswer)
    journal.add(PromiseApproval(answer=answer.id, enough="no"), author="b")
    for column, value in (("enough", "yes"), ("answer", "e0"), ("author", "a")):
        edit(home, "amends_approvals", column, value)
        assert State.LIVE not in states(Journal(home)), column


def test_an_end_edited_away_leaves_it_ended(home):
    journal = Journal(home)
    agreed(journal)
    (promise,) = journal.entries(Promise)
    journal.add(PromiseEnd(promise=promise.thread), author="b")
    edit(home, "amends_ends", "author", "a")

    assert states(Journal(home)) == [State.TAKEN_AWAY]


# Few at a time ------------------------------------------------------------------------------------


def test_a_fourth_waits_until_one_of_three_ends(couple):
    for number in range(4):
        agreed(
            couple.journal, title=f"Number {number}", end=(LATER + timedelta(number)).isoformat()
        )
    assert states(couple.journal) == [State.LIVE] * 3 + [State.NEXT]
    running = couple.open(Running)
    couple.sit("b")
    assert couple.says(running, "Now 3 are live")
    (first, *_) = standings(couple.journal, TODAY)
    couple.press(running, "take_away", first.promise.thread)
    assert states(couple.journal) == [State.TAKEN_AWAY] + [State.LIVE] * 3
    assert couple.says(running, "Ended early")


@pytest.mark.parametrize(("a", "b", "live"), [("five", "five", 4), ("five", "three", 3)])
def test_more_than_three_run_if_both_say_so_each_alone(couple, a, b, live):
    for number in range(4):
        agreed(couple.journal, title=f"Number {number}")
    more = couple.open(MoreThanThree)
    for person, most in (("a", a), ("b", b)):
        couple.sit(person)
        couple.write(more, most=most)
        couple.press(more, "keep")
        assert states(couple.journal).count(State.LIVE) == 3
    couple.sit("both")
    couple.press(more, "open")
    assert states(couple.journal).count(State.LIVE) == live
    assert couple.says(more, "Both of you wanted more") == (live == 4)


# Minds change ------------------------------------------------------------------------------------


def test_the_one_who_was_hurt_can_change_their_mind_while_it_runs(couple):
    agreed(couple.journal)
    (s,) = standings(couple.journal, TODAY)
    running = couple.open(Running)
    couple.sit("a")
    assert "changed_mind" not in couple.keys(running)
    couple.sit("b")
    couple.press(running, "changed_mind", s.promise.thread)
    assert states(couple.journal) == [State.NOT_ENOUGH]


def test_a_no_closes_it_for_as_long_as_its_sayer_sets(couple):
    promise = couple.journal.add(whole(), author="b")
    answers = couple.open(Answers)
    couple.sit("a")
    couple.write(answers, answer="no", again="from", again_on=SOON.isoformat())
    couple.press(answers, "answer", promise.thread)
    assert states(couple.journal) == [State.REFUSED]
    couple.sit("b")
    assert couple.says(answers, "It can be asked again from")
    assert "change" not in couple.keys(answers)
    couple.press(answers, "change", promise.thread)  # not by a press of an older page, either
    couple.sit("a")
    couple.press(answers, "answer_again", promise.thread)
    couple.write(answers, answer="commit")
    couple.press(answers, "answer", promise.thread)
    assert states(couple.journal) == [State.LIVE]


# Before it is asked for ---------------------------------------------------------------------------


def test_what_has_no_place_in_a_promise_is_not_proposed(couple):
    ask = couple.open(BeforeYouAsk)
    help_ = couple.open(WhatWouldHelp)
    couple.sit("b")
    couple.write(help_, need="Show me your phone each evening", title="Phone", owner="a")
    couple.write(ask, reasons=["none", "watching"])
    couple.press(ask, "propose")
    assert couple.journal.entries(Promise) == []
    assert couple.says(ask, "This has no place in a promise")
    assert couple.says(ask, "Show me your phone")


def test_ideas_follow_what_the_writers_own_moments_narrowed(couple):
    moment = Moment.typed({"act": "The account was closed to me.", "narrowed": ["spend"]})
    couple.seal("b")
    couple.journal.add(moment, author="b")
    help_ = couple.open(WhatWouldHelp)
    couple.sit("b")
    first = couple.options(help_, "idea")
    assert {"ask_first", "open_books", "own"} <= set(first)
    assert "people_back" not in first
    couple.press(help_, "all_ideas")
    assert "people_back" in couple.options(help_, "idea")
    couple.sit("a")
    assert "people_back" in couple.options(help_, "idea")  # nothing of b's moments is told


def test_dates_in_the_wrong_order_are_said_and_nothing_is_lost(couple):
    promise = couple.journal.add(whole(), author="b")
    words = couple.open(MakeItAPromise)
    couple.sit("b")
    couple.press(words, "change", promise.thread)
    couple.write(words, due=LATER.isoformat(), end=SOON.isoformat(), tell="A list at the door")
    couple.press(words, "new_words")
    assert couple.says(words, "The end is before the due date")
    assert couple.shown(words).count("A list at the door") == 1
    assert len(couple.journal.history(Promise, promise.thread)) == 1


def test_the_questions_before_a_promise_lead_to_the_boxes_while_nothing_is_written(couple):
    ask = couple.open(BeforeYouAsk)
    help_ = couple.open(WhatWouldHelp)
    couple.sit("b")
    assert "propose" not in couple.keys(ask)
    assert "boxes" in couple.keys(ask)
    couple.write(help_, need="To be asked first")
    assert "propose" in couple.keys(ask)
    couple.write(help_, need="")
    assert "propose" not in couple.keys(ask)
