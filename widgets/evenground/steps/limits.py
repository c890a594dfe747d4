"""Limits: three lists, each its writer's own. Narrowed at once and alone; widened by both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from evenground.forms import mistake, nodes
from evenground.forms.view import SAME, Kept
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH, Entry
from evenground.records.limits import LEVELS, Limit, LimitNo, LimitOpening
from evenground.steps import closed_topics, days, limit_lines
from evenground.steps.asked_again import again_fields, again_said, read_again
from evenground.steps.desk import by
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.limit_lines import Line

LONGEST = timedelta(days=90)  # nothing stays wider for longer than that


@dataclass
class Ask:
    """That a limit be wider for a time, asked by its writer. It is in the memory of the page."""

    level: str
    until: date
    asked_on: date
    by: str


@dataclass
class Typed:
    """What stands in the boxes of an ask or a no; held by the page and kept nowhere."""

    values: dict[str, object] = field(default_factory=dict)
    fault: str = ""


class Limits(Step):
    """One person's own lists, what the other one lets them see, and what is asked today."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P40", "P58")

    def __init__(self) -> None:
        """Show the lists, with nothing asked."""
        self.asks: dict[str, Ask] = {}  # by the thread of the released line; never on disk
        self.widening = ""
        self.typed = Typed()
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no boxes for somebody else; what is asked of them stays on this page."""
        super().forget_forms()
        self.widening, self.typed = "", Typed()

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
            *self._asked_of_me(),
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
            self._ask(lines)
        elif key == "not_now":
            self.widening, self.typed = "", Typed()
        elif key in ("agree", "refuse", "unask"):
            self._answer(key, value)
        elif key == "end":
            self._end(value)

    def on_input(self, name: str, value: object) -> Kept:
        """Hold what is typed into an ask or a no on this page alone."""
        if not name.startswith("today."):
            return super().on_input(name, value)
        self.typed.values[name.removeprefix("today.")] = value
        self.typed.fault = ""
        if name == "today.again":
            self.refresh()
        return SAME

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        for name, given in values.items():
            if name.startswith("today."):
                self.typed.values[name.removeprefix("today.")] = given
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
                    if line.thread == self.widening:
                        shown += self._widen(line)
        return shown

    def _line(self, line: Line) -> Node:
        w, record, thread = self.words, line.record, line.thread
        at = LEVELS.index(record.level)
        made = [nodes.press(level, w[f"limits.narrow.{level}"], thread) for level in LEVELS[:at]]
        opening = limit_lines.opening(self.desk, line.released)
        if line.released is None:
            made.append(nodes.press("release", self._to_other("buttons.release"), thread))
            made.append(nodes.press("take_out", w["limits.take_out"], thread))
        else:
            made.append(nodes.press("take_back", self.common["buttons.withdraw"], thread))
            if opening:
                made.insert(0, nodes.press("end", w["limits.end_now"], line.released.thread))
            elif at < len(LEVELS) - 1 and self._may_ask(line):
                made.append(nodes.press("widen", w["limits.widen"], thread))
        return nodes.item(
            record.item,
            detail=" ".join([record.condition, *self._about(line.released)]).strip(),
            aside=self._to_other("limits.released") if line.released else "",
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
        return [nodes.heading(self._to_other("limits.theirs")), nodes.listing(items)]

    def _widen(self, line: Line) -> list[Node]:
        w, at = self.words, LEVELS.index(line.record.level)
        options = [nodes.option(k, w[f"limits.level.options.{k}"]) for k in LEVELS[at + 1 :]]
        values = self.typed.values
        until = nodes.field(
            "today.until",
            "date",
            w["limits.until"],
            value=values.get("until"),
            error=self.typed.fault,
        )
        return [
            nodes.text(w["limits.today"]),
            nodes.field(
                "today.level",
                "choice",
                w["limits.wider_to"],
                value=values.get("level"),
                options=options,
            ),
            until,
            nodes.hint(w["limits.no_yes"]),
            nodes.buttons(
                nodes.press("ask", w["limits.buttons.ask"], line.thread),
                nodes.press("not_now", self.common["buttons.not_now"]),
            ),
        ]

    def _asked_of_me(self) -> list[Node]:
        """Return what is asked today: of the other one, or by whoever is here."""
        w, shown = self.words, []
        released = {e.thread: e for e in limit_lines.released(self.desk)}
        for thread, ask in self._fresh().items():
            entry = released.get(thread)
            if entry is None or not closed_topics.shown(self.desk, entry.record.topic):
                continue
            level = w[f"limits.level.options.{ask.level}"]
            fill = {"name": self.desk.name(ask.by), "level": level, "date": days.said(ask.until)}
            shown.append(nodes.quote(by(entry.author), [entry.record.item]))
            if ask.by == self.desk.one:
                shown.append(nodes.text(self._to_other("limits.asked")))
                shown.append(nodes.actions(nodes.press("unask", w["limits.unask"], thread)))
                continue
            shown.append(nodes.text(w.say("limits.asks", **fill)))
            shown.append(nodes.hint(w["limits.no_yes"]))
            shown += again_fields("today.", self.typed.values)
            shown.append(
                nodes.buttons(
                    nodes.press("agree", w["limits.buttons.agree"], thread),
                    nodes.press("refuse", self.common["buttons.not_now"], thread),
                )
            )
        return shown

    def _to_other(self, key: str) -> str:
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
        self.done(self._to_other(key) if line.released else self.words[key])

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
        elif key == "widen" and line.released and self._may_ask(line):
            self.widening, self.typed = line.thread, Typed()

    def _ask(self, lines: dict[str, Line]) -> None:
        """Ask for more room until a day: in the memory of this page, for today alone."""
        line = lines.get(self.widening)
        values, today = self.typed.values, days.today()
        if line is None or line.released is None:
            return
        wider = LEVELS[LEVELS.index(line.record.level) + 1 :]
        try:
            until = date.fromisoformat(str(values.get("until") or ""))
        except ValueError:
            self.typed.fault = mistake(Fault("until", "needs_day", {}))
            return
        if not today <= until <= today + LONGEST:
            self.typed.fault = mistake(Fault("until", "too_far", {}))
            return
        if values.get("level") not in wider:
            self.typed.fault = mistake(Fault("until", "choose_one", {}))
            return
        self.asks[line.released.thread] = Ask(str(values["level"]), until, today, self.desk.one)
        self.widening, self.typed = "", Typed()

    def _answer(self, key: str, thread: str) -> None:
        ask = self._fresh().get(thread)
        if ask is None:
            return
        if key == "unask" and ask.by == self.desk.one:
            del self.asks[thread]
        elif key == "agree" and ask.by == self.desk.other:
            del self.asks[thread]
            opening = LimitOpening(limit=thread, level=ask.level, until=ask.until)
            self.add(opening, author=BOTH, said=self.words["limits.no_yes"])
        elif key == "refuse" and ask.by == self.desk.other:
            again, on, fault = read_again(self.typed.values)
            if fault:
                self.typed.fault = fault
                return
            del self.asks[thread]
            no = LimitNo(limit=thread, again=again, again_on=on)
            self.add(no, author=self.desk.one, said=self.words["limits.stays"])
            self.typed = Typed()

    def _end(self, thread: str) -> None:
        """End what is open on a line, at once; either of the two can."""
        for entry in self.desk.journal.entries(LimitOpening):
            if thread and entry.record.limit == thread:
                self.desk.withdraw(entry)
        self.asks.pop(thread, None)
        self.done(self.words["limits.ended_now"])

    def _fresh(self) -> dict[str, Ask]:
        return {t: ask for t, ask in self.asks.items() if ask.asked_on == days.today()}

    def _may_ask(self, line: Line) -> bool:
        refused = limit_lines.refusal(self.desk, line.released) if line.released else None
        if refused is None:
            return line.released is not None and line.released.thread not in self._fresh()
        on = refused.record.again_on if refused.record.again == "from" else None
        return bool(on and on <= days.today())
