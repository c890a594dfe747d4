"""Days and times as the pages say them, and the day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def today() -> date:
    """Return the day it is where the laptop is."""
    return datetime.now().astimezone().date()


def said(day: date | datetime | None, *, beside: date | None = None) -> str:
    """Return a day in words ("14 March"), with its year when that is not the year of `beside`."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day.astimezone().date()
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == (beside or today()).year else f"{words} {day.year}"


def short(day: date) -> str:
    """Return a day in few letters ("22 Nov"), with its year when it is not this one."""
    words = f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return words if day.year == today().year else f"{words} {day.year}"


def clock(moment: datetime) -> str:
    """Return a moment's time of day where the laptop is ("12:04")."""
    return moment.astimezone().strftime("%H:%M")


def now() -> str:
    """Return the time of day it is, as the saving line says it."""
    return clock(datetime.now(UTC))


def weekday(day: date) -> str:
    """Return a day in words with its weekday ("Sunday 22 November")."""
    return f"{_WEEKDAYS[day.weekday()]} {said(day)}"


def soonest(days: Iterable[date | None]) -> date | None:
    """Return the earliest of the days that are given, or None."""
    return min((day for day in days if day), default=None)
