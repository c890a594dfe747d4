"""A group before it meets and after: its folder, its pages, its end, and a journal taken home."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from datetime import date, time, timedelta
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

from evenground.app import demo
from evenground.app.group_command import commands
from evenground.content import ContentError, words
from evenground.group import (
    codes,
    ending,
    gathering,
    outcome,
    papers,
    parcel,
    plan,
    rehearsal,
    rooms,
    totals,
)
from evenground.group.choosing import Outcome, Papers
from evenground.group.gathering import Group, GroupError
from evenground.group.making import Making
from evenground.group.papers.book import book
from evenground.group.running_order import RunSheet
from evenground.group.taking import Taking
from evenground.journal import Journal, checking
from evenground.records.registry import kinds

FIRST = date(2027, 5, 3)
NASTY = '<img src=x onerror=alert(1)>"&{{987*989}} é'


@pytest.fixture(autouse=True)
def groups(tmp_path, monkeypatch):
    """Return the folder of the groups, which is not that of whoever runs the tests."""
    folder = tmp_path / "groups"
    monkeypatch.setenv(gathering.SETTING, str(folder))
    monkeypatch.setenv(rooms.SETTING, str(tmp_path / "rooms"))
    return folder


@pytest.fixture
def folder():
    return gathering.make(Group(name="Spring", first=FIRST, couples=6))


def run(*typed):
    return CliRunner().invoke(commands, [str(word) for word in typed])


def nodes_of(tree, kind):
    for node in tree:
        if node.get("is") == kind:
            yield node
        yield from nodes_of(node.get("children", ()), kind)
        yield from nodes_of([i for i in node.get("items", ()) if isinstance(i, dict)], kind)


# The folder ------------------------------------------------------------------------------------


def test_a_group_is_read_back_as_it_was_made():
    made = Group(name='Tea & "talk"', first=FIRST, couples=5, parts=("listen",), keep=3)

    assert gathering.read(gathering.make(made)) == made


def test_a_group_holds_no_name_of_anybody_and_only_its_owner_can_read_it(folder):
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name for path in folder.iterdir()} == {
        "group.toml",
        "plan.toml",
        "codes.csv",
        "attendance.csv",
    }


def test_two_groups_cannot_have_one_folder(folder):
    with pytest.raises(GroupError) as told:
        gathering.make(Group(name="spring!", first=FIRST))

    assert told.value.key == "mistakes.is_there"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"name": " "}, "mistakes.no_name"),
        ({"couples": 0}, "mistakes.couples"),
        ({"couples": 41}, "mistakes.couples"),
        ({"parts": ()}, "mistakes.parts"),
        ({"parts": ("sitting",)}, "mistakes.parts"),
        ({"plan": "../../x"}, "mistakes.plan"),
        ({"language": "../en"}, "mistakes.language"),
    ],
)
def test_what_cannot_be_a_group_is_said(fields, key):
    with pytest.raises(GroupError) as told:
        gathering.make(Group(**{"name": "Spring", "first": FIRST, **fields}))

    assert told.value.key == key


@pytest.mark.parametrize("name", ["../journal", "/", "..", "spring/..", "nothing"])
def test_a_group_is_named_by_its_folder_and_by_no_path(folder, name):
    with pytest.raises(GroupError):
        gathering.named(name)


@pytest.mark.parametrize(
    "text", ["", "name = 1", "first = 3", 'name = "x"\nfirst = "soon"', "\x00"]
)
def test_a_file_that_says_no_group_is_left_as_it_is(folder, text):
    file = folder / "group.toml"
    file.write_text(text)

    with pytest.raises(GroupError):
        gathering.read(folder)
    assert ending.sweep(date(2099, 1, 1)) == []
    assert file.read_text() == text


def test_a_plan_can_be_edited_and_the_days_follow(folder):
    file = gathering.plan_file(folder)
    file.write_text('[[sitting]]\ntitle = "One"\nitems = [[90, "pair", "A turn", "Each."]]\n')

    assert [sitting.minutes for sitting in plan.read(file)] == [90]
    assert gathering.ends(folder) == FIRST + timedelta(days=gathering.USUAL_KEPT)
    assert "A turn" in papers.page("sheet", folder)
    assert "from 19:00 to 20:30" in papers.page("page", folder)


def test_a_day_is_one_day_with_an_afternoon_after_its_morning():
    folder = gathering.make(Group(name="Day", first=FIRST, start=time(9, 30), plan="day"))
    said = papers.page("page", folder)
    sheet = papers.page("sheet", folder)

    assert said.count("from 09:30 to 12:00") == 1
    assert said.count("from 12:00 to 15:10") == 1
    assert "<td>12:00</td><td>60 min</td><td>Rest</td><td>Lunch" in sheet
    assert gathering.ends(folder) == FIRST + timedelta(days=gathering.USUAL_KEPT)


@pytest.mark.parametrize("text", ["", "x", "[[sitting]]", '[[sitting]]\ntitle="x"\nitems=[[1]]'])
def test_a_plan_that_cannot_be_read_is_said_and_shown_in_the_page(folder, text):
    gathering.plan_file(folder).write_text(text)

    with pytest.raises(ContentError):
        plan.read(gathering.plan_file(folder))
    sheet = RunSheet()
    sheet.on_input("plan", folder.name)
    assert list(nodes_of(sheet.view.tree, "status"))


@pytest.mark.parametrize("name", plan.PLANS)
def test_the_ready_plans_are_four_evenings_of_two_hours_and_one_day(name):
    minutes = [sitting.minutes for sitting in plan.plan(name)]

    assert minutes == [120] * 4 if name == "evenings" else sum(minutes) < 8 * 60


# Codes -----------------------------------------------------------------------------------------


def test_each_person_has_a_code_of_their_own_that_says_nothing():
    drawn = codes.fresh(40)

    assert len({one.code for one in drawn}) == 80
    assert all(
        re.fullmatch(r"[B-DF-HJ-NP-TV-Z2-9]{4}-[B-DF-HJ-NP-TV-Z2-9]{4}", c.code) for c in drawn
    )
    assert [one.one for one in drawn] == ["a", "b"] * 40


@pytest.mark.parametrize("typed", ["kq7m3xpt", " KQ7M 3XPT", "kq7m—3xpt"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert codes.tidy(typed) == "KQ7M-3XPT"


# Pages -----------------------------------------------------------------------------------------


class Shape(HTMLParser):
    """The tags of a page, and whether each that was opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "path":
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", papers.PAGES)
def test_a_page_stands_by_itself_and_asks_for_nothing(folder, name):
    shape = Shape()
    shape.feed(papers.page(name, folder))

    tags = {tag for tag, _ in shape.tags}
    assert not tags & {"script", "img", "link", "iframe", "form"}
    assert not [attrs for _, attrs in shape.tags if {"src", "href", "onerror"} & set(attrs)]
    assert [tag for tag, _ in shape.tags].count("main") == 1
    assert shape.open == []
    assert "\u2068" not in papers.page(name, folder)


