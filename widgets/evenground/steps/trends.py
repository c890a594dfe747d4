"""The charts, drawn from what both have opened. Altair is imported when one is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.charts import promises as timeline
from evenground.charts.answers import Answer, Names
from evenground.charts.gap import gap
from evenground.forms import Kept, nodes
from evenground.forms.view import SAME
from evenground.records.review import ITEMS
from evenground.steps import days
from evenground.steps.checkin import is_step, opened_reviews
from evenground.steps.kept import agreed, due_now, marks, slips_of
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.review import CheckIn
    from evenground.steps.desk import Desk
    from evenground.steps.standing import Standing


def answers(desk: Desk) -> list[Answer]:
    """Return what both opened, item by item and review by review."""
    return [
        Answer(
            day=review.record.day or review.began.date(),
            item=item,
            a=_step(both["a"].record, item),
            b=_step(both["b"].record, item),
        )
        for review, both in opened_reviews(desk)
        for item in ITEMS
    ]


def _step(record: CheckIn, item: str) -> int | None:
    value = getattr(record, item)
    return int(value) if is_step(value) else None


class Drawn(Step):
    """A step that draws when it is looked at, so that the page never waits for a drawing."""

    part = "review"

    def __init__(self) -> None:
        """Leave the drawing for later."""
        self.looked_at = False
        super().__init__()
        self.view.on_shown = self._look

    def _look(self) -> None:
        self.looked_at = True
        self.refresh()


class Lines(Drawn):
    """Both people's answers to one item, chosen from the six."""

    def __init__(self) -> None:
        """Begin with the first item."""
        self.item = ITEMS[1]
        super().__init__()

    def tree(self) -> list[Node]:
        """Return the choice of items and the drawing of one."""
        w = self.words
        found = answers(self.desk)
        if not found:
            return [nodes.text(w["trends.none"]), nodes.hint(w["trends.released"])]
        options = [nodes.option(item, w[f"checkins.{item}.ask"]) for item in ITEMS]
        field = nodes.field("item", "select", w["trends.show"], value=self.item, options=options)
        if not self.looked_at:
            return [field]
        drawing = gap(
            found,
            item=self.item,
            title=w[f"checkins.{self.item}.ask"],
            names=_names(self.desk),
        )
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        return [field, drawing.node(), nodes.buttons(go_on)]

    def on_input(self, name: str, value: object) -> Kept:
        """Draw another item."""
        if name == "item" and value in ITEMS:
            self.item = str(value)
            self.refresh()
        return SAME


class Promised(Drawn):
    """What was promised and what came of it, one by one with its owner."""

    def tree(self) -> list[Node]:
        """Return the drawing of the promises."""
        found = agreed(self.desk)
        if not found:
            return [nodes.text(self.words["promises.none_live"])]
        if not self.looked_at:
            return []
        drawing = timeline.promises(
            [_promise(self.desk, s) for s in found], names=_names(self.desk), today=days.today()
        )
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        return [drawing.node(), nodes.buttons(go_on)]


def _promise(desk: Desk, standing: Standing) -> timeline.Promise:
    record = standing.promise.record
    events = [
        timeline.Event(e.record.on, "done" if e.record.status == "done" else "slipped")
        for e in marks(desk, standing)
        if e.record.status in ("done", "slipped") and e.record.on
    ]
    events += [
        timeline.Event(e.record.mended_on, "mended")
        for e in slips_of(desk, standing)
        if e.record.mended_on
    ]
    agreed_on = record.start or standing.promise.began.date()
    return timeline.Promise(
        title=record.title,
        owner="a" if standing.owner == "a" else "b",
        agreed=agreed_on,
        due=due_now(desk, standing),
        end=record.end,
        events=tuple(sorted(events, key=lambda event: event.day)),
    )


def _names(desk: Desk) -> Names:
    return Names(desk.name("a"), desk.name("b"))
