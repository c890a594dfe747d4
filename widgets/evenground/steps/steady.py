"""One small thing that a person does in the same way each time, to be counted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.outlook import Intention
from evenground.steps.own import OwnEntries

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

_SAID = ("done", "partly", "not_done")


class OneSteadyThing(OwnEntries[Intention]):
    """A line for this week, and how the one before it went, in its writer's own words."""

    practices = ("P48",)
    kind = Intention

    def said_of(self, record: Intention) -> list[str]:
        """Return what they will do, when, and how it went."""
        came = self.words[f"intentions.came.options.{record.came}"] if record.came else ""
        return [line for line in (record.act, record.when, came) if line]

    def fields(self, form: Writing[Intention]) -> list[Node]:
        """Return the act and its moment; how it went is asked beside the entry."""
        return form.nodes(("act", "when"))

    def also(self, entry: Entry[Intention]) -> list[Node]:
        """Return the three ways to say how it went, until one is said."""
        if entry.record.came or not entry.sealed:
            return []
        w = self.words
        return [nodes.press(k, w[f"intentions.came.options.{k}"], entry.thread) for k in _SAID]

    def do_more(self, key: str, value: str) -> None:
        """Keep how it went, for the writer; a released copy goes along with it."""
        entry = next((e for e in self.mine() if e.thread == value), None)
        if key not in _SAID or entry is None:
            return
        came = entry.record.model_copy(update={"came": key})
        copy = self.copies().get(entry.thread)
        self.desk.add(came, author=self.desk.one, replaces=entry)
        if copy:
            more = {"sealed": False, "released_from": entry.thread}
            self.desk.add(came, author=self.desk.one, replaces=copy, **more)
        self.done(self.words["intentions.went"])
