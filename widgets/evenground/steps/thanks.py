"""Thanks for one thing, to be released by who wrote it. The reader may say that it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.outlook import Landed, Thanks
from evenground.steps.own import OwnEntries

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry


class SayThanks(OwnEntries[Thanks]):
    """A card for thanks, and the thanks that came from the other one."""

    practices = ("P49",)
    kind = Thanks

    def said_of(self, record: Thanks) -> list[str]:
        """Return the words, and which work they are about."""
        work = "; ".join(self.words[f"thanks.work.options.{key}"] for key in record.work)
        return [line for line in (record.words, work) if line]

    def under(self, entry: Entry[Thanks]) -> list[Node]:
        """Return a way to say that it arrived, or that this was said."""
        w = self.words
        if self._landed(entry):
            presses = [nodes.press("unsay", self.common["buttons.withdraw"], entry.thread)]
            return [nodes.hint(w["thanks.landed"]), nodes.actions(*presses)]
        return [nodes.actions(nodes.press("landed", w["thanks.say_landed"], entry.thread))]

    def before(self) -> list[Node]:
        """Return, once and in no order, that thanks of the writer's arrived."""
        arrived = {e.record.thanks for e in self.desk.journal.entries(Landed)}
        mine = [e for e in self._all() if e.author == self.desk.one and e.thread in arrived]
        if not mine:
            return []
        words = self.say("thanks.arrived")
        return [nodes.text(words), nodes.listing(nodes.item(e.record.words) for e in mine)]

    def do_more(self, key: str, value: str) -> None:
        """Say that it arrived, or say so no more."""
        entry = next((e for e in self.given() if e.thread == value), None)
        if entry is None:
            return
        if key == "landed" and not self._landed(entry):
            self.add(Landed(thanks=value), author=self.desk.one)
        elif key == "unsay":
            for landed in self._landed(entry):
                self.desk.withdraw(landed)
            self.done()

    def _landed(self, entry: Entry[Thanks]) -> list[Entry[Landed]]:
        found = self.desk.journal.entries(Landed)
        return [e for e in found if e.record.thanks == entry.thread and e.author == self.desk.one]
