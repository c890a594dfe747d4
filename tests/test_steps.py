"""What the pages do with odd input, with files that are damaged, and with two open pages."""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest

from evenground import steps
from evenground.forms import mistake
from evenground.journal import Journal
from evenground.records.amends import Promise
from evenground.records.declaration import Mistaken
from evenground.records.start import Person, Touchstones
from pages import Page, sit

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop


@pytest.fixture
def couple(home):
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    return journal


ODD = [
    "=1+1",
    "-5 degrees",
    "@home",
    'she said "no", twice',
    "one line\nand another",
    "🙂‍↔️ שלום مرحبا",
    "NA",
    "007",
    "1e5",
    "'a quote first",
]


@pytest.mark.parametrize("text", ODD)
def test_what_is_typed_comes_back_as_it_was(couple, text):
    sit("both")
    page = Page(steps.start.touchstones())
    page.write("Consent", text)
    page.press("Keep these")
    assert couple.entries(Touchstones)[-1].record.consent == text
    sit("both")
    assert Page(steps.start.touchstones()).field("Consent")["value"] == text


def test_what_is_typed_is_on_disk_before_it_is_shown_as_saved(couple):
    sit("both")
    page = Page(steps.start.touchstones())
    kept = page.write("Consent", "we ask each time")
    assert kept.state == "saved"
    sit("both")
    assert Page(steps.start.touchstones()).field("Consent")["value"] == "we ask each time"
    assert couple.entries(Touchstones) == []


def test_words_typed_and_taken_back_leave_no_trail(couple, home):
    sit("both")
    page = Page(steps.start.touchstones())
    page.write("Consent", "said in anger")
    page.write("Consent", "")
    assert b"said in anger" not in b"".join(p.read_bytes() for p in home.iterdir() if p.is_file())


def test_an_empty_form_gets_a_sentence_and_writes_nothing(couple, home):
    sit("both")
    page = Page(steps.start.touchstones())
    page.press("Keep these")
    assert "Nothing to save yet" in page.words
    assert not (home / "touchstones.csv").exists()


def test_what_is_too_long_is_not_cut_and_stays_in_the_box(couple, home):
    sit("both")
    page = Page(steps.start.touchstones())
    page.write("Consent", "x" * 603)
    page.press("Keep these")
    assert "3 letters too long" in page.words
    assert page.field("Consent")["value"] == "x" * 603
    assert not (home / "touchstones.csv").exists()


def test_a_name_used_twice_is_told_and_both_stay_in_their_boxes(home):
    sit("")
    page = Page(steps.start.names())
    page.write("One of you", "Sam")
    page.write("The other", "sam")
    page.press("Continue")
    assert "Both names are the same" in page.words
    assert (page.field("One of you")["value"], page.field("The other")["value"]) == ("Sam", "sam")
    assert not (home / "people.csv").exists()


def test_one_person_alone_can_leave_the_other_name_empty(home):
    sit("")
    page = Page(steps.start.names())
    page.write("One of you", "Sam")
    page.press("Continue")
    assert [p.name for p in Journal(home).people()] == ["Sam"]


def day(after: int) -> str:
    return (TODAY + timedelta(days=after)).isoformat()


@pytest.mark.parametrize(
    ("dates", "field", "sentence"),
    [
        ((day(9), day(3), day(30)), "due", "The due date is before the start"),
        ((day(1), day(30), day(9)), "end", "The end is before the due date"),
        ((day(9), "", day(3)), "end", "The end is before the start"),
        ((day(9), "31 June", ""), "due", "This is not a day in the calendar"),
    ],
)
def test_dates_that_cannot_be_are_told_at_the_field(dates, field, sentence):
    start, due, end = dates
    with pytest.raises(Mistaken) as caught:
        Promise.typed({"title": "Ask first", "start": start, "due": due, "end": end})
    (fault,) = caught.value.faults
    assert fault.field == field
    assert mistake(fault).startswith(sentence)


def test_a_damaged_file_is_named_with_its_line_and_is_not_changed(couple, home):
    couple.add(Touchstones(consent="one"), author="both")
    couple.add(Touchstones(consent="two"), author="both")
    path = home / "touchstones.csv"
    lines = path.read_bytes().split(b"\r\n")
    lines.insert(2, b'"e1","r1","half a row with a "quote" in it')
    path.write_bytes(b"\r\n".join(lines))
    before = path.read_bytes()
    sit("both")
    page = Page(steps.start.touchstones())
    assert "touchstones.csv cannot be read past line 3. It was not changed." in page.words
    page.write("Consent", "three")
    assert page.press("Keep these").state == "unsaved"
    assert page.field("Consent")["value"] == "three"
    assert path.read_bytes() == before


@pytest.mark.usefixtures("couple")
def test_a_folder_that_cannot_be_written_is_told_and_the_words_stay(home):
    sit("both")
    page = Page(steps.start.touchstones())
    (home / "touchstones.csv").mkdir()  # nothing can be written where a folder is in the way
    page.write("Consent", "we ask each time")
    kept = page.press("Keep these")
    assert kept.state == "unsaved"
    assert "touchstones.csv" in page.words
    assert page.field("Consent")["value"] == "we ask each time"


def test_a_line_changed_outside_is_shown_with_a_note(couple, home):
    couple.add(Touchstones(consent="one"), author="both")
    path = home / "people.csv"
    path.write_bytes(path.read_bytes().replace(b'"Alex"', b'"Axel"'))
    os.utime(path)
    sit("")
    page = Page(steps.start.home())
    assert "Axel" in page.words
    assert "Line 3 in people.csv was changed outside this workbook" in page.words


def test_two_open_pages_of_one_person_do_not_overwrite_each_other(couple):
    sit("both")
    one = Page(steps.start.touchstones())
    sit("both")
    two = Page(steps.start.touchstones())
    one.write("Consent", "written on the first page")
    assert two.write("Fairness", "written on the second page").state == "saved"
    sit("both")
    again = Page(steps.start.touchstones())
    assert again.field("Consent")["value"] == "written on the first page"
    assert again.field("Fairness")["value"] == "written on the second page"


def test_the_same_box_on_two_pages_is_not_overwritten_silently(couple):
    sit("both")
    one = Page(steps.start.touchstones())
    sit("both")
    two = Page(steps.start.touchstones())
    one.write("Consent", "from the first page")
    assert two.write("Consent", "from the second page").state == "unsaved"
    assert two.field("Consent")["value"] == "from the second page"
    sit("both")
    assert Page(steps.start.touchstones()).field("Consent")["value"] == "from the first page"


def test_the_three_values_stand_at_the_foot_of_every_page(couple):
    couple.add(Touchstones(consent="We ask each time", fairness="Both wait"), author="both")
    sit("a")
    room = steps.open_page("amends")
    assert room.foot == [
        {"title": "Consent", "text": "We ask each time"},
        {"title": "Fairness", "text": "Both wait"},
    ]


@pytest.mark.usefixtures("couple")
def test_with_no_values_written_the_foot_is_empty():
    sit("a")
    assert steps.open_page("amends").foot == []


@pytest.mark.usefixtures("couple")
def test_a_page_for_one_asks_two_people_who_it_is_and_shows_nothing_else_meanwhile():
    desk = sit("both")
    room = steps.open_page("amends")
    page = Page(steps.amends.what_would_help())
    page.press("Choose who is writing")

    assert desk.who == ""
    cover = Page(room)
    assert "Who is here" in cover.words
    cover.press("Alex")
    assert desk.who == "b"
    assert "Press Switch above" not in page.words
