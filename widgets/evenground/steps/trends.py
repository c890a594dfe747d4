"""The charts, drawn from what both have opened. Altair is imported when one is looked at.

What a person has not released is drawn nowhere but on their own line (`own_line`), for them alone.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import TYPE_CHECKING, Any

from evenground.charts import promises as timeline
from evenground.charts.answers import Answer, Names, Note
from evenground.charts.follow import follow
from evenground.charts.gap import gap
from evenground.charts.items import items
from evenground.charts.months import Seen, months
from evenground.forms import Kept, nodes
from evenground.forms.view import SAME
from evenground.records.outlook import LifeEvent
from evenground.records.review import ITEMS, CheckIn, DriftNote, Review
from evenground.records.start import Meeting
from evenground.steps import days, due
from evenground.steps.checkin import is_step, opened_reviews
from evenground.steps.desk import PEOPLE, by
from evenground.steps.kept import agreed, due_now, marks, slips_of
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node
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


def own_answers(desk: Desk, person: str) -> tuple[Answer, ...]:
    """Return one person's answers as they gave them, for their own eyes alone.

    These are all that the journal shows to them here: sealed ones while their pages are open, and
    released ones, from which an item that the other kept back is missing.
    """
    reviews = {e.thread: e for e in desk.journal.entries(Review)}
    given: dict[str, CheckIn] = {}
    for entry in desk.entries(CheckIn, reader=person):
        review = entry.record.review
        if entry.author == person and (review not in given or not entry.released_from):
            given[review] = entry.record
    return tuple(
        Answer(
            day=reviews[thread].record.day or reviews[thread].began.date(),
            item=item,
            a=_step(record, item) if person == "a" else None,
            b=_step(record, item) if person == "b" else None,
        )
        for thread, record in given.items()
        if thread in reviews
        for item in ITEMS
    )


def happened(desk: Desk) -> tuple[Note, ...]:
    """Return what is marked on a line: big changes, other words for the items, a regular talk."""
    found = [Note(e.record.day, "life") for e in desk.journal.entries(LifeEvent) if e.record.day]
    words = ""
    for entry in desk.journal.entries(Review):
        if words and entry.record.wording not in ("", words) and entry.record.day:
            found.append(Note(entry.record.day, "wording"))
        words = entry.record.wording or words
    if meetings := desk.journal.entries(Meeting):
        found.append(Note(meetings[0].began.astimezone().date(), "meeting"))
    return tuple(found)


def _step(record: CheckIn, item: str) -> int | None:
    value = getattr(record, item)
    return int(value) if is_step(value) else None


# One at a time: two drawings at once get hold of one another's layers in Altair.
_DRAWING = threading.Lock()


class Drawn(Step):
    """A step that draws when it is looked at, beside the page: no page waits for a drawing."""

    part = "review"
    goes_on = True  # whether a button to the next page stands under the drawing

    def __init__(self) -> None:
        """Leave the drawing until somebody looks."""
        self.looked_at = False
        self.drawn_of: object = None  # what the drawing was made from
        self.ready: Drawing | None = None
        self.failed = False
        super().__init__()
        self.view.on_shown = self._look

    def data(self) -> object:
        """Return what is to be drawn, comparable; empty when there is nothing."""
        raise NotImplementedError

    def drawing(self, data: Any) -> Drawing:
        """Return the drawing of it."""
        raise NotImplementedError

    def drawn(self) -> list[Node]:
        """Return the newest drawing, and how to go on."""
        self.prepare()
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        waits = self.common["page.trouble"] if self.failed else self.words["trends.drawing"]
        figure = [self.ready.node()] if self.ready else [nodes.status(waits)]
        return [*figure, *([go_on] if self.goes_on else [])]

    def prepare(self) -> None:
        """Begin a drawing if somebody looks and the data have changed."""
        data = self.data()
        if self.looked_at and data != self.drawn_of:
            self.drawn_of = data
            self._begin(data)

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

        def fail() -> None:
            self.failed = True
            self.refresh()

        def draw() -> None:
            try:
                with _DRAWING:
                    made = self.drawing(data)
            except Exception as error:  # noqa: BLE001 - the page says so, and the rest stands
                # The kind alone: the text of an error may hold what somebody wrote.
                print(f"evenground: {type(error).__name__} in a drawing", file=sys.stderr)  # noqa: T201
                loop.call_soon_threadsafe(fail)
            else:
                loop.call_soon_threadsafe(finish, made)

        threading.Thread(target=draw, daemon=True).start()


class Lines(Drawn):
    """Both people's answers to one item, chosen from the six."""

    practices = ("P51",)
    goes_on = False

    def __init__(self) -> None:
        """Begin with an item."""
        self.item = "heard"
        super().__init__()

    def tree(self) -> list[Node]:
        """Return the choice of items, the drawing of one, and what somebody released about it."""
        w = self.words
        if not answers(self.desk):
            return [nodes.text(w["trends.none"]), nodes.hint(w["trends.released"])]
        options = [nodes.option(item, w[f"checkins.{item}.ask"]) for item in ITEMS]
        field = nodes.field("item", "select", w["trends.show"], value=self.item, options=options)
        return [*self._notes(), field, *self.drawn()]

    def data(self) -> object:
        """Return the item, both people's answers, what happened meanwhile, and their names."""
        return self.item, answers(self.desk), happened(self.desk), names_of(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return both lines for the item."""
        item, found, notes, names = data
        title = self.words[f"checkins.{item}.ask"]
        return gap(found, item=item, title=title, names=names, notes=notes)

    def on_input(self, name: str, value: object) -> Kept:
        """Draw another item."""
        if name == "item" and value in ITEMS:
            self.item = str(value)
            self.refresh()
        return SAME

    def _notes(self) -> list[Node]:
        """Return what somebody released about their own line since the review before last."""
        w, opened = self.words, opened_reviews(self.desk)
        recent = {review.record.day for review, _ in opened[-2:]}
        first = min((day for day in recent if day), default=days.today())
        return [
            nodes.quote(
                by(e.author), [w[f"drift_notes.{e.record.way}"]], label=self.desk.name(e.author)
            )
            for e in self.desk.journal.entries(DriftNote)
            if e.written.astimezone().date() >= first and e.record.way
        ]


class AllItems(Drawn):
    """All six items, small, side by side."""

    practices = ("P51",)

    def tree(self) -> list[Node]:
        """Return the drawing; nothing twice while there is nothing to draw."""
        if not answers(self.desk):
            return [nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))]
        return [*self.drawn(), nodes.small(self.words["checkins.help_line"])]

    def data(self) -> object:
        """Return both people's answers and their names."""
        return answers(self.desk), names_of(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return the six items."""
        found, names = data
        titles = {item: self.words[f"checkins.{item}.ask"] for item in ITEMS}
        return items(found, titles=titles, names=names)


class Promised(Drawn):
    """What was promised and what came of it, one by one with its owner."""

    practices = ("P46", "P47")
    goes_on = False

    def tree(self) -> list[Node]:
        """Return the drawing of the promises."""
        if not agreed(self.desk):
            return [nodes.text(self.words["promises.none_live"])]
        return self.drawn()

    def data(self) -> object:
        """Return the promises and what came of them, and the two names."""
        return [_promise(self.desk, s) for s in agreed(self.desk)], names_of(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return the promises on a line of time."""
        found, names = data
        return timeline.promises(found, names=names, today=days.today())


class Followed(Drawn):
    """What came of the promises that were due, for the pair and for neither of them."""

    practices = ("P46",)

    def tree(self) -> list[Node]:
        """Return the drawing, once a promise was due."""
        if not agreed(self.desk):
            go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
            return [nodes.text(self.words["trends.none"]), go_on]
        return self.drawn()

    def data(self) -> object:
        """Return the promises and what came of them."""
        return [_promise(self.desk, s) for s in agreed(self.desk)]

    def drawing(self, data: Any) -> Drawing:
        """Return one mark for each promise, by month."""
        return follow(data)


class Months(Drawn):
    """The months in which each has answered, and the next date. A gap is drawn as a gap."""

    practices = ("P51",)
    goes_on = False

    def tree(self) -> list[Node]:
        """Return the drawing, once there is a review."""
        if not opened_reviews(self.desk):
            return [nodes.text(self.words["trends.none"])]
        return self.drawn()

    def data(self) -> object:
        """Return the days of the reviews, the next date, and the two names."""
        meeting = due.current(self.desk.journal, Meeting)
        day = meeting.record.day if meeting else None
        seen = tuple(
            Seen(
                review.record.day or review.began.date(),
                **{p: any(is_step(getattr(both[p].record, i)) for i in ITEMS) for p in PEOPLE},
            )
            for review, both in opened_reviews(self.desk)
        )
        return seen, day if day and day >= days.today() else None, names_of(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return the months."""
        seen, planned, names = data
        return months(seen, names=names, planned=planned)


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


def names_of(desk: Desk) -> Names:
    """Return the two names, as the charts take them."""
    return Names(desk.name("a"), desk.name("b"))
