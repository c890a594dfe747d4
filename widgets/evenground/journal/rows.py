"""Rows taken together: of several files, of two copies, of one that was edited by hand."""

from __future__ import annotations

from contextlib import suppress
from secrets import token_hex
from typing import TYPE_CHECKING

from evenground.journal import cells
from evenground.journal.table import KEY, Row
from evenground.records.declaration import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping


def widened(there: tuple[str, ...], ours: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of both: ours in order, then what else was there, the check last."""
    names = [name for name in ours if name != cells.CHECK]
    return (*names, *(n for n in there if n and n not in ours), cells.CHECK)


def written(columns: tuple[str, ...], rows: list[Row]) -> bytes:
    """Return a file of these rows. A check that did not fit is kept, so that it still does not."""
    lines = [cells.line([cells.kept(row.cells.get(name, "")) for name in columns]) for row in rows]
    return (cells.heading(columns) + "".join(lines)).encode("utf-8", "replace")


def checked(row: Mapping[str, str]) -> dict[str, str]:
    """Return a row with its check."""
    return {**row, cells.CHECK: cells.check(row)}


def union(rows: list[Row]) -> list[Row]:
    """Return rows with each id once. Of rows that differ, the sound one keeps its id."""
    return [row for key, same in together(rows).items() for row in _apart(key, same)]


def together(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the different rows of each id. Of one that was forgotten, only that stays."""
    held: dict[str, list[Row]] = {}
    for row in rows:
        same = held.setdefault(row.cells[KEY], [])
        if all(_told(other) != _told(row) for other in same):
            same.append(row)
    for same in held.values():
        if len(same) > 1 and any(map(forgotten, same)):
            same[:] = [min(filter(forgotten, same), key=lambda row: sorted(_told(row).items()))]
    return held


def forgotten(row: Row) -> bool:
    """Return whether all that is left of a row is that it was taken out."""
    if "sealed" in row.cells:
        return not row.cells["sealed"]
    return row.cells.get("action") == "forgotten"


def _apart(key: str, same: list[Row]) -> list[Row]:
    if len(same) == 1:
        return same
    same = sorted(same, key=lambda row: (not row.sound, sorted(_told(row).items())))
    copies = [
        Row(row.line, row.cells | {KEY: f"{key}-copy{n if n > 1 else ''}"}, sound=False)
        for n, row in enumerate(same[1:], start=1)
    ]
    return [same[0], *copies]


def _told(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.cells.items() if text}


def new_id() -> str:
    """Return an id that no other row has. It starts with a letter: a spreadsheet leaves it be."""
    return "r" + token_hex(8)


def by_order(row: Row) -> tuple[int, str, list[tuple[str, str]]]:
    """Return what sorts the rows of two copies of a file into one order, whichever came first."""
    return number(row), row.cells[KEY], sorted(_told(row).items())


def number(row: Row) -> int:
    """Return a row's place in the order, also when a spreadsheet wrote it its own way."""
    try:
        return int(row.cells.get("seq", "") or -1)
    except ValueError:
        with suppress(ValueError, OverflowError):
            return int(float(row.cells["seq"].replace(",", ".")))
        return -1


def newer(schema: str) -> bool:
    """Return whether a row of this schema was written by a version that this one does not know."""
    return schema[:1] == "e" and schema[1:].isdigit() and int(schema[1:]) > int(SCHEMA[1:])
