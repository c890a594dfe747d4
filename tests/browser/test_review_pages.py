"""Part 04 as two people use it: one laptop in turns, one page, a test for each practice.

They share a server, a page and a journal, and each begins by saying who is there.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from couple import Couple, settle
from playwright.sync_api import expect

from evenground.records.amends import DecisionRight
from evenground.records.deciding import PracticeView
from evenground.records.review import AgendaItem
from evenground.records.start import Meeting, Pause
from review_pages import TODAY, at, promised, reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

SOON = (TODAY + timedelta(days=30)).isoformat()


def history(home: Path) -> None:
    """Write a year of reviews in which Sam's answers fall, promises, a lead and an old pause."""
    for n in range(10):
        reviewed(home, 300 - 30 * n, "444444" if n < 8 else "222222", "334343")
    promised(home, title="Ask before we spend")
    promised(home, title="Knock first")
    at(home, 60).add(AgendaItem(item="The car", talked=TODAY), author="b")
    line = DecisionRight(domain="social", mode="turns", next_lead="b", next_on=TODAY)
    at(home, 40).add(line, author="both")
    for who, seen in (("a", "turns"), ("b", "a_say")):
        view = PracticeView(social=seen)
        at(home, 30).add(view, author=who, sealed=False, released_from=f"view-{who}")
    at(home, 9).add(Pause(day=TODAY - timedelta(days=5)), author="both")


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Couple]:
    """Return the couple at part 04, with Sam writing."""
    folder = tmp_path_factory.mktemp("review") / "journal"
    settle(folder)
    history(folder)
    with Couple.at(browser, folder, "04_review", "what-to-talk-about", who="Sam") as couple:
        yield couple


def test_p59_the_first_pick_goes_in_turns(walk):
    walk.be("Sam", "what-to-talk-about")
    walk.see("This time Sam picks first.")
    walk.write("Sam, what would you like to talk about?", "The winter")
    walk.press("Put it on the list")
    walk.see("The winter")
    walk.be("both", "what-to-talk-about")
    walk.see("Alex, what would you like to talk about?")
    walk.press("We talked about it")
    expect(walk.here.get_by_text("The winter")).to_have_count(0)
    assert [row["item"] for row in walk.rows("agenda")][1:] == ["The winter", "The winter"]
    assert walk.rows("agenda")[-1]["talked"] == TODAY.isoformat()


def test_p51_each_answers_alone_and_both_are_opened_together(walk):
    for name, steps in (("Sam", ["Now and then"] * 6), ("Alex", ["Most of the time"] * 5)):
        walk.be(name, "how-it-has-been-alone")
        for number, step in enumerate([*steps, "I would rather not say"][:6], start=1):
            walk.see(f"Question {number} of 6")
            walk.choose(step)
            walk.see("If an answer here was hard to give")
            walk.press("Continue")
        walk.write("What would you like to try?", f"a wish of {name}")
        walk.press("Keep my answers")
        walk.see("Change")
        assert f"a wish of {name}".encode() not in walk.kept()
    walk.does_not_see("a wish of Sam")
    walk.be("both", "open-together")
    walk.press("Open both")
    walk.see("Both answers")
    walk.see("a wish of Sam")
    walk.see("a wish of Alex")
    walk.see("A question that is not shown stays closed for both of you.")
    expect(walk.here.get_by_text("Promises were kept")).to_have_count(0)
    sam, alex = walk.rows("checkins")[-2:]
    assert (sam["heard"], alex["heard"]) == ("2", "4")
    assert (sam["kept"], alex["kept"]) == ("", "")


def test_p51_a_note_on_ones_own_line_is_seen_by_its_person_alone(walk):
    walk.be("Sam", "your-own-line-alone")
    walk.does_not_see("lower than your usual")
    walk.press("Show my line")
    # The first drawing of a sitting brings in what draws, which takes its time on a busy machine.
    note = walk.here.get_by_text("lower than your usual")
    expect(note).to_be_visible(timeout=60_000)
    walk.see("No note does not mean that all is well.")
    expect(walk.here.get_by_role("link", name="Open Help")).to_be_visible()
    walk.be("Alex", "your-own-line-alone")
    walk.does_not_see("lower than your usual")
    assert not walk.has("drift_notes")
    walk.be("Sam", "your-own-line-alone")
    walk.press("Show my line")
    walk.press("Release to Alex")
    walk.see("Released. You can take it back.")
    walk.be("Alex", "your-lines")
    walk.see("My last answers are lower than usual for me.")
    (row,) = walk.rows("drift_notes")
    assert (row["author"], row["way"]) == ("a", "down")


