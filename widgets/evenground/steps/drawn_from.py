"""What the drawings of answers are made from: who answered what, on which day, and the two names.

What a person has not released is drawn nowhere but on their own line (`own_line`), for them alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.charts.answers import Answer, Names, Note
from evenground.records.agreement import Agreement
from evenground.records.outlook import LifeEvent
from evenground.records.review import ITEMS, CheckIn, Review
from evenground.records.start import Meeting
from evenground.steps.checkin import is_step, opened_reviews

if TYPE_CHECKING:
    from evenground.steps.desk import Desk


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
    """Return what is marked on a line: big changes, other words, an agreement, a regular talk."""
    found = [Note(e.record.day, "life") for e in desk.journal.entries(LifeEvent) if e.record.day]
    words = ""
    for entry in desk.journal.entries(Review):
        if words and entry.record.wording not in ("", words) and entry.record.day:
            found.append(Note(entry.record.day, "wording"))
        words = entry.record.wording or words
    found += [
        Note(e.began.astimezone().date(), "agreement") for e in desk.journal.entries(Agreement)
    ]
    if meetings := desk.journal.entries(Meeting):
        found.append(Note(meetings[0].began.astimezone().date(), "meeting"))
    return tuple(found)


def _step(record: CheckIn, item: str) -> int | None:
    value = getattr(record, item)
    return int(value) if is_step(value) else None


def names_of(desk: Desk) -> Names:
    """Return the two names, as the charts take them."""
    return Names(desk.name("a"), desk.name("b"))
