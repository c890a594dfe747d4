"""Words for hard things: what each means to the two of them, and what they leave out instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.listen import SharedWord
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class WordsWeShare(Step):
    """A list of words, each of which can be changed or taken away, and a box for a new one."""

    part = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P22",)

    def __init__(self) -> None:
        """Show the list and an empty box."""
        self.editing = ""
        super().__init__()

    def tree(self) -> list[Node]:
        """Return the words so far and the boxes."""
        w, form = self.words, self._form()
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["shared_words.keep"]),
                nodes.press("skip", self.common["buttons.go_on"]),
            ),
        ]
        asked = nodes.one_by_one(form.nodes(), end, key=form.key)
        return [self.seen(SharedWord), *self._list(), *asked]

    def do(self, key: str, value: str) -> None:
        """Keep a word, change one, or take one away."""
        form = self._form()
        if key == "keep":
            if self.kept(form, self.words["shared_words.kept"]):
                self.editing = ""
        elif key == "change":
            self.close(form)
            self.editing = value
        elif key == "take_away":
            entry = next((e for e in self.desk.entries(SharedWord) if e.thread == value), None)
            if entry:
                self.desk.withdraw(entry)
                self.editing = ""
                self.done(self.words["shared_words.taken_away"])

    def _form(self) -> Writing[SharedWord]:
        found = self.desk.entries(SharedWord)
        old = next((e for e in found if e.thread == self.editing), None)
        return self.writing(SharedWord, slot=self.editing, author=BOTH, replaces=old)

    def _list(self) -> list[Node]:
        items = [self._item(entry) for entry in self.desk.entries(SharedWord)]
        return (
            [nodes.heading(self.words["shared_words.ours"]), nodes.listing(items)] if items else []
        )

    def _item(self, entry: Entry[SharedWord]) -> Node:
        record, w = entry.record, self.words
        aside = w.say("shared_words.avoided", what=record.avoid) if record.avoid else ""
        return nodes.item(
            record.term or record.meaning or record.avoid,
            detail=record.meaning if record.term else "",
            aside=aside,
            actions=[
                nodes.press("change", self.common["buttons.change"], entry.thread),
                nodes.press("take_away", w["shared_words.take_away"], entry.thread),
            ],
        )
