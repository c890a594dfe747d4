"""A CSV file as rows of text, however a person or a spreadsheet left it; it is never changed here.

What our own appends could have left by a kill or a power cut is a tail: it is told apart from
damage in the middle, which stops the reading at its line.
"""

from __future__ import annotations

import codecs
import csv
import gc
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from evenground.journal import cells

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

KEY = "id"
SCHEMA = "schema"

_SEPARATORS = ",;\t|"
# How a row of ours begins, and what it has in it when somebody moved the columns.
_OWN_ROW = re.compile(rb'[\r\n]"?e\d+"?[,;\t]"?[a-z][0-9a-f]{12,}')
_OWN_CHECK = re.compile(rb'[",;\t]k[0-9a-f]{16}[",;\t\r\n]')
_CHECK = re.compile(r"k[0-9a-f]{16}")

# A cell of ours has 20,000 letters at most and a sealed one 90,000; a person's may be longer.
csv.field_size_limit(50_000_000)


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


def read(data: bytes) -> Table:
    """Return the table that bytes hold."""
    with uncollected():
        found = _read(data) if data else Table()
    found.schemas = {row.cells.get(SCHEMA, "") for row in found.rows}
    return found


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


def _read(data: bytes) -> Table:
    encoding, text = _text(data)
    if text is not None:
        table = _rows_of(text, Table(size=len(data), encoding=encoding))
        if table.damage is None or encoding != "utf-8":
            return table
    return _by_pieces(data)


def more(table: Table, data: bytes) -> bool:
    """Add rows that were appended since; False when they are not plain whole rows of this table."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if not text.endswith("\n") or data.count(b'"') % 2:
        return False
    added = Table(columns=table.columns, separator=table.separator)
    _body(text, None, added)
    if added.damage:
        return False
    for row in added.rows:
        row.line += table.lines
    table.rows += added.rows
    table.schemas |= {row.cells.get(SCHEMA, "") for row in added.rows}
    table.size += len(data)
    table.lines += added.lines
    return True


def _text(data: bytes) -> tuple[str, str | None]:
    """Return the encoding and the text, or None for UTF-8 that does not read to its end."""
    if wide := _wide(data):
        return "utf-16", data.decode(wide, "replace")
    try:
        return "utf-8", data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not _OWN_ROW.search(data, error.start):
            return "utf-8", None
    # Rows of ours follow, so it is no torn tail. Either a few bytes of UTF-8 were hurt, or a
    # spreadsheet wrote the whole in the Windows encoding.
    replaced = data.decode("utf-8-sig", "replace")
    if any(letter != "\ufffd" and letter > "\x7f" for letter in replaced):
        return "utf-8", replaced
    return "cp1252", data.decode("cp1252", "replace")


def _wide(data: bytes) -> str:
    """Return the encoding of a file with two bytes a letter, by its mark or by its zeros."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    low, high = data[:64:2], data[1:64:2]
    if high.count(0) > len(high) // 2 and 0 not in low:
        return "utf-16-le"
    return "utf-16-be" if low.count(0) > len(low) // 2 and 0 not in high else ""


def _rows_of(text: str, table: Table) -> Table:
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
        _body(text, reader, table)
        table.open_line = not text.endswith("\n")
        # The last line of a file that was cut is only whole when it says so itself.
        if table.open_line and not (
            _finished(table.rows[-1]) if table.rows else cells.CHECK in table.columns
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


def _finished(row: Row) -> bool:
    """Return whether a row with no newline behind it is whole, edited or not."""
    return row.sound or _CHECK.fullmatch(row.cells.get(cells.CHECK, "k" + "0" * 16)) is not None


def _body(text: str, reader: Any, table: Table) -> None:
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


def _by_pieces(data: bytes) -> Table:
    """Read row by row, to find the byte where the damage is and whether it is a torn tail."""
    ends = list(_ends(data))
    start = ends[0] if ends else 0
    if not ends and b"schema,id,".startswith(data[:10]):
        return Table(size=len(data), tail=0)  # a heading that was cut, and nothing else
    table = _rows_of(data[:start].decode("utf-8-sig", "replace"), Table(size=len(data)))
    if table.damage:
        if not _OWN_ROW.search(data) and not _clean(data):
            return Table(size=len(data), tail=0)  # the first write of a new file, cut off
        return table
    for end in ends[1:]:
        if not _piece(data[start:end], table):
            break
        start = end
    rest = data[start:]
    if not rest:
        return table
    count = len(table.rows)
    if start == ends[-1] and _piece(rest, table):
        if len(table.rows) == count or _finished(table.rows[-1]):
            table.open_line = True
            return table
        table.rows.pop()
    ours = _OWN_ROW if table.columns[0] == SCHEMA else _OWN_CHECK
    if not ours.search(rest[1:]) and not _clean(rest):
        table.damage, table.tail = None, start
    else:
        table.damage = table.damage or Damage(table.lines + 1, "damage.row")
    return table


def _piece(piece: bytes, table: Table) -> bool:
    """Add the row of some bytes to the table; False, and nothing added, when they hold none."""
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError:
        table.damage = Damage(table.lines + 1, "damage.encoding")
        return False
    one = Table(columns=table.columns, separator=table.separator)
    _body(text, None, one)
    if one.damage:
        table.damage = Damage(table.lines + one.damage.line, one.damage.key)
        return False
    for row in one.rows:
        row.line += table.lines
    table.rows += one.rows
    table.lines += one.lines
    return True


def _ends(data: bytes) -> Iterator[int]:
    """Yield the bytes after which a row may be over: newlines outside of quotes."""
    odd, at = 0, 0
    for piece in data.split(b"\n")[:-1]:
        at += len(piece) + 1
        odd ^= piece.count(b'"') & 1
        if not odd:
            yield at


def _clean(rest: bytes) -> bool:
    """Return whether bytes look like what a person left, and not like what a crash left."""
    if b"\x00" in rest or not rest.endswith((b"\n", b"\r")) or rest.count(b'"') % 2:
        return False
    try:
        rest.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
