"""Goals that both want, each with one small step."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.deciding import Goal
from evenground.records.entry import BOTH
from evenground.steps import days
from evenground.steps.desk import PEOPLE, by
from evenground.steps.ledger import Ledger

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class Goals(Ledger[Goal]):
    """A goal, the first step, whose it is and by when; and the day it was done."""

    kind = Goal
    for_two = True
    practices: ClassVar[tuple[str, ...]] = ("P38",)

    def fields(self, form: Writing[Goal]) -> list[Node]:
        """Return the goal and its step; the day it was done once it is on the list."""
        who = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
        who.append(nodes.option(BOTH, self.desk.name(BOTH), mark=BOTH))
        names = ["goal", "step", "who", "by_day", *(["done_on"] if self.editing else [])]
        return form.nodes(names, more={"who": {"options": who, "row": True}})

    def told(self, entry: Entry[Goal]) -> list[Node]:
        """Return the goal with its step and day."""
        w, record = self.words, entry.record
        detail = []
        if record.step and record.who:
            detail.append(w.say("goals.step_by", name=self.desk.name(record.who), step=record.step))
        elif record.step:
            detail.append(w.say("goals.step_only", step=record.step))
        if record.done_on:
            detail.append(w.say("goals.done", date=days.said(record.done_on)))
        elif record.by_day:
            detail.append(w.say("goals.by", date=days.said(record.by_day)))
        line = nodes.item(record.goal, detail=" ".join(detail), by=by(record.who))
        return [nodes.listing([line])]

    def more(self, entry: Entry[Goal]) -> list[Node]:
        """Return a way to say that the step is done, today."""
        if entry.record.done_on or not self.mine(entry):
            return []
        done = nodes.press("done", self.words["goals.buttons.done"], entry.thread)
        return [nodes.actions(done)]

    def do_more(self, key: str, value: str) -> None:
        """Write down that a step is done."""
        found = {e.thread: e for e in self.found()}
        if key == "done" and value in found and self.mine(found[value]):
            entry = found[value]
            record = entry.record.model_copy(update={"done_on": days.today()})
            self.add(record, author=BOTH, replaces=entry)
