"""The charts, drawn from what both have opened. Altair is imported when one is looked at."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

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
    from evenground.charts.drawing import Drawing
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
    """A step that draws when it is looked at, beside the page: no page waits for a drawing."""

    part = "review"

    def __init__(self) -> None:
        """Leave the drawing until somebody looks."""
        self.looked_at = False
        self.drawn_of: object = None  # what the drawing was made from
        self.ready: Drawing | None = None
        super().__init__()
        self.view.on_shown = self._look

    def data(self) -> object:
        """Return what is to be drawn, comparable; empty when there is nothing."""
        raise NotImplementedError

    def drawing(self, data: Any) -> Drawing:
        """Return the drawing of it."""
        raise NotImplementedError

    def drawn(self) -> list[Node]:
        """Return the newest drawing, and how to go on; begin another when the data have changed."""
        data = self.data()
        if self.looked_at and data != self.drawn_of:
            self.drawn_of = data
            self._begin(data)
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        return [*([self.ready.node()] if self.ready else []), nodes.buttons(go_on)]

    def _look(self) -> None:
        self.looked_at = True
        self.refresh()

    def _begin(self, data: object) -> None:
        """Draw in a thread: Altair takes a second to come, and the page is to answer meanwhile."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.ready = self.drawing(data)
            return

        def finish(made: Drawing) -> None:
            if data == self.drawn_of:
                self.ready = made
                self.refresh()

        def draw() -> None:
            loop.call_soon_threadsafe(finish, self.drawing(data))

        threading.Thread(target=draw, daemon=True).start()


class Lines(Drawn):
    """Both people's answers to one item, chosen from the six."""

    def __init__(self) -> None:
        """Begin with an item."""
        self.item = "heard"
        super().__init__()

    def tree(self) -> list[Node]:
        """Return the choice of items and the drawing of one."""
        w = self.words
        if not answers(self.desk):
            return [nodes.text(w["trends.none"]), nodes.hint(w["trends.released"])]
        options = [nodes.option(item, w[f"checkins.{item}.ask"]) for item in ITEMS]
        field = nodes.field("item", "select", w["trends.show"], value=self.item, options=options)
        return [field, *self.drawn()]

    def data(self) -> object:
        """Return the item, both people's answers, and their names."""
        return self.item, answers(self.desk), _names(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return both lines for the item."""
        item, found, names = data
        return gap(found, item=item, title=self.words[f"checkins.{item}.ask"], names=names)

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
        if not agreed(self.desk):
            return [nodes.text(self.words["promises.none_live"])]
        return self.drawn()

    def data(self) -> object:
        """Return the promises and what came of them, and the two names."""
        return [_promise(self.desk, s) for s in agreed(self.desk)], _names(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return the promises on a line of time."""
        found, names = data
        return timeline.promises(found, names=names, today=days.today())


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
