"""How long saving and opening take, beside the bare operation and beside pandas, in one run.

PYTHONPATH=widgets python tests/bench/journal.py
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evenground.journal import Journal, cells
from evenground.journal.rows import checked, new_id
from evenground.journal.writing import columns
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

SAVES = 500
ROWS = (12_500, 25_000, 50_000)


def main() -> None:
    """Print the figures, and how they stand to what was promised."""
    with tempfile.TemporaryDirectory() as name:
        bare, ours, row = saving(Path(name) / "saving")
        print(f"bare write and fsync of {row} bytes   {1e6 * bare:7.0f} µs")
        print(f"an answer saved                     {1e6 * ours:7.0f} µs, {ours / bare:.2f} times")
        for rows in ROWS:
            opened, shown, panda = opening(Path(name) / f"{rows}", rows)
            print(
                f"{rows} rows: opened {opened:.2f} s ({1e6 * opened / rows:.1f} µs a row), "
                f"all entries {shown:.2f} s more; pandas.read_csv {panda:.2f} s"
            )


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


if __name__ == "__main__":
    main()
