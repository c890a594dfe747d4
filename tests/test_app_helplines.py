"""People to talk to: each number with its source and day, none older than half a year."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from evenground.app import helplines


@pytest.mark.parametrize("line", helplines.lines(), ids=lambda line: line.country)
def test_an_entry_was_checked_within_180_days(line):
    today = datetime.now(tz=UTC).date()

    assert not line.too_old(today), f"check {line.service} at {line.source}, and note the day"
    assert line.checked <= today + timedelta(days=1)


@pytest.mark.parametrize("line", helplines.lines(), ids=lambda line: line.country)
def test_an_entry_says_where_it_is_from_and_who_looked(line):
    assert line.source.scheme == "https"
    assert "stored copy" in line.seen
    assert re.search("page of the service|of a page of|page of the government", line.seen)
    assert line.by


def test_an_entry_of_181_days_is_too_old():
    line = helplines.lines()[0].model_copy(update={"checked": date(2026, 1, 1)})

    assert not line.too_old(date(2026, 6, 30))
    assert line.too_old(date(2026, 7, 1))


def test_countries_stand_in_order_and_each_once():
    assert list(helplines.by_country()) == sorted({line.country for line in helplines.lines()})


def test_the_page_names_the_oldest_day():
    oldest = min(line.checked for line in helplines.lines())

    assert helplines.noted_on() == f"{oldest.day} {oldest.strftime('%B %Y')}"
