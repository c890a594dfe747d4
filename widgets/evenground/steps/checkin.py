"""The check-in: each answers alone, item by item; then both are opened, item by item.

An item that either would rather not answer stays closed for both, with no word on whose it was.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from evenground import content
from evenground.forms import nodes
from evenground.records.entry import BOTH, Entry
from evenground.records.review import ITEMS, CheckIn, Review
from evenground.steps import days
from evenground.steps.both import BothAnswer
from evenground.steps.desk import PEOPLE, by
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.steps.desk import Desk

LINES = ("working", "not_working", "to_try")


def opened_reviews(desk: Desk) -> list[tuple[Entry[Review], dict[str, Entry[CheckIn]]]]:
    """Return each review that both opened, oldest first, with each person's released answers."""
    reviews = {e.thread: e for e in desk.journal.entries(Review)}
    found: dict[str, dict[str, Entry[CheckIn]]] = {}
    for entry in desk.journal.entries(CheckIn):
        if entry.released_from and entry.record.review in reviews:
            found.setdefault(entry.record.review, {})[entry.author] = entry
    return [(r, found[t]) for t, r in reviews.items() if len(found.get(t, ())) == len(PEOPLE)]


def wording() -> str:
    """Return a mark for the words of the items and their steps, so that a change can be drawn."""
    items, steps = content.words("review"), content.words("controls")
    asked = "\n".join(
        [
            *(items[f"checkins.{item}.ask"] for item in ITEMS),
            *(steps[f"steps.{number}"] for number in range(1, 6)),
        ]
    )
    return f"w{hashlib.sha256(asked.encode()).hexdigest()[:8]}"


class Reviewing(BothAnswer[CheckIn]):
    """What the two steps of a review share: which review it is, and how it opens."""

    part = "review"
    practices = ("P51",)
    kind = CheckIn
    keep_label = "checkins.keep"

    def current(self) -> Entry[Review] | None:
        """Return the review that is begun and not open yet, or None."""
        done = {review.thread for review, _ in opened_reviews(self.desk)}
        begun = [e for e in self.desk.journal.entries(Review) if e.thread not in done]
        return begun[-1] if begun else None

    def counts(self, entry: Entry[Any]) -> bool:
        """Return whether an answer belongs to the review that is begun."""
        current = self.current()
        return current is not None and entry.record.review == current.thread

    def fixed(self) -> dict[str, object]:
        """Return the review that the answers belong to; it begins with the first of them."""
        return {"review": (self.current() or self.begin()).thread}

    def begin(self) -> Entry[Review]:
        """Begin a review today."""
        return self.desk.add(Review(day=days.today(), wording=wording()), author=BOTH)

    def opened(self) -> list[Node] | None:
        """Return nothing: each of the two steps says for itself what is open."""
        return None

    def open_both(self, answers: Mapping[str, Entry[CheckIn]]) -> None:
        """Release both, without the items that either kept back."""
        records = {person: entry.record for person, entry in answers.items()}
        shut = [
            item for item in ITEMS if any(not is_step(getattr(r, item)) for r in records.values())
        ]
        for person, entry in answers.items():
            shown = entry.record.model_copy(update=dict.fromkeys(shut, ""))
            self.desk.add(shown, author=person, sealed=False, released_from=entry.thread)
        self.done()


def is_step(value: str) -> bool:
    """Return whether an answer is one of the five steps."""
    return value in {"1", "2", "3", "4", "5"}


