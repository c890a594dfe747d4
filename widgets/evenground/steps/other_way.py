"""Saying it another way: seen, felt, need, ask. What came out hard at first is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from evenground.forms import nodes
from evenground.forms.view import Kept
from evenground.records.listen import OtherWay
from evenground.steps import excuses
from evenground.steps.cards import Cards
from evenground.steps.desk import by
from evenground.steps.texts import glimpse

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

_FIRST = "other_ways/first"
_SLOTS = ("seen", "felt", "need", "ask")


class AnotherWay(Cards[OtherWay]):
    """A hard line, held on the page alone, and the four boxes that it can become."""

    part = "listen"
    kind = OtherWay
    practices: ClassVar[tuple[str, ...]] = ("P19", "P23")

    def __init__(self) -> None:
        """Show an empty box for the hard line."""
        self.first = ""  # in the memory of this page, until it is said another way
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no hard line for somebody else."""
        super().forget_forms()
        self.first = ""

    def title(self, record: OtherWay) -> str:
        """Return the first words."""
        return glimpse(record.seen or record.felt or record.need or record.ask)

    def told(self, entry: Entry[OtherWay]) -> list[Node]:
        """Return the four, each under what it is."""
        w, record = self.words, entry.record
        return [
            nodes.quote(by(entry.author), [getattr(record, n)], label=w[f"other_ways.{n}.said"])
            for n in _SLOTS
            if getattr(record, n)
        ]

    def fields(self, form: Writing[OtherWay]) -> list[Node]:
        """Return the box for the hard line, which is not kept, and the four."""
        w = self.words
        first = nodes.field(
            _FIRST,
            "text",
            w["other_ways.first"],
            hint=w["other_ways.first_help"],
            value=self.first,
            limit=2_000,
            lines=2,
            note=self._note(self.first),
        )
        more = {name: {"lines": 2, "note": self._note(form.values.get(name))} for name in _SLOTS}
        return [
            nodes.seen("dashed", self.common["seen.unstored.strong"], w["other_ways.not_kept"]),
            first,
            *form.nodes(more=more),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Hold the hard line on this page alone; show another note when its words call for one."""
        before = self._notes()
        if name == _FIRST:
            self.first = str(value or "")
            kept = Kept("page")
        else:
            kept = super().on_input(name, value)
        if self._notes() != before:
            self.refresh()
        return kept

    def was_kept(self, entry: Entry[OtherWay]) -> None:  # noqa: ARG002 - for those that override it
        """Let the hard line go: it was said another way."""
        self.first = ""

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        if _FIRST in values:
            self.first = str(values[_FIRST] or "")
        return super()._press(key, value, values)

    def _note(self, text: Any) -> Node | None:
        reader = self.desk.name(self.desk.other)
        return excuses.note(str(text or ""), reader=reader, only=excuses.TO_ANOTHER)

    def _notes(self) -> list[Node | None]:
        typed = [f.values.get(n) for f in self.forms.values() for n in _SLOTS]
        return [self._note(text) for text in (self.first, *typed)]
