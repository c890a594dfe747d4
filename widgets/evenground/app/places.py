"""Where the app finds its own files, and where it may keep a sitting's sockets."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

PACKAGE = Path(__file__).parent.parent
TEMPLATE = Path(__file__).parent / "template"


class PlacesError(Exception):
    """The notebooks are nowhere to be found; says where they were looked for."""


def workbook() -> Path:
    """Return the folder of the notebooks: inside the installed package, or beside `widgets/`."""
    for folder in (PACKAGE / "workbook", PACKAGE.parent.parent / "workbook"):
        if folder.is_dir():
            return folder
    raise PlacesError(f"no notebooks in {PACKAGE / 'workbook'}. Install evenground again.")


def run_folder() -> Path:
    """Return a new folder that only this user can enter, for sockets and for kernels to stand in.

    A socket's path is at most 104 bytes long, and a Mac's own temporary folder is half of that.
    """
    short = "/tmp" if os.name == "posix" and Path("/tmp").is_dir() else None  # noqa: S108 - in it a folder of its own is made
    return Path(tempfile.mkdtemp(prefix="eg-", dir=short))


def data_folder() -> Path:
    """Return the folder of this user's data, beside which nothing is ever served."""
    return Path(platformdirs.user_data_dir("evenground", appauthor=False))
