"""The answers of a journal as threads of versions, woven anew only when a file changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from evenground.journal import sealed, threads
from evenground.journal.faults import JournalError
from evenground.journal.rows import number
from evenground.journal.table import KEY, uncollected
from evenground.journal.threads import Version
from evenground.records.declaration import Record

if TYPE_CHECKING:
    from evenground.journal.private import Private
    from evenground.journal.shelf import Shelf
    from evenground.journal.threads import Thread
    from evenground.records.entry import Entry

    Threads = dict[str, Thread[Record]]
    Opened = dict[tuple[str, str], dict[str, Any] | None]  # what each cell holds, in its row

R = TypeVar("R", bound=Record)


class Answers:
    """What the tables of a journal say: plain rows to everyone, sealed ones to their reader."""

    def __init__(self, shelf: Shelf, private: Private) -> None:
        """Stand beside the shelf; nothing is read yet."""
        self._shelf, self._private = shelf, private
        self._woven: dict[str, tuple[object, Threads]] = {}
        self._entries: dict[str, tuple[object, list[Any]]] = {}
        self._opened: dict[str, Opened] = {}

    def standing(self, kind: type[R], reader: str | None) -> list[Entry[R]]:
        """Return the newest version of each answer that stands, in the order they were begun."""
        plain = self.plain(kind)
        known = self._entries.get(kind.kind)
        if known is None or known[0] is not plain:
            known = plain, _standing(kind, plain)
            self._entries[kind.kind] = known
        found = cast("list[Entry[R]]", known[1])
        if closed := self.sealed(kind, reader) if reader else {}:
            found = found + _standing(kind, closed)
            found.sort(key=lambda e: ((closed.get(e.thread) or plain[e.thread]).began, e.thread))
        return list(found)

    def plain(self, kind: type[Record]) -> Threads:
        """Return the threads of a kind's plain rows."""
        marks = self._shelf.marks(kind.kind)
        held = self._woven.get(kind.kind)
        if held is None or held[0] != marks:
            rows = self._shelf.rows(kind.kind)
            with uncollected():
                held = (
                    marks,
                    threads.woven(
                        Version(row.cells[KEY], number(row), row.cells, False, row.sound)
                        for row in rows
                    ),
                )
            self._woven[kind.kind] = held
        return held[1]

    def sealed(self, kind: type[Record], reader: str) -> Threads:
        """Return the threads of a kind's rows that are sealed to a reader and open."""
        return threads.woven(v for name, v in self.opened(reader) if name == kind.kind)

    def opened(self, person: str) -> list[tuple[str, Version]]:
        """Return a person's sealed rows as (kind, version), none while their pages are closed."""
        secret = self._private.secret(person)
        if secret is None:
            self.close(person)
            return []
        before = self._opened.get(person, {})
        known: Opened = {}  # only of rows that are there: what was forgotten is held no more
        found = []
        for row in self._shelf.rows(sealed.stem(person)):
            place = row.cells[KEY], row.cells.get("sealed", "")
            known[place] = inside = (
                before[place]
                if place in before
                else sealed.opened(row.cells, of=person, secret=secret)
            )
            if inside is not None:
                version = Version(row.cells[KEY], number(row), inside, True, row.sound)
                found.append((str(inside.get("kind")), version))
        self._opened[person] = known
        return found

    def close(self, person: str) -> None:
        """Hold nothing any more of what was opened for a person."""
        self._opened.pop(person, None)

    def thread(
        self, kind: type[Record], key: str, reader: str | None
    ) -> tuple[Thread[Record], bool] | None:
        """Return the thread of this id, or with a version of it, and whether it is sealed."""
        if held := threads.holding(self.plain(kind), key):
            return held, False
        held = threads.holding(self.sealed(kind, reader), key) if reader else None
        return (held, True) if held else None

    def own(self, kind: type[Record], key: str, author: str) -> tuple[Thread[Record], bool]:
        """Return a thread that is its author's to change; JournalError when there is none."""
        found = self.thread(kind, key, author)
        if found is None:
            raise JournalError("entry.missing")
        if not threads.belongs(found[0], author):
            raise JournalError("entry.not_yours")
        return found


def _standing(kind: type[R], held: Threads) -> list[Entry[R]]:
    with uncollected():
        return [threads.entry(kind, thread) for thread in held.values() if thread.stands]
