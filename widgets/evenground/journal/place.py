"""Where the journal lives, and whether that place is fit for private pages."""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

from platformdirs import user_data_dir

from evenground.journal import disk
from evenground.journal.faults import not_saved

SETTING = "EVENGROUND_HOME"
MADE_UP = "made-up"  # a file of this name says that all in its folder was made up, to look round

# Folders that a program copies to other machines, as parts of a path. Case does not matter.
_SYNCED = re.compile(
    r"(onedrive( - .*)?|dropbox( .*)?|icloud ?drive|mobile documents|cloudstorage|google ?drive"
    r"|my drive|nextcloud|owncloud|pcloud ?drive|box( sync)?|mega(sync)?|syncthing|sync"
    r"|tresorit|seafile|yandex\.?disk|creative cloud files|proton ?drive)",
    re.IGNORECASE,
)
_SYNC_SIGNS = (".dropbox", ".stfolder", ".sync", ".nextcloudsync.log", "desktop.ini.onedrive")
_NETWORK = re.compile(r"(nfs\d?|cifs|smb\d?|smbfs|afpfs|9p|ncpfs|afs|fuse\.(?!portal).+|davfs2?)")


def folder(home: Path | str | None = None) -> Path:
    """Return the folder of the journal: the one given, the one set, or the usual one."""
    chosen = home or os.environ.get(SETTING)
    return (
        Path(chosen) if chosen else Path(user_data_dir("evenground", appauthor=False)) / "journal"
    )


def make(home: Path) -> None:
    """Make the folder for its owner alone, in any umask; one that is there stays as it is."""
    if home.is_dir():
        return
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir(mode=disk.FOLDER)
        home.chmod(disk.FOLDER)
        disk.confirm_folder(home.parent)
    except FileExistsError:
        return  # another page made it at the same moment
    except OSError as error:
        raise not_saved(error, file=home.name) from error


def refusal(home: Path, mounts: str | None = None) -> str | None:
    """Return the key of the sentence why private pages are not kept here, or None."""
    if is_room():
        return "place.room"
    if home.is_symlink():
        return "place.link"
    if os.name != "nt" and home.exists():
        told = home.stat()
        if told.st_uid != os.geteuid():
            return "place.owner"
        if stat.S_IMODE(told.st_mode) & 0o077:
            return "place.open"
    real = Path(os.path.realpath(home))
    if any(_SYNCED.fullmatch(part) for part in real.parts[3:]) or any(
        (above / sign).exists() for above in (real, *real.parents) for sign in _SYNC_SIGNS
    ):
        return "place.synced"
    return "place.network" if _on_network(real, mounts) else None


def is_room() -> bool:
    """Return whether this is a group's room, where nothing is sealed.

    Whoever runs it could read the memory that holds a key.
    """
    return os.environ.get("EVENGROUND_SEALED") == "no"


def _on_network(real: Path, mounts: str | None) -> bool:
    if str(real).startswith(("\\\\", "//")):
        return True
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            mounts = ""  # not Linux; macOS mounts what it shares under /Volumes
    best, kind = "", ""
    for row in mounts.splitlines():
        _, where, what, *_ = [*row.split(" "), "", "", ""]
        where = where.replace("\\040", " ")
        if len(where) >= len(best) and (real == Path(where) or Path(where) in real.parents):
            best, kind = where, what
    if not best and sys.platform == "darwin":
        return real.parts[:2] == ("/", "Volumes")
    return bool(_NETWORK.fullmatch(kind))
