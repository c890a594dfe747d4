"""The keys of a sitting: told to its own kernels, forgotten when nobody is there."""

from __future__ import annotations

import json
import pickle
import stat
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from evenground.app import places
from evenground.app.door import Door
from evenground.app.sitting import Keys, Sitting

KEY = "a2V5"


@pytest.fixture
def folder():
    made = places.run_folder()
    yield made
    for left in made.iterdir():
        left.unlink()
    made.rmdir()


@pytest.fixture
def sitting(folder):
    begun = Sitting(folder)
    yield begun
    begun.end()


def ask(sitting, *requests):
    told = json.loads(sitting.environment["EVENGROUND_SITTING"])
    answers = []
    with Client(told["address"], authkey=bytes.fromhex(told["secret"])) as line:
        for request in requests:
            line.send_bytes(request if isinstance(request, bytes) else json.dumps(request).encode())
            answers.append(json.loads(line.recv_bytes()))
    return answers


def test_a_key_put_by_one_page_is_there_for_the_next(sitting):
    assert ask(sitting, {"do": "put", "person": "a", "key": KEY}) == [{"ok": True}]
    assert ask(sitting, {"do": "get"}) == [{"ok": True, "keys": {"a": KEY}}]


def test_a_key_can_be_dropped_alone_or_with_all(sitting):
    for person in ("a", "b"):
        ask(sitting, {"do": "put", "person": person, "key": KEY})
    ask(sitting, {"do": "drop", "person": "a"})
    assert ask(sitting, {"do": "get"})[0]["keys"] == {"b": KEY}
    ask(sitting, {"do": "drop", "person": None})
    assert ask(sitting, {"do": "get"})[0]["keys"] == {}


def test_whoever_lacks_the_secret_is_told_nothing(sitting):
    told = json.loads(sitting.environment["EVENGROUND_SITTING"])
    with pytest.raises((AuthenticationError, EOFError, ConnectionError)):
        Client(told["address"], authkey=b"guess")
    assert ask(sitting, {"do": "touch"}) == [{"ok": True}]  # and it goes on for those who have it


@pytest.mark.parametrize(
    "request_",
    [
        b"not json",
        b"\xff",
        pickle.dumps({"do": "get"}),
        {"do": "fetch"},
        {"do": "put", "person": "c", "key": KEY},
        {"do": "put", "person": "a", "key": 7},
        {"do": "put", "person": ["a"], "key": KEY},
        ["get"],
        None,
    ],
)
def test_what_is_not_understood_changes_nothing(sitting, request_):
    assert ask(sitting, request_, {"do": "get"}) == [{"ok": False}, {"ok": True, "keys": {}}]


def test_keys_rest_after_a_quarter_of_an_hour_without_anybody():
    now = [0.0]
    keys = Keys(clock=lambda: now[0])
    keys.answer({"do": "put", "person": "a", "key": KEY})
    now[0] = 800
    keys.answer({"do": "touch"})
    now[0] = 1600
    assert keys.answer({"do": "get"})["keys"] == {"a": KEY}
    now[0] = 1600 + 15 * 60
    assert keys.answer({"do": "get"})["keys"] == {}


def test_each_wrong_passphrase_waits_longer_and_a_right_one_begins_anew():
    keys = Keys()
    waits = [keys.answer({"do": "slow", "person": "a"})["seconds"] for _ in range(9)]
    assert waits == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    keys.answer({"do": "calm", "person": "a"})
    assert keys.answer({"do": "slow", "person": "a"})["seconds"] == 0
    assert keys.answer({"do": "slow", "person": "b"})["seconds"] == 0


def test_the_socket_stands_in_a_folder_for_its_owner_alone(sitting, folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    address = json.loads(sitting.environment["EVENGROUND_SITTING"])["address"]
    assert Path(address).parent == folder
    assert len(address.encode()) < 104


def test_a_link_opens_once_and_a_new_one_makes_it_stale(folder):
    door = Door(folder)
    first = door.new_key()
    second = door.new_key()
    assert door.come_in(first) is None
    session = door.come_in(second)
    assert session is not None
    assert door.come_in(second) is None
    assert door.session(session.cookie) is session
    door.leave(session)
    assert door.session(session.cookie) is None


def test_private_pages_are_locked_when_their_session_is_left(folder):
    door = Door(folder)
    session = door.come_in(door.new_key())
    ask(session.sitting, {"do": "put", "person": "a", "key": KEY})
    assert session.sitting.keys.answer({"do": "get"})["keys"] == {"a": KEY}
    door.leave(session)

    assert session.sitting.keys.answer({"do": "get"})["keys"] == {}


def test_a_key_that_is_not_plain_letters_is_merely_wrong(folder):
    door = Door(folder)
    assert door.come_in("") is None  # before there is any key
    door.new_key()
    assert door.come_in("") is None
    assert door.come_in("ключ") is None


def test_a_link_is_longer_than_anyone_can_guess(folder):
    door = Door(folder)
    assert len({door.new_key() for _ in range(50)}) == 50
    assert len(door.new_key()) * 6 >= 128


def test_wrong_tries_are_answered_later_and_later(folder):
    door = Door(folder)
    door.new_key()
    delays = []
    for _ in range(12):
        door.come_in("wrong")
        delays.append(door.delay)
    assert delays[:3] == [0, 0, 0]
    assert delays == sorted(delays)
    assert delays[9] >= 8


def test_a_session_that_rested_for_half_a_day_is_over(folder):
    now = [0.0]
    door = Door(folder, clock=lambda: now[0])
    session = door.come_in(door.new_key())
    now[0] = 12 * 60 * 60
    assert door.session(session.cookie) is session
    now[0] = 24 * 60 * 60 + 1
    assert door.session(session.cookie) is None
    assert door.sessions() == ()
