"""What was shown as saved stays: short versions of the proofs that `make proof` runs in full."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from durability import acts, calls, cuts, full, fuzz, kills, models, power, texts, writers
from evenground.journal.rows import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from durability.result import Result


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder in memory where there is one: what is tried is the state, not the drive."""
    with tempfile.TemporaryDirectory(dir=power.quiet_disk() or None) as name:
        yield Path(name)


def held(result: Result) -> None:
    assert result.broken == []
    assert result.tried


def test_a_killed_writer_loses_nothing_that_was_shown_as_saved(tmp_path: Path):
    result = kills.run(tmp_path, trials=60)

    held(result)
    assert result.measured["rows shown as saved"] >= 300


def test_the_same_trials_catch_writers_that_are_known_to_be_wrong(tmp_path: Path):
    held(kills.controls(tmp_path, trials=600))  # each ends as soon as it is caught


def test_a_file_cut_at_any_byte_keeps_its_whole_rows(folder: Path):
    held(cuts.run(folder, every=29, rows=6))


def test_a_fault_at_any_call_is_told_and_loses_nothing(folder: Path):
    result = calls.run(folder, faults=("ENOSPC", "short", "kill"))

    held(result)
    assert result.tried > 250


def test_strace_finds_no_false_saved(folder: Path):
    held(calls.by_strace(folder, which=("save",)))


def test_a_full_disk_is_told_and_then_there_is_room_again(folder: Path):
    held(full.run(folder, steps=6))


def test_a_simulated_power_cut_loses_nothing_that_was_shown_as_saved(folder: Path):
    held(power.run(folder, states=1500))


def test_writers_side_by_side_keep_every_row_in_order(tmp_path: Path):
    held(writers.run(tmp_path, writers=4, rows=60, runs=2))


def test_a_file_of_noise_is_read_or_refused_with_its_line(folder: Path):
    held(fuzz.run(folder, files=8_000))


def test_any_unicode_comes_back_as_typed():
    held(texts.run(count=15_000))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda folder: cuts.run(folder, every=200, rows=3, save=cuts.blindly),
        lambda folder: calls.run(folder, faults=("ENOSPC",), which=acts.CARELESS),
        lambda folder: power.run(folder, states=80, early=True),
        lambda folder: writers.unlocked(folder, writers=4, rows=40),
        lambda folder: full.run(folder, steps=12, which=acts.CARELESS),
        lambda folder: fuzz.run(folder, files=60, reader=fuzz.mending),
        lambda folder: fuzz.run(folder, files=60, reader=fuzz.strict),
        lambda _: texts.run(count=500, write=texts.ordinary),
        lambda _: models.merges(tries=100, place=number),
        lambda _: models.forgetful(runs=30),
    ],
)
def test_code_that_is_known_to_be_wrong_is_caught_by_the_same_eyes(
    folder: Path, wrong: Callable[[Path], Result]
):
    assert wrong(folder).broken
