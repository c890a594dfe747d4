"""Copies of a journal become one: in any order, any number of times, with what was forgotten."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenground.journal import Journal, JournalError, merging
from evenground.journal.rows import by_order, checked, together, union
from evenground.journal.table import Row
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "three lamps by the river"


def decision(topic: str) -> Decision:
    return Decision.typed({"topic": topic})


def topics(home: Path) -> list[str]:
    return [entry.record.topic for entry in Journal(home).entries(Decision)]


def copies(tmp_path: Path) -> tuple[Path, Path]:
    """Return two copies of a journal that went on apart."""
    one, two = tmp_path / "one", tmp_path / "two"
    journal = Journal(one)
    first = journal.add(decision("first"), author="a")
    journal.add(decision("to be forgotten"), author="a")
    shutil.copytree(one, two)
    Journal(one).add(decision("in one"), author="a")
    Journal(two).add(decision("in two"), author="b")
    Journal(two).add(decision("first, edited"), author="a", replaces=first.thread)
    return one, two


def test_a_merge_holds_the_rows_of_both_and_twice_is_once(tmp_path: Path):
    one, two = copies(tmp_path)
    theirs = {path.name: path.read_bytes() for path in two.iterdir()}

    assert merging.merge(one, two) == {"decisions.csv": 2}
    merged = {path.name: path.read_bytes() for path in one.iterdir()}
    assert merging.merge(one, two) == {}

    assert {path.name: path.read_bytes() for path in one.iterdir()} == merged
    assert {path.name: path.read_bytes() for path in two.iterdir()} == theirs
    assert topics(one)[:2] == ["first, edited", "to be forgotten"]
    assert set(topics(one)) == {"first, edited", "to be forgotten", "in one", "in two"}
    assert Journal(one).notes() == ()


def test_a_merge_gives_the_same_file_whichever_is_merged_into_which(tmp_path: Path):
    one, two = copies(tmp_path)
    shutil.copytree(one, tmp_path / "one again")
    merging.merge(one, two)
    merging.merge(two, tmp_path / "one again")

    assert (one / "decisions.csv").read_bytes() == (two / "decisions.csv").read_bytes()


def test_what_was_forgotten_does_not_come_back_with_an_older_copy(tmp_path: Path):
    one, two = copies(tmp_path)
    journal = Journal(one)
    entry = journal.entries(Decision)[1]
    journal.forget(entry.thread, author="a", kind=Decision)

    merging.merge(one, two)
    merging.merge(two, one)

    for home in (one, two):
        assert "to be forgotten" not in topics(home)
        assert all(b"to be forgotten" not in path.read_bytes() for path in home.iterdir())


def test_two_rows_of_one_id_that_differ_are_both_kept(tmp_path: Path):
    one, two = copies(tmp_path)
    file = two / "decisions.csv"
    file.write_bytes(file.read_bytes().replace(b'"to be forgotten"', b'"changed by hand"'))

    merging.merge(one, two)
    merging.merge(one, two)

    assert {"to be forgotten", "changed by hand"} <= set(topics(one))
    assert len(topics(one)) == 5
    assert [note.key for note in Journal(one).notes()] == ["read.changed"]


def test_private_pages_are_merged_with_their_key_and_not_with_another(tmp_path: Path):
    one, two, other = tmp_path / "one", tmp_path / "two", tmp_path / "other"
    Journal(one).add(decision("plain"), author="a")
    journal = Journal(two)
    journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="sealed"), author="a")
    stranger = Journal(other)
    stranger.set_passphrase("a", PHRASE)
    stranger.add(Moment(act="another"), author="a")
    stranger.add(decision("theirs"), author="b")

    merging.merge(one, two)
    with pytest.raises(JournalError, match="keys"):
        merging.merge(one, other)

    merged = Journal(one)
    merged.unlock("a", PHRASE)
    assert [entry.record.act for entry in merged.entries(Moment, reader="a")] == ["sealed"]
    assert topics(one) == ["plain"]


def test_nothing_is_merged_when_a_file_cannot_be_read_whole(tmp_path: Path):
    one, two = copies(tmp_path)
    file = two / "decisions.csv"
    file.write_bytes(file.read_bytes().replace(b'"in two"', b'"in two'))
    before = (one / "decisions.csv").read_bytes()

    with pytest.raises(JournalError, match=r"decisions\.csv"):
        merging.merge(one, two)
    with pytest.raises(JournalError, match="missing"):
        merging.merge(one, tmp_path / "nowhere")

    assert (one / "decisions.csv").read_bytes() == before


def _row(key: int, words: str, *, forgotten: bool) -> Row:
    cells = {"id": f"r{key}", "seq": str(key % 5), "action": "kept", "words": words}
    if forgotten:
        cells |= {"action": "forgotten", "words": ""}
    return Row(0, checked(cells), sound=True)


ROWS = st.builds(
    _row,
    st.integers(0, 6),
    st.sampled_from(["x", "y", ""]),
    forgotten=st.sampled_from([False] * 5 + [True]),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(ROWS, max_size=8), min_size=1, max_size=6), st.randoms(use_true_random=False)
)
def test_copies_in_any_order_and_any_number_give_one_result(parts, chance):
    def merged(lists: list[list[Row]]) -> list[dict[str, str]]:
        held: list[Row] = []
        for rows in lists:
            both = together([*held, *rows])
            held = sorted((row for same in both.values() for row in same), key=by_order)
        return [row.cells for row in held]

    shuffled = [*parts, *chance.choices(parts, k=3)]
    chance.shuffle(shuffled)

    assert merged(shuffled) == merged(parts)
    ids = [row.cells["id"] for row in union([row for part in shuffled for row in part])]
    assert len(ids) == len(set(ids))
