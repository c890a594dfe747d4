"""The commands about a journal's files, as a person types them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from typer.testing import CliRunner

from evenground.app import demo
from evenground.app.journal_command import commands
from evenground.journal import Journal, checking, exporting
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision
from evenground.records.door import Delivery, Knock, Opening
from evenground.records.registry import kinds
from evenground.records.review import CheckIn
from evenground.records.start import Person

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

PHRASE = "three lamps by the river"
TOPIC = "=1+1; -2, \n@x"


def run(*words: object, typed: str = "") -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words], input=typed)


@pytest.fixture
def journal() -> Journal:
    """Return a journal with plain and private pages."""
    journal = Journal()
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="=Noor"), author="b")
    first = journal.add(Decision.typed({"topic": "x", "why": TOPIC}), author="a")
    journal.add(Decision.typed({"topic": "007", "why": TOPIC}), author="a", replaces=first.thread)
    journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="canary of a"), author="a")
    journal.add(CheckIn.typed({"decided": "4", "heard": "unsaid"}), author="a", sealed=False)
    return journal


def test_an_export_holds_all_that_both_may_see_and_nothing_private(
    journal: Journal, tmp_path: Path
):
    done = run("export", tmp_path / "copies")

    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "copies").iterdir()}
    assert {
        "people.csv",
        "decisions.csv",
        "checkins.csv",
        "dictionary.csv",
        "answers.xlsx",
    } == names
    for path in (tmp_path / "copies").iterdir():
        data = path.read_bytes()
        if path.suffix == ".xlsx":
            book = zipfile.ZipFile(io.BytesIO(data))
            data = b"".join(book.read(name) for name in book.namelist())
        assert b"canary" not in data


def test_an_export_with_the_passphrase_holds_ones_own_pages(journal: Journal, tmp_path: Path):
    done = run("export", tmp_path / "copies", "--as", "a", typed=f"{PHRASE}\n")
    assert done.exit_code == 0, done.output
    assert "canary of a" in (tmp_path / "copies" / "moments.csv").read_text(encoding="utf-8")

    done = run("export", tmp_path / "other", "--as", "a", typed="not the right one\n")
    assert done.exit_code == 1
    assert "does not open" in done.output
    assert not (tmp_path / "other").exists()


def test_an_export_as_somebody_with_no_passphrase_asks_for_none(journal: Journal, tmp_path: Path):
    done = run("export", tmp_path / "copies", "--as", "b")
    assert done.exit_code == 0, done.output
    assert "Passphrase" not in done.output

    done = run("export", tmp_path / "other", "--as", "x")
    assert (done.exit_code, done.output) == (1, "Write a or b after --as.\n")


def test_an_export_leaves_out_what_waits_at_the_door_until_its_reader_opens_it(
    journal: Journal, tmp_path: Path
):
    journal.set_passphrase("b", PHRASE)
    letter = journal.add(Delivery.typed({"did": "canary at the door"}), author="a", to="b")
    journal.add(Knock(delivery=letter.thread), author="a")

    def copies() -> bytes:
        done = run("export", tmp_path / "copies", "--as", "b", typed=f"{PHRASE}\n")
        assert done.exit_code == 0, done.output
        return b"".join(path.read_bytes() for path in (tmp_path / "copies").glob("*.csv"))

    assert b"canary at the door" not in copies()
    journal.add(Opening(delivery=letter.thread), author="b")
    assert b"canary at the door" in copies()


def test_an_export_is_tidy_for_pandas_and_documented(journal: Journal, tmp_path: Path):
    exporting.export(journal, tmp_path)
    decisions = pd.read_csv(tmp_path / "decisions.csv", dtype=str, keep_default_na=False)
    checkins = pd.read_csv(tmp_path / "checkins.csv")
    dictionary = pd.read_csv(tmp_path / "dictionary.csv")

    assert list(decisions["topic"]) == ["007"]
    assert list(decisions["name"]) == ["Sam"]
    assert list(decisions["edited"]) == ["yes"]
    assert str(pd.to_datetime(decisions["written"]).dt.tz) == "UTC"
    assert list(checkins["decided"]) == [4]
    assert list(checkins["heard_unsaid"]) == ["yes"]
    assert checkins["heard"].isna().all()
    for file in tmp_path.glob("*.csv"):
        if file.name != "dictionary.csv":
            told = dictionary[dictionary["file"] == file.name]["column"]
            assert list(told) == list(pd.read_csv(file).columns)
    assert dictionary["holds"].notna().all()
    asked = dictionary.set_index(["file", "column"])["asked"]
    assert asked["decisions.csv", "topic"] == "What is to be decided?"
    assert asked["checkins.csv", "heard"] == "I felt heard"
    assert pd.isna(asked["checkins.csv", "review"])


def test_no_cell_of_an_export_can_be_run(journal: Journal, tmp_path: Path):
    exporting.export(journal, tmp_path)

    for path in tmp_path.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        for separator in ",;\t|":
            for row in csv.reader(io.StringIO(text), delimiter=separator):
                assert not [cell for cell in row if cell.lstrip(' "')[:1] in set("=+-@") and cell]
    book = zipfile.ZipFile(tmp_path / "answers.xlsx")
    assert b"<f>" not in b"".join(book.read(name) for name in book.namelist())
    assert not any("hyperlink" in name for name in book.namelist())


def test_an_export_leaves_the_journal_as_it_was(journal: Journal, home: Path, tmp_path: Path):
    before = {path: path.read_bytes() for path in home.iterdir()}
    run("export", tmp_path / "copies")
    refused = run("export", home)

    assert {path: path.read_bytes() for path in home.iterdir()} == before
    assert refused.exit_code == 1
    assert "itself" in refused.output
    assert (tmp_path / "copies" / "people.csv").stat().st_mode & 0o777 == 0o600


def test_check_is_quiet_about_a_sound_journal(journal: Journal, home: Path):
    done = run("check", home)

    assert (done.exit_code, done.output) == (0, f"Nothing is wrong in {home}.\n")
    assert json.loads(run("check", "--json").output) == []
    assert run("check", home / "nowhere").exit_code == 1


def test_check_is_quiet_about_the_made_up_couple(home: Path):
    demo.write(home)
    home.chmod(0o700)

    assert run("check").output == f"Nothing is wrong in {home}.\n"


def test_check_names_each_fault_with_its_file_line_column_and_cure(journal: Journal, home: Path):
    people = (home / "people.csv").read_bytes()
    (home / "people.csv").write_bytes(
        people.replace(b'"Sam"', b'"Sami"').replace(b'"b","kept"', b'"x","kept"')
    )
    with (home / "decisions.csv").open("ab") as file:
        file.write(b'"e1","r99')
    checkins = (home / "checkins.csv").read_bytes()
    (home / "checkins.csv").write_bytes(checkins.replace(b'"unsaid"', b'"9"'))
    (home / "a copy.csv").write_bytes(people)
    (home / "other.csv").write_bytes(people)
    (home / "keys.json").write_text("{")
    home.chmod(0o755)

    done = run("check", "--json")
    found = {(f["file"], f["line"], f["column"], f["key"]) for f in json.loads(done.output)}

    assert done.exit_code == 1
    assert found == {
        (home.name, 0, "", "place_open"),
        ("people.csv", 2, "", "changed"),
        ("people.csv", 3, "", "changed"),
        ("people.csv", 3, "author", "author"),
        ("decisions.csv", 6, "", "torn"),
        ("checkins.csv", 2, "", "changed"),
        ("checkins.csv", 2, "heard", "cell"),
        ("a copy.csv", 0, "", "stray"),
        ("other.csv", 0, "", "unknown"),
        ("keys.json", 0, "", "keys"),
    }
    text = run("check").output
    assert "people.csv, line 3, column author: The author is not a, b or both. Write a, b" in text
    assert text.count("\n") == len(found)


def test_every_finding_has_its_words():
    from evenground.content import words

    said = words("journal")
    for key in said.table["check"]:
        assert f"check.{key}.what" in said
        assert f"check.{key}.cure" in said
    fill = {"id": "x"}
    for key in said.table["check"]:
        finding = checking.Finding("f.csv", 1, "c", key, fill)
        assert finding.sentence
        assert finding.cure


def test_merge_takes_rows_in_and_says_how_many(journal: Journal, home: Path, tmp_path: Path):
    other = Journal(tmp_path / "other")
    other.add(Decision.typed({"topic": "theirs"}), author="b")

    assert "1 row taken into decisions.csv." in run("merge", home, tmp_path / "other").output
    assert "Nothing new" in run("merge", home, tmp_path / "other").output
    assert {e.record.topic for e in Journal().entries(Decision)} == {"theirs", "007"}
    assert run("merge", home, tmp_path / "nowhere").exit_code == 1


def test_forget_asks_and_takes_ones_own_entry_out(journal: Journal, home: Path):
    entry = journal.entries(Decision)[0]
    sealed = journal.entries(Moment, reader="a")[0]

    assert run("forget", entry.id, "--as", "b", "--yes").exit_code == 1
    refused = run("forget", entry.id, "--as", "a", typed="n\n")
    assert (refused.exit_code, "Nothing was taken out." in refused.output) == (1, True)
    assert len(Journal().entries(Decision)) == 1
    assert run("forget", entry.id, "--as", "a", typed="y\n").exit_code == 0
    assert Journal().entries(Decision) == []
    assert run("forget", sealed.id, "--as", "a", "--yes", typed=f"{PHRASE}\n").exit_code == 0
    journal.unlock("a", PHRASE)
    assert journal.entries(Moment, reader="a") == []
    assert run("forget", "r0", "--as", "b", "--yes").exit_code == 1
    assert run("check").exit_code == 0


def test_the_installed_command_has_them_all(home: Path):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from evenground.app.command import main; main()",
            "check",
            str(home),
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": "widgets"},
    )

    assert done.returncode == 1
    assert (
        done.stdout
        == f"{home.name}: There is no journal in {home.name}. Name the folder that holds it.\n"
    )


def test_the_dictionary_follows_from_the_declarations():
    for kind in kinds().values():
        for _, control in kind.controls():
            assert control.meaning
