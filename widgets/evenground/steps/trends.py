"""The charts of the review, drawn from what both have opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evenground.charts import promises as timeline
from evenground.charts.follow import follow
from evenground.charts.gap import gap
from evenground.charts.items import items
from evenground.charts.months import Seen, months
from evenground.forms import Kept, nodes
from evenground.forms.view import SAME
from evenground.records.amends import Promise
from evenground.records.review import ITEMS, DriftNote
from evenground.records.start import Meeting
from evenground.steps import days, due
from evenground.steps.checkin import is_step, opened_reviews
from evenground.steps.desk import PEOPLE, by
from evenground.steps.drawn import Drawn
from evenground.steps.drawn_from import answers, happened, names_of
from evenground.steps.kept import agreed, marks, slips_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.records.review import PromiseMark, Slip
    from evenground.steps.desk import Desk
    from evenground.steps.standing import Standing


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
        return _promises(self.desk), names_of(self.desk)

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
        return _promises(self.desk)

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


def _promises(desk: Desk) -> list[timeline.Promise]:
    return [promise for standing in agreed(desk) for promise in _renewed(desk, standing)]


def _renewed(desk: Desk, standing: Standing) -> Iterator[timeline.Promise]:
    """Yield a promise as it stands, and before it what came of it under earlier words."""
    versions = desk.journal.history(Promise, standing.promise.thread)
    said: list[list[Entry[PromiseMark]]] = [[] for _ in versions]
    slips: list[list[Entry[Slip]]] = [[] for _ in versions]
    for mark in marks(desk, standing):
        said[max(0, sum(v.seq < mark.seq for v in versions) - 1)].append(mark)
    for slip in slips_of(desk, standing):
        slips[max(0, sum(v.written <= slip.began for v in versions) - 1)].append(slip)
    begun = standing.promise.record.start or standing.promise.began.date()
    newest = len(versions) - 1
    for number, version in enumerate(versions):
        events = tuple(_events(said[number], slips[number]))
        if not events and number != newest:
            continue
        moved = [e.record.moved_to for e in said[number] if e.record.moved_to]
        yield timeline.Promise(
            title=version.record.title,
            owner="a" if standing.owner == "a" else "b",
            agreed=begun,
            due=moved[-1] if moved else version.record.due,
            end=version.record.end,
            events=events,
        )
        if number != newest:
            begun = versions[number + 1].written.astimezone().date()


def _events(said: list[Entry[PromiseMark]], slips: list[Entry[Slip]]) -> list[timeline.Event]:
    slipped = {e.record.on for e in said if e.record.status == "slipped" and e.record.on}
    told = {e.record.on or e.began.astimezone().date() for e in slips}
    # What is told of a slip has its day; a mark alone may have the day on which it was made.
    slipped = told if len(told) >= len(slipped) else slipped | told
    events = [timeline.Event(day, "slipped") for day in slipped]
    events += [
        timeline.Event(e.record.on, "done")
        for e in said
        if e.record.status == "done" and e.record.on
    ]
    events += [timeline.Event(e.record.mended_on, "mended") for e in slips if e.record.mended_on]
    return sorted(events, key=lambda event: event.day)
