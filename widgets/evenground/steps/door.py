"""The door: where an acknowledgement waits. The one it is for decides if it opens, and when.

Its reader gives one of four answers, and says how to receive it. Its author reads "closed" until
the reader opens it, or tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.forms.view import SAME, Kept
from evenground.journal import WrongPassphrase
from evenground.records.declaration import Mistaken
from evenground.records.door import DoorAnswer
from evenground.steps import days, doorway
from evenground.steps.beside_door import brought, opened
from evenground.steps.draft import own_draft
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.door import Knock
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

ANSWERS = ("open", "not_now", "unwanted", "need_first")
HOW = ("here", "aloud", "later")
_FIELDS = ("door", "door/how", "door/day")  # held until the button, and kept nowhere


class Door(Step):
    """What stands at the door, for the one who is writing: their own, and the other one's."""

    part = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P1",)

    def __init__(self) -> None:
        """Show the door."""
        self.chosen: dict[str, str] = {}
        self.again = False  # whether the reader asked for the four once more
        self.wrong: dict[str, str] = {}
        self.phrase = ""
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no choice once somebody else is writing."""
        super().forget_forms()
        self.chosen, self.again, self.wrong = {}, False, {}

    def tree(self) -> list[Node]:
        """Return what is at the door for the writer, and what they brought there."""
        if stands := self.for_one():
            return stands
        mine, theirs = self._newest(self.desk.one), self._newest(self.desk.other)
        shown = [*self.news()]
        if theirs:
            shown += self._reader(theirs)
        shown += brought(self, mine)
        if not theirs and not mine and own_draft(self) is None:
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            shown += [nodes.text(self.words["door.nothing"]), nodes.buttons(go_on)]
        return shown

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Bring, take back, answer, tell, or ask for the four once more."""
        mine, theirs = self._newest(self.desk.one), self._newest(self.desk.other)
        if key == "take":
            self._take(mine)
        elif key == "take_back" and mine and not doorway.opening(self.desk, mine):
            doorway.take_back(self.desk, mine)
            reader = self.desk.name(self.desk.other)
            self.done(self.common.say("release.taken_back", reader=reader))
        elif theirs and key == "answer":
            self._give_answer(theirs)
        elif theirs and key == "tell":
            self._tell(theirs)
        elif theirs and key == "untell":
            self._untell(theirs)
        elif theirs and key == "let_through":
            self._let_through(theirs)
        elif key == "again":
            self.again = True

    def _newest(self, author: str) -> Entry[Knock] | None:
        found = doorway.knocks(self.desk, author)
        return found[-1] if found else None

    # As its author ------------------------------------------------------------------------------

    def _take(self, knock: Entry[Knock] | None) -> None:
        """Bring the draft to the door, unless one waits there."""
        draft = own_draft(self)
        if draft is None or (knock and not doorway.opening(self.desk, knock)):
            return
        doorway.bring(self.desk, draft.record, self.desk.one)
        self.done(self.words.say("door.take_after", reader=self.desk.name(self.desk.other)))

    # As its reader ------------------------------------------------------------------------------

    def _reader(self, knock: Entry[Knock]) -> list[Node]:
        w = self.words
        names = {"author": self.desk.name(knock.author)}
        if doorway.opening(self.desk, knock):
            return opened(self, knock, self.wrong.get("door/phrase", ""))
        if self.desk.locked(self.desk.one):
            return [
                nodes.text(w.say("door.reader", **names)),
                nodes.text(w["door.locked"]),
                nodes.actions(nodes.press("unlock", self.common["alone.unlock"])),
            ]
        answer = doorway.answer(self.desk, knock, self.desk.one)
        if answer and not self.again:
            return self._answered(answer.record, knock)
        return [
            nodes.title(w["door.reader_title"]),
            nodes.lead(w.say("door.reader", **names)),
            nodes.seen("lock", *self._alone()),
            self._four(knock, names),
            nodes.buttons(
                nodes.press("answer", w["door.answer"]), nodes.press("skip", w["door.skip"])
            ),
        ]

    def _alone(self) -> tuple[str, str]:
        return self.common["seen.private.strong"], self.words["door.only_you"]

    def _answered(self, record: DoorAnswer, knock: Entry[Knock]) -> list[Node]:
        w = self.words
        names = {"author": self.desk.name(knock.author)}
        told = doorway.told(self.desk, knock)
        if record.day:
            said = w.say("door.later_on", date=days.said(record.day))
        else:
            said = w.say("door.yours", answer=w[f"door.{record.answer}"])
        press = (
            nodes.press("untell", self.common["buttons.withdraw"])
            if told
            else nodes.press("tell", w.say("door.tell", **names))
        )
        return [
            nodes.text(said),
            nodes.hint(w.say("door.told_now" if told else "door.under", **names)),
            nodes.actions(press, nodes.press("again", w["door.again"])),
            nodes.gap(),
        ]

    def _four(self, knock: Entry[Knock], names: dict[str, str]) -> Node:
        """Return the four answers, and within the first how to receive it. There are no others."""
        w = self.words
        need = next(iter(self._need_form(knock).nodes(("need",))))
        day = nodes.field(
            "door/day",
            "date",
            w["door.day"],
            value=self.chosen.get("door/day"),
            hint=w["door.day_help"],
        )
        how = nodes.field(
            "door/how",
            "choice",
            w["door.how"],
            value=self.chosen.get("door/how"),
            error=self.wrong.get("door/how", ""),
            options=[
                nodes.option(
                    key,
                    w.say(f"door.how_{key}", **names),
                    detail=w.say(f"door.how_{key}_detail", **names),
                    inside=day if key == "later" else None,
                )
                for key in HOW
            ],
        )
        inside = {"open": how, "need_first": need}
        return nodes.field(
            "door",
            "choice",
            w["door.ask"],
            hint=w["door.help"],
            value=self.chosen.get("door"),
            error=self.wrong.get("door", ""),
            options=[
                nodes.option(
                    key,
                    w[f"door.{key}"],
                    detail=w.say(f"door.{key}_detail", **names),
                    inside=inside.get(key),
                )
                for key in ANSWERS
            ],
        )

    # What the reader does -----------------------------------------------------------------------

    def on_input(self, name: str, value: object) -> Kept:
        """Hold the choice until its button; keep what is needed first as a draft."""
        if name in _FIELDS:
            self.chosen[name] = str(value or "")
            return SAME
        return SAME if name == "door/phrase" else super().on_input(name, value)

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.chosen |= {name: str(values[name] or "") for name in _FIELDS if name in values}
        self.phrase = str(values.get("door/phrase") or "")
        try:
            return super()._press(key, value, values)
        finally:
            self.phrase = ""

    def _give_answer(self, knock: Entry[Knock]) -> None:
        self.wrong = {}
        chosen, how = self.chosen.get("door", ""), self.chosen.get("door/how", "")
        if chosen not in ANSWERS:
            self.wrong["door"] = self.words["door.choose_one"]
        elif chosen == "open" and how not in HOW:
            self.wrong["door/how"] = self.words["door.choose_how"]
        elif chosen == "open" and how != "later":
            doorway.open_for(self.desk, knock, how)
            self.chosen, self.again = {}, False
            self.done()
        else:
            self._leave_closed(knock, chosen)

    def _leave_closed(self, knock: Entry[Knock], chosen: str) -> None:
        """Keep an answer that leaves the door closed; its author sees what they saw before."""
        form = self._need_form(knock)
        need = str(form.values.get("need") or "") if chosen == "need_first" else ""
        day = self.chosen.get("door/day", "") if chosen == "open" else ""
        given = "not_now" if chosen == "open" else chosen
        try:
            record = DoorAnswer.typed(
                {"delivery": knock.record.delivery, "answer": given, "need": need, "day": day}
            )
        except Mistaken as error:
            form.faults = error.faults
            return
        old = doorway.told(self.desk, knock)
        if old:
            self.desk.forget(old)  # what was told is no longer the answer
        before = doorway.answer(self.desk, knock, self.desk.one)
        entry = self.add(record, author=self.desk.one, replaces=before)
        if self.desk.is_held(entry):
            self.said = self.words["door.no_passphrase"]
        form.done()
        self.close(form)
        self.chosen, self.again = {}, False

    def _tell(self, knock: Entry[Knock]) -> None:
        """Let the author read the answer: the reader's own act, and plain text from now on."""
        answer = doorway.answer(self.desk, knock, self.desk.one)
        if answer and not doorway.told(self.desk, knock):
            record = answer.record.model_copy(update={"day": None})
            author = self.desk.name(knock.author)
            self.add(
                record,
                author=self.desk.one,
                said=self.words.say("door.told_now", author=author),
                sealed=False,
                released_from=answer.thread,
            )

    def _untell(self, knock: Entry[Knock]) -> None:
        told = doorway.told(self.desk, knock)
        if told:
            self.desk.forget(told)
            reader = self.desk.name(knock.author)
            self.done(self.common.say("release.taken_back", reader=reader))

    def _let_through(self, knock: Entry[Knock]) -> None:
        self.wrong = {}
        try:
            self.desk.journal.unlock(knock.author, self.phrase)
        except WrongPassphrase as error:
            self.wrong["door/phrase"] = error.sentence
            return
        doorway.let_through(self.desk, knock)
        self.done()

    def _need_form(self, knock: Entry[Knock]) -> Writing[DoorAnswer]:
        return self.writing(DoorAnswer, slot=knock.thread, only=("need",))
