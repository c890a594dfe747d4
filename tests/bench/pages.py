"""From the press to a control that answers, cold and warm, and what a further open page holds.

One browser asks all servers in turn, round by round, so that what else the machine does is shared
out between them.
"""

from __future__ import annotations

import statistics
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import sync_playwright

from bench import served as serving
from bench.served import Ours, OursInVoila

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from bench.served import Small

FURTHER = 4


def measure(rounds: int) -> str:
    """Return the table, and how the goals stand."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home = serving.journal(folder)
        ours = Ours(home, stack)
        theirs = OursInVoila(home, stack, folder / "workbook")
        bare = serving.voila(folder, stack, preheated=False)
        heated = serving.voila(folder, stack, preheated=True)
        every: list[Ours | Small] = [ours, theirs, bare, heated, *serving.small(folder, stack)]
        browser = serving.launch(stack.enter_context(sync_playwright()))
        every = [one for one in every if serving.arrives(one, browser)]
        cold: dict[str, list[float]] = {one.name: [] for one in every}
        warm: dict[str, list[float]] = {one.name: [] for one in every}
        for _ in range(rounds):
            for one in every:
                page = one.enter(browser)
                cold[one.name].append(one.visit(page))
                one.rest()
                warm[one.name].append(one.visit(page))
                page.context.close()
                one.rest()
        costs = {one.name: further(one, browser) for one in every}
        where = mappings(ours, browser)
        browser.close()
    middle = {name: statistics.median(times) for name, times in warm.items()}
    mine = middle[ours.name]
    lines = ["| page | warm | worst | cold | worst | times ours, warm | each further page |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for name, took in middle.items():
        lines.append(
            f"| {name} | {_line(warm[name])} | {_line(cold[name])} "
            f"| {took / mine:.1f} | {costs[name]:.1f} MiB |"
        )
    panel = middle.get("Panel, small page")
    held = costs[ours.name]
    lines += [
        "",
        "| goal | in this run | met |",
        "|---|---|---|",
        _goal("warm, at most Panel's time", mine / panel if panel else None, 1, "of it"),
        _goal("warm, at most a fifth of bare Voila's, same page", mine / middle[theirs.name], 0.2),
        _goal("warm, at most a fifth of bare Voila's, small page", mine / middle[bare.name], 0.2),
        _goal("a further page, a fifth of Voila's, same page", held / costs[theirs.name], 0.2),
        _goal("a further page, a fifth of Voila's, small page", held / costs[bare.name], 0.2),
        "",
        f"What a page's process has of its own, by mapping: {where}.",
    ]
    return "\n".join(lines)


def _line(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} s | {max(times):.2f} s"


def _goal(name: str, ratio: float | None, most: float, of: str = "of it") -> str:
    if ratio is None:
        return f"| {name} | not measured | no |"
    return f"| {name} | {ratio:.2f} {of} | {'yes' if ratio <= most else 'no'} |"


def further(one: Ours | Small, browser: Browser) -> float:
    """Return what each further open page costs, in MiB."""
    pages = [one.enter(browser)]
    one.visit(pages[0])
    one.rest()
    before = serving.memory(one.pid)
    for _ in range(FURTHER):
        pages.append(one.enter(browser))
        one.visit(pages[-1])
        one.rest()
    cost = (serving.memory(one.pid) - before) / FURTHER
    for page in pages:
        page.context.close()
    return cost


def mappings(ours: Ours, browser: Browser) -> str:
    """Return the largest mappings of a page's process, by what of them is its own."""
    page = ours.enter(browser)
    ours.visit(page)
    family = psutil.Process(ours.pid).children(recursive=True)
    family = [one for one in family if one.name() == "evenground-page"]
    newest = max(family, key=lambda one: (one.create_time(), one.pid))
    own: Counter[str] = Counter()
    for one in newest.memory_maps():
        kind = one.path if one.path.startswith("[") else Path(one.path).suffix and "libraries"
        own[kind or "other files"] += one.private_dirty
    page.context.close()
    return ", ".join(f"{kind} {held / 2**20:.1f} MiB" for kind, held in own.most_common(4) if held)
