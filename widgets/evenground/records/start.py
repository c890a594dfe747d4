"""What two people write on the Start page, and what every page may ask: names, values, dates."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated, ClassVar

from evenground.records.controls import Choice, Line, Text
from evenground.records.declaration import Record, Visibility
from evenground.records.measures import Amount, Clock, Day


class Person(Record):
    """A name to be read on the pages. Its author is the person."""

    kind: ClassVar[str] = "people"
    part: ClassVar[str] = "start"
    practices: ClassVar[tuple[str, ...]] = ()
    visibility: ClassVar[Visibility] = Visibility.SHARED

    name: Annotated[str, Line(40)] = ""


class Touchstones(Record):
    """What each of the three values means to the two of them."""

    kind: ClassVar[str] = "touchstones"
    part: ClassVar[str] = "start"
    practices: ClassVar[tuple[str, ...]] = ("P54",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    consent: Annotated[str, Text(600)] = ""
    safety: Annotated[str, Text(600)] = ""
    fairness: Annotated[str, Text(600)] = ""


class Meeting(Record):
    """The next time together. The calendar file shows neither the place nor a topic."""

    kind: ClassVar[str] = "meetings"
    part: ClassVar[str] = "start"
    practices: ClassVar[tuple[str, ...]] = ("P24",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    day: Annotated[date | None, Day()] = None
    time: Annotated[str, Clock()] = ""
    minutes: Annotated[float | None, Amount()] = None
    place: Annotated[str, Line(120)] = ""
    end_word: Annotated[str, Line(80)] = ""  # a word that ends the talk
    about: Annotated[str, Line(300)] = ""  # what may come up; in no calendar file


class Pause(Record):
    """A stop by either, kept with no name and no reason; when to come back may be left open.

    That they came back takes it out again, and that it is past its time is shown in part 04.
    """

    kind: ClassVar[str] = "pauses"
    part: ClassVar[str] = "start"
    practices: ClassVar[tuple[str, ...]] = ("P21",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    day: Annotated[date | None, Day()] = None
    time: Annotated[str, Clock()] = ""


class Rest(Record):
    """After how many minutes with nobody there private pages close by themselves."""

    kind: ClassVar[str] = "rests"
    part: ClassVar[str] = "start"
    practices: ClassVar[tuple[str, ...]] = ()
    visibility: ClassVar[Visibility] = Visibility.SHARED

    minutes: Annotated[str, Choice(("5", "15", "30", "60"))] = ""
