"""A couple with two names and two passphrases, settled before a browser is there."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from typing import TYPE_CHECKING

from walk import PHRASES, Walk

from evenground.journal import Journal
from evenground.records.start import Person
from outside import contents
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

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


class Couple(Walk):
    """Sam and Alex at one part, on one page, and the folder of their journal."""

    def __init__(self, page: Page, address: str, folder: Path) -> None:
        super().__init__(page, address)
        self.folder = folder

    @classmethod
    @contextmanager
    def at(
        cls, browser: Browser, folder: Path, part: str, section: str, *, who: str
    ) -> Iterator[Couple]:
        """Open a part on a phone with somebody writing; no script may fail on the way."""
        context = browser.new_context(viewport={"width": 375, "height": 900})
        errors: list[str] = []
        context.on("weberror", lambda found: errors.append(str(found.error)))
        with Server(folder) as server:
            enter(context.new_page(), server, who="")
            couple = cls(context.pages[0], server.address, folder)
            couple.part("00_start")
            couple.sit(who)
            couple.part(part, section)
            yield couple
            context.close()
        assert not errors, f"scripts failed on the page: {errors}"

    def be(self, who: str, section: str) -> None:
        """Let somebody sit down, unless they do, and turn to a section."""
        line = self.page.locator("#eg-who").inner_text()
        if who == "both":
            if "and" not in line.split():
                self.both()
        elif who not in line or "and" in line.split():
            self.hand_over(who)
        self.section(section)

    def rows(self, kind: str) -> list[dict[str, str]]:
        """Return the rows of a file of the journal; none when there is no file of that kind."""
        if not self.has(kind):
            return []
        with (self.folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def has(self, kind: str) -> bool:
        """Return whether there is a file of that kind."""
        return (self.folder / f"{kind}.csv").exists()

    def kept(self) -> bytes:
        """Return every byte of the journal's folder."""
        return b"".join(held for _, held in contents(self.folder))
