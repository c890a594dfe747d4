"""The steps of part 01: moments, and the draft acknowledgement. Each is for one person, alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.acknowledge import Acknowledgement, Moment
from evenground.steps.step import Step
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms import View
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


def moments() -> View:
    """Show the moments that the writer keeps, and a card to write one."""
    return Moments().view


def draft() -> View:
    """Show the draft acknowledgement, piece by piece."""
    return Draft().view


class Moments(Step):
    """Cards for single times, more than one, each changed, released or taken away by its writer."""

    part = "acknowledge"

    def __init__(self) -> None:
        """Show the list and an empty card."""
        self.editing = ""  # the thread of the moment that the card changes
        super().__init__()

    def forget_forms(self) -> None:
        """Change no moment of somebody else."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the writer's moments, a card, and what the other one released."""
        if stands := self.for_one():
            return stands
        w = self.words
        second = (
            nodes.press("cancel", self.common["buttons.cancel"])
            if self.editing
            else nodes.press("skip", self.common["buttons.skip"])
        )
        return [
            self.seen(Moment),
            *self.locked(),
            *self._list(),
            nodes.heading(w["moments.change" if self.editing else "moments.new"]),
            *self._card().nodes(),
            *self.news(),
            nodes.buttons(nodes.press("keep", w["moments.keep"]), second),
            nodes.small(w["moments.after"]),
            *self._theirs(),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep, change, release or take away a moment."""
        card = self._card()
        if key == "keep":
            if self.kept(card, self.words["moments.kept"]):
                self.editing = ""
        elif key == "change":
            self.close(card)
            self.editing = value
        elif key == "cancel":
            card.done()
            self.close(card)
            self.editing = ""
        elif key == "release":
            entry = self._own(value)
            self.add(
                entry.record,
                author=self.desk.one,
                said=self.common["release.done"],
                sealed=False,
                released_from=entry.thread,
            )
        elif key == "take_back":
            self.desk.withdraw(self._own(value))
            self.done(self.common.say("release.taken_back", reader=self.desk.name(self.desk.other)))
        elif key == "take_away":
            self.desk.withdraw(self._own(value))
            self.done(self.words["moments.taken_away"])

    def _card(self) -> Writing[Moment]:
        editing = next((e for e in self._mine() if e.thread == self.editing), None)
        return self.writing(Moment, slot=self.editing, replaces=editing)

    def _mine(self) -> list[Entry[Moment]]:
        found = self.desk.entries(Moment)
        return [e for e in found if e.author == self.desk.one and not e.released_from]

    def _own(self, thread: str) -> Entry[Moment]:
        found = self.desk.entries(Moment)
        return next(e for e in found if e.thread == thread and e.author == self.desk.one)

    def _list(self) -> list[Node]:
        mine = self._mine()
        if not mine:
            return []
        w = self.words
        released = {e.released_from: e for e in self.desk.entries(Moment) if e.released_from}
        items = []
        for entry in mine:
            copy = released.get(entry.thread)
            if copy:
                press = nodes.press("take_back", self.common["buttons.withdraw"], copy.thread)
            else:
                label = self.common.say("buttons.release", **self.desk.names())
                press = nodes.press("release", label, entry.thread)
            items.append(
                nodes.item(
                    glimpse(entry.record.act) or w["moments.untitled"],
                    when="",
                    detail=self.say("moments.released") if copy else entry.record.when,
                    actions=[
                        nodes.press("change", self.common["buttons.change"], entry.thread),
                        press,
                        nodes.press("take_away", w["moments.take_away"], entry.thread),
                    ],
                )
            )
        hint = nodes.hint(self.common["release.as_plain"])
        return [nodes.heading(w["moments.yours"]), nodes.listing(items), hint]

    def _theirs(self) -> list[Node]:
        found = [e for e in self.desk.entries(Moment) if e.author == self.desk.other]
        if not found:
            return []
        quotes = [
            nodes.quote(e.author, paragraphs(e.record.act), label=e.record.when)
            for e in found
            if e.record.act
        ]
        return [nodes.gap(), nodes.heading(self.say("moments.theirs")), *quotes]


class Draft(Step):
    """The acknowledgement, piece by piece, by the one who had more say in a moment."""

    part = "acknowledge"

    def tree(self) -> list[Node]:
        """Return six boxes with what is written so far."""
        if stands := self.for_one():
            return stands
        if self.desk.locked(self.desk.one):
            return [self.seen(Acknowledgement), *self.locked()]
        return [
            nodes.text(self.words["acknowledgements.for_whom"]),
            self.seen(Acknowledgement),
            *self._form().nodes(),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["acknowledgements.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(self.words["acknowledgements.after"]),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep the draft and go on."""
        entry = self.kept(self._form(), self.words["acknowledgements.kept"])
        if key == "keep" and entry:
            if self.desk.is_held(entry):
                self.said = self.words["acknowledgements.kept_here"]
            else:
                self.go_on()

    def _form(self) -> Writing[Acknowledgement]:
        return self.writing(Acknowledgement, replaces=own_draft(self))


def own_draft(step: Step) -> Entry[Acknowledgement] | None:
    """Return the newest draft acknowledgement of the one who is writing, or None."""
    me = step.desk.one
    found = [e for e in step.desk.entries(Acknowledgement) if e.author == me]
    return found[-1] if found else None
