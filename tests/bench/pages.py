"""From the press to a control that answers, cold and warm, and what a further open page holds.

One browser asks all servers in turn, round by round, so that what else the machine does is shared
out between them.
"""

from __future__ import annotations

import statistics
import sys
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
        costs: dict[str, float] = {}
        for at in range(rounds + 1):
            for one in tuple(every):
                try:
                    if at == rounds:
                        costs[one.name] = further(one, browser)
                    else:
                        seen(one, browser, cold[one.name], warm[one.name])
                except Exception as error:  # noqa: BLE001 - the others are measured all the same
                    said = str(error).splitlines()[0]
                    print(f"{one.name} is left out from here on: {said}", file=sys.stderr)
                    every.remove(one)
        where = mappings(ours, browser)
        browser.close()
    middle = {one.name: statistics.median(warm[one.name]) for one in every}
    mine, held = middle[ours.name], costs[ours.name]
    lines = ["| page | warm | worst | cold | worst | times ours, warm | each further page |"]
    lines += ["|---|---|---|---|---|---|---|"]
    for name, took in middle.items():
        lines.append(
            f"| {name} | {_line(warm[name])} | {_line(cold[name])} "
            f"| {took / mine:.1f} | {costs[name]:.1f} MiB |"
        )
    fifth = {
        "a fifth of bare Voila's, same page": theirs.name,
        "a fifth of bare Voila's, small page": bare.name,
    }
    lines += ["", "| goal | in this run | met |", "|---|---|---|"]
    lines.append(_goal("warm, at most Panel's time", mine, middle.get("Panel, small page"), 1))
    lines += [_goal(f"warm, at most {of}", mine, middle.get(name)) for of, name in fifth.items()]
    lines += [_goal(f"a further page, {of}", held, costs.get(name)) for of, name in fifth.items()]
    lines += [
        "",
        f"What a page's process has of its own, by mapping: {where}.",
    ]
    return "\n".join(lines)


def _line(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} s | {max(times):.2f} s"


def _goal(name: str, ours: float, theirs: float | None, most: float = 0.2) -> str:
    if theirs is None:
        return f"| {name} | not measured | no |"
    return f"| {name} | {ours / theirs:.2f} of it | {'yes' if ours <= most * theirs else 'no'} |"


def seen(one: Ours | Small, browser: Browser, cold: list[float], warm: list[float]) -> None:
    """Open a page in a browser that was never there, and once more."""
    page = one.enter(browser)
    try:
        first = one.visit(page)
        one.rest()
        warm.append(one.visit(page))
        cold.append(first)
    finally:
        page.context.close()
    one.rest()


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
