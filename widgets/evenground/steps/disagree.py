"""A disagreement: sum up the other until they say, that is it; then find something to try."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.deciding import Disagreement
from evenground.records.declaration import Fault
from evenground.steps import days
from evenground.steps.desk import PEOPLE, other
from evenground.steps.ledger import Ledger
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class Disagreements(Ledger[Disagreement]):
    """One form that opens as it goes: summed up, then views, options, a trial, and what came."""

    kind = Disagreement
    for_two = True
    practices: ClassVar[tuple[str, ...]] = ("P37", "P43")

    def fields(self, form: Writing[Disagreement]) -> list[Node]:
        """Return as much of the sheet as is open: each says of the other's summary if it is it."""
        values = form.values
        names = ["topic"]
        more: dict[str, dict[str, object]] = {}
        for p in PEOPLE:
            names += [f"heard_by_{p}", f"fits_{other(p)}"]
            more[f"heard_by_{p}"] = {"person": p, "by": p}
            more[f"fits_{other(p)}"] = {"person": other(p), "row": True}
        if not self._summed_up(values):
            return [*form.nodes(names, more=more), nodes.hint(self.words["disagreements.first"])]
        for p in PEOPLE:
            names.append(f"view_{p}")
            more[f"view_{p}"] = {"person": p, "by": p}
        names += ["options", "trial"]
        drawn = form.nodes(names, more=more)
        if str(values.get("trial") or "").strip() or values.get("trial_end"):
            start, end, sign, *rest = form.nodes(("trial_start", "trial_end", "sign"))
            drawn += [nodes.row(start, end), sign, *rest]
        if self.editing:
            drawn += form.nodes(("verdict", "verdict_words"))
        return drawn

    def ready(self, form: Writing[Disagreement]) -> bool:
        """Return whether it has a name; all else may stay open."""
        named = bool(str(form.values.get("topic") or "").strip())
        form.faults = () if named else (Fault("topic", "write_first", {}),)
        return named

    def told(self, entry: Entry[Disagreement]) -> list[Node]:
        """Return what each thinks, what is tried until when, and what came of it."""
        w, record = self.words, entry.record
        shown = [nodes.heading(record.topic)]
        views = [
            nodes.quote(p, paragraphs(getattr(record, f"view_{p}")), label=self.desk.name(p))
            for p in PEOPLE
            if getattr(record, f"view_{p}")
        ]
        if not self._summed_up(record.to_form()):
            shown.append(nodes.text(w["disagreements.not_yet"]))
        if record.trial:
            shown.append(nodes.text(w.say("disagreements.trying", words=record.trial)))
        if record.trial_end:
            dates = {"start": days.said(record.trial_start), "end": days.said(record.trial_end)}
            key = "dates" if record.trial_start else "until"
            shown.append(nodes.hint(w.say(f"disagreements.{key}", **dates)))
        if record.sign:
            shown.append(nodes.hint(w.say("disagreements.sign_said", words=record.sign)))
        if record.verdict:
            shown.append(nodes.text(w[f"disagreements.verdict.options.{record.verdict}"]))
            shown += [nodes.text(line) for line in paragraphs(record.verdict_words)]
        elif record.trial_end and record.trial_end < days.today():
            shown.append(nodes.text(w["disagreements.over"]))
        return [*shown, *([nodes.details(w["disagreements.views"], *views)] if views else [])]

    def _summed_up(self, values: dict[str, object]) -> bool:
        return all(values.get(f"fits_{p}") == "has_it" for p in PEOPLE)
