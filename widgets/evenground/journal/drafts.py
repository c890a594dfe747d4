"""What is typed and not yet kept: the newest values of each form, one small file a person.

Words that were typed and taken back leave no trail: the file is replaced whole. A private draft is
sealed, and its slot with it. While the pages of its writer are closed it cannot be found again, so
what is typed then stands beside it until they are opened.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.journal import disk, sealing
from evenground.journal.faults import Conflict, NotCertain, not_saved
from evenground.journal.rows import checked, new_id, written
from evenground.journal.table import KEY, Row
from evenground.records.declaration import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from evenground.journal.shelf import Shelf

COLUMNS = ("schema", "id", "slot", "revision", "values", "check")


@dataclass(frozen=True)
class Draft:
    """The newest values of a form, and their revision: what the next save is based on."""

    values: dict[str, object]
    revision: int


class Drafts:
    """The drafts of both people."""

    def __init__(self, shelf: Shelf) -> None:
        """Stand beside the shelf, and use its lock."""
        self._shelf = shelf
        self._mine: dict[tuple[str, str], str] = {}  # rows that this page wrote while closed
        # What this page wrote last, so that its own file need not be read for each key.
        self._wrote: dict[str, tuple[bytes, list[Row]]] = {}

    def get(self, person: str, slot: str, *, secret: bytes | None) -> Draft | None:
        """Return the newest draft of a form; a sealed one only with the person's key."""
        found = [d for _, d in self._of(self._rows(person), person, slot, secret)]
        return max(found, key=lambda draft: draft.revision, default=None)

    def keep(
        self,
        person: str,
        slot: str,
        values: dict[str, object],
        *,
        base: int | None,
        public: bytes | None,
        secret: bytes | None,
    ) -> int:
        """Keep the values and return their revision; sealed when a public key is given.

        Raises Conflict when another page kept something after `base`, and then keeps nothing.
        """
        with self._shelf.hold():
            rows = self._rows(person)
            found = self._of(rows, person, slot, secret)
            newest = max((d for _, d in found), key=lambda draft: draft.revision, default=None)
            if newest and newest.revision != base and newest.values != values:
                raise Conflict(newest.values, newest.revision)
            revision = max(newest.revision if newest else 0, base or 0) + 1
            mine = self._mine.get((person, slot))
            gone = {row.cells[KEY] for row, _ in found} | {mine or ""}
            draft = Draft(values, revision)
            fresh = _row(person, slot, draft, public=public, key=mine or new_id())
            if public:
                self._mine[person, slot] = fresh.cells[KEY]
            left = [row for row in rows if row.cells[KEY] not in gone]
            self._write(person, [*left, fresh], words=fresh.cells)
        return revision

    def drop(self, person: str, slot: str, *, secret: bytes | None) -> None:
        """Take a draft away, and its bytes with it."""
        mine = self._mine.pop((person, slot), None)
        rows = self._rows(person)
        if not rows:
            return
        with self._shelf.hold():
            rows = self._rows(person)
            gone = {row.cells[KEY] for row, _ in self._of(rows, person, slot, secret)}
            gone |= {mine or ""}
            left = [row for row in rows if row.cells[KEY] not in gone]
            if len(left) < len(rows):
                self._write(person, left)

    def drop_all(self, person: str, kind: str, *, secret: bytes | None) -> None:
        """Take away the drafts of a kind: one may hold the words of an entry that is forgotten."""
        with self._shelf.hold():
            rows = self._rows(person)
            left = [row for row in rows if _slot(row, person, secret).split(".")[0] != kind]
            if len(left) < len(rows):
                self._write(person, left)

    def path(self, person: str) -> Path:
        """Return the file of a person's drafts."""
        return self._shelf.home / f"drafts_{person}.csv"

    def _rows(self, person: str) -> list[Row]:
        own = self._own(person)
        return list(self._shelf.table(self.path(person)).rows) if own is None else own

    def _own(self, person: str) -> list[Row] | None:
        """Return the rows that this page wrote, if the file holds them to the letter."""
        wrote = self._wrote.get(person)
        if wrote:
            with suppress(OSError):
                if self.path(person).read_bytes() == wrote[0]:
                    return wrote[1]
        return None

    def _of(
        self, rows: list[Row], person: str, slot: str, secret: bytes | None
    ) -> list[tuple[Row, Draft]]:
        found = []
        for row in rows:
            draft = _read(row, person, slot, secret)
            if draft:
                found.append((row, draft))
        return found

    def _write(self, person: str, rows: list[Row], words: dict[str, str] | None = None) -> None:
        path = self.path(person)
        data = written(COLUMNS, rows)
        try:
            if self._own(person) is None:
                held = self._shelf.table(path)
                if held.damage or held.tail is not None:
                    self._shelf.copy(path, "torn")
            disk.replace(path, data)
        except disk.Unconfirmed as error:
            raise NotCertain(row=words) from error
        except OSError as error:
            raise not_saved(error, file=path.name) from error
        self._wrote[person] = (data, rows)


def _row(person: str, slot: str, draft: Draft, *, public: bytes | None, key: str) -> Row:
    cells = {"schema": SCHEMA, "id": key}
    if public:
        told = {"slot": slot, "values": draft.values, "revision": draft.revision}
        sealed = sealing.seal(json.dumps(told), public, bound=_bound(key, person))
        cells |= {"slot": "", "revision": "", "values": sealed}
    else:
        values = json.dumps(draft.values, ensure_ascii=False)
        cells |= {"slot": slot, "revision": str(draft.revision), "values": values}
    return Row(0, checked(cells), sound=True)


def _read(row: Row, person: str, slot: str, secret: bytes | None) -> Draft | None:
    """Return the draft a row holds, if it is of this form and can be read."""
    if row.cells.get("slot") not in {slot, ""}:
        return None
    inside = _inside(row, person, secret)
    try:
        if inside.get("slot") != slot:
            return None
        return Draft(dict(inside["values"]), int(inside["revision"]))
    except (ValueError, KeyError, TypeError):
        return None


def _slot(row: Row, person: str, secret: bytes | None) -> str:
    return str(row.cells.get("slot") or _inside(row, person, secret).get("slot", ""))


def _inside(row: Row, person: str, secret: bytes | None) -> dict[str, Any]:
    """Return what a row holds, opened where it is sealed; nothing when it cannot be."""
    told = row.cells.get("values", "")
    try:
        if not told.startswith(sealing.TAG):
            return {**row.cells, "values": json.loads(told)}
        if secret is None:
            return {}
        bound = _bound(row.cells[KEY], person)
        inside: dict[str, Any] = json.loads(sealing.unseal(told, secret, bound=bound))
    except (ValueError, sealing.Unopened):
        return {}
    return inside


def _bound(key: str, person: str) -> str:
    return f"draft|{key}|{person}|{SCHEMA}"
