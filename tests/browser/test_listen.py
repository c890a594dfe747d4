"""The practices of part 02, each as two people would do it, and what each may then see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sat import Evening

from evenground.journal import Journal
from evenground.records.acknowledge import Acknowledgement
from evenground.records.door import Delivery
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

LETTER = "I booked it and paid from our account."
FIRST = "You always leave it all to me."


@pytest.fixture(scope="module")
def evening(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """Return one page of one couple for the whole module; Sam wrote a draft before."""
    home = tmp_path_factory.mktemp("evening") / "journal"
    with Evening.of(browser, home, Server) as found:
        Journal(home).add(Acknowledgement(did=LETTER), author="a")
        yield found


@pytest.fixture
def part(evening: Evening) -> Callable[..., Evening]:
    """Return `part(section, who)`: that section of part 02, with somebody writing."""
    return lambda section, who="Sam": evening.at("02_listen", section, who)


@pytest.fixture
def together(part: Callable[..., Evening]) -> Callable[[str], Evening]:
    """Return `together(section)`: that section, with both here."""

    def turned(section: str) -> Evening:
        at = part(section)
        at.both()
        at.walk.section(section)
        return at

    return turned


def test_p20_the_rules_that_both_picked_hold(part):
    at = part("ground-rules")
    for name, mine in (("Sam", "Phones stay away"), ("Alex", "One voice at a time")):
        part("ground-rules", name)
        at.walk.choose("Speak for yourself")
        at.walk.choose(mine)
        at.walk.keep("Keep my picks")
    at.walk.does_not_see("What we both agreed")
    at.both()
    at.walk.section("ground-rules")
    at.walk.keep("Open both")
    at.walk.see("What we both agreed")
    at.walk.see("Speak for yourself")
    for name in ("Sam", "Alex"):
        part("ground-rules", name)
        at.walk.see("Speak for yourself")
        at.walk.does_not_see("Phones stay away")
        at.walk.does_not_see("One voice at a time")
    (row,) = at.rows("agreed_rules")
    assert row["rules"] == "own"
    at.nowhere_in_the_files("no_screens")  # what one of them picked, and the other did not
    at.nowhere_in_the_files("one_voice")


def test_p21_either_can_pause_from_the_page_and_sets_the_time_to_come_back(part):
    at = part("a-pause-and-a-time-to-come-back")
    at.walk.write("A word or a sign that means pause", "a hand on the table")
    at.walk.keep("Pause now")
    at.walk.see("You have paused")
    at.walk.press("Leave it open")
    at.walk.see("No time is set")
    at.walk.press("Go back to the page")
    part("a-pause-and-a-time-to-come-back", "Alex")
    at.walk.keep("Pause now")
    at.walk.write("Day", "2030-03-02")
    at.walk.write("Time", "18:30")
    at.walk.press("Keep this time")
    at.walk.see("You can close the laptop now.")
    at.walk.press("Go back to the page")
    left_open, until = at.rows("pauses")
    assert (left_open["day"], until["day"], until["time"]) == ("", "2030-03-02", "18:30")
    # Neither file nor page says who paused.
    assert {row["author"] for row in (left_open, until)} == {"both"}


def test_p22_words_for_hard_things_are_shared(part):
    at = part("words-we-share")
    at.walk.write("A word or a name for a hard thing", "red")
    at.walk.write("What does it mean to the two of you?", "Too much for now.")
    at.walk.write("Words and tones to leave out", "drama")
    at.walk.keep("Keep this word")
    for name in ("Alex", "Sam"):
        part("words-we-share", name)
        at.walk.see("Too much for now.")
        at.walk.see("We leave out: drama")
    (row,) = at.rows("shared_words")
    assert (row["term"], row["avoid"]) == ("red", "drama")


def test_p24_the_talk_has_a_time_and_a_word_that_ends_it(part):
    at = part("when-and-how-long")
    at.walk.write("Day", "2030-03-01")
    at.walk.write("A word that ends the talk", "enough")
    at.walk.keep("Keep this date")
    (row,) = at.rows("meetings")
    assert (row["day"], row["end_word"]) == ("2030-03-01", "enough")
    for name in ("Alex", "Sam"):
        part("when-and-how-long", name)
        at.walk.see("1 March")


def test_p56_p43_a_speaker_picks_how_deep_and_may_be_unsure(part):
    at = part("how-deep-today", "Alex")
    at.walk.choose("What I hope or fear")
    at.walk.choose("Listen, and do no more")
    at.walk.write("A hope or a fear, if you like", "That it stays small.")
    expect(at.walk.here.get_by_label("Not sure yet")).to_have_count(2)
    at.walk.keep("Keep this")
    at.nowhere_in_the_files("That it stays small.")
    part("how-deep-today")
    at.walk.does_not_see("That it stays small.")
    part("how-deep-today", "Alex")
    at.walk.keep("Release to Sam")
    part("how-deep-today")
    at.walk.see("That it stays small.")
    (row,) = at.rows("depths")
    assert (row["author"], row["level"], row["wants"]) == ("b", "hope", "listen")


def test_p13_who_listens_has_no_box_for_what_was_heard_while_the_other_speaks(together):
    at = together("the-floor")
    at.walk.choose("Alex")
    at.walk.write("What is it about?", "the holiday")
    at.walk.keep("Start this turn")
    at.walk.see("Alex has the floor")
    at.walk.see("What we both agreed")  # the banner of the turn
    at.walk.see("Speak for yourself")
    at.walk.see("Less than a minute so far")
    at.walk.see("Listen, and do no more")
    expect(at.walk.page.locator("#eg-who")).to_contain_text("listens")
    at.walk.section("say-it-back")
    at.walk.see("The box for Sam opens when Alex has said it.")
    expect(at.walk.here.locator("textarea")).to_have_count(0)
    at.walk.section("the-floor")
    at.walk.here.get_by_text("park a line for later").click()
    at.walk.write("One line for later", "I meant it as a gift.")
    at.walk.keep("Park it")
    at.walk.keep("Alex has said it")
    at.walk.see("The listener says what was heard.")
    (row,) = at.rows("later_notes")
    assert (row["author"], row["note"]) == ("a", "I meant it as a gift.")
    assert {row["speaker"] for row in at.rows("turns")} == {"b"}


def test_p14_saying_it_back_goes_on_until_the_speaker_says_you_have_it(together):
    at = together("say-it-back")
    at.walk.write("Sam: what I heard", "It cost a lot.")
    at.walk.choose("Partly")
    at.walk.write("What is missing?", "I was the last to know.")
    at.walk.keep("Keep this")
    at.walk.see("Try 2 of 3")
    at.walk.write("Sam: what I heard", "You were the last to know.")
    at.walk.choose("You have it")
    at.walk.keep("Keep this")
    at.walk.see("what does this change for you?")
    assert [(row["verdict"], row["missing"]) for row in at.rows("rounds")] == [
        ("partly", "I was the last to know."),
        ("have_it", ""),
    ]


def test_p15_what_was_meant_stands_beside_what_was_heard(together):
    at = together("what-i-meant-what-you-heard")
    at.walk.see("I meant it as a gift.")
    at.walk.write("What was meant?", "A gift.")
    at.walk.write("What was heard?", "It was settled.")
    at.walk.write("Words that you can both use", "A gift is asked about first.")
    at.walk.keep("Keep this")
    (row,) = at.rows("meanings")
    words = (row["meant"], row["landed"], row["agreed"])
    assert words == ("A gift.", "It was settled.", "A gift is asked about first.")


def test_p18_a_box_for_ideas_waits_until_the_speaker_opens_it(together):
    at = together("when-something-hard-is-said")
    at.walk.choose("Name the feeling that you heard")
    expect(at.walk.here.get_by_label("An idea, since Alex asked")).to_have_count(0)
    at.walk.keep("Alex: ideas are welcome now")
    at.walk.write("An idea, since Alex asked", "A list on the door.")
    at.walk.keep("Keep this")
    (row,) = at.rows("replies")
    assert (row["author"], row["type"]) == ("a", "feeling")
    assert row["idea"] == "A list on the door."


def test_p16_the_listener_says_what_it_changes_and_the_turn_ends(together):
    at = together("what-this-changes-for-me")
    at.walk.write("Sam: what this changes for me", "I will ask before I pay.")
    at.walk.keep("Keep this")
    at.walk.see("Two short questions")
    (row,) = at.rows("changes")
    assert (row["author"], row["changes"]) == ("a", "I will ask before I pay.")
    assert at.rows("turns")[-1]["ended"] == "heard"


@pytest.mark.parametrize("who", ["Sam", "Alex"])
def test_p13_p14_p15_p16_p18_each_reads_the_whole_turn_on_a_page_of_their_own(part, who):
    at = part("the-floor", who)
    at.walk.here.get_by_text("Earlier turns").click()
    for words in (
        "A turn: the holiday",
        "It cost a lot.",
        "I was the last to know.",
        "You were the last to know.",
        "I meant it as a gift.",
        "It was settled.",
        "A gift is asked about first.",
        "With a name for the feeling.",
        "A list on the door.",
        "I will ask before I pay.",
        "Alex was heard on one thing.",
    ):
        at.walk.see(words)
    expect(at.walk.here.locator("textarea")).to_have_count(0)


def test_p17_the_answers_after_a_turn_are_for_one_and_the_line_on_help_for_all(part, evening):
    at = part("after-the-turn-alone", "Alex")
    line = "If an answer here was hard to give"
    at.walk.see(line)
    at.walk.choose("Not at all", within="Did you feel understood?")
    at.walk.choose("No", within="Could you bring this up again?")
    at.walk.keep("Keep my answers")
    at.walk.see(line)
    at.walk.see("Your answers, turn by turn")
    assert not (at.home / "after_turns.csv").exists()
    part("after-the-turn-alone")
    at.walk.see(line)
    at.walk.does_not_see("Your answers, turn by turn")
    evening.at("04_review", "your-own-line-alone", "Sam")
    at.walk.press("Show my line")
    at.walk.see("There is nothing to draw yet.")
    evening.at("04_review", "your-own-line-alone", "Alex")
    at.walk.does_not_see("Your answers, turn by turn")
    at.walk.press("Show my line")
    at.walk.here.locator("summary", has_text="Your answers, turn by turn").click()
    at.walk.see("Not at all")


def test_p19_p23_the_first_version_of_a_hard_line_is_not_kept(part):
    at = part("saying-it-another-way", "Alex")
    at.walk.write("The line as it came out", FIRST)
    expect(at.walk.page.locator("#eg-saved")).to_have_text("Kept on this page only")
    expect(at.walk.here.locator(".eg-note")).to_contain_text("Name one day.")
    at.walk.write("What did you see or hear?", "On Monday the sink was full.")
    at.walk.write("What do you ask?", "Can we look at it on Sunday?")
    at.walk.keep("Keep this way")
    at.walk.see("Said another way")
    at.walk.does_not_see(FIRST)
    at.nowhere_in_the_files("leave it all to me")
    at.nowhere_in_the_files("the sink was full")
    at.walk.keep("Release to Sam")
    part("saying-it-another-way")
    at.walk.see("On Monday the sink was full.")
    at.walk.does_not_see("leave it all to me")
    (row,) = at.rows("other_ways")
    assert row["ask"] == "Can we look at it on Sunday?"
    at.nowhere_in_the_files("leave it all to me")


def test_p1_p16_the_draft_stands_beside_what_was_heard(part):
    at = part("back-to-the-draft")
    at.walk.see("You were the last to know.")
    expect(at.walk.box("What I did")).to_have_value(LETTER)
    at.walk.write("What I regret", "That you were the last to know.")
    at.walk.keep("Keep this version")
    part("back-to-the-draft")
    at.walk.here.get_by_text("The version before").click()
    at.walk.see(LETTER)
    part("back-to-the-draft", "Alex")
    at.walk.see("There is no draft of yours here.")
    at.walk.does_not_see(LETTER)
    at.nowhere_in_the_files(LETTER)
    assert not (at.home / "acknowledgements.csv").exists()


def test_p1_nothing_is_delivered_before_the_door_is_opened(part):
    at = part("the-door")
    at.walk.keep("Take it to the door")
    at.walk.see("At the door, closed.")
    part("the-door", "Alex")
    expect(at.walk.here.locator("input[name]").first).to_be_visible()
    for name in ("01_acknowledge", "02_listen", "03_amends", "04_review", "00_start"):
        at.walk.part(name)
        assert LETTER not in at.walk.page.content()
        assert LETTER not in at.walk.page.evaluate("document.body.innerText")
    at.open = ""
    at.nowhere_in_the_files(LETTER)
    assert not (at.home / "deliveries.csv").exists()


def test_p1_an_answer_that_leaves_it_closed_changes_nothing_for_its_author(part):
    at = part("the-door", "Alex")
    at.walk.choose("Open it")
    at.walk.choose("Keep it for later")
    at.walk.keep("Answer")
    at.walk.see("You chose: Not now.")
    part("the-door")
    at.walk.see("At the door, closed.")
    at.walk.does_not_see("told you")
    part("the-door", "Alex")
    at.walk.keep("Choose again")
    at.walk.choose("I still need something first")
    at.walk.write("What I need first", "To hear it from you at home.")
    at.walk.keep("Answer")
    at.nowhere_in_the_files("To hear it from you")
    at.walk.keep("Tell Sam")
    part("the-door")
    at.walk.see("To hear it from you at home.")


def test_p1_what_is_taken_back_leaves_the_files_and_the_door(part):
    at = part("the-door")
    sealed = [row["sealed"] for row in at.rows("private_b") if row["sealed"]]
    at.walk.keep("Take it back")
    at.walk.see("If Alex has read it, that cannot be undone.")
    assert len([row for row in at.rows("private_b") if row["sealed"]]) < len(sealed)
    part("the-door", "Alex")
    at.walk.see("There is nothing at the door for you.")
    part("the-door")
    at.walk.keep("Take it to the door")


def test_p1_read_aloud_the_words_stay_folded_and_its_author_reads_no_more_than_opened(part):
    at = part("the-door", "Alex")
    at.walk.choose("Open it")
    at.walk.keep("Answer")
    at.walk.see("Choose how you would like to receive it.")
    at.walk.choose("Have it read aloud")
    at.walk.keep("Answer")
    at.walk.see("From Sam")
    words = at.walk.here.get_by_text(LETTER)
    expect(words).to_be_hidden()
    at.walk.here.get_by_text("The words, for").click()
    expect(words).to_be_visible()
    part("the-door")
    at.walk.see("It was read. It does not mean more than that.")
    opened = Journal(at.home).entries(Delivery)
    assert opened == []  # it stays sealed with its reader's passphrase


@pytest.mark.parametrize("who", ["Sam", "Alex"])
def test_who_skips_everything_reaches_the_end(part, who):
    at = part("when-and-how-long", who)
    seen = at.skip_to_the_end("if-you-do-this-alone")
    assert "the-door" in seen
