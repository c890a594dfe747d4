"""The forking process, and how a fork of it becomes a kernel, or runs a function of one's own.

Run as a program, by its path.

It holds one socket to the server and answers two requests:

    b"fork" with one descriptor       {"pid": 1234} with a pidfd, or {"no": "why it is not sound"}
    b"code 1234"                      {"code": 0}, the exit code of a kernel that has ended, or null

The descriptor is one end of a line between the server and the new kernel. What the kernel is to be
(its command, its environment, its folder) comes down that line, so the forking process never
holds it: nothing of one kernel is in the memory that the next one gets. The line stays open as long
as the server lives; when it closes, the kernel ends. A function has the line for its own from then
on, and ends with it all the same.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import threading
import time
from array import array
from typing import Any

LAUNCHER = "ipykernel_launcher"
# What ipykernel and IPython import late, when a kernel is under way already.
LATE = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.datapub",
    "ipykernel.debugger",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.core.magics",
    "IPython.core.async_helpers",
    "IPython.core.interactiveshell",
    "IPython.utils.capture",
    "IPython.utils.wildcard",
    "comm.base_comm",
    "faulthandler",
    "jedi",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
    "zmq.asyncio",
    "zmq.eventloop.zmqstream",
)
# What a module does when it is imported in a running kernel, and could not do before there was one.
WAKE = {"ipywidgets": "register_comm_target"}
LENGTH = 12  # digits that say how long the first message is
LAST_WORDS = 1.0  # seconds in which a kernel may finish what it writes when its server is gone


def main() -> None:
    """Import, fork whenever asked, and in a fork be a kernel."""
    told = json.loads(sys.argv[1])
    # This program's own folder is no place for a kernel to import from.
    del sys.path[0]
    control = socket.socket(fileno=told["control"])
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The debugger would say on the terminal that the standard library is frozen.
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    _import([*LATE, *told["preload"]])
    with contextlib.suppress(OSError):  # the server went meanwhile
        control.send(b'{"ready": true}')
    line = _serve(control)
    if line is not None:
        control.close()
        _become(line)


_read: set[str] = set()


def _import(names: list[str]) -> None:
    for name in names:
        # What is not there, or does not import, is for the kernel to say when it is asked for.
        with contextlib.suppress(Exception):
            module, _, function = name.partition(":")
            found = importlib.import_module(module)
            if function:
                # It may say which files it read: they count as code does.
                _read.update(getattr(found, function)() or ())
    gc.collect()
    gc.freeze()  # a collection in a kernel does not touch, and so copy, what all of them share


def _serve(control: socket.socket) -> socket.socket | None:
    """Answer until the server is gone; in a fork, return the line to be a kernel at."""
    dates = _Dates()
    while True:
        try:
            said, given, _, _ = socket.recv_fds(control, 64, 1)
        except OSError:
            return None
        if not said:
            return None
        word, _, number = said.decode().partition(" ")
        if word == "code":
            control.send(json.dumps({"code": _bury(int(number))}).encode())
            continue
        why = _unsound(dates)
        if why:
            os.close(given[0])
            control.send(json.dumps({"no": why}).encode())
            continue
        pid = os.fork()
        if not pid:
            return socket.socket(fileno=given[0])
        os.close(given[0])
        handle = os.pidfd_open(pid)
        socket.send_fds(control, [json.dumps({"pid": pid}).encode()], [handle])
        os.close(handle)


def _bury(pid: int) -> int | None:
    """Return the exit code of a kernel that has ended; its number is held until somebody asks."""
    with contextlib.suppress(ChildProcessError):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
    return None


class _Dates:
    """When each file that was imported was last changed.

    In one piece: a look at a thousand names of their own, before each fork, would leave the fork
    before it alone with the pages that they stand on.
    """

    def __init__(self) -> None:
        files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
        found = sorted(file for file in {*files, *_read} if file)
        self._names = "\n".join([*found, ""])
        self._dates = array("q", map(_date, found))

    def changed(self) -> bool:
        """Return whether a file is not what it was."""
        begin = 0
        for date in self._dates:
            end = self._names.index("\n", begin)
            if _date(self._names[begin:end]) != date:
                return True
            begin = end + 1
        return False


def _date(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116 - a thousand times before each fork
    except OSError:
        return 0


def _unsound(dates: _Dates) -> str:
    """Return why a fork now would not be as good as a new process; empty if it is."""
    if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 - as above
        return "threads are running in the forking process"
    if dates.changed():
        return "code changed on disk"
    return ""


def _become(line: socket.socket) -> None:
    """Be what a new process would have been: what it is comes down the line."""
    length = line.recv(LENGTH, socket.MSG_WAITALL)
    if not length:
        return
    told: dict[str, Any] = json.loads(line.recv(int(length), socket.MSG_WAITALL))
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 - open as long as the process is
    for name in os.environ.keys() - told["env"].keys():
        del os.environ[name]
    for name, value in told["env"].items():
        if os.environ.get(name) != value:
            os.environ[name] = value
    time.tzset()
    os.chdir(told["cwd"])
    for number in signal.valid_signals():
        # What Python itself ignores stays ignored, as in a new process.
        if number not in {signal.SIGKILL, signal.SIGSTOP, signal.SIGPIPE, signal.SIGXFSZ}:
            with contextlib.suppress(OSError, ValueError):
                signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    random.seed()
    numbers = sys.modules.get("numpy.random")
    if numbers is not None:
        numbers.seed()
    threading.Thread(target=_end_with, args=(line,), daemon=True, name="line").start()
    if "function" in told:
        _run_function(line, told)
    else:
        _be_kernel(line, told)


def _run_function(line: socket.socket, told: dict[str, Any]) -> None:
    _name(told["name"])
    sys.argv = [told["name"]]
    module, _, function = told["function"].partition(":")
    try:
        getattr(importlib.import_module(module), function)(line, told["given"])
    finally:
        # No farewell of the interpreter: it would touch, and so copy, all that is shared.
        os._exit(0)


def _be_kernel(line: socket.socket, told: dict[str, Any]) -> None:
    _name("ipykernel")
    sys.argv = [LAUNCHER, *told["arguments"]]

    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported long before the fork

    # The line tells when the server is gone. 1 stands for a parent that is never looked at: without
    # any the kernel would also write to the terminal.
    app: Any = IPKernelApp.instance(parent_handle=1)
    app.initialize(told["arguments"])
    for module, function in WAKE.items():
        if module in sys.modules:
            getattr(sys.modules[module], function)()
    # Now its sockets are bound. Whoever connected before that would wait a tenth of a second more.
    line.sendall(b"1")
    app.start()


def _name(process: str) -> None:
    with contextlib.suppress(OSError), open("/proc/self/comm", "w") as name:  # noqa: PTH123 - it needs no pathlib
        name.write(process)


def _end_with(line: socket.socket) -> None:
    closed = select.poll()
    closed.register(line, 0)  # that it is closed is told without being asked for
    closed.poll()
    time.sleep(LAST_WORDS)
    os._exit(1)


if __name__ == "__main__":
    main()
