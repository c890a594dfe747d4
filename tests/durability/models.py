"""R14 and R15: merges in any order, and whatever two people do, held against a plain model."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from unittest import mock

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from durability.result import Result
from evenground.journal import forgetting
from evenground.journal.rows import by_order, checked, together
from evenground.journal.table import Row

if TYPE_CHECKING:
    from collections.abc import Callable


def merges(*, tries: int, place: Callable[[Row], Any] = by_order) -> Result:
    """Merge up to six copies in any order and any number; the result is one.

    `place` orders the rows; by the number alone is code known to be wrong.
    """
    result = Result("R14", "copies merged in any order, any number of times, give one result")
    chance = random.Random(14)
    with result.timed():
        for number in range(tries):
            parts = [
                [_row(chance) for _ in range(chance.randrange(9))]
                for _ in range(chance.randrange(1, 7))
            ]
            shuffled = [*parts, *chance.choices(parts, k=3)]
            chance.shuffle(shuffled)
            same = _merged(shuffled, place) == _merged(parts, place)
            result.expect(same, f"try {number}: {parts}")
            result.tried += 1
    return result


def forgetful(*, runs: int = 100) -> Result:
    """The same machine beside code known to be wrong: what is forgotten stays."""
    with mock.patch.object(forgetting, "forget", return_value=None):
        return machine(runs=runs, phases=(Phase.generate,))


def machine(*, runs: int, phases: tuple[Phase, ...] = tuple(Phase)) -> Result:
    """Let the state machine of the tests run for long."""
    from test_journal_machine import Couple

    result = Result("R15", "what two people do in any order is what a plain model of it holds")
    with result.timed():
        try:
            run_state_machine_as_test(
                Couple,
                settings=settings(
                    max_examples=runs,
                    stateful_step_count=50,
                    deadline=None,
                    database=None,
                    phases=phases,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            result.broken.append(repr(error)[:500])
    result.tried = runs
    result.measured["steps a run"] = "up to 50"
    return result


def _merged(parts: list[list[Row]], place: Callable[[Row], Any]) -> list[dict[str, str]]:
    held: list[Row] = []
    for rows in parts:
        both = together([*held, *rows])
        held = sorted((row for same in both.values() for row in same), key=place)
    return [row.cells for row in held]


def _row(chance: random.Random) -> Row:
    key = chance.randrange(7)
    cells = {"id": f"r{key}", "seq": str(key % 5), "action": "kept", "words": chance.choice("xyz")}
    if chance.random() < 0.15:
        cells |= {"action": "forgotten", "words": ""}
    return Row(0, checked(cells), sound=True)
