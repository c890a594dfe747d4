"""How long ten years of weekly reviews take to draw, beside reading their CSV with pandas alone.

    python tests/bench/charts.py

Each line is the middle of some runs, each run in a process of its own: what a page load costs.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

RUNS = 5
ITEMS = ("decided", "heard", "raised", "no", "work", "kept")

START = "import sys, time; began = time.perf_counter(); path = sys.argv[1]\n"
STOP = "\nprint(time.perf_counter() - began)"
READ = """
import csv
from datetime import date
from evenground.charts.answers import Answer, Names
answers = [
    Answer(day=date.fromisoformat(row["day"]), item=row["item"], a=int(row["a"]), b=int(row["b"]))
    for row in csv.DictReader(open(path, encoding="utf-8", newline=""))
]
names = Names("Sam", "Alex")
"""
TRIED = {
    "pandas alone: import and read_csv": "import pandas; pandas.read_csv(path)",
    "our answers read, nothing drawn": READ,
    "one gap chart": READ
    + "from evenground.charts.gap import gap\n"
    + "gap(answers, item='heard', title='I feel heard', names=names)",
    "settled levels of one person": READ
    + "from evenground.charts.levels import levels\n"
    + "levels(answers, person='a', names=names)",
    "six items side by side": READ
    + "from evenground.charts.items import items\n"
    + f"items(answers, titles=dict(zip({ITEMS!r}, {ITEMS!r})), names=names)",
}


def written(folder):
    """Write ten years of weekly reviews and return where."""
    path = Path(folder) / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["day", "item", "a", "b"])
        for n in range(520):
            day = date(2016, 1, 3) + timedelta(7 * n)
            rows.writerows([day, item, 3 + (n // 40) % 3, 1 + (n // 60) % 4] for item in ITEMS)
    return path


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder)
        for name, code in TRIED.items():
            times = [
                float(
                    subprocess.run(
                        [sys.executable, "-c", START + code + STOP, str(path)],
                        capture_output=True,
                        text=True,
                        check=True,
                    ).stdout
                )
                for _ in range(RUNS)
            ]
            print(f"{statistics.median(times):6.2f} s  {name}")


if __name__ == "__main__":
    main()
