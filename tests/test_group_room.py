"""What a room holds while a group meets, and what of it anybody can see."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from evenground.app.room import card, line
from evenground.app.room.board import LONG, Board
from evenground.app.room.counting import Counting
from evenground.group import gathering, outcome, plan, totals
from evenground.group.totals import ClosedError, Person
from evenground.records.review import ITEMS

WORKBOOK = Path(__file__).parents[1] / "workbook"
FIRST = date(2127, 1, 4)
EVENING = plan.plan("evenings")


@pytest.fixture
def folder(tmp_path):
    return gathering.make(gathering.Group(name="Six", first=FIRST, couples=12), where=tmp_path)


@pytest.fixture
def room(tmp_path):
    made = tmp_path / "room"
    made.mkdir()
    return made


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now

    def wait(self, minutes):
        self.now += 60 * minutes


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def board(clock):
    return Board(EVENING, clock)


def go_to(board, title):
    while board.item is None or board.item.title != title:
        board.go(1)


# --- the run sheet ---------------------------------------------------------------------------


def test_minutes_run_down_rest_and_can_be_added_to(board, clock):
    assert board.item is None
    board.go(1)
    clock.wait(4)
    assert (board.item.title, board.left) == ("Welcome", 6)

    board.pause()
    clock.wait(30)
    assert board.is_paused
    assert board.left == 6
    board.pause()
    board.add()
    clock.wait(10)
    assert board.left == 1
    clock.wait(10)
    assert board.left == 0


def test_the_plan_ends_and_does_not_run_over(board):
    for _ in range(40):
        board.go(1)

    assert board.is_through
    assert board.item is None
    for _ in range(40):
        board.go(-1)
    assert board.item is None
    assert not board.is_through


@pytest.mark.parametrize("name", plan.PLANS)
def test_each_page_that_a_plan_names_is_a_page_of_the_workbook(name):
    headings = {}
    for path in WORKBOOK.glob("0[0-4]_*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        found = re.findall(r"^## (.+)$", prose, re.MULTILINE)
        headings[path.stem[3:]] = {"-".join(re.findall(r"\w+", one.lower())) for one in found}
    named = [item.page for sitting in plan.plan(name) for item in sitting.items if item.page]

    assert len(named) >= 3
    for page in named:
        part, _, slug = page.partition("#")
        assert slug in headings[part]
        assert line.leads({"page": page}, "/user/x/").endswith(f"_{part}.ipynb#{slug}")


# --- the board -------------------------------------------------------------------------------


def test_a_couple_is_on_the_board_while_it_wants_to_be_and_nothing_of_it_is_held_after(board):
    board.moved("pair-01", "acknowledge#moments")
    assert board.rows() == []

    board.show("pair-01", on=True)
    board.moved("pair-01", "acknowledge#moments")
    assert [(row.couple, row.step) for row in board.rows()] == [("pair-01", 1)]

    board.show("pair-01", on=False)
    assert board.rows() == []
    assert "acknowledge" not in json.dumps(board.dump())


def test_a_couple_stays_where_it_is_when_the_group_goes_on(board, clock):
    board.show("pair-01", on=True)
    board.moved("pair-01", "start#is-this-right-for-us")
    go_to(board, "Moments")
    clock.wait(LONG)

    row = board.rows()[0]
    assert (row.step, row.minutes, row.is_long) == (0, LONG, True)
    assert board.group_step == 1


def test_a_page_off_the_plan_keeps_the_step_and_names_no_page_of_its_own(board):
    board.show("pair-01", on=True)
    board.moved("pair-01", "acknowledge#moments")
    board.moved("pair-01", "acknowledge#what-it-cost")

    assert board.rows()[0].step == 1


def test_who_asks_is_seen_and_not_which_of_the_two(board):
    board.ask("pair-02", "b", "stop")

    row = board.rows()[0]
    assert (row.asks, row.is_shown, row.page) == (("stop",), False, "")
    assert "b" not in {row.asks, row.couple}
    board.heard("pair-02")
    assert board.rows() == []
    with pytest.raises(ValueError, match="words"):
        board.ask("pair-02", "b", "words")


def test_a_board_is_read_back_as_it_was(board, clock):
    board.show("pair-01", on=True)
    board.moved("pair-01", "acknowledge#moments")
    board.ask("pair-02", "a", "come")
    go_to(board, "Moments")
    clock.wait(3)
    again = Board(EVENING, clock)
    again.load(json.loads(json.dumps(board.dump())))

    assert again.rows() == board.rows()
    assert (again.item, again.left) == (board.item, board.left)


# --- cards -----------------------------------------------------------------------------------


def test_nobody_but_the_room_can_say_which_of_the_two_somebody_is(room, tmp_path):
    signed = {one: f"pair-01.{one}.{card._sign(room, 'pair-01', one)}" for one in "ab"}

    assert card.read(room, signed["a"], "pair-01") == Person("pair-01", "a")
    assert card.read(room, signed["a"], "pair-02") is None
    assert card.read(room, signed["a"].replace(".a.", ".b."), "pair-01") is None
    assert card.read(room, "", "pair-01") is None
    assert card.read(room, "pair-01.a.", "pair-01") is None
    other = tmp_path / "other"
    other.mkdir()
    assert card.read(other, signed["a"], "pair-01") is None


# --- the count -------------------------------------------------------------------------------


def answer(counting, couples, gain=0, one="a"):
    for number in couples:
        given = dict.fromkeys(ITEMS, 2 + (number + gain * (number % 2)) % 3)
        counting.put(Person(f"pair-{number:02d}", one), given)


def test_answers_are_taken_while_they_are_asked_for_and_told_once(room, folder):
    counting = Counting(room, folder)
    with pytest.raises(ClosedError):
        answer(counting, range(1, 9))
    for moment, gain in (("before", 0), ("after", 1)):
        counting.ask(moment)
        answer(counting, range(1, 9), gain)
    counting.tell("after")
    told = outcome.releases(folder)["after"]

    assert told.couples == 5
    assert any(line.change is not None for line in told.lines)
    assert counting.asking == ""
    assert counting.open_moments == ("later",)
    for moment in ("before", "after"):
        with pytest.raises(ClosedError):
            counting.ask(moment)
    counting.tell("after")
    assert outcome.releases(folder)["after"] == told


def test_a_count_goes_on_when_the_room_is_opened_again(room, folder):
    first = Counting(room, folder)
    first.ask("before")
    answer(first, range(1, 9))
    second = Counting(room, folder)
    assert second.asking == "before"
    second.ask("after")
    answer(second, range(1, 9), 1)
    second.tell("after")

    assert outcome.releases(folder)["after"].couples == 5


def test_a_couple_that_left_is_in_no_later_total(room, folder):
    counting = Counting(room, folder)
    for moment in ("before", "after"):
        counting.ask(moment)
        answer(counting, range(1, 6), one="a")
        answer(counting, range(1, 6), one="b")
    counting.leave("pair-05")
    counting.tell("after")

    assert outcome.releases(folder)["after"].couples == 0
    assert "pair-05" not in (room / "count.json").read_text()


def test_one_of_two_leaves_the_other_counted(room, folder):
    counting = Counting(room, folder)
    counting.ask("after")
    answer(counting, range(1, 7), one="a")
    answer(counting, [1], one="b")
    counting.leave("pair-01", "b")
    counting.tell("after")

    assert outcome.releases(folder)["after"].couples == 5


def test_the_pace_is_told_when_it_is_closed_and_once_for_each_step(room, folder):
    counting = Counting(room, folder)
    with pytest.raises(ClosedError):
        counting.vote(Person("pair-01", "a"), "fast")
    counting.ask_pace("0.3")
    for number in range(1, 13):
        pace = "fast" if number < 7 else "right"
        counting.vote(Person(f"pair-{number:02d}", "a"), pace)
    assert counting.paces == {}
    counting.close_pace()

    assert counting.paces == {"0.3": {"fast": 5, "right": 5}}
    assert "pair-" not in json.dumps(json.loads((room / "count.json").read_text())["votes"])
    with pytest.raises(ClosedError):
        counting.ask_pace("0.3")


def test_what_the_room_keeps_can_be_read_by_its_owner_alone(room, folder):
    counting = Counting(room, folder)
    counting.ask("before")
    card.make_key(room)

    assert {path.stat().st_mode & 0o077 for path in room.iterdir()} == {0}


def test_answers_go_into_a_box_by_one_way_and_nothing_reads_them_there():
    package = Path(totals.__file__).parents[1]
    paths = [*package.glob("group/**/*.py"), *package.glob("app/room/*.py")]
    code = {path: path.read_text(encoding="utf-8") for path in paths}

    def uses(pattern):
        return {path.name for path, text in code.items() if re.search(pattern, text)}

    assert uses(r"\bBox(\(\)|\.load)") == {"counting.py", "rehearsal.py"}
    assert uses(r"\._answers\b(?!\()") == {"totals.py"}
    assert uses(r"\b_box\b") == {"counting.py"}
    counting = next(text for path, text in code.items() if path.name == "counting.py")
    used = set(re.findall(r"_box\.(\w+)", counting))
    assert used == {"put", "leave", "release", "dump"}


def test_the_service_listens_where_others_reach_it():
    from evenground.app.room.service import listens_at

    told = {"JUPYTERHUB_SERVICE_URL": "http://hub:8585"}
    assert listens_at(told) == ("hub", 8585)
    assert listens_at(told | {"EVENGROUND_LISTEN": "0.0.0.0"}) == ("0.0.0.0", 8585)


@pytest.mark.parametrize(
    ("there", "address"),
    [
        (("127.0.0.1", "192.168.4.1", "fe80::1%wlan0"), "192.168.4.1"),
        (("127.0.0.1",), "127.0.0.1"),
        (("127.0.0.1", "192.168.4.1", "10.0.0.2"), "127.0.0.1"),
    ],
)
def test_a_room_opens_on_a_network_that_leads_nowhere(there, address, monkeypatch, capsys):
    from evenground.app import share
    from evenground.app.room import opening

    def no_way_out():
        raise share.NoAddress

    monkeypatch.setattr(share, "own_address", no_way_out)
    held = {str(n): [SimpleNamespace(address=one)] for n, one in enumerate(there)}
    monkeypatch.setattr(opening.psutil, "net_if_addrs", lambda: held)

    assert opening.own_address() == address
    assert ("Only this computer" in capsys.readouterr().out) == (address == "127.0.0.1")


# --- who came --------------------------------------------------------------------------------


def test_who_came_is_noted_pair_by_pair(folder):
    gathering.note_who_came(folder, 2, {"01", "03"})
    gathering.note_who_came(folder, 2, {"03", "04"})

    came = gathering.who_came(folder)
    assert {pair for pair, there in came.items() if 2 in there} == {"03", "04"}
    assert gathering.attendance(folder) == (0, 2, 0, 0)
    with pytest.raises(ValueError, match="9"):
        gathering.note_who_came(folder, 9, set())
