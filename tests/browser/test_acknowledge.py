"""The practices of part 01, each as two people would do it, and what each may then see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sat import Evening
from walk import said

from serving import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ACT = "What happened? Tell it as a camera would show it."


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """Return one page of one couple for the whole module: Sam and Alex, both with a passphrase."""
    with Evening.of(browser, tmp_path_factory.mktemp("evening") / "journal", Server) as found:
        yield found


@pytest.fixture
def part(evening: Evening) -> Callable[..., Evening]:
    """Return `part(section, who)`: that section of part 01, with somebody writing."""
    return lambda section, who="Sam": evening.at("01_acknowledge", section, who)


def test_p2_a_moment_is_told_as_a_camera_would_and_its_writer_alone_sees_it(part):
    at = part("moments")
    at.walk.choose("Money")
    at.walk.write("When, roughly?", "March")
    at.walk.write(ACT, "I booked it before dinner.")
    at.walk.choose("Yes, all that I wrote")
    at.walk.choose("Nobody was asked")
    at.walk.keep("Keep this moment")
    at.walk.see("Your moments")
    at.nowhere_in_the_files("booked it before dinner")

    part("moments", "Alex")
    at.walk.does_not_see("booked it before dinner")
    part("moments")
    at.walk.see("I booked it before dinner.")
    assert not (at.home / "moments.csv").exists()


def test_p3_where_one_stood_belongs_to_the_moment(part):
    at = part("where-you-stood")
    at.walk.see("I booked it before dinner.")
    at.walk.choose("I had more say")
    at.walk.keep("Continue")
    part("where-you-stood")
    expect(at.walk.here.get_by_label("I had more say")).to_be_checked()
    assert not (at.home / "moments.csv").exists()
    part("where-you-stood", "Alex")
    at.walk.see("No moment is written yet.")
    at.walk.does_not_see("I booked it before dinner.")


def test_p4_what_the_other_felt_is_marked_as_a_guess(part):
    at = part("what-it-cost")
    at.walk.choose("My guess of what Alex felt")
    at.walk.choose("Left out")
    at.walk.choose("a lot", within="Left out")
    at.walk.choose("Another word")
    at.walk.write("Another word for it", "Passed over")
    at.walk.keep("Continue")
    at.walk.see("How did it come across as control?")
    at.nowhere_in_the_files("Passed over")
    part("what-it-cost", "Alex")
    at.walk.see("No moment is written yet.")
    at.walk.does_not_see("Passed over")
    part("what-it-cost")
    expect(at.walk.box("Another word for it")).to_have_value("Passed over")


def test_p5_a_page_on_trust_and_desire_stays_shut_unless_it_is_opened(part):
    at = part("what-it-cost")
    expect(at.walk.here.get_by_label("What did it do to your trust?")).to_have_count(0)
    at.walk.keep("Open that page")
    at.walk.write("What did it do to your trust?", "I look twice now.")
    at.walk.keep("Keep this page")
    at.nowhere_in_the_files("look twice now")
    part("what-it-cost", "Alex")
    at.walk.does_not_see("look twice now")
    part("what-it-cost")
    expect(at.walk.here.get_by_label("What did it do to your trust?")).to_have_count(0)


def test_p5_that_page_is_read_by_the_other_once_its_writer_releases_it(part):
    at = part("what-it-cost")
    at.walk.press("Open that page")
    expect(at.walk.box("What did it do to your trust?")).to_have_value("I look twice now.")
    at.walk.keep("Release to Alex")
    part("what-it-cost", "Alex")
    at.walk.see("What it did to my trust")
    at.walk.see("I look twice now.")
    (row,) = at.rows("traces")
    assert (row["author"], row["trust"]) == ("a", "I look twice now.")
    part("what-it-cost")
    at.walk.press("Open that page")
    at.walk.keep("Take it back")
    at.walk.see("If Alex has read it, that cannot be undone.")
    at.nowhere_in_the_files("I look twice now.")
    part("what-it-cost", "Alex")
    at.walk.does_not_see("I look twice now.")


def test_p6_what_it_narrowed_is_asked_about_the_other_by_who_had_more_say(part):
    at = part("what-it-narrowed")
    at.walk.choose("What Alex can spend")
    at.walk.write("How did it come across as control?", "It was paid for.")
    at.walk.keep("Continue")
    at.walk.see("Some ways of acting were learned long ago")
    at.nowhere_in_the_files("It was paid for.")
    part("what-it-narrowed", "Alex")
    at.walk.see("No moment is written yet.")
    at.walk.does_not_see("It was paid for.")
    part("what-it-narrowed")
    expect(at.walk.here.get_by_label(said("What Alex can spend"))).to_be_checked()
    assert not (at.home / "moments.csv").exists()


def test_a_released_moment_is_read_by_the_other_and_taken_back_leaves_the_file(part):
    at = part("moments")
    at.walk.keep("Release to Alex")
    part("moments", "Alex")
    at.walk.see("I booked it before dinner.")
    at.walk.see("A guess of what Alex felt: Left out")
    at.walk.see("It narrowed: What Alex can spend")
    part("moments")
    at.walk.keep("Take it back")
    at.walk.see("If Alex has read it, that cannot be undone.")
    at.nowhere_in_the_files("booked it before dinner")


def test_p7_who_has_more_room_opens_for_both_and_says_no_verdict(part):
    at = part("where-each-of-us-has-more-room")
    for name, first in (("Sam", "Alex"), ("Alex", "About the same")):
        part("where-each-of-us-has-more-room", name)
        at.walk.see("Question 1 of 8")
        at.walk.choose(first)
        at.walk.choose("Who earns")
        at.walk.press("Continue")
        at.walk.see("Question 2 of 8")
        at.walk.choose("Not sure yet")
        at.walk.press("Continue")
        for number in range(3, 9):
            at.walk.see(f"Question {number} of 8")
            at.walk.press("Skip this")
        at.walk.keep("Keep my answers")
    at.walk.does_not_see("You see it in two ways")
    assert not (at.home / "rooms.csv").exists()
    at.both()
    at.walk.section("where-each-of-us-has-more-room")
    at.walk.keep("Open both")
    at.walk.see("You see it in two ways")
    at.walk.see("You see it alike")
    at.walk.see("The other questions stay closed.")
    for name in ("Sam", "Alex"):
        part("where-each-of-us-has-more-room", name)
        at.walk.see("You see it in two ways")
    assert [row["money"] for row in at.rows("rooms") if row["money"]] == ["b", "alike"]


def test_p8_an_old_way_stays_with_its_writer_and_has_no_button_to_release_it(part):
    at = part("older-than-the-two-of-you")
    at.walk.write("Then: where did you learn it?", "At our table, one voice spoke.")
    at.walk.write("What do you choose in its place?", "I ask first.")
    at.walk.keep("Keep this")
    at.walk.see("What you wrote")
    expect(at.walk.here.get_by_role("button", name="Release")).to_have_count(0)
    at.nowhere_in_the_files("one voice spoke")
    part("older-than-the-two-of-you", "Alex")
    at.walk.does_not_see("one voice spoke")
    part("older-than-the-two-of-you")
    at.walk.see("At our table, one voice spoke.")
    assert not (at.home / "old_scripts.csv").exists()


def test_p9_a_value_is_private_and_one_question_is_released_when_its_writer_wishes(part):
    at = part("a-value-to-stand-on")
    at.walk.write("One thing you want to live by", "To keep my word")
    at.walk.keep("Keep this")
    at.walk.see("There is one box for each piece")
    at.walk.section("one-open-question")
    at.walk.write("What would you like to ask Alex?", "How was that week for you?")
    at.walk.keep("Keep this")
    part("one-open-question", "Alex")
    at.walk.does_not_see("How was that week for you?")
    part("one-open-question")
    at.walk.keep("Release to Alex")
    part("one-open-question", "Alex")
    at.walk.see("How was that week for you?")
    at.walk.does_not_see("To keep my word")  # which stands on another page of the same part
    (row,) = at.rows("open_questions")
    assert (row["author"], row["question"]) == ("a", "How was that week for you?")
    at.nowhere_in_the_files("To keep my word")
    part("a-value-to-stand-on")
    at.walk.see("To keep my word")


def test_p10_what_helps_can_be_released_and_the_rest_stays(part):
    at = part("signs-in-your-body")
    at.walk.write("What sets it off?", "A closed door.")
    at.walk.write("What helps?", "Ten minutes outside.")
    at.walk.keep("Keep this")
    at.walk.keep("Release to Alex")
    part("signs-in-your-body", "Alex")
    at.walk.see("Ten minutes outside.")
    at.walk.does_not_see("A closed door.")
    at.nowhere_in_the_files("A closed door.")
    (row,) = at.rows("body_signs")
    assert (row["sets_off"], row["helps"]) == ("", "Ten minutes outside.")


def test_p10_the_breathing_guide_can_be_stopped_at_any_breath(part):
    at = part("signs-in-your-body")
    at.walk.press("Start the guide")
    expect(at.walk.here.locator(".eg-breath-word")).to_have_text("In")
    at.walk.press("Stop here")
    expect(at.walk.here.locator(".eg-breath-word")).to_be_hidden()


def test_p10_the_breathing_guide_is_a_line_to_read_for_who_asks_for_less_motion(part):
    at = part("signs-in-your-body")
    at.walk.page.emulate_media(reduced_motion="reduce")
    part("signs-in-your-body")
    at.walk.see("Breathe in while you count to 4.")
    expect(at.walk.here.get_by_role("button", name="Start the guide")).to_have_count(0)
    at.walk.page.emulate_media(reduced_motion="no-preference")


def test_p11_the_page_on_pressure_has_no_input_and_opening_it_changes_no_byte(part):
    at = part("")
    before, sent = at.files(), at.listen_in()
    at.walk.section("from-pressure-to-force")
    at.walk.see("A yes that comes from fear is not a yes.")
    expect(at.walk.here.locator("input, textarea, select, button")).to_have_count(0)
    at.walk.here.get_by_role("link", name="Back").click()
    assert at.files() == before
    assert sent() == []


def test_p12_the_other_sees_not_for_now_and_no_reason(part):
    at = part("your-pace")
    at.walk.choose("Money", within="Write only")
    at.walk.choose("Closeness", within="With a helper")
    at.walk.keep("Keep my pace")
    part("your-pace", "Alex")
    at.walk.see("Sam: Money, Closeness")
    expect(at.walk.here.locator("input:checked")).to_have_count(0)
    part("your-pace")
    expect(at.walk.here.locator("input:checked")).to_have_count(2)
    (row,) = at.rows("not_for_now")
    assert row["topics"] == "money; closeness"
    assert not (at.home / "paces.csv").exists()


def test_p1_a_note_stands_beside_words_that_excuse_and_is_kept_nowhere(part):
    at = part("your-draft")
    box = at.walk.write("What I did", "I paid for it, but I was tired.")
    note = at.walk.here.locator(".eg-note")
    expect(note).to_contain_text("can take back what stands before it")
    expect(note).to_contain_text("This is a note, not a rule.")
    at.walk.press("Keep my words")
    expect(note).to_have_count(0)
    expect(box).to_have_value("I paid for it, but I was tired.")
    at.walk.keep("Keep this draft")
    at.walk.see("Write one question")
    at.nowhere_in_the_files("I paid for it")
    at.nowhere_in_the_files("take back what stands")
    part("your-draft")
    expect(at.walk.box("What I did")).to_have_value("I paid for it, but I was tired.")
    part("your-draft", "Alex")
    at.walk.does_not_see("I paid for it")
    expect(at.walk.page.get_by_text("forgive")).to_have_count(0)


def test_p57_the_way_alone_is_written_down_only_when_its_writer_says_so(part):
    at = part("if-you-do-this-alone")
    before = at.files()
    at.walk.choose("Talk to someone outside")
    at.walk.see("It gives you someone who is there for you alone.")
    at.walk.write("What is your next small step?", "Ring my sister.")
    expect(at.walk.page.locator("#eg-saved")).to_have_text("Kept on this page only")
    assert at.files() == before
    at.walk.keep("Keep this for me")
    assert at.files() != before
    at.nowhere_in_the_files("Ring my sister")
    part("if-you-do-this-alone", "Alex")
    at.walk.does_not_see("Ring my sister")
    at.walk.does_not_see("Kept earlier")
    part("if-you-do-this-alone")
    at.walk.here.get_by_text("Kept earlier").click()
    at.walk.see("Ring my sister.")
    assert not (at.home / "own_paths.csv").exists()


def test_p60_a_letter_to_ask_for_help_is_written_down_nowhere(part):
    at = part("if-you-do-this-alone")
    before = at.files()
    at.walk.choose("A doctor")
    at.walk.choose("To be seen alone, with no one else there")
    at.walk.see("Please see me alone, with no one else there.")
    assert at.files() == before
    part("if-you-do-this-alone", "Alex")
    at.walk.does_not_see("Please see me alone, with no one else there.")
    assert at.files() == before


def test_p54_the_three_values_stand_at_the_foot_of_each_page_and_where_it_is_paused(evening, part):
    evening.at("00_start", "three-values-to-come-back-to", "Sam")
    evening.walk.write("Consent", "A no is an answer.")
    evening.walk.keep("Keep these")
    at = part("moments", "Alex")
    expect(at.walk.page.locator("#eg-foot")).to_contain_text("A no is an answer.")
    at.walk.push(at.walk.page.locator("#eg-header").get_by_role("button", name="Pause"))
    at.walk.see("You have paused")
    at.walk.see("A no is an answer.")
    at.walk.press("Go back to the page")
    (row,) = at.rows("touchstones")
    assert row["consent"] == "A no is an answer."


@pytest.mark.parametrize("who", ["Sam", "Alex"])
def test_who_skips_everything_reaches_the_end(part, who):
    at = part("your-pace", who)
    seen = at.skip_to_the_end("what-you-have-now")
    assert seen[0] == "your-pace"
    assert "your-draft" in seen


def test_the_first_useful_thing_is_there_within_three_minutes(part):
    """The first box for a moment is five presses from the top, and little is read on the way."""
    at = part("from-pressure-to-force", "Alex")
    read, presses = 60, 1  # the top of the part, and its way on
    while not at.walk.here.get_by_label(ACT).count():
        section = at.walk.page.evaluate("location.hash")
        read += len(at.walk.here.inner_text().split())
        on = at.walk.here.get_by_role("button", name=re.compile("^(Leave the rest|Skip)"))
        (on if on.count() else at.walk.here.get_by_role("link")).last.click()
        at.walk.page.wait_for_function("was => location.hash !== was", arg=section)
        presses += 1
    assert presses <= 5
    assert read < 3 * 200  # words; most people read 200 to 240 a minute
