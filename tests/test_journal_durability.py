"""What was shown as saved stays: short versions of the proofs that `make proof` runs in full."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from durability import calls, cuts, fuzz, kills, power, writers

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    held(kills.controls(tmp_path, trials=60))


def test_a_file_cut_at_any_byte_keeps_its_whole_rows(folder: Path):
    held(cuts.run(folder, every=29, rows=6))


def test_a_fault_at_any_call_is_told_and_loses_nothing(folder: Path):
    result = calls.run(folder, faults=("ENOSPC", "short", "kill"))

    held(result)
    assert result.tried > 250


def test_strace_finds_no_false_saved(folder: Path):
    held(calls.by_strace(folder, which=("save",)))


def test_a_full_disk_is_told_and_then_there_is_room_again(folder: Path):
    held(calls.full_disk(folder, steps=12))


def test_a_simulated_power_cut_loses_nothing_that_was_shown_as_saved(folder: Path):
    held(power.run(folder, states=1500))


def test_writers_side_by_side_keep_every_row_in_order(tmp_path: Path):
    held(writers.run(tmp_path, writers=4, rows=60, runs=2))


def test_a_file_of_noise_is_read_or_refused_with_its_line(folder: Path):
    held(fuzz.run(folder, files=15_000))


def test_any_unicode_comes_back_as_typed():
    held(fuzz.texts(count=15_000))
