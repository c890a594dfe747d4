"""The tables of one journal: appended to under one lock, in one order, mended where torn.

A row that is on the shelf is on the disk: `add` returns after the disk confirmed it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

from evenground.journal import cells, disk
from evenground.journal.faults import NotCertain, ReadOnly, Unreadable, not_saved
from evenground.journal.files import Files
from evenground.journal.order import Order
from evenground.journal.rows import newer, number, union, widened, written
from evenground.journal.table import KEY, SCHEMA
from evenground.records.declaration import SCHEMA as NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from evenground.journal.order import Held
    from evenground.journal.table import Row, Table

_HELD_ELSEWHERE = (32, 33)  # what Windows says of a file that a spreadsheet holds open


class Shelf:
    """The tables in one folder."""

    def __init__(self, home: Path) -> None:
        """Look into a folder; nothing is made or read yet."""
        self.home = home
        self._order = Order(home, self._in_rows)
        self._files = Files(home, self._order)
        self._first: dict[str, Path] = {}

    def hold(self) -> Held:
        """Hold the journal's lock; gives what draws the next number of the order."""
        return self._order.hold()

    def behind(self, highest: int, draw: Callable[[], int]) -> None:
        """Let the next number be above those of rows that came from elsewhere."""
        self._order.behind(highest, draw)

    def stems(self) -> list[str]:
        """Return the stems of all tables in the folder, sorted."""
        return self._files.stems()

    def files(self, stem: str) -> list[Path]:
        """Return the files of a table: the first one, and second files written in its stead."""
        return self._files.of(stem)

    def table(self, path: Path) -> Table:
        """Return what a file holds, read again only when it changed."""
        return self._files.table(path)

    def rows(self, stem: str) -> list[Row]:
        """Return the rows of a table, each id once; a second row of an id that differs is a copy.

        What comes before damage is returned; `damage` tells of it.
        """
        paths = self.files(stem)
        if len(paths) == 1:
            rows = self.table(paths[0]).rows
            if len({row.cells[KEY] for row in rows}) == len(rows):
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
            whole = {SCHEMA: NOW, **row}
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
                    raise not_saved(error, file=path.name) from error
                try:
                    return self._append_aside(stem, columns, whole)
                except OSError as second:
                    raise not_saved(second, file=path.name) from second

    def mend(self, path: Path) -> Table:
        """Move a torn tail into a file of its own, once; no byte of it is lost."""
        held = self.table(path)
        if held.tail is None:
            return held
        try:
            self.copy(path, "torn", held.tail)
            disk.cut(path, held.tail)
        except OSError as error:
            raise not_saved(error, file=path.name) from error
        return self.table(path)

    def copy(self, path: Path, why: str, at: int = 0) -> None:
        """Keep the bytes of a file from a place on, in a file beside it that is made once."""
        held = path.read_bytes()[at:]
        name = f"{why}-{path.stem}-{blake2b(held, digest_size=4).hexdigest()}.txt"
        if disk.mark(self.home / name) is None:
            disk.replace(self.home / name, held)

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
        self._files.added(path, before, whole, data)
        return whole

    def _append_aside(
        self, stem: str, columns: tuple[str, ...], row: Mapping[str, str]
    ) -> dict[str, str]:
        """Append to the second file of a table, for when the first one does not take a row."""
        path = self.home / f"{stem}-2.csv"
        return self._append(path, self.table(path), columns, row)

    def _ready(self, stem: str, columns: tuple[str, ...]) -> tuple[Path, Table]:
        """Return the file that can take a row, and what it holds, mended where it was torn."""
        for path in self._candidates(stem):
            held = readable(path, self.table(path))
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
        for nth in count(2):
            yield self.home / f"{stem}-{nth}.csv"

    def _widen(self, path: Path, held: Table, columns: tuple[str, ...]) -> None:
        """Give an older file the columns it lacks; the file as it was stays beside it."""
        try:
            self.copy(path, "before")
            disk.replace(path, written(widened(held.columns, columns), held.rows))
        except OSError as error:
            raise not_saved(error, file=path.name) from error

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


def readable(path: Path, held: Table) -> Table:
    """Return what a file holds when it can be built upon.

    Raises Unreadable when it stops to make sense at a line, ReadOnly when a newer version wrote it.
    """
    if held.damage:
        raise Unreadable("read.damaged", file=path.name, line=held.damage.line)
    if any(map(newer, held.schemas)):
        raise ReadOnly("read.newer", file=path.name)
    return held


def _last(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
