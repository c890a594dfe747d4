"""When it gets loud: a plan made in a calm hour, and a look back a day after or later."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.deciding import ConflictPlan, Debrief
from evenground.records.declaration import Fault
from evenground.steps import days
from evenground.steps.ledger import Ledger
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class WhenItGetsLoud(Ledger[ConflictPlan]):
    """The plan: a time out, words that help, words to leave out, and when to look back."""

    kind = ConflictPlan
    for_two = True
    single = True
    practices: ClassVar[tuple[str, ...]] = ("P39",)

    def told(self, entry: Entry[ConflictPlan]) -> list[Node]:
        """Return the plan as a banner."""
        w, record = self.words, entry.record
        said = []
        if record.time_out:
            said.append(w.say("conflict_plans.time_out_said", words=record.time_out))
        if record.minutes:
            said.append(w.count("conflict_plans.minutes_said", int(record.minutes)))
        for name in ("words", "leave_out", "look_back"):
            text = " ".join(paragraphs(getattr(record, name)))
            if text:
                said.append(w.say(f"conflict_plans.{name}_said", words=text))
        return [nodes.panel(w["conflict_plans.list"], said)]


class LookBack(Ledger[Debrief]):
    """Five lines on what a hard time did to each, a day after it or later."""

    kind = Debrief
    for_two = True
    practices: ClassVar[tuple[str, ...]] = ("P39",)

    def fields(self, form: Writing[Debrief]) -> list[Node]:
        """Return the day and five lines, each person's with their mark."""
        people = {f"did_to_{p}": {"person": p, "by": p} for p in ("a", "b")}
        return form.nodes(more=people)

    def ready(self, form: Writing[Debrief]) -> bool:
        """Return whether a day has passed."""
        day = str(form.values.get("day") or "")
        soon = day > (days.today() - timedelta(days=1)).isoformat()
        form.faults = (Fault("day", "too_soon", {}),) if day and soon else ()
        return not form.faults

    def told(self, entry: Entry[Debrief]) -> list[Node]:
        """Return the lines under their day."""
        w, record = self.words, entry.record
        label = days.said(record.day or entry.began)
        shown = [
            nodes.quote(p, paragraphs(getattr(record, f"did_to_{p}")), label=self.desk.name(p))
            for p in ("a", "b")
            if getattr(record, f"did_to_{p}")
        ]
        lines = [
            w.say(f"debriefs.{key}_said", words=getattr(record, key))
            for key in ("helped", "put_right", "next_time")
            if getattr(record, key)
        ]
        return [nodes.eyebrow(label), *shown, *map(nodes.text, lines)]