def test_p55_own_time_people_and_money_are_for_one_alone(walk):
    walk.be("Sam", "time-people-and-money-of-your-own")
    walk.choose("Hardly ever", within="I had time that was my own")
    walk.write("What would you like more of?", "a canary in the morning")
    walk.press("Keep this")
    walk.see("Kept. It is for you alone.")
    walk.be("Alex", "time-people-and-money-of-your-own")
    walk.does_not_see("canary in the morning")
    walk.be("both", "time-people-and-money-of-your-own")
    walk.does_not_see("canary in the morning")
    assert b"canary in the morning" not in walk.kept()
    assert not walk.has("own_room")


def test_p46_the_owner_says_done_and_the_other_says_how_it_felt(walk):
    walk.be("Sam", "promises-due")
    walk.choose("Done", within="Sam, what came of it?")
    walk.press("Keep this")
    walk.see("Sam says done")
    walk.be("Alex", "promises-due")
    walk.choose("It did not feel kept")
    walk.press("Keep this")
    walk.see("Sam does not see it.")
    walk.be("Sam", "promises-due")
    walk.does_not_see("did not feel kept")
    assert not walk.has("felt_marks")
    walk.be("Alex", "promises-due")
    walk.press("Release to Sam")
    walk.be("Sam", "promises-due")
    walk.see("Sam says done. To Alex it did not feel kept.")
    (row,) = walk.rows("felt_marks")
    assert (row["author"], row["felt"]) == ("b", "not_kept")


def test_p47_a_slip_is_said_by_its_owner_and_mended(walk):
    walk.be("Sam", "promises-due")
    walk.choose("It slipped", within="Sam, what came of it?")
    walk.press("Keep this")
    walk.see("Sam said so")
    walk.section("slips-and-putting-them-right")
    walk.write("What was agreed, and what came of it?", "I went in at once.")
    walk.write("What did it cost Alex?", "An hour of quiet.")
    walk.write("What can you put right now?", "I keep Sunday morning free.")
    walk.write("Mended on", TODAY.isoformat())
    walk.press("Keep this")
    walk.see("Mended on")
    walk.be("Alex", "slips-and-putting-them-right")
    walk.see("I went in at once.")
    walk.choose("It feels mended", within="Does it feel mended to you?")
    walk.press("Keep this")
    walk.be("Sam", "slips-and-putting-them-right")
    walk.does_not_see("It feels mended")
    (slip,) = walk.rows("slips")
    assert (slip["author"], slip["mended_on"]) == ("a", TODAY.isoformat())
    assert not walk.has("mended_marks")


def test_p48_one_thing_to_count_on_is_its_writers_to_release(walk):
    walk.be("Alex", "one-thing-to-count-on")
    walk.write("What will you do?", "I say when I will be home")
    walk.write("When, or after what?", "Before I leave")
    walk.press("Keep this")
    walk.be("Sam", "one-thing-to-count-on")
    walk.does_not_see("I say when I will be home")
    walk.be("Alex", "one-thing-to-count-on")
    walk.press("Release to Sam")
    walk.see("Released. You can take it back.")
    walk.be("Sam", "one-thing-to-count-on")
    walk.see("I say when I will be home")


def test_p51_keep_change_stop_writes_a_new_version_for_both_to_agree_on(walk):
    walk.be("both", "keep-change-stop")
    walk.press("Change it")
    walk.write("then", "I ask Alex, and wait for a day")
    walk.press("Keep the new words")
    walk.see("The new words wait in part 03.")
    walk.press("Keep it")
    walk.see("You keep it as it is.")
    versions = [row for row in walk.rows("amends") if row["title"] == "Ask before we spend"]
    assert versions[1]["replaces"] == versions[0]["id"]
    assert versions[1]["then_act"] == "I ask Alex, and wait for a day"
    assert [row["verdict"] for row in walk.rows("verdicts")] == ["change", "keep"]
    expect(walk.here.get_by_role("link", name="Write a new promise in part 03")).to_be_visible()


