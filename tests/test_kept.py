"""What came of promises: the owner's word, how it felt, slips and their mending."""

from __future__ import annotations

import csv
import re
from datetime import timedelta

from evenground.records.amends import Promise, PromiseAnswer
from evenground.records.review import FeltMark, MendedMark, PromiseMark, Slip
from evenground.steps import review
from evenground.steps.due import dates
from review_pages import TODAY, Page, at, kept, promised, settled

OWNER_ASKS = "Sam, what came of it?"


def rows(home, kind):
    with (home / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_owner_alone_says_what_came_of_a_promise(home):
    promised(home)
    desk = settled(home)
    desk.sit("b")
    page = Page(review.promises_due())
    assert OWNER_ASKS not in page.words
    assert "Sam says what came of it." in page.words
    page.view.on_press("mark", desk.journal.entries(type(_promise(desk)))[0].thread, {})
    assert desk.journal.entries(PromiseMark) == []
    desk.sit("a")
    assert "You can say done, slipped or moved." in page.words
    page.write(OWNER_ASKS, "done")
    page.press("Keep this")
    assert f"Sam says done, {TODAY.day} " in page.words
    (row,) = rows(home, "promise_marks")
    assert (row["author"], row["status"], row["on"]) == ("a", "done", TODAY.isoformat())


def _promise(desk):
    from evenground.records.amends import Promise

    return desk.journal.entries(Promise)[0].record


def test_a_move_needs_its_new_day_and_then_counts_as_due(home):
    promised(home)
    desk = settled(home)
    desk.sit("a")
    page = Page(review.promises_due())
    page.write(OWNER_ASKS, "moved")
    page.press("Keep this")
    assert "Choose a day first" in page.words
    soon = TODAY + timedelta(days=9)
    page.write("To which day?", soon.isoformat())
    page.press("Keep this")
    assert f"Moved to {soon.day} " in page.words
    assert f"First due on {soon.day} " in page.words
    desk.sit("b")
    assert "How did it feel to you?" not in page.words  # nothing has come of it yet


def test_how_it_felt_is_its_readers_until_they_release_it(home):
    promised(home)
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.promises_due())
    page.write(OWNER_ASKS, "done")
    page.press("Keep this")
    desk.sit("b")
    page.write("How did it feel to you?", "not_kept")
    page.press("Keep this")
    assert "You said: It did not feel kept. Sam does not see it." in page.words
    assert not (home / "felt_marks.csv").exists()
    desk.sit("a")
    assert "feel kept" not in page.words
    desk.sit("b")
    page.press("Release to Sam")
    desk.sit("a")
    assert "Sam says done. To Alex it did not feel kept." in page.words
    desk.sit("b")
    page.press("Take it back")
    desk.sit("a")
    assert "feel kept" not in page.words
    assert desk.journal.entries(FeltMark) == []


def test_with_no_passphrase_what_was_felt_stays_on_the_page_and_can_be_released(home):
    promised(home)
    desk = settled(home)
    desk.sit("a")
    page = Page(review.promises_due())
    page.write(OWNER_ASKS, "done")
    page.press("Keep this")
    desk.sit("b")
    page.write("How did it feel to you?", "partly")
    page.press("Keep this")
    assert b"partly" not in kept(home)
    page.press("Release to Sam")
    desk.sit("a")
    assert "Alex says: Partly." in page.words


def test_what_slipped_can_be_kept_on_a_later_day_and_both_stand(home):
    promised(home)
    desk = settled(home)
    desk.sit("a")
    page = Page(review.promises_due())
    page.write(OWNER_ASKS, "slipped")
    page.press("Keep this")
    page.press("Say what came next")
    page.write(OWNER_ASKS, "done")
    page.press("Keep this")
    assert "Sam said so." in page.words
    assert "Sam says done" in page.words
    assert [e.record.status for e in desk.journal.entries(PromiseMark)] == ["slipped", "done"]
    page.press("Change this")
    page.write(OWNER_ASKS, "done")
    page.press("Keep this")
    assert [e.record.status for e in desk.journal.entries(PromiseMark)] == ["done"]


