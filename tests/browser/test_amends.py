"""Part 03 as two people use it: one laptop in turns, one page, a test for each practice.

They share a server, a page and a journal, and each begins by saying who is there.
"""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from couple import Couple, settle
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=60)


class Three(Couple):
    """Sam and Alex at part 03."""

    def cannot_press(self, label: str) -> None:
        """Check that nothing in view is pressed by these words."""
        expect(self.here.get_by_role("button", name=label, exact=True)).to_have_count(0)

    def lines(self, label: str) -> list[str]:
        """Return the lines of a list to choose from."""
        box = self.here.get_by_label(label, exact=True).first
        texts = box.locator("option").all_text_contents()
        return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]

    def pick_line(self, label: str, words: str) -> None:
        """Choose a line of a list by its words."""
        expect(self.here.get_by_label(label, exact=True).first).to_be_visible()
        box = self.here.get_by_label(label, exact=True).first
        box.select_option(index=self.lines(label).index(words))


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    """Return the couple at part 03, with Alex writing."""
    folder = tmp_path_factory.mktemp("amends") / "journal"
    settle(folder)
    with Three.at(browser, folder, "03_amends", "what-would-help", who="Alex") as couple:
        yield couple


def test_p26_p27_the_one_who_was_hurt_asks_and_ideas_stand_beside(walk):
    walk.be("Alex", "what-would-help")
    walk.write("What needs to be done?", "A say before our money is spent.")
    walk.write("How would you like to be treated?", "Asked, as somebody who counts.")
    walk.choose("Ask me first")
    walk.write("A short name for it", "Ask before we spend")
    walk.choose("Sam", within="Whose promise is it?")
    walk.saved()
    walk.press("Continue")
    walk.see("A say before our money is spent.")
    assert walk.rows("amends") == []


def test_p55_what_takes_somebodys_own_things_is_not_asked_for(walk):
    walk.be("Alex", "before-you-ask")
    walk.choose("It takes somebody’s own time or money")
    walk.press("Propose this")
    walk.see("This has no place in a promise")
    assert walk.rows("amends") == []
    walk.here.get_by_label("It takes somebody’s own time or money").uncheck()
    walk.choose("None of these")
    walk.press("Propose this")
    walk.see("can read it now")
    (row,) = walk.rows("amends")
    assert (row["author"], row["owner"], row["idea"]) == ("b", "a", "ask_first")
    assert row["need_feeling"] == "Asked, as somebody who counts."


def test_p25_p28_it_stays_a_draft_without_dates_and_an_end(walk):
    walk.be("Alex", "make-it-a-promise")
    walk.press("Write the promise")
    walk.write("If", "something costs more than 150")
    walk.write("then", "I ask Alex first")
    walk.write("How often, or how much?", "each time")
    walk.write("Start", TODAY.isoformat())
    walk.write("First due", SOON.isoformat())
    walk.write("How will you tell?", "A line in the log")
    walk.choose("Something done")
    walk.press("Keep the new words")
    walk.see("This has no end date yet. It stays a draft until it has one.")
    walk.be("Sam", "the-answer")
    walk.choose("I commit to this")
    walk.press("Keep this answer")
    walk.see("Sam commits to this.")
    walk.section("small-and-kept")
    walk.see("No promise runs yet.")
    walk.be("Alex", "make-it-a-promise")
    walk.press("Write the promise")
    walk.write("End", LATER.isoformat())
    walk.press("Keep the new words")
    walk.see("Proposed by")


def test_p26_the_owner_answers_and_both_agree_before_it_runs(walk):
    walk.be("Sam", "the-answer")
    walk.choose("I can do some of this")
    walk.write("In your own words", "Not for repairs to the car.")
    walk.press("Keep this answer")
    walk.see("Sam can do some of this.")
    walk.section("small-and-kept")
    walk.see("No promise runs yet.")
    walk.be("Alex", "the-answer")
    walk.see("Not for repairs to the car.")
    walk.press("It is enough")
    walk.section("small-and-kept")
    walk.see("Live from")


def test_p52_a_smaller_version_is_at_hand_and_a_mind_can_change(walk):
    walk.be("Alex", "small-and-kept")
    walk.here.get_by_text("A smaller version").click()
    walk.see("Two weeks first, then look again.")
    walk.press("I have changed my mind")
    walk.see("No promise runs yet.")
    walk.section("the-answer")
    walk.see("Alex says: not as it stands.")
    walk.be("Sam", "the-answer")
    walk.press("Answer again")
    walk.choose("I commit to this")
    walk.press("Keep this answer")
    walk.section("small-and-kept")
    walk.see("Live from")