def test_p49_thanks_are_given_and_can_arrive(walk):
    walk.be("Sam", "thanks")
    walk.choose("Noticing and planning")
    walk.write("Name one thing that Alex did", "You found the early train.")
    walk.press("Release to Alex")
    walk.see("Released. Alex can read it.")
    walk.be("Alex", "thanks")
    walk.see("You found the early train.")
    walk.press("Say that it arrived")
    walk.see("You said that it arrived.")
    walk.be("Sam", "thanks")
    walk.see("Alex says that this arrived:")
    (row,) = walk.rows("thanks")
    assert (row["author"], row["work"]) == ("a", "planning")


def test_p50_others_hear_of_news_only_if_both_say_yes(walk):
    walk.be("both", "good-news")
    walk.write("What went well?", "One budget all summer")
    walk.press("Keep this")
    walk.see("Kept. Both of you can read it here.")
    for name, said in (("Sam", "Yes"), ("Alex", "No")):
        walk.be(name, "good-news")
        walk.choose(said, within="May others hear of it?")
        walk.press("Keep my answer")
        walk.see("Change")
    walk.be("both", "good-news")
    walk.press("Open both")
    walk.see("Not for now.")
    (row,) = walk.rows("told")
    assert row["others"] == "not_now"
    assert not walk.has("may_tell")


def test_p32_a_lead_changes_hands_and_p21_a_pause_is_let_go(walk):
    walk.be("both", "turns-and-pauses")
    walk.see("Alex takes the lead. That was set for")
    walk.press("Set the next hand-over")
    expect(walk.here.get_by_label("Sam", exact=True)).to_be_checked()
    walk.write("From which day?", SOON)
    walk.press("Keep this")
    walk.see("Sam takes the lead on")
    walk.see("A pause was set to end on")
    walk.press("Let it go")
    expect(walk.here.get_by_text("A pause was set to end on")).to_have_count(0)
    line = walk.rows("decision_rights")[-1]
    assert (line["current"], line["next_lead"], line["next_on"]) == ("b", "a", SOON)
    assert {row["author"] for row in walk.rows("pauses")} == {"both"}


def test_p41_a_big_change_leads_to_ones_own_limits(walk):
    walk.be("both", "limits-to-look-at-again")
    walk.box("What has changed?").select_option("work")
    walk.press("Keep this")
    walk.see("It marks a day, and says nothing of any limit.")
    walk.press("We each had time to look")
    walk.see("Looked at on")
    expect(walk.here.get_by_role("link", name="Your limits, in part 03")).to_be_visible()
    assert [row["event"] for row in walk.rows("life_events")] == ["work", "work"]


def test_p45_closeness_opens_for_one_alone_and_is_told_to_nobody(walk):
    walk.be("Sam", "closeness")
    expect(walk.here.get_by_role("textbox")).to_have_count(0)
    before = {path.name for path in walk.folder.iterdir()}
    walk.press("Open this page")
    walk.write("What would you like to write down?", "a canary of touch")
    walk.saved()
    walk.here.get_by_role("button", name="Keep this").last.click()
    walk.see("It is for you alone, and cannot be released.")
    walk.be("Alex", "closeness")
    walk.does_not_see("canary of touch")
    expect(walk.here.get_by_role("textbox")).to_have_count(0)
    assert b"canary of touch" not in walk.kept()
    new = {path.name for path in walk.folder.iterdir()} - before
    assert not {name for name in new if "close" in name or name.endswith(".csv")}


def test_p51_lines_of_both_are_drawn_with_their_numbers_beside(walk):
    walk.be("both", "your-lines")
    drawings = walk.here.locator("[role=img]")
    expect(drawings).to_have_count(2, timeout=60_000)
    walk.see("Two lines close together do not show that things are fair.")
    walk.box("Show").select_option("no")
    walk.see("“My no was respected”")
    walk.here.get_by_text("See the numbers").first.click()
    expect(walk.here.get_by_role("table").first).to_be_visible()
    for section in (
        "what-we-promised-what-happened",
        "who-decides-in-practice",
        "next-time",
    ):
        walk.section(section)
        walk.page.mouse.wheel(0, 2000)  # a drawing is begun when it comes into view
        expect(walk.here.locator("[role=img]").last).to_be_visible()


