"""How a promise stands: what was proposed, what its owner answered, and whether both agree.

There is one way for a promise to be live: it is whole, its owner can do it or part of it, and the
other one proposed it or said that it fits. A row that was edited outside agrees to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from evenground.records.amends import Promise, PromiseAnswer, PromiseApproval

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from evenground.journal import Journal
    from evenground.records.entry import Entry, R


class State(StrEnum):
    """Where a promise is on its way."""

    DRAFT = "draft"  # a part is not written
    PROPOSED = "proposed"  # its owner has not answered
    ANSWERED = "answered"  # the other one has not said whether the answer is enough
    REFUSED = "refused"  # the owner does not agree to it
    NOT_ENOUGH = "not_enough"  # the other one says: not as it stands
    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """One promise with its answer and its approval, as they are now."""

    promise: Entry[Promise]
    answer: Entry[PromiseAnswer] | None
    approval: Entry[PromiseApproval] | None
    state: State

    @property
    def owner(self) -> str:
        """Return the key of the person whose promise it is, or nothing."""
        return self.promise.record.owner

    @property
    def other(self) -> str:
        """Return the key of the person whom the promise is for, or nothing."""
        return {"a": "b", "b": "a"}.get(self.owner, "")


def standings(journal: Journal, today: date) -> list[Standing]:
    """Return how every promise stands on a day, in the order in which they were proposed."""
    answers = journal.entries(PromiseAnswer)
    approvals = journal.entries(PromiseApproval)
    return [_standing(p, answers, approvals, today) for p in journal.entries(Promise)]


def _standing(
    promise: Entry[Promise],
    answers: list[Entry[PromiseAnswer]],
    approvals: list[Entry[PromiseApproval]],
    today: date,
) -> Standing:
    record = promise.record
    other = {"a": "b", "b": "a"}.get(record.owner, "")
    answer = _newest(
        e
        for e in answers
        if e.record.promise == promise.id and e.author == record.owner and not e.changed_outside
    )
    approval = _newest(
        e
        for e in approvals
        if answer and e.record.answer == answer.id and e.author == other and not e.changed_outside
    )
    return Standing(promise, answer, approval, _state(promise, answer, approval, today))


def _state(
    promise: Entry[Promise],
    answer: Entry[PromiseAnswer] | None,
    approval: Entry[PromiseApproval] | None,
    today: date,
) -> State:
    record = promise.record
    if record.missing():
        return State.DRAFT
    if answer is None or promise.changed_outside:
        return State.PROPOSED
    if answer.record.answer == "no":
        return State.REFUSED
    if approval is not None and approval.record.enough == "no":
        return State.NOT_ENOUGH
    proposed_by_other = promise.author not in ("", "both", record.owner)
    fits = proposed_by_other and answer.record.answer == "commit"
    if not fits and (approval is None or approval.record.enough != "yes"):
        return State.ANSWERED
    return State.ENDED if record.end and record.end < today else State.LIVE


def _newest(entries: Iterable[Entry[R]]) -> Entry[R] | None:
    return max(entries, key=lambda entry: entry.seq, default=None)
