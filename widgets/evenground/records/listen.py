"""What is written in part 02: rules and words, turns, and how a turn was."""

from __future__ import annotations

from typing import Annotated, ClassVar

from evenground.records.controls import Chips, Choice, Line, Ref, Steps, Text
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


class SharedWord(Record):
    """A word for a hard thing, what it means to the two, and what they leave out instead."""

    kind: ClassVar[str] = "shared_words"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P22",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    term: Annotated[str, Line(80)] = ""
    meaning: Annotated[str, Text(1_000)] = ""
    avoid: Annotated[str, Line(300)] = ""


DEPTHS = ("day", "view", "feeling", "hope", "unsure")  # from light to deep


class Depth(Record):
    """How deep a speaker wants to go, what they want of the listener, a hope or a fear."""

    kind: ClassVar[str] = "depths"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P56", "P43")
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    level: Annotated[str, Choice(DEPTHS)] = ""
    wants: Annotated[str, Choice(("listen", "ask", "ideas", "unsure"))] = ""
    words: Annotated[str, Text(4_000)] = ""


class Turn(Record):
    """One of them speaks, the other says it back.

    Its number is its place among the turns. How long it took is the time between its rows, the
    first and the one with `floor` or `ended`: there is no count of seconds to hold up to anybody.
    """

    kind: ClassVar[str] = "turns"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P13",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    speaker: Annotated[str, Choice(("a", "b"))] = ""
    topic: Annotated[str, Line(120)] = ""
    ended: Annotated[str, Choice(("heard", "stopped", "next_time"))] = ""
    floor: Annotated[str, Choice(("spoken",))] = ""  # the speaker has said what they wanted to
    ideas: Annotated[str, Choice(("open",))] = ""  # the speaker asked for ideas


class Later(Record):
    """What the listener would like to explain, parked until the speaker was heard."""

    kind: ClassVar[str] = "later_notes"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P13",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    note: Annotated[str, Line(300)] = ""


class Round(Record):
    """One try at saying it back, and whether the speaker says that the listener has it.

    How many it took is the number of rows of a turn.
    """

    kind: ClassVar[str] = "rounds"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P14",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    heard: Annotated[str, Text()] = ""
    verdict: Annotated[str, Choice(("have_it", "partly", "not_yet"))] = ""
    missing: Annotated[str, Text(2_000)] = ""


class Meaning(Record):
    """What was meant, what was heard, and words that both can use."""

    kind: ClassVar[str] = "meanings"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P15",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    meant: Annotated[str, Text(4_000)] = ""
    landed: Annotated[str, Text(4_000)] = ""
    agreed: Annotated[str, Text(2_000)] = ""


class Reply(Record):
    """What the listener says when something hard was said; ideas wait until they are asked for."""

    kind: ClassVar[str] = "replies"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P18",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    type: Annotated[str, Choice(("thank", "feeling", "need", "quiet", "unsure"))] = ""
    words: Annotated[str, Text(2_000)] = ""
    idea: Annotated[str, Text(2_000)] = ""


class Change(Record):
    """What the listener says the turn changes for them."""

    kind: ClassVar[str] = "changes"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P16",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    turn: Annotated[str, Ref("turns")] = ""
    changes: Annotated[str, Text()] = ""


class AfterTurn(Record):
    """How a turn was for one of them, alone: felt understood, could bring it up again."""

    kind: ClassVar[str] = "after_turns"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P17",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    turn: Annotated[str, Ref("turns")] = ""
    understood: Annotated[str, Steps()] = ""
    again: Annotated[str, Steps()] = ""


class OtherWay(Record):
    """A line said another way. What was said at first is not kept."""

    kind: ClassVar[str] = "other_ways"
    part: ClassVar[str] = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P19", "P23")
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    seen: Annotated[str, Text(1_000)] = ""
    felt: Annotated[str, Text(1_000)] = ""
    need: Annotated[str, Text(1_000)] = ""
    ask: Annotated[str, Text(1_000)] = ""
    aloud: Annotated[str, Choice(("yes", "not_yet", "unsure"))] = ""
