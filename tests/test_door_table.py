"""The table of what the door promises names tests that there are, and a control for each."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = re.findall(
    r"^\| (.+?) \| (.+?) \| (.+?) \|$", (ROOT / "docs/door.md").read_text("utf-8"), re.MULTILINE
)[1:]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
# The marks of issue and proof that stand in the table; one that is left out is missed here.
MARKS = {f"W{n}" for n in range(1, 10)} | {"P4", "P5", "P8", "P9", "S1", "S2"}
MARKS |= {f"A{n}" for n in range(1, 7)}


def missing(file, name):
    """Say whether a file has no test of a name."""
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8")) if path.exists() else ast.Module([], [])
    return name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:30])
def test_what_a_row_names_is_there(row):
    promise, shown, control = row

    assert NAMED.findall(shown), promise
    assert NAMED.findall(control) or control.startswith("the same test "), promise
    assert [one for one in NAMED.findall(shown + control) if missing(*one)] == []


def test_no_promise_is_left_out():
    told = {mark for promise, _, _ in ROWS for mark in re.findall(r"\b[WPSA]\d\b", promise)}

    assert told == MARKS


def test_a_name_that_is_not_there_is_missed():
    assert missing("tests/test_app.py", "test_that_nobody_wrote")
    assert missing("tests/test_nothing.py", "test_that_nobody_wrote")