class CheckInAlone(Reviewing):
    """One item at a time, then three open lines; a button keeps them all."""

    def __init__(self) -> None:
        """Begin with the first item."""
        self.at = 0
        super().__init__()

    def forget_forms(self) -> None:
        """Begin with the first item for whoever comes next."""
        super().forget_forms()
        self.at = 0

    def tree(self) -> list[Node]:
        """Return the item, or that this review is answered or open."""
        if stands := self.for_one():
            return stands
        answers = self.answers()
        if self.desk.one in answers and not self.changing:
            return [*self._alone(answers), *self._waits(), *self.after()]
        latest = opened_reviews(self.desk)
        just = latest[-1][0].record.day == days.today() if latest else False
        if self.current() is None and just and not self.changing:
            return [
                nodes.text(self.words["checkins.done"]),
                nodes.buttons(
                    nodes.press("skip", self.common["buttons.go_on"]),
                    nodes.press("change", self.words["checkins.new"]),
                ),
                *self.after(),
            ]
        return self._item()

    def do(self, key: str, value: str) -> None:
        """Go from item to item; keep all of them at the end."""
        if key in ("next", "pass"):
            self._next()
        elif key == "back":
            self.at = max(0, self.at - 1)
        else:
            if key == "change":
                self.at = 0
            super().do(key, value)

    def do_more(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Begin a new review beside one that was left open: nobody is waited for."""
        current = self.current()
        if key == "new" and (current is None or current.record.day != days.today()):
            self.begin()
            self.at = 0
            self.done()

    def _waits(self) -> list[Node]:
        """Return a way to begin anew when the other one did not answer last time."""
        current = self.current()
        if current is None or current.record.day == days.today():
            return []
        date = days.said(current.record.day)
        return [
            nodes.hint(self.words.say("checkins.left_open", date=date)),
            nodes.actions(nodes.press("new", self.words["checkins.new"])),
        ]

    def _item(self) -> list[Node]:
        w, form = self.words, self._form()
        if self.at >= len(ITEMS):
            return [
                self.seen(CheckIn),
                nodes.heading(w["checkins.lines"]),
                *form.nodes(LINES, more={name: {"lines": 2} for name in LINES}),
                *self.news(),
                nodes.buttons(
                    nodes.press("keep", w["checkins.keep"]),
                    nodes.press("skip", self.common["buttons.stop"]),
                ),
                nodes.actions(nodes.press("back", w["checkins.back"])),
                *self.after(),
            ]
        item = ITEMS[self.at]
        return [
            nodes.eyebrow(w.say("checkins.eyebrow", number=self.at + 1)),
            nodes.title(w[f"checkins.{item}.ask"]),
            nodes.hint(self._since()),
            self.seen(CheckIn),
            *self.locked(),
            *form.nodes((item,), more={item: {"label_hidden": True}}),
            nodes.buttons(
                nodes.press("next", w["checkins.next"]), nodes.press("pass", w["checkins.skip"])
            ),
            nodes.actions(
                *([nodes.press("back", w["checkins.back"])] if self.at else []),
                nodes.press("skip", self.common["buttons.leave_rest"]),
            ),
            *self.after(),
        ]

    def after(self) -> list[Node]:
        """Return the line on help: the same words for everybody, whatever was answered."""
        own, help_line = self.words["checkins.own"], self.words["checkins.help_line"]
        return [nodes.small(own), nodes.small(help_line)]

    def _next(self) -> None:
        self.at = min(len(ITEMS), self.at + 1)

    def _since(self) -> str:
        opened = opened_reviews(self.desk)
        if not opened:
            return self.words["checkins.since_first"]
        return self.words.say("checkins.since", date=days.said(opened[-1][0].record.day))


class OpenTogether(Reviewing):
    """Both answers, side by side, once both are in and both want to."""

    def tree(self) -> list[Node]:
        """Return what is open, or how it opens."""
        opened = opened_reviews(self.desk)
        if opened and self.current() is None:
            return self._shown(*opened[-1])
        if self.desk.who == BOTH:
            return self._together()
        how = nodes.text(self.words["checkins.waits_for_both"])
        # Whether the other one has begun a new review is not to be seen here.
        mine = self.desk.one in self.answers()
        return [how] if mine or not opened else self._shown(*opened[-1])

    def _shown(self, review: Entry[Review], answers: dict[str, Entry[CheckIn]]) -> list[Node]:
        w = self.words
        records = {person: answers[person].record for person in PEOPLE}
        steps = content.words("controls")
        items = [
            nodes.revealed(
                w[f"checkins.{item}.ask"],
                marks={p: int(getattr(r, item)) for p, r in records.items()},
                answers={p: steps[f"steps.{getattr(r, item)}"] for p, r in records.items()},
            )
            for item in ITEMS
            if all(is_step(getattr(r, item)) for r in records.values())
        ]
        names = {p: self.desk.name(p) for p in PEOPLE}
        ends = (w["checkins.ends_low"], w["checkins.ends_high"])
        shown = [
            nodes.eyebrow(days.said(review.record.day)),
            nodes.title(w["checkins.open_title"]),
            nodes.lead(w["checkins.open_lead"]),
            nodes.seen("rings", self.common["seen.shared.strong"], self.common["seen.shared.text"]),
        ]
        if items:
            shown.append(nodes.reveal(items, names=names, ends=ends, between=w["checkins.ends"]))
        else:
            shown.append(nodes.text(w["checkins.none_open"]))
        if 0 < len(items) < len(ITEMS):
            shown.append(nodes.hint(w["checkins.shut"]))
        shown.append(nodes.hint(w["checkins.not_a_test"]))
        for line in LINES:
            quotes = [
                nodes.quote(by(p), paragraphs(getattr(r, line)), label=names[p])
                for p, r in records.items()
                if getattr(r, line)
            ]
            if quotes:
                shown += [nodes.heading(w[f"checkins.{line}.ask"]), *quotes]
        return [
            *shown,
            *self.news(),
            nodes.buttons(
                nodes.press("skip", self.common["buttons.go_on"]),
                nodes.press("stop", self.common["buttons.stop"]),
            ),
        ]

    def do_more(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Stop here: back to Start."""
        if key == "stop":
            self.view.go("00_start.ipynb")
