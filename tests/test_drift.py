"""The drift note: seldom when nothing changes, soon when something does, and one person's own."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from evenground.charts import drift
from evenground.charts.answers import Answer
from evenground.charts.drift import Point
from evenground.content import words

sys.path.insert(0, str(Path(__file__).parent / "bench"))
import drift as simulated

SERIES = 1500


def points(*means, every=30, start=date(2024, 1, 1)):
    return tuple(Point(start + timedelta(every * n), mean) for n, mean in enumerate(means))


def test_a_fall_is_seen_once_at_the_review_that_showed_it():
    fell = points(*[4.0] * 8, 2.6, 2.6, 2.6, 2.6)
    (shift,) = drift.shifts(fell)

    assert (shift.way, shift.since, shift.seen) == ("down", fell[8].day, fell[9].day)
    assert (shift.before, shift.after) == (pytest.approx(4.0), pytest.approx(2.6))
    assert drift.fresh(fell[:10]) == shift
    assert drift.fresh(fell) is None


def test_a_rise_is_seen_too():
    (shift,) = drift.shifts(points(*[2.4] * 7, 4.0, 4.0, 4.0))

    assert shift.way == "up"
    assert "higher" in drift.told(shift)


def test_a_fall_after_a_rise_is_seen():
    """A fixed baseline is blind to this: couples start low, rise, and slide back."""
    found = drift.shifts(points(*[2.4] * 6, *[4.2] * 7, *[3.0] * 4))

    assert [shift.way for shift in found] == ["up", "down"]


def test_before_the_sixth_review_nothing_is_said():
    early = points(5, 5, 1, 1, 1)

    assert drift.shifts(early) == ()
    assert drift.levels(early) == ()


def test_answers_that_do_not_move_make_no_note():
    assert drift.shifts(points(*[4.0] * 40)) == ()
    assert drift.shifts(points(*[4.0] * 7, 3.8, *[4.0] * 8)) == ()
    assert len(drift.levels(points(*[4.0] * 40))) == 1


def test_a_long_time_without_a_review_starts_anew():
    before = points(*[4.4] * 8)
    after = points(*[2.4] * 8, start=before[-1].day + timedelta(130))

    assert len(drift.stretches(before + after)) == 2
    assert drift.shifts(before + after) == ()
    assert [round(level.mean, 1) for level in drift.levels(before + after)] == [4.4, 2.4]


def test_a_mean_is_one_persons_own_and_needs_four_answers():
    day = date(2026, 1, 1)
    asked = [Answer(day=day, item=f"{n}", a=4, b=n % 5 + 1 if n < 3 else None) for n in range(6)]

    assert drift.means(asked, "a") == (Point(day, 4.0),)
    assert drift.means(asked, "b") == ()


def test_the_note_says_about_how_much():
    shift = drift.Shift(date(2026, 1, 1), date(2026, 2, 1), before=4.1, after=3.0)

    assert drift.told(shift).startswith("Your last answers are about 1 step lower")


@pytest.mark.parametrize("way", simulated.BOTH_WAYS)
@pytest.mark.parametrize("seed", simulated.SEEDS[:2])
def test_when_nothing_changes_a_note_is_seldom(seed, way):
    by_12, by_24, spread, single = simulated.stable(simulated.TYPICAL, SERIES, seed, (way,))

    assert by_12 <= 0.05
    assert by_24 <= 0.13
    assert spread == pytest.approx(0.54, abs=0.03)
    assert single == pytest.approx(0.74, abs=0.03)


@pytest.mark.parametrize("way", simulated.BOTH_WAYS)
def test_a_couple_sees_a_note_in_vain_as_often_as_its_words_say(way):
    six_items = simulated.OTHERS[4]
    by_12, by_24 = simulated.couples(six_items, SERIES, simulated.SEEDS[0], (way,))

    assert by_12 == pytest.approx(1 / 20, abs=0.02)
    assert by_24 == pytest.approx(1 / 5, abs=0.05)
    say = words("charts")
    for key in ("drift.error", "levels.error"):
        assert "1 couple in 20 in a year. In 2 years it is about 1 in 5." in say[key]
    # Each way has these odds, so either of the two has more: both sentences say so.
    assert "as much again for one of a rise" in say["drift.error"]
    assert "It can seem to rise as often." in say["levels.error"]


def test_somebody_who_answers_alike_each_time_sees_no_note():
    by_12, by_24, *_ = simulated.stable(simulated.OTHERS[0], SERIES, simulated.SEEDS[0])

    assert (by_12, by_24) <= (0.01, 0.01)


@pytest.mark.parametrize("items", [5, 6])
def test_one_step_down_is_seen_within_six_reviews(items):
    who = simulated.replace(simulated.TYPICAL, items=items)
    (within,) = simulated.found(
        who, simulated.step(1), since=13, within=(6,), series=SERIES, seed=simulated.SEEDS[0]
    )

    assert within >= 0.8


def test_a_simulated_answer_is_a_whole_number_from_1_to_5():
    _, answers = simulated.means(np.random.default_rng(1), simulated.TYPICAL, np.zeros(12), 20)

    assert set(np.unique(answers)) <= {1, 2, 3, 4, 5}
