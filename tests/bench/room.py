"""A room of forty couples on this machine: joining, opening a page, saving, and what it holds.

No browser: eighty of them on one machine would measure themselves. Each of a couple is a client
that joins by its code, reads a page to its end, opens its line and types, as a browser would. The
Hub, the proxy, the service and the couples' servers are those of `evenground group room`.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import psutil

from bench.many import message
from bench.served import journal
from evenground.group import rooms as kept

sys.path.append(str(Path(__file__).parents[1] / "hub"))
from rooms import Room  # the same that the tests open

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

COUPLES, FEWER = 40, 4
SPREAD = 120.0  # seconds over which all open their next page, as people in a room do
SAVES, REST = 20, 3.0  # keys of each person, and the seconds between two of them
LONGEST = 600
MIB = 2**20
CONFIG = re.compile(r'id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)
MODELS = re.compile(r'<script class="eg-models"[^>]*>(.*?)</script>', re.DOTALL)
WRITE = "voila/render/00_start.ipynb"
NEXT = "voila/render/02_listen.ipynb"
REVIEW = "voila/render/04_review.ipynb"


def measure(rounds: int) -> str:
    """Return the tables. Fewer rounds than 10: four couples and not forty."""
    couples = COUPLES if rounds >= 10 else FEWER
    with tempfile.TemporaryDirectory() as kept:
        room = Room(Path(kept), couples=couples)
        began = time.perf_counter()
        room.open()
        opened = time.perf_counter() - began
        try:
            made = journal(Path(kept))
            for pair in room.pairs:
                _seat(room, pair, made)
            return asyncio.run(_evening(room, opened))
        finally:
            room.close()


async def _evening(room: Room, opened: float) -> str:
    people = [Person(room, pair, one) for pair in room.pairs for one in "ab"]
    before = _held(room)
    firsts = [one for one in people if one.one == "a"]
    joined = await _all(firsts, lambda one: one.join())
    joined += await _all([one for one in people if one.one == "b"], lambda one: one.join())
    at_rest, worked = _held(room), _worked(room) / len(firsts)
    started = await _all(people, lambda one: one.visit(WRITE))
    with_pages = _held(room)
    saved = [took for some in await _all(people, lambda one: one.type()) for took in some]
    moved = await _all(people, lambda one: one.visit(NEXT, within=SPREAD))
    drawn = await _all(people, lambda one: one.visit(REVIEW, within=SPREAD))
    after = _held(room)
    for one in people:
        await one.leave()
    rows = [
        ("the first of each couple joins, all at once", joined[: len(firsts)]),
        ("the second joins", joined[len(firsts) :]),
        (f"{len(people)} people open Start at once", started),
        (f"a page of 02, opened by all within {SPREAD:.0f} s", moved),
        (f"the review with its charts, by all within {SPREAD:.0f} s", drawn),
        (f"a key to “saved”, {len(people)} people at a time", saved),
    ]
    until = f"A couple's server took {worked:.1f} s of one core until both had joined."
    lines = [f"{len(firsts)} couples; the room opened in {opened:.1f} s. {until}", ""]
    lines += ["| what | middle | p95 | longest |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {_said(statistics.median(took))} | {_said(_p95(took))} | {_said(max(took))} |"
        for name, took in rows
    ]
    lines += ["", "| memory | all | for each couple |", "|---|---|---|"]
    lines.append(f"| Hub, proxy and service | {before:.0f} MiB | |")
    for name, held in (
        ("couples' servers, no page open", at_rest),
        ("and a page of Start for each person", with_pages),
        ("and after the evening, a review open for each", after),
    ):
        each = (held - before) / len(firsts)
        lines.append(f"| {name} | {held - before:.0f} MiB | {each:.0f} MiB |")
    return "\n".join(lines)


class Person:
    """One of a couple, with a browser's cookies."""

    def __init__(self, room: Room, pair: str, one: str) -> None:
        self.at = f"http://127.0.0.1:{room.port}"
        self.base = f"{self.at}/user/pair-{pair}/"
        self.one = one
        self.code = room.codes[pair, one]
        self.dice = random.Random(self.code)
        self.web: aiohttp.ClientSession | None = None
        self.line: aiohttp.ClientWebSocketResponse | None = None
        self.models: dict[str, Any] = {}

    async def join(self) -> float:
        """Join by the code; return the seconds until the couple's server answers."""
        self.web = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=LONGEST),
            headers={"Origin": self.at},
        )
        began = time.perf_counter()
        async with self.web.get(f"{self.at}/hub/login") as got:
            xsrf = re.search(r'name="_xsrf" value="([^"]+)"', await got.text())[1]
        form = {"_xsrf": xsrf, "username": self.code, "password": f"word of {self.code}"}
        async with self.web.post(f"{self.at}/hub/login", data=form) as got:
            where = str(got.url)
        while not where.startswith(self.base):
            # A server that was given up never comes.
            assert time.perf_counter() - began < LONGEST, f"no server for {self.code}"
            await asyncio.sleep(0.25)
            async with self.web.get(where) as got:
                where = str(got.url)
                assert got.status < 500, await got.text()
        took = time.perf_counter() - began
        await self.close()
        return took

    async def visit(self, path: str, *, within: float = 0.0) -> float:
        """Leave the page before, open one, and return the seconds until it answers."""
        await asyncio.sleep(self.dice.uniform(0, within))
        await self.close()
        began = time.perf_counter()
        async with self.web.get(self.base + path) as got:
            said = await got.text()
        told = json.loads(
            re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', said, re.DOTALL)[1]
        )
        for states in re.findall(r'<script class="eg-models"[^>]*>(.*?)</script>', said, re.DOTALL):
            self.models |= json.loads(states)
        way = f"api/kernels/{told['kernelId']}/{told['line']}?session_id=s"
        self.line = await self.web.ws_connect(self.base.replace("http", "ws") + way)
        room = next(key for key, state in self.models.items() if state.get("place") == "room")
        await self._say(room, {"type": "ping", "n": 1})
        await self._hear("pong")
        return time.perf_counter() - began

    async def type(self) -> list[float]:
        """Type into a box that keeps a draft; return the seconds from each key to "saved"."""
        model, box = await self._box()
        took = []
        for number in range(SAVES):
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * REST)
            began = time.perf_counter()
            typed = {"type": "input", "name": box, "value": "a" * (number + 2), "rev": number + 10}
            await self._say(model, typed)
            kept = await self._hear("kept")
            assert kept["state"] == "saved", kept
            took.append(time.perf_counter() - began)
        return took

    async def _box(self) -> tuple[str, str]:
        # Two people who write into one box at the same time are told so: each takes another one.
        models = list(self.models.items())
        for key, state in models if self.one == "a" else reversed(models):
            nodes = state.get("tree") or []
            for node in nodes if self.one == "a" else reversed(nodes):
                if node.get("is") == "field" and node.get("control") == "text":
                    tried = {"type": "input", "name": node["name"], "value": "a", "rev": 1}
                    await self._say(key, tried)
                    if (await self._hear("kept"))["state"] == "saved":
                        return key, node["name"]
        raise LookupError("no box on this page keeps a draft")

    async def _say(self, model: str, content: dict[str, Any]) -> None:
        said = {"comm_id": model, "data": {"method": "custom", "content": content}}
        await self.line.send_str(message("comm_msg", said, {}))

    async def _hear(self, kind: str) -> dict[str, Any]:
        while True:
            told = json.loads((await self.line.receive(timeout=LONGEST)).data)
            content = told["content"].get("data", {}).get("content", {})
            if told["header"]["msg_type"] == "comm_msg" and content.get("type") == kind:
                return content

    async def close(self) -> None:
        """Close the page, as a browser does: with its beacon."""
        if self.line is not None:
            kernel = re.search(r"kernels/([\w-]+)/", str(self.line._response.url))[1]
            await self.line.close()
            async with self.web.post(f"{self.base}voila/api/shutdown/{kernel}") as got:
                assert got.status == 204
        self.line, self.models = None, {}

    async def leave(self) -> None:
        """Put the browser away."""
        await self.close()
        await self.web.close()


