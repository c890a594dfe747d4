"""The pace of hard topics, set by each alone. The other one sees "not for now", and no reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import content
from evenground.forms import nodes
from evenground.records.acknowledge import TOPICS, NotForNow, Pace
from evenground.steps.desk import PEOPLE, Desk
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


def not_for_now(desk: Desk) -> list[Node]:
    """Return the topics that each leaves closed for now, person by person, with no reason."""
    w = content.words("acknowledge")
    lines = []
    for person in PEOPLE:
        found = [e for e in desk.entries(NotForNow) if e.author == person]
        if found and found[-1].record.topics:
            topics = ", ".join(w[f"paces.topics.{key}"] for key in found[-1].record.topics)
            lines.append(w.say("paces.not_for_now", name=desk.name(person), topic=topics))
    return [nodes.panel(w["paces.closed"], lines)] if lines else []


class SetPace(Step):
    """Three rows of topics: not for now, write only, with a helper."""

    part = "acknowledge"
    practices: ClassVar[tuple[str, ...]] = ("P12",)

    def tree(self) -> list[Node]:
        """Return the three rows, and what stands closed for both."""
        if stands := self.for_one():
            return [*stands, *not_for_now(self.desk)]
        if self.desk.locked(self.desk.one):
            return [self.seen(Pace), *self.locked(), *not_for_now(self.desk)]
        w = self.words
        topics = [nodes.option(key, w[f"paces.topics.{key}"]) for key in TOPICS]
        names = ("not_now", "write_only", "helper")
        form = self._form()
        asked = form.nodes(more={name: {"options": topics} for name in names})
        end = [
            nodes.hint(self.say("paces.other_sees")),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["paces.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]
        return [
            self.seen(Pace),
            *nodes.one_by_one(asked, end, key=form.key),
            *not_for_now(self.desk),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep the pace for its writer, and the topics, with no reason, for both."""
        if key != "keep" or not self.desk.one:
            return
        form = self._form()
        if form.unchanged():
            self.go_on()
            return
        entry = self.kept(form, self.words["paces.kept"])
        if entry:
            self._close_topics(entry)
            self.desk.changed()

    def _close_topics(self, entry: Entry[Pace]) -> None:
        record, me = entry.record, self.desk.one
        closed = {*record.not_now, *record.write_only, *record.helper}
        topics = tuple(key for key in TOPICS if key in closed)
        old = [e for e in self.desk.entries(NotForNow) if e.author == me]
        before = old[-1] if old else None
        if topics or before:
            new = NotForNow(topics=topics)
            if before is None or before.record != new:
                self.desk.add(new, author=me, replaces=before)

    def _form(self) -> Writing[Pace]:
        mine = [e for e in self.desk.entries(Pace) if e.author == self.desk.one]
        form = self.writing(Pace, replaces=mine[-1] if mine else None)
        form.replaces = mine[-1] if mine else None
        return form
