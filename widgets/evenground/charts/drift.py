"""Where one person's answers have settled, and when a review first showed that they moved.

The rule is a level shift on the mean of a person's own items, found by `ruptures`. It needs no
baseline, so it follows a rise and sees the fall after it. docs/drift.md has its error rates, as
simulated by tests/bench/drift.py; they stand beside every note it gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from evenground.charts.answers import LONG_GAP
from evenground.content import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from evenground.charts.answers import Answer

FIRST = 6  # the review of a stretch from which levels are looked for
LEAST = 4  # answered items that make a mean; with fewer, one item alone could move it
_SHORTEST = 2  # reviews on a level

# The penalty grows with how much neighbouring answers differ, and has a floor: six equal answers
# would otherwise make the seventh look like a change (false alarms 46 to 66% by review 24).
_WOBBLE, _FLOOR, _CEILING = 8.0, 2.5, 6.0

_STEPS = {1: "half", 2: "one", 3: "one_half", 4: "two"}  # halves of a step, in words


@dataclass(frozen=True, slots=True)
class Point:
    """The mean of one person's answers in one review."""

    day: date
    mean: float


@dataclass(frozen=True, slots=True)
class Level:
    """What the answers from one review to another settled around."""

    first: date
    last: date
    mean: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of level: since which review, and at which review it was first seen."""

    since: date
    seen: date
    before: float
    after: float

    @property
    def way(self) -> Literal["down", "up"]:
        """Return whether the answers fell or rose."""
        return "down" if self.after < self.before else "up"


def means(answers: Sequence[Answer], person: str) -> tuple[Point, ...]:
    """Return one person's mean for each review in which they answered enough items."""
    by_day: dict[date, dict[str, int]] = {}
    for answer in answers:
        if (value := answer.of(person)) is not None:
            by_day.setdefault(answer.day, {})[answer.item] = value
    return tuple(
        Point(day, sum(items.values()) / len(items))
        for day, items in sorted(by_day.items())
        if len(items) >= LEAST
    )


def stretches(points: Sequence[Point]) -> list[tuple[Point, ...]]:
    """Return points in runs; after a long time without a review a new run starts."""
    runs: list[list[Point]] = [[*points[:1]]] if points else []
    for before, after in pairwise(points):
        if (after.day - before.day).days > LONG_GAP:
            runs.append([])
        runs[-1].append(after)
    return [tuple(run) for run in runs]


def levels(points: Sequence[Point]) -> tuple[Level, ...]:
    """Return the levels that the answers settled around; none for a run shorter than six."""
    return tuple(
        Level(run[start].day, run[stop - 1].day, _mean(run[start:stop]))
        for run in stretches(points)
        if len(run) >= FIRST
        for start, stop in _segments([point.mean for point in run])
    )


def shifts(points: Sequence[Point]) -> tuple[Shift, ...]:
    """Return each change of level as it came to be seen, review by review, oldest first."""
    return tuple(shift for run in stretches(points) for shift in _seen(run))


def fresh(points: Sequence[Point]) -> Shift | None:
    """Return the change that the newest review is the first to show: what a note is about."""
    found = shifts(points)
    return found[-1] if found and found[-1].seen == points[-1].day else None


def _seen(run: Sequence[Point]) -> Iterator[Shift]:
    """Yield a shift once: later reviews may move its first day a little, and that is no news."""
    known = -1  # the review at which the newest shift was seen
    values = [point.mean for point in run]
    for count in range(FIRST, len(run) + 1):
        segments = _segments(values[:count])
        if len(segments) > 1 and segments[-1][0] > known:
            before, last = segments[-2], segments[-1]
            known = count - 1
            yield Shift(
                run[last[0]].day,
                run[known].day,
                _mean(run[before[0] : before[1]]),
                _mean(run[last[0] : last[1]]),
            )


def _segments(values: list[float]) -> list[tuple[int, int]]:
    """Return the (start, stop) of each level of a run."""
    import numpy as np  # noqa: PLC0415 - with ruptures over a second, for one chart and one note
    import ruptures  # noqa: PLC0415 - as above

    signal = np.asarray(values, dtype=float).reshape(-1, 1)
    wobble = float(np.mean(np.diff(signal[:, 0]) ** 2)) / 2
    penalty = min(max(_WOBBLE * wobble, _FLOOR), _CEILING)
    fitted = ruptures.KernelCPD(kernel="linear", min_size=_SHORTEST).fit(signal)
    return list(pairwise([0, *fitted.predict(pen=penalty)]))


def _mean(points: Sequence[Point]) -> float:
    return sum(point.mean for point in points) / len(points)


def told(shift: Shift) -> str:
    """Return the note on a shift, for its person alone; "drift.error" stands beside it."""
    say = words("charts")
    halves = max(1, round(2 * abs(shift.after - shift.before)))
    step = say[f"drift.{_STEPS.get(halves, 'more')}"]
    return plain(say.say(f"drift.{shift.way}", step=step))
