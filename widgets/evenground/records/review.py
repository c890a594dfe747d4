"""What is written in part 04: the agenda, the check-in, what came of promises, slips, mending.

What looks ahead (thanks, news, the road) is declared in `outlook`.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, ClassVar

from evenground.records.controls import Choice, Line, Ref, Steps, Text
from evenground.records.declaration import Fault, Record, Visibility
from evenground.records.measures import Day

if TYPE_CHECKING:
    from collections.abc import Iterator

# Our own questions, not a test: process items, since they tell drift sooner than "who decided"
# (Miller, Dyer & Day 2021; Farrell, Simpson & Rothman 2015).
ITEMS = ("decided", "heard", "raised", "no", "work", "kept")


class Review(Record):
    """One look back, which both answer."""

    kind: ClassVar[str] = "reviews"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P51",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    day: Annotated[date | None, Day()] = None
    wording: Annotated[str, Line(20)] = ""  # a mark of the words in which the items were asked


class AgendaItem(Record):
    """One thing to talk about, by whoever picked it. They take turns to pick first."""

    kind: ClassVar[str] = "agenda"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P59",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    after: Annotated[str, Ref("reviews")] = ""  # the review that was open last when it was picked
    item: Annotated[str, Line(200)] = ""
    talked: Annotated[date | None, Day()] = None


class CheckIn(Record):
    """One person's answers in a review. At the reveal, an item that either kept back stays shut."""

    kind: ClassVar[str] = "checkins"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P51",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    review: Annotated[str, Ref("reviews")] = ""
    decided: Annotated[str, Steps()] = ""
    heard: Annotated[str, Steps()] = ""
    raised: Annotated[str, Steps()] = ""
    no: Annotated[str, Steps()] = ""
    work: Annotated[str, Steps()] = ""
    kept: Annotated[str, Steps()] = ""
    working: Annotated[str, Text(2_000)] = ""
    not_working: Annotated[str, Text(2_000)] = ""
    to_try: Annotated[str, Text(2_000)] = ""


OWN_ITEMS = ("own_time", "own_people", "own_money")


class OwnRoom(Record):
    """One person's own time, people and money. Theirs alone: there is nothing to release."""

    kind: ClassVar[str] = "own_room"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P55",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    own_time: Annotated[str, Steps()] = ""
    own_people: Annotated[str, Steps()] = ""
    own_money: Annotated[str, Steps()] = ""
    wish: Annotated[str, Text(1_000)] = ""


class DriftNote(Record):
    """That somebody's answers moved, told by them. Written when they release it, and not before."""

    kind: ClassVar[str] = "drift_notes"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P51",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    since: Annotated[date | None, Day()] = None
    way: Annotated[str, Choice(("down", "up"))] = ""


class Verdict(Record):
    """What the two chose for a promise: it goes on, its words change, or it ends."""

    kind: ClassVar[str] = "verdicts"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P51", "P52")
    visibility: ClassVar[Visibility] = Visibility.SHARED

    promise: Annotated[str, Ref("amends")] = ""
    verdict: Annotated[str, Choice(("keep", "change", "stop"))] = ""
    on: Annotated[date | None, Day()] = None


class PromiseMark(Record):
    """What the owner says came of a promise."""

    kind: ClassVar[str] = "promise_marks"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P46",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    promise: Annotated[str, Ref("amends")] = ""
    status: Annotated[str, Choice(("done", "slipped", "moved"))] = ""
    on: Annotated[date | None, Day()] = None
    moved_to: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield a move without its new day."""
        if self.status == "moved" and not self.moved_to:
            yield Fault("moved_to", "needs_day", {})


class FeltMark(Record):
    """How a promise felt to the one it is for. Theirs alone, until they release it."""

    kind: ClassVar[str] = "felt_marks"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P46",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    promise: Annotated[str, Ref("amends")] = ""
    felt: Annotated[str, Choice(("kept", "partly", "not_kept", "unsaid"))] = ""


class Slip(Record):
    """A promise that did not happen, said by its owner, and how it was put right."""

    kind: ClassVar[str] = "slips"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P47",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    promise: Annotated[str, Ref("amends")] = ""
    on: Annotated[date | None, Day()] = None
    what: Annotated[str, Text(4_000)] = ""
    cost: Annotated[str, Text(4_000)] = ""
    fix: Annotated[str, Text(4_000)] = ""
    next_time: Annotated[str, Text(1_000)] = ""
    mended_on: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield a mending before its slip."""
        if self.on and self.mended_on and self.mended_on < self.on:
            yield Fault("mended_on", "mended_before_slip", {})


class MendedMark(Record):
    """Whether a slip feels mended to the one it cost. Theirs alone, until they release it."""

    kind: ClassVar[str] = "mended_marks"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P47",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    slip: Annotated[str, Ref("slips")] = ""
    felt: Annotated[str, Choice(("mended", "partly", "not_mended", "unsaid"))] = ""
