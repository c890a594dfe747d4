"""Where a group's room is kept on this computer, and what runs of it.

A room's folder is not the group's own: it holds the couples' journals. The day on which it goes
stands in it, so that it goes even where the group's folder was taken away by hand.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_dir

from evenground.journal import disk

if TYPE_CHECKING:
    from collections.abc import Iterable

    import psutil

SETTING = "EVENGROUND_ROOMS"
PROXY = "configurable-http-proxy"
HUB = ("-m jupyterhub", "evenground.app.room.service")
ALL = (*HUB, PROXY, "evenground.app.room.seat")
OPENED = "opened"  # a file of the room: which process sees to its Hub
_ENDS = "ends"
_ROUNDS = 3  # times that what started meanwhile is looked for


@dataclass(frozen=True)
class Noted:
    """What stands in a room's folder about its end."""

    room: Path
    group: Path
    ends: date


def root() -> Path:
    """Return the folder that holds the rooms."""
    chosen = os.environ.get(SETTING)
    if chosen:
        return Path(chosen)
    if is_root():
        return Path("/var/lib/evenground/rooms")  # where other accounts can pass through
    return Path(user_data_dir("evenground", appauthor=False)) / "rooms"


def folder_of(slug: str) -> Path:
    """Return the folder of a group's room."""
    return root() / slug


def is_root() -> bool:
    """Return whether this process may do everything on this computer."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def note_end(room: Path, group: Path, ends: date) -> None:
    """Write into a room's folder whose it is, and on which day it goes."""
    told = json.dumps({"group": str(group.resolve()), "ends": ends.isoformat()}).encode()
    file = room / _ENDS
    if not file.exists() or file.read_bytes() != told:
        disk.replace(file, told)


def noted() -> list[Noted]:
    """Return what stands in the rooms of this computer about their end."""
    found = []
    for file in sorted(root().glob(f"*/{_ENDS}")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            told = json.loads(file.read_text(encoding="utf-8"))
            ends = date.fromisoformat(told["ends"])
            found.append(Noted(file.parent, Path(told["group"]), ends))
    return found


def running(room: Path, programs: Iterable[str]) -> list[psutil.Process]:
    """Return the processes of a room: they stand in its folder and run one of these programs."""
    import psutil  # noqa: PLC0415 - each start of the app looks for rooms, and finds none

    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            where, line = Path(process.cwd()), " ".join(process.cmdline())
            if room in (where, *where.parents) and any(program in line for program in programs):
                found.append(process)
    return found


def end(processes: list[psutil.Process]) -> None:
    """End processes: with a word, and without one when they do not hear it."""
    import psutil  # noqa: PLC0415 - only a room has it to end

    for process in processes:
        with suppress(psutil.Error):
            process.send_signal(signal.SIGTERM)
    _, alive = psutil.wait_procs(processes, timeout=10)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(alive, timeout=5)


def take_out(room: Path) -> bool:
    """Take a room out: what runs of it ends, and its journals, codes and logs go with it.

    False when there is none. OSError when a part of it cannot be taken out.
    """
    if not room.is_dir():
        return False
    (room / OPENED).unlink(missing_ok=True)  # so that nothing of it is started again
    for _ in range(_ROUNDS):
        there = running(room, ALL)
        if not there:
            break
        end(there)
    shutil.rmtree(room, ignore_errors=True)  # another process may be at it, too
    if room.exists():
        shutil.rmtree(room)
    return True
