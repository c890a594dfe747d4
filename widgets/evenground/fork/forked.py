"""One process that was forked: a kernel, or a page."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    from evenground.fork.mould import Mould


class Forked:
    """A kernel that was forked: what subprocess.Popen is to a kernel that was started."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int, line: socket.socket, mould: Mould) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle  # stays the same process, even when its number is given out anew
        self.line = line  # open as long as it is to live
        self._mould = mould

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        if self.returncode is None:
            ended = select.poll()
            ended.register(self._handle, select.POLLIN)
            if ended.poll(0):
                self.returncode = self._mould.code(self.pid)
                os.close(self._handle)
                self.line.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code when it has ended."""
        if self.returncode is None:
            ended = select.poll()
            ended.register(self._handle, select.POLLIN)
            if not ended.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired(["ipykernel"], timeout or 0)
        code = self.poll()
        return 1 if code is None else code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)
