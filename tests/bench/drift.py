"""How often the drift note is wrong, and what it misses: simulated, and written to docs/drift.md.

    python tests/bench/drift.py                    the whole run, some minutes
    python tests/bench/drift.py --series 500 --print    a short one, to look at

Each made-up person has a level and answers items from 1 to 5 around it: a part common to all
items and a part of each item, both carried over a little from review to review (first-order
autoregression), then rounded and clipped. Nothing in the rule was fitted to these series, and the
seeds are the date and two after it.
"""

from __future__ import annotations

import argparse
import platform
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

from evenground.charts.drift import FIRST, Point, shifts

SEEDS = (20261120, 20261121, 20261122)
PAGE = Path(__file__).parents[2] / "docs" / "drift.md"
MONTHS = [date(2024, 1, 1) + timedelta(30 * n) for n in range(60)]


@dataclass(frozen=True)
class Answerer:
    """How widely somebody's answers spread when nothing changes."""

    name: str
    level: float = 0.46  # standard deviation of the part common to all items
    item: float = 0.52  # and of each item's own part
    carried: float = 0.2
    items: int = 5


TYPICAL = Answerer("typical")
OTHERS = (
    Answerer("flat", level=0.27, item=0.38),
    Answerer("noisy", level=0.68, item=0.72),
    replace(TYPICAL, name="carried over .3", carried=0.3),
    replace(TYPICAL, name="carried over .5", carried=0.5),
    replace(TYPICAL, name="six items", items=6),
    replace(TYPICAL, name="eight items", items=8),
)


def noise(rng, shape, sd, carried):
    """Return noise of a spread, each review keeping a share of the one before."""
    steps = rng.standard_normal(shape)
    for n in range(1, shape[1]):
        steps[:, n] = carried * steps[:, n - 1] + np.sqrt(1 - carried**2) * steps[:, n]
    return sd * steps


def means(rng, who, path, series, *, common=None):
    """Return series of means, and of single items, that follow a path of true levels."""
    reviews = len(path)
    level = rng.uniform(2.8, 4.0, (series, 1)) if path[0] == 0 else np.zeros((series, 1))
    if common is None:
        common = noise(rng, (series, reviews), who.level, who.carried)
    own = noise(rng, (series, reviews, who.items), who.item, who.carried)
    latent = (level + path + common)[:, :, None] + own
    answers = np.clip(np.rint(latent), 1, 5)
    return answers.mean(axis=2), answers


BOTH_WAYS = ("down", "up")


def seen(row, ways=("down",)):
    """Return the reviews, counted from 1, at which a fall is seen; or a rise, or either."""
    points = [Point(day, float(value)) for day, value in zip(MONTHS, row, strict=False)]
    numbers = {day: n for n, day in enumerate(MONTHS, start=1)}
    return [numbers[shift.seen] for shift in shifts(points) if shift.way in ways]


def share(hits):
    return sum(hits) / len(hits)


def stable(who, series, seed, ways=("down",)):
    """Return how many see a note by review 12 and 24 when nothing changes, and the spreads."""
    rng = np.random.default_rng(seed)
    rows, _ = means(rng, who, np.zeros(24), series)
    firsts = [min(seen(row, ways), default=99) for row in rows]
    long, answers = means(rng, who, np.zeros(400), 200)  # 24 reviews would say too little
    return (
        share([n <= 12 for n in firsts]),
        share([n <= 24 for n in firsts]),
        float(long.std(axis=1).mean()),
        float(answers.std(axis=1).mean()),
    )


def couples(who, series, seed, ways=("down",)):
    """Return how many couples see a note on either of them by review 12 and 24."""
    rng = np.random.default_rng(seed)
    shape = (series, 24)
    shared, mine, other = (noise(rng, shape, who.level, who.carried) for _ in range(3))
    sides = [
        means(rng, who, np.zeros(24), series, common=np.sqrt(0.3) * shared + np.sqrt(0.7) * own)[0]
        for own in (mine, other)
    ]
    firsts = [min(seen(a, ways) + seen(b, ways), default=99) for a, b in zip(*sides, strict=True)]
    return share([n <= 12 for n in firsts]), share([n <= 24 for n in firsts])


def found(who, path, *, since, within, series, seed):
    """Return how many see a fall within so many reviews, the first of them included.

    Those who saw a note before anything fell are left out: theirs was a false alarm.
    """
    rows, _ = means(np.random.default_rng(seed), who, path, series)
    falls = [seen(row) for row in rows]
    clean = [fall for fall in falls if not any(n < since for n in fall)]
    return [share([any(n < since + w for n in fall) for fall in clean]) for w in within]


