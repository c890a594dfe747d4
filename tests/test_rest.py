"""Private pages close by themselves after a rest, and say so half a minute before."""

from __future__ import annotations

import pytest

from evenground import steps
from evenground.app.sitting import Keys
from evenground.journal import Journal, sitting
from evenground.records.acknowledge import Moment
from evenground.records.start import Person
from pages import Page, sit

PHRASE = "seven quiet lamps over water"


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(sitting, "keys", lambda: sitting.Memory(clock=made))
    return made


@pytest.fixture
def couple(home, clock):
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    journal.set_passphrase("a", PHRASE)
    return journal


def open_page(clock):
    desk = sit("")
    desk.journal.unlock("a", PHRASE)
    room = steps.open_page("acknowledge")
    desk.sit_down("a")
    desk.add(Moment(act="told at dinner"), author="a")
    page = Page(steps.acknowledge.moments())
    assert "told at dinner" in page.words
    clock.now = 0.0
    desk.journal.stay()
    return desk, room, page


@pytest.mark.usefixtures("couple")
def test_private_pages_close_after_a_rest_and_leave_the_screen(clock):
    desk, room, page = open_page(clock)
    clock.now = 14 * 60
    assert room.on_ping() is None
    clock.now = 15 * 60 - 20
    assert room.on_ping() == 20
    clock.now = 15 * 60
    assert room.on_ping() is None
    assert desk.who == ""
    assert not desk.journal.is_unlocked("a")
    assert "told at dinner" not in page.words
    assert "Your private pages have closed" in Page(room).words


@pytest.mark.usefixtures("couple")
def test_a_key_pressed_keeps_them_open(clock):
    desk, room, _ = open_page(clock)
    clock.now = 15 * 60 - 20
    room.on_event("awake")
    clock.now = 15 * 60 + 60
    assert room.on_ping() is None
    assert desk.who == "a"


@pytest.mark.usefixtures("couple")
def test_the_page_that_asks_whether_it_is_there_does_not_keep_them_open(clock):
    _, room, _ = open_page(clock)
    for second in range(0, 15 * 60 + 2, 2):
        clock.now = float(second)
        room.on_ping()
    assert "Your private pages have closed" in Page(room).words


@pytest.mark.usefixtures("couple")
def test_the_two_of_them_choose_after_how_long(clock):
    desk, room, _ = open_page(clock)
    page = Page(steps.start.rest())
    page.write("Private pages close after", "5")
    page.press("Keep this time")
    assert "It holds from now on" in page.words
    desk.journal.stay()
    begun = clock.now
    clock.now = begun + 5 * 60 - 10
    assert room.on_ping() == 10


def test_the_server_of_the_app_counts_the_same_rest():
    clock = Clock()
    keys = Keys(clock=clock)
    assert keys.answer({"do": "left"}) == {"ok": True, "left": None}
    keys.answer({"do": "rest", "seconds": 300})
    keys.answer({"do": "put", "person": "a", "key": "a2V5"})
    clock.now = 100
    assert keys.answer({"do": "left"})["left"] == 200
    assert keys.answer({"do": "left"})["left"] == 200
    keys.answer({"do": "touch"})
    assert keys.answer({"do": "left"})["left"] == 300
    clock.now = 400
    assert keys.answer({"do": "left"})["left"] is None
    assert keys.answer({"do": "get"})["keys"] == {}
