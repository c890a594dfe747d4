"""What is written in part 03 about limits and experiments. No kind here has room for a yes.

A limit is what somebody wrote for themselves. That a limit is wider for a time, or that something
new is tried, has an end that comes by itself; what each said to it is in no file.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import TYPE_CHECKING, Annotated, ClassVar

from evenground.records.controls import Choice, Line, Ref, Text
from evenground.records.declaration import Fault, Record, Visibility
from evenground.records.measures import Day

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVELS = ("no", "sometimes", "fine")  # from narrow to wide
TOPICS = ("everyday", "closeness")


class Limit(Record):
    """One line of somebody's own three lists. The other one sees it when it is released."""

    kind: ClassVar[str] = "limits"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P40",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    topic: Annotated[str, Choice(TOPICS)] = ""
    item: Annotated[str, Line(200)] = ""
    level: Annotated[str, Choice(LEVELS)] = ""
    condition: Annotated[str, Text(600)] = ""


class LimitOpening(Record):
    """A limit that is wider until a day. It ends by itself, or earlier when either one ends it."""

    kind: ClassVar[str] = "limit_openings"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P40",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    limit: Annotated[str, Ref("limits")] = ""  # the thread of the released line
    level: Annotated[str, Choice(("sometimes", "fine"))] = ""
    until: Annotated[date | None, Day()] = None


class LimitNo(Record):
    """A no to a wider limit. When it can be asked again, if at all, is its author’s to say."""

    kind: ClassVar[str] = "limit_refusals"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P58",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    limit: Annotated[str, Ref("limits")] = ""
    again: Annotated[str, Choice(("from", "not_here"))] = ""
    again_on: Annotated[date | None, Day()] = None


class Talk(Record):
    """That the two of them talked, and the day. Nothing of what was said."""

    kind: ClassVar[str] = "talks"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P42",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    day: Annotated[date | None, Day()] = None


class Experiment(Record):
    """Something new to try: its limits, a word that stops it, an end. It runs once it has a start.

    After a "not now" it has a day from which it can be asked again, with no word on who said it.
    """

    kind: ClassVar[str] = "experiments"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P44", "P58")
    visibility: ClassVar[Visibility] = Visibility.SHARED

    topic: Annotated[str, Choice(TOPICS)] = ""
    idea: Annotated[str, Text(2_000)] = ""
    limits: Annotated[str, Text(2_000)] = ""
    stop_word: Annotated[str, Line(60)] = ""
    end: Annotated[date | None, Day()] = None
    start: Annotated[date | None, Day()] = None
    stopped: Annotated[date | None, Day()] = None
    again: Annotated[str, Choice(("from", "not_here"))] = ""
    again_on: Annotated[date | None, Day()] = None

    def faults(self) -> Iterator[Fault]:
        """Yield an end before the start."""
        if self.start and self.end and self.end < self.start:
            yield Fault("end", "end_before_start", {})


class ExperimentLook(Record):
    """The look back: what works, what does not, what was a surprise."""

    kind: ClassVar[str] = "experiment_looks"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P44",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    experiment: Annotated[str, Ref("experiments")] = ""
    works: Annotated[str, Text(2_000)] = ""
    does_not: Annotated[str, Text(2_000)] = ""
    surprise: Annotated[str, Text(2_000)] = ""