def test_p58_a_no_needs_no_reason_and_is_not_asked_again(walk):
    walk.be("Alex", "what-would-help")
    walk.write("What needs to be done?", "A word to your brother.")
    walk.write("A short name for it", "A word to your brother")
    walk.choose("Sam", within="Whose promise is it?")
    walk.press("Continue")
    walk.press("Propose this")
    walk.see("can read it now")
    walk.be("Sam", "the-answer")
    walk.choose("I do not agree to this")
    walk.choose("Not here again")
    walk.press("Keep this answer")
    walk.see("Not agreed. It stays on the page like this. No reason is needed.")
    walk.be("Alex", "the-answer")
    walk.see("It will not be asked again here.")
    walk.cannot_press("Change the words")


def test_p29_somebody_leads_what_was_closed_to_them(walk):
    walk.be("Alex", "i-lead-this")
    walk.pick_line("Which area do you lead?", "Social plans")
    walk.write("From", LATER.isoformat())
    walk.write("To", SOON.isoformat())
    walk.press("I lead this")
    walk.see("The end is before the start")
    walk.write("From", TODAY.isoformat())
    walk.press("I lead this")
    walk.see("Sam has not said anything to it yet.")
    walk.be("Sam", "i-lead-this")
    walk.press("I hand it over")
    walk.see("Sam hands it over.")


def test_p31_p32_the_map_is_theirs_to_edit_with_turns_and_history(walk):
    walk.be("both", "who-decides-what")
    walk.here.get_by_role("button", name="Edit").first.press("Enter")
    walk.choose("In turns")
    walk.choose("Sam", within="Who leads next?")
    walk.press("Keep this line")
    walk.see("A hand-over needs a person and a day")
    walk.write("From which day?", SOON.isoformat())
    walk.write("What do you call this area?", "Our account")
    walk.press("Keep this line")
    walk.see("Our account")
    walk.see("In turns. Sam from")
    walk.here.get_by_role("button", name="Edit").first.press("Enter")
    walk.choose("Together")
    walk.press("Keep this line")
    walk.see("Together.")
    walk.here.get_by_role("button", name="Edit").first.press("Enter")
    walk.here.get_by_text("How it was before").click()
    walk.see("In turns. Sam from")
    walk.press("Leave as it was")
    assert [row["mode"] for row in walk.rows("decision_rights")] == ["turns", "together"]


def test_p31_the_map_shows_where_two_views_part(walk):
    for name, mode in (("Sam", "Together"), ("Alex", "Sam leads")):
        walk.be(name, "who-decides-what")
        walk.cannot_press("Edit")
        walk.pick_line("Big purchases", mode)
        walk.press("Keep my view")
        walk.see("Sealed. You can change it until it opens.")
    assert walk.rows("practice_views") == []
    walk.be("both", "who-decides-what")
    walk.press("Open both")
    walk.see("Both views of these 3 months are open")
    walk.see("you see it differently")
    expect(walk.here.locator("figure svg").locator("visible=true").first).to_be_visible()
    a, b = walk.rows("practice_views")
    assert (a["purchases"], b["purchases"]) == ("together", "a")


def test_p34_what_is_over_the_line_waits_and_going_ahead_is_said(walk):
    walk.be("both", "what-waits-for-both")
    walk.write("From what sum on?", "150")
    walk.write("How many days do you wait before you decide?", "2")
    walk.press("Keep this line")
    walk.see("A pause of 2 days before the two of you decide.")
    walk.section("how-we-decide")
    walk.write("What is to be decided?", "A new boiler")
    walk.write("Sam: how I see it", "Now.")
    walk.write("Alex: how I see it", "After the bill.")
    walk.write("What would it cost, in money?", "900")
    walk.press("Now decide")
    walk.see("It is over the line that the two of you set.")
    assert [row["outcome"] for row in walk.rows("decisions")] == ["not_yet"]
    walk.be("Sam", "what-waits-for-both")
    walk.write("What did you decide alone?", "I paid the deposit.")
    walk.write("On which day?", TODAY.isoformat())
    walk.write("When did you tell it?", TODAY.isoformat())
    walk.write("What can you put right now?", "I can cancel until Friday.")
    walk.press("Say it")
    walk.be("Alex", "what-waits-for-both")
    walk.see("I paid the deposit.")
    walk.see("Put right now: I can cancel until Friday.")


