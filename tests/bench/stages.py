"""Where the time goes from a key to "Saved": each stage by one clock, over many keys.

The server and the page's process make marks (`bench.marks`), the page its own. How far the
browser's clock is from ours is taken so that the quickest way there takes as long as that back.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench import marks, saved
from bench import served as serving
from bench.served import Ours

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEYS = 10  # in a round
FIRST = 5  # that are not counted
LISTEN = """(box) => {
    const saved = document.getElementById("eg-saved");
    const now = () => performance.timeOrigin + performance.now();
    globalThis.took = [];
    let one = null;
    box.addEventListener("input", () => (one = { key: now() }), true);
    const send = WebSocket.prototype.send;
    const heard = new WeakSet();
    WebSocket.prototype.send = function (text) {
        if (!heard.has(this)) {
            heard.add(this);
            const inner = this.onmessage;
            this.onmessage = (event) => {
                if (one && event.data.includes('"kept"')) one.heard ??= now();
                inner(event);
            };
        }
        if (one && text.includes('"input"')) one.sent ??= now();
        send.call(this, text);
    };
    new MutationObserver(() => {
        if (!one?.heard || !saved.textContent.startsWith("Saved")) return;
        took.push({ ...one, shown: now() });
        one = null;
    }).observe(saved, { childList: true, characterData: true, subtree: true });
}"""
STAGES = {  # what ends with a mark, in order
    "sent": "the page: the key is on its way",
    "server >": "to the server",
    "page >": "the server, and on to the page's process",
    "draft >": "the process: which widget, which form",
    "lock >": "the draft: who writes, and where",
    "lock <": "the lock",
    "file >": "the draft before it, and the new one's row",
    "sync >": "a new file, written",
    "sync <": "the disk confirms the file",
    "folder >": "it takes the old one's place",
    "folder <": "the disk confirms the folder",
    "said >": "the process: its answer",
    "answer >": "back to the server",
    "heard": "the server, and on to the page, until it listens",
    "shown": "the page: “Saved”",
}


def measure(rounds: int) -> str:
    """Return the table."""
    keys = marked(rounds)
    lines = ["| stage | median | worst |", "|---|---|---|"]
    before = "key"
    for mark, stage in STAGES.items():
        took = [key[mark] - key[before] for key in keys]
        lines.append(f"| {stage} | {statistics.median(took):.2f} ms | {max(took):.2f} ms |")
        before = mark
    took = [key["shown"] - key["key"] for key in keys]
    lines.append(
        f"| **from the key to “Saved”** | {statistics.median(took):.2f} ms | {max(took):.2f} ms |"
    )
    return "\n".join(lines)


def marked(rounds: int) -> list[dict[str, float]]:
    """Press keys; return when each of them came to each mark, in milliseconds."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        told = {marks.FOLDER: str(folder), "PYTHONPATH": str(Path(__file__).parents[1])}
        before = {name: os.environ.get(name, "") for name in told}
        os.environ.update(told)
        stack.callback(os.environ.update, before)
        home = serving.journal(folder)
        begin = f"{serving.MANY}; from bench import marks; marks.in_server()"
        ours = Ours(home, stack, before=begin)
        browser = serving.launch(stack.enter_context(sync_playwright()))
        page = ours.enter(browser)
        page.goto(f"{ours.server.address}/{saved.WRITE}")
        page.locator(saved.BOX).first.wait_for()
        page.locator(saved.BOX).first.evaluate(LISTEN)
        pressed(page, FIRST)
        for file in folder.glob("marks-*"):
            file.unlink()
        keys = pressed(page, KEYS * rounds)
        made = [file.read_text().splitlines() for file in folder.glob("marks-*")]
        browser.close()
    for key, *lines in zip(keys, *made, strict=True):
        for line in lines:
            key |= {name: at / 1e6 for name, at in json.loads(line).items()}
    there = min(key["server >"] - key["sent"] for key in keys)
    back = min(key["heard"] - key["answer >"] for key in keys)
    for key in keys:
        for name in ("key", "sent", "heard", "shown"):
            key[name] += (there - back) / 2
    return keys


def pressed(page: Page, count: int) -> list[dict[str, float]]:
    """Press keys, each when the one before is saved; return what the page noted of each."""
    page.evaluate("() => { took.length = 0; }")
    page.locator(saved.BOX).first.focus()
    for number in range(count):
        page.wait_for_timeout(saved.REST)
        page.keyboard.press("x")
        page.wait_for_function("number => took.length > number", arg=number)
    return page.evaluate("() => took")
