"""Pages whose process is forked ready to run: the server's end of each, and what it may cost.

A page of the workbook needs nothing of IPython. Its process is a fork that runs the page's cells
and hears the page, over one line, without the five sockets and the dozen threads of a kernel. Where
kernels are not forked, and for a notebook with cells of another kind, there are kernels.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from evenground.app.running import PATIENCE, RunError
from evenground.app.shown import Shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

    from evenground import fork
    from evenground.app.door import Session
    from evenground.fork import Forked

MAIN = "evenground.app.inside:main"
NAME = "evenground-page"
READ = 2**18  # bytes at a time
UNTAKEN = 300.0  # seconds until a page ends whose line nobody has taken up
GRACE = 2.0  # seconds in which a process ends by itself when its line is closed


class Listener(Protocol):
    """The page's end of the line."""

    def hear(self, text: str) -> None:
        """Take what the widgets say."""

    def close(self) -> None:
        """Know that there is nobody to speak to any more."""


class Light:
    """The process of one page."""

    def __init__(
        self,
        key: str,
        process: Forked,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.key = key  # what a kernel's id is to a kernel
        self._process = process
        self._reader = reader
        self._writer = writer
        self._begun = b""  # a line of which the end is still to come
        self._pump: asyncio.Task[None] | None = None
        self._early: list[bytes] = []  # what was said before anybody listened
        self._met = False  # somebody listens, or did
        self.listener: Listener | None = None

    async def cells(self) -> AsyncIterator[list[Shown]]:
        """Yield what the cells show, as many at a time as have run; RunError when it ends early."""
        whole = False
        while not whole:
            shown = []
            for line in await self._lines(PATIENCE):
                told = json.loads(line)
                if "cell" in told:
                    shown.append(Shown(**told["cell"]))
                elif "whole" in told:
                    whole = True
                else:
                    self._pass_on(line)
            if shown:
                yield shown
        self._pump = asyncio.create_task(self._listen())

    def meet(self, listener: Listener) -> None:
        """Speak to this listener from now on; whoever listened before does so no more.

        The first one hears what was said before it came. One that comes later asks for the state.
        """
        self.listener, self._met = listener, True
        for line in self._early:
            listener.hear(line.decode())
        self._early.clear()

    def say(self, text: str) -> None:
        """Send it a message of the page."""
        # A line of its own, whatever the page put between the words.
        self._writer.write(text.replace("\n", " ").encode() + b"\n")

    async def end(self) -> None:
        """Close the line: it takes in what is on its way, and is gone soon after."""
        if self._pump is not None and self._pump is not asyncio.current_task():
            self._pump.cancel()
        if self.listener is not None:
            self.listener.close()
        self._writer.close()
        try:
            await asyncio.to_thread(self._process.wait, GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    def look_after(self, session: Session, seconds: float = UNTAKEN) -> None:
        """End it when nobody has its line after a while; a second device may sleep for longer."""
        waits = max(seconds, UNTAKEN) if session.shared else seconds
        asyncio.get_running_loop().call_later(waits, self._end_if_left, session)

    def _end_if_left(self, session: Session) -> None:
        if self.listener is None:
            session.kernels.discard(self.key)
            self._last = asyncio.ensure_future(pages.end(self.key))

    async def _lines(self, patience: float | None = None) -> list[bytes]:
        """Return the next whole lines; RunError when there will be none, or none in time."""
        try:
            said = await asyncio.wait_for(self._reader.read(READ), patience)
        except (TimeoutError, OSError) as error:
            raise RunError("the process of a page fell silent") from error
        if not said:
            raise RunError("the process of a page ended")
        *lines, self._begun = (self._begun + said).split(b"\n")
        return lines

    async def _listen(self) -> None:
        with suppress(RunError):
            while True:
                for line in await self._lines():
                    self._pass_on(line)
        # It ended by itself, and its page is told by a line that closes.
        await pages.end(self.key)

    def _pass_on(self, line: bytes) -> None:
        if self.listener is not None:
            self.listener.hear(line.decode())
        elif not self._met:
            self._early.append(line)


class Lights:
    """The pages that are open in this way, each under an id as a kernel has one."""

    def __init__(self) -> None:
        self._open: dict[str, Light] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, key: str) -> bool:
        return key in self._open

    def get(self, key: str) -> Light | None:
        """Return the page of an id, if it is open."""
        return self._open.get(key)

    async def start(
        self, mould: fork.Mould, cells: Sequence[str], *, told: Mapping[str, str], where: Path
    ) -> str:
        """Return the id of a new page; NoForkError where it is to have a kernel."""

        def begin() -> Forked:
            env = {**os.environ, **told}
            given = {"cells": list(cells)}
            return mould.call(MAIN, given, name=NAME, env=env, cwd=str(where))

        process = await asyncio.to_thread(begin)
        reader, writer = await asyncio.open_unix_connection(sock=process.line)
        key = str(uuid.uuid4())
        self._open[key] = Light(key, process, reader, writer)
        return key

    async def end(self, key: str) -> bool:
        """End a page; return whether it was one of these."""
        found = self._open.pop(key, None)
        if found is None:
            return False
        await found.end()
        return True

    async def end_all(self) -> None:
        """End all of them."""
        await asyncio.gather(*(self.end(key) for key in tuple(self._open)))


pages = Lights()  # of this server