@pytest.mark.parametrize("name", [*papers.PAGES, "outcome"])
def test_what_somebody_typed_is_never_read_as_markup(name):
    group = Group(name=NASTY, first=FIRST, address=f"http://x/{NASTY}")
    folder = gathering.make(group)
    items = f'items = [[10, "all", "{NASTY.replace(chr(34), "")}", "x"]]'
    gathering.plan_file(folder).write_text(f'[[sitting]]\ntitle = "<b>x</b>"\n{items}\n')

    said = outcome.page(folder) if name == "outcome" else papers.page(name, folder)

    assert "<img" not in said
    assert "<b>" not in said
    assert str(987 * 989) not in said


def test_every_person_gets_a_card_with_a_code_of_their_own(folder):
    said = papers.page("cards", folder)

    assert said.count("<svg") == 12
    for one in gathering.codes(folder):
        assert said.count(one.code) == 1


def test_the_paper_book_holds_the_questions_of_the_app():
    parts = book(gathering.PARTS)

    asks = {question.ask for part in parts for question in part.questions}
    assert words("acknowledge")["moments.act.ask"] in asks
    assert words("review")["checkins.heard.ask"] in asks
    assert all(part.questions and part.sections for part in parts)
    assert not [ask for ask in asks if re.search(r"[{}\u2066-\u2069]", ask)]


def test_the_paper_book_asks_nothing_that_is_never_written_down():
    unstored = [kind for kind in kinds().values() if kind.visibility == "unstored"]
    asks = {question.ask for part in book(gathering.PARTS) for question in part.questions}

    for kind in unstored:
        say = words(kind.part)
        assert not asks & {say.get(f"{kind.kind}.{name}.ask") for name, _ in kind.controls()}


def test_a_group_prints_the_parts_it_uses():
    folder = gathering.make(Group(name="Short", first=FIRST, parts=("listen",)))
    said = papers.page("book", folder)

    assert "<h1>Listen</h1>" in said
    assert "<h1>Amends</h1>" not in said
    scenes = papers.page("scenes", folder)
    assert "Say it back" in scenes
    assert "A promise with an end" not in scenes


def test_the_talk_before_promises_no_more_than_a_room_can_keep(folder):
    said = papers.page("before", folder)

    assert "your partner reads" in said
    assert "may be able to read what is written there" in said
    assert "Nobody reads" not in said