async def _all(people: Sequence[Person], what: Callable[[Person], Awaitable[Any]]) -> list[Any]:
    return list(await asyncio.gather(*(what(one) for one in people)))


def _seat(room: Room, pair: str, made: Path) -> None:
    """Let a couple find 18 months of answers, so that its pages are as heavy as they become."""
    folder = room.folder / f"pair-{pair}"
    shutil.copytree(made, folder / "journal")
    from evenground.app.room import seats

    if seats.parts_accounts(room.folder):
        number = seats._account(folder.name)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, number, number)


def _held(room: Room) -> float:
    """Return what the processes of a room hold; what several share counts in parts."""
    found: set[psutil.Process] = set()
    for process in kept.running(room.folder, kept.ALL):
        found |= {process, *process.children(recursive=True)}
    total = 0
    for process in found:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total / MIB


def _worked(room: Room) -> float:
    """Return the seconds of a core that the couples' servers took so far, with what they forked."""
    total = 0.0
    for server in room.servers().values():
        for process in (server, *server.children(recursive=True)):
            told = process.cpu_times()
            total += told.user + told.system + told.children_user + told.children_system
    return total


def _p95(took: Sequence[float]) -> float:
    return sorted(took)[max(round(0.95 * len(took)) - 1, 0)]


def _said(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
