"""The run sheet: a plan, ready or a group's own, with the times at which each thing begins."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import Kept, View, nodes
from evenground.forms.view import SAME
from evenground.group import gathering
from evenground.group.plan import PLANS, Sitting, plan, read

if TYPE_CHECKING:
    from pathlib import Path

USUAL_STARTS = {name: f"{start:%H:%M}" for name, start in gathering.STARTS.items()}


class RunSheet:
    """A plan, chosen, with a time to begin."""

    def __init__(self) -> None:
        """Show the plan of four evenings."""
        self.plan = PLANS[0]
        self.start = USUAL_STARTS[self.plan]
        self.view = View(self.tree(), on_input=self.on_input)

    def tree(self) -> list[nodes.Node]:
        """Return the choice of plans, the time to begin, and a table for each sitting."""
        w = content.words("group")
        options = [nodes.option(name, w[f"plan.{name}"]) for name in PLANS]
        options += [nodes.option(name, name) for name in self._own()]
        return [
            nodes.row(
                nodes.field("plan", "select", w["plan.ask"], value=self.plan, options=options),
                nodes.field("start", "time", w["plan.start"], value=self.start),
            ),
            nodes.hint(w["plan.hint"]),
            *self._sittings(),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Choose another plan or another time."""
        if name == "plan" and (value in PLANS or value in self._own()):
            if self.start in USUAL_STARTS.values():  # nobody chose another one
                self.start = USUAL_STARTS.get(str(value), self.start)
            self.plan = str(value)
        elif name == "start" and value:
            self.start = str(value)[:5]
        self.view.show(self.tree())
        return SAME

    def _own(self) -> dict[str, Path]:
        """Return the files of the plans of groups on this computer, by the name of their folder."""
        return {folder.name: gathering.plan_file(folder) for folder in gathering.folders()}

    def _sittings(self) -> list[nodes.Node]:
        """Return a table for each sitting; of a plan that cannot be read, what to mend."""
        own = self._own()
        try:
            sittings = read(own[self.plan]) if self.plan in own else plan(self.plan)
        except content.ContentError as error:
            return [nodes.status(str(error))]
        return [node for sitting in sittings for node in self._sitting(sitting)]

    def _sitting(self, sitting: Sitting) -> list[nodes.Node]:
        w = content.words("group")
        rows = [
            [
                at,
                w.count("plan.minutes", item.minutes),
                w[f"mode.{item.mode}"],
                item.said,
            ]
            for at, item in sitting.times(time.fromisoformat(self.start))
        ]
        head = [w["plan.at"], w["plan.long"], w["plan.how"], w["plan.what"]]
        return [nodes.heading(sitting.title), nodes.table(sitting.title, head, rows)]
