"""One room for all tests of it: six couples in six browsers, and the one who leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rooms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from rooms import Room


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    made = rooms.Room(tmp_path_factory.mktemp("room"))
    made.open()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def pages(browser: Browser, room: Room) -> Iterator[dict[str, Page]]:
    """Return a page of the first person of each couple; all of them join at the same time."""
    asked = {
        pair: rooms.ask_to_join(browser, room, room.codes[pair, "a"], f"word of {pair}")
        for pair in room.pairs
    }
    yield {pair: rooms.arrive(page) for pair, page in asked.items()}
    for page in asked.values():
        page.context.close()


@pytest.fixture(scope="session")
def lead(browser: Browser, room: Room) -> Iterator[Page]:
    word = (room.folder / "lead").read_text()
    page = rooms.ask_to_join(browser, room, "lead", word)
    page.wait_for_url("**/services/room/**")
    yield page
    page.context.close()
