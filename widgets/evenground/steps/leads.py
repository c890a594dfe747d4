"""An area or a talk that was closed to somebody: they lead it, from a day to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.amends import Lead, LeadAnswer
from evenground.records.declaration import Fault
from evenground.steps import days
from evenground.steps.desk import other
from evenground.steps.ledger import Ledger

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class Leads(Ledger[Lead]):
    """What each asks to lead, and what the other one says to it."""

    kind = Lead
    practices: ClassVar[tuple[str, ...]] = ("P29", "P58")

    def fields(self, form: Writing[Lead]) -> list[Node]:
        """Return the area or the talk, and the two days side by side."""
        area, talk, *dates = form.nodes(more={"area": {"control": "select"}})
        return [area, talk, nodes.row(*dates[:2]), *dates[2:]]

    def ready(self, form: Writing[Lead]) -> bool:
        """Return whether it says what is led; a lead without its days is not one yet."""
        lacking = [
            Fault(name, key, {})
            for name, key in (("lead_from", "needs_start"), ("lead_to", "needs_end"))
            if not form.values.get(name)
        ]
        if not (form.values.get("area") or form.values.get("talk")):
            lacking.insert(0, Fault("area", "choose_one", {}))
        form.faults = tuple(lacking)
        return not lacking

    def told(self, entry: Entry[Lead]) -> list[Node]:
        """Return who leads what, when, and the other one's word on it."""
        w, record = self.words, entry.record
        area = w.get(f"decision_rights.domain.options.{record.area}")
        title = record.talk or area
        answer = self.answer(entry)
        key = answer.record.answer if answer else "asked"
        names = {"name": self.desk.name(entry.author), "two": self.desk.name(other(entry.author))}
        dates = {"start": days.said(record.lead_from), "end": days.said(record.lead_to)}
        detail = w.say("leads.when", **names, **dates)
        aside = w.say(f"leads.said_{key}", **names)
        return [nodes.listing([nodes.item(title, detail=detail, by=entry.author, aside=aside)])]

    def more(self, entry: Entry[Lead]) -> list[Node]:
        """Return the other one's answers, until there is one."""
        if self.desk.one != other(entry.author) or self.answer(entry):
            return []
        w = self.words
        made = [nodes.press(key, w[f"leads.buttons.{key}"], entry.id) for key in ("handed", "talk")]
        no = nodes.press("no", w["leads.buttons.no"], entry.id)
        return [nodes.buttons(*made), nodes.actions(no)]

    def do_more(self, key: str, value: str) -> None:
        """Keep what the other one says."""
        asked = {e.id: e for e in self.found()}
        theirs = value in asked and self.desk.one == other(asked[value].author)
        if theirs and key in ("handed", "talk", "no"):
            self.add(LeadAnswer(lead=value, answer=key), author=self.desk.one)

    def answer(self, entry: Entry[Lead]) -> Entry[LeadAnswer] | None:
        """Return the other one's newest word on a lead as it is now worded."""
        found = [
            e
            for e in self.desk.journal.entries(LeadAnswer)
            if e.record.lead == entry.id and e.author == other(entry.author)
        ]
        return found[-1] if found else None
