"""Marks that a server and a page's process make on the way of one key, for `stages`.

Told to both before they begin; nothing of the app knows of it. A mark is a name and the time of
this machine's one clock. Those of a key are written to a file of the process when it is answered.
"""

from __future__ import annotations

import json
import os
import time
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = "EVENGROUND_MARKS"
KEY, ANSWER = '"input"', '"kept"'
_made: dict[str, int] = {}


def _around(owner: Any, name: str, before: str, after: str = "") -> None:
    """Make a mark when something is called for a key the first time, and when it has been."""
    inner: Callable[..., Any] = getattr(owner, name)

    @wraps(inner)
    def outer(*given: Any, **more: Any) -> Any:
        first = before not in _made
        if first:
            _made[before] = time.monotonic_ns()
        try:
            return inner(*given, **more)
        finally:
            if first and after:
                _made[after] = time.monotonic_ns()

    setattr(owner, name, outer)


def _write() -> None:
    file = Path(os.environ[FOLDER]) / f"marks-{os.getpid()}"
    with file.open("a") as open_file:
        open_file.write(json.dumps(_made) + "\n")
    _made.clear()


def _begin(owner: Any, name: str, mark: str) -> None:
    """Make the first mark of a process when it hears of a key; a ping may come between two."""
    inner: Callable[..., Any] = getattr(owner, name)

    @wraps(inner)
    def outer(self: Any, said: str | bytes) -> Any:
        if KEY in (said if isinstance(said, str) else said.decode()):
            _made.clear()
            _made[mark] = time.monotonic_ns()
        return inner(self, said)

    setattr(owner, name, outer)


def _end(owner: Any, name: str, mark: str) -> None:
    """Make the last mark of a process, and write them all, when it hands on the answer."""
    inner: Callable[..., Any] = getattr(owner, name)

    @wraps(inner)
    def outer(self: Any, said: Any) -> None:
        now = time.monotonic_ns()
        inner(self, said)
        if ANSWER in (said.decode() if isinstance(said, bytes) else json.dumps(said)):
            _made[mark] = now
            _write()

    setattr(owner, name, outer)


def in_server() -> None:
    """Mark in the server when a key comes, and when its answer does."""
    from evenground.app import kernels, light, line

    kernels.PRELOAD = (*kernels.PRELOAD, "bench.marks:in_page")
    _begin(line.LightLine, "on_message", "server >")
    _end(light.Light, "_pass_on", "answer >")


def in_page() -> None:
    """Mark in a page's process, from what comes down its line to the answer."""
    from evenground.app import inside
    from evenground.journal import Journal, disk, order

    _begin(inside.Page, "hear", "page >")
    _around(Journal, "keep_draft", "draft >")
    _around(order.Held, "__enter__", "lock >", "lock <")
    _around(disk, "replace", "file >")
    _around(disk, "sync", "sync >", "sync <")
    _around(disk, "confirm_folder", "folder >", "folder <")
    _end(inside.Page, "_tell", "said >")
