"""Limits: three lists, each its writer's own. Narrowed at once and alone; widened by both.

What is asked today about a wider limit, and what came of it, is in `limit_asks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.forms.view import SAME, Kept
from evenground.records.declaration import Fault
from evenground.records.limits import LEVELS, Limit, LimitOpening
from evenground.steps import closed_topics, days, limit_lines
from evenground.steps.asked_again import again_said
from evenground.steps.limit_asks import AsksToday
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.limit_lines import Line


class Limits(Step):
    """One person's own lists, what the other one lets them see, and what is asked today."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P40", "P58")

    def __init__(self) -> None:
        """Show the lists, with nothing asked."""
        self.today = AsksToday(self)
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no boxes for somebody else; what is asked of them stays on this page."""
        super().forget_forms()
        self.today.put_away()

    def tree(self) -> list[Node]:
        """Return the lists of whoever is here."""
        w = self.words
        if stands := self.for_one():
            return [*stands, nodes.small(w["limits.after"])]
        form = self.writing(Limit)
        names = ["item", "level"]
        if form.values.get("level") == "sometimes":
            names.append("condition")
        if closed_topics.is_open(self.desk, self.desk.one):
            names.insert(1, "topic")
        return [
            self.seen(Limit),
            *self.locked(),
            *self.today.shown(),
            *form.nodes(names),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["limits.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self._mine(),
            *self._others(),
            *closed_topics.switch(self.desk),
            nodes.small(w["limits.after"]),
        ]

    def do(self, key: str, value: str) -> None:
        """Write a line, narrow it, release it, or ask for more room together."""
        lines = {line.thread: line for line in limit_lines.mine(self.desk)}
        if key == "keep":
            form = self.writing(Limit)
            if not form.values.get("level"):
                form.faults = (Fault("level", "choose_one", {}),)
            else:
                topic = form.values.get("topic") or "everyday"
                self.kept(form, self.words["limits.kept"], topic=topic)
        elif key == "closeness":
            closed_topics.turn(self.desk, self.desk.one)
        elif key in LEVELS and value in lines:
            self._narrow(lines[value], key)
        elif key in ("release", "take_back", "take_out", "widen") and value in lines:
            self._more(lines[value], key)
        elif key == "ask":
            self.today.ask(lines)
        elif key == "not_now":
            self.today.put_away()
        elif key in ("agree", "refuse", "unask"):
            self.today.answer(key, value)
        elif key == "end":
            self._end(value)

    def on_input(self, name: str, value: object) -> Kept:
        """Hold what is typed into an ask or a no on this page alone."""
        if not self.today.mine(name):
            return super().on_input(name, value)
        if self.today.put(name, value):
            self.refresh()
        return SAME

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.today.take(values)
        return super()._press(key, value, values)

    # What is shown ------------------------------------------------------------------------------

    def _mine(self) -> list[Node]:
        w, shown = self.words, []
        for level in LEVELS:
            lines = [
                line
                for line in limit_lines.mine(self.desk)
                if line.record.level == level and closed_topics.shown(self.desk, line.record.topic)
            ]
            if lines:
                shown.append(nodes.heading(w[f"limits.lists.{level}"]))
                shown.append(nodes.listing([self._line(line) for line in lines]))
                for line in lines:
                    shown += self.today.widen(line)
        return shown

    def _line(self, line: Line) -> Node:
        w, record, thread = self.words, line.record, line.thread
        at = LEVELS.index(record.level)
        made = [nodes.press(level, w[f"limits.narrow.{level}"], thread) for level in LEVELS[:at]]
        opening = limit_lines.opening(self.desk, line.released)
        if line.released is None:
            made.append(nodes.press("release", self.to_other("buttons.release"), thread))
            made.append(nodes.press("take_out", w["limits.take_out"], thread))
        else:
            made.append(nodes.press("take_back", self.common["buttons.withdraw"], thread))
            if opening:
                made.insert(0, nodes.press("end", w["limits.end_now"], line.released.thread))
            elif at < len(LEVELS) - 1 and self.today.may_ask(line):
                made.append(nodes.press("widen", w["limits.widen"], thread))
        return nodes.item(
            record.item,
            detail=" ".join([record.condition, *self._about(line.released)]).strip(),
            aside=self.to_other("limits.released") if line.released else "",
            actions=made,
        )

    def _about(self, released: Entry[Limit] | None) -> list[str]:
        """Return in sentences that a line is wider for a time, was, or was refused."""
        if released is None:
            return []
        w, said = self.words, []
        opening = limit_lines.opening(self.desk, released)
        ended = limit_lines.ended(self.desk, released)
        if opening:
            level = w[f"limits.level.options.{opening.record.level}"]
            date_ = days.said(opening.record.until)
            said += [w.say("limits.wider", level=level, date=date_), w["limits.no_yes"]]
        elif ended:
            said.append(w.say("limits.ended", date=days.said(ended.record.until)))
        refused = limit_lines.refusal(self.desk, released)
        if refused and not opening:
            said.append(again_said(refused.record.again, refused.record.again_on))
        return said

    def _others(self) -> list[Node]:
        found = [
            e
            for e in limit_lines.released(self.desk)
            if e.author == self.desk.other and closed_topics.shown(self.desk, e.record.topic)
        ]
        if not found:
            return []
        w = self.words
        items = []
        for entry in found:
            level = w[f"limits.level.options.{entry.record.level}"]
            open_ = limit_lines.opening(self.desk, entry)
            end = [nodes.press("end", w["limits.end_now"], entry.thread)] if open_ else []
            said = [f"{level}.", entry.record.condition, *self._about(entry)]
            items.append(
                nodes.item(
                    entry.record.item,
                    detail=" ".join(filter(None, said)),
                    by=entry.author,
                    actions=end,
                )
            )
        return [nodes.heading(self.to_other("limits.theirs")), nodes.listing(items)]

    def to_other(self, key: str) -> str:
        """Return a sentence with the name of the other one in it."""
        words = self.common if key.startswith("buttons.") else self.words
        return words.say(key, other=self.desk.name(self.desk.other))

    # What happens -------------------------------------------------------------------------------

    def _narrow(self, line: Line, level: str) -> None:
        """Narrow a line at once: no question, no wait, and nobody else is needed."""
        if LEVELS.index(level) >= LEVELS.index(line.record.level):
            return
        self._end(line.released.thread if line.released else "")
        limit_lines.write(self.desk, line, line.record.model_copy(update={"level": level}))
        key = "limits.narrowed" if line.released else "limits.narrowed_alone"
        self.done(self.to_other(key) if line.released else self.words[key])

    def _more(self, line: Line, key: str) -> None:
        if key == "release" and line.own and line.released is None:
            self.add(
                line.own.record,
                author=self.desk.one,
                said=self.common["release.done"],
                sealed=False,
                released_from=line.own.thread,
            )
        elif key == "take_back" and line.released:
            self._end(line.released.thread)
            self.desk.withdraw(line.released)
            reader = self.desk.name(self.desk.other)
            self.done(self.common.say("release.taken_back", reader=reader))
        elif key == "take_out" and line.own and line.released is None:
            self.desk.withdraw(line.own)
            self.done()
        elif key == "widen" and line.released and self.today.may_ask(line):
            self.today.begin(line)

    def _end(self, thread: str) -> None:
        """End what is open on a line, at once; either of the two can."""
        for entry in self.desk.journal.entries(LimitOpening):
            if thread and entry.record.limit == thread:
                self.desk.withdraw(entry)
        self.today.drop(thread)
        self.done(self.words["limits.ended_now"])
