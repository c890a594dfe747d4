"""What is written in part 03: promises, leads, who decides what, and decisions."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, ClassVar

from evenground.records.controls import Chips, Choice, Line, Ref, Text
from evenground.records.declaration import Fault, Record, Visibility
from evenground.records.measures import Amount, Day

if TYPE_CHECKING:
    from collections.abc import Iterator


# Kinds of help that others found useful, each a new way and not a payment (practice P27).
IDEAS = (
    "decide_together",
    "ask_first",
    "tell_early",
    "open_books",
    "hand_lead",
    "time_back",
    "people_back",
    "work_room",
    "take_task",
    "hear_out",
    "say_to_others",
    "leave_alone",
    "own",
)
# What no promise asks for (practice P26: "within reason" in plain words; P55).
REASONS = (
    "none",
    "undoable",
    "unlawful",
    "watching",
    "shame",
    "touch",
    "cut_off",
    "own_things",
    "endless",
)


class Promise(Record):
    """One amends: what is needed, an if-then that meets it, whose it is, and its dates.

    If-then form and an end date follow practices P25 and P28 (if-then plans reach their aim more
    often: d = .65 over 94 tests, Gollwitzer & Sheeran 2006).
    """

    kind: ClassVar[str] = "amends"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P25", "P26", "P27", "P28", "P55")
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
    need_feeling: Annotated[str, Text(2_000)] = ""
    idea: Annotated[str, Choice(IDEAS)] = ""
    reasons: Annotated[tuple[str, ...], Chips(REASONS)] = ()
    measure: Annotated[str, Line(120)] = ""  # how often, or how much

    def faults(self) -> Iterator[Fault]:
        """Yield dates in the wrong order, and asking for what no promise asks for."""
        if any(reason != "none" for reason in self.reasons):
            yield Fault("reasons", "not_within_reason", {})
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
    again: Annotated[str, Choice(("from", "not_here"))] = ""  # after a no, set by who said it
    again_on: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield a day that is meant and not written."""
        if self.answer == "no" and self.again == "from" and not self.again_on:
            yield Fault("again_on", "needs_day", {})


class PromiseApproval(Record):
    """Whether the one it is for says that it is enough, about one answer of its owner."""

    kind: ClassVar[str] = "amends_approvals"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P26",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    answer: Annotated[str, Ref("amends_answers")] = ""
    enough: Annotated[str, Choice(("yes", "no"))] = ""


class PromiseEnd(Record):
    """An end before its day: the one whom a promise is for can end it at any time."""

    kind: ClassVar[str] = "amends_ends"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P26",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    promise: Annotated[str, Ref("amends")] = ""  # the thread: all its versions


class MostLive(Record):
    """Whether somebody would like more than three promises at a time; both say so, or it is three.

    Sealed, so that nobody is talked into more by an answer that is there first.
    """

    kind: ClassVar[str] = "amends_most"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P52",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    most: Annotated[str, Choice(("three", "five"))] = ""


class AgreedMost(Record):
    """How many promises run at a time, from when both opened their answers."""

    kind: ClassVar[str] = "amends_most_agreed"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P52",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    most: Annotated[str, Choice(("three", "five"))] = ""


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
    hours: Annotated[float | None, Amount()] = None  # and so for time
    current: Annotated[str, Choice(("a", "b"))] = ""  # who leads now, when in turns
    place: Annotated[str, Choice(("on", "off"))] = ""  # off: taken from the map, with its history

    def faults(self) -> Iterator[Fault]:
        """Yield a hand-over without its person or its day, and an area without a name."""
        if self.mode == "turns" and bool(self.next_on) != bool(self.next_lead):
            yield Fault("next_on" if not self.next_on else "next_lead", "hand_over_half", {})
        if self.domain == "other" and not self.domain_name:
            yield Fault("domain_name", "needs_name", {})


class Lead(Record):
    """An area or a talk that somebody leads for a time, because it was closed to them."""

    kind: ClassVar[str] = "leads"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P29",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    area: Annotated[str, Choice(DOMAINS)] = ""
    talk: Annotated[str, Line(120)] = ""
    lead_from: Annotated[date | None, Day()] = None
    lead_to: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield an end before its start, and an area of their own that has no name."""
        if self.lead_from and self.lead_to and self.lead_to < self.lead_from:
            yield Fault("lead_to", "end_before_start", {})
        if self.area == "other" and not self.talk:
            yield Fault("talk", "needs_name", {})


class LeadAnswer(Record):
    """What the other one says to a lead that is asked for."""

    kind: ClassVar[str] = "lead_answers"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P29", "P58")
    visibility: ClassVar[Visibility] = Visibility.SHARED

    lead: Annotated[str, Ref("leads")] = ""  # a version
    answer: Annotated[str, Choice(("handed", "talk", "no"))] = ""


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
    options: Annotated[str, Text(4_000)] = ""
    amount: Annotated[float | None, Amount()] = None
    hours: Annotated[float | None, Amount()] = None
    wait_until: Annotated[date | None, Day()] = None  # the pause before what waits for both
