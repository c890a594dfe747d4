"""The steps of part 00: who is here, what is due, names, passphrases, values, the next date."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import in_use
from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.start import Touchstones
from evenground.steps import days, due
from evenground.steps.cover import who_is_here
from evenground.steps.meeting import NextTime, next_time
from evenground.steps.names import Names
from evenground.steps.passphrase import Passphrase, Resting
from evenground.steps.step import Step
from evenground.steps.yours import Yours

if TYPE_CHECKING:
    from evenground.forms import View
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing


def home() -> View:
    """Show who is here, where the two of them are, what has a date, and when they next meet."""
    return Home().view


def names() -> View:
    """Show the boxes for the two names."""
    return Names().view


def passphrase() -> View:
    """Show how each of them sets a passphrase for private pages."""
    return Passphrase().view


def rest() -> View:
    """Show after how long private pages close when nobody writes."""
    return Resting().view


def yours() -> View:
    """Show how to take a copy along, and how to take words out."""
    return Yours().view


def touchstones() -> View:
    """Show the boxes for what consent, safety and fairness mean to them."""
    return Values().view


def meeting() -> View:
    """Show the next time together, and its calendar file."""
    return NextTime().view


class Home(Step):
    """The first page of the workbook for people who come back."""

    part = "start"

    def tree(self) -> list[Node]:
        """Return who is here, the parts and what is due; a way to begin when nobody has a name."""
        w = self.words
        if not self.desk.has_names():
            begin = nodes.press("begin", w["home.begin"])
            return [nodes.level(), nodes.text(w["home.first"]), nodes.buttons(begin)]
        return [
            nodes.level(),
            *(nodes.hint(note.sentence) for note in self.desk.journal.notes()),
            nodes.heading(w["who.label"]),
            nodes.buttons(*who_is_here(self.desk)),
            nodes.heading(w["where.title"]),
            nodes.listing(self._parts()),
            nodes.hint(w["where.after"]),
            nodes.heading(w["due.title"]),
            *self._due(),
            nodes.heading(w["meetings.title"]),
            *next_time(self),
        ]

    def do(self, key: str, value: str) -> None:
        """Let somebody sit down, let a pause go, or lead on."""
        if key == "sit":
            self.desk.sit_down(value)
        elif key == "let_go":
            due.let_go(self.desk.journal)
            self.desk.changed()
        elif key == "move":
            self.view.go("when-you-next-meet")
        elif key == "begin":
            self.view.go("is-this-right-for-us")

    def _parts(self) -> list[Node]:
        w = self.words
        here = due.left_off(self.desk.journal)
        return [
            nodes.item(
                w[f"where.{number}"],
                when=number,
                detail=w[f"where.{number}_detail"],
                href=in_use.FILES[part],
                tag=w["where.left_off"] if number == here else "",
            )
            for part in in_use.parts()
            for number in (due.NUMBERS[part],)
        ]

    def _due(self) -> list[Node]:
        found = due.dates(self.desk.journal, days.today(), self.desk.names())
        if not found:
            return [nodes.text(self.words["due.none"])]
        let_go = nodes.press("let_go", self.words["pauses.let_go"])
        items = [
            nodes.item(
                d.title,
                when=days.short(d.day),
                detail=d.detail,
                by=d.by,
                actions=[let_go] if d.pause else [],
            )
            for d in found
        ]
        return [nodes.listing(items)]


class Values(Step):
    """What consent, safety and fairness mean to the two of them."""

    part = "start"
    practices: ClassVar[tuple[str, ...]] = ("P54",)

    def tree(self) -> list[Node]:
        """Return three boxes with what was written."""
        return [
            self.seen(Touchstones),
            *self._form().nodes(),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["touchstones.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep what was written and go on."""
        if key == "keep" and self.kept(self._form(), self.words["touchstones.kept"]):
            self.go_on()

    def _form(self) -> Writing[Touchstones]:
        written = self.desk.journal.entries(Touchstones)
        replaces = written[-1] if written else None
        return self.writing(Touchstones, author=BOTH, replaces=replaces)
