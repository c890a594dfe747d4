"""How long until all of N pages that are opened at once answer, ours and bare Voila's.

No browser: forty of them on one machine would measure themselves. Each page is asked for and read
to its end; then its line is opened and its widgets are asked for their state, until they answer.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path

import nbformat
import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from bench.served import MANY, REVIEW, VOILA, OursInVoila, journal, memory
from evenground.fork.mould import SETTLE
from serving import Server, Stock, notebook

COUNTS = (2, 10, 40, 80)
CONTROL = {"version": "1.0.0"}
LONGEST = 300  # seconds after which a page that does not end is given up
UNHEARD = 60  # seconds after which a page that stands there and is not answered is given up
GROWN = 60  # seconds in which the forking process that stays has imported everything
GIB = 1024


def measure(rounds: int) -> str:
    """Return the table, and how the goals stand. Fewer rounds than 10: without 40 and 80 pages."""
    counts = COUNTS if rounds >= 10 else COUNTS[:2]
    lines = ["| pages at once | served | first answers | last answers | memory |"]
    lines += ["|---|---|---|---|---|"]
    found: dict[tuple[int, str], tuple[float, float]] = {}
    with ExitStack() as kept:
        folder = Path(kept.enter_context(tempfile.TemporaryDirectory()))
        home = journal(folder)
        (folder / "small").mkdir()
        nbformat.write(notebook(VOILA), folder / "small" / "small.ipynb")
        for count in counts:
            for name in ("Even Ground, review page", "Voila, our review page", "Voila, small page"):
                with ExitStack() as stack:
                    begun = serve(name, folder / f"{count}", home, stack)
                    first, last, held, never = at_once(count, *begun)
                found[count, name] = (last, held)
                silent = f", {never} never" if never else ""
                cells = f"{first:.1f} s | {last:.1f} s{silent} | {held:.0f} MiB"
                lines.append(f"| {count} | {name} | {cells} |")
                print(lines[-1], flush=True)
    most = counts[-1]
    ours = found[most, "Even Ground, review page"]
    lines += ["", "| goal | in this run | met |", "|---|---|---|"]
    for name in ("Voila, our review page", "Voila, small page"):
        ratio = ours[0] / found[most, name][0]
        met = "yes" if ratio <= 0.1 else "no"
        lines.append(f"| {most} pages, a tenth of the time of {name} | {ratio:.2f} of it | {met} |")
    met = "yes" if ours[1] <= 4 * GIB else "no"
    lines.append(f"| {most} pages within 4 GiB | {ours[1] / GIB:.1f} GiB | {met} |")
    return "\n".join(lines)


def serve(name: str, folder: Path, home: Path, stack: ExitStack) -> tuple[str, str, str, int]:
    """Start a server; return its address, the page's path, a cookie and its process."""
    if name.startswith("Even"):
        ours = stack.enter_context(Server(home, before=MANY))
        cookie = f"{ours.come_in()}; who=a"
        return ours.address, f"/{REVIEW}", cookie, ours.process.pid
    if "review" in name:
        theirs = OursInVoila(home, stack, folder)
        return theirs.server.address, f"/{REVIEW}", "", theirs.pid
    stock = stack.enter_context(Stock(folder.parent / "small"))
    return stock.address, "/voila/render/small.ipynb", "", stock.process.pid


def at_once(
    count: int, address: str, path: str, cookie: str, pid: int
) -> tuple[float, float, float, int]:
    """Return when the first and the last page answered, what all hold, and how many never did."""

    async def together() -> list[float]:
        AsyncHTTPClient.configure(None, max_clients=count)
        await page(address, path, cookie)
        await asyncio.to_thread(settle, pid)
        before.append(memory(pid))
        return await asyncio.gather(*(page(address, path, cookie) for _ in range(count)))

    before: list[float] = []
    times = asyncio.run(together())
    answered = [one for one in times if one < math.inf]
    held = memory(pid) - before[0]
    return min(answered), max(answered), held, len(times) - len(answered)


def settle(pid: int) -> None:
    """Wait until the forking process that a server begins with has been replaced by its second.

    The pages of the first are nobody's children from then on, and would not be counted.
    """
    own = {one: " ".join(one.cmdline()) for one in psutil.Process(pid).children()}
    first = [one for one, line in own.items() if "forking.py" in line and SETTLE not in line]
    _, left = psutil.wait_procs(first, timeout=GROWN)
    assert not left, "the forking process was not replaced"


async def page(address: str, path: str, cookie: str) -> float:
    began = time.perf_counter()
    own = {"Cookie": cookie, "Origin": address}
    asking = HTTPRequest(
        address + path, headers=own, request_timeout=LONGEST, connect_timeout=LONGEST
    )
    try:
        got = await AsyncHTTPClient().fetch(asking)
    except HTTPClientError:
        return math.inf
    said = got.body.decode()
    kernel = re.search(r'"kernelId": "([\w-]+)"', said)[1]
    way = re.search(r'"line": "(\w+)"', said)
    line = f"/api/kernels/{kernel}/{way[1] if way else 'channels'}?session_id=s"
    there = address.replace("http", "ws") + line
    heard = await websocket_connect(
        HTTPRequest(there, headers=own, connect_timeout=LONGEST, request_timeout=LONGEST)
    )
    comm = uuid.uuid4().hex
    opened = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    asked = {"comm_id": comm, "data": {"method": "request_states"}}
    await heard.write_message(message("comm_open", opened, CONTROL))
    await heard.write_message(message("comm_msg", asked, {}))
    while True:
        try:
            told = json.loads(await asyncio.wait_for(heard.read_message(), UNHEARD))
        except TimeoutError:
            return math.inf
        if told["header"]["msg_type"] == "comm_msg" and told["content"]["comm_id"] == comm:
            return time.perf_counter() - began


def message(kind: str, content: dict, metadata: dict) -> str:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "s", "username": ""}
    header["version"] = "5.3"
    said = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    return json.dumps({"channel": "shell", **said})