def step(size, *, reviews=36, since=13):
    return np.where(np.arange(1, reviews + 1) >= since, -size, 0.0)


def slide(size, *, reviews=36, since=13):
    after = np.maximum(0, np.arange(1, reviews + 1) - since + 1)
    return -size * after


def journey(reviews=36):
    """Return a way up from 2.6 to 4.0, a rest, then a slide: what couples who mend go through."""
    n = np.arange(reviews)
    up = 2.6 + np.minimum(n, 9) / 9 * 1.4
    return up - 0.11 * np.maximum(0, n - 17)


def percent(value):
    return f"{100 * value:.0f}%"


def page(series):
    """Return the measured rates as a page."""
    runs = {seed: stable(TYPICAL, series, seed) for seed in SEEDS}
    at_13 = {"since": 13, "within": (3, 6, 12), "series": series}
    drops = {seed: found(TYPICAL, step(1), seed=seed, **at_13) for seed in SEEDS}
    five, pair = couples(TYPICAL, series, SEEDS[0]), couples(OTHERS[4], series, SEEDS[0])
    rises = stable(TYPICAL, series, SEEDS[0], ("up",))
    any_way = couples(OTHERS[4], series, SEEDS[0], BOTH_WAYS)
    half = found(TYPICAL, step(0.5), seed=SEEDS[0], **at_13)
    drift = found(TYPICAL, slide(0.1), seed=SEEDS[0], **at_13)
    back = found(TYPICAL, journey(), since=19, within=(3, 6, 9), series=series, seed=SEEDS[0])
    lines = [
        "# How often the drift note is wrong",
        "",
        (
            "Made by `python tests/bench/drift.py`, on made-up answers and not on people's. "
            f"{series:,} series a row; Python {platform.python_version()}, numpy {np.__version__}; "
            f"written on {datetime.now(UTC):%d %B %Y}."
        ),
        "",
        (
            "The rule: from the sixth review on, the mean of a person's items is cut into levels "
            "(`ruptures`, `KernelCPD`, linear kernel, at least two reviews a level; the penalty is "
            "8 times half the mean squared difference of neighbouring reviews, at least 2.5 and at "
            "most 6). A note is due when the newest level first lies below the one before it, or "
            "above it. More than four months without a review start anew. What is counted here is "
            "notes of a fall, unless a row says otherwise."
        ),
        "",
        "## When nothing changes",
        "",
        "| answerer | a note by review 12 | by review 24 | spread of the mean | of one item |",
        "|---|---|---|---|---|",
        *(
            f"| typical, seed {seed} | {percent(a)} | {percent(b)} | {c:.2f} | {d:.2f} |"
            for seed, (a, b, c, d) in runs.items()
        ),
    ]
    for who in OTHERS:
        a, b, c, d = stable(who, series, SEEDS[0])
        lines.append(f"| {who.name} | {percent(a)} | {percent(b)} | {c:.2f} | {d:.2f} |")
    lines += [
        f"| a couple, either of them, five items | {percent(five[0])} | {percent(five[1])} | | |",
        f"| a couple, either of them, six items | {percent(pair[0])} | {percent(pair[1])} | | |",
        f"| the same, a note of either kind | {percent(any_way[0])} | {percent(any_way[1])} | | |",
        f"| typical, a note of a rise | {percent(rises[0])} | {percent(rises[1])} | | |",
        "",
        "## When something does",
        "",
        "The change begins with review 13 (in the last row, with review 19).",
        "",
        "| change | seen within 3 | within 6 | within 12 |",
        "|---|---|---|---|",
        *(
            f"| one step down, seed {seed} | " + " | ".join(map(percent, rates)) + " |"
            for seed, rates in drops.items()
        ),
        "| half a step down | " + " | ".join(map(percent, half)) + " |",
        "| a slide of a tenth of a step a review | " + " | ".join(map(percent, drift)) + " |",
        "| up from 2.6 to 4.0, then a slide of .11 (within 3, 6, 9) | "
        + " | ".join(map(percent, back))
        + " |",
        "",
        (
            "Two people's parts common to all items go together by .3. Each answer is a whole "
            f"number from 1 to 5. The note cannot come before review {FIRST}. None of this was "
            "tried with people."
        ),
    ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--series", type=int, default=6000)
    parser.add_argument("--print", action="store_true", help="show the page and write nothing")
    asked = parser.parse_args()
    made = page(asked.series)
    if asked.print:
        sys.stdout.write(made)
    else:
        PAGE.write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
