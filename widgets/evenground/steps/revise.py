"""Back to the draft, alone: it stands beside what its author heard, to be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.acknowledge import Acknowledgement, Pieces
from evenground.records.listen import Change, Round, Turn
from evenground.steps import days
from evenground.steps.desk import by
from evenground.steps.draft import PieceByPiece, own_draft
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry


class Revise(PieceByPiece):
    """What was heard, the draft, and the version before, folded away."""

    part = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1", "P16")

    def __init__(self) -> None:
        """Show the draft, if there is one."""
        self.begun = False
        super().__init__()

    def forget_forms(self) -> None:
        """Begin no draft for somebody else."""
        super().forget_forms()
        self.begun = False

    def tree(self) -> list[Node]:
        """Return what the author heard, the draft, and the version before."""
        if stands := self.for_one():
            return stands
        w = self.words
        if self.desk.locked(self.desk.one):
            return [self.seen(Acknowledgement), *self.locked()]
        draft = own_draft(self)
        if draft is None and not self.begun:
            return [
                nodes.text(w["revise.none"]),
                nodes.buttons(
                    nodes.press("skip", self.common["buttons.go_on"]),
                    nodes.press("begin", w["revise.begin"]),
                ),
            ]
        form = self.draft_form()
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["revise.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]
        return [
            nodes.heading(w["revise.heard"]),
            *self._heard(),
            nodes.heading(w["revise.draft"]),
            self.seen(Acknowledgement),
            *nodes.one_by_one(self.pieces(form), end, key=form.key),
            *self._before(draft),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep the new version."""
        if key == "begin":
            self.begun = True
        elif key == "keep":
            entry = self.kept(self.draft_form(), self.words["revise.kept"])
            if entry and self.desk.is_held(entry):
                self.said = self.words["revise.kept_here"]
            elif entry:
                self.go_on()

    def _heard(self) -> list[Node]:
        """Return what the writer said back, what was missing, and what it changes for them."""
        me = self.desk.one
        turns = {t.thread: t for t in self.desk.entries(Turn) if t.record.speaker != me}
        w, them = self.words, self.desk.other
        names = {"speaker": self.desk.name(them), "listener": self.desk.name(me)}
        shown: list[Node] = []
        for thread, turn in turns.items():
            if turn.record.topic:
                shown.append(nodes.hint(w.say("turns.eyebrow_topic", topic=turn.record.topic)))
            for entry in self.desk.entries(Round):
                if entry.record.turn == thread:
                    label = w.say("rounds.said_back", **names)
                    shown.append(nodes.quote(by(me), paragraphs(entry.record.heard), label=label))
                    if entry.record.missing:
                        label = w.say("rounds.missing_was", **names)
                        words = paragraphs(entry.record.missing)
                        shown.append(nodes.quote(by(them), words, label=label))
            for change in self.desk.entries(Change):
                if change.record.turn == thread:
                    label = w.say("changes.was", **names)
                    words = paragraphs(change.record.changes)
                    shown.append(nodes.quote(by(me), words, label=label))
        return shown or [nodes.text(w["revise.heard_none"])]

    def _before(self, draft: Entry[Acknowledgement] | None) -> list[Node]:
        """Return the version before this one, folded away, so that the two can be compared."""
        if draft is None or self.desk.is_held(draft):
            return []
        versions = self.desk.journal.history(Acknowledgement, draft.thread, reader=self.desk.one)
        if len(versions) < 2:  # noqa: PLR2004 - this one and one before
            return []
        record = versions[-2].record
        words = [
            line for name in Pieces.columns() for line in paragraphs(str(getattr(record, name)))
        ]
        label = self.words.say("revise.of", date=days.said(versions[-2].written))
        return [nodes.details(self.words["revise.before"], nodes.quote("", words, label=label))]
