"""The app started once more while it runs: one server, a fresh link, and nobody else can ask."""

from __future__ import annotations

import json
import stat
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from urllib.parse import urlsplit

import pytest

from evenground.app import doorbell, places
from outside import READY
from serving import Server
from test_app import run
from test_share import LOOPBACK, Shared


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Wait for an answer that comes, on a machine that is busy with other things, too."""
    monkeypatch.setattr(doorbell, "PATIENCE", READY)


@pytest.fixture
def note(tmp_path, monkeypatch):
    """Return the place of the note of `tmp_path`, out of the data folder of the tests' run."""
    monkeypatch.setattr(places, "data_folder", lambda: tmp_path / "data")
    return doorbell._note(tmp_path)


@pytest.fixture
def folder():
    made = places.run_folder()
    yield made
    made.rmdir()


@pytest.fixture
def bell(tmp_path, note, folder):
    put_up = doorbell.Doorbell(tmp_path, folder, lambda do: {"asked": do})
    yield put_up
    put_up.close()


def again(server, *more):
    patient = f"from evenground.app import doorbell; doorbell.PATIENCE = {READY}"
    return run("--no-browser", "--home", str(server.home), *more, before=patient)


def test_started_once_more_it_gives_a_fresh_link_of_the_one_that_runs(tmp_path):
    with Server(tmp_path / "journal") as server:
        found = again(server)

        assert (found.returncode, found.stdout.count("\n")) == (0, 1), found.stderr
        link = urlsplit(found.stdout.strip())
        assert link.port == server.port
        assert "runs in another window" in found.stderr
        assert server.ask(urlsplit(server.link).path).status == 403
        assert server.ask(link.path).status == 302
        refused = again(server, "--share")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "start it with --share" in refused.stderr
    with Server(tmp_path / "journal") as later:
        assert later.process.poll() is None


def test_a_second_start_does_not_share_twice(tmp_path):
    with Shared(tmp_path / "journal", *LOOPBACK) as server:
        assert "for new codes" in again(server, "--share").stderr


def test_an_app_that_was_killed_is_not_asked(tmp_path):
    first = Server(tmp_path / "journal")
    first.start()
    first.kill()

    with Server(tmp_path / "journal") as second:
        assert second.ask(urlsplit(second.link).path).status == 302


def test_what_is_asked_is_answered(tmp_path, bell):
    assert doorbell.ring(tmp_path, "link") == {"asked": "link"}
    assert doorbell.ring(tmp_path / "another", "link") is None


def test_only_its_user_can_read_where_to_ask(note, bell):
    assert stat.S_IMODE(note.stat().st_mode) == 0o600
    assert stat.S_IMODE(note.parent.stat().st_mode) == 0o700
    assert [path.name for path in note.parent.iterdir()] == [note.name]


def test_whoever_does_not_know_the_secret_gets_no_answer(note, bell):
    told = json.loads(note.read_text())
    with pytest.raises(AuthenticationError):
        Client(told["address"], authkey=bytes(32))


@pytest.mark.parametrize("said", [b"", b"{", b"[]", b'{"do": 1, "x": "\xff"}', b"{}"])
def test_nonsense_does_not_end_it(tmp_path, note, bell, said):
    told = json.loads(note.read_text())
    with Client(told["address"], authkey=bytes.fromhex(told["secret"])) as line:
        line.send_bytes(said)
    assert doorbell.ring(tmp_path, "link") == {"asked": "link"}


def test_the_note_goes_with_the_app_but_another_one_s_stays(tmp_path, note, folder):
    first, second = (doorbell.Doorbell(tmp_path, folder, lambda do: {"is": do}) for _ in range(2))
    first.close()
    assert doorbell.ring(tmp_path, "link") == {"is": "link"}
    second.close()
    assert not note.exists()
    assert doorbell.ring(tmp_path, "link") is None


def test_an_app_that_sleeps_is_taken_for_none(tmp_path, note, folder, monkeypatch):
    awake = threading.Event()
    monkeypatch.setattr(doorbell, "PATIENCE", 0.2)
    asleep = doorbell.Doorbell(tmp_path, folder, lambda _: {"late": awake.wait()})
    assert doorbell.ring(tmp_path, "link") is None
    awake.set()
    asleep.close()


@pytest.mark.parametrize("said", ["", "{", "[]", "3", '{"address": "x", "secret": "zz"}'])
def test_a_note_that_says_nothing_is_no_app(tmp_path, note, said):
    note.parent.mkdir(parents=True)
    note.write_text(said)

    assert doorbell.ring(tmp_path, "link") is None


def test_stopped_it_says_no_more_than_how_to_stop_it(tmp_path):
    with Server(tmp_path / "journal") as server:
        printed, told = server.stop()

    assert printed == ""
    # The line on how to stop it is told behind the link, and may come too late for this.
    assert {line[:20] for line in told.splitlines()} <= {"The link opens once."}
