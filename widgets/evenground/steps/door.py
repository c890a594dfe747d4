"""The door: where an acknowledgement waits. The one it is for decides if it opens, and when.

Its reader gives one of four answers. Its author reads "closed" until the reader opens it, or
tells. While it waits it is sealed with the reader's passphrase, if they have set one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.forms.view import SAME, Kept
from evenground.records.acknowledge import Pieces
from evenground.records.listen import Delivery, DoorAnswer, Knock, Opening
from evenground.steps import days
from evenground.steps.acknowledge import own_draft
from evenground.steps.desk import by, other
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

ANSWERS = ("open", "not_now", "unwanted", "need_first")


class Door(Step):
    """What stands at the door, for the one who is writing: their own, and the other one's."""

    part = "listen"

    def __init__(self) -> None:
        """Show the door."""
        self.chosen = ""  # of the four, before it is pressed home
        self.again = False  # whether the reader asked for the four once more
        self.wrong = ""
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no choice once somebody else is writing."""
        super().forget_forms()
        self.chosen, self.again, self.wrong = "", False, ""

    def tree(self) -> list[Node]:
        """Return what is at the door for the writer, and what they brought there."""
        if stands := self.for_one():
            return stands
        mine, theirs = self._knock(self.desk.one), self._knock(self.desk.other)
        shown = [*self.news()]
        if theirs:
            shown += self._reader(theirs)
        shown += self._author(mine)
        if not theirs and not mine and own_draft(self) is None:
            shown = [nodes.text(self.words["door.nothing"]), *shown]
        return shown

    # As its author ------------------------------------------------------------------------------

    def _author(self, knock: Entry[Knock] | None) -> list[Node]:
        w = self.words
        names = {"reader": self.desk.name(self.desk.other)}
        if knock is None:
            if own_draft(self) is None:
                return []
            sealed = self.desk.seals(self.desk.other)
            kept = w.say("door.sealed_to" if sealed else "door.plain", **names)
            return [
                nodes.text(w.say("door.author_ask", **names)),
                nodes.seen("lock" if sealed else "rings", "", kept),
                nodes.buttons(
                    nodes.press("take", w["door.take"]),
                    nodes.press("skip", self.common["buttons.not_now"]),
                ),
            ]
        opening = self._opening(knock)
        if opening:
            date = days.said(opening.written)
            return [nodes.text(w.say("door.opened", date=date, **names))]
        take_back = nodes.press("take_back", w["door.take_back"])
        return [
            nodes.text(w["door.closed"]),
            *self._told(knock, names),
            nodes.actions(take_back),
        ]

    def _told(self, knock: Entry[Knock], names: dict[str, str]) -> list[Node]:
        """Return the reader's answer, when the reader chose to tell it."""
        w = self.words
        told = [
            e
            for e in self.desk.journal.entries(DoorAnswer)
            if e.released_from and e.record.delivery == knock.thread
        ]
        if not told:
            return []
        record = told[-1].record
        shown = [
            nodes.hint(w.say("door.told", **names)),
            nodes.text(w[f"door.told_{record.answer}"]),
        ]
        if record.need:
            shown.append(nodes.quote(by(told[-1].author), paragraphs(record.need)))
        return shown

    def _take(self) -> None:
        """Bring the draft to the door, sealed to its reader when they have a passphrase."""
        draft = own_draft(self)
        if draft is None or self._knock(self.desk.one):
            return
        reader = self.desk.other
        delivery = Delivery(**{name: getattr(draft.record, name) for name in Pieces.columns()})
        if self.desk.seals(reader):
            entry = self.desk.journal.add(delivery, author=self.desk.one, to=reader)
        else:
            entry = self.desk.journal.add(delivery, author=self.desk.one, sealed=False)
        said = self.words.say("door.take_after", reader=self.desk.name(reader))
        self.add(Knock(delivery=entry.thread), author=self.desk.one, said=said)

    # As its reader ------------------------------------------------------------------------------

    def _reader(self, knock: Entry[Knock]) -> list[Node]:
        w = self.words
        names = {"author": self.desk.name(knock.author)}
        opening = self._opening(knock)
        if opening:
            return self._letter(knock, opening, names)
        answer = self._answer(knock)
        if answer and not self.again:
            chosen = w[f"door.{answer.record.answer}"]
            told = self._told_entry(knock)
            tell = nodes.press("tell", w.say("door.tell", **names))
            return [
                nodes.text(w.say("door.yours", answer=chosen)),
                nodes.hint(w["door.told_now"] if told else w.say("door.under", **names)),
                nodes.actions(*([] if told else [tell]), nodes.press("again", w["door.again"])),
                nodes.gap(),
            ]
        if self.desk.locked(self.desk.one):
            return [
                nodes.text(w.say("door.reader", **names)),
                nodes.text(w["door.locked"]),
                nodes.actions(nodes.press("unlock", self.common["alone.unlock"])),
            ]
        return [
            nodes.text(w.say("door.reader", **names)),
            self.seen(DoorAnswer),
            self._four(knock, names),
            nodes.buttons(
                nodes.press("answer", w["door.answer"]), nodes.press("skip", w["door.skip"])
            ),
        ]

    def _four(self, knock: Entry[Knock], names: dict[str, str]) -> Node:
        """Return the four answers. There are no others."""
        w = self.words
        form = self._need_form(knock)
        need = next(iter(form.nodes(("need",))))
        return nodes.field(
            "door",
            "choice",
            w["door.ask"],
            hint=w["door.help"],
            value=self.chosen,
            error=self.wrong,
            options=[
                nodes.option(
                    key,
                    w[f"door.{key}"],
                    detail=w.say(f"door.{key}_detail", **names),
                    inside=need if key == "need_first" else None,
                )
                for key in ANSWERS
            ],
        )

    def _letter(
        self, knock: Entry[Knock], opening: Entry[Opening], names: dict[str, str]
    ) -> list[Node]:
        w = self.words
        if self.desk.locked(self.desk.one):
            return self.locked()
        found = [
            e
            for e in self.desk.entries(Delivery)
            if e.thread == knock.record.delivery and e.author == knock.author
        ]
        if not found:
            return []
        pieces = found[-1].record
        words = [
            line for name in Pieces.columns() for line in paragraphs(str(getattr(pieces, name)))
        ]
        return [
            nodes.eyebrow(w.say("door.opened_by_you", date=days.said(opening.written))),
            nodes.title(w.say("door.from", **names)),
            nodes.quote(by(knock.author), words),
            nodes.gap(),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Hold the choice until its button; keep what is needed first as a draft."""
        if name == "door":
            self.chosen = str(value or "")
            return SAME
        return super().on_input(name, value)

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Bring, take back, answer, tell, or ask for the four once more."""
        mine, theirs = self._knock(self.desk.one), self._knock(self.desk.other)
        if key == "take":
            self._take()
        elif key == "take_back" and mine and not self._opening(mine):
            self._take_back(mine)
        elif key == "answer" and theirs:
            self._give_answer(theirs)
        elif key == "tell" and theirs:
            self._tell(theirs)
        elif key == "again":
            self.again = True

    def _take_back(self, knock: Entry[Knock]) -> None:
        self.desk.withdraw(knock)
        self.desk.journal.withdraw(knock.record.delivery, author=self.desk.one, kind=Delivery)
        reader = self.desk.name(self.desk.other)
        self.done(self.common.say("release.taken_back", reader=reader))

    def _give_answer(self, knock: Entry[Knock]) -> None:
        self.wrong = ""
        if self.chosen not in ANSWERS:
            self.wrong = self.words["door.choose_one"]
        elif self.chosen == "open":
            self.add(Opening(delivery=knock.record.delivery), author=self.desk.one)
            self.chosen, self.again = "", False
        else:
            form = self._need_form(knock)
            need = str(form.values.get("need") or "") if self.chosen == "need_first" else ""
            answer = DoorAnswer.typed(
                {"delivery": knock.thread, "answer": self.chosen, "need": need}
            )
            before = self._answer(knock)
            entry = self.add(answer, author=self.desk.one, replaces=before)
            if self.desk.is_held(entry):
                self.said = self.words["door.no_passphrase"]
            form.done()
            self.close(form)
            self.chosen, self.again = "", False

    def _tell(self, knock: Entry[Knock]) -> None:
        """Let the author read the answer: the reader's own act, and plain text from now on."""
        answer = self._answer(knock)
        if answer:
            said = self.words["door.told_now"]
            self.add(
                answer.record,
                author=self.desk.one,
                said=said,
                sealed=False,
                released_from=answer.thread,
            )

    # What the journal holds ---------------------------------------------------------------------

    def _knock(self, author: str) -> Entry[Knock] | None:
        found = [e for e in self.desk.entries(Knock) if e.author == author]
        return found[-1] if found else None

    def _opening(self, knock: Entry[Knock]) -> Entry[Opening] | None:
        """Return the reader's opening; one by its author, or one edited outside, opens nothing."""
        for entry in self.desk.entries(Opening):
            by_reader = entry.author == other(knock.author) and not entry.changed_outside
            if by_reader and entry.record.delivery == knock.record.delivery:
                return entry
        return None

    def _answer(self, knock: Entry[Knock]) -> Entry[DoorAnswer] | None:
        found = [
            e
            for e in self.desk.entries(DoorAnswer)
            if e.record.delivery == knock.thread
            and e.author == self.desk.one
            and not e.released_from
        ]
        return found[-1] if found else None

    def _told_entry(self, knock: Entry[Knock]) -> bool:
        answer = self._answer(knock)
        return any(
            e.released_from and answer and e.released_from == answer.thread
            for e in self.desk.journal.entries(DoorAnswer)
        )

    def _need_form(self, knock: Entry[Knock]) -> Writing[DoorAnswer]:
        return self.writing(DoorAnswer, slot=knock.thread, only=("need",))
