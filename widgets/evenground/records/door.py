"""What waits at the door, and what its reader answers."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated, ClassVar

from evenground.records.acknowledge import Pieces
from evenground.records.controls import Choice, Ref, Text
from evenground.records.declaration import Record, Visibility
from evenground.records.measures import Day


class Delivery(Pieces):
    """An acknowledgement at the door: for its reader alone, who decides whether it opens."""

    kind: ClassVar[str] = "deliveries"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE


class Knock(Record):
    """That something waits at the door: when, and from whom. It holds no words."""

    kind: ClassVar[str] = "knocks"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    delivery: Annotated[str, Ref("deliveries")] = ""


class Opening(Record):
    """That the reader opened it. It was read; it does not mean more than that."""

    kind: ClassVar[str] = "openings"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    delivery: Annotated[str, Ref("deliveries")] = ""
    how: Annotated[str, Choice(("here", "aloud"))] = ""


class DoorAnswer(Record):
    """An answer that leaves the door closed. Its author alone knows it, until they tell."""

    kind: ClassVar[str] = "door_answers"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    delivery: Annotated[str, Ref("deliveries")] = ""
    answer: Annotated[str, Choice(("not_now", "unwanted", "need_first"))] = ""
    need: Annotated[str, Text(2_000)] = ""
    day: Annotated[date | None, Day()] = None  # kept for later: a day of their own choosing
