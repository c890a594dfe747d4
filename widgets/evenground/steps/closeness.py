"""A page that each opens for themselves, alone: words that stay theirs, and time they plan.

Nothing is counted and nothing is drawn. That somebody opened it is kept nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.outlook import Closeness, Ritual
from evenground.steps.desk import by
from evenground.steps.own import OwnEntries

if TYPE_CHECKING:
    from evenground.forms.nodes import Node


class OwnPage(OwnEntries[Closeness]):
    """Shut, with one button, for whoever sits down; open, a log that has no way to be released."""

    practices = ("P45", "P42")
    kind = Closeness
    releases = False

    def __init__(self) -> None:
        """Leave it shut."""
        self.open = False
        super().__init__()

    def forget_forms(self) -> None:
        """Shut it for whoever comes next."""
        super().forget_forms()
        self.open = False

    def said_of(self, record: Closeness) -> list[str]:
        """Return what was written."""
        return [record.words] if record.words else []

    def tree(self) -> list[Node]:
        """Return a way to open it; then the plans of the two, and the writer's own pages."""
        if stands := self.for_one():
            return stands
        w = self.words
        if not self.open:
            return [
                nodes.text(w["closeness.shut"]),
                nodes.buttons(
                    nodes.press("open_page", w["closeness.open"]),
                    nodes.press("skip", self.common["buttons.skip"]),
                ),
            ]
        return [
            nodes.text(w["closeness.no_yes"]),
            *self._rituals(),
            nodes.gap(),
            nodes.heading(w["closeness.own"]),
            *super().tree(),
        ]

    def do_more(self, key: str, value: str) -> None:
        """Open the page, plan time, or take a plan away."""
        if key == "open_page":
            self.open = True
        elif key == "plan" and self.open:
            self.kept(self.writing(Ritual), self.words["rituals.kept"])
        elif key == "unplan" and self.open:
            found = {e.thread: e for e in self.desk.journal.entries(Ritual)}
            if value in found and found[value].author == self.desk.one:
                self.desk.withdraw(found[value])
                self.done(self.words["own.taken_away"])

    def _rituals(self) -> list[Node]:
        w = self.words
        items = []
        for entry in self.desk.journal.entries(Ritual):
            pace = entry.record.pace
            mine = entry.author == self.desk.one
            presses = [nodes.press("unplan", w["own.take_away"], entry.thread)] if mine else []
            items.append(
                nodes.item(
                    entry.record.ritual,
                    detail=w[f"rituals.pace.options.{pace}"] if pace else "",
                    by=by(entry.author),
                    actions=presses,
                )
            )
        listed = [nodes.listing(items)] if items else []
        return [
            nodes.heading(w["rituals.title"]),
            *listed,
            self.seen(Ritual),
            nodes.hint(self.say("rituals.shut_for")),
            *self.writing(Ritual).nodes(),
            nodes.buttons(
                nodes.press("plan", w["rituals.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]
