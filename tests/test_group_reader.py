"""W11, from the side of a reader who works out every way in which told numbers can have come about.

Sets of couples (tests/test_group_totals.py) are not all that numbers give away: answers are whole,
and there are few of them. The reader here knows the scale, the rules and how many couples there can
be. It finds out when fewer than 5 couples can stand anywhere but at one answer (the complement),
and when it is sure of an answer that at least one couple gave, and no more than 4.
"""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from itertools import combinations_with_replacement as each_way

import pytest

from evenground.group import totals
from evenground.group.totals import FEWEST, HIGH, LOW, Box, Person
from evenground.records.review import ITEMS

ITEM = ITEMS[0]
GROUPS = range(5, 10)  # all are told as 5 couples or more
STUDENT = {5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365, 9: 2.306}


def line_of(box, moment):
    return next(line for line in box.release(moment).lines if line.item == ITEM)


def seen_of_answers(answers):
    """Return what is told of one answer from each of so many couples; None for nothing."""
    box = Box()
    for number, answer in enumerate(answers):
        box.put(Person(str(number), "a"), "after", {ITEM: answer})
    return line_of(box, "after").now


def seen_of_changes(changes):
    """Return what is told of so many changes, apart from where they began; None for nothing."""
    box = Box()
    for number, change in enumerate(changes):
        who, before = Person(str(number), "a"), LOW if change > 0 else HIGH
        box.put(who, "before", {ITEM: before})
        box.put(who, "after", {ITEM: before + change})
    line = line_of(box, "after")
    return None if line.change is None else (line.change, line.low, line.high)


def found_out(seen, scale, groups=GROUPS):
    """Return the told numbers from which such a reader finds out too much."""
    ways = defaultdict(list)
    for count in groups:
        for answers in each_way(scale, count):
            told = seen(answers)
            if told is not None:
                ways[told].append(answers)
    assert ways, "nothing was told, so nothing was tried"
    return [told for told, answers in ways.items() if says_too_much(answers, scale)]


def says_too_much(ways, scale):
    for one in scale:
        counts = [answers.count(one) for answers in ways]
        elsewhere = max(len(answers) - answers.count(one) for answers in ways)
        if elsewhere < FEWEST or (min(counts) > 0 and max(counts) < FEWEST):
            return True
    return False


@pytest.fixture(autouse=True)
def one_question(monkeypatch):
    monkeypatch.setattr(totals, "ITEMS", (ITEM,))


def test_from_a_mean_no_answer_of_fewer_than_5_couples_can_be_worked_out():
    assert found_out(seen_of_answers, range(LOW, HIGH + 1)) == []


def test_the_reader_finds_the_leaks_of_a_box_without_the_rule_on_the_complement(monkeypatch):
    monkeypatch.setattr(totals, "_is_spread", lambda given: len(set(given.values())) > 1)

    # One couple in six said yes: whoever reads 1.2 knows that most of the others said no.
    assert seen_of_answers([1, 1, 1, 1, 1, 2]) in found_out(seen_of_answers, range(LOW, HIGH + 1))


def test_from_a_change_and_its_range_no_change_of_fewer_than_5_couples_can_be_worked_out(
    monkeypatch,
):
    # Where changes began is left aside, and with it the rule that looks at it.
    monkeypatch.setattr(totals, "_is_spread", lambda given: totals.couples(given) >= FEWEST)
    most = HIGH - LOW
    told = found_out(seen_of_changes, range(-most, most + 1), range(5, 9))

    # A mean change near an end needs means near both ends, and those are not told.
    assert [one for one in told if abs(one[0]) < most - 1] == []


def test_the_reader_finds_the_leaks_of_a_range_from_the_couples_own_spread(monkeypatch):
    monkeypatch.setattr(totals, "_is_spread", lambda given: totals.couples(given) >= FEWEST)

    def students(changes):
        told = seen_of_changes(changes)
        reach = STUDENT[len(changes)] * statistics.stdev(changes) / math.sqrt(len(changes))
        mean = statistics.fmean(changes)
        return told and (told[0], round(mean - reach, 1), round(mean + reach, 1))

    # +0.2 (-0.4 to +0.8): one couple changed by a step, and four by none. No other way is left.
    found = found_out(students, range(-1, 2))
    assert students([0, 0, 0, 0, 1]) in found
    assert len(found) > 5
