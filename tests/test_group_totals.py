"""W11: from all that a group is told, no value of fewer than 5 couples can be worked out.

The audit is plain linear algebra over the sets that the test itself knows to be told. It shares
no code with the rules, and it is shown to find the leaks of a box that lacks one of them.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from functools import cache
from itertools import combinations, product

import pytest

from evenground.group import totals
from evenground.group.totals import Box, ClosedError, Person, tally
from evenground.records.review import ITEMS

COUPLES = 12
ITEM = "heard"
# Later and after are alike: both are told with what was before. So these are all orders.
ORDERS = [("before", "after", "later"), ("after", "before", "later"), ("after", "later", "before")]
TYPES = list(product([False, True], repeat=3))  # which moments a couple answered


def rank(rows):
    rows, found = [list(map(Fraction, row)) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in range(found, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for r in range(found + 1, len(rows)):
            factor = rows[r][column] / rows[found][column]
            rows[r] = [x - factor * y for x, y in zip(rows[r], rows[found], strict=True)]
        found += 1
    return found


@cache
def leaks(columns):
    """Return whether sums over sets give a sum that stands on 1 to 4 couples.

    `columns` says for each kind of couple in which sets it is, and how many are of that kind. A
    sum that leaves all but some kinds out exists when the rank falls without those kinds.
    """
    kinds = [(inside, count) for inside, count in columns if any(inside)]
    if not kinds:
        return False
    rows = list(zip(*(inside for inside, _ in kinds), strict=True))
    for size in range(1, len(kinds) + 1):
        for few in combinations(range(len(kinds)), size):
            if sum(kinds[n][1] for n in few) < 5:
                kept = [[x for n, x in enumerate(row) if n not in few] for row in rows]
                if rank(kept) < rank(rows):
                    return True
    return False


def audit(told, couples):
    """Return whether anything told, at any moment, leaks."""
    for moment in totals.MOMENTS:
        sets = [people for when, people in told if when == moment]
        columns = Counter(tuple(int(who in people) for people in sets) for who in couples)
        if leaks(tuple(sorted(columns.items()))):
            return True
    return False


def told_by(line, moment, answered):
    """Yield (moment, couples) of each sum that a line gives away."""
    if line.before is not None:
        both = answered["before"] & answered[moment]
        yield "before", both
        yield moment, both
    elif line.now is not None:
        yield moment, answered[moment]


def compositions(total, parts):
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def run(counts, order):
    """Return what is told of a group with so many couples of each type, and who they are."""
    box, answered, couples = Box(), {moment: set() for moment in totals.MOMENTS}, []
    for kind, count in zip(TYPES, counts, strict=True):
        for _ in range(count):
            who = Person(str(len(couples)), "a")
            couples.append(who)
            for moment, did in zip(totals.MOMENTS, kind, strict=True):
                if did:
                    # The changes differ, so that nothing is left out for being all the same.
                    answer = 3 if moment != "before" else 2 + 2 * (len(couples) % 2)
                    box._answers[ITEM, moment][who] = answer
                    answered[moment].add(who)
    told = []
    for moment in order:
        line = next(one for one in box.release(moment).lines if one.item == ITEM)
        told += told_by(line, moment, answered)
    return told, couples


@pytest.fixture
def only_counting(monkeypatch):
    """Leave the rules that look at answers aside: as much as can be told, is told."""
    monkeypatch.setattr(totals, "_is_spread", lambda given: totals.couples(given) >= totals.FEWEST)
    monkeypatch.setattr(totals, "ITEMS", (ITEM,))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_w11_no_subset_and_no_sequence_of_releases_gives_away_fewer_than_5(order, only_counting):
    # Every way in which 12 couples can have answered three moments, but for who is who.
    seen = told_most = 0
    for counts in compositions(COUPLES, len(TYPES)):
        told, couples = run(counts, order)
        seen += 1
        told_most = max(told_most, len(told))
        assert not audit(told, couples), (counts, told)

    assert seen == 50_388
    assert told_most >= 4, "nothing much was told, so nothing was tried"


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_the_audit_finds_the_leaks_of_a_box_without_the_rule_on_differences(
    order, only_counting, monkeypatch
):
    monkeypatch.setattr(totals, "_is_apart", lambda sets: True)  # noqa: ARG005 - as the rule is called

    # One of 12 couples left between two moments: the change is told over 11, before over 12.
    counts = tuple({(True, True, True): 11, (True, False, False): 1}.get(kind, 0) for kind in TYPES)
    assert audit(*run(counts, order))


def test_the_audit_finds_the_leaks_of_a_box_without_the_rule_on_the_fewest(
    only_counting, monkeypatch
):
    monkeypatch.setattr(totals, "_is_spread", bool)
    monkeypatch.setattr(totals, "_is_apart", lambda sets: True)  # noqa: ARG005 - as the rule is called

    counts = tuple({(True, True, True): 4}.get(kind, 0) for kind in TYPES)
    assert audit(*run(counts, ORDERS[0]))


def test_w11_each_of_the_4096_subsets_is_told_from_5_on():
    for chosen in product([False, True], repeat=COUPLES):
        box = Box()
        for number, inside in enumerate(chosen):
            if inside:
                box.put(Person(str(number), "a"), "before", {ITEM: 2 + number % 3})
        release = box.release("before")
        line = next(one for one in release.lines if one.item == ITEM)

        assert release.couples == sum(chosen) // 5 * 5
        assert line.now is None or sum(chosen) >= 5


def test_w11_people_who_come_and_go_give_nothing_away():
    chance = random.Random(11)
    for _ in range(3_000):
        box, present, told = Box(), {moment: set() for moment in totals.MOMENTS}, []
        people = [Person(str(c), one) for c in range(COUPLES) for one in "ab"]
        closed = set()
        for moment in chance.sample(totals.MOMENTS, 3):
            for when in set(totals.MOMENTS) - closed:
                for who in chance.sample(people, chance.randrange(12, 25)):
                    try:
                        box.put(who, when, {ITEM: chance.randint(1, 5)})
                    except ClosedError:
                        break
                    present[when].add(who)
            line = next(one for one in box.release(moment).lines if one.item == ITEM)
            told += told_by(line, moment, present)
            closed |= {moment}
            for _ in range(chance.randrange(3)):
                gone = str(chance.randrange(COUPLES))
                box.leave(gone)
                present = {m: {w for w in p if w.couple != gone} for m, p in present.items()}
        assert not leaks_by_person(told)


def leaks_by_person(told):
    """Return whether a sum over people can be had that stands on 1 to 4 couples."""
    for moment in totals.MOMENTS:
        sets = [people for when, people in told if when == moment]
        kinds = {}
        for who in set().union(*sets):
            kinds.setdefault(tuple(int(who in people) for people in sets), set()).add(who.couple)
        if not sets:
            continue
        rows = list(zip(*kinds, strict=True))
        for size in range(1, len(kinds) + 1):
            for few in combinations(kinds, size):
                if len(set().union(*(kinds[kind] for kind in few))) < 5:
                    kept = [
                        [x for kind, x in zip(kinds, row, strict=True) if kind not in few]
                        for row in rows
                    ]
                    if rank(kept) < rank(rows):
                        return True
    return False


@pytest.mark.parametrize("count", [5, 6])
def test_a_mean_that_is_told_leaves_5_couples_room_at_each_end(count):
    for answers in product(range(1, 6), repeat=count):
        box = Box()
        for number, answer in enumerate(answers):
            box.put(Person(str(number), "a"), "before", {ITEM: answer})
        line = next(one for one in box.release("before").lines if one.item == ITEM)

        if line.now is not None:
            assert len(set(answers)) > 1
            # As many as 5 couples can stand off each end of the scale, going by the sum alone.
            assert min(sum(a - 1 for a in answers), sum(5 - a for a in answers)) >= 5


def test_the_same_change_for_all_is_not_told():
    box = Box()
    for number in range(8):
        box.put(Person(str(number), "a"), "before", {ITEM: 2 + number % 3})
        box.put(Person(str(number), "a"), "after", {ITEM: 3 + number % 3})
    line = next(one for one in box.release("after").lines if one.item == ITEM)

    assert line.change is None
    assert line.before is None


def test_a_release_is_frozen_and_its_moment_closed():
    box = Box()
    for number in range(10):
        box.put(Person(str(number), "a"), "after", {ITEM: 2 + number % 3})
    first = box.release("after")
    box.leave("3")

    assert box.release("after") is first
    with pytest.raises(ClosedError):
        box.put(Person("3", "a"), "after", {ITEM: 5})


def test_a_couple_that_leaves_stays_in_no_later_total():
    box = Box()
    for number in range(5):
        for moment in totals.MOMENTS:
            box.put(Person(str(number), "a"), moment, {ITEM: 2 + number % 3})
    assert box.release("before").couples == 5
    box.leave("4")

    later = box.release("after")
    assert later.couples == 0
    assert all(line.now is None for line in later.lines)


def test_a_box_is_read_back_as_it_was():
    box = Box()
    for number in range(7):
        for moment, add in (("before", 0), ("after", number % 2)):
            answers = dict.fromkeys(ITEMS, 2 + number % 3 + add)
            box.put(Person(str(number), "a"), moment, answers)
    told = box.release("after")
    again = Box.load(box.dump())

    assert again.release("after") == told
    assert again.dump() == box.dump()
    assert again.release("before") == box.release("before")


@pytest.mark.parametrize(
    ("moment", "answers"),
    [("before", {"heard": 6}), ("before", {"secret": 3}), ("sometime", {"heard": 3})],
)
def test_answers_of_another_shape_are_refused(moment, answers):
    with pytest.raises(ValueError, match="1 to 5"):
        Box().put(Person("1", "a"), moment, answers)


@pytest.mark.parametrize(("couples", "reach"), [(5, 0.877), (9, 0.877), (10, 0.620), (40, 0.310)])
def test_the_range_follows_from_how_many_couples_there_are_and_from_nothing_else(couples, reach):
    ranges = set()
    for gains in ((0, 1), (-1, 1), (1, 0)):
        box = Box()
        for number in range(couples):
            for one in "ab":
                box.put(Person(str(number), one), "before", {ITEM: 2 + number % 3})
                after = 2 + number % 3 + gains[number % 2]
                box.put(Person(str(number), one), "after", {ITEM: after})
        line = next(one for one in box.release("after").lines if one.item == ITEM)
        ranges.add((round(line.low - line.change, 1), round(line.high - line.change, 1)))

    # 1.96 steps over the root of the couples, in fives
    assert ranges == {(-round(reach, 1), round(reach, 1))}


def test_a_tally_tells_an_option_only_with_5_couples_on_either_side():
    for slow, right, fast in compositions(COUPLES, 3):
        votes = ["slow"] * slow + ["right"] * right + ["fast"] * fast
        told = tally({Person(str(n), "a"): vote for n, vote in enumerate(votes)})

        for option, count in told.items():
            true = votes.count(option)
            assert count == true // 5 * 5
            assert true >= 5
            assert COUPLES - true >= 5


def test_nothing_else_of_the_group_reads_what_a_box_holds():
    from pathlib import Path

    folder = Path(totals.__file__).parent
    inside = [
        path.name
        for path in folder.rglob("*.py")
        if path.name != "totals.py" and "._answers" in path.read_text(encoding="utf-8")
    ]
    assert inside == []
