"""Where to find people to talk to, from words/<language>/helplines.toml."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it when the module is imported
from functools import cache
from itertools import groupby
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter

from evenground.content import words

DAYS = 180

Said = Annotated[str, Field(min_length=1)]


class Line(BaseModel):
    """One service: how to reach it, where that was read, on which day and by whom."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: Said
    emergency: Said
    service: Said
    whom: Said
    numbers: tuple[Said, ...] = Field(min_length=1)
    hours: Said
    cost: Said
    source: HttpUrl
    seen: Said
    checked: date
    by: Said

    def too_old(self, today: date) -> bool:
        """Return whether the entry was last checked too long ago to be shown."""
        return (today - self.checked).days > DAYS


@cache
def lines() -> tuple[Line, ...]:
    """Return every entry, sorted by country."""
    found = TypeAdapter(tuple[Line, ...]).validate_python(words("helplines").table["lines"])
    return tuple(sorted(found, key=lambda line: line.country))


def by_country() -> dict[str, list[Line]]:
    """Return the entries of each country."""
    return {
        country: list(some) for country, some in groupby(lines(), key=lambda line: line.country)
    }


def noted_on() -> str:
    """Return the day on which the oldest entry was checked, as a reader says it."""
    oldest = min(line.checked for line in lines())
    return f"{oldest.day} {oldest:%B %Y}"
