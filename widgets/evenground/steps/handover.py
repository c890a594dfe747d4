"""Leads that change hands, and pauses that nobody has come back from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evenground import content
from evenground.forms import nodes
from evenground.records.amends import DecisionRight
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.start import Pause
from evenground.steps import days
from evenground.steps.desk import PEOPLE, by, other
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

_NEXT = ("next_lead", "next_on")


class TurnsAndPauses(Step):
    """Each area that goes in turns with its next hand-over, and each pause that has a day."""

    part = "review"
    practices = ("P32", "P21")

    def __init__(self) -> None:
        """Show both lists."""
        self.editing = ""  # the thread of the lead whose next hand-over is being written
        super().__init__()

    def forget_forms(self) -> None:
        """Write nothing for somebody else."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the leads and the pauses."""
        turns, pauses = self._turns(), self._pauses()
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        if not turns and not pauses:
            return [nodes.text(self.words["handover.none"]), go_on]
        shown = [node for entry in turns for node in self._turn(entry)]
        if turns:
            shown = [nodes.heading(self.words["handover.title"]), *shown]
            shown += self.for_both() or []
        if pauses:
            shown += [nodes.heading(self.words["handover.pauses"]), *self._paused(pauses)]
        return [*shown, *self.news(), *([] if self.editing else [go_on])]

    def do(self, key: str, value: str) -> None:
        """Hand a lead over, or pick a pause up or let it go."""
        turns = {e.thread: e for e in self._turns()}
        pauses = {e.thread: e for e in self._pauses()}
        if key == "hand_over" and value in turns and self.desk.who == BOTH:
            self.editing = value
        elif key == "keep" and self.editing in turns and self.desk.who == BOTH:
            self._hand_over(turns[self.editing])
        elif key == "cancel":
            if self.editing in turns:
                form = self._form(turns[self.editing])
                form.done()
                self.close(form)
            self.editing = ""
        elif key in ("pick_up", "let_go") and value in pauses:
            self.desk.withdraw(pauses[value])
            self.done(self.words[f"handover.{key}_done"])
        elif key == "move" and value in pauses:
            self._move(pauses[value])

    # Leads --------------------------------------------------------------------------------------

    def _turns(self) -> list[Entry[DecisionRight]]:
        found = self.desk.journal.entries(DecisionRight)
        return [e for e in found if e.record.mode == "turns" and e.record.place != "off"]

    def _is_due(self, entry: Entry[DecisionRight]) -> bool:
        return entry.record.next_on is not None and entry.record.next_on <= days.today()

    def _turn(self, entry: Entry[DecisionRight]) -> list[Node]:
        w, record = self.words, entry.record
        area = self._area(record)
        if not record.next_lead or not record.next_on:
            said = w.say("handover.open", area=area)
        else:
            key = "handover.due" if self._is_due(entry) else "handover.coming"
            name, date = self.desk.name(record.next_lead), days.said(record.next_on)
            said = w.say(key, name=name, date=date)
        shown = [nodes.listing([nodes.item(area, detail=said, by=by(record.next_lead))])]
        if self.editing == entry.thread:
            leads = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
            more: dict[str, dict[str, object]] = {"next_lead": {"options": leads, "row": True}}
            keep = nodes.press("keep", w["handover.keep"])
            cancel = nodes.press("cancel", self.common["buttons.cancel"])
            fields = self._form(entry).nodes(_NEXT, more=more)
            return [*shown, *fields, nodes.buttons(keep, cancel)]
        if self.desk.who == BOTH and not self.editing:
            hand = nodes.press("hand_over", w["handover.set_next"], entry.thread)
            shown.append(nodes.actions(hand))
        return shown

    def _form(self, entry: Entry[DecisionRight]) -> Writing[DecisionRight]:
        turned = {"next_lead": other(entry.record.next_lead), "next_on": ""}
        begin = turned if self._is_due(entry) else None
        return self.writing(
            DecisionRight,
            slot=f"next.{entry.thread}",
            author=BOTH,
            only=_NEXT,
            begin=begin,
            replaces=entry,
            words=content.words("amends"),
        )

    def _hand_over(self, entry: Entry[DecisionRight]) -> None:
        form = self._form(entry)
        faults = [
            Fault(name, key, {})
            for name, key in zip(_NEXT, ("choose_one", "needs_day"), strict=True)
            if not form.values.get(name)
        ]
        form.faults = tuple(faults)
        if faults:
            return
        rest: dict[str, Any] = {n: v for n, v in entry.record.to_form().items() if n not in _NEXT}
        if self._is_due(entry):
            rest["current"] = entry.record.next_lead
        if self.kept(form, self.words["handover.kept"], **rest):
            self.editing = ""

    def _area(self, record: DecisionRight) -> str:
        labels = content.words("amends")
        return record.domain_name or labels[f"decision_rights.domain.options.{record.domain}"]

    # Pauses -------------------------------------------------------------------------------------

    def _pauses(self) -> list[Entry[Pause]]:
        """Return the pauses that had a day to come back; who paused is kept nowhere."""
        return [e for e in self.desk.journal.entries(Pause) if e.record.day]

    def _paused(self, pauses: list[Entry[Pause]]) -> list[Node]:
        w = self.words
        shown: list[Node] = []
        for entry in pauses:
            day = entry.record.day
            past = day is not None and day < days.today()
            key = "handover.pause_was" if past else "handover.pause_is"
            shown.append(nodes.text(w.say(key, date=days.said(day))))
            if self.desk.who:
                room = content.words("room")
                labels = {"day": room["pausing.day"], "time": room["pausing.time"]}
                made = self._pause_form(entry).nodes(
                    more={name: {"label": label} for name, label in labels.items()}
                )
                shown += [
                    nodes.row(*made),
                    nodes.buttons(
                        nodes.press("move", w["handover.move"], entry.thread),
                        nodes.press("pick_up", w["handover.pick_up"], entry.thread),
                        nodes.press("let_go", w["handover.let_go"], entry.thread),
                    ),
                ]
        return shown

    def _move(self, entry: Entry[Pause]) -> None:
        form = self._pause_form(entry)
        if form.values.get("day"):
            self.kept(form)
        else:
            form.faults = (Fault("day", "needs_day", {}),)

    def _pause_form(self, entry: Entry[Pause]) -> Writing[Pause]:
        return self.writing(Pause, slot=entry.thread, author=BOTH, replaces=entry)
