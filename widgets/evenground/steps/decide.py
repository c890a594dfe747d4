"""Decisions: both views first, then what was chosen and why. "Not yet" is an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.amends import Decision
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.steps import days
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

_VIEWS = ("view_a", "view_b")


class Decisions(Step):
    """One decision on its way, and those that were made, newest first."""

    part = "amends"

    def __init__(self) -> None:
        """Show an empty decision, and the earlier ones."""
        self.editing = ""  # the thread of a decision that is taken up again
        self.choosing = False  # both views are here, and the choice is open
        super().__init__()

    def forget_forms(self) -> None:
        """Take up nothing for somebody else."""
        super().forget_forms()
        self.editing, self.choosing = "", False

    def tree(self) -> list[Node]:
        """Return the decision on its way, and the log."""
        if stands := self.for_both():
            return [*stands, *self._log()]
        w = self.words
        form = self._form()
        views = ("topic", *_VIEWS)
        people = {name: {"person": name[-1], "by": name[-1]} for name in _VIEWS}
        shown = [self.seen(Decision), *form.nodes(views, more=people)]
        if self._choice_is_open(form):
            names = ["outcome"]
            if form.values.get("outcome") == "chosen":
                names += ["choice", "why"]
            shown += form.nodes([*names, "holds", "look_again"])
            keep = nodes.press("keep", w["decisions.keep"])
        else:
            shown.append(nodes.hint(w["decisions.needs_views"]))
            keep = nodes.press("open", w["decisions.open_choice"])
        skip = nodes.press("skip", self.common["buttons.skip"])
        return [*shown, *self.news(), nodes.buttons(keep, skip), *self._log()]

    def do(self, key: str, value: str) -> None:
        """Open the choice, keep the decision, or take one up again."""
        form = self._form()
        if key == "open":
            form.faults = self._lacking(form)
            self.choosing = not form.faults
        elif key == "keep" and self._choice_is_open(form):
            self._keep(form)
        elif key == "continue":
            self.close(form)
            self.editing, self.choosing = value, False

    def _choice_is_open(self, form: Writing[Decision]) -> bool:
        """Return whether the choice may be made: both views are written, and were said to be."""
        begun = self.choosing or bool(form.values.get("outcome"))
        return begun and not self._lacking(form)

    def _lacking(self, form: Writing[Decision]) -> tuple[Fault, ...]:
        names = ("topic", *_VIEWS)
        lacking = (n for n in names if not str(form.values.get(n) or "").strip())
        return tuple(Fault(name, "write_first", {}) for name in lacking)

    def _keep(self, form: Writing[Decision]) -> None:
        if not form.values.get("outcome"):
            form.faults = (Fault("outcome", "choose_one", {}),)
            return
        chosen = form.values["outcome"] == "chosen"
        if chosen and not str(form.values.get("choice") or "").strip():
            form.faults = (Fault("choice", "write_first", {}),)
            return
        if not chosen:
            form.values |= {"choice": "", "why": ""}
        if self.kept(form, self.words["decisions.kept"]):
            self.editing, self.choosing = "", False

    def _form(self) -> Writing[Decision]:
        found = [e for e in self.desk.entries(Decision) if e.thread == self.editing]
        replaces = found[-1] if found else None
        return self.writing(Decision, slot=self.editing, author=BOTH, replaces=replaces)

    def _log(self) -> list[Node]:
        found = self.desk.entries(Decision)
        if not found:
            return []
        shown = [node for entry in reversed(found) for node in self._told(entry)]
        return [nodes.gap(), nodes.heading(self.words["decisions.list"]), *shown]

    def _told(self, entry: Entry[Decision]) -> list[Node]:
        w, record = self.words, entry.record
        open_ = record.outcome == "not_yet"
        outcome = w["decisions.not_yet"] if open_ else record.choice
        said = [f"{days.said(entry.written)}. {outcome}"]
        if record.why:
            said.append(w.say("decisions.because", why=record.why))
        if record.holds:
            said.append(w.say("decisions.still_held", holds=record.holds))
        if record.look_again:
            said.append(w.say("decisions.look", date=days.said(record.look_again)))
        views = [
            nodes.quote(
                "a" if name == "view_a" else "b",
                paragraphs(getattr(record, name)),
                label=w.say("decisions.by", name=self.desk.name(name[-1])),
            )
            for name in _VIEWS
            if getattr(record, name)
        ]
        go_on = nodes.press("continue", w["decisions.continue"], entry.thread)
        again = [nodes.actions(go_on)] if open_ and self.desk.who == BOTH else []
        views_folded = [nodes.details(w["decisions.views_in"], *views)] if views else []
        lines = [nodes.item(record.topic, detail=" ".join(said))]
        return [nodes.listing(lines), *views_folded, *again]
