"""After it was said back: what was meant, a reply to something hard, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.listen import Change, Meaning, Reply, Turn
from evenground.steps.desk import other
from evenground.steps.floor import later_notes
from evenground.steps.turn import TRIES, OnTurn

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

K = TypeVar("K", Meaning, Reply, Change)


class OnePage(OnTurn):
    """One short form about the open turn, kept once and changed as often as they like."""

    def found(self, kind: type[K], turn: Entry[Turn]) -> Entry[K] | None:
        """Return what was kept of a kind in this turn, or None."""
        kept = self.written(turn, kind)
        return kept[-1] if kept else None

    def form_of(self, kind: type[K], turn: Entry[Turn]) -> Writing[K]:
        """Return the form for this turn, by the listener."""
        old = self.found(kind, turn)
        author = BOTH if kind is Meaning else other(turn.record.speaker)
        form = self.writing(kind, slot=turn.thread, author=author, replaces=old)
        form.replaces = old
        return form

    def keep(self, kind: type[K], turn: Entry[Turn]) -> bool:
        """Keep the form; return whether nothing stood in the way."""
        form = self.form_of(kind, turn)
        if form.replaces and form.unchanged():
            self.close(form)
            return True
        return self.kept(form, turn=turn.thread) is not None

    def ways_on(self, keep: str) -> Node:
        """Return the two buttons of a page."""
        return nodes.buttons(
            nodes.press("keep", self.words[keep]),
            nodes.press("skip", self.common["buttons.skip"]),
        )


class MeantAndHeard(OnePage):
    """What was meant and what was heard, when the two differ; then words that both can use."""

    kind = Meaning
    practices: ClassVar[tuple[str, ...]] = ("P15",)

    def page(self, turn: Entry[Turn]) -> list[Node]:
        """Return what was parked for later, and three boxes."""
        form = self.form_of(Meaning, turn)
        end = [*self.news(), self.ways_on("meanings.keep")]
        return [
            self.eyebrow(turn),
            *later_notes(self, turn),
            *nodes.one_by_one(form.nodes(names=self.who(turn)), end, key=form.key),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep it and go on."""
        turn = self.open_turn()
        if key == "keep" and turn and self.keep(Meaning, turn):
            self.go_on()


class HardThing(OnePage):
    """Ways to reply when something hard was said. A box for ideas waits until it is asked for."""

    kind = Reply
    practices: ClassVar[tuple[str, ...]] = ("P18",)

    def page(self, turn: Entry[Turn]) -> list[Node]:
        """Return the palette; the box for ideas once the speaker opened it."""
        w, names = self.words, self.who(turn)
        form = self.form_of(Reply, turn)
        listener = other(turn.record.speaker)
        welcome = turn.record.ideas == "open"
        more: dict[str, dict[str, object]] = {
            "type": {"person": listener},
            "words": {"by": listener},
            "idea": {"by": listener},
        }
        only = ("type", "words", "idea") if welcome else ("type", "words")
        ideas = nodes.press("ideas", w.say("replies.welcome", **names))
        asked = form.nodes(only, more=more, names=names)
        end = [
            *self.news(),
            self.ways_on("replies.keep"),
            *([] if welcome else [nodes.hint(w.say("replies.ideas_wait", **names))]),
            *([] if welcome else [nodes.actions(ideas)]),
        ]
        return [self.eyebrow(turn), *nodes.one_by_one(asked, end, key=form.key)]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep the reply and go on; or open the box for ideas, which is the speaker's to open."""
        turn = self.open_turn()
        if key == "keep" and turn and self.keep(Reply, turn):
            self.go_on()
        elif key == "ideas" and turn:
            self.mark(turn, ideas="open")


class WhatItChanges(OnePage):
    """The listener ends one line: this changes. Then the turn ends."""

    kind = Change
    practices: ClassVar[tuple[str, ...]] = ("P16",)

    def page(self, turn: Entry[Turn]) -> list[Node]:
        """Return the listener's box."""
        w, names, listener = self.words, self.who(turn), other(turn.record.speaker)
        rounds = self.rounds(turn)
        said = []
        if self.is_heard(turn):
            said = [nodes.text(w.say("rounds.have_it", **names))]
        elif len(rounds) >= TRIES:
            said = [nodes.text(w["rounds.three"])]
        more = {
            "changes": {"label": w.say("changes.by", **names), "person": listener, "by": listener}
        }
        return [
            self.eyebrow(turn),
            *said,
            *self.form_of(Change, turn).nodes(more=more, names=names),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["changes.keep"]), nodes.press("end", w["turns.stop"])
            ),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep it, and end the turn."""
        turn = self.open_turn()
        # The end is on disk before the next page shows.
        if turn and (key == "end" or (key == "keep" and self.keep(Change, turn))):
            self.end(turn)
            self.go_on()
