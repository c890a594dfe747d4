"""The server's hold on the forking process."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.fork.forked import Forked
from evenground.fork.forking import LENGTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WARM = 60.0  # seconds in which everything is imported
IDLE = 1.0  # seconds from then on until more is imported, so that a first page comes first
SOON = 30.0  # seconds in which it answers, on a machine that is busy, between two imports
TRIES = 3  # times that a mould is begun again before kernels start without one
LONGEST = 65536
SETTLE = f"{__package__}.settled:settle"  # after everything else is imported
# What decides, when a module is imported, how it works from then on. A kernel that is to have
# another value than the mould had is not forked from it.
FIXED = ("PYTHON", "LD_", "LC_", "OMP_", "OPENBLAS_", "MKL_", "ARROW_", "JUPYTER_WIDGETS_")
FIXED_NAMES = {"LANG", "LANGUAGE", "PATH"}


class NoForkError(Exception):
    """The kernel is not to be forked; says why, in a few words."""


class Mould:
    """A process that has imported what kernels need, and forks them.

    What is imported `later` is imported by a second such process, which takes over when it has: a
    kernel that is asked for meanwhile does not wait for it.
    """

    def __init__(
        self, preload: Sequence[str], environment: Mapping[str, str], later: Sequence[str] = ()
    ) -> None:
        self.preload = tuple(preload)
        self.later = tuple(later)
        self.environment = {**os.environ, **environment}
        self._lock = threading.Lock()
        self._begun: list[float] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._warm = False
        self._grown: Mould | None = None
        self._growing: threading.Thread | None = None
        self._over = threading.Event()

    @property
    def pid(self) -> int | None:
        """Return the number of the forking process."""
        if self._grown is not None:
            return self._grown.pid
        return self._process.pid if self._process else None

    def begin(self) -> None:
        """Let it start importing; returns at once."""
        with self._lock:
            self._begin()

    def end(self) -> None:
        """End the forking process; the kernels forked from it go on."""
        self._over.set()
        grown, self._grown = self._grown, None
        if grown is not None:
            grown.end()
        with self._lock:
            self._end()

    def wait(self) -> None:
        """Return when everything is imported; NoForkError when that fails."""
        with self._lock:
            self._ready()

    def _grow(self) -> None:
        """Let another process import what comes later, and take its place."""
        grown = Mould([*self.preload, *self.later], self.environment)
        with suppress(NoForkError, OSError):
            self.wait()
            if self._over.wait(IDLE):
                return
            grown.begin()
            grown.wait()
            if self._over.is_set():
                grown.end()
                return
            with self._lock:
                self._grown = grown
                self._end()  # its kernels go on

    def fork(self, arguments: Sequence[str], *, env: Mapping[str, str], cwd: str) -> Forked:
        """Return a new kernel; NoForkError when it is not to be had this way."""
        kernel = self._begin_one({"arguments": list(arguments), "env": dict(env), "cwd": cwd})
        try:
            kernel.line.settimeout(SOON)
            there = kernel.line.recv(1)
        except OSError:
            there = b""
        if not there:
            kernel.kill()
            kernel.wait()
            raise NoForkError("a fork ended before it was a kernel")
        return kernel

    def call(
        self, function: str, given: Any, *, name: str, env: Mapping[str, str], cwd: str
    ) -> Forked:
        """Return a new process that calls a function with its end of the line and what is given.

        The function is told as "module:name"; the process shows itself under a name of at most 15
        letters, and ends when `line` is closed. NoForkError as for a kernel.
        """
        return self._begin_one(
            {"function": function, "given": given, "name": name, "env": dict(env), "cwd": cwd}
        )

    def _begin_one(self, told: dict[str, Any]) -> Forked:
        grown = self._grown
        if grown is not None:
            try:
                return grown._begin_one(told)  # noqa: SLF001 - one of our own kind
            except NoForkError:
                self._grown = None
                grown.end()
                self.begin()
                raise
        env = told["env"]
        for name in {*env, *self.environment}:
            fixed = name in FIXED_NAMES or name.startswith(FIXED)
            if fixed and env.get(name) != self.environment.get(name):
                raise NoForkError(f"{name} is not what the imports were made with")
        ours, theirs = socket.socketpair()
        try:
            with theirs, self._lock:
                asked = None if self._grown else self._ask_for_fork(theirs)
        except NoForkError:
            ours.close()
            raise
        if asked is None:  # another one took over a moment ago
            ours.close()
            return self._begin_one(told)
        ours.settimeout(SOON)
        text = json.dumps(told).encode()
        with suppress(OSError):  # whoever hears nothing from it asks how it ended
            ours.sendall(f"{len(text):{LENGTH}}".encode() + text)
        return Forked(*asked, ours, self)

    def code(self, pid: int) -> int:
        """Return the exit code of an ended kernel; 1 if the forking process took it along."""
        with self._lock, suppress(NoForkError, OSError):
            if self._control is not None:
                self._control.settimeout(SOON)
                self._control.send(f"code {pid}".encode())
                code = self._answer()[0].get("code")
                return 1 if code is None else int(code)
        return 1

    def _ask_for_fork(self, line: socket.socket) -> tuple[int, int]:
        self._ready()
        assert self._control is not None  # noqa: S101 - it answered just now
        try:
            self._control.settimeout(SOON)
            socket.send_fds(self._control, [b"fork"], [line.fileno()])
            said, handles = self._answer()
        except OSError as error:
            self._end()
            raise NoForkError("the forking process does not answer") from error
        return int(said["pid"]), handles[0]

    def _ready(self) -> None:
        if self._process is None or self._control is None or self._process.poll() is not None:
            self._begin()
        assert self._control is not None  # noqa: S101 - begun just now
        if not self._warm:
            self._control.settimeout(WARM)
            self._answer()
            self._warm = True

    def _answer(self) -> tuple[dict[str, Any], list[int]]:
        assert self._control is not None  # noqa: S101 - it was begun
        try:
            said, handles, _, _ = socket.recv_fds(self._control, LONGEST, 1)
        except OSError as error:
            self._end()
            raise NoForkError("the forking process does not answer") from error
        if not said:
            self._end()
            raise NoForkError("the forking process has ended")
        told: dict[str, Any] = json.loads(said)
        if "no" in told:
            # What is out of date is made anew, for the kernels after this one.
            self._end()
            raise NoForkError(str(told["no"]))
        return told, handles

    def _begin(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._end()
        now = time.monotonic()
        self._begun = [then for then in self._begun if now - then < WARM]
        if len(self._begun) >= TRIES:
            raise NoForkError("the forking process ended again and again")
        self._begun.append(now)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # The first one is to be there soon; the one that grows beside it may take its time.
        last = [] if self.later else [SETTLE]
        told = {"control": theirs.fileno(), "preload": [*self.preload, *last]}
        program = Path(__file__).with_name("forking.py")
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own file, by this Python
                [sys.executable, program, json.dumps(told)],
                stdin=subprocess.DEVNULL,
                env=self.environment,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control, self._warm = ours, False
        if self.later and not (self._growing and self._growing.is_alive()):
            self._growing = threading.Thread(target=self._grow, daemon=True, name="grow")
            self._growing.start()

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


_moulds: dict[tuple[Any, ...], Mould] = {}


def mould_for(
    preload: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    later: Sequence[str] = (),
) -> Mould:
    """Return this process's mould for a list of imports: always the same one."""
    key = (tuple(preload), tuple(later), *sorted((environment or {}).items()))
    if key not in _moulds:
        _moulds[key] = Mould(preload, environment or {}, later)
        atexit.register(_moulds[key].end)
    return _moulds[key]


def possible() -> str:
    """Return why this system cannot fork kernels; empty if it can."""
    if sys.platform != "linux":
        return "kernels are forked on Linux only"
    if not hasattr(os, "pidfd_open") or not Path("/proc/self/task").is_dir():
        return "this Linux is too old to fork kernels"
    return ""


def begin(
    preload: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    later: Sequence[str] = (),
) -> None:
    """Let the forking process import ahead of the first kernel, where kernels can be forked."""
    if not possible():
        with suppress(NoForkError, OSError):
            mould_for(preload, environment, later).begin()
