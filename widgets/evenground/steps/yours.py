"""What is one's own: a copy to take along, and words to take out. Nobody else has to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evenground import content
from evenground.forms import nodes
from evenground.journal import exporting
from evenground.records.controls import Text
from evenground.records.registry import kinds
from evenground.steps import days
from evenground.steps.step import Step
from evenground.steps.texts import glimpse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry

MOST = 60  # of more entries, the newest


class Yours(Step):
    """A copy of all that a person may see, and their own entries, each to be taken out."""

    part = "start"

    def __init__(self) -> None:
        """Ask for nothing yet."""
        self.asking = ""  # the thread that is about to be taken out
        super().__init__()

    def forget_forms(self) -> None:
        """Ask somebody else for nothing."""
        super().forget_forms()
        self.asking = ""

    def tree(self) -> list[Node]:
        """Return how to copy, and what is the writer's own."""
        if stands := self.for_one():
            return stands
        w = self.words
        own = list(self._own())
        shown = [
            nodes.text(w["yours.copy"]),
            nodes.buttons(nodes.press("copy", w["yours.make"])),
            *self.news(),
            *self.locked(),
        ]
        if not own:
            return shown
        asked = next((e for e in own if e.thread == self.asking), None)
        if asked:
            return [
                *shown,
                nodes.quote(asked.author, [_title(asked) or w["yours.untitled"]]),
                nodes.text(w["yours.sure"]),
                nodes.buttons(
                    nodes.press("forget", w["yours.take_out"], asked.thread),
                    nodes.press("leave", w["yours.leave"]),
                ),
            ]
        items = [self._item(entry) for entry in own[:MOST]]
        return [*shown, nodes.details(w["yours.list"], nodes.listing(items))]

    def do(self, key: str, value: str) -> None:
        """Copy, ask, or take out."""
        me = self.desk.one
        if key == "copy" and me:
            folder = self.desk.journal.home.parent / f"copy-{days.today().isoformat()}"
            exporting.export(self.desk.journal, folder, reader=me)
            self.said = self.words.say("yours.copied", folder=folder)
        elif key == "ask":
            self.asking = value
        elif key == "leave":
            self.asking = ""
        elif key == "forget":
            self._take_out(value)

    def _take_out(self, thread: str) -> None:
        entry = next((e for e in self._own() if e.thread == thread), None)
        self.asking = ""
        if entry is None:
            return
        if self.desk.is_held(entry):
            self.desk.withdraw(entry)
        else:
            self.desk.journal.forget(thread, author=entry.author, kind=type(entry.record))
        self.done(content.words("journal")["release.forgotten"])

    def _own(self) -> Iterator[Entry[Any]]:
        """Yield what the one who is writing wrote alone, newest first."""
        found: list[Entry[Any]] = []
        for kind in kinds().values():
            found += [e for e in self.desk.entries(kind) if e.author == self.desk.one]
        yield from sorted(found, key=lambda entry: (entry.written, entry.seq), reverse=True)

    def _item(self, entry: Entry[Any]) -> Node:
        part = content.words(entry.record.part)["title"]
        take_out = nodes.press("ask", self.words["yours.take_out"], entry.thread)
        return nodes.item(
            _title(entry) or self.words["yours.untitled"],
            when=days.short(entry.written.astimezone().date()),
            detail=part,
            actions=[take_out],
        )


def _title(entry: Entry[Any]) -> str:
    """Return the first words of an entry, to know it by."""
    for name, control in entry.record.controls():
        if isinstance(control, Text) and getattr(entry.record, name):
            return glimpse(str(getattr(entry.record, name)))
    return ""
