"""The floor: one speaks aloud, the other listens, and has no box for what was heard yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.acknowledge import OpenQuestion
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.listen import Later, Turn
from evenground.steps.depth import depth_said
from evenground.steps.desk import PEOPLE, by, other
from evenground.steps.pace import not_for_now
from evenground.steps.rules import agreed
from evenground.steps.turn import OnTurn

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class Floor(OnTurn):
    """A turn begins; its speaker has the floor until they say that they have said it."""

    kind = Turn
    practices: ClassVar[tuple[str, ...]] = ("P13",)

    def tree(self) -> list[Node]:
        """Return the open turn, or a way to begin one; the line at the top says who speaks."""
        turn = self.open_turn() if self.desk.who == BOTH else None
        if self.desk.page:
            self.desk.page.in_turn(turn.record.speaker if turn else "")
        shown = super().tree()
        return [*shown, *self._earlier()] if self.desk.who else shown

    def no_turn(self) -> list[Node]:
        """Return the two questions that begin a turn."""
        form = self._begin_form()
        marks = [nodes.option(key, self.desk.name(key), mark=key) for key in PEOPLE]
        more = {"speaker": {"options": marks, "row": True}}
        end = [
            *not_for_now(self.desk),
            *self._brought(),
            *self.news(),
            nodes.buttons(
                nodes.press("begin", self.words["turns.start"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(self.words["turns.spoken"]),
        ]
        asked = nodes.one_by_one(form.nodes(more=more), end, key=form.key)
        return [self.seen(Turn), *asked]

    def page(self, turn: Entry[Turn]) -> list[Node]:
        """Return who has the floor, the rules that hold, and how long it has been."""
        w, names = self.words, self.who(turn)
        rules = agreed(self.desk)
        spoken = turn.record.floor == "spoken"
        on = (
            nodes.press("skip", self.common["buttons.go_on"])
            if spoken
            else nodes.press("spoken", w.say("turns.have_said", **names))
        )
        lead = "turns.lead_spoken" if spoken else "turns.lead"
        clock = nodes.clock(
            turn.began.timestamp(),
            first=w["turns.clock_first"],
            one=w["turns.clock.one"],
            other=w["turns.clock.other"],
        )
        return [
            self.eyebrow(turn),
            nodes.title(w.say("turns.title", **names)),
            nodes.lead(w.say(lead, **names)),
            *([nodes.panel(w["ground_rules.agreed"], rules)] if rules else []),
            *depth_said(self.desk, turn.record.speaker),
            clock,
            *self._later(turn),
            *self.news(),
            nodes.buttons(on, nodes.press("end", w["turns.stop"])),
            nodes.small(w["turns.no_hurry"]),
        ]

    def do(self, key: str, value: str) -> None:
        """Begin a turn, park a line, give the floor back, or end the turn."""
        turn = self.open_turn()
        if key == "begin" and not turn:
            form = self._begin_form()
            if not form.values.get("speaker"):
                form.faults = (Fault("speaker", "choose_one", {}),)
            else:
                self.kept(form)
        elif key == "use" and not turn:
            self._begin_form().values["topic"] = value
        elif key == "spoken" and turn:
            self.mark(turn, floor="spoken")
            self.go_on()
        elif key == "park" and turn:
            self.kept(self._later_form(turn), self.words["later_notes.kept"], turn=turn.thread)
        elif key == "end" and turn:
            self.end(turn)

    def _begin_form(self) -> Writing[Turn]:
        return self.writing(Turn, author=BOTH, only=("speaker", "topic"))

    def _brought(self) -> list[Node]:
        """Return what may be a turn today: questions that were released, and what was put off."""
        w = self.words
        use = w["turns.use"]
        items = [
            nodes.item(
                e.record.question,
                detail=w.say("turns.asks", name=self.desk.name(e.author)),
                by=e.author,
                actions=[nodes.press("use", use, e.record.question[:120])],
            )
            for e in self.desk.journal.entries(OpenQuestion)
        ]
        turns = self.desk.entries(Turn)
        taken_up = {t.record.topic for t in turns if t.record.ended != "next_time"}
        for turn in turns:
            topic = turn.record.topic
            if topic and topic not in taken_up:
                taken_up.add(topic)
                press = nodes.press("use", use, topic)
                items.append(nodes.item(topic, detail=w["turns.put_off"], actions=[press]))
        return [nodes.heading(w["turns.brought"]), nodes.listing(items)] if items else []

    def _later(self, turn: Entry[Turn]) -> list[Node]:
        """Return a folded box for the listener: one line that can wait."""
        w, listener = self.words, other(turn.record.speaker)
        names = self.who(turn)
        parked = later_notes(self, turn)
        box = self._later_form(turn).nodes(
            more={"note": {"person": listener, "by": listener}}, names=names
        )
        press = nodes.actions(nodes.press("park", w["later_notes.keep"]))
        return [*parked, nodes.details(w.say("later_notes.summary", **names), *box, press)]

    def _later_form(self, turn: Entry[Turn]) -> Writing[Later]:
        return self.writing(Later, slot=turn.thread, author=other(turn.record.speaker))

    def _earlier(self) -> list[Node]:
        turns = [t for t in self.desk.entries(Turn) if t.record.ended]
        if not turns:
            return []
        shown = [node for turn in reversed(turns) for node in self.told(turn)]
        return [nodes.gap(), nodes.details(self.words["turns.earlier"], *shown)]


def later_notes(step: OnTurn, turn: Entry[Turn]) -> list[Node]:
    """Return the lines that the listener parked in this turn."""
    label = step.words.say("later_notes.parked", **step.who(turn))
    return [
        nodes.quote(by(e.author), [e.record.note], label=label) for e in step.written(turn, Later)
    ]
