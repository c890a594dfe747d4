"""What has a date stands on Start, nearest first, for both alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenground import steps
from evenground.journal import Journal
from evenground.records.amends import Promise, PromiseAnswer
from evenground.records.deciding import Disagreement, Goal
from evenground.records.outlook import Milestone
from evenground.records.review import PromiseMark, Review
from evenground.records.start import Meeting, Pause, Person
from pages import Page, sit

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop


def day(after):
    return TODAY + timedelta(days=after)


PROMISE = {
    "title": "Ask before we spend",
    "owner": "a",
    "if_cue": "it costs more than 150",
    "then_act": "I ask first",
    "start": TODAY.isoformat(),
    "due": day(20).isoformat(),
    "end": day(60).isoformat(),
    "tell": "a line in the log",
}


@pytest.fixture
def couple(home):
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    return journal


def test_dates_stand_nearest_first(couple):
    couple.add(Milestone(milestone="A year of Sundays", by=day(40)), author="both")
    couple.add(Meeting(day=day(3), time="16:00"), author="both")
    couple.add(Goal(goal="Swim", step="Look up the pool", who="a", by_day=day(9)), author="both")
    couple.add(Disagreement(topic="The car", trial_end=day(20)), author="both")
    sit("")
    words = Page(steps.start.home()).words
    places = [words.index(w) for w in ("Time together\n", "Look up the pool", "The car", "A year")]
    assert places == sorted(places)


def test_what_is_done_is_not_due(couple):
    couple.add(Goal(goal="Swim", step="Look up", by_day=day(9), done_on=TODAY), author="both")
    couple.add(Disagreement(topic="The car", trial_end=day(20), verdict="works"), author="both")
    sit("")
    assert "Nothing has a date yet" in Page(steps.start.home()).words


def test_a_promise_that_was_moved_is_due_on_its_new_day(couple):
    promise = couple.add(Promise.typed(PROMISE), author="b")
    couple.add(PromiseAnswer(promise=promise.id, answer="commit"), author="a")
    sit("")
    page = Page(steps.start.home())
    assert page.words.count("Ask before we spend") == 2  # its due day and its end
    mark = PromiseMark(promise=promise.thread, status="moved", moved_to=day(70))
    couple.add(mark, author="a")
    sit("")
    page = Page(steps.start.home())
    assert page.words.count("Ask before we spend") == 2
    assert page.words.index("Ends on this day") < page.words.index("First due")
    couple.add(PromiseMark(promise=promise.thread, status="done", on=TODAY), author="a")
    sit("")
    assert Page(steps.start.home()).words.count("Ask before we spend") == 1


def test_a_pause_can_be_let_go(couple):
    couple.add(Pause(day=day(2)), author="both")
    sit("")
    page = Page(steps.start.home())
    assert "A pause was set to end on this day" in page.words
    page.press("Let it go")
    assert "Nothing has a date yet" in page.words


def test_a_review_that_one_of_them_has_begun_is_not_to_be_seen_on_start(couple):
    sit("b")
    before = Page(steps.start.home()).words
    couple.add(Review(day=TODAY), author="both")
    sit("b")
    assert Page(steps.start.home()).words == before