def test_a_slip_is_written_by_its_owner_and_mended_with_a_day(home):
    thread = promised(home)
    desk = settled(home)
    desk.sit("a")
    due, page = Page(review.promises_due()), Page(review.slips())
    assert "What did it cost Alex?" not in page.words
    due.write(OWNER_ASKS, "slipped")
    due.press("Keep this")
    page.write("What was agreed, and what came of it?", "I paid at once.")
    page.press("Keep this")
    page.write("Mended on", (TODAY - timedelta(days=40)).isoformat())
    page.press("Keep this")
    assert "The day it was mended is before the day it slipped." in page.words
    page.write("Mended on", TODAY.isoformat())
    page.press("Keep this")
    (entry,) = desk.journal.entries(Slip)
    assert (entry.record.promise, entry.record.mended_on) == (thread, TODAY)
    assert entry.record.what == "I paid at once."
    desk.sit("b")
    assert "I paid at once." in page.words
    assert "What did it cost Alex?" not in page.words


def test_a_slip_that_was_no_promise_can_be_said(home):
    promised(home)
    desk = settled(home)
    desk.sit("b")
    page = Page(review.slips())
    page.press("Say what slipped")
    page.write("What is it about?", "none")
    page.write("What was agreed, and what came of it?", "I read the letter.")
    page.press("Keep this")
    (entry,) = desk.journal.entries(Slip)
    assert (entry.author, entry.record.promise) == ("b", "")
    assert "I read the letter." in page.words


def test_words_that_excuse_get_a_note_beside_the_owners_slip(home):
    promised(home)
    desk = settled(home)
    desk.sit("a")
    page = Page(review.slips())
    page.press("Say what slipped")
    page.write("What is it about?", "none")
    page.write("What was agreed, and what came of it?", "I only read the first page.")
    note = page.field("What was agreed, and what came of it?")["note"]
    assert note["word"] == "I only"
    page.press("Keep this")  # it is no gate
    assert [e.record.what for e in desk.journal.entries(Slip)] == ["I only read the first page."]
    desk.sit("b")
    assert "Read the line without it." not in page.words


def test_whether_it_feels_mended_is_asked_of_the_other_and_can_be_left_empty(home):
    promised(home)
    desk = settled(home, sealed=True)
    desk.journal.add(Slip(what="I read the letter.", on=TODAY, mended_on=TODAY), author="a")
    desk.sit("a")
    page = Page(review.slips())
    assert "Does it feel mended to you?" not in page.words
    desk.sit("b")
    page.write("Does it feel mended to you?", "not_mended")
    page.press("Keep this")
    desk.sit("a")
    assert "feel mended" not in page.words
    desk.sit("b")
    page.press("Release to Sam")
    desk.sit("a")
    assert "Alex says: It does not feel mended." in page.words
    assert len(desk.journal.entries(MendedMark)) == 1


def test_nothing_counts_slips_or_promises_by_person(home):
    for n in range(3):
        promised(home, title=f"Promise {n}")
    desk = settled(home)
    for who in ("a", "b", "both"):
        desk.sit(who)
        for page in (Page(review.promises_due()), Page(review.slips())):
            assert not re.search(r"\b3\b(?! [A-Z])", page.words)  # but for a day in a month


def test_new_words_begin_a_promise_anew_and_what_came_of_the_old_ones_stays(home):
    thread = promised(home, ago=60, last=50)
    said = PromiseMark(promise=thread, status="done", on=TODAY - timedelta(days=52))
    at(home, 52).add(said, author="a")
    desk = settled(home)
    desk.sit("a")
    page = Page(review.promises_due())
    assert OWNER_ASKS not in page.words
    (old,) = desk.journal.entries(Promise)
    days = {"due": TODAY + timedelta(days=9), "end": TODAY + timedelta(days=40)}
    again = at(home, 5).add(old.record.model_copy(update=days), author="b", replaces=old.id)
    desk.journal.add(PromiseAnswer(promise=again.id, answer="commit"), author="a")
    desk.changed()
    assert "Sam says done" in page.words
    assert OWNER_ASKS in page.words
    assert [d.day for d in dates(desk.journal, TODAY, {}) if "due" in d.detail] == [days["due"]]
    page.write(OWNER_ASKS, "slipped")
    page.press("Keep this")
    drawn = Page(review.promised())
    drawn.view.on_shown()
    (figure,) = [node for node in drawn.view.tree if node["is"] == "figure"]
    assert [row[-1].split(" on ")[0] for row in figure["rows"]] == ["Slipped", "Kept, 2 days early"]
