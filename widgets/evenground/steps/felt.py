"""How something felt to one of them: theirs alone, until they release it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from evenground.forms import nodes
from evenground.records.entry import Entry, R

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.step import Step
    from evenground.steps.writing import Writing


class Felt(Generic[R]):
    """The question under one promise or one slip, for a step. `about` is the field that names it.

    The words are those of the kind: `keep`, `tell`, `yours`, `said`, `change`.
    """

    def __init__(self, step: Step, kind: type[R], about: str) -> None:
        """Ask for a step about a field of the kind."""
        self.step, self.kind, self.about = step, kind, about
        self.changing = ""

    def ask(self, thread: str, *, person: str, owner: str) -> list[Node]:
        """Return the question for the one whom it is for, or what they answered."""
        step, w, name = self.step, self.step.words, self.kind.kind
        names = {"owner": step.desk.name(owner), "other": step.desk.name(owner)}
        released = self.released(thread)
        if released:
            back = nodes.press("untell", step.common["buttons.withdraw"], thread)
            return [nodes.hint(step.common["release.done"]), nodes.actions(back)]
        mine = self.mine(thread)
        if mine and self.changing != thread:
            answer = w[f"{name}.felt.options.{mine.record.to_cells()['felt']}"]
            change = nodes.press("feel_again", step.common["buttons.change"], thread)
            tell = nodes.press("tell", w.say(f"{name}.tell", **names), thread)
            said = nodes.hint(w.say(f"{name}.yours", felt=answer, **names))
            return [said, nodes.actions(tell, change), step.may_read(thread)]
        keep = nodes.press("felt", w[f"{name}.keep"], thread)
        skip = nodes.press("skip", step.common["buttons.skip"])
        return [
            step.seen(self.kind),
            *step.locked(),
            *self._form(thread, mine).nodes(more={"felt": {"person": person}}),
            nodes.buttons(keep, skip),
        ]

    def do(self, key: str, thread: str) -> None:
        """Keep, release, change or take back what the writer felt about a thing."""
        mine = self.mine(thread)
        if key == "felt":
            if self.step.kept(self._form(thread, mine), **{self.about: thread}):
                self.changing = ""
        elif key == "feel_again":
            self.changing = thread
        elif key == "tell" and mine:
            more: dict[str, Any] = {"sealed": False, "released_from": mine.thread}
            done = self.step.common["release.done"]
            self.step.add(mine.record, author=self.step.desk.one, said=done, **more)
        elif key == "untell":
            for entry in self.released(thread):
                self.step.desk.withdraw(entry)
            reader = self.step.desk.name(self.step.desk.other)
            self.step.done(self.step.common.say("release.taken_back", reader=reader))

    def released(self, thread: str) -> list[Entry[R]]:
        """Return what was released about a thing: plain for both."""
        found = self.step.desk.journal.entries(self.kind)
        return [e for e in found if getattr(e.record, self.about) == thread and not e.sealed]

    def mine(self, thread: str) -> Entry[R] | None:
        """Return how it felt to the one who is writing, theirs alone, or None."""
        found = [
            e
            for e in self.step.desk.entries(self.kind)
            if getattr(e.record, self.about) == thread
            and e.author == self.step.desk.one
            and e.sealed
        ]
        return found[-1] if found else None

    def _form(self, thread: str, mine: Entry[R] | None) -> Writing[R]:
        return self.step.writing(self.kind, slot=thread, only=("felt",), replaces=mine)
