"""The controls a field may have: what the form shows, what is allowed, how it reads in a cell.

Each control turns a value into a form's value and back, and into a CSV cell and back. A refusal
is a ValueError whose text is the key of a sentence in words/<language>/mistakes.toml.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import cast

LONGEST = 20_000  # letters; a spreadsheet cell holds 32,767

# Control characters other than tab and newline say nothing to a reader and harm files.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def cleaned(text: str) -> str:
    """Return text as it is kept: one kind of newline, no unseen characters, no half emoji."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))


@dataclass(frozen=True)
class Control(ABC):
    """What a field shows and allows."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Return the name that the form knows the control by."""

    @abstractmethod
    def from_form(self, value: object) -> object:
        """Return the value typed or chosen; ValueError with a mistake's key when not allowed."""

    def to_form(self, value: object) -> object:
        """Return the value as the form shows it."""
        return value

    def to_cell(self, value: object) -> str:
        """Return the value as CSV text; empty text for no answer."""
        return "" if value is None else str(value)

    def from_cell(self, cell: str) -> object:
        """Return the value that CSV text says; ValueError when it says none."""
        return cell

    def fill(self, value: object) -> dict[str, object]:
        """Return what fills the sentence of a mistake made with this value."""
        return {"value": str(value)}

    @property
    def meaning(self) -> str:
        """Return what a cell of this control holds, for the data dictionary."""
        return "text"


@dataclass(frozen=True)
class Text(Control):
    """A box of several lines."""

    limit: int = LONGEST

    @property
    def name(self) -> str:
        return "text"

    def from_form(self, value: object) -> str:
        text = cleaned(typed(value))
        if len(text) > self.limit:
            raise ValueError("too_long")
        return text if text.strip() else ""

    def fill(self, value: object) -> dict[str, object]:
        return {"count": len(cleaned(typed(value))) - self.limit}


@dataclass(frozen=True)
class Line(Text):
    """A box for one line that may grow."""

    limit: int = 300

    @property
    def name(self) -> str:
        return "line"

    def from_form(self, value: object) -> str:
        return " ".join(super().from_form(value).split("\n")).strip()


@dataclass(frozen=True)
class Choice(Control):
    """One of a few cards; none is chosen at first."""

    options: tuple[str, ...]

    @property
    def name(self) -> str:
        return "choice"

    def from_form(self, value: object) -> str:
        key = typed(value)
        if key and key not in self.options:
            raise ValueError("not_an_option")
        return key

    @property
    def meaning(self) -> str:
        return "one of " + ", ".join(self.options)


@dataclass(frozen=True)
class Chips(Control):
    """Any number of a few chips."""

    options: tuple[str, ...]

    @property
    def name(self) -> str:
        return "chips"

    def from_form(self, value: object) -> tuple[str, ...]:
        chosen = tuple(typed(key) for key in _list(value))
        if any(key not in self.options for key in chosen):
            raise ValueError("not_an_option")
        return tuple(key for key in self.options if key in chosen)

    def to_form(self, value: object) -> object:
        return list(cast("tuple[str, ...]", value))

    def to_cell(self, value: object) -> str:
        return "; ".join(cast("tuple[str, ...]", value))

    def from_cell(self, cell: str) -> tuple[str, ...]:
        return tuple(key.strip() for key in cell.split(";") if key.strip())

    @property
    def meaning(self) -> str:
        return "any of " + ", ".join(self.options) + ", parted by semicolons"


@dataclass(frozen=True)
class Weights(Control):
    """Any number of chips, and for each how much, from 1 to 5; 0 is chosen and not weighed."""

    options: tuple[str, ...]

    @property
    def name(self) -> str:
        return "weights"

    def from_form(self, value: object) -> dict[str, int]:
        given = cast("dict[str, object]", value) if isinstance(value, dict) else {}
        if any(key not in self.options for key in given):
            raise ValueError("not_an_option")
        return {key: _step(given[key]) or 0 for key in self.options if key in given}

    def to_cell(self, value: object) -> str:
        return "; ".join(f"{k}={n}" for k, n in cast("dict[str, int]", value).items())

    def from_cell(self, cell: str) -> dict[str, int]:
        pairs = (pair.partition("=") for pair in cell.split(";") if pair.strip())
        return {key.strip(): _step(number.strip()) or 0 for key, _, number in pairs}

    @property
    def meaning(self) -> str:
        return "word=how much (1 to 5, 0 if not said), parted by semicolons"


@dataclass(frozen=True)
class Steps(Control):
    """Five steps in words, kept as 1 to 5, and a card for "rather not say", kept as "unsaid"."""

    unsaid: bool = True

    @property
    def name(self) -> str:
        return "steps"

    def from_form(self, value: object) -> str:
        if self.unsaid and value == "unsaid":
            return "unsaid"
        step = _step(value)
        return "" if step is None else str(step)

    def from_cell(self, cell: str) -> str:
        return self.from_form(cell)

    @property
    def meaning(self) -> str:
        return "1 (hardly ever) to 5 (nearly every time), or unsaid; empty if not answered"


@dataclass(frozen=True)
class Ref(Control):
    """The id of another entry. It has no place on a form: a step fills it in."""

    to: str

    @property
    def name(self) -> str:
        return "ref"

    def from_form(self, value: object) -> str:
        return typed(value)

    @property
    def meaning(self) -> str:
        return f"the id of a row in {self.to}.csv"


def typed(value: object) -> str:
    """Return what a form sent as text; ValueError when it is neither text nor a number."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise ValueError("unknown")  # noqa: TRY004 - one kind of refusal for all of them
    return str(value)


def _list(value: object) -> list[object]:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else []


def _step(value: object) -> int | None:
    text = typed(value).strip()
    if not text or text == "0":
        return None
    if text not in {"1", "2", "3", "4", "5"}:
        raise ValueError("not_an_option")
    return int(text)