def test_p33_p36_both_views_first_and_each_asks_themselves(walk):
    walk.be("both", "how-we-decide")
    walk.write("What is to be decided?", "The sofa")
    walk.write("Sam: how I see it", "Now.")
    walk.press("Now decide")
    walk.see("Write a word or two here first")
    walk.write("Alex: how I see it", "In May.")
    walk.press("Now decide")
    walk.choose("We chose something")
    walk.write("What did you choose?", "In May")
    walk.write("Why this?", "There is time.")
    walk.write("What does one of you still hold to?", "Sam would like it sooner.")
    walk.write("Look again on", LATER.isoformat())
    walk.press("Keep this decision")
    walk.see("In May. Why: There is time.")
    walk.be("Alex", "how-we-decide")
    walk.choose("A lot")
    walk.press("Keep this")
    expect(walk.here.get_by_text("A lot", exact=True)).to_be_visible()
    walk.be("Sam", "how-we-decide")
    walk.choose("Not at all")
    walk.does_not_see("a_lot")
    assert walk.rows("influences") == []
    assert b"a_lot" not in walk.kept()


def test_p35_each_sees_the_load_alone_and_then_they_compare(walk):
    for name, share in (("Sam", "Together"), ("Alex", "Alex")):
        walk.be(name, "who-carries-what")
        walk.pick_line("Who plans?", share)
        # Shared stands first; before it, nothing chosen.
        assert walk.lines("Who plans?")[:2] == ["Nothing chosen", "Together"]
        walk.press("Keep my view")
        walk.see("Sealed. You can change it until it opens.")
    walk.be("both", "who-carries-what")
    walk.press("Open both")
    walk.see("you see it differently")
    walk.pick_line("Which task?", "Food and cooking")
    walk.write("What is good enough?", "A warm meal on four days")
    walk.press("Keep this task")
    walk.see("Good enough: A warm meal on four days")


def test_p40_one_press_narrows_and_widening_takes_both(walk):
    walk.be("Sam", "limits")
    walk.write("What is it?", "visits that I hear of at the door")
    walk.choose("At times")
    walk.write("When, and when not?", "When I have slept.")
    walk.press("Keep this line")
    walk.see("Kept, for you.")
    assert b"hear of at the door" not in walk.kept()
    walk.press("Release to Alex")
    walk.see("Alex can read this line.")
    walk.press("Make it a no")
    walk.see("Narrowed. It holds from now. Alex sees the limit and no reason.")
    assert walk.rows("limits")[-1]["level"] == "no"
    walk.cannot_press("Make it ‘at times’")
    walk.press("Ask for more room")
    walk.choose("At times", within="For a while, it is")
    walk.write("Until which day?", SOON.isoformat())
    walk.press("Ask for this, today")
    walk.see("today. It goes if you leave.")
    before = walk.kept()
    walk.be("Alex", "limits")
    walk.see("Sam asks if this can be wider")
    assert walk.kept() == before
    walk.press("Yes, until then")
    walk.see("It ends by itself.")
    walk.see("A yes is not kept here. Ask each time.")
    walk.press("End it now")
    walk.see("Ended. The limit is back where it was.")


def test_p42_cards_leave_nothing_behind(walk):
    walk.be("Sam", "asking-each-time")
    before = walk.kept()
    walk.see("What feels good between us at the moment?")
    walk.press("Another card")
    walk.see("What would break trust for me?")
    assert walk.kept() == before


def test_p44_p58_a_no_shows_not_now_to_both_and_not_whose(walk):
    walk.be("Alex", "trying-something-new")
    walk.write("What would you like to try?", "A day with no plan")
    walk.press("Put it on the page")
    walk.see("Choose a word that stops it first.")
    walk.write("Which word stops it?", "red")
    walk.write("When does it end?", SOON.isoformat())
    walk.press("Put it on the page")
    walk.see("Would you like to try it?")
    walk.press("I would like to")
    walk.see("Your answer waits on this page, unseen.")
    before = walk.kept()
    walk.be("Sam", "trying-something-new")
    walk.choose("From a day on")
    walk.write("From which day?", LATER.isoformat())
    assert walk.kept() == before
    walk.press("Not now")
    for name in ("Sam", "Alex"):
        walk.be(name, "trying-something-new")
        walk.see("It can be asked again from")
        walk.cannot_press("I would like to")
    assert [row["author"] for row in walk.rows("experiments")] == ["b", "both"]


def test_no_yes_is_in_any_file_on_limits(walk):
    """Run after the walk through limits and experiments: see what their files then hold."""
    for kind in ("limits", "limit_openings", "limit_refusals", "experiments", "talks"):
        for row in walk.rows(kind):
            said = {str(cell).strip().lower() for cell in row.values()}
            assert not said & {"yes", "true", "1", "agree", "agreed", "want", "ok"}, kind


