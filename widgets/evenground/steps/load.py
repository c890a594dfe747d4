"""Who carries what: to notice, to plan, to do. Each sees it alone first; then they compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.declaration import Fault
from evenground.records.load import SHARES, TASKS, WORK, LoadLine, LoadView
from evenground.steps.both import BothAnswer
from evenground.steps.desk import PEOPLE
from evenground.steps.ledger import Ledger

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.step import Step
    from evenground.steps.writing import Writing


def shares(step: Step) -> list[Node]:
    """Return the ways to carry a piece of work; shared stands first."""
    return [nodes.option(key, step.say(f"load.shares.{key}")) for key in SHARES]


class LoadAlone(BothAnswer[LoadView]):
    """A first view of each, task by task; both are opened side by side."""

    part = "amends"
    kind = LoadView
    keep_label = "load_views.keep"
    practices: ClassVar[tuple[str, ...]] = ("P35",)

    def fields(self, form: Writing[LoadView]) -> list[Node]:
        """Return the tasks, each with its three kinds of work."""
        shown: list[Node] = [nodes.text(self.words["load_views.lead"])]
        options = shares(self)
        for task in TASKS:
            shown.append(nodes.heading(self.words[f"load.tasks.{task}"]))
            shown.append(
                nodes.row(
                    *(
                        nodes.field(
                            f"{form.prefix}{task}_{work}",
                            "select",
                            self.words[f"load.work.{work}"],
                            value=form.values.get(f"{task}_{work}"),
                            options=options,
                        )
                        for work in WORK
                    )
                )
            )
        return shown

    def opened(self) -> list[Node] | None:
        """Return both first views, task by task, once they are open."""
        both = {e.author: e for e in self.desk.journal.entries(LoadView) if e.released_from}
        if set(both) != set(PEOPLE) or self.changing or self.answers():
            return None
        w = self.words
        head = [w["load_views.work"], *(self.desk.name(p) for p in PEOPLE), ""]
        rows = []
        for task in TASKS:
            for work in WORK:
                said = [getattr(both[p].record, f"{task}_{work}") for p in PEOPLE]
                if any(said):
                    title = f"{w[f'load.tasks.{task}']}: {w[f'load.said.{work}']}"
                    differ = w["load_views.differ"] if said[0] != said[1] and all(said) else ""
                    rows.append([title, *(self._share(key) for key in said), differ])
        again = nodes.press("change", w["load_views.again"])
        table = nodes.table(w["load_views.caption"], head, rows)
        return [table, nodes.hint(w["load_views.after"]), *self.news(), nodes.actions(again)]

    def _share(self, key: str) -> str:
        return self.say(f"load.shares.{key}") if key else self.words["load_views.unsaid"]


class LoadBoard(Ledger[LoadLine]):
    """What they agreed on for each task, and what is good enough."""

    kind = LoadLine
    for_two = True
    practices: ClassVar[tuple[str, ...]] = ("P35",)

    def fields(self, form: Writing[LoadLine]) -> list[Node]:
        """Return the task, the three kinds of work, and what is good enough."""
        tasks = [nodes.option(t, self.words[f"load.tasks.{t}"]) for t in (*TASKS, "other")]
        more: dict[str, dict[str, object]] = {"task": {"control": "select", "options": tasks}}
        names = ["task", *(["task_name"] if form.values.get("task") == "other" else [])]
        options = shares(self)
        work = {name: {"control": "select", "options": options} for name in WORK}
        three, rest = form.nodes(WORK, more=work), form.nodes(("standard",))
        return [*form.nodes(names, more=more), nodes.row(*three[:3]), *rest]

    def ready(self, form: Writing[LoadLine]) -> bool:
        """Return whether a task is chosen, and an own one has a name."""
        task = form.values.get("task")
        form.faults = ()
        if not task:
            form.faults = (Fault("task", "choose_one", {}),)
        elif task == "other" and not str(form.values.get("task_name") or "").strip():
            form.faults = (Fault("task_name", "needs_name", {}),)
        return not form.faults

    def told(self, entry: Entry[LoadLine]) -> list[Node]:
        """Return the task with who notices, plans and does, and what is good enough."""
        w, record = self.words, entry.record
        title = record.task_name or w[f"load.tasks.{record.task or 'other'}"]
        work = [
            w.say(f"load.line.{name}", share=self.say(f"load.shares.{getattr(record, name)}"))
            for name in WORK
            if getattr(record, name)
        ]
        standard = w.say("load_board.enough", words=record.standard) if record.standard else ""
        return [nodes.listing([nodes.item(title, detail=" ".join(work), aside=standard)])]
