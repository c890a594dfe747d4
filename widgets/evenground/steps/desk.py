"""What the steps of one open page share: the journal, who is writing, and one another.

A page has one desk. In the app a page is a kernel of its own; in JupyterLab so is a notebook.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from evenground import content
from evenground.journal import Journal, NotKept
from evenground.records.entry import BOTH, Entry, R

if TYPE_CHECKING:
    from evenground.steps.room import Page

PEOPLE = ("a", "b")


class Shown(Protocol):
    """Something on the page that follows from the journal."""

    def refresh(self) -> None:
        """Show it anew."""

    def forget_forms(self) -> None:
        """Hold nothing that was typed."""


@dataclass
class Desk:
    """The open page."""

    journal: Journal
    who: str = ""  # "a", "b", "both", or nobody
    steps: list[Shown] = field(default_factory=list)
    page: Page | None = None
    # What is private and cannot be sealed stays here, in the memory of this page, and goes with
    # it: unfinished values by (person, slot), and finished entries.
    here_only: dict[tuple[str, str], dict[str, object]] = field(default_factory=dict)
    held: list[Entry[Any]] = field(default_factory=list)
    # What the writer took in hand, by kind: a moment is written on more than one page.
    chosen: dict[str, str] = field(default_factory=dict)

    def join(self, step: Shown) -> None:
        """Let a step hear of changes."""
        self.steps.append(step)

    def sit_down(self, who: str) -> None:
        """Let somebody write, and ask for the passphrase of their private pages first."""
        if self.page:
            self.page.seat(who)
        else:
            self.sit(who)

    def unlock(self) -> None:
        """Ask the one who is writing for their passphrase."""
        if self.page:
            self.page.cover_with_passphrase()

    def ask_who(self) -> None:
        """Cover the page with the question of who is here now."""
        if self.page:
            self.page.ask_who()

    def changed(self) -> None:
        """Show every step anew: an answer was kept, or somebody else is writing."""
        for step in self.steps:
            step.refresh()

    def sit(self, who: str) -> None:
        """Let a person, both, or nobody write from now on."""
        self.who = who
        self.chosen.clear()
        for step in self.steps:
            step.forget_forms()
        self.changed()

    # Reading and writing -------------------------------------------------------------------------

    def entries(self, kind: type[R], *, reader: str = "") -> list[Entry[R]]:
        """Return the entries of a kind that a person may see here: those on this page as well.

        Without `reader` it is the one who is writing.
        """
        reader = reader or self.one
        held = [e for e in self.held if type(e.record) is kind and e.author == reader]
        return [*self.journal.entries(kind, reader=reader or None), *held]

    def add(
        self, record: R, *, author: str, replaces: Entry[R] | None = None, **more: Any
    ) -> Entry[R]:
        """Write a record down; a private one with no seal is held on this page instead."""
        if replaces and replaces in self.held:
            self.held.remove(replaces)
            return self.hold(record, author, thread=replaces.thread)
        try:
            before = replaces.id if replaces else None
            return self.journal.add(record, author=author, replaces=before, **more)
        except NotKept:
            return self.hold(record, author)

    def withdraw(self, entry: Entry[R]) -> None:
        """Take an entry back."""
        if entry in self.held:
            self.held.remove(entry)
        else:
            self.journal.withdraw(entry.thread, author=entry.author, kind=type(entry.record))

    def forget(self, entry: Entry[R]) -> None:
        """Take an entry out with all its versions and released copies, as its author's own act."""
        if entry in self.held:
            self.held.remove(entry)
        else:
            self.journal.forget(entry.thread, author=entry.author, kind=type(entry.record))

    def is_held(self, entry: Entry[R]) -> bool:
        """Return whether an entry is on this page alone."""
        return entry in self.held

    def hold(self, record: R, author: str, thread: str = "") -> Entry[R]:
        """Keep an entry in the memory of this page, which is where it ends."""
        now = datetime.now(UTC)
        new = f"h{len(self.held) + 1}-{secrets.token_hex(4)}"
        entry = Entry(
            id=new,
            thread=thread or new,
            author=author,
            record=record,
            seq=0,
            written=now,
            began=now,
            zone="",
            sealed=True,
        )
        self.held.append(entry)
        return entry

    # Who is here ---------------------------------------------------------------------------------

    @property
    def one(self) -> str:
        """Return the key of the one person who is writing, or nothing."""
        return self.who if self.who in PEOPLE else ""

    @property
    def other(self) -> str:
        """Return the key of the one who is not writing, when one is."""
        return other(self.one)

    def name(self, key: str) -> str:
        """Return a person's name, or a word for somebody who has none yet."""
        if key == BOTH:
            return content.words("common")["names.both"]
        found = {p.key: p.name for p in self.journal.people()}
        return found.get(key) or content.words("start")["people.other_default"]

    def names(self) -> dict[str, str]:
        """Return what fills a sentence about the two: {me}, {other}, {a}, {b}."""
        fill = {key: self.name(key) for key in PEOPLE}
        if self.one:
            fill |= {"me": fill[self.one], "other": fill[self.other]}
        return fill

    def has_names(self) -> bool:
        """Return whether at least one name is given."""
        return bool(self.journal.people())

    def is_one_person(self) -> bool:
        """Return whether one of the two names alone is given: somebody does this by themselves."""
        return len([p for p in self.journal.people() if p.name]) == 1

    def locked(self, person: str) -> bool:
        """Return whether a person's private pages are shut."""
        return self.seals(person) and not self.journal.is_unlocked(person)

    def seals(self, person: str) -> bool:
        """Return whether a person has set a passphrase."""
        return any(p.key == person and p.sealed for p in self.journal.people())


def by(person: str) -> str:
    """Return the colour of what a person wrote: none for what both wrote."""
    return person if person in PEOPLE else ""


def other(person: str) -> str:
    """Return the key of the other one of the two."""
    return {"a": "b", "b": "a"}.get(person, "")


_open: list[Desk] = []


def desk() -> Desk:
    """Return the desk of this page, laid when it is first asked for."""
    if not _open:
        who = os.environ.get("EVENGROUND_WHO", "")
        _open.append(Desk(Journal(), who if who in (*PEOPLE, BOTH) else ""))
    return _open[0]


def clear() -> None:
    """Leave no desk: the next one is laid anew, from the journal that home then names."""
    _open.clear()
