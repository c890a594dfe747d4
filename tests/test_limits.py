"""Limits and experiments: narrowed by one press, widened by two people, and no yes in any file."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from evenground.records.limits import Experiment, Limit, LimitNo, LimitOpening, Talk
from evenground.records.registry import kinds
from evenground.steps import days
from evenground.steps.asking import Asking
from evenground.steps.experiments import Experiments
from evenground.steps.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from two_people import Couple

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
SOON = TODAY + timedelta(days=20)
ITEM = "visits that I hear of at the door"


@pytest.fixture
def limits(couple):
    couple.seal("a")
    return couple.open(Limits)


def keep(couple: Couple, limits: Limits, level: str = "no", item: str = ITEM) -> str:
    couple.write(limits, item=item, level=level)
    couple.press(limits, "keep")
    found = [e for e in couple.desk.entries(Limit) if e.record.item == item and e.sealed]
    return found[-1].thread


def released(couple: Couple, limits: Limits, level: str = "no") -> str:
    """Keep a limit of Sam's and release it; return the thread of the released line."""
    couple.sit("a")
    couple.press(limits, "release", keep(couple, limits, level))
    return couple.journal.entries(Limit)[-1].thread


def line(couple: Couple) -> Limit:
    return couple.journal.entries(Limit)[-1].record


def on_disk(home: Path) -> str:
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return "".join(path.read_text("utf-8", "replace") for path in files)


def test_a_limit_is_seen_by_nobody_until_its_writer_releases_it(couple, limits, home):
    couple.sit("a")
    thread = keep(couple, limits)
    couple.sit("b")
    assert not couple.says(limits, ITEM)
    assert ITEM not in on_disk(home)
    couple.sit("a")
    couple.press(limits, "release", thread)
    couple.sit("b")
    assert couple.says(limits, ITEM)
    couple.sit("a")
    couple.press(limits, "take_back", thread)
    couple.sit("b")
    assert not couple.says(limits, ITEM)


@pytest.mark.parametrize("shut", [False, True])
def test_one_press_narrows_alone_and_at_once(couple, limits, shut):
    released(couple, limits, "fine")
    couple.sit("a")
    if shut:  # also while the private pages are shut
        couple.journal.lock("a")
        couple.sit("a")
    thread = next(n for n in [e.thread for e in couple.desk.entries(Limit)] if n)
    couple.press(limits, "no", thread)
    assert line(couple).level == "no"
    assert couple.says(limits, "Narrowed. It holds from now.")
    couple.sit("b")
    assert couple.says(limits, "No.")


def test_nobody_widens_alone(couple, limits):
    thread = released(couple, limits)
    assert "fine" not in couple.keys(limits)
    own = next(e.thread for e in couple.desk.entries(Limit) if e.sealed)
    couple.press(limits, "fine", own)
    couple.press(limits, "widen", own)
    couple.write(limits, **{"today.level": "fine", "today.until": SOON.isoformat()})
    couple.press(limits, "ask", own)
    couple.press(limits, "agree", thread)  # not with one's own yes
    assert couple.journal.entries(LimitOpening) == []
    assert line(couple).level == "no"


def test_both_widen_it_until_a_day_and_it_ends_by_itself(couple, limits, monkeypatch, home):
    thread = released(couple, limits)
    own = next(e.thread for e in couple.desk.entries(Limit) if e.sealed)
    couple.press(limits, "widen", own)
    couple.write(limits, **{"today.level": "sometimes", "today.until": SOON.isoformat()})
    couple.press(limits, "ask", own)
    before = on_disk(home)
    couple.sit("b")
    assert on_disk(home) == before  # what is asked is on the page alone
    assert couple.says(limits, "asks if this can be wider")
    couple.press(limits, "agree", thread)
    (opening,) = couple.journal.entries(LimitOpening)
    assert opening.record.until == SOON
    assert couple.says(limits, "A yes is not kept here")
    assert line(couple).level == "no"  # the limit itself is where it was
    monkeypatch.setattr(days, "today", lambda: SOON + timedelta(days=1))
    couple.sit("a")
    assert couple.says(limits, "The limit is back where it was")
    assert not couple.says(limits, "It ends by itself.")


@pytest.mark.parametrize("who", ["a", "b"])
def test_either_ends_what_is_wider_at_once(couple, limits, who):
    thread = released(couple, limits)
    couple.journal.add(LimitOpening(limit=thread, level="fine", until=SOON), author="both")
    couple.sit(who)
    couple.press(limits, "end", thread)
    assert couple.journal.entries(LimitOpening) == []


def test_what_was_asked_yesterday_is_not_asked_any_more(couple, limits, monkeypatch):
    thread = released(couple, limits)
    own = next(e.thread for e in couple.desk.entries(Limit) if e.sealed)
    couple.press(limits, "widen", own)
    couple.write(limits, **{"today.level": "fine", "today.until": SOON.isoformat()})
    couple.press(limits, "ask", own)
    monkeypatch.setattr(days, "today", lambda: TODAY + timedelta(days=1))
    couple.sit("b")
    assert "agree" not in couple.keys(limits)
    couple.press(limits, "agree", thread)
    assert couple.journal.entries(LimitOpening) == []


@pytest.mark.parametrize("days_on", [-1, 91])
def test_it_cannot_be_wider_for_longer_than_a_season(couple, limits, days_on):
    released(couple, limits)
    own = next(e.thread for e in couple.desk.entries(Limit) if e.sealed)
    couple.press(limits, "widen", own)
    day = (TODAY + timedelta(days=days_on)).isoformat()
    couple.write(limits, **{"today.level": "fine", "today.until": day})
    couple.press(limits, "ask", own)
    assert couple.says(limits, "Choose a day in the next 90 days")
    assert limits.today.asks == {}


