"""A CSV file as rows of text, however a person or a spreadsheet left it; none is changed here."""

from __future__ import annotations

from evenground.journal import encoding
from evenground.journal.lines import body, rows_of
from evenground.journal.table import SCHEMA, Table, uncollected
from evenground.journal.torn import by_pieces


def read(data: bytes) -> Table:
    """Return the table that bytes hold."""
    with uncollected():
        found = _read(data) if data else Table()
    found.schemas = {row.cells.get(SCHEMA, "") for row in found.rows}
    return found


def _read(data: bytes) -> Table:
    told, text = encoding.text(data)
    if text is not None:
        table = rows_of(text, Table(size=len(data), encoding=told))
        if table.damage is None or told != "utf-8":
            return table
    return by_pieces(data)


def more(table: Table, data: bytes) -> bool:
    """Add rows that were appended since; False when they are not plain whole rows of this table."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if not text.endswith("\n") or data.count(b'"') % 2:
        return False
    added = Table(columns=table.columns, separator=table.separator)
    body(text, None, added)
    if added.damage:
        return False
    for row in added.rows:
        row.line += table.lines
    table.rows += added.rows
    table.schemas |= {row.cells.get(SCHEMA, "") for row in added.rows}
    table.size += len(data)
    table.lines += added.lines
    return True