# After -----------------------------------------------------------------------------------------


def test_the_rehearsal_shows_an_outcome_and_can_be_made_anew():
    folder = rehearsal.make(date(2027, 1, 1))
    again = rehearsal.make(date(2027, 1, 2))

    assert again == folder
    said = (folder / "print" / "outcome.html").read_text()
    assert "<svg" in said
    assert "Means over 10 couples or more" in said
    assert "Meeting 4: 10 couples" in said


def test_the_rehearsal_touches_no_group_of_that_name():
    folder = gathering.make(Group(name=words("group")["rehearsal.name"], first=FIRST))

    with pytest.raises(GroupError):
        rehearsal.make(FIRST)
    assert gathering.read(folder).first == FIRST


def test_the_outcome_of_fewer_than_five_couples_holds_no_number(folder):
    box = totals.Box()
    for couple in "1234":
        for one in "ab":
            for number, moment in enumerate(("before", "after")):
                box.put(totals.Person(couple, one), moment, {"heard": 2 + number + int(couple) % 2})
    outcome.keep(folder, [box.release("after")])

    said = outcome.page(folder)
    assert "<svg" not in said
    assert not re.search(r"\d\.\d", re.sub(r"<style.*?</style>", "", said, flags=re.DOTALL))


def test_totals_that_were_spoilt_are_said(folder):
    (folder / "totals.json").write_text("{")

    with pytest.raises(GroupError) as told:
        outcome.page(folder)
    assert told.value.fill == {"file": "totals.json"}


# A journal taken home --------------------------------------------------------------------------


def held(home):
    journal = Journal(home)
    return {name: journal.entries(kind) for name, kind in kinds().items()}


def test_a_journal_taken_home_is_the_same_journal(home, tmp_path):
    demo.write(home)
    other = tmp_path / "at-home"

    new = parcel.unpack(parcel.pack(home), other)

    assert new > 50
    assert held(other) == held(home)
    assert checking.check(other) == []
    assert parcel.unpack(parcel.pack(home), other) == 0
    for path in other.glob("*.csv"):
        assert path.read_bytes() == (home / path.name).read_bytes()


def test_a_journal_taken_home_opens_with_its_passphrase(home, tmp_path):
    from evenground.records.acknowledge import Moment
    from evenground.records.start import Person

    journal = Journal(home)
    for person in "ab":
        journal.add(Person(name=person), author=person)
    journal.set_passphrase("a", "four small blue boats")
    journal.add(Moment(act="It was a Tuesday."), author="a")
    packed = parcel.pack(home)
    parcel.unpack(packed, tmp_path / "at-home")

    taken = Journal(tmp_path / "at-home")
    assert "Tuesday" not in packed
    assert taken.entries(Moment, reader="a") == []
    taken.unlock("a", "four small blue boats")
    assert [one.record.act for one in taken.entries(Moment, reader="a")] == ["It was a Tuesday."]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("people.csv", "../people.csv"),
        lambda text: text.replace("Sam", "Tom", 1),
        lambda text: text.replace("evenground-journal-1", "evenground-journal-2"),
        lambda _: "[]",
        lambda _: "{}",
    ],
)
def test_a_file_that_is_not_whole_changes_nothing(home, tmp_path, spoil):
    demo.write(home)
    packed = parcel.pack(home)
    assert spoil(packed) != packed
    other = tmp_path / "at-home"

    with pytest.raises(GroupError) as told:
        parcel.unpack(spoil(packed), other)
    assert told.value.key == "mistakes.no_parcel"
    assert not other.exists()


def test_a_parcel_can_name_no_other_file(home, tmp_path):
    files = {"../out.csv": "x", "people.csv": ""}
    import json

    text = json.dumps({"kind": parcel.KIND, "check": parcel._check(files), "files": files})
    with pytest.raises(GroupError):
        parcel.unpack(text, tmp_path / "at-home")
    assert not (tmp_path / "out.csv").exists()


def test_there_is_nothing_to_take_from_an_empty_home(home):
    taking = Taking()
    taking.on_press("take", "", {})

    assert words("group")["mistakes.no_journal"] in str(taking.view.tree)


def test_the_page_hands_out_the_file(home, tmp_path):
    demo.write(home)
    taking = Taking()
    assert not list(nodes_of(taking.view.tree, "download"))
    taking.on_press("take", "", {})

    (node,) = nodes_of(taking.view.tree, "download")
    assert parcel.unpack(node["text"], tmp_path / "at-home") > 50


# The notebook's cells --------------------------------------------------------------------------