def test_p53_the_road_ahead_and_a_card_for_hard_days(walk):
    walk.be("both", "the-road-ahead")
    walk.write("Where do you want to be?", "An evening a week with friends")
    walk.write("How will you know that you are there?", "It is in both calendars")
    walk.write("By about which day?", SOON)
    walk.press("Keep this")
    walk.see("It is in both calendars.")
    walk.write("What do you want to remember when it is hard?", "We have done this before.")
    walk.press("Keep this card")
    walk.be("Alex", "the-road-ahead")
    walk.see("We have done this before.")
    walk.see("An evening a week with friends")
    (row,) = walk.rows("milestones")
    assert (row["author"], row["by"]) == ("both", SOON)


def test_nothing_is_wider_than_a_phone(walk):
    wide = walk.page.evaluate(
        """() => [...document.querySelectorAll("section.eg-section")].filter(section => {
          const hidden = section.hidden; section.hidden = false;
          const wide = document.documentElement.scrollWidth > window.innerWidth;
          section.hidden = hidden; return wide }).map(section => section.id)"""
    )
    assert wide == []


FINE = "Late, missed or half done is fine."
BLAME = re.compile(
    r"\b(late|missed|overdue|behind|incomplete|unfinished|failed|in a row|streak|reminder"
    r"|has not|have not|did not answer|waits? for (you|Sam|Alex))\b",
    re.IGNORECASE,
)


def test_late_missed_half_finished_and_single_handed_reviews_are_fine_and_look_fine(
    browser, tmp_path
):
    """A date went by, 4 months were skipped, one review is half told, and Alex takes no part."""
    folder = tmp_path / "journal"
    settle(folder)
    for ago in (330, 300, 170, 140):
        reviewed(folder, ago, "444444" if ago != 170 else "4-4---", "333333")
    promised(folder, ago=200, last=400)
    at(folder, 140).add(Meeting(day=TODAY - timedelta(days=110), time="16:00"), author="both")
    with Couple.at(browser, folder, "04_review", "how-it-has-been-alone", who="Sam") as walk:
        for number in (1, 2):
            walk.see(f"Question {number} of 6")
            walk.choose("Most of the time")
            walk.press("Continue")
        walk.see("Question 3 of 6")
        walk.saved()
        walk.page.reload()  # half of it told, then a day with no time for it
        walk.ready()
        walk.be("Sam", "how-it-has-been-alone")
        expect(walk.here.get_by_label("Most of the time")).to_be_checked()
        walk.press("Leave the rest and go on")
        walk.see("Three questions for you alone.")
        nobody_is_blamed(walk)
        walk.be("Sam", "your-own-line-alone")
        walk.press("Show my line")
        expect(walk.here.locator("[role=img]").first).to_be_visible(timeout=60_000)
        walk.be("Alex", "how-it-has-been-alone")
        # Nothing on Alex's pages says that Sam has begun, or how far Sam is.
        nobody_is_blamed(walk)
        walk.be("both", "open-together")
        walk.does_not_see("Both answers are in")
        nobody_is_blamed(walk)
        walk.section("next-time")
        walk.page.mouse.wheel(0, 2000)
        walk.see("Gaps are fine: pick up where you are.")
        walk.write("Day", SOON)
        walk.keep("Keep this date")
    assert [row["day"] for row in walk.rows("meetings")][-1] == SOON
    assert not walk.has("private_b")


def nobody_is_blamed(walk: Couple) -> None:
    """Read every section of the page: no word on what was left out, and no mistake marked."""
    told = " ".join(walk.page.locator("section.eg-section").all_text_contents())
    assert FINE in told
    found = {found[0] for found in BLAME.finditer(told.replace(FINE, ""))}
    assert found == set()
    assert walk.page.locator("section [role=alert], section [aria-invalid=true]").count() == 0
