"""The agreement on one page, in versions, and each person's own word on a version."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated, ClassVar

from evenground.records.controls import Choice, Ref, Text
from evenground.records.declaration import Record, Visibility
from evenground.records.measures import Day

PARTS = ("decide", "tell", "disagree", "amends")


class Agreement(Record):
    """What the two of them agreed on, part by part. A part with no words is open."""

    kind: ClassVar[str] = "agreements"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P30",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    decide: Annotated[str, Text(4_000)] = ""
    tell: Annotated[str, Text(4_000)] = ""
    disagree: Annotated[str, Text(4_000)] = ""
    amends: Annotated[str, Text(4_000)] = ""
    look_again: Annotated[date | None, Day()] = None


class AgreementWord(Record):
    """Whether somebody can live with one version; sealed until both have said."""

    kind: ClassVar[str] = "agreement_words"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P30",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    agreement: Annotated[str, Ref("agreements")] = ""  # a version: new words, a new word
    live: Annotated[str, Choice(("can", "change", "not_yet"))] = ""
    words: Annotated[str, Text(2_000)] = ""
