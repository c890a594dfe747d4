"""The road ahead: where the two want to be, how they will know, and a card for when it is hard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.outlook import HardCard, Milestone
from evenground.steps import days
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from datetime import date

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class RoadAhead(Step):
    """Milestones, nearest first, the ones without a day last; and a form for one."""

    part = "review"
    practices = ("P53", "P38")

    def __init__(self) -> None:
        """Show the road."""
        self.editing = ""
        super().__init__()

    def forget_forms(self) -> None:
        """Change nothing for somebody else."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the road and the form."""
        if stands := self.for_both():
            return [*self._road(), *stands]
        keep = nodes.press("keep", self.words["milestones.keep"])
        if self.editing:
            second = nodes.press("cancel", self.common["buttons.cancel"])
        else:
            second = nodes.press("skip", self.common["buttons.skip"])
        return [
            *self._road(),
            self.seen(Milestone),
            *self._form().nodes(more={"horizon": {"control": "select"}}),
            *self.news(),
            nodes.buttons(keep, second),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep, change or take away a milestone, or say that it is reached."""
        found = {e.thread: e for e in self.desk.journal.entries(Milestone)}
        if self.desk.who != BOTH:
            return
        if key == "keep":
            reached = found[self.editing].record.reached if self.editing in found else None
            if self.kept(self._form(), self.words["milestones.kept"], reached=reached):
                self.editing = ""
        elif key == "cancel":
            form = self._form()
            form.done()
            self.close(form)
            self.editing = ""
        elif value in found:
            entry = found[value]
            if key == "change":
                self.close(self._form())
                self.editing = value
            elif key == "reached":
                reached_on = entry.record.model_copy(update={"reached": days.today()})
                self.add(reached_on, author=BOTH, replaces=entry)
            elif key == "take_away":
                self.desk.withdraw(entry)
                self.done(self.words["own.taken_away"])

    def _form(self) -> Writing[Milestone]:
        found = {e.thread: e for e in self.desk.journal.entries(Milestone)}
        only = [name for name in Milestone.columns() if name != "reached"]
        replaces = found.get(self.editing)
        return self.writing(Milestone, slot=self.editing, author=BOTH, only=only, replaces=replaces)

    def _road(self) -> list[Node]:
        found = sorted(self.desk.journal.entries(Milestone), key=_nearest)
        items = [self._stone(entry) for entry in found]
        return [nodes.listing(items), nodes.gap()] if items else []

    def _stone(self, entry: Entry[Milestone]) -> Node:
        w, record = self.words, entry.record
        said = [w[f"milestones.horizon.options.{record.horizon}"]] if record.horizon else []
        if record.measure:
            said.append(record.measure)
        if record.principle:
            said.append(record.principle)
        if record.reached:
            said.append(w.say("milestones.reached_on", date=days.said(record.reached)))
        presses = []
        if self.desk.who == BOTH:
            presses = [
                nodes.press("change", self.common["buttons.change"], entry.thread),
                nodes.press("take_away", w["own.take_away"], entry.thread),
            ]
            if not record.reached:
                presses.insert(1, nodes.press("reached", w["milestones.reached"], entry.thread))
        when = days.short(record.by) if record.by else ""
        return nodes.item(record.milestone, when=when, detail=_sentences(said), actions=presses)


class WhenItIsHard(Step):
    """One card that both can read at any time, and write together."""

    part = "review"
    practices = ("P53",)

    def __init__(self) -> None:
        """Show the card, or a box for it."""
        self.editing = False
        super().__init__()

    def forget_forms(self) -> None:
        """Change nothing for somebody else."""
        super().forget_forms()
        self.editing = False

    def tree(self) -> list[Node]:
        """Return the card, or the box."""
        found = self.desk.journal.entries(HardCard)
        title = nodes.heading(self.words["hard_cards.title"])
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        if found and not self.editing:
            shown = [title, nodes.quote("", paragraphs(found[-1].record.words)), *self.news()]
            change = nodes.press("change", self.common["buttons.change"])
            return [*shown, nodes.buttons(go_on, *([change] if self.desk.who == BOTH else []))]
        if self.for_both():
            return []
        return [
            title,
            self.seen(HardCard),
            *self._form().nodes(),
            *self.news(),
            nodes.buttons(nodes.press("keep", self.words["hard_cards.keep"]), go_on),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep the card, or open it for other words."""
        if self.desk.who != BOTH:
            return
        if key == "change":
            self.editing = True
        elif key == "keep" and self.kept(self._form(), self.words["hard_cards.kept"]):
            self.editing = False

    def _form(self) -> Writing[HardCard]:
        found = self.desk.journal.entries(HardCard)
        return self.writing(HardCard, author=BOTH, replaces=found[-1] if found else None)


def _nearest(entry: Entry[Milestone]) -> tuple[bool, bool, date]:
    record = entry.record
    return bool(record.reached), record.by is None, record.by or days.today()


def _sentences(said: list[str]) -> str:
    """Return what stands under a milestone, each part ended by a full stop."""
    return " ".join(line if line[-1:] in ".?" else f"{line}." for line in said)
