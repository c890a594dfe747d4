"""What is measured: our review page, the same page in stock Voila, and a small page in others."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import nbformat
import psutil

import browsers
from bench import others
from evenground.app import demo, places
from serving import Server, Stock, notebook

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Playwright

LONGEST = 60_000  # milliseconds for one page
STARTS = 90  # seconds until a server is given up
REFILL = 3.0  # seconds that a preheated pool needs until it is full again
MIB = 2**20
REVIEW = "voila/render/04_review.ipynb"
# No page asks another host for anything, whoever served it.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
MANY = "import os; os.environ['EVENGROUND_PAGES'] = '1000'"
VOILA = """
import ipywidgets
box, heard = ipywidgets.Text(placeholder="Say"), ipywidgets.Label("nothing")
box.observe(lambda change: setattr(heard, "value", f"heard {change.new}"), "value")
ipywidgets.VBox([box, heard])
"""


def launch(playwright: Playwright) -> Browser:
    """Return a browser that reaches this machine alone."""
    return browsers.launch(playwright, ALONE)


class Ours:
    """Our review page, with 18 months of a made-up couple's answers."""

    def __init__(
        self,
        home: Path,
        stack: ExitStack,
        name: str = "Even Ground, review page",
        before: str = MANY,
    ) -> None:
        self.name = name
        self.server = stack.enter_context(Server(home, before=before))
        self.pid = self.server.process.pid
        self.cookies: list[dict[str, str]] = []

    def enter(self, browser: Browser) -> Page:
        context = browser.new_context()
        context.set_default_timeout(LONGEST)
        if not self.cookies:
            page = context.new_page()
            page.goto(self.server.new_link())
            page.locator("#eg-who:not(:empty)").wait_for()
            own = {"name": "who", "value": "a", "url": self.server.address}
            self.cookies = [*context.cookies(), own]
            page.close()
        self.seat(context)
        return context.new_page()

    def seat(self, context: object) -> None:
        context.add_cookies(self.cookies)  # the press of the visit before hands over

    def visit(self, page: Page, path: str = REVIEW) -> float:
        self.seat(page.context)
        began = time.perf_counter()
        page.goto(f"{self.server.address}/{path}", wait_until="commit")
        answers(page)
        return time.perf_counter() - began

    def rest(self) -> None:
        """Need no rest."""


class OursInVoila(Ours):
    """The same notebook on the same journal, in Voila as it comes."""

    def __init__(self, home: Path, stack: ExitStack, notebooks: Path) -> None:
        self.name = "Voila, our review page"
        shutil.copytree(places.workbook(), notebooks)
        os.environ["EVENGROUND_WHO"] = "a"
        self.server = stack.enter_context(_OnJournal(notebooks, home))
        self.pid = self.server.process.pid
        self.cookies = []

    def enter(self, browser: Browser) -> Page:
        page = browser.new_context().new_page()
        page.set_default_timeout(LONGEST)
        return page

    def seat(self, context: object) -> None:
        """Need no seat: its kernels are told who writes."""


class _OnJournal(Stock):
    def __init__(self, notebooks: Path, home: Path) -> None:
        super().__init__(notebooks)
        self.home = home


class Small:
    """A page of one box that says what it heard."""

    def __init__(self, name: str, pid: int, address: str) -> None:
        self.name, self.pid, self.address = name, pid, address

    def enter(self, browser: Browser) -> Page:
        page = browser.new_context().new_page()
        page.set_default_timeout(LONGEST)
        return page

    def visit(self, page: Page) -> float:
        began = time.perf_counter()
        page.goto(self.address, wait_until="commit")
        box = page.locator("input[type=text], input:not([type])").first
        box.wait_for()
        heard = page.get_by_text("heard x").first
        # A box may be there before somebody listens to it: then it is asked again.
        for _ in range(10):
            box.fill("x")
            box.press("Enter")
            with suppress(Exception):
                heard.wait_for(timeout=1000)
                return time.perf_counter() - began
            box.fill("")
        raise AssertionError(f"{self.name} does not answer")

    def rest(self) -> None:
        if "preheated" in self.name:
            time.sleep(REFILL)


def answers(page: Page) -> None:
    """Press Switch in the header, and wait for the page between two people that answers."""
    page.locator(".eg-who").get_by_role("button", name="Switch").click()
    page.locator("#eg-cover h3, .eg-cover h3").first.wait_for()


def journal(folder: Path) -> Path:
    """Return a journal of 18 months."""
    demo.write(folder / "demo")
    return folder / "demo"


def voila(folder: Path, stack: ExitStack, *, preheated: bool) -> Small:
    """Serve the small page in Voila."""
    notebooks = folder / ("warm" if preheated else "bare")
    notebooks.mkdir()
    nbformat.write(notebook(VOILA), notebooks / "small.ipynb")
    more = ("--preheat_kernel=True", "--pool_size=2") if preheated else ()
    stock = stack.enter_context(Stock(notebooks, *more))
    name = "Voila, preheated, small page" if preheated else "Voila, small page"
    return Small(name, stock.process.pid, f"{stock.address}/voila/render/small.ipynb")


def small(folder: Path, stack: ExitStack) -> list[Small]:
    """Serve the small page in everything else."""
    found = []
    for name in others.SMALL:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        try:
            found.append(Small(f"{name}, small page", *others.serve(name, folder, stack, port)))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} cannot be served, and is left out: {error}", file=sys.stderr)
    return found


def memory(pid: int) -> float:
    """Return what a server and all its processes hold, shared pages shared out, in MiB."""
    family = [psutil.Process(pid)]
    family += family[0].children(recursive=True)
    held = 0
    for one in family:
        with suppress(psutil.Error):
            held += one.memory_full_info().pss
    return held / MIB


def arrives(served: Ours | Small, browser: Browser) -> bool:
    """Wait until a server answers; return whether it does at all on this machine."""
    said = "it never began"
    end = time.monotonic() + STARTS
    while time.monotonic() < end:
        page = served.enter(browser)
        try:
            served.visit(page)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not there yet
            said = str(error).splitlines()[0]
            time.sleep(1)
        else:
            return True
        finally:
            page.context.close()
    print(f"{served.name} does not answer, and is left out: {said}", file=sys.stderr)
    return False
