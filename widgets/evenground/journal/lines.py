"""The rows of a text, up to the first that is none, each held against its check."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
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
    if text.count("\r") == text.count("\r\n"):  # no newline but LF and CRLF: splitting is faster
        lines = [line + "\n" for line in text.split("\n")]
        if text.endswith("\n"):
            lines.pop()
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
    escaped = any(f"{before}'" in text for before in ('"', "\n", "\r", table.separator))
    columns, width = table.columns, len(table.columns)
    names = sorted(set(columns) - {cells.CHECK, ""})
    pick = itemgetter(*[columns.index(name) for name in names], 0)
    told: dict[tuple[bool, ...], str] = {}  # names of the cells that are not empty
    digest = cells.digest
    key = columns.index(KEY)
    at = columns.index(cells.CHECK) if cells.CHECK in columns else None
    base = table.lines - getattr(reader, "line_num", 0)
    rows, typed = table.rows, cells.typed
    line = table.lines + 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            table.damage = Damage(line, "damage.quotes")
            return
        if row is None:
            return
        begins, table.lines = line, base + reader.line_num
        line = table.lines + 1
        if not any(row):
            continue
        if len(row) != width:
            if len(row) < width or any(islice(row, width, None)):
                table.damage = Damage(begins, "damage.row")
                return
            del row[width:]
        if escaped:
            row = [typed(cell) if cell[:1] == "'" else cell for cell in row]
        if table.lines > begins:
            row = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
        texts = pick(row)[:-1]
        filled = tuple(map(bool, texts))
        if filled not in told:
            told[filled] = "\x1f".join([n for n, full in zip(names, filled, strict=True) if full])
        check = digest(told[filled], "\x1f".join(filter(None, texts)))
        sound = at is not None and row[at] == check
        row[key] = row[key] or "h" + check[1:]  # a row that was added by hand has no id
        rows.append(Row(begins, dict(zip(columns, row, strict=True)), sound))
