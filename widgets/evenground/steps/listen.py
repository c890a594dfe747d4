"""The steps of part 02: ground rules, a sign to pause, turns, back to the draft, the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import nodes
from evenground.records.acknowledge import Acknowledgement, Pieces
from evenground.records.entry import BOTH
from evenground.records.listen import Change, PauseSignal, Round, Turn
from evenground.steps import days
from evenground.steps.acknowledge import own_draft
from evenground.steps.desk import by
from evenground.steps.door import Door
from evenground.steps.rules import Rules
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs
from evenground.steps.turn import TakeTurn

if TYPE_CHECKING:
    from evenground.forms import View
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


def ground_rules() -> View:
    """Show the rules that each picks alone, and then the ones that both picked."""
    return Rules().view


def pause_signal() -> View:
    """Show the word or sign by which either of them stops a talk."""
    return Signal().view


def turn() -> View:
    """Show a turn: what was heard, whether the listener has it, and what it changes."""
    return TakeTurn().view


def revise() -> View:
    """Show the draft beside what its author heard, to be changed."""
    return Revise().view


def door() -> View:
    """Show what waits at the door, for the one who is writing."""
    return Door().view


class Signal(Step):
    """The word or sign that means pause."""

    part = "listen"

    def tree(self) -> list[Node]:
        """Return the box for it, with what was chosen."""
        found = self.desk.entries(PauseSignal)
        have = found[-1].record.signal if found else ""
        return [
            self.seen(PauseSignal),
            *([nodes.text(self.words.say("pause_signals.have", signal=have))] if have else []),
            *self._form().nodes(),
            nodes.hint(self.words["pause_signals.promise"]),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["pause_signals.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep it and go on."""
        if key == "keep" and self.kept(self._form()):
            self.go_on()

    def _form(self) -> Writing[PauseSignal]:
        found = self.desk.entries(PauseSignal)
        return self.writing(PauseSignal, author=BOTH, replaces=found[-1] if found else None)


class Revise(Step):
    """The draft beside what was heard, alone again."""

    part = "listen"

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
        return [
            nodes.heading(w["revise.heard"]),
            *self._heard(),
            nodes.heading(w["revise.draft"]),
            self.seen(Acknowledgement),
            *self._form(draft).nodes(),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["revise.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self._before(draft),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep the new version."""
        if key == "begin":
            self.begun = True
        elif key == "keep":
            entry = self.kept(self._form(own_draft(self)), self.words["revise.kept"])
            if entry and self.desk.is_held(entry):
                self.said = self.words["revise.kept_here"]
            elif entry:
                self.go_on()

    def _form(self, draft: Entry[Acknowledgement] | None) -> Writing[Acknowledgement]:
        words = content.words("acknowledge")  # the boxes of part 01, asked in the same words
        return self.writing(Acknowledgement, replaces=draft, words=words)

    def _heard(self) -> list[Node]:
        """Return what the writer said back, what was missing, and what it changes for them."""
        me = self.desk.one
        turns = {t.thread: t for t in self.desk.entries(Turn) if t.record.speaker != me}
        w, them = self.words, self.desk.other
        shown: list[Node] = []
        for thread, turn_ in turns.items():
            names = {"speaker": self.desk.name(them), "listener": self.desk.name(me)}
            if turn_.record.topic:
                shown.append(nodes.hint(w.say("turns.eyebrow_topic", topic=turn_.record.topic)))
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
