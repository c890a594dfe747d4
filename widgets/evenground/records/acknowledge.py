"""What is written in part 01: the pace, who has more room, moments, and the draft."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from evenground.records.controls import Chips, Choice, Line, Ref, Text, Weights
from evenground.records.declaration import Record, Visibility

AREAS = (
    "money",
    "plans",
    "home",
    "time",
    "family",
    "friends",
    "children",
    "work",
    "body",
    "faith",
    "other",
)
FEELINGS = (
    "left_out",
    "small",
    "angry",
    "hurt",
    "worried",
    "ashamed",
    "numb",
    "tired",
    "distant",
    "other",
)
NARROWED = ("spend", "time", "people", "say", "news", "work", "body", "rest", "nothing")


class Moment(Record):
    """One time when one of them chose for both, or one voice did not count.

    Who decided is said by where its writer stood (`role`): no field names one of the two.
    """

    kind: ClassVar[str] = "moments"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P2", "P3", "P4", "P6")
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    areas: Annotated[tuple[str, ...], Chips(AREAS)] = ()
    when: Annotated[str, Line(120)] = ""
    act: Annotated[str, Text()] = ""
    asked: Annotated[str, Choice(("nobody", "unheard", "heard", "unsure"))] = ""
    role: Annotated[str, Choice(("more", "less", "unsure"))] = ""
    # A person may know what they felt, and may guess what the other did. The two are not mixed.
    whose: Annotated[str, Choice(("mine", "guess"))] = ""
    feelings: Annotated[dict[str, int], Weights(FEELINGS)] = Field(default_factory=dict)
    feeling_words: Annotated[str, Line(120)] = ""
    narrowed: Annotated[tuple[str, ...], Chips(NARROWED)] = ()
    how: Annotated[str, Text()] = ""
    camera: Annotated[str, Choice(("all", "part", "unsure"))] = ""


class Trace(Record):
    """What a moment left in trust and desire: a page that stays shut unless its writer opens it."""

    kind: ClassVar[str] = "traces"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P5",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    moment: Annotated[str, Ref("moments")] = ""
    trust: Annotated[str, Text(4_000)] = ""
    desire: Annotated[str, Text(4_000)] = ""
    cues: Annotated[str, Text(2_000)] = ""


TOPICS = (
    "money",
    "home",
    "family",
    "children",
    "body",
    "closeness",
    "past",
    "work",
    "faith",
    "other",
)


class Pace(Record):
    """How far one person goes with hard topics. The other one sees "not for now", and no reason."""

    kind: ClassVar[str] = "paces"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P12",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    not_now: Annotated[tuple[str, ...], Chips(TOPICS)] = ()
    write_only: Annotated[tuple[str, ...], Chips(TOPICS)] = ()
    helper: Annotated[tuple[str, ...], Chips(TOPICS)] = ()


class NotForNow(Record):
    """The topics that one person leaves closed between the two, for whichever of the three."""

    kind: ClassVar[str] = "not_for_now"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P12",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    topics: Annotated[tuple[str, ...], Chips(TOPICS)] = ()


FORMS = ("money", "feelings", "body", "people", "news", "time", "home", "work")  # of power
ROOM = ("a", "b", "alike", "varies", "unsure")
SOURCES = (
    "earning",
    "knowing",
    "character",
    "upbringing",
    "custom",
    "health",
    "papers",
    "habit",
    "unsure",
)


class Room(Record):
    """Who can choose more freely, form by form, and what gives that room; in one person's view."""

    kind: ClassVar[str] = "rooms"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P7",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    money: Annotated[str, Choice(ROOM)] = ""
    money_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    feelings: Annotated[str, Choice(ROOM)] = ""
    feelings_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    body: Annotated[str, Choice(ROOM)] = ""
    body_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    people: Annotated[str, Choice(ROOM)] = ""
    people_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    news: Annotated[str, Choice(ROOM)] = ""
    news_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    time: Annotated[str, Choice(ROOM)] = ""
    time_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    home: Annotated[str, Choice(ROOM)] = ""
    home_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()
    work: Annotated[str, Choice(ROOM)] = ""
    work_from: Annotated[tuple[str, ...], Chips(SOURCES)] = ()


class OldScript(Record):
    """A way of acting that was learned long ago, and the one that is chosen now."""

    kind: ClassVar[str] = "old_scripts"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P8",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    then: Annotated[str, Text(4_000)] = ""
    now: Annotated[str, Text(4_000)] = ""
    choice: Annotated[str, Text(4_000)] = ""


class BodySign(Record):
    """What sets a person off, the first sign of it, and what helps. What helps may be released."""

    kind: ClassVar[str] = "body_signs"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P10",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    sets_off: Annotated[str, Text(2_000)] = ""
    first_sign: Annotated[str, Line(300)] = ""
    named: Annotated[str, Line(120)] = ""
    helps: Annotated[str, Text(2_000)] = ""


class OwnValue(Record):
    """One thing that a person wants to live by, written before the draft.

    Writing about a value first led to fuller apologies with fewer defences (Schumann 2014).
    """

    kind: ClassVar[str] = "own_values"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P9",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    value: Annotated[str, Line(120)] = ""
    last: Annotated[str, Text(4_000)] = ""


class OpenQuestion(Record):
    """One question to bring to the other. They see it once its writer releases it."""

    kind: ClassVar[str] = "open_questions"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P9",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    question: Annotated[str, Line(300)] = ""


class Pieces(Record):
    """The pieces of an acknowledgement. Asking for pardon is not one of them (practice P1)."""

    did: Annotated[str, Text()] = ""
    mine: Annotated[str, Text()] = ""
    cost: Annotated[str, Text()] = ""
    regret: Annotated[str, Text()] = ""
    change: Annotated[str, Text()] = ""
    offer: Annotated[str, Text()] = ""


class Acknowledgement(Pieces):
    """The draft, while its author works on it: in 01, and again after listening."""

    kind: ClassVar[str] = "acknowledgements"
    part: ClassVar[str] = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P1",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE
