"""What one CSV file holds: its rows as text, where it stops to make sense, how it was written."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "id"
SCHEMA = "schema"


@dataclass(slots=True)
class Row:
    """One row: where it stands, its cells as typed, and whether its check fits."""

    line: int
    cells: dict[str, str]
    sound: bool


@dataclass(frozen=True)
class Damage:
    """Where a file stops to make sense: the line, the key of why, and what it is about."""

    line: int
    key: str
    column: str = ""


@dataclass
class Table:
    """What one file holds."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    size: int = 0  # bytes read
    lines: int = 0  # lines read
    damage: Damage | None = None
    schemas: set[str] = field(default_factory=set)
    tail: int | None = None  # the byte where a torn row begins
    open_line: bool = False  # the last row is whole but for its newline
    encoding: str = "utf-8"
    separator: str = ","

    @property
    def ours(self) -> bool:
        """Return whether rows of ours can be added to the end as they are."""
        return self.encoding == "utf-8" and self.separator == ","


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector be: rows are many, and none of them is garbage."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
