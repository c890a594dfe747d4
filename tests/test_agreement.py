"""The agreement: versions, two private words, one page, and a calendar that tells nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenground.records.agreement import Agreement, AgreementWord
from evenground.records.amends import DecisionRight, Promise, PromiseAnswer
from evenground.steps import desk as desks
from evenground.steps.agree import LiveWithThis, TheAgreement, newest
from evenground.steps.one_page import OnePage
from evenground.steps.sheet import as_page, sheet
from two_people import Couple

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
SOON, LATER = TODAY + timedelta(days=20), TODAY + timedelta(days=60)


def write(couple, page, **parts: object) -> None:
    if couple.desk.who != "both":
        couple.sit("both")
    couple.write(page, **parts)
    couple.press(page, "keep")


def test_it_comes_in_versions_and_a_part_may_stay_open(couple):
    page = couple.open(TheAgreement)
    write(couple, page, tell="Both see the account.")
    couple.press(page, "edit", newest(couple.desk).thread)
    write(couple, page, tell="Both see each account.")
    assert couple.says(page, "Version 2")
    assert couple.says(page, "Both see the account.")
    assert couple.says(page, '"Open"')
    assert len(couple.journal.history(Agreement, newest(couple.desk).thread)) == 2


def test_two_pages_at_once_lose_no_words(couple):
    page = couple.open(TheAgreement)
    write(couple, page, tell="First.")
    first = newest(couple.desk)
    couple.press(page, "edit", first.thread)
    couple.write(page, tell="From this page.")
    elsewhere = Agreement(tell="From the other page.")
    couple.journal.add(elsewhere, author="both", replaces=first.id)
    couple.press(page, "keep")
    assert newest(couple.desk).record.tell == "From the other page."
    assert couple.says(page, "Another version was kept")
    assert couple.says(page, "From the other page.")
    assert couple.says(page, "From this page.")
    couple.press(page, "keep")
    assert newest(couple.desk).record.tell == "From this page."
    texts = [e.record.tell for e in couple.journal.history(Agreement, first.thread)]
    assert texts == ["First.", "From the other page.", "From this page."]


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("can", "can", "Both of you can live with this version."),
        ("can", "change", "One of you or both would change something."),
    ],
)
def test_each_says_alone_if_they_can_live_with_it(couple, a, b, said):
    write(couple, couple.open(TheAgreement), tell="Both see the account.")
    page = couple.open(LiveWithThis)
    for person, live in (("a", a), ("b", b)):
        couple.sit(person)
        couple.write(page, live=live)
        couple.press(page, "keep")
        assert couple.journal.entries(AgreementWord) == []
        assert not couple.says(page, said)
    couple.sit("both")
    couple.press(page, "open")
    assert couple.says(page, said)


def test_a_new_version_asks_anew(couple):
    agreement, page = couple.open(TheAgreement), couple.open(LiveWithThis)
    write(couple, agreement, tell="First.")
    for person in ("a", "b"):
        word = AgreementWord(agreement=newest(couple.desk).id, live="can")
        couple.journal.add(word, author=person, sealed=False, released_from=f"e{person}")
    couple.sit("both")
    assert couple.says(page, "Both of you can live with this version.")
    couple.press(agreement, "edit", newest(couple.desk).thread)
    write(couple, agreement, tell="Second.")
    assert not couple.says(page, "Both of you can live with this version.")


def full(couple: Couple) -> str:
    """Write a map, a promise that runs and an agreement; return the page as a file."""
    couple.journal.add(
        Agreement(tell="<b>Both</b> see & read {a}.\n\nNo more.", look_again=LATER), author="both"
    )
    couple.journal.add(DecisionRight(domain="money", mode="a_say", amount=150), author="both")
    promise = Promise.typed(
        {
            "title": "Ask",
            "owner": "a",
            "if_cue": "it costs <i>150</i>",
            "then_act": "I ask",
            "start": TODAY.isoformat(),
            "due": SOON.isoformat(),
            "end": LATER.isoformat(),
            "tell": "the log",
        }
    )
    kept = couple.journal.add(promise, author="b")
    couple.journal.add(PromiseAnswer(promise=kept.id, answer="commit"), author="a")
    couple.sit("both")
    return as_page(sheet(couple.desk, newest(couple.desk)))


def test_the_file_holds_all_of_it_and_no_markup_of_anybodys(couple):
    text = full(couple)
    assert "&lt;b&gt;Both&lt;/b&gt; see &amp; read {a}." in text
    assert "it costs &lt;i&gt;150&lt;/i&gt;" in text
    assert "<b>" not in text
    assert "<i>" not in text
    for words in ("Version 1", "Money, day to day", "Sam leads, with a say for Alex", "the log"):
        assert words in text, words
    assert "http" not in text
    assert "<script" not in text


def test_a_draft_is_not_on_the_page(couple):
    full(couple)
    couple.journal.add(Promise(title="Not agreed", if_cue="never seen"), author="b")
    assert "never seen" not in as_page(sheet(couple.desk, newest(couple.desk)))


def test_swapping_the_two_names_changes_names_alone(home, tmp_path):
    pages = []
    for at, names in enumerate((("Sam", "Alex"), ("Alex", "Sam"))):
        couple = Couple(tmp_path / f"journal-{at}", names=names)
        pages.append(full(couple))
        desks.clear()
    swapped = pages[1].replace("Sam", "\0").replace("Alex", "Sam").replace("\0", "Alex")
    # The letter in a square is the first one of a name.
    assert pages[0].replace(">S+<", "><") == swapped.replace(">A+<", "><")


def test_nothing_is_offered_before_something_is_agreed(couple):
    page = couple.open(OnePage)
    assert couple.says(page, "Nothing is agreed yet.")
    assert '"is": "print"' not in couple.shown(page)


# The calendar -------------------------------------------------------------------------------------


def calendar(couple: Couple) -> str:
    full(couple)
    page = couple.open(OnePage)
    for node in page.view.tree:
        for item in node.get("items", ()):
            if isinstance(item, dict) and item.get("filename") == "dates.ics":
                return str(item["text"])
    raise AssertionError("no calendar file")


def test_another_reader_finds_a_day_and_an_alarm_for_each_date(couple):
    from dateutil import parser as dates

    days = {}
    text = calendar(couple).replace("\r\n ", "")  # lines are folded
    for event in text.split("BEGIN:VEVENT")[1:]:
        lines = dict(line.split(":", 1) for line in event.split("\r\n") if ":" in line)
        day = dates.parse(lines["DTSTART;VALUE=DATE"]).date()
        days[day] = lines
        assert lines["SUMMARY"] == "Time together"
        assert lines["TRIGGER"] == "PT9H"
        assert "BEGIN:VALARM" in event
    assert set(days) == {SOON, LATER}  # two that fall on one day are one event


def test_the_calendar_names_nobody_and_tells_nothing(couple):
    text = calendar(couple)
    for word in ("Sam", "Alex", "Ask", "promise", "agree", "150", "log", "even ground"):
        assert word.lower() not in text.lower(), word
