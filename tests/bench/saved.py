"""From a key to "Saved", beside what it is made of: one write that the disk confirmed, one trip.

The key is pressed in a box that takes a draft, after a rest, so that it goes out at once; the page
itself notes when the key arrives and when the header says "Saved" again. The trip is a message over
a websocket and back, from a page in the same browser to a server that does no more than that.
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
    from playwright.sync_api import Page

KEYS = 5  # in a round
REST = 400  # milliseconds between two keys: each goes out at once
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
        keys: list[float] = []
        writes: list[float] = []
        trips: list[float] = []
        replaced: list[float] = []
        said = '{"type": "input", "name": "heard", "value": "' + "x" * 200 + '"}'
        for _ in range(rounds):
            keys += pressed(page)
            for _ in range(KEYS):
                trips.append(other.evaluate(TRIP, said))
                writes.append(written(home))
                replaced.append(replacing(home))
        browser.close()
    bare = statistics.median(writes) + statistics.median(trips)
    found = {
        "from a key to “Saved”": keys,
        "a write and fsync": writes,
        "a websocket trip": trips,
        "a file replaced, it and its folder confirmed, as each draft is": replaced,
    }
    lines = ["| what | median | worst |", "|---|---|---|"]
    for name, times in found.items():
        lines.append(f"| {name} | {statistics.median(times):.1f} ms | {max(times):.1f} ms |")
    ratio = statistics.median(keys) / bare
    met = "yes" if ratio <= 1.5 else "no"
    goal = f"| a key to “Saved”, 1.5 times write and trip | {ratio:.2f} times | {met} |"
    return "\n".join([*lines, "", "| goal | in this run | met |", "|---|---|---|", goal])


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
