"""The one lock of a journal, and the number that each row gets while it is held."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from filelock import lock_descriptor, unlock_descriptor

from evenground.journal import disk, place
from evenground.journal.faults import NotSaved, not_saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "order"
PATIENCE = 10.0  # seconds to wait for another page to finish a write of milliseconds

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Held:
    """The lock while it is held, in a with statement. No generator: every save pays for it."""

    def __init__(self, order: Order) -> None:
        """Hold nothing yet."""
        self._order = order
        self._descriptor = -1

    def __enter__(self) -> Callable[[], int]:
        """Wait for the lock; return what draws the next number."""
        self._descriptor = self._order.open()
        try:
            _wait_for(self._descriptor)
        except BaseException:
            os.close(self._descriptor)
            raise
        self._order.held += 1
        return self._draw

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        self._order.held -= 1
        try:
            unlock_descriptor(self._descriptor)
        finally:
            os.close(self._descriptor)

    def _draw(self) -> int:
        return self._order.next(self._descriptor)


class Order:
    """The file that is locked, and holds the last number drawn."""

    def __init__(self, home: Path, in_rows: Callable[[], int]) -> None:
        """Stand in a folder; `in_rows` returns the highest number that any row has."""
        self._home = home
        self._path = os.fspath(home / FILE)
        self._in_rows = in_rows
        self._highest = -1
        self.held = 0  # how often this page holds the lock

    def hold(self) -> Held:
        """Hold the journal's lock; gives what draws the next number of the order."""
        return Held(self)

    def behind(self, highest: int, draw: Callable[[], int]) -> None:
        """Let the next number be above those of rows that came from elsewhere."""
        self._highest = max(self._highest, highest)
        draw()

    def open(self) -> int:
        """Return a descriptor of the file; its folder is made when it is missing."""
        try:
            return os.open(self._path, _FLAGS, disk.FILE)
        except FileNotFoundError:
            place.make(self._home)
        except OSError as error:
            raise not_saved(error, file=FILE) from error
        try:
            return os.open(self._path, _FLAGS, disk.FILE)
        except OSError as error:
            raise not_saved(error, file=FILE) from error

    def next(self, descriptor: int) -> int:
        """Draw the next number. What is lost of it by a power cut is found again in the rows."""
        told = _read(descriptor)
        if self._highest < 0 or not told.isdigit():
            self._highest = max(self._highest, self._in_rows(), 0)
        self._highest = max(self._highest, int(told) if told.isdigit() else 0) + 1
        try:
            _write(descriptor, b" %12d\n" % self._highest)
        except OSError as error:
            raise not_saved(error, file=FILE) from error
        return self._highest


def _wait_for(descriptor: int) -> None:
    if lock_descriptor(descriptor, blocking=False):
        return
    until, pause = time.monotonic() + PATIENCE, 0.0005
    while not lock_descriptor(descriptor, blocking=False):
        if time.monotonic() > until:
            raise NotSaved("save.busy")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.01)


# The first byte is the one that is locked, on Windows for reading as well; the number is behind it.
def _read(descriptor: int) -> str:
    os.lseek(descriptor, 1, os.SEEK_SET)
    return os.read(descriptor, 32).decode("ascii", "replace").strip()


def _write(descriptor: int, data: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, data)
