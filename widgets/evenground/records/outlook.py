"""What is written in part 04 beside the review: thanks, news, closeness, the road ahead."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated, ClassVar

from evenground.records.controls import Chips, Choice, Line, Ref, Text
from evenground.records.declaration import Record, Visibility
from evenground.records.measures import Day


class Intention(Record):
    """One small thing that a person will do in the same way each time."""

    kind: ClassVar[str] = "intentions"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P48",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    act: Annotated[str, Line(200)] = ""
    when: Annotated[str, Line(200)] = ""
    came: Annotated[str, Choice(("done", "partly", "not_done"))] = ""


THANKED = ("home", "planning", "care", "feelings", "paid", "heard", "other")


class Thanks(Record):
    """Thanks for one thing that the other did."""

    kind: ClassVar[str] = "thanks"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P49",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    work: Annotated[tuple[str, ...], Chips(THANKED)] = ()
    words: Annotated[str, Text(2_000)] = ""


class Landed(Record):
    """That thanks arrived, said by the one they are for, if they wish."""

    kind: ClassVar[str] = "landed"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P49",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    thanks: Annotated[str, Ref("thanks")] = ""


class News(Record):
    """Something that went well, and what came of it to learn."""

    kind: ClassVar[str] = "news"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P50",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    went_well: Annotated[str, Text(2_000)] = ""
    learned: Annotated[str, Text(2_000)] = ""


class MayTell(Record):
    """What one person says to others hearing of it. Only a yes of both counts for anything."""

    kind: ClassVar[str] = "may_tell"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P50",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    news: Annotated[str, Ref("news")] = ""
    answer: Annotated[str, Choice(("yes", "no"))] = ""


class Told(Record):
    """Whether others may hear of a piece of news. It does not say who was for it."""

    kind: ClassVar[str] = "told"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P50",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    news: Annotated[str, Ref("news")] = ""
    others: Annotated[str, Choice(("may", "not_now"))] = ""


EVENTS = ("home", "work", "money", "child", "health", "loss", "family", "hard_time", "other")


class LifeEvent(Record):
    """A big change or a hard time, as a reason to look at limits again. No limit stands in it."""

    kind: ClassVar[str] = "life_events"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P41",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    event: Annotated[str, Choice(EVENTS)] = ""
    day: Annotated[date | None, Day()] = None
    looked: Annotated[date | None, Day()] = None


class Closeness(Record):
    """What somebody writes for themselves on a page that they opened alone."""

    kind: ClassVar[str] = "closeness"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P45",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    words: Annotated[str, Text()] = ""


class Ritual(Record):
    """Time that the two of them plan for one another. Nothing says how often it took place."""

    kind: ClassVar[str] = "rituals"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P45",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    ritual: Annotated[str, Line(200)] = ""
    pace: Annotated[str, Choice(("week", "month", "season", "open"))] = ""


HORIZONS = ("family", "home", "work", "growth", "people", "other")


class Milestone(Record):
    """A place on the road ahead, and how the two will know that they are there."""

    kind: ClassVar[str] = "milestones"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P53", "P38")
    visibility: ClassVar[Visibility] = Visibility.SHARED

    horizon: Annotated[str, Choice(HORIZONS)] = ""
    milestone: Annotated[str, Line(200)] = ""
    measure: Annotated[str, Line(300)] = ""
    principle: Annotated[str, Line(300)] = ""
    by: Annotated[date | None, Day()] = None
    reached: Annotated[date | None, Day()] = None


class HardCard(Record):
    """A card for both, to read when it is hard."""

    kind: ClassVar[str] = "hard_cards"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P53",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    words: Annotated[str, Text(4_000)] = ""


# The answers of the CSI-4 in its authors' order, from 0. Their words are in words/<language>.
CSI4 = {
    "happiness": tuple("0123456"),
    "warm": tuple("012345"),
    "rewarding": tuple("012345"),
    "satisfied": tuple("012345"),
}


class Csi4(Record):
    """The CSI-4 of Funk and Rogge (2007), word for word: one person's, for themselves."""

    kind: ClassVar[str] = "csi4"
    part: ClassVar[str] = "review"
    practices: ClassVar[tuple[str, ...]] = ("P51",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    happiness: Annotated[str, Choice(CSI4["happiness"])] = ""
    warm: Annotated[str, Choice(CSI4["warm"])] = ""
    rewarding: Annotated[str, Choice(CSI4["rewarding"])] = ""
    satisfied: Annotated[str, Choice(CSI4["satisfied"])] = ""
