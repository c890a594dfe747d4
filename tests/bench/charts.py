"""How long ten years of weekly reviews take to open and draw, beside pandas that reads their CSV.

Each run is in a process of its own: what a page costs that is the first to draw.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import years

ALONE = """
import pandas
for kind in ("reviews", "checkins"):
    pandas.read_csv(f"{path}/{kind}.csv")
"""
ITEMS = ("decided", "heard", "raised", "no", "work", "kept")

START = "import sys, time; began = time.perf_counter(); path = sys.argv[1]\n"
STOP = "\nprint(time.perf_counter() - began)"
READ = """
from evenground.steps import drawn_from
from evenground.steps.desk import desk
answers, names = drawn_from.answers(desk()), drawn_from.names_of(desk())
assert len(answers) == 6 * 520
"""
TRIED = {
    "pandas alone: import and read_csv of two files": ALONE,
    "our journal opened, nothing drawn": READ,
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


def measure(rounds: int) -> str:
    """Return the table."""
    took: dict[str, list[float]] = {name: [] for name in TRIED}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        years.write(path, 10)
        for _ in range(rounds):
            for name, code in TRIED.items():
                took[name].append(spent(START + code + STOP, path))
    alone = statistics.median(next(iter(took.values())))
    lines = ["| what | median | worst | times pandas alone |", "|---|---|---|---|"]
    for name, times in took.items():
        middle = statistics.median(times)
        lines.append(f"| {name} | {middle:.2f} s | {max(times):.2f} s | {middle / alone:.1f} |")
    return "\n".join(lines)


def spent(code: str, path: Path) -> float:
    command = [sys.executable, "-c", code, str(path)]
    home = os.environ | {"EVENGROUND_HOME": str(path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=home)
    return float(done.stdout)
