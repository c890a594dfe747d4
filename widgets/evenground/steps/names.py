"""Two names to be read on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import Kept, mistake, nodes
from evenground.records.declaration import Fault, Mistaken
from evenground.records.start import Person
from evenground.steps.desk import PEOPLE
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node

_LABELS = {"a": "people.one", "b": "people.the_other"}


class Names(Step):
    """The boxes for two names, or the names and a way to change them."""

    part = "start"

    def __init__(self) -> None:
        """Show the names, or boxes for them."""
        self.editing = False
        self.typed: dict[str, str] = {}
        self.faults: dict[str, Fault] = {}
        super().__init__()

    def tree(self) -> list[Node]:
        """Return the two names, or two boxes."""
        w = self.words
        known = self._known()
        if known and not self.editing:
            one, *more = known.values()
            have = w.say("people.have", one=one, two=more[0]) if more else ""
            return [
                nodes.text(have or w.say("people.have_one", one=one)),
                *self.news(),
                nodes.buttons(
                    nodes.press("skip", self.common["buttons.go_on"]),
                    nodes.press("edit", w["people.change"]),
                ),
            ]
        return [
            nodes.hint(w["people.hint"]),
            *(self._box(key, known) for key in PEOPLE),
            nodes.hint(w["people.alone"]),
            nodes.buttons(
                nodes.press("keep", w["people.keep"]), nodes.press("leave", w["people.not_now"])
            ),
            nodes.small(w["people.after"]),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Hold what is typed; names are written down with the button."""
        self.typed[name] = str(value)
        return Kept("page")

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.typed |= {k: str(values[k] or "") for k in PEOPLE if k in values}
        return super()._press(key, value, values)

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep the names, or let them be."""
        if key == "edit":
            self.editing = True
        elif key == "leave":
            self.editing, self.typed, self.faults = False, {}, {}
            self.go_on()
        elif key == "keep":
            self._keep()

    def _known(self) -> dict[str, str]:
        return {p.key: p.name for p in self.desk.journal.people() if p.name}

    def _box(self, key: str, known: dict[str, str]) -> Node:
        fault = self.faults.get(key)
        return nodes.field(
            key,
            "line",
            self.words[_LABELS[key]],
            person=key,
            value=self.typed.get(key, known.get(key, "")),
            error=mistake(fault) if fault else "",
        )

    def _keep(self) -> None:
        records: dict[str, Person] = {}
        self.faults = {}
        known = self._known()
        for key in PEOPLE:
            try:
                records[key] = Person.typed({"name": self.typed.get(key, known.get(key, ""))})
            except Mistaken as error:
                self.faults[key] = Fault(key, error.faults[0].key, error.faults[0].fill)
        found = [record.name.casefold() for record in records.values() if record.name]
        if not self.faults and not found:
            self.faults["a"] = Fault("a", "empty_name", {})
        if len(found) == len(PEOPLE) and len(set(found)) == 1:
            self.faults["b"] = Fault("b", "same_name", {})
        if self.faults:
            return
        before = {e.author: e for e in self.desk.journal.entries(Person)}
        for key, record in records.items():
            old = before.get(key)
            if record.name and (old is None or old.record != record):
                replaces = old.id if old else None
                self.desk.journal.add(record, author=key, replaces=replaces)
            elif not record.name and old:
                self.desk.journal.withdraw(old.thread, author=key, kind=Person)
        self.editing, self.typed = False, {}
        self.done(self.words["people.kept"])
        self.go_on()
