"""R6: many writers at once, in processes of their own."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING
from unittest import mock

from durability.result import Result
from evenground.journal import Journal, NotSaved, order
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from pathlib import Path


def unlocked(folder: Path, *, writers: int = 8, rows: int = 60, runs: int = 1) -> Result:
    """The same without the lock: code known to be wrong. Others have their turn in its midst."""
    real = order._write

    def write(descriptor: int, data: bytes) -> None:
        os.sched_yield()
        real(descriptor, data)

    with (
        mock.patch.object(order, "_wait_for", return_value=None),
        mock.patch.object(order, "_write", write),
    ):
        return run(folder, writers=writers, rows=rows, runs=runs, waits=False)


def run(
    folder: Path, *, writers: int = 8, rows: int = 1000, runs: int = 20, waits: bool = True
) -> Result:
    """Let writers save side by side; every row is there once, whole, in each writer's order."""
    result = Result("R6", f"{writers} writers at once: every row is there, whole, and in order")
    again = 0
    with result.timed():
        for number in range(runs):
            home = folder / "journal"
            shutil.rmtree(home, ignore_errors=True)
            refused, pressed = _write(home, writers, rows)
            again += pressed
            result.expect(not refused, f"run {number}: {refused} writers could not go on")
            _look(result, home, writers, rows, number)
            result.tried += writers * rows
        result.measured["told to press Save again"] = again
        if waits:
            result.measured["p95 wait, 2 writers"] = f"{1000 * _waits(folder / 'two'):.1f} ms"
    return result


def _write(home: Path, writers: int, rows: int) -> tuple[int, int]:
    """Let each save its rows; return how many failed, and how often one pressed Save again."""
    receive, send = os.pipe()
    children = []
    for name in range(writers):
        child = os.fork()
        if child == 0:
            try:
                journal = Journal(home)
                for count in range(rows):
                    record = Decision.typed({"topic": f"{name}", "why": f"{count}"})
                    while not _saved(journal, record):
                        os.write(send, b"x")
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    os.close(send)
    refused = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    with os.fdopen(receive, "rb") as told:
        return refused, len(told.read())


def _saved(journal: Journal, record: Decision) -> bool:
    """Save, unless another page was writing for too long; then nothing was written."""
    try:
        journal.add(record, author="a")
    except NotSaved as error:
        if error.key != "save.busy":
            raise
        return False
    return True


def _look(result: Result, home: Path, writers: int, rows: int, number: int) -> None:
    entries = Journal(home).entries(Decision)
    result.expect(len(entries) == writers * rows, f"run {number}: {len(entries)} rows")
    result.expect(
        [entry.seq for entry in entries] == list(range(1, len(entries) + 1)), f"run {number}: order"
    )
    result.expect(not Journal(home).notes(), f"run {number}: notes")
    for name in range(writers):
        mine = [int(e.record.why) for e in entries if e.record.topic == str(name)]
        result.expect(mine == list(range(rows)), f"run {number}: writer {name}")


def _waits(home: Path, rows: int = 200) -> float:
    """Return how long 95 of 100 saves take at most while another process saves as well."""
    home.mkdir(parents=True, mode=0o700)
    child = os.fork()
    if child == 0:
        try:
            journal = Journal(home)
            for _ in range(rows * 2):
                journal.add(Decision.typed({"topic": "other"}), author="b")
        finally:
            os._exit(0)
    journal, took = Journal(home), []
    for _ in range(rows):
        begun = time.perf_counter()
        journal.add(Decision.typed({"topic": "mine"}), author="a")
        took.append(time.perf_counter() - begun)
    os.waitpid(child, 0)
    shutil.rmtree(home)
    return sorted(took)[int(len(took) * 0.95)]
