"""A couple with two names and two passphrases, settled before a browser is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walk import PHRASES, Walk

from evenground.journal import Journal
from evenground.records.start import Person

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from serving import Server

NAMES = {"a": "Sam", "b": "Alex"}


def settle(home: Path, *, sealed: bool = True) -> None:
    """Write two names into a journal and, when `sealed`, set a passphrase for each."""
    journal = Journal(home)
    for key, name in NAMES.items():
        journal.add(Person(name=name), author=key)
        if sealed:
            journal.set_passphrase(key, PHRASES[name])


def enter(page: Page, server: Server, *, who: str = "a") -> Walk:
    """Let a browser in by a fresh link, with somebody writing; their private pages stay shut."""
    be(page, server, who)
    page.goto(server.new_link())
    page.wait_for_url("**/voila/render/00_start.ipynb")
    return Walk(page, server.address)


def be(page: Page, server: Server, who: str) -> None:
    """Say who is writing on the pages that are opened from now on."""
    if who:
        page.context.add_cookies([{"name": "who", "value": who, "url": server.address}])
    else:
        page.context.clear_cookies(name="who")
