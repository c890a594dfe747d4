"""The journal of two people: answers are added, edited, taken back, and shown to who may see."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from evenground.content import words
from evenground.journal import (
    clock,
    drafts,
    forgetting,
    keyring,
    place,
    sealing,
    sitting,
    table,
    threads,
)
from evenground.journal.faults import (
    JournalError,
    Locked,
    NotCertain,
    NotKept,
    Unreadable,
    WrongPassphrase,
)
from evenground.journal.shelf import Shelf, new_id, newer, number
from evenground.records.declaration import SCHEMA, Record, Visibility
from evenground.records.entry import BOTH, Entry
from evenground.records.start import Person as PersonRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from evenground.journal.threads import Thread, Version

R = TypeVar("R", bound=Record)

PEOPLE = ("a", "b")
SEALED_COLUMNS = ("schema", "id", "seq", "day", "sealed", "check")
SHORTEST = 10  # letters of a passphrase


@dataclass(frozen=True)
class Person:
    """One of the two: their key on every row, their name, and whether a passphrase is set."""

    key: str
    name: str
    sealed: bool


@dataclass(frozen=True)
class Note:
    """Something to know about a file: the key of its sentence, and what fills it."""

    key: str
    fill: dict[str, object]

    @property
    def sentence(self) -> str:
        """Return the sentence for the page."""
        return words("journal").say(self.key, **self.fill)


class Journal:
    """The files in one folder. Nothing is written before the first answer is kept."""

    def __init__(
        self, home: Path | str | None = None, *, now: Callable[[], datetime] = clock.now
    ) -> None:
        """Open the journal in a folder: the one given, else EVENGROUND_HOME, else the usual one."""
        self.home = place.folder(home)
        self.shelf = Shelf(self.home)
        self.keyring = keyring.Keyring(self.home)
        self._drafts = drafts.Drafts(self.shelf)
        self._keys = sitting.keys()
        self._now = now
        self._woven: dict[str, tuple[object, dict[str, Thread[Record]]]] = {}
        self._entries: dict[str, tuple[object, list[Any]]] = {}
        self._opened: dict[str, dict[str, dict[str, Any] | None]] = {}
        self._uncertain: dict[object, dict[str, str]] = {}
        self._hears: dict[str, float] = {}
        self.asked: set[str] = set()  # the kinds that were read since somebody emptied this

    # People -------------------------------------------------------------------------------------

    def people(self) -> tuple[Person, ...]:
        """Return who has given a name or set a passphrase, a before b."""
        names = {entry.author: entry.record.name for entry in self.entries(PersonRecord)}
        found = (
            Person(key, names.get(key, ""), sealed=self.keyring.get(key) is not None)
            for key in PEOPLE
        )
        return tuple(person for person in found if person.name or person.sealed)

    def name(self, key: str) -> str:
        """Return the name a person gave, or an empty text."""
        return next((person.name for person in self.people() if person.key == key), "")

    # Answers ------------------------------------------------------------------------------------

    def add(
        self,
        record: R,
        *,
        author: str,
        replaces: str | None = None,
        sealed: bool | None = None,
        to: str | None = None,
        released_from: str = "",
    ) -> Entry[R]:
        """Keep an answer and return it, once the disk has it.

        A private kind is sealed to its author, or to the person in `to`; without a passphrase of
        theirs nothing is written (NotKept). `sealed=False` writes it in plain: a release, which is
        its author's own act. `replaces` is the id or the thread of the answer that this one edits.
        """
        kind = type(record)
        if kind.visibility is Visibility.UNSTORED:
            raise ValueError(f"{kind.kind} is declared as unstored: nothing of it is written")
        if sealed is None:
            sealed = kind.visibility is not Visibility.SHARED
        reader = (to or author) if sealed else None
        row = self._row(author, record.to_cells(), released_from=released_from)
        return self._keep(record, row, replaces=replaces, reader=reader)

    def withdraw(self, thread: str, *, author: str, kind: type[R]) -> None:
        """Take an answer back: it is shown no more, and its bytes stay. Its author alone can."""
        held, sealed = self._thread(kind, thread, author)
        self._only_by(held, author)
        if held.stands:
            row = self._row(author, {}, action=threads.WITHDRAWN)
            empty = kind.from_cells({})
            self._keep(empty, row, replaces=held.id, reader=author if sealed else None)

    def entries(self, kind: type[R], *, reader: str | None = None) -> list[Entry[R]]:
        """Return the newest version of each answer that stands, in the order they were begun.

        Plain rows are for everyone; sealed ones only for `reader`, and while their pages are open.
        """
        self.asked.add(kind.kind)
        found = self._stand(kind)
        if sealed := self._sealed(kind, reader) if reader else {}:
            found = found + _standing(kind, sealed)
            found.sort(key=lambda entry: (self._began(kind, sealed, entry.thread), entry.thread))
        return list(found)

    def history(self, kind: type[R], thread: str, *, reader: str | None = None) -> list[Entry[R]]:
        """Return all versions of one answer, oldest first, also of one that was taken back."""
        known = self._plain(kind)
        held = known.get(thread) or _with(known, thread)
        if held is None and reader:
            known = self._sealed(kind, reader)
            held = known.get(thread) or _with(known, thread)
        if held is None:
            return []
        return [
            threads.entry(kind, held, at)
            for at, version in enumerate(held.versions)
            if version.cells.get("action", threads.KEPT) == threads.KEPT
        ]

    def forget(self, thread: str, *, author: str, kind: type[R]) -> None:
        """Take an answer out, with all its versions and released copies, as if never written.

        A row without words stays in its place. Its author alone can. Copies that others made are
        not reached: `release.forgotten` in the words says so.
        """
        held, sealed = self._thread(kind, thread, author)
        self._only_by(held, author)
        ids = {version.id for version in held.versions}
        copies = [
            copy
            for copy in self._plain(kind).values()
            if sealed and any(v.cells.get("released_from") in ids for v in copy.versions)
        ]
        gone = {
            version.id: {n: text for n, text in version.cells.items() if n in kind.columns()}
            for one in (held, *copies)
            for version in one.versions
        }
        stems = [kind.kind]
        if sealed:
            stems.append(f"private_{author}")
            for row in self.shelf.rows(f"private_{author}"):
                if row.cells[table.KEY] in ids:
                    gone[row.cells[table.KEY]]["sealed"] = row.cells["sealed"]
        self._drafts.drop_all(author, kind.kind, secret=self._secret(author))
        forgetting.forget(self.shelf, stems, gone)

    def forget_sent(self, key: str, *, to: str) -> None:
        """Take out what was sealed to another, by the id of its row; who asks says it is theirs.

        Its author cannot open it, so a plain entry of their own has to name it (as a knock does).
        """
        stem = f"private_{to}"
        row = next((r for r in self.shelf.rows(stem) if r.cells[table.KEY] == key), None)
        if row:
            gone = {key: {"sealed": row.cells.get("sealed", "")}}
            forgetting.forget(self.shelf, [stem], gone)

    # Drafts -------------------------------------------------------------------------------------

    def draft(self, person: str, slot: str) -> drafts.Draft | None:
        """Return what a person last typed into a form, or None; a private one only when open."""
        return self._drafts.get(person, slot, secret=self._secret(person))

    def keep_draft(
        self,
        person: str,
        slot: str,
        values: dict[str, object],
        *,
        private: bool,
        base: int | None,
    ) -> int:
        """Keep what is typed and return its revision, to be given as `base` with the next one."""
        return self._drafts.keep(
            person,
            slot,
            values,
            base=base,
            public=self._public(person) if private else None,
            secret=self._secret(person),
        )

    def drop_draft(self, person: str, slot: str) -> None:
        """Take a draft away."""
        self._drafts.drop(person, slot, secret=self._secret(person))

    # Private pages ------------------------------------------------------------------------------

    def set_passphrase(self, person: str, passphrase: str) -> str:
        """Set or change what opens a person's private pages; return the new recovery code.

        The code is shown once and kept nowhere. Both the passphrase and the code before it open
        nothing any more. Changing it needs the pages to be open.
        """
        if len("".join(passphrase.split())) < SHORTEST:
            raise JournalError("passphrase.short", count=SHORTEST)
        if why := place.refusal(self.home):
            raise NotKept(why)
        code = sealing.code()
        with self.shelf.hold():
            held = self.keyring.get(person)
            secret = self._secret(person) if held else sealing.identity()[0]
            if secret is None:
                raise Locked("passphrase.locked")
            try:
                self.keyring.put(person, secret, passphrase=passphrase, code=code)
            except NotCertain:
                self._keys.put(person, secret)  # so that it can be set once more
                raise
        self._keys.put(person, secret)
        return code

    def unlock(self, person: str, passphrase: str) -> None:
        """Open a person's private pages for this sitting. Wrong tries have to wait, each longer."""
        self._open(person, passphrase, by="passphrase")

    def unlock_with_recovery(self, person: str, code: str) -> None:
        """Open a person's private pages with the recovery code."""
        self._open(person, code, by="recovery")

    def lock(self, person: str | None = None) -> None:
        """Close the private pages of a person, or of both."""
        self._keys.drop(person)
        for one in PEOPLE if person is None else (person,):
            self._opened.pop(one, None)

    def is_unlocked(self, person: str) -> bool:
        """Return whether a person's private pages are open in this sitting."""
        return self._secret(person) is not None

    def stay(self) -> None:
        """Note that somebody is there: open pages stay open for another while."""
        self._keys.touch()

    def rests_in(self) -> float | None:
        """Return in how many seconds open pages close by themselves; None when none is open."""
        return self._keys.left()

    def rest_after(self, seconds: float) -> None:
        """Set after how long with nobody there open pages close by themselves."""
        self._keys.rest(seconds)

    # The files ----------------------------------------------------------------------------------

    def last_save(self) -> datetime | None:
        """Return when anything was last written into the folder, or None for an empty one."""
        if not self.home.is_dir():
            return None
        times = [path.stat().st_mtime for path in self.home.glob("*.csv")]
        return datetime.fromtimestamp(max(times), UTC) if times else None

    def notes(self) -> tuple[Note, ...]:
        """Return what to know about the files: changed lines, torn ends, newer versions."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[Note]:
        for stem in self.shelf.stems():
            for path in self.shelf.files(stem):
                try:
                    yield from _of_table(path.name, self.shelf.table(path))
                except Unreadable as error:
                    yield Note(error.key, error.fill)
        if self.home.is_dir():
            for path in sorted(self.home.glob("torn-*")):
                yield Note("read.set_aside", {"file": path.name})

    # How it is done -----------------------------------------------------------------------------

    def _row(
        self,
        author: str,
        cells: dict[str, str],
        *,
        action: str = threads.KEPT,
        released_from: str = "",
    ) -> dict[str, str]:
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

    def _keep(
        self, record: R, row: dict[str, str], *, replaces: str | None, reader: str | None
    ) -> Entry[R]:
        """Write a row, plain or sealed to a reader, and return it as an entry."""
        kind, held = type(record), None
        if replaces:
            known = self._sealed(kind, reader) if reader else self._plain(kind)
            held = known.get(replaces) or _with(known, replaces)
            row["replaces"] = held.head.id if held else replaces
            if held and not reader:
                row = self._carried(held) | row
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
                added = self.shelf.add(kind.kind, columns(kind), plain)
            else:
                plain = row
                again = again or self._sealed_row(kind, row, reader)
                added = self.shelf.add(f"private_{reader}", SEALED_COLUMNS, again)
        except NotCertain as error:
            self._uncertain[_asked(kind, row, reader)] = error.row
            raise
        if self._uncertain:
            self._uncertain.pop(_asked(kind, row, reader), None)
        return int(added["seq"]), {**plain, "id": added["id"]}

    def _sealed_row(self, kind: type[R], row: dict[str, str], reader: str) -> dict[str, str]:
        key, day = new_id(), row["written"][:10]
        inside = json.dumps({"kind": kind.kind, **row}, ensure_ascii=False)
        sealed = sealing.seal(inside, self._public(reader), bound=bound(key, reader))
        return {"id": key, "day": day, "sealed": sealed}

    def _carried(self, held: Thread[Record]) -> dict[str, str]:
        """Return the cells of columns that we do not know, to be carried to the next version."""
        ours = {*threads.FRAME, "check"}
        return {name: cell for name, cell in held.head.cells.items() if name not in ours}

    def _plain(self, kind: type[Record]) -> dict[str, Thread[Record]]:
        """Return the threads of a kind's plain rows, woven anew only when a file changed."""
        marks = self.shelf.marks(kind.kind)
        held = self._woven.get(kind.kind)
        if held is None or held[0] != marks:
            rows = self.shelf.rows(kind.kind)
            with table.uncollected():
                held = (
                    marks,
                    threads.woven(
                        threads.Version(
                            row.cells[table.KEY], number(row), row.cells, False, row.sound
                        )
                        for row in rows
                    ),
                )
            self._woven[kind.kind] = held
        return held[1]

    def _stand(self, kind: type[R]) -> list[Entry[R]]:
        """Return the entries of a kind's plain rows, made anew only when a file changed."""
        held = self._plain(kind)
        known = self._entries.get(kind.kind)
        if known is None or known[0] is not held:
            known = held, _standing(kind, held)
            self._entries[kind.kind] = known
        return cast("list[Entry[R]]", known[1])

    def _began(self, kind: type[Record], sealed: dict[str, Thread[Record]], thread: str) -> int:
        held = sealed.get(thread) or self._plain(kind)[thread]
        return held.versions[0].seq

    def _sealed(self, kind: type[Record], reader: str) -> dict[str, Thread[Record]]:
        return threads.woven(v for name, v in self.opened(reader) if name == kind.kind)

    def opened(self, person: str) -> list[tuple[str, Version]]:
        """Return a person's sealed rows as (kind, version), none while their pages are closed."""
        secret = self._secret(person)
        if secret is None:
            self._opened.pop(person, None)
            return []
        known = self._opened.setdefault(person, {})
        found = []
        for row in self.shelf.rows(f"private_{person}"):
            sealed = row.cells.get("sealed", "")
            if sealed not in known:
                known[sealed] = _unsealed(sealed, secret, bound(row.cells[table.KEY], person))
            inside = known[sealed]
            if inside is not None:
                key = row.cells[table.KEY]
                version = threads.Version(key, number(row), inside, True, row.sound)
                found.append((str(inside.get("kind")), version))
        return found

    def _thread(self, kind: type[Record], thread: str, author: str) -> tuple[Thread[Record], bool]:
        """Return a thread, and whether it is sealed; JournalError when there is none to be seen."""
        known = self._plain(kind)
        if held := known.get(thread) or _with(known, thread):
            return held, False
        known = self._sealed(kind, author)
        if held := known.get(thread) or _with(known, thread):
            return held, True
        raise JournalError("entry.missing")

    def _only_by(self, held: Thread[Record], author: str) -> None:
        if held.versions[0].cells.get("author") not in {author, BOTH}:
            raise JournalError("entry.not_yours")

    def _public(self, person: str) -> bytes:
        identity = self.keyring.get(person)
        if identity is None:
            raise NotKept("private.no_passphrase")
        if why := place.refusal(self.home):
            raise NotKept(why)
        return identity.public

    def _secret(self, person: str) -> bytes | None:
        identity = self.keyring.get(person)
        secret = self._keys.get(person) if identity else None
        # Another journal may have been put in the place of the one that was opened.
        return secret if identity and secret and sealing.public(secret) == identity.public else None

    def _open(self, person: str, words: str, *, by: str) -> None:
        identity = self.keyring.get(person)
        if identity is None:
            raise JournalError("passphrase.none")
        left = self._hears.get(person, 0.0) - time.monotonic()
        if left > 0:
            count = int(left) + 1
            form = "one" if count == 1 else "other"
            raise WrongPassphrase(f"passphrase.wait.{form}", wait=count, count=count)
        try:
            secret = identity.opened(words, by=by, person=person)
        except sealing.Unopened:
            wait = self._keys.slow(person)
            self._hears[person] = time.monotonic() + wait
            key = "passphrase.wrong" if by == "passphrase" else "passphrase.wrong_code"
            raise WrongPassphrase(key, wait=wait) from None
        self._keys.calm(person)
        self._keys.put(person, secret)


