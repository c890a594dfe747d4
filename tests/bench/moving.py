"""Moving on to the next part, and a section with a chart, of our pages and of stock Voila's."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench import served as serving
from bench.served import Ours, OursInVoila

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEFORE = "voila/render/03_amends.ipynb"
CHART = f"{serving.REVIEW}#your-lines"


def measure(rounds: int) -> str:
    """Return the table, and how the goal stands."""
    times: dict[str, list[float]] = {}

    def note(name: str, took: float) -> None:
        times.setdefault(name, []).append(took)

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home = serving.journal(folder)
        ours = Ours(home, stack)
        theirs = OursInVoila(home, stack, folder / "workbook")
        browser = serving.launch(stack.enter_context(sync_playwright()))
        mine, stock = ours.enter(browser), theirs.enter(browser)
        for at in range(-1, rounds):  # the first round fills the caches
            seen = [
                ("from Amends to Review, by its link", moved(ours, mine)),
                ("the same in stock Voila, by address", moved_in_voila(theirs, stock)),
                ("Review, a control answers", ours.visit(mine)),
                ("Review at its charts, a control answers", at_charts(ours, mine)),
                ("Review at its charts, the chart stands", drawn(ours, mine)),
            ]
            for name, took in seen if at >= 0 else ():
                note(name, took)
        browser.close()
    lines = ["| what | median | worst |", "|---|---|---|"]
    for name, found in times.items():
        lines.append(f"| {name} | {statistics.median(found):.2f} s | {max(found):.2f} s |")
    middle = {name: statistics.median(found) for name, found in times.items()}
    ratio = middle["Review at its charts, a control answers"] / middle["Review, a control answers"]
    met = "yes" if ratio <= 1.05 else "no"
    goal = f"| a chart page no slower than the rest | {ratio:.2f} of it | {met} |"
    return "\n".join([*lines, "", "| goal | in this run | met |", "|---|---|---|", goal])


def moved(ours: Ours, page: Page) -> float:
    ours.visit(page, BEFORE)
    ours.seat(page.context)
    link = page.locator("#eg-parts a[href*='04_review']")
    began = time.perf_counter()
    link.evaluate("link => link.click()")  # the page between two people stands before it
    page.wait_for_url("**/04_review.ipynb*", wait_until="commit")
    serving.answers(page)
    return time.perf_counter() - began


def moved_in_voila(theirs: OursInVoila, page: Page) -> float:
    theirs.visit(page, BEFORE)
    return theirs.visit(page)


def at_charts(ours: Ours, page: Page) -> float:
    page.goto("about:blank")
    return ours.visit(page, CHART)


def drawn(ours: Ours, page: Page) -> float:
    page.goto("about:blank")
    ours.seat(page.context)
    began = time.perf_counter()
    page.goto(f"{ours.server.address}/{CHART}", wait_until="commit")
    page.locator("#your-lines svg:visible").first.wait_for()
    return time.perf_counter() - began
