"""An entry taken out: its words gone from every file that the workbook made in the journal.

In their place stays a row without words, so that an older copy that is merged in does not bring
them back. What others made of them (exports, backups, a spreadsheet's own copies, the free space
of the disk) is not reached, and words/<language>/journal.toml says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.journal import cells, disk, reading, rows
from evenground.journal.faults import NotCertain, Unreadable, not_saved
from evenground.journal.table import KEY, SCHEMA, Row
from evenground.records.declaration import SCHEMA as NOW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from evenground.journal.shelf import Shelf

_ENOUGH = 12  # letters that tell a torn row from any other


def forget(where: Shelf, stems: Iterable[str], gone: Mapping[str, Mapping[str, str]]) -> None:
    """Take rows out of the files of these tables, and out of the copies that were made of them.

    `gone` holds the cells of each row by its id. Can be done again after it was cut short.
    """
    with where.hold():
        try:
            for leftover in where.home.glob(".*.new"):
                disk.remove(leftover)
            for stem in stems:
                for path in where.files(stem):
                    where.mend(path)
                _copies(where.home, stem, gone)
                for path in where.files(stem):
                    _file(where, path, gone)
        except disk.Unconfirmed as error:
            raise NotCertain from error
        except OSError as error:
            raise not_saved(error, file=where.home.name) from error


def _file(where: Shelf, path: Path, gone: Mapping[str, object]) -> None:
    held = where.table(path)
    if held.damage:
        raise Unreadable("read.damaged", file=path.name, line=held.damage.line)
    if any(row.cells[KEY] in gone for row in held.rows):
        left = [_emptied(row) if row.cells[KEY] in gone else row for row in held.rows]
        disk.replace(path, rows.written(held.columns, left))


def _emptied(row: Row) -> Row:
    """Return what stays of a row: that it was there."""
    kept = ("id", "seq", "day") if "sealed" in row.cells else ("id", "seq", "author")
    left = {name: row.cells.get(name, "") if name in kept else "" for name in row.cells}
    left[SCHEMA] = NOW
    if "action" in left:
        left["action"] = "forgotten"
    return Row(row.line, rows.checked(left), sound=True)


def _copies(home: Path, stem: str, gone: Mapping[str, Mapping[str, str]]) -> None:
    """Take rows out of the copies of a file as it was, and out of rows that were torn."""
    for path in home.glob(f"before-{stem}*"):
        held = reading.read(path.read_bytes())
        left = [row for row in held.rows if row.cells[KEY] not in gone]
        if len(left) < len(held.rows) or held.tail is not None:
            disk.replace(path, rows.written(held.columns, left))
    words = {text for row in gone.values() for text in row.values() if len(text) >= 4}  # noqa: PLR2004 - shorter ones are in any file
    for path in home.glob(f"torn-{stem}*"):
        torn = path.read_bytes().decode("utf-8", "replace")
        if any(cells.kept(text).replace('"', '""')[:_ENOUGH] in torn for text in words):
            disk.remove(path)
