"""Cards to talk from. What is said stays between two people: at most the day is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.limits import Talk
from evenground.steps import closed_topics, days
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node


class Asking(Step):
    """One card at a time, and a day if they both want it noted."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P42",)

    def __init__(self) -> None:
        """Begin with the first card."""
        self.at = 0
        super().__init__()

    def forget_forms(self) -> None:
        """Begin with the first card."""
        super().forget_forms()
        self.at = 0

    def tree(self) -> list[Node]:
        """Return a card, and that nothing of it is written."""
        w, cards = self.words, list(self.words.lines("talks.cards"))
        if closed_topics.shown(self.desk, "closeness"):
            cards += self.words.lines("talks.closeness")
        seen = self.common["seen.unstored.strong"], self.common["seen.unstored.text"]
        another = nodes.press("another", w["talks.buttons.another"])
        shown = [
            nodes.seen("dashed", *seen),
            nodes.title(cards[self.at % len(cards)], key="card"),
            nodes.text(w["talks.no"]),
            *self.news(),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]), another),
        ]
        if self.desk.one:
            shown += closed_topics.switch(self.desk)
        if self.desk.who == BOTH:
            shown.append(nodes.actions(nodes.press("talked", w["talks.buttons.talked"])))
        found = self.desk.journal.entries(Talk)
        if found:
            day = days.said(found[-1].record.day)
            shown.append(nodes.small(w.say("talks.last", date=day)))
        return shown

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button here has a value
        """Turn a card, or note the day."""
        if key == "another":
            self.at += 1
        elif key == "closeness" and self.desk.one:
            closed_topics.turn(self.desk, self.desk.one)
        elif key == "talked" and self.desk.who == BOTH:
            self.add(Talk(day=days.today()), author=BOTH, said=self.words["talks.kept"])