def _standing(kind: type[R], held: dict[str, Thread[Record]]) -> list[Entry[R]]:
    with table.uncollected():
        return [threads.entry(kind, thread) for thread in held.values() if thread.stands]


def _of_table(file: str, held: table.Table) -> Iterator[Note]:
    if held.damage:
        yield Note("read.damaged", {"file": file, "line": held.damage.line})
    if held.tail is not None:
        yield Note("read.torn", {"file": file})
    if any(map(newer, held.schemas)):
        yield Note("read.newer", {"file": file})
    for row in held.rows:
        if not row.sound:
            yield Note("read.changed", {"file": file, "line": row.line})


@cache
def columns(kind: type[Record]) -> tuple[str, ...]:
    """Return the columns of a kind's file, in order."""
    return (*threads.FRAME, *kind.columns(), "check")


def _asked(kind: type[Record], row: dict[str, str], reader: str | None) -> object:
    """Return what makes a save the same as another: all but the time."""
    return kind.kind, reader, *(v for k, v in row.items() if k not in {"written", "zone"})


def bound(key: str, person: str) -> str:
    """Return what a sealed row is bound to: it opens in its own place alone."""
    return f"{key}|{person}|{SCHEMA}"


def _unsealed(sealed: str, secret: bytes, place: str) -> dict[str, Any] | None:
    try:
        inside = json.loads(sealing.unseal(sealed, secret, bound=place))
    except (sealing.Unopened, ValueError):
        return None
    return inside if isinstance(inside, dict) else None


def _with(known: dict[str, Thread[Record]], key: str) -> Thread[Record] | None:
    """Return the thread that has a version of this id."""
    return next((t for t in known.values() if any(v.id == key for v in t.versions)), None)
