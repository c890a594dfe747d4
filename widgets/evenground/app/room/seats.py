"""The servers of the couples on one computer: one process each, in a folder of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Unicode

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_ACCOUNT = 61_000  # numbers that no system hands out by itself
LARGEST_FILE = 64 * 1024 * 1024
MOST_FILES = 4096  # open at once


class Seats(SimpleLocalProcessSpawner):  # type: ignore[misc]  # its base has no types
    """Start the app for a couple.

    Where the Hub runs as root each couple's process has an account number of its own, and no
    other couple's process can read its files. Elsewhere all run as one account: then the app, which
    runs nobody's code, is what keeps them apart.
    """

    room = Unicode(help="the folder of the room").tag(config=True)

    async def start(self) -> Any:
        """Start it, in a folder of its own."""
        folder = self.folder_of(self.user.name)
        folder.mkdir(mode=0o700, exist_ok=True)
        if parts_accounts(Path(self.room)):
            number = _account(self.user.name)
            os.chown(folder, number, number)
        return await super().start()

    def folder_of(self, name: str) -> Path:
        """Return where a couple's journal is."""
        return Path(self.room) / name

    def get_env(self) -> dict[str, str]:
        """Return what the process is told beside the settings: where its journal is."""
        env: dict[str, str] = super().get_env()
        folder = self.folder_of(self.user.name)
        return env | {"EVENGROUND_HOME": str(folder / "journal"), "HOME": str(folder)}

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Return what a new process does first."""
        folder, parted, number = (
            self.folder_of(name),
            parts_accounts(Path(self.room)),
            _account(name),
        )

        def first() -> None:
            import resource  # noqa: PLC0415 - Windows has none, and never comes here

            resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
            _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
            files = MOST_FILES if most == resource.RLIM_INFINITY else min(MOST_FILES, most)
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            if parted:
                os.setgroups([])
                os.setgid(number)
                os.setuid(number)
            os.umask(0o077)
            os.chdir(folder)

        return first


def parts_accounts(room: Path) -> bool:
    """Return whether each couple can have an account of its own.

    It can where the room is opened as root, with a Python that every account may run, in a folder
    that every account can pass through.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    ways = [Path(way).resolve() for way in (sys.executable, sys.prefix, __file__, room / "pair")]
    return all(above.stat().st_mode & 0o001 for way in ways for above in way.parents)


def _account(name: str) -> int:
    digits = name.rpartition("-")[2]
    return FIRST_ACCOUNT + (int(digits) if digits.isdecimal() else 0)
