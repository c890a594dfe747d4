"""Promises that run: few at a time, each with its end, and a smaller version at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.amends import AgreedMost, MostLive
from evenground.records.entry import BOTH, Entry
from evenground.steps import days
from evenground.steps.both import BothAnswer
from evenground.steps.promises import Agreeing
from evenground.steps.standing import State, most_live

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.steps.standing import Standing


class Running(Agreeing):
    """What runs and what is next. Earlier ones stay readable below."""

    practices: ClassVar[tuple[str, ...]] = ("P52", "P25")

    def tree(self) -> list[Node]:
        """Return the promises that both agreed to, and those that ended."""
        w, found = self.words, list(self.standings().values())
        live = [s for s in found if s.state is State.LIVE]
        after = [s for s in found if s.state is State.NEXT]
        over = [s for s in found if s.state in (State.ENDED, State.TAKEN_AWAY)]
        shown: list[Node] = [] if live else [nodes.text(w["amends.none_live"])]
        for s in live:
            shown += [*self.told(s), *self._smaller(s), *self.ask_owner(s), *self.actions(s)]
            shown.append(nodes.gap())
        most = most_live(self.desk.journal)
        if len(live) >= most:
            three = most == len(("one", "two", "three"))
            shown.append(nodes.text(w["amends.three" if three else "amends.five"]))
        if after:
            shown.append(nodes.heading(w["amends.after_these"]))
            for s in after:
                shown += [*self.told(s), *self.actions(s)]
        shown += self._one_kind(live)
        if over:
            lines = [
                nodes.item(
                    s.promise.record.title or w["amends.untitled"],
                    detail=" ".join(self.status(s)[:1]),
                    by=s.owner,
                )
                for s in over
            ]
            shown.append(nodes.details(w["amends.earlier"], nodes.listing(lines)))
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        return [*shown, *self.news(), go_on]

    def _smaller(self, s: Standing) -> list[Node]:
        if not self.desk.one:
            return []
        change = nodes.press("change", self.words["amends.smaller_change"], s.promise.thread)
        lines = nodes.panel("", self.words.lines("amends.smaller_lines"))
        return [nodes.details(self.words["amends.smaller"], lines, nodes.actions(change))]

    def _one_kind(self, live: list[Standing]) -> list[Node]:
        kinds = {s.promise.record.type for s in live if s.promise.record.type}
        if len(live) > 1 and kinds in ({"practical"}, {"feeling"}):
            return [nodes.hint(self.words[f"amends.only_{kinds.pop()}"])]
        return []


class MoreThanThree(BothAnswer[MostLive]):
    """Whether more than three run at a time: each says so alone, and both are opened."""

    part = "amends"
    kind = MostLive
    keep_label = "amends_most.keep"
    practices: ClassVar[tuple[str, ...]] = ("P52",)

    def opened(self) -> list[Node] | None:
        """Return what holds, once both have opened their answers."""
        found = self.desk.entries(AgreedMost)
        if not found:
            return None
        key = "five" if found[-1].record.most == "five" else "stays"
        text = self.words.say(f"amends_most.{key}", date=days.said(found[-1].written))
        again = nodes.press("again", self.words["amends_most.again"])
        return [nodes.text(text), *self.news(), nodes.actions(again)]

    def open_both(self, answers: Mapping[str, Entry[MostLive]]) -> None:
        """Keep what holds, and neither answer."""
        more = all(entry.record.most == "five" for entry in answers.values())
        self.add(AgreedMost(most="five" if more else "three"), author=BOTH)
        for entry in answers.values():
            self.desk.withdraw(entry)
        self.desk.changed()

    def do_more(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Ask anew; until both have answered it is three."""
        if key == "again":
            for entry in self.desk.entries(AgreedMost):
                self.desk.withdraw(entry)
            self.done()
