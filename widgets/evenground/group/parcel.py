"""A couple's journal as one file, to take home and open in an Even Ground of their own.

The file is text. What is sealed in the journal stays sealed in it, and what both can read can be
read in it by anybody who has the file.
"""

from __future__ import annotations

import json
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from evenground.group.gathering import GroupError
from evenground.journal import disk, merging, place
from evenground.journal.shelf import Shelf

KIND = "evenground-journal-1"
MOST = 200_000_000  # letters

# The files that a journal is made of. A parcel may hold no other, so none can land elsewhere.
_FILES = re.compile(r"(?:[a-z][a-z0-9_]{0,40}(?:-\d{1,3})?\.csv|keys\.json|order)")


def pack(home: Path) -> str:
    """Return the journal in a folder as one text; GroupError when there is none."""
    names = [path for path in sorted(home.glob("*")) if _FILES.fullmatch(path.name)]
    if not names:
        raise GroupError("mistakes.no_journal")
    with Shelf(home).hold():  # no page writes meanwhile
        found = {
            path.name: path.read_bytes().decode("utf-8", "surrogateescape")
            for path in names
            if path.is_file() and not path.is_symlink()
        }
    # A byte that is no text becomes half a pair, and JSON writes that down and reads it back.
    return json.dumps({"kind": KIND, "check": _check(found), "files": found}, indent=1)


def unpack(text: str, home: Path) -> int:
    """Put the journal of a parcel into a folder, and return how many entries are new.

    A journal that is there takes in what it does not hold yet. GroupError, and nothing written,
    when the parcel is not whole; JournalError when the two cannot become one.
    """
    files = _read(text)
    place.make(home)
    if any(_FILES.fullmatch(path.name) for path in home.iterdir()):
        with tempfile.TemporaryDirectory(dir=home.parent) as folder:
            _put(files, Path(folder))
            return sum(merging.merge(home, Path(folder)).values())
    # The keys and the order come first: rows without them could not be read.
    _put(files, home)
    return sum(max(len(text.splitlines()) - 1, 0) for name, text in files.items() if "csv" in name)


def _read(text: str) -> dict[str, str]:
    if len(text) > MOST:
        raise GroupError("mistakes.no_parcel")
    try:
        told = json.loads(text)
        files = {str(name): str(held) for name, held in told["files"].items()}
        whole = told["kind"] == KIND and told["check"] == _check(files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GroupError("mistakes.no_parcel") from error
    if not whole or not all(map(_FILES.fullmatch, files)):
        raise GroupError("mistakes.no_parcel")
    return files


def _put(files: dict[str, str], folder: Path) -> None:
    made: list[Path] = []
    try:
        for name in sorted(files, key=lambda name: (name.endswith(".csv"), name)):
            disk.replace(folder / name, files[name].encode("utf-8", "surrogateescape"))
            made.append(folder / name)
    except OSError:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _check(files: dict[str, str]) -> str:
    """Return a sum over all names and texts: a parcel that was cut short is found out."""
    sums = sha256()
    for name in sorted(files):
        held = files[name].encode("utf-8", "surrogateescape")
        sums.update(f"{name}\n{len(held)}\n".encode())
        sums.update(held)
    return sums.hexdigest()
