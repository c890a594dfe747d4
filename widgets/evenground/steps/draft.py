"""The draft acknowledgement, piece by piece. Asking for pardon is not one of the pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import content
from evenground.forms import nodes
from evenground.records.acknowledge import Acknowledgement, Pieces
from evenground.steps import excuses
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms import Kept
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class PieceByPiece(Step):
    """The boxes of a draft, with notes on words that excuse beside them, for its writer alone."""

    def pieces(self, form: Writing[Acknowledgement]) -> list[Node]:
        """Return the six boxes with a note beside those that have one."""
        reader = self.desk.name(self.desk.other)
        more: dict[str, dict[str, object]] = {}
        for name in Pieces.columns():
            note = excuses.note(str(form.values.get(name) or ""), reader=reader)
            more[name] = {"note": note}
        return form.nodes(more=more)

    def on_input(self, name: str, value: object) -> Kept:
        """Keep what is typed; show another note when its words call for one."""
        before = self._noted()
        kept = super().on_input(name, value)
        if self._noted() != before:
            self.refresh()
        return kept

    def _noted(self) -> list[object]:
        reader = self.desk.name(self.desk.other)
        return [
            excuses.note(str(form.values.get(name) or ""), reader=reader)
            for form in self.forms.values()
            if form.kind is Acknowledgement
            for name in Pieces.columns()
        ]

    def draft_form(self) -> Writing[Acknowledgement]:
        """Return the form of the writer's draft: the newest one, or a new one."""
        draft = own_draft(self)
        words = content.words("acknowledge")  # the same boxes in part 01 and after listening
        form = self.writing(Acknowledgement, replaces=draft, words=words)
        form.replaces = draft
        return form


class Draft(PieceByPiece):
    """The acknowledgement, by the one who had more say in a moment."""

    part = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P1",)

    def tree(self) -> list[Node]:
        """Return six boxes with what is written so far."""
        if stands := self.for_one():
            return stands
        if self.desk.locked(self.desk.one):
            return [self.seen(Acknowledgement), *self.locked()]
        form = self.draft_form()
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["acknowledgements.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(self.words["acknowledgements.after"]),
        ]
        return [
            nodes.text(self.words["acknowledgements.for_whom"]),
            self.seen(Acknowledgement),
            *nodes.one_by_one(self.pieces(form), end, key=form.key),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep the draft and go on."""
        if key != "keep":
            return
        entry = self.kept(self.draft_form(), self.words["acknowledgements.kept"])
        if entry and self.desk.is_held(entry):
            self.said = self.words["acknowledgements.kept_here"]
        elif entry:
            self.go_on()


def own_draft(step: Step) -> Entry[Acknowledgement] | None:
    """Return the newest draft acknowledgement of the one who is writing, or None."""
    me = step.desk.one
    found = [e for e in step.desk.entries(Acknowledgement) if e.author == me]
    return found[-1] if found else None
