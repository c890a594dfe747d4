"""R4: a fault at every call to the system, while a person saves, edits, forgets, exports."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from durability import acts
from durability.result import Result, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLS = ("open", "write", "fsync", "ftruncate", "replace", "rename", "unlink", "fchmod", "close")
FAULTS = ("EIO", "ENOSPC", "EACCES", "short", "kill", "kill after")


def run(
    folder: Path, *, faults: tuple[str, ...] = FAULTS, which: tuple[str, ...] = acts.ACTS
) -> Result:
    """Disturb each act at its first call, its second, and so on, until it runs undisturbed."""
    result = Result(
        "R4", "a fault at any call: no false “saved”, nothing lost, the next save works"
    )
    template = folder / "template"
    with result.timed():
        acts.prepared(template)
        for act in which:
            for fault in faults:
                at = 1
                while _one(
                    result, template, folder / "work" / "journal", act=act, fault=fault, at=at
                ):
                    at += 1
                    result.expect(at < 500, f"{act} does not end")
    return result


def _one(result: Result, template: Path, home: Path, *, act: str, fault: str, at: int) -> bool:
    """Return whether the fault came to pass."""
    acts.ready(template, home, act)
    said, struck = in_child(lambda: acts.do(home, act), fault, at)
    if struck:
        result.tried += 1
        name = f"{act}, {fault} at call {at} ({struck}): {said}"
        try:
            result.broken += [
                f"{name}: {wrong}" for wrong in acts.judged(template, home, act, said)
            ]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            result.broken.append(f"{name}: {error!r}")
        if said.startswith("raised"):
            result.broken.append(name)
    return bool(struck)


def in_child(act: Callable[[], None], fault: str, at: int) -> tuple[str, str]:
    """Do something in a process of its own; return what it said, and where the fault struck."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        try:
            struck = _disturb(fault, at, send)
            try:
                said = acts.outcome(act)
            except BaseException as error:  # noqa: BLE001 - to be told, not to be raised in a fork
                said = f"raised {error!r}"
            _write(send, f"\n{said}\n{struck[0] if struck else ''}".encode())
        finally:
            os._exit(0)
    os.close(send)
    told = b""
    while more := os.read(receive, 65536):
        told += more
    os.close(receive)
    os.waitpid(child, 0)
    killed, said, struck = ([*told.decode().split("\n"), "", ""])[:3]
    return said or "killed", struck or killed


_write = os.write


def _disturb(fault: str, at: int, send: int) -> list[str]:
    """Let the `at`-th call to the system fail in this process."""
    struck: list[str] = []
    count = 0

    def disturbed(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            nonlocal count
            if name == "open" and not int(args[1]) & (os.O_WRONLY | os.O_RDWR):  # type: ignore[call-overload]  # the flags of open
                return real(*args, **more)
            if name == "close" and not fault.startswith("kill"):
                return real(*args, **more)
            count += 1
            if count != at:
                return real(*args, **more)
            struck.append(name)
            if fault.startswith("kill"):
                if fault == "kill after":
                    real(*args, **more)
                _write(send, name.encode())
                os.kill(os.getpid(), signal.SIGKILL)
            if fault == "short" and name == "write":
                real(args[0], args[1][: len(args[1]) // 2])  # type: ignore[index, arg-type]  # the bytes of write
            code = errno.ENOSPC if fault == "short" else getattr(errno, fault)
            raise OSError(code, "injected")

        return call

    for name in CALLS:
        setattr(os, name, disturbed(name, getattr(os, name)))
    return struck


def by_strace(folder: Path, *, which: tuple[str, ...] = acts.ACTS, most: int = 40) -> Result:
    """The same from outside, by strace, on a process of its own."""
    result = Result("R4 strace", "the same, injected by strace into a process of its own")
    template = folder / "template"
    with result.timed():
        acts.prepared(template)
        for act in which:
            _undisturbed(result, template, folder / "work" / "journal", act)
            for call, fault in (
                ("write", "error=ENOSPC"),
                ("write", "error=EIO"),
                ("write", "signal=SIGKILL"),
                ("fsync", "error=EIO"),
                ("fsync", "signal=SIGKILL"),
                ("ftruncate", "error=EIO"),
                ("ftruncate", "signal=SIGKILL"),
                ("rename", "error=ENOSPC"),
                ("rename", "signal=SIGKILL"),
                ("unlink", "signal=SIGKILL"),
            ):
                for at in range(1, most):
                    if not _strace(
                        result, template, folder / "work", act=act, call=call, fault=fault, at=at
                    ):
                        break
    return result


def _undisturbed(result: Result, template: Path, home: Path, act: str) -> None:
    """See that the act is done, and watched, when nothing is in its way."""
    acts.ready(template, home, act)
    log = home.parent / "strace.log"
    command = ["strace", "-f", "-o", str(log), "-e", "trace=fsync"]
    command += [sys.executable, "-m", "durability.acts", str(home), act]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings())
    result.expect(done.stdout.strip() == "saved", f"{act}, undisturbed: {done.stderr[-300:]}")
    result.expect("fsync(" in log.read_text(errors="replace"), f"{act}: strace saw no fsync")


def _strace(
    result: Result, template: Path, work: Path, *, act: str, call: str, fault: str, at: int
) -> bool:
    home = work / "journal"
    acts.ready(template, home, act)
    log = work / "strace.log"
    command = ["strace", "-f", "-o", str(log), "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:{fault}:when={at}"]
    command += [sys.executable, "-m", "durability.acts", str(home), act]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings())
    traced = log.read_text(errors="replace")
    if "(INJECTED)" not in traced and "killed by SIGKILL" not in traced:
        return False
    said = done.stdout.strip() or "killed"
    if call == "write" and "write(1," in traced.split("(INJECTED)")[0].splitlines()[-1]:
        return False  # the fault struck the word “saved” itself, behind the last write that counts
    result.tried += 1
    name = f"{act}, {call} {fault} at {at}: {said}"
    if done.stderr.strip() and "killed" not in said and "Traceback" in done.stderr:
        result.broken.append(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    result.broken += [f"{name}: {wrong}" for wrong in acts.judged(template, home, act, said)]
    return True
