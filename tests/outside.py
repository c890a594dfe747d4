"""What a test sees of processes, files and ports that come and go while it looks."""

from __future__ import annotations

import os
import random
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tornado.websocket import WebSocketClientConnection

    from serving import Server

READY = 120  # seconds: a machine that is busy with other things is waited for


def wait_until(there: Callable[[], bool]) -> bool:
    """Return whether something outside, that tells nobody, comes to be so in time."""
    end = time.monotonic() + READY
    while not there() and time.monotonic() < end:
        time.sleep(0.05)
    return there()


def gone(*processes: psutil.Process) -> bool:
    """Return whether processes come to an end in time."""
    _, alive = psutil.wait_procs(processes, timeout=READY)
    return alive == []


def below(server: Server, wanted: Callable[[psutil.Process], bool]) -> list[psutil.Process]:
    """Return the processes of a server that are wanted; one that ends meanwhile is none."""
    found = []
    for one in psutil.Process(server.process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if wanted(one):
                found.append(one)
    return found


def kernels(server: Server) -> list[psutil.Process]:
    """Return the kernels of a server."""
    return below(
        server, lambda one: any("ipykernel" in word for word in (one.name(), *one.cmdline()))
    )


async def hang_up(line: WebSocketClientConnection) -> None:
    """Close a line, and wait until it is closed: a loop that ends before leaves a socket open."""
    line.close()
    while await line.read_message() is not None:
        pass


def contents(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file below folders with its bytes; one that goes meanwhile is none."""
    for folder in folders:
        for at, _, names in os.walk(folder):
            for path in (Path(at, name) for name in sorted(names)):
                with suppress(FileNotFoundError):
                    if path.is_file():
                        yield path, path.read_bytes()


def free_port() -> int:
    """Return a port that is free, and that the system gives to nobody who asks for any."""
    for port in random.SystemRandom().sample(range(10_000, 30_000), 100):
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
