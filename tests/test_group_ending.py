"""The end of a group: on its day all of it goes by itself, wherever our code runs; not before."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from evenground.app import command
from evenground.group import ending, gathering, rooms
from evenground.group.gathering import Group
from evenground.group.making import Making

FIRST = date(2027, 5, 3)
DAY = FIRST + timedelta(days=3 * 7 + gathering.USUAL_KEPT)
BEFORE = DAY - timedelta(days=1)
HELD = ("pair-01/journal/people.csv", "hub.sqlite", "words.json", "count.json", "proxy.log", "lead")


@pytest.fixture(autouse=True)
def on_this_computer(tmp_path, monkeypatch):
    monkeypatch.setenv(gathering.SETTING, str(tmp_path / "groups"))
    monkeypatch.setenv(rooms.SETTING, str(tmp_path / "rooms"))
    monkeypatch.setattr(ending, "today", lambda: BEFORE)
    return tmp_path


@pytest.fixture
def folder():
    return gathering.make(Group(name="Spring", first=FIRST, couples=6))


def room_of(folder):
    room = rooms.folder_of(folder.name)
    for name in HELD:
        (room / name).parent.mkdir(parents=True, exist_ok=True)
        (room / name).write_text("held")
    rooms.note_end(room, folder, gathering.ends(folder))
    return room


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def on(day, monkeypatch):
    monkeypatch.setattr(ending, "today", lambda: day)


def test_a_group_goes_on_its_day_with_all_that_its_room_holds_and_another_stays(folder):
    room = room_of(folder)
    (folder / "totals.json").write_text("{}")
    (folder / "notes.txt").write_text("added by hand")
    later = gathering.make(Group(name="Later", first=FIRST + timedelta(days=1), couples=6))
    room_of(later)
    others = everything(later) | everything(rooms.folder_of("later"))

    assert gathering.ends(folder) == DAY
    assert ending.sweep(BEFORE) == []
    assert len(everything(room)) == len(HELD) + 1
    assert ending.sweep(DAY) == [ending.Ended("Spring", had_room=True)]
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert not room.exists()
    assert everything(later) | everything(rooms.folder_of("later")) == others


def test_what_runs_of_a_room_ends_before_its_files_go(folder):
    room = room_of(folder)
    asked = "print('here', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", asked, "evenground.app.room.seat"],
        cwd=room / "pair-01",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as seat:
        assert seat.stdout.readline()
        ending.sweep(DAY)
        assert seat.poll() is not None
    assert not room.exists()


def test_the_room_of_a_group_whose_folder_is_gone_goes_on_its_own_day(folder):
    room = room_of(folder)
    gathering.remove(folder)

    assert ending.sweep(BEFORE) == []
    assert room.exists()
    assert ending.sweep(DAY) == [ending.Ended("spring", had_room=True)]
    assert not room.exists()


def test_a_group_that_was_given_more_days_keeps_its_room(folder):
    room = room_of(folder)
    text = (folder / "group.toml").read_text()
    (folder / "group.toml").write_text(text.replace("keep = 90", "keep = 120"))

    assert ending.sweep(DAY) == []
    assert room.exists()


def test_what_could_not_go_is_said_and_goes_the_next_time(folder, monkeypatch):
    room = room_of(folder)
    with monkeypatch.context() as held:
        held.setattr(rooms, "take_out", lambda _: (_ for _ in ()).throw(PermissionError))
        (ended,) = ending.sweep(DAY)

    assert not ended.is_whole
    assert "could not be taken out" in ended.sentences[0]
    assert gathering.read(folder).name == "Spring"
    assert ending.sweep(DAY) == [ending.Ended("Spring", had_room=True)]
    assert not room.exists()


def test_a_folder_of_another_account_keeps_nothing_from_starting(folder, monkeypatch):
    def refused(_):
        raise PermissionError

    monkeypatch.setattr(gathering, "read", refused)
    assert ending.sweep(DAY) == []


@pytest.mark.parametrize("typed", [["--no-browser"], ["demo", "--no-browser"], ["lab"]])
def test_each_start_of_the_app_takes_it_out_first_and_says_so(typed, folder, monkeypatch):
    room = room_of(folder)
    served = []
    monkeypatch.setattr(command, "_serve", lambda *_, **__: served.append(folder.exists()))
    monkeypatch.setattr("evenground.app.lab.start", lambda *_, **__: served.append(folder.exists()))
    monkeypatch.setattr("evenground.app.demo.write", lambda _: None)
    assert CliRunner().invoke(command.app, typed).output == ""
    assert served.pop()

    on(DAY, monkeypatch)
    said = CliRunner().invoke(command.app, typed)

    assert said.exit_code == 0, said.output
    assert said.output.splitlines() == ending.Ended("Spring", had_room=True).sentences
    assert served == [False]
    assert not room.exists()


def test_a_command_about_a_journal_takes_it_out_too(on_this_computer):
    for name, first in (("Old", date(2020, 5, 3)), ("New", date(2127, 5, 3))):
        gathering.make(Group(name=name, first=first, couples=6))
    code = "from evenground.app.command import main; main()"
    asked = [sys.executable, "-c", code, "check", "--home", str(on_this_computer / "journal")]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert "Taken out: Old." in said.stderr
    assert [one.name for one in gathering.folders()] == ["new"]


def test_the_notebook_of_the_one_who_leads_takes_it_out_and_says_so(folder, monkeypatch):
    assert Making().ended == []
    on(DAY, monkeypatch)
    made = Making()

    assert [node["text"] for node in made.view.tree if node["is"] == "status"] == made.ended
    assert "Taken out: Spring" in made.ended[0]
    assert not folder.exists()
