"""The tables of one journal: read when they changed, appended to under one lock, in one order.

A row that is on the shelf is on the disk: `add` returns after the disk confirmed it.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from secrets import token_hex
from typing import TYPE_CHECKING

from filelock import lock_descriptor, unlock_descriptor

from evenground.journal import cells, disk, place, table
from evenground.journal.faults import JournalError, NotCertain, NotSaved, ReadOnly, Unreadable
from evenground.journal.faults import not_saved as as_not_saved
from evenground.records.declaration import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from evenground.journal.table import Row, Table

ORDER = "order"
PATIENCE = 10.0  # seconds to wait for another page to finish a write of milliseconds

_SECOND = re.compile(r"-(\d+)\.csv")
_HELD_ELSEWHERE = (32, 33)  # what Windows says of a file that a spreadsheet holds open


@dataclass
class _Known:
    mark: tuple[int, int, int, int]
    table: Table
    end: bytes


class Shelf:
    """The tables in one folder."""

    def __init__(self, home: Path) -> None:
        """Look into a folder; nothing is made or read yet."""
        self.home = home
        self.path = os.fspath(home)
        self._order_path = os.fspath(home / ORDER)
        self._known: dict[str, _Known] = {}
        self._first: dict[str, Path] = {}
        self._highest = -1
        self._held = 0

    def stems(self) -> list[str]:
        """Return the stems of all tables in the folder, sorted."""
        try:
            names = os.listdir(self.path)  # noqa: PTH208
        except OSError:
            return []
        found = {_SECOND.sub(".csv", name)[:-4] for name in names if name.endswith(".csv")}
        return sorted(stem for stem in found if re.fullmatch(r"[a-z][a-z0-9_]*", stem))

    def files(self, stem: str) -> list[Path]:
        """Return the files of a table: the first one, and second files written in its stead."""
        try:
            names = os.listdir(self.path)  # noqa: PTH208 - names are all that is needed
        except OSError:
            return []
        ours = [n for n in names if n.endswith(".csv") and _SECOND.sub(".csv", n)[:-4] == stem]
        return [self.home / name for name in sorted(ours, key=lambda name: (len(name), name))]

    def table(self, path: Path) -> Table:
        """Return what a file holds, read again only when it changed."""
        mark = disk.mark(path)
        if mark is None:
            self._known.pop(path.name, None)
            return table.Table()
        known = self._known.get(path.name)
        if known and known.mark == mark:
            return known.table
        try:
            with path.open("rb") as file:
                if known and self._grew(known, mark, file):
                    return known.table
                file.seek(0)
                data = file.read()
        except OSError as error:
            raise Unreadable("read.barred", file=path.name) from error
        found = table.read(data)
        if found.tail is not None and not self._held:
            # A writer may be in the midst of it: look again when nobody is.
            with suppress(JournalError), self.hold():
                mark = disk.mark(path) or mark
                data = path.read_bytes()
                found = table.read(data)
        self._known[path.name] = _Known(mark, found, data[-_OVERLAP:])
        return found

    def _grew(self, known: _Known, mark: tuple[int, ...], file: BinaryIO) -> bool:
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
        if len(data) < grown or not table.more(before, data):
            return False
        known.mark, known.end = (mark[0], mark[1], mark[2], mark[3]), (known.end + data)[-_OVERLAP:]
        return True

    @contextmanager
    def hold(self) -> Iterator[Callable[[], int]]:
        """Hold the journal's lock; gives what draws the next number of the order."""
        descriptor = self._order()
        try:
            _wait_for(descriptor)
            self._held += 1
            try:
                yield lambda: self._next(descriptor)
            finally:
                self._held -= 1
                unlock_descriptor(descriptor)
        finally:
            os.close(descriptor)

    def _order(self) -> int:
        """Open the file that is locked, and holds the last number drawn."""
        try:
            return os.open(self._order_path, _ORDER_FLAGS, disk.FILE)
        except FileNotFoundError:
            place.make(self.home)
        except OSError as error:
            raise as_not_saved(error, file=ORDER) from error
        try:
            return os.open(self._order_path, _ORDER_FLAGS, disk.FILE)
        except OSError as error:
            raise as_not_saved(error, file=ORDER) from error

    def _next(self, descriptor: int) -> int:
        """Draw the next number. What is lost of it by a power cut is found again in the rows."""
        told = _pread(descriptor)
        if self._highest < 0 or not told.isdigit():
            self._highest = max(self._highest, self._in_rows(), 0)
        self._highest = max(self._highest, int(told) if told.isdigit() else 0) + 1
        try:
            _pwrite(descriptor, f" {self._highest:>12}\n".encode())
        except OSError as error:
            raise as_not_saved(error, file=ORDER) from error
        return self._highest

    def behind(self, highest: int, draw: Callable[[], int]) -> None:
        """Let the next number be above those of rows that came from elsewhere."""
        self._highest = max(self._highest, highest)
        draw()

    def _in_rows(self) -> int:
        return max(
            (
                number(row)
                for stem in self.stems()
                for path in self.files(stem)
                for row in self.table(path).rows
            ),
            default=0,
        )

    def rows(self, stem: str) -> list[Row]:
        """Return the rows of a table, each id once; a second row of an id that differs is a copy.

        What comes before damage is returned; `damage` tells of it.
        """
        paths = self.files(stem)
        if len(paths) == 1:
            rows = self.table(paths[0]).rows
            if len({row.cells[table.KEY] for row in rows}) == len(rows):
                return rows
        return union([row for path in paths for row in self.table(path).rows])

    def marks(self, stem: str) -> tuple[object, ...]:
        """Return what tells whether a table changed."""
        return tuple(disk.mark(path) for path in self.files(stem))

    def add(self, stem: str, columns: tuple[str, ...], row: Mapping[str, str]) -> dict[str, str]:
        """Add one row and return it, with its order and check, once the disk has it.

        Raises NotCertain, holding the row, when the disk did not confirm; then it is in a second
        file as well, and adding that same row again is harmless.
        """
        with self.hold() as draw:
            path, held = self._ready(stem, columns)
            whole = {table.SCHEMA: SCHEMA, **row}
            if not whole.get("seq"):
                whole["seq"] = str(draw())
            try:
                return self._append(path, held, columns, whole)
            except disk.Unconfirmed as error:
                with suppress(OSError):
                    self._append_aside(stem, columns, whole)
                raise NotCertain(row=whole) from error
            except OSError as error:
                if getattr(error, "winerror", None) not in _HELD_ELSEWHERE:
                    raise as_not_saved(error, file=path.name) from error
                try:
                    return self._append_aside(stem, columns, whole)
                except OSError as second:
                    raise as_not_saved(second, file=path.name) from second

    def _append_aside(
        self, stem: str, columns: tuple[str, ...], row: Mapping[str, str]
    ) -> dict[str, str]:
        """Append to the second file of a table, for when the first one does not take a row."""
        path = self.home / f"{stem}-2.csv"
        return self._append(path, self.table(path), columns, row)

    def _append(
        self, path: Path, before: Table, columns: tuple[str, ...], row: Mapping[str, str]
    ) -> dict[str, str]:
        if not before.columns:
            # On its own and whole, so that no torn row can ever take the heading with it.
            disk.replace(path, cells.heading(columns).encode())
            before = self.table(path)
        names = before.columns
        whole = {name: row.get(name, "") for name in names}
        whole[cells.CHECK] = cells.check(whole)
        text = cells.line(cells.all_kept(whole.values()))
        if before.open_line:
            text = ("\n" if _last(path) == b"\r" else "\r\n") + text
        data = text.encode("utf-8", "replace")
        disk.append(path, data)
        self._note(path, before, whole, data)
        return whole

    def _note(self, path: Path, before: Table, row: dict[str, str], data: bytes) -> None:
        """Remember a row that was added, so that its file need not be read for it."""
        known, mark = self._known.get(path.name), disk.mark(path)
        if not known or known.table is not before or not mark:
            return
        if mark[1] != before.size + len(data) or data.count(b"\r") > 1:
            self._known.pop(path.name)
            return
        lines = data.count(b"\n")
        before.rows.append(table.Row(before.lines + 1 + before.open_line, row, sound=True))
        before.schemas.add(row[table.SCHEMA])
        before.size, before.lines, before.open_line = mark[1], before.lines + lines, False
        known.mark, known.end = mark, (known.end + data)[-_OVERLAP:]

    def _ready(self, stem: str, columns: tuple[str, ...]) -> tuple[Path, Table]:
        """Return the file that can take a row, and what it holds, mended where it was torn."""
        for path in self._candidates(stem):
            held = self.table(path)
            if held.damage:
                raise Unreadable("read.damaged", file=path.name, line=held.damage.line)
            if any(map(newer, held.schemas)):
                raise ReadOnly("read.newer", file=path.name)
            if held.tail is not None:
                held = self.mend(path)
            there = held.columns
            if not there or (held.ours and (there == columns or set(columns) <= set(there))):
                return path, held
            if held.ours:
                self._widen(path, held, columns)
                return path, self.table(path)
        raise AssertionError  # the candidates do not end

    def _candidates(self, stem: str) -> Iterator[Path]:
        if stem not in self._first:
            self._first[stem] = self.home / f"{stem}.csv"
        yield self._first[stem]
        for count in range(2, 100):
            yield self.home / f"{stem}-{count}.csv"

    def mend(self, path: Path) -> Table:
        """Move a torn tail into a file of its own, once; no byte of it is lost."""
        held = self.table(path)
        if held.tail is None:
            return held
        try:
            self.copy(path, "torn", held.tail)
            disk.cut(path, held.tail)
        except OSError as error:
            raise as_not_saved(error, file=path.name) from error
        return self.table(path)

    def _widen(self, path: Path, held: Table, columns: tuple[str, ...]) -> None:
        """Give an older file the columns it lacks; the file as it was stays beside it."""
        try:
            self.copy(path, "before")
            disk.replace(path, written(widened(held.columns, columns), held.rows))
        except OSError as error:
            raise as_not_saved(error, file=path.name) from error

    def copy(self, path: Path, why: str, at: int = 0) -> None:
        """Keep the bytes of a file from a place on, in a file beside it that is made once."""
        held = path.read_bytes()[at:]
        name = f"{why}-{path.stem}-{blake2b(held, digest_size=4).hexdigest()}.txt"
        if disk.mark(self.home / name) is None:
            disk.replace(self.home / name, held)


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
        same = held.setdefault(row.cells[table.KEY], [])
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
        table.Row(row.line, row.cells | {table.KEY: f"{key}-copy{n if n > 1 else ''}"}, sound=False)
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
    return number(row), row.cells[table.KEY], sorted(_told(row).items())


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


def _wait_for(descriptor: int) -> None:
    if lock_descriptor(descriptor, blocking=False):
        return
    until, pause = time.monotonic() + PATIENCE, 0.0005
    while not lock_descriptor(descriptor, blocking=False):
        if time.monotonic() > until:
            raise NotSaved("save.busy")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.01)


def _last(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


_ORDER_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_OVERLAP = 4096
_STEP = 4_000_000


# The first byte is the one that is locked, on Windows for reading as well; the number is behind it.
def _pread(descriptor: int) -> str:
    os.lseek(descriptor, 1, os.SEEK_SET)
    return os.read(descriptor, 32).decode("ascii", "replace").strip()


def _pwrite(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, data)
