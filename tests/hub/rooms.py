"""A room as its own program, for tests that meet it from outside: a real Hub and a real proxy."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil

from evenground.group import gathering
from evenground.group import rooms as kept
from outside import READY, contents, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

PATIENCE = 90_000  # milliseconds until a couple's server is there, as all of them start at once
RUN = "from evenground.app.command import main; main()"
START = "/voila/render/00_start.ipynb"


class Room:
    """The room of a group of so many couples; it is open from `open()` to `close()`."""

    def __init__(self, folder: Path, *, couples: int = 6, **of_group: object) -> None:
        self.told = {
            "EVENGROUND_GROUPS": str(folder / "groups"),
            "EVENGROUND_ROOMS": str(folder / "rooms"),
            "PYTHONUNBUFFERED": "1",
        }
        of_group = {"name": "Six", "first": date(2127, 1, 4), **of_group}
        made = gathering.Group(couples=couples, **of_group)
        self.group = gathering.make(made, where=folder / "groups")
        self.folder = folder / "rooms" / "six"
        self.log = folder / "log"
        with (self.group / "codes.csv").open() as file:
            self.codes = {(row["pair"], row["one"]): row["code"] for row in csv.DictReader(file)}
        self.pairs = tuple(dict.fromkeys(pair for pair, _ in self.codes))
        self.port = free_port()
        # To a browser this is another machine, reached without TLS.
        self.at = f"http://room.test:{self.port}"
        self.said: list[str] = []  # what the command told whoever opened the room
        self.asked: set[str] = set()  # the hosts that people's browsers asked for anything

    def command(self, *more: str) -> list[str]:
        return [sys.executable, "-c", RUN, "group", "room", "six", *more]

    def open(self) -> None:
        """Run the command, and return when it says that the room is open."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command("--host", "127.0.0.1", "--port", str(self.port)),
                env=os.environ | self.told,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.wait_until_open()

    def wait_until_open(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError(self.log.read_text())

    @property
    def hub(self) -> psutil.Process:
        """Return the Hub's process."""
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if "jupyterhub" in child.cmdline())

    def servers(self) -> dict[str, psutil.Process]:
        """Return the process of each couple's server that runs, by its pair."""
        found = {}
        for process in psutil.process_iter():
            try:
                if "evenground.app.room.seat" in process.cmdline():
                    where = process.cwd()
                    if where.startswith(str(self.folder)):
                        found[where.rpartition("-")[2]] = process
            except psutil.Error:
                continue
        return found

    def service(self) -> psutil.Process:
        """Return the process of the room's service."""
        for process in psutil.process_iter():
            try:
                line, told = process.cmdline(), process.environ()
            except psutil.Error:
                continue
            if "evenground.app.room.service" in line and str(self.folder) in told.values():
                return process
        raise AssertionError("the service does not run")

    def stop(self) -> None:
        """Press Ctrl-C: the Hub ends, and what it started goes on."""
        children = psutil.Process(self.process.pid).children()
        for process in (*children, self.process):
            process.send_signal(signal.SIGINT)
        self.process.wait(timeout=READY)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def kill(self) -> None:
        """End the command and the Hub as a cut of the power would."""
        for process in (psutil.Process(self.process.pid), self.hub):
            process.kill()
        self.process.wait(timeout=READY)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def close(self) -> None:
        """End all that belongs to the room."""
        asked = self.command("--close")
        subprocess.run(asked, env=os.environ | self.told, check=False, capture_output=True)
        self.process.wait(timeout=READY)
        assert self.process.stdout is not None
        self.process.stdout.close()
        assert self.servers() == {}
        assert kept.running(self.folder, kept.ALL) == []

    def holds(self, text: str) -> list[str]:
        """Return the pairs in whose folders a text stands in any file."""
        found = []
        for pair in self.pairs:
            files = contents(self.folder / f"pair-{pair}")
            if any(text.encode() in held for _, held in files):
                found.append(pair)
        return found


def ask_to_join(browser: Browser, room: Room, code: str, word: str) -> Page:
    """Scan a card, say a word and press Join, in a browser of one's own."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    context.on("request", lambda asked: room.asked.add(urlsplit(asked.url).hostname or ""))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{room.at}/#{code}")
    page.get_by_label("A word of your own").fill(word)
    page.get_by_role("button", name="Join").click(no_wait_after=True)
    return page


def arrive(page: Page) -> Page:
    """Wait until the page that somebody joined to answers."""
    page.wait_for_url(f"**{START}*")
    page.wait_for_selector("#eg-who:not(:empty)")
    return page


def first_box(page: Page) -> Locator:
    """Return the first box to write in of a form, which asks one question at a time on a phone."""
    page.get_by_role("button", name="Show all questions").first.click()
    return page.locator("main textarea:visible").first


def line_of(page: Page) -> str:
    """Return the address of the page's own line, below its server."""
    return page.evaluate(
        """() => {
        const told = JSON.parse(document.getElementById("jupyter-config-data").textContent);
        return `api/kernels/${told.kernelId}/${told.line}?session_id=a`;
        }"""
    )


def opens(page: Page, address: str) -> bool:
    """Return whether a socket opens there, for a script of that page."""
    return page.evaluate(
        """address => new Promise((done) => {
        const line = new WebSocket(address);
        line.onopen = () => { line.close(); done(true); };
        line.onerror = () => done(false);
        })""",
        address,
    )


def ask(page: Page, path: str) -> tuple[int, str]:
    """Return status and text of what a page's browser gets for a path, with all that it holds."""
    status, text = page.evaluate(
        "path => fetch(path).then(async (got) => [got.status, await got.text()])", path
    )
    return status, text
