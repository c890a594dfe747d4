"""Ground rules: each picks alone, and the ones that both picked hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import content
from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.listen import RULES, AgreedRules, GroundRules
from evenground.steps.both import BothAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk


def agreed(desk: Desk) -> list[str]:
    """Return the rules that hold, as sentences."""
    found = desk.entries(AgreedRules)
    if not found:
        return []
    w = content.words("listen")
    record = found[-1].record
    own = [line for line in record.also.split("\n") if line.strip()]
    return [*(w[f"ground_rules.rules.options.{key}"] for key in record.rules), *own]


class Rules(BothAnswer[GroundRules]):
    """Each person's picks, sealed until both are in; then the ones in common, as a banner."""

    part = "listen"
    kind = GroundRules
    keep_label = "ground_rules.keep"
    one_by_one = True
    practices: ClassVar[tuple[str, ...]] = ("P20",)

    def opened(self) -> list[Node] | None:
        """Return the rules that both picked, and what each suggested besides."""
        found = self.desk.entries(AgreedRules)
        if not found:
            return None
        rules = agreed(self.desk)
        shown = (
            [nodes.panel(self.words["ground_rules.agreed"], rules)]
            if rules
            else [nodes.text(self.words["ground_rules.none_shared"])]
        )
        buttons = nodes.buttons(
            nodes.press("skip", self.common["buttons.go_on"]),
            nodes.press("again", self.words["ground_rules.pick_again"]),
        )
        return [*shown, *self._suggested(found[-1]), *self.news(), buttons]

    def open_both(self, answers: Mapping[str, Entry[GroundRules]]) -> None:
        """Write the rules that both picked; hold their own rules ready to be added."""
        one, two = (set(entry.record.rules) for entry in answers.values())
        for entry in answers.values():
            if entry.record.own_rule:
                self.desk.add(
                    GroundRules(own_rule=entry.record.own_rule),
                    author=entry.author,
                    sealed=False,
                    released_from=entry.thread,
                )
        both = tuple(rule for rule in RULES if rule in one & two)
        self.add(AgreedRules(rules=both), author=BOTH)
        for entry in answers.values():
            self.desk.withdraw(entry)
        self.desk.changed()

    def do_more(self, key: str, value: str) -> None:
        """Add a rule that one of them suggested, or begin anew."""
        found = self.desk.entries(AgreedRules)
        if key == "add" and found:
            old = found[-1].record
            also = "\n".join(line for line in (old.also, value) if line)
            new = AgreedRules(rules=old.rules, also=also)
            self.add(new, author=BOTH, replaces=found[-1])
        elif key == "again" and found:
            self.desk.withdraw(found[-1])
            for entry in self.desk.journal.entries(GroundRules):
                self.desk.withdraw(entry)
            self.done()

    def _suggested(self, rules: Entry[AgreedRules]) -> list[Node]:
        lines = []
        for entry in self.desk.journal.entries(GroundRules):
            own = entry.record.own_rule
            if entry.released_from and own and own not in rules.record.also.split("\n"):
                from_whom = self.words.say(
                    "ground_rules.own_from", name=self.desk.name(entry.author)
                )
                add = nodes.press("add", self.words["ground_rules.add"], own)
                lines.append(nodes.item(own, detail=from_whom, by=entry.author, actions=[add]))
        return [nodes.listing(lines)] if lines else []
