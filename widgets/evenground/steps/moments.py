"""Moments, told as a camera would. What goes with one is asked on the pages that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.acknowledge import Moment
from evenground.steps.cards import Cards
from evenground.steps.desk import by
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class Moments(Cards[Moment]):
    """Cards for single times. The newest one is at hand on the pages that follow."""

    part = "acknowledge"
    kind = Moment
    only = ("areas", "when", "act", "camera", "asked")
    practices: ClassVar[tuple[str, ...]] = ("P2",)

    def title(self, record: Moment) -> str:
        """Return the first words of what happened."""
        return glimpse(record.act)

    def detail(self, record: Moment) -> str:
        """Return when it was."""
        return record.when

    def told(self, entry: Entry[Moment]) -> list[Node]:
        """Return a moment that the other one released."""
        w, record = self.words, entry.record
        names = {"name": self.desk.name(entry.author), "other": self.desk.name(self.desk.one)}
        lines = []
        if record.asked:
            lines.append(w[f"moments.asked.options.{record.asked}"])
        if record.role:
            lines.append(w.say(f"moments.stood.{record.role}", **names))
        if record.feelings or record.feeling_words:
            felt = "guess" if record.whose == "guess" else "mine"
            lines.append(w.say(f"moments.felt.{felt}", felt=self._felt(record), **names))
        if record.narrowed:
            table = "narrowed_more" if record.role == "more" else "narrowed"
            named = [w.say(f"moments.{table}.options.{key}", **names) for key in record.narrowed]
            lines.append(w.say("moments.narrowed_was", what=", ".join(named)))
        words = [*paragraphs(record.act), *paragraphs(record.how)]
        quote = nodes.quote(by(entry.author), words, label=record.when)
        return [quote, *(nodes.hint(line) for line in lines)]

    def was_kept(self, entry: Entry[Moment]) -> None:
        """Take it along to the pages that follow, when it can be found again there."""
        self.desk.chosen[Moment.kind] = entry.thread
        self.desk.changed()

    def before(self) -> list[Node]:
        """Return a way on with the moment at hand, once there is one."""
        if not self.mine() or self.editing:
            return []
        go = nodes.press("skip", self.words["moments.go_on"])
        return [nodes.buttons(go)]

    def card(self) -> Writing[Moment]:
        """Return the card; what the later pages hold of a moment stays as it is."""
        form = super().card()
        if form.replaces:
            form.carried = others(form.replaces, self.only)
        return form

    def _felt(self, record: Moment) -> str:
        words = [
            self.words[f"moments.feelings.options.{key}"]
            for key in record.feelings
            if key != "other" or not record.feeling_words
        ]
        return ", ".join([*words, *([record.feeling_words] if record.feeling_words else [])])


def others(entry: Entry[Moment], only: tuple[str, ...] | None) -> dict[str, object]:
    """Return what a moment holds on other pages, as a form's values."""
    return {n: v for n, v in entry.record.to_form().items() if n not in (only or ())}
