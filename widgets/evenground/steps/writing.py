"""One form in a step: what is typed is kept as a draft, and becomes a row when it is finished.

A draft file holds the newest words alone, so what was typed and taken back leaves no trail. What
is private and cannot be sealed stays in the memory of the page.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Generic, cast

from evenground.forms import Kept, form
from evenground.journal import Conflict, NotKept
from evenground.records.controls import Choice
from evenground.records.declaration import Fault, Mistaken, Visibility
from evenground.records.entry import Entry, R
from evenground.steps import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evenground.content import Words
    from evenground.forms.nodes import Node
    from evenground.steps.desk import Desk

_BEGUN = count(1)


class Writing(Generic[R]):
    """A form for one record of one kind, by whoever is writing."""

    def __init__(
        self,
        desk: Desk,
        kind: type[R],
        words: Words,
        *,
        slot: str,
        only: Iterable[str] | None = None,
        begin: Mapping[str, object] | None = None,
        replaces: Entry[R] | None = None,
        author: str = "",
    ) -> None:
        """Lay out a form; `begin` fills it at first, `replaces` is the entry that it edits."""
        self.desk, self.kind, self.words = desk, kind, words
        self.author = author or desk.who
        self.only = tuple(only or (n for n, c in kind.controls() if c.name != "ref"))
        self.replaces = replaces
        self.carried: dict[str, object] = {}  # fields that other pages ask, as they stand
        self.slot = f"{kind.kind}.{slot}" if slot else kind.kind
        self.prefix = f"{self.slot}.{self.author}/"  # two people never share a box
        self.key = f"{self.prefix}{next(_BEGUN)}"  # another one each time a form begins
        self.private = kind.visibility is not Visibility.SHARED
        self.faults: tuple[Fault, ...] = ()
        self.revision: int | None = None
        self.began = dict(replaces.record.to_form() if replaces else {}) | dict(begin or {})
        self.values = self._found()
        self.loaded = dict(self.values)

    @property
    def here_only(self) -> bool:
        """Return whether the words cannot go to disk: private, and with no seal that opens."""
        journal = self.desk.journal
        return self.private and not (
            self.desk.seals(self.author) and journal.is_unlocked(self.author)
        )

    def nodes(
        self,
        only: Iterable[str] | None = None,
        *,
        inside: Mapping[str, Mapping[str, str]] | None = None,
        more: Mapping[str, Mapping[str, object]] | None = None,
        names: Mapping[str, object] | None = None,
    ) -> list[Node]:
        """Return the fields, or some of them, with what is typed and what is wrong beside each.

        `inside` puts a field into a card of another one, `more` adds to a field (see `form`),
        `names` fills sentences besides the two people's names.
        """
        made = form(
            self.kind,
            self.words,
            values=self.values,
            faults=self.faults,
            names=self.desk.names() | dict(names or {}),
            only=self.only if only is None else only,
            inside=inside,
            more=more,
        )
        for node in made:
            _rename(node, self.prefix)
        return made

    def mine(self, name: str) -> bool:
        """Return whether a field of the page belongs to this form."""
        return name.startswith(self.prefix) and name[len(self.prefix) :] in self.only

    def turns(self, name: str) -> bool:
        """Return whether other fields may come or go with the answer to this one."""
        return isinstance(dict(self.kind.controls())[name[len(self.prefix) :]], Choice)

    def put(self, name: str, value: object) -> Kept:
        """Keep what was typed into one field; say where it is kept."""
        field = name[len(self.prefix) :]
        self.values[field] = value
        self.faults = tuple(fault for fault in self.faults if fault.field != field)
        return self._save_draft()

    def typed(self, name: str) -> object:
        """Return what stands in a field of the page."""
        return self.values.get(name[len(self.prefix) :])

    def take(self, values: Mapping[str, object]) -> None:
        """Take in all that stands in the fields, as a button sends it along."""
        for name, value in values.items():
            if self.mine(name):
                self.values[name[len(self.prefix) :]] = value

    def record(self, **fixed: object) -> R | None:
        """Return what the fields say as a record; None when something is wrong (`faults`)."""
        given = {name: self.values.get(name) for name in self.only}
        try:
            record = self.kind.typed(self.carried | given | fixed)
        except Mistaken as error:
            self.faults = error.faults
            return None
        # Words may be taken out of an answer that had some; an empty one is not begun.
        old = self.replaces.record.to_cells() if self.replaces else {}
        cells = record.to_cells()
        if not any(cells[name] or old.get(name) for name in self.only):
            self.faults = (Fault(self.only[0], "empty", {}),)
            return None
        return record

    def keep(self, **fixed: object) -> Entry[R] | None:
        """Make it an entry; None when something is wrong, which then stands in `faults`.

        Raises JournalError when the journal cannot take it. What was typed stays in any case.
        """
        record = self.record(**fixed)
        if record is None:
            return None
        entry = self.replaces
        if entry is None or entry.record != record:
            entry = self.desk.add(record, author=self.author, replaces=self.replaces)
        self.done()
        return entry

    def done(self) -> None:
        """Empty the form: what it held is kept elsewhere, or is given up by its writer."""
        self.desk.here_only.pop((self.author, self.slot), None)
        if not self.here_only:
            self.desk.journal.drop_draft(self.author, self.slot)
        self.values, self.loaded, self.revision = {}, {}, None
        self.faults = ()

    def unchanged(self) -> bool:
        """Return whether nothing was typed or chosen that the answer does not hold."""
        old = self.replaces.record.to_form() if self.replaces else {}
        return all((self.values.get(n) or None) == (old.get(n) or None) for n in self.only)

    def again(self) -> None:
        """Keep the draft anew, after the journal took out all drafts of the kind."""
        if self.values != self.began and not self.here_only:
            self.revision = None
            self._save_draft()

    def _found(self) -> dict[str, object]:
        if self.here_only:
            kept = self.desk.here_only.get((self.author, self.slot))
            return self.began | (kept or {})
        draft = self.desk.journal.draft(self.author, self.slot) if self.author else None
        if draft is None:
            return dict(self.began)
        self.revision = draft.revision
        return self.began | {n: v for n, v in draft.values.items() if n in self.only}

    def _save_draft(self) -> Kept:
        if self.here_only:
            self.desk.here_only[self.author, self.slot] = dict(self.values)
            return Kept("page")
        try:
            self._write()
        except Conflict as conflict:
            # Another page of the same person wrote as well. Fields that this page has not touched
            # take the other's words; a field that both touched keeps what stands on each screen.
            theirs = conflict.values
            for name in self.only:
                if self.values.get(name) == self.loaded.get(name) and name in theirs:
                    self.values[name] = theirs[name]
                elif theirs.get(name) not in (self.loaded.get(name), self.values.get(name)):
                    return Kept("unsaved", "", conflict.sentence)
            self.loaded, self.revision = dict(theirs), conflict.revision
            self._write()
        except NotKept:
            self.desk.here_only[self.author, self.slot] = dict(self.values)
            return Kept("page")
        return Kept("saved", days.now())

    def _write(self) -> None:
        self.revision = self.desk.journal.keep_draft(
            self.author, self.slot, dict(self.values), private=self.private, base=self.revision
        )
        self.loaded = dict(self.values)


def _rename(node: Node, prefix: str) -> None:
    """Give a field, and those inside its cards, names that no other form of the page has."""
    if node.get("is") == "field":
        node["name"] = f"{prefix}{node['name']}"
    for option in cast("list[Node]", node.get("options") or ()):
        if isinstance(option.get("field"), dict):
            _rename(cast("Node", option["field"]), prefix)
