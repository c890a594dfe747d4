"""What is written in part 03: promises, who decides what, and decisions."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, ClassVar

from evenground.records.controls import Amount, Choice, Day, Line, Ref, Text
from evenground.records.declaration import Fault, Record, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator


class Promise(Record):
    """One amends: what is needed, an if-then that meets it, whose it is, and its dates.

    If-then form and an end date follow practices P25 and P28 (if-then plans reach their aim more
    often: d = .65 over 94 tests, Gollwitzer & Sheeran 2006).
    """

    kind: ClassVar[str] = "amends"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P25", "P26", "P28")
    visibility: ClassVar[Visibility] = Visibility.SHARED

    title: Annotated[str, Line(80)] = ""
    need: Annotated[str, Text(2_000)] = ""
    type: Annotated[str, Choice(("practical", "feeling", "both"))] = ""
    owner: Annotated[str, Choice(("a", "b"))] = ""
    if_cue: Annotated[str, Line(300)] = ""
    then_act: Annotated[str, Line(300)] = ""
    start: Annotated[date | None, Day()] = None
    due: Annotated[date | None, Day()] = None
    end: Annotated[date | None, Day()] = None
    tell: Annotated[str, Line(300)] = ""

    def faults(self) -> Iterator[Fault]:
        """Yield dates that stand in the wrong order."""
        if self.start and self.due and self.due < self.start:
            yield Fault("due", "due_before_start", {})
        if self.due and self.end and self.end < self.due:
            yield Fault("end", "end_before_due", {})
        elif self.start and self.end and self.end < self.start:
            yield Fault("end", "end_before_start", {})

    def missing(self) -> tuple[str, ...]:
        """Return the fields without which it stays a draft."""
        needed = ("title", "owner", "if_cue", "then_act", "start", "due", "end", "tell")
        return tuple(name for name in needed if not getattr(self, name))


class PromiseAnswer(Record):
    """What the owner can do, about one version of a promise."""

    kind: ClassVar[str] = "amends_answers"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P26",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    promise: Annotated[str, Ref("amends")] = ""  # a version: new words need a new answer
    answer: Annotated[str, Choice(("commit", "part", "help", "no"))] = ""
    words: Annotated[str, Text(2_000)] = ""


class PromiseApproval(Record):
    """Whether the one it is for says that it is enough, about one answer of its owner."""

    kind: ClassVar[str] = "amends_approvals"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P26",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    answer: Annotated[str, Ref("amends_answers")] = ""
    enough: Annotated[str, Choice(("yes", "no"))] = ""


DOMAINS = (
    "money",
    "purchases",
    "home",
    "children",
    "family",
    "social",
    "time",
    "work",
    "faith",
    "other",
)
MODES = ("a", "a_say", "together", "turns", "b_say", "b", "open")


class DecisionRight(Record):
    """Who decides in one area of life, from a day on."""

    kind: ClassVar[str] = "decision_rights"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P31", "P32", "P34")
    visibility: ClassVar[Visibility] = Visibility.SHARED

    domain: Annotated[str, Choice(DOMAINS)] = ""
    domain_name: Annotated[str, Line(60)] = ""  # for an area of their own
    mode: Annotated[str, Choice(MODES)] = ""
    input: Annotated[str, Line(300)] = ""  # how the other's view is taken
    amount: Annotated[float | None, Amount()] = None  # above it nobody decides alone
    next_lead: Annotated[str, Choice(("a", "b"))] = ""
    next_on: Annotated[date | None, Day()] = None
    look_again: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield a hand-over without its person or its day, and an area without a name."""
        if self.mode == "turns" and bool(self.next_on) != bool(self.next_lead):
            yield Fault("next_on" if not self.next_on else "next_lead", "hand_over_half", {})
        if self.domain == "other" and not self.domain_name:
            yield Fault("domain_name", "needs_name", {})


class Decision(Record):
    """What was chosen and why, with both views; "not yet" is an outcome as well."""

    kind: ClassVar[str] = "decisions"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P33",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    topic: Annotated[str, Line(120)] = ""
    view_a: Annotated[str, Text(4_000)] = ""
    view_b: Annotated[str, Text(4_000)] = ""
    outcome: Annotated[str, Choice(("chosen", "not_yet"))] = ""
    choice: Annotated[str, Text(4_000)] = ""
    why: Annotated[str, Text(4_000)] = ""
    holds: Annotated[str, Text(4_000)] = ""  # what somebody still holds to
    look_again: Annotated[date | None, Day()] = None
