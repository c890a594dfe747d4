"""What is one's own can be copied and taken out, and nobody else has to agree."""

from __future__ import annotations

import pytest

from evenground import steps
from evenground.journal import Journal
from evenground.records.acknowledge import Moment
from evenground.records.listen import Change
from evenground.records.start import Person
from pages import Page, sit

PHRASE = "seven quiet lamps over water"


@pytest.fixture
def couple(home):
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    journal.add(Change(changes="I will ask first"), author="a")
    journal.add(Change(changes="I will say it early"), author="b")
    return journal


def everything(home):
    return b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())


@pytest.mark.usefixtures("couple")
def test_a_person_takes_out_what_they_wrote_and_its_bytes_are_gone(home):
    sit("a")
    page = Page(steps.start.yours())
    assert "I will ask first" in page.words
    assert "I will say it early" not in page.words
    page.press("Take it out")
    assert "Copies that you or others made stay where they are" in page.words
    page.press("Take it out")
    assert b"I will ask first" not in everything(home)
    assert b"I will say it early" in everything(home)
    assert "I will ask first" not in page.words


@pytest.mark.usefixtures("couple")
def test_to_think_again_takes_out_nothing(home):
    sit("a")
    page = Page(steps.start.yours())
    page.press("Take it out")
    page.press("Leave it")
    assert b"I will ask first" in everything(home)


def test_a_copy_holds_what_its_maker_may_read_and_no_more(couple, home):
    couple.set_passphrase("a", PHRASE)
    couple.set_passphrase("b", PHRASE)
    couple.add(Moment(act="told at dinner"), author="a")
    couple.add(Moment(act="heard from a neighbour"), author="b")
    desk = sit("a")
    desk.journal.unlock("a", PHRASE)
    page = Page(steps.start.yours())
    page.press("Make a copy")
    (copy,) = home.parent.glob("copy-*")
    assert str(copy) in page.words
    held = b"".join(p.read_bytes() for p in copy.glob("*.csv"))
    assert b"told at dinner" in held
    assert b"heard from a neighbour" not in held
    assert copy.stat().st_mode & 0o077 == 0
