"""The journal of two people: answers are added, edited, taken back, and shown to who may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from evenground.journal import clock, drafts, forgetting, place, sealed, threads
from evenground.journal.answers import Answers
from evenground.journal.notes import notes
from evenground.journal.private import Private
from evenground.journal.shelf import Shelf
from evenground.journal.table import KEY
from evenground.journal.writing import Pen
from evenground.records.declaration import Record, Visibility
from evenground.records.start import Person as PersonRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from evenground.journal.notes import Note
    from evenground.journal.threads import Version
    from evenground.records.entry import Entry

R = TypeVar("R", bound=Record)

PEOPLE = ("a", "b")


@dataclass(frozen=True)
class Person:
    """One of the two: their key on every row, their name, and whether a passphrase is set."""

    key: str
    name: str
    sealed: bool


class Journal:
    """The files in one folder. Nothing is written before the first answer is kept."""

    def __init__(
        self, home: Path | str | None = None, *, now: Callable[[], datetime] = clock.now
    ) -> None:
        """Open the journal in a folder: the one given, else EVENGROUND_HOME, else the usual one."""
        self.home = place.folder(home)
        self.shelf = Shelf(self.home)
        self.private = Private(self.shelf)
        self._answers = Answers(self.shelf, self.private)
        self._pen = Pen(self.shelf, self.private, self._answers, now=now)
        self._drafts = drafts.Drafts(self.shelf)
        self.asked: set[str] = set()  # the kinds that were read since somebody emptied this

    # People -------------------------------------------------------------------------------------

    def people(self) -> tuple[Person, ...]:
        """Return who has given a name or set a passphrase, a before b."""
        names = {entry.author: entry.record.name for entry in self.entries(PersonRecord)}
        found = (Person(key, names.get(key, ""), sealed=self.private.is_set(key)) for key in PEOPLE)
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
        row = self._pen.row(author, record.to_cells(), released_from=released_from)
        return self._pen.keep(record, row, replaces=replaces, reader=reader)

    def withdraw(self, thread: str, *, author: str, kind: type[R]) -> None:
        """Take an answer back: it is shown no more, and its bytes stay. Its author alone can."""
        held, closed = self._answers.own(kind, thread, author)
        if held.stands:
            row = self._pen.row(author, {}, action=threads.WITHDRAWN)
            reader = author if closed else None
            self._pen.keep(kind.from_cells({}), row, replaces=held.id, reader=reader)

    def entries(self, kind: type[R], *, reader: str | None = None) -> list[Entry[R]]:
        """Return the newest version of each answer that stands, in the order they were begun.

        Plain rows are for everyone; sealed ones only for `reader`, and while their pages are open.
        """
        self.asked.add(kind.kind)
        return self._answers.standing(kind, reader)

    def history(self, kind: type[R], thread: str, *, reader: str | None = None) -> list[Entry[R]]:
        """Return all versions of one answer, oldest first, also of one that was taken back."""
        found = self._answers.thread(kind, thread, reader)
        return threads.history(kind, found[0]) if found else []

    def forget(self, thread: str, *, author: str, kind: type[R]) -> None:
        """Take an answer out, with all its versions and released copies, as if never written.

        A row without words stays in its place. Its author alone can. Copies that others made are
        not reached: `release.forgotten` in the words says so.
        """
        held, closed = self._answers.own(kind, thread, author)
        ids = {version.id for version in held.versions}
        copies = [
            copy
            for copy in self._answers.plain(kind).values()
            if closed and any(v.cells.get("released_from") in ids for v in copy.versions)
        ]
        gone = {
            version.id: {n: text for n, text in version.cells.items() if n in kind.columns()}
            for one in (held, *copies)
            for version in one.versions
        }
        stems = [kind.kind]
        if closed:
            stems.append(sealed.stem(author))
            for row in self.shelf.rows(sealed.stem(author)):
                if row.cells[KEY] in ids:
                    gone[row.cells[KEY]]["sealed"] = row.cells["sealed"]
        self._drafts.drop_all(author, kind.kind, secret=self.private.secret(author))
        forgetting.forget(self.shelf, stems, gone)

    def forget_sent(self, key: str, *, to: str) -> None:
        """Take out what was sealed to another, by the id of its row; who asks says it is theirs.

        Its author cannot open it, so a plain entry of their own has to name it (as a knock does).
        """
        stem = sealed.stem(to)
        row = next((r for r in self.shelf.rows(stem) if r.cells[KEY] == key), None)
        if row:
            gone = {key: {"sealed": row.cells.get("sealed", "")}}
            forgetting.forget(self.shelf, [stem], gone)

    def opened(self, person: str) -> list[tuple[str, Version]]:
        """Return a person's sealed rows as (kind, version), none while their pages are closed."""
        return self._answers.opened(person)

    # Drafts -------------------------------------------------------------------------------------

    def draft(self, person: str, slot: str) -> drafts.Draft | None:
        """Return what a person last typed into a form, or None; a private one only when open."""
        return self._drafts.get(person, slot, secret=self.private.secret(person))

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
            public=self.private.public(person) if private else None,
            secret=self.private.secret(person),
        )

    def drop_draft(self, person: str, slot: str) -> None:
        """Take a draft away."""
        self._drafts.drop(person, slot, secret=self.private.secret(person))

    # Private pages ------------------------------------------------------------------------------

    def set_passphrase(self, person: str, passphrase: str) -> str:
        """Set or change what opens a person's private pages; return the new recovery code.

        The code is shown once and kept nowhere. Both the passphrase and the code before it open
        nothing any more. Changing it needs the pages to be open.
        """
        return self.private.set_passphrase(person, passphrase)

    def unlock(self, person: str, passphrase: str) -> None:
        """Open a person's private pages for this sitting. Wrong tries have to wait, each longer."""
        self.private.open(person, passphrase, by="passphrase")

    def unlock_with_recovery(self, person: str, code: str) -> None:
        """Open a person's private pages with the recovery code."""
        self.private.open(person, code, by="recovery")

    def lock(self, person: str | None = None) -> None:
        """Close the private pages of a person, or of both."""
        self.private.lock(person)
        for one in PEOPLE if person is None else (person,):
            self._answers.close(one)

    def is_unlocked(self, person: str) -> bool:
        """Return whether a person's private pages are open in this sitting."""
        return self.private.secret(person) is not None

    def stay(self) -> None:
        """Note that somebody is there: open pages stay open for another while."""
        self.private.stay()

    def rests_in(self) -> float | None:
        """Return in how many seconds open pages close by themselves; None when none is open."""
        return self.private.rests_in()

    def rest_after(self, seconds: float) -> None:
        """Set after how long with nobody there open pages close by themselves."""
        self.private.rest_after(seconds)

    # The files ----------------------------------------------------------------------------------

    def last_save(self) -> datetime | None:
        """Return when anything was last written into the folder, or None for an empty one."""
        if not self.home.is_dir():
            return None
        times = [path.stat().st_mtime for path in self.home.glob("*.csv")]
        return datetime.fromtimestamp(max(times), UTC) if times else None

    def notes(self) -> tuple[Note, ...]:
        """Return what to know about the files: changed lines, torn ends, newer versions."""
        return tuple(notes(self.shelf))
