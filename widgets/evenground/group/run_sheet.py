"""The run sheet: a ready plan with the times of day at which each thing begins."""

from __future__ import annotations

from datetime import time

from evenground import content
from evenground.forms import Kept, View, nodes
from evenground.forms.view import SAME
from evenground.group.plan import PLANS, Sitting, plan

USUAL_START = "19:00"


def run_sheet() -> View:
    """Show a ready plan with its times, for whoever leads the group. Nothing of it is stored."""
    return RunSheet().view


class RunSheet:
    """A plan, chosen, with a time to begin."""

    def __init__(self) -> None:
        """Show the plan of four evenings."""
        self.plan = PLANS[0]
        self.start = USUAL_START
        self.view = View(self.tree(), on_input=self.on_input)

    def tree(self) -> list[nodes.Node]:
        """Return the choice of plans, the time to begin, and a table for each sitting."""
        w = content.words("group")
        options = [nodes.option(name, w[f"plan.{name}"]) for name in PLANS]
        return [
            nodes.row(
                nodes.field("plan", "select", w["plan.ask"], value=self.plan, options=options),
                nodes.field("start", "time", w["plan.start"], value=self.start),
            ),
            nodes.hint(w["plan.hint"]),
            *(node for sitting in plan(self.plan) for node in self._sitting(sitting)),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Choose another plan or another time."""
        if name == "plan" and value in PLANS:
            self.plan = str(value)
        elif name == "start" and value:
            self.start = str(value)[:5]
        self.view.show(self.tree())
        return SAME

    def _sitting(self, sitting: Sitting) -> list[nodes.Node]:
        w = content.words("group")
        rows = [
            [
                at,
                w.count("plan.minutes", item.minutes),
                w[f"mode.{item.mode}"],
                f"{item.title}. {item.detail}".strip(),
            ]
            for at, item in sitting.times(time.fromisoformat(self.start))
        ]
        head = [w["plan.at"], w["plan.long"], w["plan.how"], w["plan.what"]]
        return [nodes.heading(sitting.title), nodes.table(sitting.title, head, rows)]
