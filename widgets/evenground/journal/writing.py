"""Answers as rows: plain, or sealed to a reader; edits name what they replace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from evenground.journal import clock, sealed, threads
from evenground.journal.faults import NotCertain
from evenground.journal.rows import new_id
from evenground.records.declaration import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from evenground.journal.answers import Answers
    from evenground.journal.private import Private
    from evenground.journal.shelf import Shelf
    from evenground.journal.threads import Thread
    from evenground.records.entry import Entry

R = TypeVar("R", bound=Record)


class Pen:
    """What puts answers into the files of one journal."""

    def __init__(
        self, shelf: Shelf, private: Private, answers: Answers, *, now: Callable[[], datetime]
    ) -> None:
        """Stand beside the shelf; nothing is written yet."""
        self._shelf, self._private, self._answers, self._now = shelf, private, answers, now
        self._uncertain: dict[object, dict[str, str]] = {}

    def row(
        self,
        author: str,
        cells: dict[str, str],
        *,
        action: str = threads.KEPT,
        released_from: str = "",
    ) -> dict[str, str]:
        """Return the cells of a new row, but for its id and its place in the order."""
        now = self._now()
        return {
            "written": clock.written(now),
            "zone": clock.zone(now),
            "author": author,
            "action": action,
            "replaces": "",
            "released_from": released_from,
            **cells,
        }

    def keep(
        self, record: R, row: dict[str, str], *, replaces: str | None, reader: str | None
    ) -> Entry[R]:
        """Write a row, plain or sealed to a reader, and return it as an entry."""
        kind, held = type(record), None
        if replaces:
            known = self._answers.sealed(kind, reader) if reader else self._answers.plain(kind)
            held = threads.holding(known, replaces)
            row["replaces"] = held.head.id if held else replaces
            if held and not reader:
                row = _carried(held) | row
        seq, whole = self._write(kind, row, reader)
        version = threads.Version(whole["id"], seq, whole, sealed=bool(reader), sound=True)
        versions = (*held.versions, version) if held else (version,)
        thread: Thread[Record] = threads.Thread(
            held.id if held else row["replaces"] or whole["id"], versions
        )
        return threads.entry(kind, thread, record=record)

    def _write(
        self, kind: type[R], row: dict[str, str], reader: str | None
    ) -> tuple[int, dict[str, str]]:
        # A save that the disk did not confirm is the same row when it is tried again.
        again = self._uncertain.get(_asked(kind, row, reader)) if self._uncertain else None
        try:
            if not reader:
                plain = again or {"id": new_id(), **row}
                added = self._shelf.add(kind.kind, columns(kind), plain)
            else:
                plain = row
                again = again or sealed.row(
                    kind.kind, row, to=reader, public=self._private.public(reader)
                )
                added = self._shelf.add(sealed.stem(reader), sealed.COLUMNS, again)
        except NotCertain as error:
            self._uncertain[_asked(kind, row, reader)] = error.row
            raise
        if self._uncertain:
            self._uncertain.pop(_asked(kind, row, reader), None)
        return int(added["seq"]), {**plain, "id": added["id"]}


@cache
def columns(kind: type[Record]) -> tuple[str, ...]:
    """Return the columns of a kind's file, in order."""
    return (*threads.FRAME, *kind.columns(), "check")


def _asked(kind: type[Record], row: dict[str, str], reader: str | None) -> object:
    """Return what makes a save the same as another: all but the time."""
    return kind.kind, reader, *(v for k, v in row.items() if k not in {"written", "zone"})


def _carried(held: Thread[Record]) -> dict[str, str]:
    """Return the cells of columns that we do not know, to be carried to the next version."""
    ours = {*threads.FRAME, "check"}
    return {name: cell for name, cell in held.head.cells.items() if name not in ours}
