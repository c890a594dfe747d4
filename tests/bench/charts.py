"""How long ten years of weekly reviews take to draw, beside reading their CSV with pandas alone.

Each run is in a process of its own: what a page costs that is the first to draw.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ALONE = "import pandas; pandas.read_csv(path)"
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
    "pandas alone: import and read_csv": ALONE,
    "our answers read, nothing drawn": READ,
    "one gap chart": READ
    + "from evenground.charts.gap import gap\n"
    + "gap(answers, item='heard', title='I feel heard', names=names)",
    "who decides, forty quarters": READ
    + "from evenground.charts.decisions import Area, Quarter, View, decisions\n"
    + "seen = sorted({Quarter.of(answer.day) for answer in answers})\n"
    + "views = tuple(View(q, 'a_say', 'together') for q in seen)\n"
    + "decisions([Area('Money', 'together', views)], names=names)",
    "the months of reviews": READ
    + "from evenground.charts.months import Seen, months\n"
    + "months([Seen(d, True, True) for d in {a.day for a in answers}], names=names)",
    "settled levels of one person": READ
    + "from evenground.charts.levels import levels\n"
    + "levels(answers, person='a', names=names)",
    "six items side by side": READ
    + "from evenground.charts.items import items\n"
    + f"items(answers, titles=dict(zip({ITEMS!r}, {ITEMS!r})), names=names)",
}


def written(folder: str) -> Path:
    """Write ten years of weekly reviews and return where."""
    path = Path(folder) / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["day", "item", "a", "b"])
        for n in range(520):
            day = date(2016, 1, 3) + timedelta(7 * n)
            rows.writerows([day, item, 3 + (n // 40) % 3, 1 + (n // 60) % 4] for item in ITEMS)
    return path


def measure(rounds: int) -> str:
    """Return the table."""
    took: dict[str, list[float]] = {name: [] for name in TRIED}
    with tempfile.TemporaryDirectory() as folder:
        path = written(folder)
        for _ in range(rounds):
            for name, code in TRIED.items():
                took[name].append(_once(START + code + STOP, path))
    alone = statistics.median(next(iter(took.values())))
    lines = ["| what | median | worst | times pandas alone |", "|---|---|---|---|"]
    for name, times in took.items():
        middle = statistics.median(times)
        lines.append(f"| {name} | {middle:.2f} s | {max(times):.2f} s | {middle / alone:.1f} |")
    return "\n".join(lines)


def _once(code: str, path: Path) -> float:
    command = [sys.executable, "-c", code, str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
