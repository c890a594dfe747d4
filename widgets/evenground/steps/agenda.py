"""What to talk about: both pick, one after the other, and another one picks first each time."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.review import AgendaItem
from evenground.steps import days
from evenground.steps.checkin import opened_reviews
from evenground.steps.desk import PEOPLE, by, other
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk


def sitting(desk: Desk) -> str:
    """Return the thread of the review that was open before today: what the agenda comes after."""
    before = [r for r, _ in opened_reviews(desk) if r.record.day and r.record.day < days.today()]
    return before[-1].thread if before else ""


def first_pick(desk: Desk) -> str:
    """Return whose turn it is to pick first this time; nobody's when nothing was picked yet.

    Who picked first in the very first sitting is the only thing that anybody chose. From then on
    it goes in turns, whoever is quicker.
    """
    items = desk.journal.entries(AgendaItem)
    if not items:
        return ""
    sittings = list(dict.fromkeys(e.record.after for e in items))
    now = sitting(desk)
    turns = len(sittings) - 1 if now in sittings else len(sittings)
    first = items[0].author
    return first if turns % 2 == 0 else other(first)


def in_turns(items: list[Entry[AgendaItem]], first: str) -> list[Entry[AgendaItem]]:
    """Return the picks of the two in turns: one of each, beginning with who picks first."""
    mine = [e for e in items if e.author == first]
    theirs = [e for e in items if e.author != first]
    return [e for pair in zip_longest(mine, theirs) for e in pair if e]


class Agenda(Step):
    """The list for this time, and a line for the next pick."""

    part = "review"
    practices = ("P59",)

    def tree(self) -> list[Node]:
        """Return whose pick it is, the list in turns, and a box."""
        if not self.desk.who:
            return self.for_one() or []
        w, picker = self.words, self._picker()
        form = self.writing(AgendaItem, author=picker)
        label = w.say("agenda.ask_of", name=self.desk.name(picker))
        more = {"item": {"label": label, "person": picker, "by": picker}}
        return [
            nodes.text(self._first()),
            self.seen(AgendaItem),
            *self._list(),
            *form.nodes(("item",), more=more),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["agenda.keep"], picker),
                nodes.press("skip", self.common["buttons.go_on"]),
            ),
        ]

    def do(self, key: str, value: str) -> None:
        """Pick something, or say what became of a pick."""
        found = {e.thread: e for e in self._open()}
        if key == "keep" and value == self._picker():
            form = self.writing(AgendaItem, author=value)
            if not str(form.values.get("item") or "").strip():
                form.faults = (Fault("item", "empty", {}),)
            else:
                self.kept(form, after=sitting(self.desk))
        elif value in found and self._may_touch(found[value]):
            entry = found[value]
            if key == "talked":
                talked = entry.record.model_copy(update={"talked": days.today()})
                self.desk.add(talked, author=entry.author, replaces=entry)
            elif key == "take_away":
                self.desk.withdraw(entry)
            self.done()

    def _may_touch(self, entry: Entry[AgendaItem]) -> bool:
        return self.desk.who in (entry.author, BOTH)

    def _open(self) -> list[Entry[AgendaItem]]:
        return [e for e in self.desk.journal.entries(AgendaItem) if not e.record.talked]

    def _picker(self) -> str:
        """Return whose pick is next: the writer's own, or in turns when both are here."""
        if self.desk.one:
            return self.desk.one
        first = first_pick(self.desk) or PEOPLE[days.today().toordinal() % 2]
        here = [e for e in self._open() if e.record.after == sitting(self.desk)]
        counts = {p: sum(e.author == p for e in here) for p in PEOPLE}
        return first if counts[first] <= counts[other(first)] else other(first)

    def _first(self) -> str:
        first = first_pick(self.desk)
        if not first:
            return self.words["agenda.anyone"]
        return self.words.say("agenda.first", first=self.desk.name(first))

    def _list(self) -> list[Node]:
        w = self.words
        items = []
        for entry in in_turns(self._open(), first_pick(self.desk)):
            presses = [
                nodes.press("talked", w["agenda.talked"], entry.thread),
                nodes.press("take_away", w["own.take_away"], entry.thread),
            ]
            presses = presses if self._may_touch(entry) else []
            detail = self.desk.name(entry.author)
            item = entry.record.item
            items.append(nodes.item(item, detail=detail, by=by(entry.author), actions=presses))
        return [nodes.listing(items)] if items else [nodes.hint(w["agenda.none"])]
