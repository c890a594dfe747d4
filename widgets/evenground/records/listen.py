"""What is written in part 02: ground rules, turns, and what waits at the door."""

from __future__ import annotations

from typing import Annotated, ClassVar

from evenground.records.acknowledge import Pieces
from evenground.records.controls import Chips, Choice, Line, Ref, Text
from evenground.records.declaration import Record, Visibility

RULES = ("own", "one_day", "check", "one_voice", "no_names", "no_fixing", "no_screens", "pause")


class GroundRules(Record):
    """The rules that one person would like to hold; the ones that both picked will."""

    kind: ClassVar[str] = "ground_rules"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P20",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    rules: Annotated[tuple[str, ...], Chips(RULES)] = ()
    own_rule: Annotated[str, Line(120)] = ""


class AgreedRules(Record):
    """The rules that both picked."""

    kind: ClassVar[str] = "agreed_rules"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P20",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    rules: Annotated[tuple[str, ...], Chips(RULES)] = ()
    also: Annotated[str, Text(500)] = ""  # a rule a line, in their own words


class PauseSignal(Record):
    """The word or sign by which either of them stops a talk."""

    kind: ClassVar[str] = "pause_signals"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P21",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    signal: Annotated[str, Line(80)] = ""


class Turn(Record):
    """One of them speaks, the other says it back."""

    kind: ClassVar[str] = "turns"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P13",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    speaker: Annotated[str, Choice(("a", "b"))] = ""
    topic: Annotated[str, Line(120)] = ""
    ended: Annotated[str, Choice(("heard", "stopped"))] = ""


class Round(Record):
    """One try at saying it back, and whether the speaker says that the listener has it."""

    kind: ClassVar[str] = "rounds"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P14",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    heard: Annotated[str, Text()] = ""
    verdict: Annotated[str, Choice(("have_it", "partly", "not_yet"))] = ""
    missing: Annotated[str, Text(2_000)] = ""


class Change(Record):
    """What the listener says the turn changes for them."""

    kind: ClassVar[str] = "changes"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P16",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    changes: Annotated[str, Text()] = ""


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


class DoorAnswer(Record):
    """An answer that leaves the door closed. Its author alone knows it, until they tell."""

    kind: ClassVar[str] = "door_answers"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    delivery: Annotated[str, Ref("deliveries")] = ""
    answer: Annotated[str, Choice(("not_now", "unwanted", "need_first"))] = ""
    need: Annotated[str, Text(2_000)] = ""
