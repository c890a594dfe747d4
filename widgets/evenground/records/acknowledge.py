"""What is written in part 01: moments, and the draft acknowledgement."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from evenground.records.controls import Chips, Choice, Line, Text, Weights
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
    """One time when one of them chose for both, or one voice did not count."""

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
