"""From a key to "Saved", beside what it is made of: one write that the disk confirmed, one trip.

The key is pressed in a box that takes a draft, after a rest, so that it goes out at once; the page
itself notes when the key arrives and when the header says "Saved" again. The trip is a message over
a websocket and back, from a page in the same browser to a server that does no more than that. Both
are taken after the same rest as the key, in which a processor goes to sleep, and once more without.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench import served as serving
from bench.served import Ours

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

KEYS = 5  # in a round
REST = 400  # milliseconds between two keys: each goes out at once
WROTE = "a write and fsync"
TRIPPED = "a websocket trip"
REPLACED = "a file replaced, it and its folder confirmed, as each draft is"
WRITE = "voila/render/00_start.ipynb#three-values-to-come-back-to"
BOX = "section[id='three-values-to-come-back-to'] textarea"
ECHO = """
import asyncio
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler
class Empty(RequestHandler):
    def get(self):
        self.finish("<title>Echo</title>")
class Echo(WebSocketHandler):
    def open(self):
        self.set_nodelay(True)
    def on_message(self, said):
        self.write_message(said)
async def main():
    sockets = bind_sockets(0, "127.0.0.1")
    HTTPServer(Application([("/", Empty), ("/echo", Echo)])).add_sockets(sockets)
    print(sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""
TRIP = """async (text) => {
    globalThis.line ??= await new Promise((open) => {
        const line = new WebSocket(`ws://${location.host}/echo`);
        line.onopen = () => open(line);
    });
    const began = performance.now();
    const back = new Promise((heard) => (line.onmessage = heard));
    line.send(text);
    await back;
    return performance.now() - began;
}"""
LISTEN = """(box) => {
    const saved = document.getElementById("eg-saved");
    globalThis.took = [];
    let began = 0;
    box.addEventListener("input", () => (began = performance.now()), true);
    new MutationObserver(() => {
        if (!began || !saved.textContent.startsWith("Saved")) return;
        took.push(performance.now() - began);
        began = 0;
    }).observe(saved, { childList: true, characterData: true, subtree: true });
}"""


def measure(rounds: int) -> str:
    """Return the table, and how the goal stands."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home = serving.journal(folder)
        ours = Ours(home, stack)
        browser = serving.launch(stack.enter_context(sync_playwright()))
        page = ours.enter(browser)
        page.goto(f"{ours.server.address}/{WRITE}")
        page.locator(BOX).first.wait_for()
        page.locator(BOX).first.evaluate(LISTEN)
        other = browser.new_context().new_page()
        other.goto(f"http://127.0.0.1:{echo(stack)}/")
        said = '{"type": "input", "name": "heard", "value": "' + "x" * 200 + '"}'
        bare: dict[str, Callable[[], float]] = {
            WROTE: lambda: written(home),
            TRIPPED: lambda: other.evaluate(TRIP, said),
            REPLACED: lambda: replacing(home),
        }
        keys: list[float] = []
        rested: dict[str, list[float]] = {name: [] for name in bare}
        at_once: dict[str, list[float]] = {name: [] for name in bare}
        for _ in range(rounds):
            keys += pressed(page)
            for name, once in bare.items():
                for _ in range(KEYS):
                    page.wait_for_timeout(REST)
                    rested[name].append(once())
                at_once[name] += [once() for _ in range(KEYS)]
        browser.close()
    lines = ["| what | median | worst | without a rest |", "|---|---|---|---|"]
    lines.append(f"| from a key to “Saved” | {_line(keys)} | |")
    for name, times in rested.items():
        lines.append(f"| {name} | {_line(times)} | {statistics.median(at_once[name]):.1f} ms |")
    lines += ["", "| goal | in this run | met |", "|---|---|---|"]
    for name, times in {"as rested as the key": rested, "without a rest": at_once}.items():
        sum_of_both = statistics.median(times[WROTE]) + statistics.median(times[TRIPPED])
        ratio = statistics.median(keys) / sum_of_both
        met = "yes" if ratio <= 1.5 else "no"
        lines.append(f"| at most 1.5 times write and trip, {name} | {ratio:.1f} times | {met} |")
    return "\n".join(lines)


def _line(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} ms | {max(times):.1f} ms"


def pressed(page: Page) -> list[float]:
    """Press a few keys, each when the one before is saved; return how long each took."""
    page.evaluate("() => { took.length = 0; }")
    box = page.locator(BOX).first
    box.focus()
    for number in range(KEYS):
        page.wait_for_timeout(REST)
        page.keyboard.press("x")
        page.wait_for_function("number => took.length > number", arg=number)
    return page.evaluate("() => took")


def written(home: Path) -> float:
    """Return the milliseconds of a write of a draft's size that the disk confirmed."""
    began = time.perf_counter()
    descriptor = os.open(home / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.write(descriptor, b"x" * 400)
    os.fsync(descriptor)
    os.close(descriptor)
    return 1000 * (time.perf_counter() - began)


def replacing(home: Path) -> float:
    """Return the milliseconds of what a draft promises: the old or the new one, in any event."""
    began = time.perf_counter()
    with (home / "bare.new").open("wb", buffering=0) as file:
        file.write(b"x" * 400)
        os.fsync(file.fileno())
    (home / "bare.new").replace(home / "bare.draft")
    folder = os.open(home, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return 1000 * (time.perf_counter() - began)


def echo(stack: ExitStack) -> int:
    """Start a server that sends back what it is sent; return its port."""
    server = subprocess.Popen([sys.executable, "-c", ECHO], stdout=subprocess.PIPE, text=True)
    stack.callback(server.wait)
    stack.callback(server.terminate)
    assert server.stdout is not None
    return int(server.stdout.readline())
