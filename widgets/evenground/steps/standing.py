"""How a promise stands: what was proposed, what its owner answered, and whether both agree.

There is one way for a promise to be live: it is whole, its owner can do it or part of it, and the
other one proposed it or said that it fits. A row that was edited outside agrees to nothing. What
is agreed while three run starts when one of those ends, unless both wanted more at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from evenground.records.amends import (
    AgreedMost,
    Promise,
    PromiseAnswer,
    PromiseApproval,
    PromiseEnd,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from evenground.journal import Journal
    from evenground.records.entry import Entry, R

MOST = {"three": 3, "five": 5}  # a few that are kept help more than many (practice P52)


class State(StrEnum):
    """Where a promise is on its way."""

    DRAFT = "draft"  # a part is not written
    PROPOSED = "proposed"  # its owner has not answered
    ANSWERED = "answered"  # the other one has not said whether the answer is enough
    REFUSED = "refused"  # the owner does not agree to it
    NOT_ENOUGH = "not_enough"  # the other one says: not as it stands
    NEXT = "next"  # both agree; it starts when one of those that run has ended
    LIVE = "live"
    ENDED = "ended"
    TAKEN_AWAY = "taken_away"  # ended before its day


@dataclass(frozen=True)
class Standing:
    """One promise with its answer and its approval, as they are now."""

    promise: Entry[Promise]
    answer: Entry[PromiseAnswer] | None
    approval: Entry[PromiseApproval] | None
    state: State
    agreed_at: int = 0  # when both had agreed, in the order of the journal
    ended: Entry[PromiseEnd] | None = None

    @property
    def owner(self) -> str:
        """Return the key of the person whose promise it is, or nothing."""
        return self.promise.record.owner

    @property
    def other(self) -> str:
        """Return the key of the person whom the promise is for, or nothing."""
        return {"a": "b", "b": "a"}.get(self.owner, "")


def most_live(journal: Journal) -> int:
    """Return how many promises run at a time: three, unless both opened answers that say more."""
    found = [e for e in journal.entries(AgreedMost) if e.author == "both" and not e.changed_outside]
    return MOST.get(found[-1].record.most, MOST["three"]) if found else MOST["three"]


def standings(journal: Journal, today: date) -> list[Standing]:
    """Return how every promise stands on a day, in the order in which they were proposed."""
    answers = journal.entries(PromiseAnswer)
    approvals = journal.entries(PromiseApproval)
    ends = journal.entries(PromiseEnd)
    found = [_standing(p, answers, approvals, ends, today) for p in journal.entries(Promise)]
    live = sorted((s for s in found if s.state is State.LIVE), key=lambda s: s.agreed_at)
    waiting = {s.promise.thread for s in live[most_live(journal) :]}
    return [replace(s, state=State.NEXT) if s.promise.thread in waiting else s for s in found]


def _standing(
    promise: Entry[Promise],
    answers: list[Entry[PromiseAnswer]],
    approvals: list[Entry[PromiseApproval]],
    ends: list[Entry[PromiseEnd]],
    today: date,
) -> Standing:
    """Return how one stands. A row edited outside can take an agreement away, and gives none."""
    owner = promise.record.owner
    other = {"a": "b", "b": "a"}.get(owner, "")
    on_it = [e for e in answers if e.record.promise == promise.id]
    answer = _sound(e for e in on_it if e.author == owner or e.changed_outside)
    said = [
        e
        for e in approvals
        if answer
        and e.seq > answer.seq
        and (e.changed_outside or (e.record.answer == answer.id and e.author == other))
    ]
    approval = _newest(said)
    ended = _newest(
        e
        for e in ends
        if e.record.promise == promise.thread and (e.author != owner or e.changed_outside)
    )
    state = State.TAKEN_AWAY if ended else _state(promise, answer, approval, today)
    at = max((e.seq for e in (promise, answer, approval) if e), default=0)
    return Standing(promise, answer, approval, state, at, ended)


def _state(
    promise: Entry[Promise],
    answer: Entry[PromiseAnswer] | None,
    approval: Entry[PromiseApproval] | None,
    today: date,
) -> State:
    record = promise.record
    if answer and answer.record.answer == "no" and not promise.changed_outside:
        return State.REFUSED
    # The order of the dates is asked again: a file that was edited is not held to it.
    if record.missing() or any(record.faults()):
        return State.DRAFT
    if answer is None or promise.changed_outside or not answer.record.answer:
        return State.PROPOSED
    if not _enough(promise, answer, approval):
        said_no = approval and not approval.changed_outside and approval.record.enough == "no"
        return State.NOT_ENOUGH if said_no else State.ANSWERED
    return State.ENDED if record.end and record.end < today else State.LIVE


def _enough(
    promise: Entry[Promise], answer: Entry[PromiseAnswer], approval: Entry[PromiseApproval] | None
) -> bool:
    """Return whether the other one agrees: they proposed it and it is met whole, or say so."""
    if approval is not None:
        return approval.record.enough == "yes" and not approval.changed_outside
    proposed_by_other = promise.author not in ("", "both", promise.record.owner)
    return proposed_by_other and answer.record.answer == "commit"


def _sound(entries: Iterable[Entry[R]]) -> Entry[R] | None:
    """Return the newest, unless it was edited outside: then none of them counts any more."""
    found = _newest(entries)
    return None if found is None or found.changed_outside else found


def _newest(entries: Iterable[Entry[R]]) -> Entry[R] | None:
    return max(entries, key=lambda entry: entry.seq, default=None)
