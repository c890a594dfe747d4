"""A couple at the review, driven without a browser: names, passphrases, promises, past reviews."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from evenground.journal import Journal
from evenground.records.amends import Promise, PromiseAnswer
from evenground.records.review import ITEMS, CheckIn, Review
from evenground.records.start import Person
from pages import Page, sit

if TYPE_CHECKING:
    from pathlib import Path

    from evenground.steps.desk import Desk

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
PHRASE = {"a": "seven quiet lamps over water", "b": "nine green doors by the harbour"}
MOST, HALF, RARE = "4", "3", "1"


def settled(home: Path, *, sealed: bool = False) -> Desk:
    """Return the desk of a page where two people with names may sit, with open private pages."""
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    if sealed:
        for key, phrase in PHRASE.items():
            journal.set_passphrase(key, phrase)
    desk = sit("")
    if sealed:
        for key, phrase in PHRASE.items():
            desk.journal.unlock(key, phrase)
    return desk


def promised(
    home: Path,
    *,
    owner: str = "a",
    title: str = "Ask before we spend",
    ago: int = 30,
    last: int = 90,
) -> str:
    """Write a promise that both agreed to, and return its thread."""
    journal = at(home, ago)
    other = "b" if owner == "a" else "a"
    made = Promise(
        title=title,
        owner=owner,
        if_cue="something costs more than 150",
        then_act="I ask first",
        start=TODAY - timedelta(days=ago),
        due=TODAY - timedelta(days=ago - 10),
        end=TODAY + timedelta(days=last - ago),
        tell="A line in the log",
    )
    promise = journal.add(made, author=other)
    journal.add(PromiseAnswer(promise=promise.id, answer="commit"), author=owner)
    return promise.thread


def reviewed(home: Path, ago: int, a: str, b: str, **lines: str) -> str:
    """Write a review that both opened: one digit an item, "-" where none was given."""
    journal = at(home, ago)
    review = journal.add(Review(day=TODAY - timedelta(days=ago)), author="both")
    for person, steps in (("a", a), ("b", b)):
        given = {item: s.strip("-") for item, s in zip(ITEMS, steps, strict=True)}
        record = CheckIn.typed({"review": review.thread, **given, **lines})
        released = f"e-{person}-{ago}"
        journal.add(record, author=person, sealed=False, released_from=released)
    return review.thread


def at(home: Path, ago: int) -> Journal:
    """Return the journal as it writes on a day in the past."""
    moment = datetime.now(UTC) - timedelta(days=ago)
    return Journal(home, now=lambda: moment)


def answer(page: Page, steps: list[str], *, working: str = "") -> None:
    """Answer the six items of a check-in and keep them."""
    asks = ["We decided together", "I felt heard", "I could raise hard things"]
    asks += ["My no was respected", "My work was seen", "Promises were kept"]
    for ask, step in zip(asks, steps, strict=True):
        if step:
            page.write(ask, step)
            page.press("Continue")
        else:
            page.press("Skip this")
    if working:
        page.write("What is working?", working)
    page.press("Keep my answers")


def kept(home: Path) -> bytes:
    """Return all bytes of a journal's folder."""
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