def test_a_group_is_made_by_the_button_and_not_before(groups):
    making = Making()
    for name, value in {"name": "Autumn", "first": "2027-09-06", "couples": "7"}.items():
        making.on_input(name, value)
    assert not groups.exists()

    fields = {node["name"]: node for node in nodes_of(making.view.tree, "field")}
    assert [one["label"] for one in fields["language"]["options"]] == ["English"]
    making.on_press("make", "", {})
    assert gathering.read(gathering.named("autumn")).couples == 7
    assert "Autumn" in str(making.view.tree)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({}, "no_day"),
        ({"first": "2027-01-01"}, "no_name"),
        ({"name": "x", "first": "2027-01-01", "couples": "many"}, "number"),
        ({"name": "x", "first": "2027-01-01", "start": "late"}, "number"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(groups, values, key):
    making = Making()
    making.on_press("make", "", values)

    assert words("group")[f"mistakes.{key}"] in str(making.view.tree)
    assert not groups.exists()
    fields = {node["name"]: node["value"] for node in nodes_of(making.view.tree, "field")}
    assert {name: fields[name] for name in values if name in fields} == {
        name: value for name, value in values.items() if name in fields
    }


def test_the_pages_of_a_chosen_group_can_be_saved(folder):
    shown = Papers()
    assert not list(nodes_of(shown.view.tree, "download"))
    shown.on_input("group", folder.name)

    assert len(list(nodes_of(shown.view.tree, "download"))) == len(papers.PAGES)


def test_the_outcome_of_a_chosen_group_is_drawn():
    folder = rehearsal.make(FIRST)
    shown = Outcome()
    shown.on_input("group", folder.name)

    assert len(list(nodes_of(shown.view.tree, "figure"))) == 2


# The command -----------------------------------------------------------------------------------


def test_a_group_from_the_command_to_its_end(groups):
    new = ("new", "--name", "Spring", "--first", "2127-05-03", "--couples", "6", "--language")
    assert "no words for the language xx" in run(*new, "xx").output
    assert not (groups / "spring").exists()
    made = run(*new, "en")
    assert made.exit_code == 0, made.output
    assert "It is taken out on 22 August 2127" in made.output
    assert len(list((groups / "spring" / "print").iterdir())) == len(papers.PAGES)

    assert "spring: Spring, until 22 August 2127" in run("list").output
    assert run("outcome", "spring").exit_code == 0
    assert run("end", "spring", "--yes").exit_code == 0
    assert not (groups / "spring").exists()


def test_a_group_whose_day_has_come_is_taken_out_by_the_next_command(groups, tmp_path):
    for name in ("old", "another"):
        journal = tmp_path / "rooms" / name / "pair-01" / "journal"
        journal.mkdir(parents=True)
        (journal / "people.csv").touch()
    run("new", "--name", "Old", "--first", "2020-05-03")
    said = run("list")

    assert "Taken out: Old." in said.output
    assert "the journals in it" in said.output
    assert not (groups / "old").exists()
    assert [path.name for path in (tmp_path / "rooms").iterdir()] == ["another"]


def test_a_room_without_jupyterhub_says_what_is_missing(folder):
    hidden = (
        "import importlib.machinery as m, sys\n"
        "find = m.PathFinder.find_spec\n"
        "m.PathFinder.find_spec = classmethod(lambda c, name, *more: "
        "None if name.startswith('jupyterhub') else find(name, *more))\n"
        "from evenground.app.command import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", hidden, "group"]
    ended, listed = (
        subprocess.run([*command, *typed], capture_output=True, text=True, check=False)
        for typed in (("room", folder.name), ("list",))
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("JupyterHub is missing. This installs it: make room")
    assert "Traceback" not in ended.stderr
    assert listed.stdout.startswith("spring: Spring")  # all but a room needs no Hub


@pytest.mark.parametrize("typed", [("print", "no"), ("outcome", "../x"), ("end", "no", "--yes")])
def test_a_group_that_is_not_there_is_said_without_a_traceback(typed):
    said = run(*typed)

    assert said.exit_code == 1
    assert "There is no group" in said.output
    assert said.exception is None or isinstance(said.exception, SystemExit)


def test_a_journal_goes_home_by_the_command(home, tmp_path):
    demo.write(home)
    file = tmp_path / "ours.txt"

    assert run("take", file, "--home", home).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    brought = run("bring", file, "--home", tmp_path / "at-home")
    assert "entries are new here" in brought.output
    assert "nothing new" in run("bring", file, "--home", tmp_path / "at-home").output
    file.write_bytes(b"\xff\xfe")
    assert run("bring", file, "--home", tmp_path / "at-home").exit_code == 1
