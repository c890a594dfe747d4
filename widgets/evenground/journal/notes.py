"""What to know about the files of a journal: changed lines, torn ends, newer versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.content import words
from evenground.journal.faults import Unreadable
from evenground.journal.rows import newer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.journal.shelf import Shelf
    from evenground.journal.table import Table


@dataclass(frozen=True)
class Note:
    """Something to know about a file: the key of its sentence, and what fills it."""

    key: str
    fill: dict[str, object]

    @property
    def sentence(self) -> str:
        """Return the sentence for the page."""
        return words("journal").say(self.key, **self.fill)


def notes(shelf: Shelf) -> Iterator[Note]:
    """Yield what to know about each file of a journal."""
    for stem in shelf.stems():
        for path in shelf.files(stem):
            try:
                yield from _of_table(path.name, shelf.table(path))
            except Unreadable as error:
                yield Note(error.key, error.fill)
    if shelf.home.is_dir():
        for path in sorted(shelf.home.glob("torn-*")):
            yield Note("read.set_aside", {"file": path.name})


def _of_table(file: str, held: Table) -> Iterator[Note]:
    if held.damage:
        yield Note("read.damaged", {"file": file, "line": held.damage.line})
    if held.tail is not None:
        yield Note("read.torn", {"file": file})
    if any(map(newer, held.schemas)):
        yield Note("read.newer", {"file": file})
    for row in held.rows:
        if not row.sound:
            yield Note("read.changed", {"file": file, "line": row.line})
