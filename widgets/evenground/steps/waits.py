"""What waits for both: the sum and the time, a pause before deciding, and going ahead alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.deciding import Threshold, WentAhead
from evenground.steps import days
from evenground.steps.desk import by
from evenground.steps.ledger import Ledger
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from datetime import date

    from evenground.forms.nodes import Node
    from evenground.records.amends import Decision
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing


def threshold(desk: Desk) -> Threshold | None:
    """Return the sum, the time and the pause that the two of them set, if they did."""
    found = desk.journal.entries(Threshold)
    return found[-1].record if found else None


def waits_until(desk: Desk, decision: Decision, today: date) -> date | None:
    """Return the day until which a decision waits, if it is over what the two of them set."""
    line = threshold(desk)
    if line is None or not line.wait_days:
        return None
    over_sum = line.amount is not None and (decision.amount or 0) >= line.amount > 0
    over_time = line.hours is not None and (decision.hours or 0) >= line.hours > 0
    return today + timedelta(days=int(line.wait_days)) if over_sum or over_time else None


class WhatWaits(Ledger[Threshold]):
    """From what sum or time on nobody decides alone."""

    kind = Threshold
    for_two = True
    single = True
    practices: ClassVar[tuple[str, ...]] = ("P34", "P31")

    def fields(self, form: Writing[Threshold]) -> list[Node]:
        """Return the three numbers."""
        made = form.nodes()
        return [nodes.row(*made[:2]), *made[2:]]

    def told(self, entry: Entry[Threshold]) -> list[Node]:
        """Return in sentences what waits for both."""
        w, record = self.words, entry.record
        said = []
        if record.amount:
            said.append(w.say("thresholds.over_sum", amount=f"{record.amount:g}"))
        if record.hours:
            said.append(w.say("thresholds.over_time", amount=f"{record.hours:g}"))
        if record.wait_days:
            said.append(w.count("thresholds.wait", int(record.wait_days)))
        return [nodes.panel(w["thresholds.list"], said or [w["thresholds.none"]])]


class WentAheadAlone(Ledger[WentAhead]):
    """What somebody decided alone that was for both: said by them, and put right."""

    kind = WentAhead
    practices: ClassVar[tuple[str, ...]] = ("P34",)

    def fields(self, form: Writing[WentAhead]) -> list[Node]:
        """Return what happened, its days, and how it is put right."""
        what, on, told_on, cost, fix, next_time, mended, *rest = form.nodes()
        return [what, nodes.row(on, told_on), cost, fix, next_time, mended, *rest]

    def told(self, entry: Entry[WentAhead]) -> list[Node]:
        """Return it in its writer's words, with the days."""
        w, record = self.words, entry.record
        name = self.desk.name(entry.author)
        said = [
            *paragraphs(record.what),
            *(
                w.say(f"went_ahead.said_{key}", words=getattr(record, key))
                for key in ("cost", "fix", "next_time")
                if getattr(record, key)
            ),
        ]
        label = w.say("went_ahead.by", name=name, date=days.said(record.on or entry.began))
        lines = []
        if record.told_on:
            lines.append(w.say("went_ahead.told", date=days.said(record.told_on)))
        if record.mended_on:
            lines.append(w.say("went_ahead.mended", date=days.said(record.mended_on)))
        return [nodes.quote(by(entry.author), said, label=label), *map(nodes.hint, lines)]
