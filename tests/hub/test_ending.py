"""A room of a group that chose two parts, until the day on which it is taken out by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import rooms
from playwright.sync_api import expect

from evenground.group import ending, gathering
from evenground.group import rooms as kept
from outside import READY, gone

NOTEBOOKS = "/user/pair-01/voila/render/"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    made = rooms.Room(folder, couples=1, parts=("acknowledge", "review"))
    later = gathering.Group(name="Later", first=ending.today(), couples=1)
    gathering.make(later, where=folder / "groups")
    made.open()
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.close()
        made.process.stdout.close()
        kept.end(kept.running(made.folder, kept.ALL))


@pytest.fixture(scope="module")
def page(browser, small):
    came = rooms.arrive(rooms.ask_to_join(browser, small, small.codes["01", "a"], "a word of mine"))
    yield came
    came.context.close()


def write_day(room, day):
    """Write the group's file so that it is taken out on a day."""
    file = room.group / gathering.GROUP_FILE
    over = gathering.ends(room.group) - day
    first = gathering.read(room.group).first - over
    said = re.sub(r"(?<=\nfirst = ).*", first.isoformat(), file.read_text())
    file.write_text(said)
    assert gathering.ends(room.group) == day


def test_the_command_says_how_to_lead_and_where_the_cards_are(small):
    at = f"http://127.0.0.1:{small.port}/"
    word = (small.folder / "lead").read_text()
    cards = small.group / "print" / "cards.html"
    assert f"To lead it, open {at}#lead and type this word: {word}" in small.said
    assert f"The cards with which couples join, to print: {cards}" in small.said
    assert cards.is_file()


def test_a_couple_sees_the_parts_that_its_group_uses_and_no_other(page, small):
    row = page.locator("#eg-parts .eg-number")
    assert row.all_inner_texts() == ["01", "04"]
    status, said = rooms.ask(page, f"{NOTEBOOKS}03_amends.ipynb")
    assert status == 404
    assert "Your group does not use this part" in said
    _, review = rooms.ask(page, f"{NOTEBOOKS}04_review.ipynb")
    assert "Thanks" in review
    assert "Promises due" not in review


def test_a_day_before_everybody_in_the_room_is_told(page, small):
    told = page.locator("#eg-room-ends")
    expect(page.locator("#eg-room-now")).not_to_be_empty()
    assert told.is_hidden()
    write_day(small, ending.today() + timedelta(days=1))

    expect(told).to_contain_text("is taken out on")
    assert told.get_by_role("link").get_attribute("href") == "/user/pair-01/room#home"


def test_on_the_day_the_room_ends_by_itself_and_nothing_of_it_is_left(page, small):
    assert (small.folder / "pair-01").is_dir()
    assert (small.folder / "hub.sqlite").is_file()
    server = small.servers()["01"]
    write_day(small, ending.today())

    assert small.process.wait(timeout=READY) == 0
    assert gone(server)
    assert kept.running(small.folder, kept.ALL) == []
    said = small.process.stdout.read()
    small.process.stdout.close()
    assert "Taken out: Six." in said
    assert "the journals in it" in said
    assert not small.folder.exists()
    assert not small.group.exists()
    assert [path.name for path in Path(small.told[gathering.SETTING]).iterdir()] == ["later"]
