"""What is wrong with a journal, and where: each finding names its file, line, column and cure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evenground.content import plain, words
from evenground.journal import cells, keyring, order, place, threads
from evenground.journal.faults import JournalError
from evenground.journal.rows import forgotten, newer, together
from evenground.journal.shelf import Shelf
from evenground.journal.table import KEY, SCHEMA
from evenground.records.registry import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evenground.journal.table import Row, Table
    from evenground.records.controls import Control
    from evenground.records.declaration import Record

AUTHORS = {"a", "b", "both"}
_PRIVATE = "private_"
_DRAFTS = "drafts_"


@dataclass(frozen=True)
class Finding:
    """One thing wrong: where, the key of its sentence, and what fills that."""

    file: str
    line: int
    column: str
    key: str
    fill: dict[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return what is wrong."""
        return self._say("what")

    @property
    def cure(self) -> str:
        """Return what to do."""
        return self._say("cure")

    def _say(self, part: str) -> str:
        fill = {"file": self.file, "line": self.line, "column": self.column} | self.fill
        return plain(words("journal").say(f"check.{self.key}.{part}", **fill))


def check(home: Path) -> list[Finding]:
    """Return all that is wrong with the journal in a folder; it is read, not changed."""
    return list(_findings(home))


def _findings(home: Path) -> Iterator[Finding]:
    if not home.is_dir():
        yield Finding(home.name, 0, "", "missing")
        return
    if why := place.refusal(home):
        yield Finding(home.name, 0, "", why.replace(".", "_"))
    shelf = Shelf(home)
    ids: set[str] = set()
    for stem in shelf.stems():
        yield from _of_stem(shelf, stem, ids)
    yield from _of_others(home, shelf)
    yield from _of_keys(home)


def _of_stem(shelf: Shelf, stem: str, ids: set[str]) -> Iterator[Finding]:
    kind = kinds().get(stem)
    known = kind is not None or stem.startswith((_PRIVATE, _DRAFTS))
    rows = []
    for path in shelf.files(stem):
        if not known:
            yield Finding(path.name, 0, "", "unknown")
            continue
        try:
            held = shelf.table(path)
        except JournalError:
            yield Finding(path.name, 0, "", "barred")
            continue
        yield from _of_file(path.name, held, kind)
        rows += [(path.name, row) for row in held.rows]
    same = together([row for _, row in rows])
    first = {key: found[0] for key, found in same.items() if len(found) > 1}
    for file, row in rows:
        if row.cells[KEY] in first and row is not first[row.cells[KEY]]:
            yield Finding(file, row.line, KEY, "twice")
    ids.update(same)
    if kind:
        for file, row in rows:
            yield from _of_row(file, row, kind, ids)


def _of_file(file: str, held: Table, kind: type[Record] | None) -> Iterator[Finding]:
    if held.damage:
        key = held.damage.key.replace(".", "_")
        yield Finding(file, held.damage.line, held.damage.column, key)
    if held.tail is not None:
        yield Finding(file, held.lines + 1, "", "torn")
    if any(map(newer, held.schemas)):
        yield Finding(file, 0, "", "newer")
    if held.rows and not held.ours:
        yield Finding(file, 1, "", "saved_elsewhere")
    if held.rows and cells.CHECK not in held.columns:
        yield Finding(file, 1, cells.CHECK, "no_column")
    for name in kind.columns() if kind and held.rows else ():
        if name not in held.columns:
            yield Finding(file, 1, name, "no_column")
    for row in held.rows:
        if not row.sound:
            yield Finding(file, row.line, "", "changed")


def _of_row(file: str, row: Row, kind: type[Record], ids: set[str]) -> Iterator[Finding]:
    if forgotten(row) or newer(row.cells.get(SCHEMA, "")):
        return
    if row.cells.get("author", "") not in AUTHORS:
        yield Finding(file, row.line, "author", "author")
    if row.cells.get("action", threads.KEPT) not in {threads.KEPT, threads.WITHDRAWN}:
        yield Finding(file, row.line, "action", "cell")
    before = row.cells.get("replaces", "")
    if before and before not in ids:
        yield Finding(file, row.line, "replaces", "replaces", {"id": before})
    for name, control in kind.controls():
        if not _fits(control, row.cells.get(name, "")):
            yield Finding(file, row.line, name, "cell")


def _fits(control: Control, cell: str) -> bool:
    """Return whether a cell could have been chosen or typed."""
    try:
        control.from_form(control.to_form(control.from_cell(cell)))
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _of_others(home: Path, shelf: Shelf) -> Iterator[Finding]:
    """Yield files that are not read: copies a spreadsheet or a person made, torn rows."""
    read = {path.name for stem in shelf.stems() for path in shelf.files(stem)}
    for path in sorted(home.iterdir()):
        name = path.name
        if (
            name in read
            or name in {order.FILE, keyring.FILE, place.MADE_UP}
            or name.startswith("before-")
        ):
            continue
        if name.startswith("torn-"):
            yield Finding(name, 0, "", "set_aside")
        elif name.startswith(".") and name.endswith(".new"):
            yield Finding(name, 0, "", "leftover")
        else:
            yield Finding(name, 0, "", "stray")


def _of_keys(home: Path) -> Iterator[Finding]:
    try:
        people = keyring.read((home / keyring.FILE).read_bytes())
    except FileNotFoundError:
        people = {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield Finding(keyring.FILE, 0, "", "keys")
        return
    for path in sorted(home.glob(f"{_PRIVATE}?.csv")):
        if path.stem.removeprefix(_PRIVATE) not in people:
            yield Finding(path.name, 0, "", "no_key")
