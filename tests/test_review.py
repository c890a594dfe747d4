"""The review, page by page: whose turn, what stays sealed, what each may release, what is kept."""

from __future__ import annotations

import csv
import re
from datetime import timedelta

import pytest

from evenground import content
from evenground.journal import Journal
from evenground.records.amends import DecisionRight, Promise
from evenground.records.outlook import CSI4, Intention, News, Told
from evenground.records.review import AgendaItem, CheckIn, DriftNote, OwnRoom, Verdict
from evenground.records.start import Pause
from evenground.steps import desk as desks
from evenground.steps import review
from evenground.steps.agenda import first_pick
from evenground.steps.standing import State, standings
from review_pages import HALF, MOST, TODAY, Page, answer, at, kept, promised, reviewed, settled

HELP_LINE = "If an answer here was hard to give"


def rows(home, kind):
    with (home / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What to talk about (P59) -----------------------------------------------------------------------


def test_the_first_pick_goes_in_turns_whoever_is_quicker(home):
    at(home, 60).add(AgendaItem(item="The car"), author="b")
    first = reviewed(home, 50, "444444", "444444")
    at(home, 40).add(AgendaItem(item="Leeds", after=first), author="b")  # b is quicker again
    desk = settled(home)
    assert first_pick(desk) == "a"
    desk.sit("both")
    page = Page(review.agenda())
    assert "This time Sam picks first." in page.words
    assert "Sam, what would you like to talk about?" in page.words


def test_with_nothing_picked_so_far_nobody_is_named_first(home):
    desk = settled(home)
    desk.sit("a")
    page = Page(review.agenda())
    assert "This time, whoever likes" in page.words
    page.write("Sam, what would you like to talk about?", "The car")
    page.press("Put it on the list")
    assert "This time Sam picks first." in page.words
    desk.sit("b")
    assert "The car" in Page(review.agenda()).words


def test_the_list_goes_in_turns(home):
    for item, author in (("one", "a"), ("two", "a"), ("three", "b"), ("four", "b")):
        at(home, 1).add(AgendaItem(item=item), author=author)
    settled(home).sit("both")
    words = Page(review.agenda()).words
    assert [w for w in words.split("\n") if w in {"one", "two", "three", "four"}] == [
        "one",
        "three",
        "two",
        "four",
    ]


def test_what_was_talked_about_leaves_the_list_and_the_rest_stays(home):
    for item in ("one", "two"):
        at(home, 1).add(AgendaItem(item=item), author="a")
    settled(home).sit("both")
    page = Page(review.agenda())
    page.press("We talked about it")
    assert "two" in page.words
    assert "one" not in page.words.split("\n")


# The check-in (P51) -----------------------------------------------------------------------------


def test_answers_stay_sealed_until_both_are_in_and_both_are_here(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.check_in())
    together = Page(review.open_together())
    answer(page, [MOST] * 6, working="the canary of Sam")
    assert b"the canary of Sam" not in kept(home)
    desk.sit("b")
    assert "the canary of Sam" not in page.words + together.words
    answer(page, [HALF] * 5 + ["unsaid"])
    assert "the canary of Sam" not in page.words + together.words
    desk.sit("both")
    together.press("Open both")
    assert "the canary of Sam" in together.words
    assert "Promises were kept" not in together.words  # one of them would rather not say
    sam, alex = rows(home, "checkins")
    assert (sam["kept"], alex["kept"]) == ("", "")
    assert (sam["heard"], alex["heard"]) == ("4", "3")
    desk.sit("a")
    assert "the canary of Sam" in together.words


def test_skipping_looks_the_same_as_going_on_and_keeps_what_was_given(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.check_in())
    answer(page, ["", MOST, "", "", "", ""])
    assert "Sealed. You can change it until it opens." in page.words
    (mine,) = [e for e in desk.entries(CheckIn) if e.author == "a"]
    assert (mine.record.decided, mine.record.heard) == ("", "4")


def test_a_review_that_the_other_left_open_keeps_nobody_waiting(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    answer(Page(review.check_in()), [MOST] * 6)
    for entry in desk.journal.entries(type(review_of(desk).record)):
        late = entry.record.model_copy(update={"day": TODAY - timedelta(days=30)})
        desk.journal.add(late, author="both", replaces=entry.id)
    desk.changed()
    desk.sit("a")
    page = Page(review.check_in())
    assert "is not open yet. It can stay like this." in page.words
    page.press("Start a new review")
    assert "Question 1 of 6" in page.words


def review_of(desk):
    from evenground.records.review import Review

    return desk.journal.entries(Review)[-1]


@pytest.mark.parametrize("step", ["1", "5", "unsaid", ""])
def test_the_line_on_help_is_the_same_whatever_was_answered(home, step):
    desk = settled(home)
    desk.sit("a")
    page = Page(review.check_in())
    before = [n["is"] for n in page.view.tree]
    if step:
        page.write("We decided together", step)
    assert [n["is"] for n in page.view.tree] == before
    assert page.words.count(HELP_LINE) == 1
    answer(page, [step] * 6, working="x")
    assert page.words.count(HELP_LINE) == 1


# One's own time, people and money (P55) ---------------------------------------------------------


def test_own_time_people_and_money_are_for_their_writer_alone(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.own_time())
    page.write("I had money that I could use", "2")
    page.write("What would you like more of?", "the canary of mornings")
    page.press("Keep this")
    assert "Money: Now and then." in page.words
    assert b"canary of mornings" not in kept(home)
    assert not (home / "own_room.csv").exists()
    desk.sit("b")
    assert "mornings" not in page.words
    desk.sit("both")
    assert "mornings" not in page.words
    assert not any("elease" in str(node.get("label", "")) for node in page.view.tree)
    desk.sit("a")
    page.press("Take it away")
    assert [e for e in desk.entries(OwnRoom) if e.author == "a"] == []


# One's own line ---------------------------------------------------------------------------------


def falling(home):
    for n in range(10):
        reviewed(home, 300 - 28 * n, "444444" if n < 7 else "222222", "444444")


def test_the_note_goes_to_the_person_whose_line_it_is_and_to_nobody_else(home):
    falling(home)
    desk = settled(home)
    desk.sit("a")
    page, lines = Page(review.own_line()), Page(review.lines())
    assert "lower than your usual" not in page.words
    page.press("Show my line")
    assert "Your last answers are about 2 steps lower than your usual." in page.words
    assert "No note does not mean that all is well." in page.words
    desk.sit("b")
    assert "lower" not in page.words + lines.words
    page.press("Show my line")
    assert "lower" not in page.words
    assert "No note does not mean that all is well." in page.words
    desk.sit("both")
    assert "lower" not in page.words + lines.words
    assert not (home / "drift_notes.csv").exists()


def test_a_drawing_that_comes_late_tells_the_next_person_nothing(home):
    falling(home)
    desk = settled(home)
    desk.sit("a")
    page = Page(review.own_line())
    step = page.view.on_shown.__self__
    late = step.data()
    desk.sit("b")
    page.press("Show my line")
    step.drawing(late)  # begun for a, and ready when b sits here
    desk.changed()
    assert "lower" not in page.words


def test_the_page_looks_the_same_for_both_before_the_button(home):
    falling(home)
    desk = settled(home)
    seen = []
    for who in ("a", "b"):
        desk.sit(who)
        seen.append(Page(review.own_line()).view.tree)
    assert seen[0] == seen[1]


def test_a_note_is_released_by_its_person_and_taken_back(home):
    falling(home)
    desk = settled(home)
    desk.sit("a")
    page, lines = Page(review.own_line()), Page(review.lines())
    page.press("Show my line")
    page.press("Release to Alex")
    desk.sit("b")
    assert "My last answers are lower than usual for me." in lines.words
    desk.sit("a")
    page.press("Show my line")
    page.press("Take it back")
    desk.sit("b")
    assert "lower than usual" not in lines.words
    assert desk.journal.entries(DriftNote) == []


def test_sealed_answers_count_for_ones_own_note(home):
    for n in range(9):
        reviewed(home, 270 - 28 * n, "444444" if n < 8 else "222222", "444444")
    desk = settled(home, sealed=True)
    desk.sit("a")
    answer(Page(review.check_in()), ["2"] * 6)
    page = Page(review.own_line())
    page.press("Show my line")
    assert "lower than your usual" in page.words
    desk.sit("b")
    page.press("Show my line")
    assert "lower" not in page.words


# Keep, change, stop -----------------------------------------------------------------------------


def test_what_both_wrote_stands_over_the_promises(home):
    reviewed(home, 3, "444444", "444444", to_try="a list on the door")
    settled(home).sit("both")
    assert "a list on the door" in Page(review.keep_change_stop()).words


def test_new_words_are_a_new_version_that_waits_for_its_owner(home):
    thread = promised(home)
    desk = settled(home)
    desk.sit("both")
    page = Page(review.keep_change_stop())
    page.press("Change it")
    page.write("then", "I ask Alex, and wait for a day")
    page.press("Keep the new words")
    (s,) = standings(desk.journal, TODAY)
    assert s.promise.record.then_act == "I ask Alex, and wait for a day"
    assert s.promise.record.title == "Ask before we spend"
    assert (s.promise.thread, s.state) == (thread, State.PROPOSED)
    assert [e.record.verdict for e in desk.journal.entries(Verdict)] == ["change"]
    assert len(desk.journal.history(Promise, thread)) == 2


def test_one_that_stops_runs_no_more_and_stays_in_the_chart(home):
    promised(home)
    desk = settled(home)
    desk.sit("both")
    page, due = Page(review.keep_change_stop()), Page(review.promises_due())
    page.press("Stop it")
    assert "It ends today." in page.words
    (s,) = standings(desk.journal, TODAY)
    assert s.state not in (State.LIVE, State.PROPOSED)
    assert "Ask before we spend" in due.words


def test_alone_nobody_can_keep_change_or_stop(home):
    promised(home)
    settled(home).sit("a")
    page = Page(review.keep_change_stop())
    page.view.on_press("stop", promised_thread(home), {})
    assert "Keep it" not in page.words
    assert Journal(home).entries(Verdict) == []


def promised_thread(home):
    return Journal(home).entries(Promise)[0].thread


# One thing, thanks, news ------------------------------------------------------------------------


def test_one_thing_to_count_on_is_kept_then_released_by_its_writer(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.one_thing())
    page.write("What will you do?", "I put the phone in the hall")
    page.press("Keep this")
    desk.sit("b")
    assert "phone in the hall" not in page.words
    desk.sit("a")
    page.press("Release to Alex")
    desk.sit("b")
    assert "I put the phone in the hall" in page.words
    desk.sit("a")
    page.press("I did it each time")
    desk.sit("b")
    assert "I did it each time" in page.words
    desk.sit("a")
    page.press("Take it back")
    desk.sit("b")
    assert "phone in the hall" not in page.words
    assert [e.record.came for e in desk.entries(Intention, reader="a")] == ["done"]


def test_thanks_arrive_when_they_are_released_and_only_if_the_reader_says_so(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.thanks())
    page.write("Name one thing that Alex did", "You found the early train.")
    page.press("Release to Alex")
    assert "says that this arrived" not in page.words
    desk.sit("b")
    assert "You found the early train." in page.words
    page.press("Say that it arrived")
    desk.sit("a")
    assert "Alex says that this arrived:" in page.words
    desk.sit("b")
    page.press("Take it back")
    desk.sit("a")
    assert "says that this arrived" not in page.words


@pytest.mark.parametrize(
    ("one", "two", "others"), [("yes", "yes", "may"), ("yes", "no", "not_now")]
)
def test_others_hear_of_news_if_both_say_yes_and_a_no_has_no_name(home, one, two, others):
    desk = settled(home, sealed=True)
    desk.sit("a")
    board, ask = Page(review.good_news()), Page(review.tell_others())
    board.write("What went well?", "We had one budget all summer.")
    board.press("Keep this")
    for who, said in (("a", one), ("b", two)):
        desk.sit(who)
        ask.write("May others hear of it?", said)
        ask.press("Keep my answer")
    desk.sit("both")
    ask.press("Open both")
    (told,) = desk.journal.entries(Told)
    assert told.record.others == others
    assert ("Others may hear of it." in board.words) == (others == "may")
    assert not (home / "may_tell.csv").exists()
    assert len(desk.journal.entries(News)) == 1
    if others == "may":
        desk.sit("b")
        board.press("Not any more")
        assert desk.journal.entries(Told) == []


# Turns, pauses, limits, closeness ---------------------------------------------------------------


def test_a_lead_that_is_due_is_handed_over_with_its_next_day(home):
    line = DecisionRight(
        domain="social", mode="turns", input="told by Friday", next_lead="b", next_on=TODAY
    )
    at(home, 40).add(line, author="both")
    desk = settled(home)
    desk.sit("both")
    page = Page(review.turns_and_pauses())
    assert "Alex takes the lead. That was set for" in page.words
    page.press("Set the next hand-over")
    assert page.field("Who leads next?")["value"] == "a"
    soon = (TODAY + timedelta(days=30)).isoformat()
    page.write("From which day?", soon)
    page.press("Keep this")
    (entry,) = desk.journal.entries(DecisionRight)
    assert (entry.record.next_lead, entry.record.next_on.isoformat()) == ("a", soon)
    assert (entry.record.input, entry.record.current) == ("told by Friday", "b")


def test_a_pause_nobody_came_back_from_is_picked_up_moved_or_let_go(home):
    at(home, 9).add(Pause(day=TODAY - timedelta(days=5)), author="both")
    desk = settled(home)
    desk.sit("b")
    page = Page(review.turns_and_pauses())
    assert "A pause was set to end on" in page.words
    page.write("Day", (TODAY + timedelta(days=3)).isoformat())
    page.press("Choose a new time")
    assert desk.journal.entries(Pause)[0].record.day == TODAY + timedelta(days=3)
    page.press("Let it go")
    assert desk.journal.entries(Pause) == []
    assert "author" in rows(home, "pauses")[0]
    assert {row["author"] for row in rows(home, "pauses")} == {"both"}


def test_a_big_change_is_a_reason_to_look_again_and_holds_no_limit(home):
    desk = settled(home)
    desk.sit("a")
    page = Page(review.limits_again())
    page.write("What has changed?", "work")
    page.press("Keep this")
    assert "We each had time to look" not in page.words
    desk.sit("both")
    page.press("We each had time to look")
    assert f"Looked at on {TODAY.day} " in page.words
    assert "A yes is not kept here." in page.words
    (row, again) = rows(home, "life_events")
    assert (row["event"], again["looked"]) == ("work", TODAY.isoformat())


def test_closeness_opens_for_one_alone_and_tells_nobody(home):
    desk = settled(home, sealed=True)
    before = kept(home)
    desk.sit("a")
    page = Page(review.closeness())
    page.press("Open this page")
    assert kept(home) == before  # that it was opened is kept nowhere
    page.write("What would you like to write down?", "the canary of touch")
    page.press("Keep this")
    page.write("What would you like to plan?", "a walk with no phones")
    page.press("Plan it")
    desk.sit("b")
    assert "walk" not in page.words
    assert "canary" not in page.words
    page.press("Open this page")
    assert "a walk with no phones" in page.words
    assert "canary" not in page.words
    assert b"canary of touch" not in kept(home)
    desk.sit("both")
    assert "walk" not in page.words


# The road ahead, and the four questions ---------------------------------------------------------


def test_the_road_runs_from_the_nearest_day_and_both_write_it(home):
    desk = settled(home)
    desk.sit("both")
    page = Page(review.road())
    for name, by in (("A garden", ""), ("Two rooms", "2040-05-01"), ("A course", "2039-01-01")):
        page.write("Where do you want to be?", name)
        page.write("By about which day?", by)
        page.press("Keep this")
    order = [w for w in page.words.split("\n") if w in {"A garden", "Two rooms", "A course"}]
    assert order == ["A course", "Two rooms", "A garden"]
    page.press("We are there")
    assert f"Reached on {TODAY.day} " in page.words
    desk.sit("a")
    assert "Two rooms" in page.words
    assert "Take it away" not in page.words


def test_the_card_for_hard_days_is_read_by_each(home):
    desk = settled(home)
    desk.sit("both")
    page = Page(review.hard_card())
    page.write("What do you want to remember when it is hard?", "We have done this before.")
    page.press("Keep this card")
    desk.sit("b")
    assert "We have done this before." in page.words


def test_the_four_questions_are_optional_private_and_draw_no_line(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    page = Page(review.four_questions())
    assert "happiness" not in page.words
    page.press("Show the four questions")
    asked = "Please indicate the degree of happiness, all things considered, of your relationship."
    page.write(asked, "3")
    page.write("I have a warm and comfortable relationship with my partner.", "2")
    page.write("How rewarding is your relationship with your partner?", "2")
    page.write("In general, how satisfied are you with your relationship?", "1")
    page.press("Keep these answers")
    assert "8 of 21" in page.words
    assert "Funk, J. L., & Rogge, R. D. (2007)." in page.words
    # The sum that its authors name stands nowhere; a day in a month may.
    assert re.findall(r"\b13\b(?! [A-Z])", page.words) == []
    assert not (home / "csi4.csv").exists()
    desk.sit("b")
    assert "8 of 21" not in page.words
    desk.sit("both")
    assert page.words == ""


HAPPY = (
    "Extremely unhappy, Fairly unhappy, A little unhappy, Happy, Very happy, Extremely happy, "
    "Perfect"
)
TRUE = (
    "Not at all true, A little true, Somewhat true, Mostly true, Almost completely true, "
    "Completely true"
)
MUCH = "Not at all, A little, Somewhat, Mostly, Almost completely, Completely"


def test_the_four_questions_are_word_for_word_those_of_their_authors():
    own = content.words("csi").table["verbatim"]
    answers = [", ".join(own[name][key] for key in keys) for name, keys in CSI4.items()]

    assert answers == [HAPPY, TRUE, MUCH, MUCH]
    assert own["source"].endswith("Journal of Family Psychology, 21, 572–583.")


# All pages --------------------------------------------------------------------------------------

PAGES = [
    name
    for name, made in vars(review).items()
    if getattr(made, "__module__", "") == review.__name__
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_everybody_in_an_empty_journal_and_writes_nothing(home, name):
    for who in ("", "a", "b", "both"):
        desks.clear()
        desks.desk().sit(who)
        page = Page(getattr(review, name)())
        assert "This part of the page did not open" not in page.words, who
    assert not home.exists() or kept(home) == b""
