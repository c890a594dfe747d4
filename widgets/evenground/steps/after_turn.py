"""After a turn, alone: was I understood, could I bring it up again. For its writer's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.listen import AfterTurn, Turn
from evenground.steps import days
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class AfterATurn(Step):
    """Two answers about the newest turn. The same line on help follows, whatever was answered."""

    part = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P17",)

    def tree(self) -> list[Node]:
        """Return the two questions, and what the writer answered before."""
        if stands := self.for_one():
            return stands
        w = self.words
        if self.desk.locked(self.desk.one):
            return [self.seen(AfterTurn), *self.locked(), self._help()]
        turn = self._turn()
        if turn is None:
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            return [nodes.text(w["turns.none"]), nodes.buttons(go_on), self._help()]
        topic = turn.record.topic
        over = w.say("turns.eyebrow_topic", topic=topic) if topic else w["turns.eyebrow"]
        return [
            nodes.eyebrow(over),
            self.seen(AfterTurn),
            *self._form(turn).nodes(),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["after_turns.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            self._help(),
            *self._before(),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep the two answers."""
        turn = self._turn()
        if key == "keep" and turn and self.desk.one:
            self.kept(self._form(turn), self.words["after_turns.kept"], turn=turn.thread)

    def _help(self) -> Node:
        """Return the line on help: the same words, in the same place, for everybody."""
        return nodes.small(self.words["after_turns.help_line"])

    def _turn(self) -> Entry[Turn] | None:
        turns = self.desk.entries(Turn)
        return turns[-1] if turns else None

    def _mine(self) -> list[Entry[AfterTurn]]:
        return [e for e in self.desk.entries(AfterTurn) if e.author == self.desk.one]

    def _form(self, turn: Entry[Turn]) -> Writing[AfterTurn]:
        mine = [e for e in self._mine() if e.record.turn == turn.thread]
        form = self.writing(AfterTurn, slot=turn.thread, replaces=mine[-1] if mine else None)
        form.replaces = mine[-1] if mine else None
        return form

    def _before(self) -> list[Node]:
        """Return the writer's own answers, turn by turn."""
        mine = self._mine()
        if not mine:
            return []
        w = self.words
        head = [w["after_turns.day"], w["after_turns.understood.ask"], w["after_turns.again.ask"]]
        rows = [
            [days.said(e.began), *(self._said(e, name) for name in ("understood", "again"))]
            for e in mine
        ]
        caption = w["after_turns.yours"]
        return [nodes.gap(), nodes.details(caption, nodes.table(caption, head, rows))]

    def _said(self, entry: Entry[AfterTurn], name: str) -> str:
        value = getattr(entry.record, name)
        if not value or value == "unsaid":
            return self.words["after_turns.open"]
        return self.words[f"after_turns.{name}.options.{value}"]