def test_a_no_needs_no_reason_and_closes_it_for_as_long_as_it_says(couple, limits, monkeypatch):
    thread = released(couple, limits)
    own = next(e.thread for e in couple.desk.entries(Limit) if e.sealed)
    couple.press(limits, "widen", own)
    couple.write(limits, **{"today.level": "fine", "today.until": SOON.isoformat()})
    couple.press(limits, "ask", own)
    couple.sit("b")
    couple.write(limits, **{"today.again": "from"})
    couple.write(limits, **{"today.again_on": SOON.isoformat()})
    couple.press(limits, "refuse", thread)
    assert couple.says(limits, "Not now. It stays as it is.")
    assert [e.record.again_on for e in couple.journal.entries(LimitNo)] == [SOON]
    couple.sit("a")
    assert "widen" not in couple.keys(limits)
    monkeypatch.setattr(days, "today", lambda: SOON)
    couple.sit("a")
    assert "widen" in couple.keys(limits)


def test_a_line_edited_in_the_file_is_not_wider(couple, limits, home):
    thread = released(couple, limits)
    past = TODAY - timedelta(days=3)
    couple.journal.add(LimitOpening(limit=thread, level="fine", until=past), author="both")
    path = home / "limit_openings.csv"
    edited = path.read_text("utf-8").replace(past.isoformat(), SOON.isoformat())
    path.write_text(edited, "utf-8")
    couple.sit("a")
    assert "end" not in couple.keys(limits)


def test_closeness_is_opened_by_each_for_themselves_and_not_kept(couple, limits, home):
    couple.sit("a")
    assert "topic" not in [n.rpartition("/")[2] for n in _names(limits)]
    before = on_disk(home)
    couple.press(limits, "closeness")
    assert on_disk(home) == before
    couple.write(limits, item="in the morning", topic="closeness", level="no")
    couple.press(limits, "keep")
    own = next(e.thread for e in couple.desk.entries(Limit) if e.sealed)
    couple.press(limits, "release", own)
    couple.sit("b")
    assert not couple.says(limits, "in the morning")
    couple.press(limits, "closeness")
    assert couple.says(limits, "in the morning")


def _names(step: Limits) -> list[str]:
    from evenground.forms.view import fields_of

    return [str(node["name"]) for node in fields_of(step.view.tree)]


# Experiments --------------------------------------------------------------------------------------


def idea(couple: Couple, page: Experiments) -> str:
    couple.sit("b")
    couple.write(page, idea="A day with no plan", stop_word="red", end=SOON.isoformat())
    couple.press(page, "keep")
    (entry,) = couple.journal.entries(Experiment)
    return entry.thread


@pytest.mark.parametrize("missing", ["idea", "stop_word", "end"])
def test_an_experiment_needs_a_way_out(couple, missing):
    page = couple.open(Experiments)
    couple.sit("b")
    given = {"idea": "A day with no plan", "stop_word": "red", "end": SOON.isoformat()}
    couple.write(page, **(given | {missing: ""}))
    couple.press(page, "keep")
    assert couple.journal.entries(Experiment) == []


def test_it_starts_when_both_want_it_and_either_stops_it(couple, home):
    page = couple.open(Experiments)
    thread = idea(couple, page)
    before = on_disk(home)
    couple.press(page, "want", thread)
    assert on_disk(home) == before
    alone = couple.shown(page)
    couple.sit("a")
    assert "waits on this page" not in couple.shown(page)  # whether b said anything is not told
    couple.press(page, "want", thread)
    assert couple.says(page, "It runs from")
    assert "waits on this page" in alone
    couple.press(page, "stop", thread)
    (entry,) = couple.journal.entries(Experiment)
    assert (entry.author, entry.record.stopped) == ("both", TODAY)


@pytest.mark.parametrize("first", ["want", "not_now"])
def test_a_no_shows_not_now_and_says_nothing_of_whose_it_was(couple, first, home):
    page = couple.open(Experiments)
    thread = idea(couple, page)
    second = {"want": "not_now", "not_now": "want"}[first]
    couple.press(page, first, thread)
    waiting = couple.shown(page)
    couple.sit("a")
    couple.press(page, second, thread)
    seen = {}
    for person in ("a", "b"):
        couple.sit(person)
        assert couple.says(page, "Not now.")
        assert not {"want", "not_now"} & set(couple.keys(page))
        seen[person] = couple.shown(page)
    rows = list(csv.DictReader((home / "experiments.csv").read_text("utf-8").splitlines()))
    assert [row["author"] for row in rows] == ["b", "both"]
    assert rows[-1]["again"] == "not_here"
    assert "Your answer waits on this page" in waiting


def test_no_kind_on_limits_has_room_for_a_yes():
    on_limits = [k for k in kinds().values() if k.__module__.endswith(".limits")]
    assert {Limit, LimitOpening, LimitNo, Talk, Experiment} <= set(on_limits)
    for kind in on_limits:
        for name, control in kind.controls():
            options = set(getattr(control, "options", ()))
            agreeing = {"yes", "agree", "agreed", "ok", "want", "both", "consent", "opt_in"}
            assert not options & agreeing, (kind.kind, name)
            assert name not in agreeing | {"opt_a", "opt_b", "ok_a", "ok_b"}, kind.kind


def test_cards_leave_nothing_but_a_day_that_both_note(couple, home):
    page = couple.open(Asking)
    before = on_disk(home)
    for who in ("a", "b", "both"):
        couple.sit(who)
        for _ in range(9):
            couple.press(page, "another")
    assert on_disk(home) == before
    couple.press(page, "talked")
    (talk,) = couple.journal.entries(Talk)
    assert talk.record.to_cells() == {"day": TODAY.isoformat()}
