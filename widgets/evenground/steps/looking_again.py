"""A big change or a hard time, as a reason to read one's limits again. No limit stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.outlook import LifeEvent
from evenground.steps import days
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry

LIMITS = "03_amends.ipynb#limits"


class LimitsAgain(Step):
    """What has changed, when limits were last looked at, and the way to them, alone."""

    part = "review"
    practices = ("P41", "P42")

    def tree(self) -> list[Node]:
        """Return a short form, the changes so far, and the way to each one's own limits."""
        w = self.words
        talk = nodes.details(w["limits_again.talk"], *self._cards())
        shown = [nodes.text(w["limits_again.alone"]), nodes.link(LIMITS, w["limits_again.link"])]
        if not self.desk.who:
            return [*shown, talk, *(self.for_one() or [])]
        form = self.writing(LifeEvent, only=("event", "day"))
        return [
            *shown,
            nodes.heading(w["limits_again.title"]),
            self.seen(LifeEvent),
            *form.nodes(more={"event": {"control": "select"}}),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["limits_again.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self._list(),
            talk,
        ]

    def do(self, key: str, value: str) -> None:
        """Keep a change, say that limits were looked at, or take a change away."""
        found = {e.thread: e for e in self.desk.journal.entries(LifeEvent)}
        if key == "keep":
            form = self.writing(LifeEvent, only=("event", "day"))
            if form.values.get("event") and not form.values.get("day"):
                form.values["day"] = days.today().isoformat()
            self.kept(form, self.words["limits_again.kept"])
        elif key == "looked" and value in found and self.desk.who == BOTH:
            entry = found[value]
            looked = entry.record.model_copy(update={"looked": days.today()})
            self.desk.add(looked, author=entry.author, replaces=entry)
            self.done()
        elif key == "take_away" and value in found and self._mine(found[value]):
            self.desk.withdraw(found[value])
            self.done(self.words["own.taken_away"])

    def _mine(self, entry: Entry[LifeEvent]) -> bool:
        return self.desk.who in (entry.author, BOTH)

    def _list(self) -> list[Node]:
        w = self.words
        items = [
            nodes.item(
                w.get(f"life_events.event.options.{entry.record.event}"),
                when=days.short(entry.record.day) if entry.record.day else "",
                detail=self._looked(entry),
                actions=self._presses(entry),
            )
            for entry in reversed(self.desk.journal.entries(LifeEvent))
        ]
        return [nodes.heading(w["limits_again.list"]), nodes.listing(items)] if items else []

    def _presses(self, entry: Entry[LifeEvent]) -> list[Node]:
        made = []
        if self.desk.who == BOTH and not entry.record.looked:
            made.append(nodes.press("looked", self.words["limits_again.looked"], entry.thread))
        if self._mine(entry):
            made.append(nodes.press("take_away", self.words["own.take_away"], entry.thread))
        return made

    def _looked(self, entry: Entry[LifeEvent]) -> str:
        if not entry.record.looked:
            return ""
        return self.words.say("limits_again.looked_on", date=days.said(entry.record.looked))

    def _cards(self) -> list[Node]:
        return [
            self.seen_unstored(),
            *(nodes.text(line) for line in self.words.lines("limits_again.cards")),
        ]

    def seen_unstored(self) -> Node:
        """Return the line that says that nothing of this is written down."""
        common = self.common
        return nodes.seen("dashed", common["seen.unstored.strong"], common["seen.unstored.text"])
