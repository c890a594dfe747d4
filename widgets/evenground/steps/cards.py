"""Private cards of one kind: more than one, each changed, released or taken out by its writer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, cast

from evenground.forms import nodes
from evenground.records.entry import Entry, R
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.declaration import Record
    from evenground.steps.writing import Writing


class Cards(Step, Generic[R]):
    """A writer's cards of one kind, an empty one, and what the other one released."""

    kind: ClassVar[type[Record]]
    only: ClassVar[tuple[str, ...] | None] = None  # the fields that are asked here
    released: ClassVar[bool] = True  # whether a card may be released at all
    one: ClassVar[bool] = False  # whether there is one card, which is changed

    def __init__(self) -> None:
        """Show the list and an empty card."""
        self.editing = ""  # the thread of the card that is changed
        super().__init__()

    def forget_forms(self) -> None:
        """Change no card of somebody else."""
        super().forget_forms()
        self.editing = ""

    # What a subclass writes ---------------------------------------------------------------------

    def title(self, record: R) -> str:
        """Return what stands for a card in the list."""
        raise NotImplementedError

    def detail(self, record: R) -> str:  # noqa: ARG002 - for those that override it
        """Return a second line for a card in the list."""
        return ""

    def told(self, entry: Entry[R]) -> list[Node]:
        """Return a released card as the other one reads it."""
        raise NotImplementedError

    def to_release(self, record: R) -> R | None:
        """Return what is released of a card; None when there is nothing to release."""
        return record

    def fields(self, form: Writing[R]) -> list[Node]:
        """Return the fields of a card."""
        return form.nodes()

    def before(self) -> list[Node]:
        """Return what stands over the card."""
        return []

    def was_kept(self, entry: Entry[R]) -> None:
        """Do what follows on a card that was kept."""

    def do_more(self, key: str, value: str) -> None:
        """Do what other buttons say."""

    # How it goes --------------------------------------------------------------------------------

    @property
    def table(self) -> str:
        """Return the table of the step's words."""
        return self.kind.kind

    def tree(self) -> list[Node]:
        """Return the writer's cards, a card to write, and what the other one released."""
        if stands := self.for_one():
            return stands
        if self.desk.locked(self.desk.one):
            return [self.seen(self.kind), *self.locked(), *self._theirs()]
        second = (
            nodes.press("cancel", self.common["buttons.cancel"])
            if self.editing and not self.one
            else nodes.press("skip", self.common["buttons.skip"])
        )
        w, card = self.words, self.card()
        title = w.get(f"{self.table}.{'change' if self.editing else 'new'}")
        end = [
            *self.news(),
            nodes.buttons(nodes.press("keep", w[f"{self.table}.keep"]), second),
            *([nodes.small(w[f"{self.table}.after"])] if f"{self.table}.after" in w else []),
        ]
        return [
            self.seen(self.kind),
            *self._list(),
            *self.before(),
            *([nodes.heading(title)] if title and not self.one else []),
            *nodes.one_by_one(self.fields(card), end, key=card.key),
            *self._theirs(),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep, change, release or take out a card."""
        card = self.card()
        if key == "keep":
            entry = self.kept(card, self.words[f"{self.table}.kept"])
            if entry:
                self.editing = ""
                self.was_kept(entry)
        elif key == "change":
            self.close(card)
            self.editing = value
        elif key == "cancel":
            card.done()
            self.close(card)
            self.editing = ""
        elif key == "release":
            self._release(self.own(value))
        elif key == "take_back":
            self._take_out(self.own(value))
            reader = self.desk.name(self.desk.other)
            self.done(self.common.say("release.taken_back", reader=reader))
        elif key == "take_away":
            self._take_out(self.own(value))
            if self.editing == value:
                self.editing = ""
            self.done(self.common["cards.taken_away"])
        else:
            self.do_more(key, value)

    def card(self) -> Writing[R]:
        """Return the form: of the card that is changed, or of a new one."""
        mine, kind = self.mine(), cast("type[R]", self.kind)
        if self.one and mine:
            form = self.writing(kind, replaces=mine[-1], only=self.only)
            form.replaces = mine[-1]
            return form
        editing = next((e for e in mine if e.thread == self.editing), None)
        return self.writing(kind, slot=self.editing, replaces=editing, only=self.only)

    def mine(self) -> list[Entry[R]]:
        """Return the writer's own cards, not the released copies."""
        found = cast("list[Entry[R]]", self.desk.entries(self.kind))
        return [e for e in found if e.author == self.desk.one and not e.released_from]

    def own(self, thread: str) -> Entry[R]:
        """Return one of the writer's entries."""
        found = cast("list[Entry[R]]", self.desk.entries(self.kind))
        return next(e for e in found if e.thread == thread and e.author == self.desk.one)

    def copies(self) -> dict[str, Entry[R]]:
        """Return the released copies by the thread that each was made of."""
        found = cast("list[Entry[R]]", self.desk.entries(self.kind))
        return {e.released_from: e for e in found if e.released_from}

    def _release(self, entry: Entry[R]) -> None:
        record = self.to_release(entry.record)
        if record is not None:
            self.add(
                record,
                author=self.desk.one,
                said=self.common["release.done"],
                replaces=self.copies().get(entry.thread),  # changed since it was released
                sealed=False,
                released_from=entry.thread,
            )

    def _take_out(self, entry: Entry[R]) -> None:
        copy = self.copies().get(entry.thread)
        if copy and not entry.released_from:
            self.desk.forget(copy)
        self.desk.forget(entry)
        for form in self.forms.values():
            form.again()

    def presses(self, entry: Entry[R]) -> list[Node]:
        """Return what its writer can do with a card."""
        copy = self.copies().get(entry.thread)
        found = [nodes.press("change", self.common["buttons.change"], entry.thread)]
        if self.one:
            found = []
        record = self.to_release(entry.record) if self.released else None
        if copy:
            found.append(nodes.press("take_back", self.common["buttons.withdraw"], copy.thread))
        if record is not None and (copy is None or copy.record != record):
            label = self.common.say("buttons.release", **self.desk.names())
            found.append(nodes.press("release", label, entry.thread))
        found.append(nodes.press("take_away", self.common["cards.take_away"], entry.thread))
        return found

    def _list(self) -> list[Node]:
        mine, copies = self.mine(), self.copies()
        if not mine:
            return []
        can_read = self.common.say("cards.released", **self.desk.names())
        items = [
            nodes.item(
                self.title(entry.record) or self.common["cards.untitled"],
                detail=can_read if entry.thread in copies else self.detail(entry.record),
                actions=self.presses(entry),
            )
            for entry in mine
        ]
        hint = [self.may_read()] if self.released else []
        heading = nodes.heading(self.words[f"{self.table}.yours"])
        return [heading, nodes.listing(items), *hint]

    def _theirs(self) -> list[Node]:
        found = cast("list[Entry[R]]", self.desk.entries(self.kind))
        theirs = [e for e in found if e.author == self.desk.other]
        if not theirs:
            return []
        heading = nodes.heading(self.common.say("cards.theirs", **self.desk.names()))
        return [nodes.gap(), heading, *(node for e in theirs for node in self.told(e))]
