"""A list of entries of one kind with a form for another: by one of the two, or by both together."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic

from evenground.forms import nodes
from evenground.records.entry import BOTH, Entry, R
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.declaration import Record
    from evenground.steps.writing import Writing


class Ledger(Step, Generic[R]):
    """Entries, newest first, and a form. Words: `<kind>.new`, `.list`, `.keep`, `.kept`."""

    part = "amends"
    kind: ClassVar[type[Record]]
    for_two: ClassVar[bool] = False  # written when both are here, by both
    single: ClassVar[bool] = False  # there is one at a time, in versions

    def __init__(self) -> None:
        """Show the entries, and an empty form."""
        self.editing = ""  # the thread that is being changed
        super().__init__()

    # What a subclass writes ---------------------------------------------------------------------

    @abstractmethod
    def told(self, entry: Entry[R]) -> list[Node]:
        """Return an entry as both read it."""

    def fields(self, form: Writing[R]) -> list[Node]:
        """Return the fields of the form."""
        return form.nodes()

    def more(self, entry: Entry[R]) -> list[Node]:  # noqa: ARG002 - most kinds have no more
        """Return what can be done with an entry besides changing it."""
        return []

    def do_more(self, key: str, value: str) -> None:
        """Do what other buttons say."""

    def ready(self, form: Writing[R]) -> bool:  # noqa: ARG002 - most kinds are ready when asked
        """Return whether the form can be kept; else its faults say what is lacking."""
        return True

    # How it goes --------------------------------------------------------------------------------

    def forget_forms(self) -> None:
        """Change nothing for somebody else."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the form for whoever can write here, and the entries below it."""
        stands = self.for_both() if self.for_two else self.for_one()
        found = self.found()
        if self.single:
            self_editing = self.editing or not found
            shown = [n for e in found for n in self._one(e, open_=not stands)]
            return [*([] if self_editing and not stands else shown), *self._form(found, stands)]
        return [*self._form(found, stands), *self._list(found, open_=not stands)]

    def do(self, key: str, value: str) -> None:
        """Keep, change, or take out."""
        found = {e.thread: e for e in self.found()}
        if key == "keep":
            form = self.form_now()
            if not self.ready(form):
                return
            # Closed before every step hears of it, so that no page shows it open once more.
            was, self.editing = self.editing, ""
            if not self.kept(form, self.words[f"{self.kind.kind}.kept"]):
                self.editing = was
        elif key == "edit" and value in found and self.mine(found[value]):
            self.editing = value
        elif key == "cancel":
            form = self.form_now()
            form.done()
            self.close(form)
            self.editing = ""
        elif key == "take_out" and value in found and self.mine(found[value]):
            self.desk.withdraw(found[value])
            self.done()
        else:
            self.do_more(key, value)

    def found(self) -> list[Entry[R]]:
        """Return the entries that whoever is here may read, newest first."""
        entries = self.desk.entries(self.kind)
        return list(reversed(entries[-1:] if self.single else entries))  # type: ignore[arg-type]  # of this step's kind

    def mine(self, entry: Entry[R]) -> bool:
        """Return whether whoever is here wrote it."""
        return bool(self.desk.who) and entry.author == self.desk.who

    def form_now(self) -> Writing[R]:
        """Return the form that is open: a new one, or that of the entry being changed."""
        replaces = next((e for e in self.found() if e.thread == self.editing), None)
        if self.single and replaces is None:
            replaces = next(iter(self.found()), None)
        author = BOTH if self.for_two else self.desk.one
        return self.writing(
            self.kind,  # type: ignore[arg-type]  # of this step's kind
            slot=self.editing,
            author=author,
            replaces=replaces,
        )

    def _form(self, found: list[Entry[R]], stands: list[Node] | None) -> list[Node]:
        if stands:
            return stands
        if self.single and found and not self.editing:
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            change = nodes.press("edit", self.common["buttons.change"], found[0].thread)
            return [*self.news(), nodes.buttons(go_on, change)]
        name = self.kind.kind
        other_way = (
            nodes.press("cancel", self.common["buttons.cancel"])
            if self.editing
            else nodes.press("skip", self.common["buttons.skip"])
        )
        return [
            self.seen(self.kind),
            *(self.locked() if self.desk.one else []),
            *self.fields(self.form_now()),
            *self.news(),
            nodes.buttons(nodes.press("keep", self.words[f"{name}.keep"]), other_way),
        ]

    def _list(self, found: list[Entry[R]], *, open_: bool) -> list[Node]:
        if not found:
            return []
        heading = nodes.heading(self.words[f"{self.kind.kind}.list"])
        shown = [n for e in found if e.thread != self.editing for n in self._one(e, open_=open_)]
        return [nodes.gap(), heading, *shown]

    def _one(self, entry: Entry[R], *, open_: bool) -> list[Node]:
        actions = []
        if open_ and self.mine(entry) and not self.single:
            change = nodes.press("edit", self.common["buttons.change"], entry.thread)
            take_out = nodes.press("take_out", self.common["buttons.withdraw"], entry.thread)
            actions = [nodes.actions(change, take_out)]
        return [*self.told(entry), *self.more(entry), *actions]
