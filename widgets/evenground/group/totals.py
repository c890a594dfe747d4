"""The totals of a group, and the one place where the rules on its numbers are kept.

Answers go into a `Box` and never come out of it. What comes out is a `Release`: means over 5 or
more couples, made once for a moment and then frozen. These rules hold for every number:

1. *Fewest*: it stands on 5 couples or more. Couples are counted and not people, since each of two
   people knows two answers.
2. *Difference*: the same question at the same moment may be told again only over people who differ
   from those before by none, or by 5 couples or more. Any sum or difference of what was told then
   stands on 5 couples or more, since it weighs all people alike who were in the same releases.
3. *Unanimous*: when all gave one answer, it is not told.
4. *Complement*: when a mean is so near an end of the scale that fewer than 5 couples can stand
   elsewhere, it is not told. How many couples are in it is told in fives, rounded down.
5. *Sub-group*: nobody can ask for a part of the group. There is no way to say one.
6. *Frozen*: a moment that was told is closed. Asked again, it gives what it gave the first time.
7. *Range*: it follows from the number of couples in fives, and not from how they differ. A mean and
   a spread of few whole numbers leave one way, often, in which those can have come about.

What may not be told is left out without a reason, because the reason would tell it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import asdict, dataclass
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING, Any, NamedTuple

from evenground.records.review import ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FEWEST = 5  # couples
LOW, HIGH = 1, 5  # the ends of the scale
SPREAD = 1.0  # steps: by how much the changes of couples are taken to differ (rule 7)
MOMENTS = ("before", "after", "later")


class Person(NamedTuple):
    """One person of one couple: two codes that say nothing about them."""

    couple: str
    one: str


class ClosedError(Exception):
    """A moment was told, and takes no more answers."""


@dataclass(frozen=True)
class Line:
    """What is told about one question. None stands for what may not be told."""

    item: str
    now: float | None = None
    before: float | None = None  # of the same people
    change: float | None = None
    low: float | None = None  # the range that holds 95 of 100 such changes, if SPREAD is theirs
    high: float | None = None


@dataclass(frozen=True)
class Release:
    """What is told about a moment, once. `couples` is rounded down to fives; 0 is fewer than 5."""

    moment: str
    couples: int
    lines: tuple[Line, ...]


Answers = dict[Person, int]
Told = dict[tuple[str, str], list[frozenset[Person]]]


class Box:
    """The answers of those who chose to be counted. It gives out releases and nothing else."""

    def __init__(self) -> None:
        """Begin empty."""
        self._answers: dict[tuple[str, str], Answers] = defaultdict(dict)  # by item and moment
        self._told: Told = defaultdict(list)
        self._releases: dict[str, Release] = {}

    def put(self, who: Person, moment: str, answers: Mapping[str, int]) -> None:
        """Take one person's answers, in place of earlier ones; ClosedError once it was told."""
        if moment not in MOMENTS or any(_bad(*one) for one in answers.items()):
            raise ValueError("answers are 1 to 5, to the questions of a review")
        if self._is_closed(moment):
            raise ClosedError(moment)
        for item in ITEMS:
            self._answers[item, moment].pop(who, None)
            if item in answers:
                self._answers[item, moment][who] = answers[item]

    def leave(self, couple: str, one: str | None = None) -> None:
        """Take a couple, or one person of it, out of all that is told from now on."""
        for given in self._answers.values():
            for who in [who for who in given if who.couple == couple and one in {None, who.one}]:
                del given[who]

    def release(self, moment: str) -> Release:
        """Return what may be told about a moment: the first time for good."""
        if moment not in MOMENTS:
            raise ValueError(moment)
        if moment not in self._releases:
            lines = tuple(self._line(item, moment) for item in ITEMS)
            here = {who for item in ITEMS for who in self._answers[item, moment]}
            self._releases[moment] = Release(moment, in_fives(couples(here)), lines)
        return self._releases[moment]

    def dump(self) -> dict[str, Any]:
        """Return all it holds, for the service that keeps it through a restart."""
        return {
            "answers": [
                [*at, *who, answer]
                for at, given in self._answers.items()
                for who, answer in given.items()
            ],
            "told": [[*at, sorted(people)] for at, sets in self._told.items() for people in sets],
            "releases": [told(release) for release in self._releases.values()],
        }

    @classmethod
    def load(cls, held: Mapping[str, Any]) -> Box:
        """Return the box that `dump` wrote."""
        box = cls()
        for item, moment, couple, one, answer in held["answers"]:
            box._answers[item, moment][Person(couple, one)] = answer
        for item, moment, people in held["told"]:
            box._told[item, moment].append(frozenset(Person(*who) for who in people))
        for release in held["releases"]:
            box._releases[release["moment"]] = read(release)
        return box

    def _is_closed(self, moment: str) -> bool:
        told = any(people for (_, when), people in self._told.items() if when == moment)
        return told or moment in self._releases

    def _line(self, item: str, moment: str) -> Line:
        """Return the change since before when it may be told, or else this moment by itself."""
        now = self._answers[item, moment]
        earlier = {} if moment == "before" else self._answers[item, "before"]
        both = earlier.keys() & now.keys()
        before = {who: earlier[who] for who in both}
        since = {who: now[who] for who in both}
        # The change stands on the same people twice, so it is told with both means or not at all.
        if self._tell(item, {"before": before, moment: since}, _changes(before, since)):
            return _changed(item, before, since)
        if self._tell(item, {moment: now}):
            return Line(item, now=_mean(now))
        return Line(item)

    def _tell(
        self, item: str, told: Mapping[str, Answers], changes: Mapping[Person, int] | None = None
    ) -> bool:
        """Return whether these answers may be told, and note that they were."""
        if changes is not None and len(set(changes.values())) == 1:
            return False
        for moment, given in told.items():
            sets = [*self._told[item, moment], frozenset(given)]
            if not (_is_spread(given) and _is_apart(sets)):
                return False
        for moment, given in told.items():
            self._told[item, moment].append(frozenset(given))
        return True


