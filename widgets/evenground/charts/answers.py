"""What a chart of answers is drawn from: dates, numbers and two names. No words of anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Person = Literal["a", "b"]
PEOPLE: tuple[Person, ...] = ("a", "b")
LOW, HIGH = 1, 5  # "hardly ever" to "nearly every time"

# After a longer time without answers a line starts anew, and so does what is usual (drift.py).
LONG_GAP = 124  # days: four months


@dataclass(frozen=True, slots=True)
class Names:
    """The two names; the second may be empty, for somebody who does this alone."""

    a: str
    b: str = ""

    def of(self, person: str) -> str:
        """Return a person's name."""
        return self.b if person == "b" else self.a


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What each answered to one item in one review, 1 to 5; None where nothing is released.

    A review without an answer stays: it is drawn as an open circle, and says nothing of why.
    """

    day: date
    item: str
    a: int | None = None
    b: int | None = None

    def of(self, person: str) -> int | None:
        """Return one person's answer."""
        return self.b if person == "b" else self.a

    @property
    def is_empty(self) -> bool:
        """Return whether neither has a released answer."""
        return self.a is None and self.b is None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened on a day and is marked on a line; its words are ours.

    Kinds: agreement, wording (an item was asked in other words), life (a big change), meeting.
    """

    day: date
    kind: Literal["agreement", "wording", "life", "meeting"]


def about(answers: tuple[Answer, ...], item: str) -> tuple[Answer, ...]:
    """Return the answers to one item by day; of several on one day, the last one given."""
    by_day = {answer.day: answer for answer in answers if answer.item == item}
    return tuple(by_day[day] for day in sorted(by_day))
