"""Own time, people and money: three questions for one person alone, with nothing to release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import nodes
from evenground.records.review import OWN_ITEMS, OwnRoom
from evenground.steps import days
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry


class OwnTime(Step):
    """The questions, and the writer's own earlier answers in a table of theirs."""

    part = "review"
    practices = ("P55",)

    def tree(self) -> list[Node]:
        """Return the questions and the earlier answers."""
        if stands := self.for_one():
            return stands
        w = self.words
        return [
            self.seen(OwnRoom),
            *self.locked(),
            *self.writing(OwnRoom).nodes(),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["own_room.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self._earlier(),
            nodes.small(w["checkins.help_line"]),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep the answers, or take earlier ones away."""
        if key == "keep":
            self.kept(self.writing(OwnRoom), self.words["own_room.kept"])
        elif key == "take_away":
            entry = next((e for e in self._mine() if e.thread == value), None)
            if entry:
                self.desk.withdraw(entry)
                self.done(self.words["own.taken_away"])

    def _mine(self) -> list[Entry[OwnRoom]]:
        return [e for e in self.desk.entries(OwnRoom) if e.author == self.desk.one]

    def _earlier(self) -> list[Node]:
        mine = self._mine()
        if not mine:
            return []
        w, steps = self.words, content.words("controls")
        items = []
        for entry in reversed(mine):
            said = [
                w.say("own_room.said", item=w[f"own_room.{name}.short"], answer=steps[key])
                for name in OWN_ITEMS
                if (key := f"steps.{getattr(entry.record, name)}") in steps
            ]
            if entry.record.wish:
                said.append(entry.record.wish)
            take_away = nodes.press("take_away", w["own.take_away"], entry.thread)
            day = days.said(entry.written)
            items.append(nodes.item(day, detail=" ".join(said), actions=[take_away]))
        return [nodes.details(w["own_room.earlier"], nodes.listing(items))]
