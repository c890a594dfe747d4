"""Two people walk through all four parts in one evening, and find their answers afterwards."""

from __future__ import annotations

import csv
import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd
from playwright.sync_api import expect
from walk import PHRASES, Walk

from evenground.journal import Journal
from evenground.records.review import ITEMS, CheckIn, Review
from serving import Server

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

SOON = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day on the laptop
LATER = SOON + timedelta(days=60)
DRAWN = 60_000  # milliseconds: the first drawing imports all that draws
HARD = '=1+1; "quoted", пить воду 🙂 שלום'  # a formula, quotes, three scripts, an emoji


def rows(home: Path, kind: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file as the csv module reads them."""
    with (home / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(walk: Walk) -> None:
    walk.part("00_start")
    walk.press("Begin")
    walk.see("There is nothing to tick")
    walk.section("two-names")
    walk.write("One of you", "Sam")
    walk.write("The other", "Sam")
    walk.press("Continue")
    walk.see("Both names are the same")
    expect(walk.box("The other")).to_have_value("Sam")
    walk.write("The other", "Alex")
    walk.press("Continue")
    walk.see("It seals your private pages")


def passphrase(walk: Walk, name: str) -> None:
    walk.section("a-passphrase-each-if-you-like")
    boxes = walk.here.locator("input[type=password]")
    walk.put(boxes.nth(0), PHRASES[name])
    walk.put(boxes.nth(1), PHRASES[name])
    walk.press("Set it")
    walk.see("Your spare code")
    walk.press("I have written it down")


def moment(walk: Walk, words: str, *, role: str) -> None:
    walk.choose("Money")
    walk.write("When, roughly?", "March")
    walk.write("What happened? Tell it as a camera would show it.", words)
    walk.choose("Nobody was asked")
    walk.saved()
    walk.keep("Keep this moment")
    walk.see("Your moments")
    walk.press("Go on with it")
    walk.choose(role)
    walk.press("Continue")
    walk.see("some of it may still be there")
    walk.choose("Left out")
    walk.press("Continue")
    walk.see("How did it come across as control")
    walk.choose("What Alex can spend" if role == "I had more say" else "What I can spend")
    walk.press("Continue")
    walk.see("Some ways of acting were learned long ago")


def acknowledge(walk: Walk) -> None:
    walk.part("01_acknowledge", "moments")
    moment(walk, f"Alex heard of it at dinner. {HARD}", role="I had more say")
    walk.section("your-draft")
    walk.write("What I did", "I booked it and paid.")
    walk.write("My part in it", "I did not ask.")
    walk.saved()
    walk.press("Keep this draft")
    walk.see("Write one question")
    walk.hand_over("Alex")
    walk.section("moments")
    moment(walk, "I was told at dinner.", role="I had less say")


def listen(walk: Walk) -> None:
    walk.part("02_listen", "ground-rules")
    for name, mine in (("Alex", "One voice at a time"), ("Sam", "Phones stay away")):
        if name == "Sam":
            walk.hand_over("Sam")
        walk.choose("Speak for yourself")
        walk.choose(mine)
        walk.saved()
        walk.press("Keep my picks")
        walk.see("Change")
    walk.both()
    walk.press("Open both")
    walk.see("What we both agreed")
    walk.see("Speak for yourself")
    walk.does_not_see("Phones stay away")
    walk.section("a-pause-and-a-time-to-come-back")
    walk.write("A word or a sign that means pause", "a hand on the table")
    walk.press("Keep this sign")
    walk.see("Choose words for the hard things")
    walk.section("the-floor")
    walk.choose("Alex")
    walk.write("What is it about?", "the holiday")
    walk.press("Start this turn")
    walk.see("Alex has the floor")
    walk.press("Alex has said it")
    walk.write("Sam: what I heard", "It cost a lot.")
    walk.choose("Partly")
    walk.write("What is missing?", "I was the last to know.")
    walk.press("Keep this")
    walk.see("Try 2 of 3")
    walk.write("Sam: what I heard", "You were the last to know.")
    walk.choose("You have it")
    walk.keep("Keep this")
    walk.press("Continue")
    walk.see("When the two differ, write both")
    walk.press("Skip this")
    walk.see("You can thank, name the feeling")
    walk.press("Skip this")
    walk.see("The listener ends one line")
    walk.write("Sam: what this changes for me", "I will ask before I pay.")
    walk.press("Keep this")
    walk.see("Two short questions")
    walk.section("the-floor")
    walk.see("Earlier turns")


def door(walk: Walk) -> None:
    walk.hand_over("Sam")
    walk.section("back-to-the-draft")
    walk.see("You were the last to know.")
    expect(walk.box("What I did")).to_have_value("I booked it and paid.")
    walk.write("What I regret", "That you were the last to know.")
    walk.press("Keep this version")
    walk.see("Your draft can wait at the door")
    walk.press("Take it to the door")
    walk.see("At the door, closed")
    walk.hand_over("Alex")
    walk.section("the-door")
    answers = walk.here.get_by_role("radio")
    expect(answers).to_have_count(4)
    walk.does_not_see("I booked it and paid.")
    walk.choose("Not now")
    walk.press("Answer")
    walk.see("You chose")
    walk.hand_over("Sam")
    walk.section("the-door")
    walk.see("At the door, closed")
    walk.does_not_see("Not now. It stays closed.")
    walk.hand_over("Alex")
    walk.section("the-door")
    walk.press("Choose again")
    walk.choose("Open it")
    walk.choose("Read it here")
    walk.press("Answer")
    walk.see("From Sam")
    walk.see("That you were the last to know.")
    walk.hand_over("Sam")
    walk.section("the-door")
    walk.see("It was read. It does not mean more than that.")


def amends(walk: Walk) -> None:
    walk.part("03_amends", "what-would-help")
    walk.hand_over("Alex")
    walk.write("What needs to be done?", "To have a say before our money is spent.")
    walk.choose("Ask me first")
    walk.write("A short name for it", "Ask before we spend")
    walk.choose("Sam", within="Whose promise is it?")
    walk.press("Continue")
    walk.see("To have a say before our money is spent.")
    walk.choose("None of these")
    walk.press("Propose this")
    walk.see("can read it now")
    walk.section("make-it-a-promise")
    walk.press("Write the promise")
    walk.write("If", "something costs more than 150")
    walk.write("then", "I ask Alex first")
    walk.write("Start", date.today().isoformat())  # noqa: DTZ011 - the day on the laptop
    walk.write("First due", LATER.isoformat())
    walk.write("End", SOON.isoformat())
    walk.write("How will you tell?", "A line in the log")
    walk.choose("Something done")
    walk.press("Keep the new words")
    walk.see("The end is before the due date")
    walk.write("First due", SOON.isoformat())
    walk.write("End", LATER.isoformat())
    walk.press("Keep the new words")
    walk.see("Proposed by")
    walk.hand_over("Sam")
    walk.section("the-answer")
    walk.choose("I commit to this")
    walk.press("Keep this answer")
    walk.section("small-and-kept")
    walk.see("Live from")


def deciding(walk: Walk) -> None:
    walk.both()
    walk.section("who-decides-what")
    walk.push(walk.here.get_by_role("button", name="Edit").nth(1))
    walk.choose("Together")
    walk.write("From what amount does nobody decide alone?", "150")
    walk.press("Keep this line")
    walk.see("From 150 on, nobody decides alone")
    walk.section("how-we-decide")
    walk.write("What is to be decided?", "The sofa")
    walk.write("Sam: how I see it", "Now.")
    walk.press("Now decide")
    walk.see("Write a word or two here first")
    walk.write("Alex: how I see it", "In May.")
    walk.press("Now decide")
    walk.choose("We chose something")
    walk.write("What did you choose?", "In May")
    walk.write("Why this?", HARD)
    walk.press("Keep this decision")
    walk.see("What you decided")


def answer_items(walk: Walk, steps: list[str]) -> None:
    for number, step in enumerate(steps, start=1):
        walk.see(f"Question {number} of 6")
        walk.choose(step)
        walk.press("Continue")
    walk.write("What is working?", "The log.")
    walk.press("Keep my answers")
    expect(walk.here.get_by_role("button", name="Change")).to_be_visible()


def earlier_reviews(home: Path) -> None:
    """Write five reviews of the months before, as both would have opened them."""
    for month in range(5, 0, -1):
        moment_ = datetime.now(UTC) - timedelta(days=30 * month)
        journal = Journal(home, now=lambda at=moment_: at)
        review_ = journal.add(Review(day=moment_.date()), author="both")
        for person, step in (("a", "4"), ("b", "2")):
            answers = CheckIn.typed({"review": review_.thread, **dict.fromkeys(ITEMS, step)})
            journal.add(answers, author=person, sealed=False, released_from=f"e{month}")


def drawing(walk: Walk) -> Locator:
    """Return the drawing in view; one of its two widths and two themes is shown."""
    return walk.here.locator("figure svg, [role=img] svg").locator("visible=true").first


def review(walk: Walk) -> None:
    walk.part("04_review", "how-it-has-been-alone")
    walk.hand_over("Sam")
    most, half = "Most of the time", "About half the time"
    answer_items(walk, [most, most, half, most, "I would rather not say", half])
    walk.hand_over("Alex")
    answer_items(walk, [half, half, half, most, most, most])
    walk.both()
    walk.section("open-together")
    walk.does_not_see("Both answers")
    walk.press("Open both")
    walk.see("Both answers")
    walk.see("I felt heard")
    expect(walk.here.get_by_text("My work was seen")).to_have_count(0)
    walk.hand_over("Sam")
    walk.section("promises-due")
    walk.choose("It slipped")
    walk.press("Keep this")
    walk.see("Sam said so")
    walk.section("slips-and-putting-them-right")
    walk.write("What was agreed, and what came of it?", "I paid at once.")
    walk.write("What can you put right now?", "I took it back.")
    walk.write("Mended on", date.today().isoformat())  # noqa: DTZ011 - the day on the laptop
    walk.press("Keep this")
    walk.see("Mended on")
    walk.section("your-lines")
    expect(drawing(walk)).to_be_visible(timeout=DRAWN)
    walk.section("what-we-promised-what-happened")
    expect(drawing(walk)).to_be_visible(timeout=DRAWN)
    walk.section("next-time")
    walk.write("Day", SOON.isoformat())
    walk.write("Time", "16:00")
    walk.press("Keep this date")
    with walk.page.expect_download() as caught:
        walk.press("Calendar file")
    text = caught.value.path().read_text()
    assert "SUMMARY:Time together" in text
    assert "Sam" not in text


def reload_in_the_middle(walk: Walk) -> None:
    """Type half a sentence, load the page again, and find it."""
    walk.section("moments")
    box = walk.write("What happened? Tell it as a camera would show it.", "Half a sen")
    walk.saved()
    walk.page.reload()
    walk.ready()
    walk.section("moments")
    expect(box).to_have_value("Half a sen")
    walk.see("I was told at dinner.")
    walk.write("What happened? Tell it as a camera would show it.", "")
    walk.saved()


def no_sideways_scroll(walk: Walk) -> None:
    """Check that no section of the page is wider than the window."""
    wide = walk.page.evaluate(
        """() => [...document.querySelectorAll("section.eg-section")].filter(section => {
          const hidden = section.hidden; section.hidden = false;
          const wide = document.documentElement.scrollWidth > window.innerWidth;
          section.hidden = hidden; return wide }).map(section => section.id)"""
    )
    assert wide == []


def test_a_couple_walks_through_all_parts_on_a_phone(new_page, home):
    """On a laptop they do by keyboard alone: test_keyboard walks the same evening."""
    with Server(home) as server, new_page(viewport={"width": 375, "height": 900}) as page:
        page.goto(server.link)
        walk = Walk(page, server.address)
        names(walk)
        walk.part("00_start")
        walk.sit("Sam")
        passphrase(walk, "Sam")
        walk.hand_over("Alex")
        passphrase(walk, "Alex")
        no_sideways_scroll(walk)
        walk.hand_over("Sam")
        acknowledge(walk)
        reload_in_the_middle(walk)
        no_sideways_scroll(walk)
        listen(walk)
        no_sideways_scroll(walk)
        door(walk)
        amends(walk)
        deciding(walk)
        no_sideways_scroll(walk)
        earlier_reviews(home)
        review(walk)
        no_sideways_scroll(walk)
    what_is_on_disk(home)
    spreadsheets_show_what_was_typed(home)


def what_is_on_disk(home: Path) -> None:
    """Check the rows, and that what was private is nowhere in plain text."""
    assert [row["name"] for row in rows(home, "people")] == ["Sam", "Alex"]
    (rules,) = rows(home, "agreed_rules")
    assert rules["rules"] == "own"
    assert [row["verdict"] for row in rows(home, "rounds")] == ["partly", "have_it"]
    (change,) = rows(home, "changes")
    assert (change["author"], change["changes"]) == ("a", "I will ask before I pay.")
    _, promise = rows(home, "amends")  # as it was proposed, and with its words
    assert (promise["author"], promise["owner"]) == ("b", "a")
    assert (promise["due"], promise["end"]) == (SOON.isoformat(), LATER.isoformat())
    (answer,) = rows(home, "amends_answers")
    assert (answer["promise"], answer["answer"]) == (promise["id"], "commit")
    (line,) = rows(home, "decision_rights")
    assert (line["domain"], line["mode"], line["amount"]) == ("purchases", "together", "150")
    (decision,) = rows(home, "decisions")
    assert (decision["choice"], decision["why"]) == ("In May", f"'{HARD}")  # no formula in a file
    sam, alex = rows(home, "checkins")[-2:]
    assert (sam["decided"], alex["decided"]) == ("4", "3")
    assert (sam["work"], alex["work"]) == ("", "")  # one of them would rather not say
    (mark,) = rows(home, "promise_marks")
    assert mark["status"] == "slipped"
    (slip,) = rows(home, "slips")
    assert slip["mended_on"] == date.today().isoformat()  # noqa: DTZ011 - the day on the laptop
    (meeting,) = rows(home, "meetings")
    assert (meeting["day"], meeting["time"]) == (SOON.isoformat(), "16:00")
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for private in ("booked it and paid", "heard of it at dinner", "told at dinner", "Half a sen"):
        assert private.encode() not in kept


def spreadsheets_show_what_was_typed(home: Path) -> None:
    """Read a file with pandas, and in LibreOffice: the text stands there, and is no formula."""
    path = home / "decisions.csv"
    told = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert told.loc[0, "why"].removeprefix("'") == HARD
    profile = home.parent / "office"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}"]
    command += ["--infilter=CSV:44,34,76,1"]  # commas, quotes, UTF-8: its own dialog offers these
    command += ["--convert-to", "ods", "--outdir", str(home.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    with zipfile.ZipFile(home.parent / "decisions.ods") as opened:
        content = opened.read("content.xml").decode("utf-8")
    texts = "".join(ET.fromstring(content).itertext())
    assert HARD in texts
    assert "table:formula" not in content


def test_with_no_passphrase_private_words_stay_on_the_page(new_page, home):
    with Server(home) as server, new_page() as page:
        page.goto(server.link)
        walk = Walk(page, server.address)
        names(walk)
        walk.part("00_start")
        walk.sit("Sam")
        walk.part("01_acknowledge", "moments")
        walk.see("and not kept: no passphrase is set")
        walk.write("What happened? Tell it as a camera would show it.", "Only on the page")
        expect(page.locator("#eg-saved")).to_have_text("Kept on this page only")
        walk.press("Keep this moment")
        walk.see("It goes when you leave it")
        walk.see("Only on the page")
        page.reload()
        walk.ready()
        walk.section("moments")
        walk.see("and not kept: no passphrase is set")
        walk.does_not_see("Only on the page")
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"Only on the page" not in kept
    assert not (home / "moments.csv").exists()


def test_answers_with_no_passphrase_wait_on_the_page_and_open_together(new_page, home):
    with Server(home) as server, new_page() as page:
        page.goto(server.link)
        walk = Walk(page, server.address)
        names(walk)
        walk.part("00_start")
        walk.sit("Sam")
        walk.part("04_review", "how-it-has-been-alone")
        answer_items(walk, ["Most of the time"] * 6)
        walk.hand_over("Alex")
        walk.does_not_see("The log.")
        answer_items(walk, ["Now and then"] * 6)
        walk.both()
        walk.section("open-together")
        walk.press("Open both")
        walk.see("Both answers")
    sam, alex = rows(home, "checkins")
    assert (sam["heard"], alex["heard"]) == ("4", "2")
