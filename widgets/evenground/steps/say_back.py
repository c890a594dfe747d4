"""Saying it back: up to three tries, each with the speaker's word on it; then a rest is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.declaration import Fault
from evenground.records.listen import Round
from evenground.steps.desk import other
from evenground.steps.turn import TRIES, OnTurn

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.records.listen import Turn
    from evenground.steps.writing import Writing


class SayBack(OnTurn):
    """The listener's box, open once the speaker has said it; and the speaker's three words."""

    kind = Round
    practices: ClassVar[tuple[str, ...]] = ("P14",)

    def page(self, turn: Entry[Turn]) -> list[Node]:
        """Return the tries so far, and the next one or a way on."""
        rounds = self.rounds(turn)
        if not rounds and turn.record.floor != "spoken":
            return self._closed(turn)
        said = [node for entry in rounds for node in self.said_back(turn, entry)]
        return [self.eyebrow(turn), *said, *self._next(turn, rounds)]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep a try; or pause, put it off, or end the turn."""
        turn = self.open_turn()
        if turn is None:
            return
        if key == "round":
            self._keep(turn)
        elif key == "spoken":
            self.mark(turn, floor="spoken")
        elif key == "pause" and self.desk.page:
            self.desk.page.pause()
        elif key == "next_time":
            self.end(turn, "next_time")
        elif key == "end":
            self.end(turn)

    def _closed(self, turn: Entry[Turn]) -> list[Node]:
        """Return that the listener's box is closed while the other one speaks."""
        w, names = self.words, self.who(turn)
        return [
            self.eyebrow(turn),
            nodes.text(w.say("rounds.closed", **names)),
            nodes.buttons(
                nodes.press("spoken", w.say("turns.have_said", **names)),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]

    def _next(self, turn: Entry[Turn], rounds: list[Entry[Round]]) -> list[Node]:
        w, names = self.words, self.who(turn)
        if self.is_heard(turn):
            on = nodes.press("skip", self.common["buttons.go_on"])
            return [nodes.text(w.say("rounds.have_it", **names)), *self.news(), nodes.buttons(on)]
        if len(rounds) >= TRIES:
            return [
                nodes.text(w["rounds.three"]),
                *self.news(),
                nodes.buttons(
                    nodes.press("skip", self.common["buttons.go_on"]),
                    nodes.press("pause", w["rounds.pause"]),
                ),
                nodes.buttons(nodes.press("next_time", w["rounds.next_time"])),
            ]
        last = rounds[-1].record.verdict if rounds else ""
        told = [nodes.text(w[f"rounds.{last}"])] if last else []
        return [*told, *self._try(turn, len(rounds) + 1)]

    def _try(self, turn: Entry[Turn], count: int) -> list[Node]:
        w, names, speaker = self.words, self.who(turn), turn.record.speaker
        form = self._form(turn, count)
        more: dict[str, dict[str, object]] = {
            "heard": {
                "label": w.say("rounds.heard_by", **names),
                "person": other(speaker),
                "by": other(speaker),
                "lines": 4,
            },
            "verdict": {
                "label": w.say("rounds.verdict_by", **names),
                "person": speaker,
                "row": True,
            },
            "missing": {"by": speaker, "person": speaker},
        }
        asks = form.values.get("verdict") in ("partly", "not_yet")
        only = ("heard", "verdict", "missing") if asks else ("heard", "verdict")
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("round", w["rounds.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(w.say("rounds.count", count=count)),
            nodes.actions(nodes.press("end", w["turns.stop"])),
        ]
        return nodes.one_by_one(form.nodes(only, more=more, names=names), end, key=form.key)

    def _form(self, turn: Entry[Turn], count: int) -> Writing[Round]:
        return self.writing(Round, slot=f"{turn.thread}.{count}")

    def _keep(self, turn: Entry[Turn]) -> None:
        form = self._form(turn, len(self.rounds(turn)) + 1)
        faults = []
        if not str(form.values.get("heard") or "").strip():
            faults.append(Fault("heard", "needs_heard", {}))
        if not form.values.get("verdict"):
            faults.append(Fault("verdict", "choose_one", {}))
        form.faults = tuple(faults)
        if not faults:
            if form.values.get("verdict") == "have_it":
                form.values["missing"] = ""
            self.kept(form, turn=turn.thread)
