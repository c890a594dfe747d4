"""The rows of a text, up to the first that is none, each held against its check."""

from __future__ import annotations

import csv
import io
import re
from itertools import compress, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from evenground.journal import cells
from evenground.journal.table import KEY, Damage, Row

if TYPE_CHECKING:
    from typing import Any

    from evenground.journal.table import Table

_SEPARATORS = ",;\t|"
_CHECK = re.compile(r"k[0-9a-f]{16}")

# A cell of ours has 20,000 letters at most and a sealed one 90,000; a person's may be longer.
csv.field_size_limit(50_000_000)


def rows_of(text: str, table: Table) -> Table:
    """Fill an empty table with the heading and the rows of a text, and return it."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    table.separator = _separator(first)
    reader = _reader(text, table.separator)
    header: list[str]
    try:
        header = next((names for names in reader if any(names)), [])
    except csv.Error:
        header = []
    table.lines = reader.line_num
    table.columns = tuple(name.strip().strip('"\ufeff') for name in header)
    while table.columns and not table.columns[-1]:
        table.columns = table.columns[:-1]
    unread = any("\ufffd" in name or not name.isprintable() for name in table.columns)
    if unread or KEY not in table.columns:
        table.columns = ()
        table.damage = Damage(max(table.lines, 1), "damage.heading", KEY)
    elif len(set(table.columns)) < len(table.columns):
        twice = next(name for name in table.columns if table.columns.count(name) > 1)
        table.damage = Damage(max(table.lines, 1), "damage.twice", twice)
    else:
        body(text, reader, table)
        table.open_line = not text.endswith("\n")
        # The last line of a file that was cut is only whole when it says so itself.
        if table.open_line and not (
            finished(table.rows[-1]) if table.rows else cells.CHECK in table.columns
        ):
            table.damage = Damage(table.lines, "damage.row")
    return table


def _reader(text: str, separator: str) -> Any:  # csv's own reader; it has no public type
    *lines, last = text.split("\n")
    if text.count("\r") == sum([line[-1:] == "\r" for line in lines]):
        # No newline but LF and CRLF: to split is faster.
        lines = [line + "\n" for line in lines]
        if last:
            lines.append(last)
        return csv.reader(lines, delimiter=separator, strict=True)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _separator(first: str) -> str:
    for separator in _SEPARATORS:
        names = [name.strip().strip('"\ufeff') for name in first.strip().split(separator)]
        if KEY in names and len(names) > 1:
            return separator
    return ","


def finished(row: Row) -> bool:
    """Return whether a row with no newline behind it is whole, edited or not."""
    return row.sound or _CHECK.fullmatch(row.cells.get(cells.CHECK, "k" + "0" * 16)) is not None


def body(text: str, reader: Any, table: Table) -> None:
    """Read the rows of a text, or what its reader has left, up to the first that is none."""
    reader = reader or _reader(text, table.separator)
    escaped = _escaped(text, table.separator)
    columns, width, rows = table.columns, len(table.columns), table.rows
    names = sorted(set(columns) - {cells.CHECK, ""})
    pick = itemgetter(*[columns.index(name) for name in names], 0)
    key = columns.index(KEY)
    at = columns.index(cells.CHECK) if cells.CHECK in columns else None
    digest, typed = cells.digest, cells.typed
    base = table.lines - getattr(reader, "line_num", 0)
    line = table.lines + 1
    try:
        for read in reader:
            row = read
            begins, last = line, base + reader.line_num
            line = last + 1
            if not any(row):
                continue
            if len(row) != width:
                if len(row) < width or any(islice(row, width, None)):
                    table.damage = Damage(begins, "damage.row")
                    break
                del row[width:]
            if escaped:
                row = [typed(cell) if cell[:1] == "'" else cell for cell in row]
            if last > begins:
                row = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
            texts = pick(row)[:-1]
            check = digest("\x1f".join(compress(names, texts)), "\x1f".join(filter(None, texts)))
            if not row[key]:
                row[key] = "h" + check[1:]  # a row that was added by hand has no id
            sound = at is not None and row[at] == check
            rows.append(Row(begins, dict(zip(columns, row, strict=False)), sound))
    except csv.Error:
        table.damage = Damage(line, "damage.quotes")
    table.lines = line - 1


def _escaped(text: str, separator: str) -> bool:
    """Return whether a cell may begin with an apostrophe."""
    at = text.find("'")
    while at > 0 and text[at - 1] not in ('"', "\n", "\r", separator):
        at = text.find("'", at + 1)
    return at >= 0
