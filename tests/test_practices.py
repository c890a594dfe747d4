"""Every practice of the design is in the product, and the table that says where is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evenground.records.practices import PRACTICES
from evenground.records.registry import kinds
from evenground.steps import practices

ROOT = Path(__file__).parents[1]
HERE = [*(f"P{n}" for n in range(1, 25)), "P43", "P54", "P56", "P57", "P60"]  # parts 01 and 02


# What is written down of each practice of the first two parts: fields of the kinds that declare it.
FIELDS = {
    "P1": "did mine cost regret change offer",
    "P2": "areas when act asked role camera",
    "P3": "role",
    "P4": "whose feelings feeling_words",
    "P5": "trust desire cues",
    "P6": "narrowed how",
    "P7": "money feelings body people news time home work money_from work_from",
    "P8": "then now choice",
    "P9": "value question",
    "P10": "sets_off first_sign helps",
    "P11": "",
    "P12": "not_now write_only helper topics",
    "P13": "speaker topic floor ended note",
    "P14": "heard verdict missing",
    "P15": "meant landed agreed",
    "P16": "changes",
    "P17": "understood again",
    "P18": "type words idea",
    "P19": "seen felt need ask",
    "P20": "rules own_rule also",
    "P21": "day time signal",
    "P22": "term meaning avoid",
    "P23": "seen felt need ask aloud",
    "P24": "day time minutes place end_word about",
    "P43": "level wants",
    "P54": "consent safety fairness",
    "P56": "level wants words",
    "P57": "way protects step who words",
    "P60": "",
}


@pytest.fixture(scope="module")
def places():
    return practices.places(ROOT / "workbook")


def test_the_table_in_docs_is_the_one_that_the_command_makes():
    kept = (ROOT / "docs" / "practices.md").read_text(encoding="utf-8")

    assert kept == practices.table(ROOT / "workbook"), (
        "run: python -m evenground.steps.practices docs/practices.md"
    )


@pytest.mark.parametrize("practice", PRACTICES)
def test_a_practice_is_to_be_found(places, practice):
    assert places[practice]


@pytest.mark.parametrize("practice", HERE)
def test_a_practice_of_the_first_two_parts_has_a_cell_there(places, practice):
    notebooks = {place.notebook for place in places[practice]}

    assert notebooks & {"00_start", "01_acknowledge", "02_listen"}


@pytest.mark.parametrize("practice", HERE)
def test_what_is_written_down_of_a_practice_is_what_it_asks(practice):
    declared = [kind for kind in kinds().values() if practice in kind.practices]
    found = {name for kind in declared for name in kind.columns()}

    assert set(FIELDS[practice].split()) <= found
    assert bool(declared) == bool(FIELDS[practice])


def test_the_path_alone_is_in_each_of_the_first_two_parts(places):
    for practice in ("P57", "P60"):
        assert {"01_acknowledge", "02_listen"} <= {p.notebook for p in places[practice]}


def test_each_practice_of_the_first_two_parts_has_a_browser_test_named_after_it():
    found = set()
    for path in (ROOT / "tests" / "browser").glob("test_*.py"):
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE):
            found |= {f"P{number}" for number in re.findall(r"(?<=_)p(\d+)(?=_)", name)}

    assert [practice for practice in HERE if practice not in found] == []


def test_a_kind_declares_practices_that_exist():
    unknown = {p for kind in kinds().values() for p in kind.practices} - set(PRACTICES)

    assert unknown == set()


def test_a_page_that_asks_nothing_has_no_file():
    rows = practices.table(ROOT / "workbook").splitlines()

    (row,) = (row for row in rows if row.startswith("| P11 |"))
    assert row.endswith("| unstored |")
