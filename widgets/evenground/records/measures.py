"""The controls for a day, a time of day and a number."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import cast

from evenground.records.controls import Control, typed


@dataclass(frozen=True)
class Day(Control):
    """A calendar day."""

    @property
    def name(self) -> str:
        return "date"

    def from_form(self, value: object) -> date | None:
        text = typed(value).strip()
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise ValueError("not_a_date") from None
        if not 1900 <= day.year <= 2200:  # noqa: PLR2004 - a slip of the finger, not a plan
            raise ValueError("not_a_date")
        return day

    def to_form(self, value: object) -> object:
        return self.to_cell(value)

    def to_cell(self, value: object) -> str:
        return cast("date", value).isoformat() if value else ""

    def from_cell(self, cell: str) -> date | None:
        return date.fromisoformat(cell) if cell else None

    @property
    def meaning(self) -> str:
        return "a day, as 2026-11-20"


@dataclass(frozen=True)
class Clock(Control):
    """A time of day, in hours and minutes."""

    @property
    def name(self) -> str:
        return "time"

    def from_form(self, value: object) -> str:
        text = typed(value).strip()[:5]
        if text and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
            raise ValueError("not_a_time")
        return text

    @property
    def meaning(self) -> str:
        return "a time of day, as 18:30"


@dataclass(frozen=True)
class Amount(Control):
    """A sum of money or a number of minutes, zero or more."""

    @property
    def name(self) -> str:
        return "amount"

    def from_form(self, value: object) -> float | None:
        text = typed(value).strip().replace(",", ".")
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            raise ValueError("not_a_number") from None
        if not math.isfinite(number) or number < 0:
            raise ValueError("not_a_number")
        return number

    def to_form(self, value: object) -> object:
        return self.to_cell(value)

    def to_cell(self, value: object) -> str:
        return "" if value is None else f"{cast('float', value):.15g}"

    def from_cell(self, cell: str) -> float | None:
        return float(cell) if cell else None

    @property
    def meaning(self) -> str:
        return "a number"
