"""A file that does not read to its end: where it stops, and whether a crash or a person did it.

What our own appends could have left by a kill or a power cut is a tail: it is told apart from
damage in the middle, which stops the reading at its line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.journal.lines import body, finished, rows_of
from evenground.journal.owned import OWN_CHECK, OWN_ROW
from evenground.journal.table import SCHEMA, Damage, Table

if TYPE_CHECKING:
    from collections.abc import Iterator


def by_pieces(data: bytes) -> Table:
    """Read row by row, to find the byte where the damage is and whether it is a torn tail."""
    ends = list(_ends(data))
    start = ends[0] if ends else 0
    if not ends and b"schema,id,".startswith(data[:10]):
        return Table(size=len(data), tail=0)  # a heading that was cut, and nothing else
    table = rows_of(data[:start].decode("utf-8-sig", "replace"), Table(size=len(data)))
    if table.damage:
        if not OWN_ROW.search(data) and not _clean(data):
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
        if len(table.rows) == count or finished(table.rows[-1]):
            table.open_line = True
            return table
        table.rows.pop()
    ours = OWN_ROW if table.columns[0] == SCHEMA else OWN_CHECK
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
    body(text, None, one)
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
