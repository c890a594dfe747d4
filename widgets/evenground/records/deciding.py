"""What is written in part 03 about deciding, disagreeing and carrying the work of a home."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, ClassVar

from evenground.records.amends import MODES
from evenground.records.controls import Choice, Line, Ref, Text
from evenground.records.declaration import Fault, Record, Visibility
from evenground.records.measures import Amount, Day

if TYPE_CHECKING:
    from collections.abc import Iterator


class PracticeView(Record):
    """Who decides in practice, as one person sees it now; own areas in the order of the map."""

    kind: ClassVar[str] = "practice_views"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P31",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    money: Annotated[str, Choice(MODES)] = ""
    purchases: Annotated[str, Choice(MODES)] = ""
    home: Annotated[str, Choice(MODES)] = ""
    children: Annotated[str, Choice(MODES)] = ""
    family: Annotated[str, Choice(MODES)] = ""
    social: Annotated[str, Choice(MODES)] = ""
    time: Annotated[str, Choice(MODES)] = ""
    work: Annotated[str, Choice(MODES)] = ""
    faith: Annotated[str, Choice(MODES)] = ""
    own_1: Annotated[str, Choice(MODES)] = ""
    own_2: Annotated[str, Choice(MODES)] = ""
    own_3: Annotated[str, Choice(MODES)] = ""


class Threshold(Record):
    """The sum, and the time, from which nobody decides alone, and the pause before they decide."""

    kind: ClassVar[str] = "thresholds"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P34",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    amount: Annotated[float | None, Amount()] = None
    hours: Annotated[float | None, Amount()] = None
    wait_days: Annotated[float | None, Amount()] = None


class WentAhead(Record):
    """The words ‘I went ahead alone’, said by the one who did, and put right."""

    kind: ClassVar[str] = "went_ahead"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P34",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    what: Annotated[str, Text(4_000)] = ""
    on: Annotated[date | None, Day()] = None
    told_on: Annotated[date | None, Day()] = None
    cost: Annotated[str, Text(4_000)] = ""
    fix: Annotated[str, Text(4_000)] = ""
    next_time: Annotated[str, Text(1_000)] = ""
    mended_on: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield days that come before the day itself."""
        if self.on and self.told_on and self.told_on < self.on:
            yield Fault("told_on", "told_before", {})
        if self.on and self.mended_on and self.mended_on < self.on:
            yield Fault("mended_on", "mended_before_slip", {})


class Influence(Record):
    """Whether somebody's view changed a decision, for themselves."""

    kind: ClassVar[str] = "influences"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P36",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    decision: Annotated[str, Ref("decisions")] = ""
    changed: Annotated[str, Choice(("not", "a_little", "some", "a_lot", "unsure"))] = ""


class Disagreement(Record):
    """Each sums up the other until the other says: that is it. Then views, options, and a trial."""

    kind: ClassVar[str] = "disagreements"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P37",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    topic: Annotated[str, Line(120)] = ""
    heard_by_a: Annotated[str, Text(4_000)] = ""  # what a says that b thinks
    heard_by_b: Annotated[str, Text(4_000)] = ""
    fits_b: Annotated[str, Choice(("has_it", "not_yet"))] = ""  # b, on what a says
    fits_a: Annotated[str, Choice(("has_it", "not_yet"))] = ""
    view_a: Annotated[str, Text(4_000)] = ""
    view_b: Annotated[str, Text(4_000)] = ""
    options: Annotated[str, Text(4_000)] = ""
    trial: Annotated[str, Text(1_000)] = ""
    trial_start: Annotated[date | None, Day()] = None
    trial_end: Annotated[date | None, Day()] = None
    sign: Annotated[str, Line(300)] = ""
    verdict: Annotated[str, Choice(("works", "partly", "not", "open"))] = ""
    verdict_words: Annotated[str, Text(2_000)] = ""

    def faults(self) -> Iterator[Fault]:
        """Yield a trial that ends before it starts, or that has no end."""
        if self.trial_start and self.trial_end and self.trial_end < self.trial_start:
            yield Fault("trial_end", "end_before_start", {})
        if self.trial and self.trial_start and not self.trial_end:
            yield Fault("trial_end", "trial_needs_end", {})


class ConflictPlan(Record):
    """What the two of them agreed on, in a calm hour, for when it gets loud."""

    kind: ClassVar[str] = "conflict_plans"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P39",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    time_out: Annotated[str, Line(300)] = ""
    minutes: Annotated[float | None, Amount()] = None
    words: Annotated[str, Text(1_000)] = ""
    leave_out: Annotated[str, Text(1_000)] = ""
    look_back: Annotated[str, Line(300)] = ""


class Debrief(Record):
    """Five lines about a hard time, a day after it or later. Nobody keeps count."""

    kind: ClassVar[str] = "debriefs"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P39",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    day: Annotated[date | None, Day()] = None
    did_to_a: Annotated[str, Text(2_000)] = ""
    did_to_b: Annotated[str, Text(2_000)] = ""
    helped: Annotated[str, Text(2_000)] = ""
    put_right: Annotated[str, Text(2_000)] = ""
    next_time: Annotated[str, Text(2_000)] = ""


class Goal(Record):
    """Something both want, and one small step towards it."""

    kind: ClassVar[str] = "goals"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P38",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    goal: Annotated[str, Line(200)] = ""
    step: Annotated[str, Line(300)] = ""
    who: Annotated[str, Choice(("a", "b", "both"))] = ""
    by_day: Annotated[date | None, Day()] = None
    done_on: Annotated[date | None, Day()] = None
