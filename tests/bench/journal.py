"""How long saving and opening take, beside the bare operation and beside pandas, in one run.

`make proof ARGS=speed` writes what it finds into docs/proof.md.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from typing import TYPE_CHECKING

import pandas as pd

from durability.result import Result
from evenground.journal import Journal, cells
from evenground.journal.rows import checked, new_id
from evenground.journal.writing import columns
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAVES = 500
ROWS = (12_500, 25_000, 50_000)


def run(folder: Path) -> Result:
    """Measure, and hold the figures against what was promised."""
    result = Result("speed", "a save and the opening of a long journal, beside the bare operation")
    with result.timed():
        bare, ours, row = saving(folder / "saving")
        result.tried += SAVES
        result.expect(ours <= 2 * bare, f"a save takes {ours / bare:.2f} times a bare write")
        result.measured |= {
            f"a bare write and fsync of {row} bytes": f"{1e6 * bare:.0f} µs",
            "an answer saved": f"{1e6 * ours:.0f} µs, {ours / bare:.2f} times",
        }
        took = {}
        for rows in ROWS:
            opened, shown, panda = opening(folder / f"{rows}", rows)
            took[rows] = opened + shown
            result.tried += rows
            result.measured[f"{rows} rows"] = (
                f"read {opened:.2f} s, as entries {shown:.2f} s more, pandas.read_csv {panda:.2f} s"
            )
        result.expect(took[ROWS[-1]] < 1, f"{ROWS[-1]} rows took {took[ROWS[-1]]:.2f} s")
        times = took[ROWS[-1]] / took[ROWS[0]] / (ROWS[-1] / ROWS[0])
        result.expect(times < 1.5, f"a row of the longest takes {times:.1f} times one of the short")
    return result


def saving(home: Path) -> tuple[float, float, int]:
    """Return the medians of a bare write and of a save, taken by turns, and the bytes of a row."""
    journal, record = Journal(home), _record(0)
    journal.add(record, author="a")
    line = (home / "decisions.csv").read_bytes().split(b"\r\n")[1] + b"\r\n"
    bare: list[float] = []
    ours: list[float] = []
    descriptor = os.open(home / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def write() -> None:
        os.write(descriptor, line)
        os.fsync(descriptor)

    for _ in range(SAVES):
        bare.append(_took(write))
        ours.append(_took(lambda: journal.add(record, author="a")))
    os.close(descriptor)
    return statistics.median(bare), statistics.median(ours), len(line)


def opening(home: Path, rows: int) -> tuple[float, float, float]:
    """Return how long it takes to open a journal, to show all it holds, and pandas to read it."""
    home.mkdir(mode=0o700)
    file = home / "decisions.csv"
    names = columns(Decision)
    lines = [_line(number, names) for number in range(rows)]
    file.write_text(cells.heading(names) + "".join(lines), encoding="utf-8", newline="")
    opened, shown, panda = [], [], []
    for _ in range(3):
        gc.collect()
        journal = Journal(home)
        opened.append(_took(lambda j=journal: j._answers.plain(Decision)))
        shown.append(_took(lambda j=journal: j.entries(Decision)))
        panda.append(_took(lambda: pd.read_csv(file, dtype=str, keep_default_na=False)))
        assert len(journal.entries(Decision)) == rows
    return min(opened), min(shown), min(panda)


def _took(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _record(number: int) -> Decision:
    why = "We looked at what it costs, and at who has to get up early. " * 2
    return Decision.typed({"topic": f"The trip {number}", "view_a": why, "why": why})


def _line(number: int, names: tuple[str, ...]) -> str:
    row = {"schema": "e1", "id": new_id(), "seq": f"{number + 1}", "author": "a"}
    row |= {"written": "2026-11-20T08:00:00Z", "zone": "Etc/UTC +00:00", "action": "kept"}
    row = checked(dict.fromkeys(names, "") | row | _record(number).to_cells())
    return cells.line([cells.kept(row[name]) for name in names])
