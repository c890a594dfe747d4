"""For which group `evenground group room` opens a room, on a computer with none, one or more."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from evenground.app.room import whose
from evenground.group import ending, gathering, rooms
from evenground.group.gathering import Group, GroupError

TODAY = date(2127, 1, 4)


@pytest.fixture(autouse=True)
def on_this_computer(tmp_path, monkeypatch):
    monkeypatch.setenv(gathering.SETTING, str(tmp_path / "groups"))
    monkeypatch.setenv(rooms.SETTING, str(tmp_path / "rooms"))
    monkeypatch.setattr(ending, "today", lambda: TODAY)
    monkeypatch.setattr(whose, "_can_ask", lambda: False)


def made(name):
    return gathering.make(Group(name=name, first=TODAY, couples=6))


def test_on_a_computer_with_no_group_one_is_made_as_is_usual_and_it_says_how_to_change_it(capsys):
    folder = whose.found_or_made("spring")
    group = gathering.read(folder)

    assert (folder.name, group.name, group.first) == ("spring", "spring", TODAY)
    assert len(gathering.codes(folder)) == 2 * group.couples
    said = capsys.readouterr().out
    assert f"for {group.couples} couples, on four evenings from 4 January 2127" in said
    assert str(folder) in said
    assert "evenground group end spring" in said


def test_how_many_couples_can_be_named(capsys):
    assert gathering.read(whose.found_or_made("", 12)).couples == 12
    assert "Our group" in capsys.readouterr().out


def test_where_somebody_is_there_to_answer_they_are_asked(monkeypatch):
    monkeypatch.setattr(whose, "_can_ask", lambda: True)
    made("Other")
    with CliRunner().isolation(input="y\n5\n2127-03-01\n"):
        group = gathering.read(whose.found_or_made("Spring"))

    assert (group.name, group.couples, group.first) == ("Spring", 5, date(2127, 3, 1))


@pytest.mark.parametrize("typed", ["spring", "Spring", ""])
def test_a_group_that_was_made_is_found_by_its_name_or_as_the_only_one(typed):
    folder = made("Spring")

    assert whose.found_or_made(typed) == folder
    assert whose.the_named(typed) == "spring"


@pytest.mark.parametrize(("typed", "key"), [("sprnig", "missing"), ("", "which")])
def test_a_slip_of_a_key_makes_no_second_group(typed, key):
    made("Spring")
    made("Autumn")
    with pytest.raises(GroupError) as refused:
        whose.found_or_made(typed)

    assert refused.value.key == f"mistakes.{key}"
    assert len(gathering.folders()) == 2