def test_p37_summed_up_before_views_and_a_trial_with_an_end(walk):
    walk.be("both", "when-we-disagree")
    walk.write("What is it about?", "Leeds")
    walk.write("Sam: what does Alex think?", "Two nights is a lot.")
    walk.choose("Yes, that is it", within="Alex: is that it?")
    expect(walk.here.get_by_label("what I think")).to_have_count(0)
    walk.write("Alex: what does Sam think?", "It pays more.")
    walk.choose("Yes, that is it", within="Sam: is that it?")
    walk.write("Sam: what I think", "Go.")
    walk.write("What will you try for a while?", "One night a week")
    walk.press("Keep this sheet")
    walk.see("To try: One night a week")
    walk.press("Change")
    walk.write("Start", TODAY.isoformat())
    walk.press("Keep this sheet")
    walk.see("A trial needs an end.")
    walk.write("End", SOON.isoformat())
    walk.write("What will show that it works?", "We both sleep")
    walk.press("Keep this sheet")
    walk.see("It works if: We both sleep")


def test_p39_a_plan_for_a_loud_hour_and_a_look_back(walk):
    walk.be("both", "when-it-gets-loud")
    walk.write("How does each of you call a time out?", "A hand on the table")
    walk.write("Which words help you to come back to each other?", "I want to get back to you.")
    walk.press("Keep this plan")
    walk.see("A time out: A hand on the table")
    walk.write("On which day was it?", TODAY.isoformat())
    walk.write("Sam: what it did to me", "I went quiet.")
    walk.press("Keep these lines")
    walk.see("Leave a day between.")
    walk.write("On which day was it?", (TODAY - timedelta(days=2)).isoformat())
    walk.press("Keep these lines")
    walk.see("Looking back")


def test_p38_a_goal_and_its_first_step(walk):
    walk.be("both", "goals-and-first-steps")
    walk.write("What do you both want?", "A garden")
    walk.write("What is one small step?", "Ask about a plot")
    walk.choose("Sam", within="Who takes it?")
    walk.press("Keep this goal")
    walk.press("The step is done")
    walk.see("Done on")


def test_p30_the_agreement_its_versions_and_two_private_words(walk):
    walk.be("both", "your-agreement-on-one-page")
    walk.write("What do you let each other know?", "Both see the account.")
    walk.press("Keep this version")
    walk.see("Version 1")
    for name in ("Sam", "Alex"):
        walk.be(name, "your-agreement-on-one-page")
        walk.choose("I can live with this")
        walk.press("Keep my answer")
        walk.see("Sealed. You can change it until it opens.")
    walk.be("both", "your-agreement-on-one-page")
    walk.press("Open both")
    walk.see("Both of you can live with this version.")


def test_p24_the_dates_go_into_a_calendar_that_tells_nothing(walk):
    walk.be("both", "your-agreement-on-one-page")
    with walk.page.expect_download() as caught:
        walk.press("Calendar file")
    text = caught.value.path().read_text(encoding="utf-8")
    assert text.count("SUMMARY:Time together") == text.count("BEGIN:VALARM") > 1
    assert "Sam" not in text
    assert "spend" not in text


def test_p30_the_file_prints_with_nothing_cut(walk, browser, tmp_path):
    walk.be("both", "your-agreement-on-one-page")
    with walk.page.expect_download() as caught:
        walk.press("Save it as a file")
    page = browser.new_page(viewport={"width": 650, "height": 900})  # A4 within its margins
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(caught.value.path().read_text(encoding="utf-8"))
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((one) =>
             one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline" &&
             !(one instanceof SVGElement)).map((one) => one.textContent)"""
    )
    words = page.locator("body").inner_text()
    pdf = tmp_path / "page.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True)
    page.close()
    assert cut == []
    assert asked == []
    printed = read(pdf)
    for word in words.split():
        assert word.strip("\u2068\u2069") in printed, word
    assert "Both see the account." in " ".join(printed.split())


def test_p30_print_puts_the_page_alone_on_paper(walk, tmp_path):
    walk.be("both", "your-agreement-on-one-page")
    walk.page.evaluate("window.print = () => { window.printed = true }")
    walk.press("Print this page")
    walk.page.wait_for_function("window.printed")
    pdf = tmp_path / "page.pdf"
    walk.page.pdf(path=pdf, prefer_css_page_size=True)
    printed = " ".join(read(pdf).split())
    for words in ("Our agreement", "Both see the account.", "I ask Alex first", "Our account"):
        assert words in printed, words
    for words in ("Print this page", "is writing", "Keep this version", "Leave this page"):
        assert words not in printed, words
    walk.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(walk.page.locator(".eg-sheet")).to_have_count(0)


def read(pdf: Path) -> str:
    """Return the text of a PDF, as another program reads it."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.replace("\u2068", "").replace("\u2069", "")


def test_p57_p60_there_is_a_path_for_one_person(walk):
    walk.be("Sam", "if-you-do-this-alone")
    walk.see("You owe no plan to make someone else change.")
