"""After a turn, alone: was I understood, could I bring it up again. For its writer's eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from evenground.forms import nodes
from evenground.records.listen import AfterTurn, Turn
from evenground.steps import own_turns
from evenground.steps.drawn import Drawn
from evenground.steps.drawn_from import names_of

if TYPE_CHECKING:
    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class AfterATurn(Drawn):
    """Two answers about the newest turn. The same line on help follows, whatever was answered."""

    part = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P17",)

    def forget_forms(self) -> None:
        """Hold no drawing of somebody else's."""
        super().forget_forms()
        self.drawn_of, self.ready = None, None

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
        form = self._form(turn)
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["after_turns.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]
        return [
            nodes.eyebrow(over),
            self.seen(AfterTurn),
            *nodes.one_by_one(form.nodes(), end, key=form.key),
            self._help(),
            *self._before(),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep the two answers."""
        turn = self._turn()
        if key == "keep" and turn and self.desk.one:
            self.kept(self._form(turn), self.words["after_turns.kept"], turn=turn.thread)

    def data(self) -> object:
        """Return the writer's own answers, turn by turn, and the two names."""
        return self.desk.one, own_turns.to_draw(self.desk), names_of(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return both questions, small."""
        _, found, names = data
        return own_turns.drawing(found, names)

    def _help(self) -> Node:
        """Return the line on help: the same words, in the same place, for everybody."""
        return nodes.small(self.words["after_turns.help_line"])

    def _turn(self) -> Entry[Turn] | None:
        turns = self.desk.entries(Turn)
        return turns[-1] if turns else None

    def _form(self, turn: Entry[Turn]) -> Writing[AfterTurn]:
        mine = [e for e in own_turns.given(self.desk) if e.record.turn == turn.thread]
        form = self.writing(AfterTurn, slot=turn.thread, replaces=mine[-1] if mine else None)
        form.replaces = mine[-1] if mine else None
        return form

    def _before(self) -> list[Node]:
        """Return the writer's own answers, drawn and turn by turn, folded away."""
        if not own_turns.given(self.desk):
            return []
        self.prepare()
        return [nodes.gap(), own_turns.folded(self.desk, self.ready)]