def couples(people: Iterable[Person]) -> int:
    """Return how many couples these people are of."""
    return len({who.couple for who in people})


def in_fives(count: int) -> int:
    """Return a count as it is told: rounded down, so that nobody reads off who is missing."""
    return count - count % FEWEST


def tally(votes: Mapping[Person, str]) -> dict[str, int]:
    """Return the options that may be told, with the couples who chose each, in fives.

    An option is told when 5 couples or more chose it, and 5 or more hold nothing but others.
    """
    chosen = {
        option: {who.couple for who, vote in votes.items() if vote == option}
        for option in set(votes.values())
    }
    all_ = couples(votes)
    return {
        option: in_fives(len(those))
        for option, those in sorted(chosen.items())
        if len(those) >= FEWEST and all_ - len(those) >= FEWEST
    }


def told(release: Release) -> dict[str, Any]:
    """Return a release as plain values, to be written down."""
    return asdict(release)


def read(told: Mapping[str, Any]) -> Release:
    """Return the release that was written down as plain values."""
    lines = tuple(Line(**line) for line in told["lines"])
    return Release(told["moment"], told["couples"], lines)


def _is_spread(given: Answers) -> bool:
    """Return whether enough couples gave these, and they leave room for 5 couples elsewhere."""
    answers = given.values()
    from_low, from_high = sum(n - LOW for n in answers), sum(HIGH - n for n in answers)
    return couples(given) >= FEWEST and len(set(answers)) > 1 and min(from_low, from_high) >= FEWEST


def _is_apart(sets: list[frozenset[Person]]) -> bool:
    """Return whether people who were in the same of these sets are of 5 couples or more.

    Every number told weighs those people alike, and so does every sum or difference of numbers.
    """
    alike: dict[tuple[bool, ...], set[str]] = defaultdict(set)
    for who in frozenset().union(*sets):
        alike[tuple(who in people for people in sets)].add(who.couple)
    return all(len(those) >= FEWEST for those in alike.values())


def _changes(before: Answers, now: Answers) -> dict[Person, int]:
    return {who: now[who] - before[who] for who in now}


def _mean(given: Mapping[Person, int]) -> float:
    return round(fmean(given.values()), 1)


def _changed(item: str, before: Answers, now: Answers) -> Line:
    """Return both means and the change, with a range in which a couple counts as one."""
    change = _mean(_changes(before, now))
    count = max(in_fives(couples(now)), FEWEST)
    reach = NormalDist().inv_cdf(0.975) * SPREAD / math.sqrt(count)
    return Line(
        item,
        now=_mean(now),
        before=_mean(before),
        change=change,
        low=round(change - reach, 1),
        high=round(change + reach, 1),
    )


def _bad(item: str, answer: object) -> bool:
    return item not in ITEMS or answer not in range(LOW, HIGH + 1)
