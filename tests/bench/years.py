"""Our review page on journals of 1, 10 and 50 years, with a review each week."""

from __future__ import annotations

import os
import statistics
import tempfile
from contextlib import ExitStack
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import sync_playwright

from bench import served as serving
from bench.served import Ours
from evenground.journal import Journal
from evenground.records.entry import BOTH
from evenground.records.review import ITEMS, CheckIn, Review
from evenground.records.start import Person

YEARS = (1, 10, 50)


def measure(rounds: int) -> str:
    """Return the table."""
    warm: dict[str, list[float]] = {}
    rows: dict[str, int] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = serving.launch(stack.enter_context(sync_playwright()))
        every = []
        for years in YEARS:
            name = f"{years} year{'s' if years > 1 else ''}"
            rows[name] = write(folder / str(years), years)
            every.append(Ours(folder / str(years), stack, name))
        pages = [one.enter(browser) for one in every]
        for at in range(-1, rounds):
            for one, page in zip(every, pages, strict=True):
                took = one.visit(page)
                if at >= 0:
                    warm.setdefault(one.name, []).append(took)
        browser.close()
    lines = ["| journal of | rows | review page, warm | worst |", "|---|---|---|---|"]
    for name, times in warm.items():
        lines.append(
            f"| {name} | {rows[name]} | {statistics.median(times):.2f} s | {max(times):.2f} s |"
        )
    return "\n".join(lines)


def write(home: Path, years: int) -> int:
    """Write a journal; return how many rows it has."""
    first = datetime.now(UTC).date() - timedelta(weeks=52 * years)
    with patch.object(os, "fsync"):  # made for the bench, and gone after it
        return _write(home, first, 52 * years)


def _write(home: Path, first: date, weeks: int) -> int:
    now = [datetime.combine(first, time(18, 30), UTC)]
    journal = Journal(home, now=lambda: now[0])
    for key, name in (("a", "Noor"), ("b", "Sam")):
        journal.add(Person(name=name), author=key)
    for week in range(weeks):
        day = first + timedelta(weeks=week)
        now[0] = datetime.combine(day, time(18, 30), UTC)
        review = journal.add(Review(day=day), author=BOTH)
        for at, person in enumerate("ab"):
            steps = {item: str(1 + (week // 4 + at + n) % 5) for n, item in enumerate(ITEMS)}
            record = CheckIn.typed({"review": review.thread, **steps})
            released = f"e-{person}-{week}"
            journal.add(record, author=person, sealed=False, released_from=released)
    return 2 + 3 * weeks
