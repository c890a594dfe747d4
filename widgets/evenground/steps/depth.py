"""How deep a talk goes today: its speaker picks a step of the ladder, and what they want of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import content
from evenground.forms import nodes
from evenground.records.listen import Depth
from evenground.steps.cards import Cards
from evenground.steps.desk import Desk, by
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry


def depth_said(desk: Desk, speaker: str) -> list[Node]:
    """Return how deep a speaker wants to go, when they released it; nothing else."""
    found = [e for e in desk.journal.entries(Depth) if e.author == speaker]
    return _said(desk, found[-1]) if found else []


class HowDeep(Cards[Depth]):
    """A step of the ladder, a wish to the listener, and a hope or a fear; released by choice."""

    part = "listen"
    kind = Depth
    one = True
    practices: ClassVar[tuple[str, ...]] = ("P56", "P43")

    def title(self, record: Depth) -> str:
        """Return the step of the ladder, or the first words."""
        if record.level:
            return self.words[f"depths.level.options.{record.level}"]
        return glimpse(record.words) or self.words[f"depths.wants.options.{record.wants}"]

    def detail(self, record: Depth) -> str:
        """Return what is wished of the listener."""
        return self.words[f"depths.wants.options.{record.wants}"] if record.wants else ""

    def told(self, entry: Entry[Depth]) -> list[Node]:
        """Return it as the listener reads it."""
        return _said(self.desk, entry)


def _said(desk: Desk, entry: Entry[Depth]) -> list[Node]:
    w, record = content.words("listen"), entry.record
    lines = [
        w[f"depths.{name}.options.{value}"]
        for name, value in (("level", record.level), ("wants", record.wants))
        if value
    ]
    label = w.say("depths.today", name=desk.name(entry.author))
    return [nodes.quote(by(entry.author), [*lines, *paragraphs(record.words)], label=label)]
