"""The CSV files of one folder, each read again only when it changed."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.journal import disk, reading
from evenground.journal.faults import JournalError, Unreadable
from evenground.journal.table import SCHEMA, Row, Table

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from evenground.journal.order import Order

_SECOND = re.compile(r"-(\d+)\.csv")
_SETTLED = 3 * 10**9  # nanoseconds: more than the coarsest date of a file system
_OVERLAP = 4096
_STEP = 4_000_000


@dataclass
class _Known:
    mark: tuple[int, int, int, int]
    table: Table
    end: bytes


class Files:
    """The CSV files in one folder, and what each of them holds."""

    def __init__(self, home: Path, order: Order) -> None:
        """Look into a folder; nothing is read yet."""
        self._home = home
        self._path = os.fspath(home)
        self._order = order
        self._known: dict[str, _Known] = {}
        self._listed: tuple[tuple[int, int, int], dict[str, list[str]]] = ((0, 0, 0), {})

    def stems(self) -> list[str]:
        """Return the stems of all tables in the folder, sorted."""
        return sorted(stem for stem in self._by_stem() if re.fullmatch(r"[a-z][a-z0-9_]*", stem))

    def of(self, stem: str) -> list[Path]:
        """Return the files of a table: the first one, and second files written in its stead."""
        ours = self._by_stem().get(stem, [])
        return [self._home / name for name in sorted(ours, key=lambda name: (len(name), name))]

    def _by_stem(self) -> dict[str, list[str]]:
        """Return the names of all tables' files, looked up again when the folder changed."""
        try:
            folder = os.stat(self._path)  # noqa: PTH116 - a thousand times for one page
            mark = (folder.st_dev, folder.st_ino, folder.st_mtime_ns)
            if mark == self._listed[0]:
                return self._listed[1]
            now = time.time_ns()
            names = os.listdir(self._path)  # noqa: PTH208 - names are all that is needed
        except OSError:
            return {}
        found: dict[str, list[str]] = {}
        for name in names:
            if name.endswith(".csv"):
                found.setdefault(_SECOND.sub(".csv", name)[:-4], []).append(name)
        # Of a folder that changed a moment ago the next change may have the same date.
        if os.name == "posix" and now - folder.st_mtime_ns > _SETTLED:
            self._listed = (mark, found)
        return found

    def table(self, path: Path) -> Table:
        """Return what a file holds, read again only when it changed."""
        mark = disk.mark(path)
        if mark is None:
            self._known.pop(path.name, None)
            return Table()
        known = self._known.get(path.name)
        if known and known.mark == mark:
            return known.table
        try:
            with path.open("rb") as file:
                if known and _grew(known, mark, file):
                    return known.table
                file.seek(0)
                data = file.read()
        except OSError as error:
            raise Unreadable("read.barred", file=path.name) from error
        found = reading.read(data)
        if found.tail is not None and not self._order.held:
            # A writer may be in the midst of it: look again when nobody is.
            with suppress(JournalError), self._order.hold():
                mark = disk.mark(path) or mark
                data = path.read_bytes()
                found = reading.read(data)
        self._known[path.name] = _Known(mark, found, data[-_OVERLAP:])
        return found

    def added(self, path: Path, before: Table, row: dict[str, str], data: bytes) -> None:
        """Remember a row that was added, so that its file need not be read for it."""
        known, mark = self._known.get(path.name), disk.mark(path)
        if not known or known.table is not before or not mark:
            return
        if mark[1] != before.size + len(data) or data.count(b"\r") > 1:
            self._known.pop(path.name)
            return
        lines = data.count(b"\n")
        before.rows.append(Row(before.lines + 1 + before.open_line, row, sound=True))
        before.schemas.add(row[SCHEMA])
        before.size, before.lines, before.open_line = mark[1], before.lines + lines, False
        known.mark, known.end = mark, (known.end + data)[-_OVERLAP:]


def _grew(known: _Known, mark: tuple[int, int, int, int], file: BinaryIO) -> bool:
    """Read on from where the file ended before, if that is all that happened to it."""
    before = known.table
    grown = mark[1] - before.size
    if not (mark[0] == known.mark[0] and 0 < grown <= _STEP and before.ours):
        return False
    if before.damage or before.tail is not None or before.open_line or not before.columns:
        return False
    file.seek(before.size - len(known.end))
    if file.read(len(known.end)) != known.end:
        return False
    data = file.read(grown)
    if len(data) < grown or not reading.more(before, data):
        return False
    known.mark, known.end = mark, (known.end + data)[-_OVERLAP:]
    return True
