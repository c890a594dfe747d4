"""More room for a limit, asked today until a day. The ask is in the memory of the page alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from evenground.forms import mistake, nodes
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.limits import LEVELS, LimitNo, LimitOpening
from evenground.steps import closed_topics, days, limit_lines
from evenground.steps.asked_again import again_fields, read_again
from evenground.steps.desk import by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.steps.limit_lines import Line
    from evenground.steps.limits import Limits

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


class AsksToday:
    """The asks of a page, and what stands in their boxes. None of it is written to a file."""

    def __init__(self, step: Limits) -> None:
        """Begin with nothing asked."""
        self.step = step
        self.asks: dict[str, Ask] = {}  # by the thread of the released line
        self.put_away()

    def put_away(self) -> None:
        """Shut the boxes; what is asked stays."""
        self.widening, self.typed = "", Typed()

    def begin(self, line: Line) -> None:
        """Open the boxes for a line."""
        self.widening, self.typed = line.thread, Typed()

    def drop(self, thread: str) -> None:
        """Ask no more about a line."""
        self.asks.pop(thread, None)

    def mine(self, name: str) -> bool:
        """Return whether a field of the page is one of these boxes."""
        return name.startswith("today.")

    def put(self, name: str, value: object) -> bool:
        """Hold what was typed; return whether other boxes come or go with it."""
        self.typed.values[name.removeprefix("today.")] = value
        self.typed.fault = ""
        return name == "today.again"

    def take(self, values: Mapping[str, object]) -> None:
        """Hold all that stands in the boxes, as a button sends it along."""
        for name, given in values.items():
            if self.mine(name):
                self.typed.values[name.removeprefix("today.")] = given

    # What is shown ------------------------------------------------------------------------------

    def shown(self) -> list[Node]:
        """Return what is asked today: of the other one, or by whoever is here."""
        w, shown = self.step.words, []
        released = {e.thread: e for e in limit_lines.released(self.step.desk)}
        for thread, ask in self.fresh().items():
            entry = released.get(thread)
            if entry is None or not closed_topics.shown(self.step.desk, entry.record.topic):
                continue
            level = w[f"limits.level.options.{ask.level}"]
            fill = {
                "name": self.step.desk.name(ask.by),
                "level": level,
                "date": days.said(ask.until),
            }
            shown.append(nodes.quote(by(entry.author), [entry.record.item]))
            if ask.by == self.step.desk.one:
                shown.append(nodes.text(self.step.to_other("limits.asked")))
                shown.append(nodes.actions(nodes.press("unask", w["limits.unask"], thread)))
                continue
            shown.append(nodes.text(w.say("limits.asks", **fill)))
            shown.append(nodes.hint(w["limits.no_yes"]))
            shown += again_fields("today.", self.typed.values)
            shown.append(
                nodes.buttons(
                    nodes.press("agree", w["limits.buttons.agree"], thread),
                    nodes.press("refuse", self.step.common["buttons.not_now"], thread),
                )
            )
        return shown

    def widen(self, line: Line) -> list[Node]:
        """Return how much wider and until when, for the line that is about to be asked about."""
        if line.thread != self.widening:
            return []
        w, at = self.step.words, LEVELS.index(line.record.level)
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
                nodes.press("not_now", self.step.common["buttons.not_now"]),
            ),
        ]

    # What happens -------------------------------------------------------------------------------

    def ask(self, lines: dict[str, Line]) -> None:
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
        self.asks[line.released.thread] = Ask(
            str(values["level"]), until, today, self.step.desk.one
        )
        self.widening, self.typed = "", Typed()

    def answer(self, key: str, thread: str) -> None:
        """Take an ask back, agree to it, or say no."""
        ask = self.fresh().get(thread)
        if ask is None:
            return
        if key == "unask" and ask.by == self.step.desk.one:
            del self.asks[thread]
        elif key == "agree" and ask.by == self.step.desk.other:
            del self.asks[thread]
            opening = LimitOpening(limit=thread, level=ask.level, until=ask.until)
            self.step.add(opening, author=BOTH, said=self.step.words["limits.no_yes"])
        elif key == "refuse" and ask.by == self.step.desk.other:
            again, on, fault = read_again(self.typed.values)
            if fault:
                self.typed.fault = fault
                return
            del self.asks[thread]
            no = LimitNo(limit=thread, again=again, again_on=on)
            self.step.add(no, author=self.step.desk.one, said=self.step.words["limits.stays"])
            self.typed = Typed()

    def fresh(self) -> dict[str, Ask]:
        """Return what was asked today: tomorrow it is gone."""
        return {t: ask for t, ask in self.asks.items() if ask.asked_on == days.today()}

    def may_ask(self, line: Line) -> bool:
        """Return whether a line can be asked about: not twice, and not after a no that holds."""
        refused = limit_lines.refusal(self.step.desk, line.released) if line.released else None
        if refused is None:
            return line.released is not None and line.released.thread not in self.fresh()
        on = refused.record.again_on if refused.record.again == "from" else None
        return bool(on and on <= days.today())
