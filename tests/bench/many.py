"""How long until all of N pages that are opened at once answer, ours and bare Voila's.

    python tests/bench/many.py [N ...]

No browser: forty of them on one machine would measure themselves. Each page is asked for and read
to its end; then its line is opened and its widgets are asked for their state, until they answer.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import tempfile
import time
import uuid
from pathlib import Path

import nbformat
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from evenground.app import demo
from pages import VOILA, memory
from serving import Server, Stock, notebook

MANY = "from evenground.app import kernels; kernels.MOST = 1000"
CONTROL = {"version": "1.0.0"}
LONGEST = 600


async def page(address: str, path: str, cookie: str) -> float:
    began = time.perf_counter()
    own = {"Cookie": cookie, "Origin": address}
    got = await AsyncHTTPClient().fetch(
        HTTPRequest(address + path, headers=own, request_timeout=LONGEST, connect_timeout=LONGEST)
    )
    kernel = re.search(r'"kernelId": "([\w-]+)"', got.body.decode())[1]
    there = f"{address.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=s"
    line = await websocket_connect(
        HTTPRequest(there, headers=own, connect_timeout=LONGEST, request_timeout=LONGEST)
    )
    comm = uuid.uuid4().hex
    opened = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    await line.write_message(message("comm_open", opened, CONTROL))
    asked = {"comm_id": comm, "data": {"method": "request_states"}}
    await line.write_message(message("comm_msg", asked, {}))
    while True:
        said = json.loads(await line.read_message())
        if said["msg_type"] == "comm_msg" and said["content"]["comm_id"] == comm:
            return time.perf_counter() - began


def message(kind: str, content: dict, metadata: dict) -> str:
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "s", "username": ""}
    header["version"] = "5.3"
    said = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    return json.dumps({"channel": "shell", **said})


def at_once(count: int, address: str, path: str, cookie: str, pid: int) -> str:
    async def together() -> list[float]:
        AsyncHTTPClient.configure(None, max_clients=count)
        return await asyncio.gather(*(page(address, path, cookie) for _ in range(count)))

    before = memory(pid)
    times = sorted(asyncio.run(together()))
    held = memory(pid)
    return f"{times[0]:.1f} | {times[-1]:.1f} | {held - before:.0f} MiB"


def main() -> None:
    counts = [int(count) for count in sys.argv[1:]] or [2, 10, 40]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| pages at once | first answers | last answers | memory |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        demo.write(folder / "demo")
        (folder / "small").mkdir()
        nbformat.write(notebook(VOILA), folder / "small" / "small.ipynb")
        for count in counts:
            with Server(folder / "demo", before=MANY) as ours:
                cookie = f"{ours.come_in()}; who=a"
                path = "/voila/render/04_review.ipynb"
                asyncio.run(page(ours.address, path, cookie))
                said = at_once(count, ours.address, path, cookie, ours.process.pid)
                print(f"| {count}, Even Ground's review page | {said} |", flush=True)
            with Stock(folder / "small") as stock:
                path = "/voila/render/small.ipynb"
                asyncio.run(page(stock.address, path, ""))
                said = at_once(count, stock.address, path, "", stock.process.pid)
                print(f"| {count}, Voila's small page | {said} |", flush=True)


if __name__ == "__main__":
    main()
