"""What the pages of a turn share: which turn is open, who speaks, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.listen import Change, Later, Meaning, Reply, Round, Turn
from evenground.steps.desk import by, other
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.declaration import Record
    from evenground.records.entry import Entry

K = TypeVar("K", Round, Later, Meaning, Reply, Change)

TRIES = 3  # then a rest is offered (practice P14)


class OnTurn(Step):
    """A page of the turn that is open. Both are here."""

    part = "listen"
    kind: ClassVar[type[Record]] = Turn

    def tree(self) -> list[Node]:
        """Return this page of the open turn, or a way on when none is open."""
        if stands := self.for_both():
            return stands
        turn = self.open_turn()
        if turn is None:
            return self.no_turn()
        return [self.seen(self.kind), *self.page(turn)]

    def page(self, turn: Entry[Turn]) -> list[Node]:
        """Return what this page shows of the turn."""
        raise NotImplementedError

    def no_turn(self) -> list[Node]:
        """Return what stands here while no turn is open."""
        w = self.words
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        floor = nodes.link("#the-floor", w["turns.to_floor"])
        return [nodes.text(w["turns.none_open"]), floor, nodes.buttons(go_on)]

    # Where it is --------------------------------------------------------------------------------

    def open_turn(self) -> Entry[Turn] | None:
        """Return the turn that has not ended, or None."""
        turns = self.desk.entries(Turn)
        return turns[-1] if turns and not turns[-1].record.ended else None

    def rounds(self, turn: Entry[Turn]) -> list[Entry[Round]]:
        """Return the tries at saying it back."""
        return self.written(turn, Round)

    def written(self, turn: Entry[Turn], kind: type[K]) -> list[Entry[K]]:
        """Return what was written of a kind in a turn, oldest first."""
        return [e for e in self.desk.entries(kind) if e.record.turn == turn.thread]

    def is_heard(self, turn: Entry[Turn]) -> bool:
        """Return whether the speaker said: you have it."""
        rounds = self.rounds(turn)
        return bool(rounds) and rounds[-1].record.verdict == "have_it"

    def who(self, turn: Entry[Turn]) -> dict[str, str]:
        """Return the names of the one who speaks and the one who listens."""
        speaker = turn.record.speaker
        return {"speaker": self.desk.name(speaker), "listener": self.desk.name(other(speaker))}

    def mark(self, turn: Entry[Turn], **update: str) -> None:
        """Write down how far the turn is."""
        self.desk.add(turn.record.model_copy(update=update), author=BOTH, replaces=turn)
        self.done()

    def end(self, turn: Entry[Turn], how: str = "") -> None:
        """End the turn: heard, stopped, or taken to the next time."""
        how = how or ("heard" if self.is_heard(turn) else "stopped")
        self.mark(turn, ended=how)
        key = "turns.ended" if how == "heard" else "turns.ended_early"
        self.said = self.words.say(key, **self.who(turn))

    # What was said ------------------------------------------------------------------------------

    def eyebrow(self, turn: Entry[Turn]) -> Node:
        """Return the small line that says what the turn is about."""
        topic, w = turn.record.topic, self.words
        over = w.say("turns.eyebrow_topic", topic=topic) if topic else w["turns.eyebrow"]
        return nodes.eyebrow(over)

    def said_back(self, turn: Entry[Turn], entry: Entry[Round]) -> list[Node]:
        """Return one try, and what was missing."""
        w, names, record = self.words, self.who(turn), entry.record
        speaker = turn.record.speaker
        heard = w.say("rounds.said_back", **names)
        shown = [nodes.quote(by(other(speaker)), paragraphs(record.heard), label=heard)]
        if record.missing:
            missing = w.say("rounds.missing_was", **names)
            shown.append(nodes.quote(by(speaker), paragraphs(record.missing), label=missing))
        return shown

    def told(self, turn: Entry[Turn]) -> list[Node]:
        """Return an earlier turn as it was written down: said back, cleared up and changed."""
        w, names = self.words, self.who(turn)
        listener = by(other(turn.record.speaker))
        topic = turn.record.topic
        title = w.say("turns.eyebrow_topic", topic=topic) if topic else w["turns.eyebrow"]
        shown = [nodes.heading(title)]
        shown += [node for e in self.rounds(turn) for node in self.said_back(turn, e)]
        parked = w.say("later_notes.parked", **names)
        for note in self.written(turn, Later):
            shown.append(nodes.quote(listener, [note.record.note], label=parked))
        for meaning in self.written(turn, Meaning):
            shown += [
                nodes.quote("", paragraphs(words), label=w[f"meanings.{name}.ask"])
                for name in ("meant", "landed", "agreed")
                if (words := getattr(meaning.record, name))
            ]
        for reply in self.written(turn, Reply):
            how = w.get(f"replies.type.said.{reply.record.type}")
            words = [*paragraphs(reply.record.words), *paragraphs(reply.record.idea)]
            words = [how, *words] if how else words
            if words:
                shown.append(nodes.quote(listener, words, label=w.say("replies.was", **names)))
        for change in self.written(turn, Change):
            words = paragraphs(change.record.changes)
            shown.append(nodes.quote(listener, words, label=w.say("changes.was", **names)))
        ended = "turns.ended" if turn.record.ended == "heard" else "turns.ended_early"
        return [*shown, nodes.hint(w.say(ended, **names))]
