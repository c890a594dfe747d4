"""What another copy of a journal holds, taken in: a union by id, so that twice is once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.journal import disk, keyring
from evenground.journal.faults import JournalError, NotCertain, Unreadable, not_saved
from evenground.journal.rows import by_order, number, together, widened, written
from evenground.journal.shelf import Shelf, readable

if TYPE_CHECKING:
    from pathlib import Path

    from evenground.journal.table import Row

DRAFTS = "drafts_"


def merge(into: Path, other: Path) -> dict[str, int]:
    """Take the rows of one journal into another; return how many are new, by file.

    The other journal is only read. Nothing is written when any file of either cannot be read whole
    or when the private pages of the two were sealed with different keys.
    """
    if not other.is_dir():
        raise JournalError("merge.missing", file=other.name)
    ours, theirs = Shelf(into), Shelf(other)
    with ours.hold() as draw:
        keys = _keys(into, other)
        files = {stem: _merged(stem, ours, theirs) for stem in theirs.stems()}
        highest = max((number(row) for stem in files for row in _rows(stem, theirs)[0]), default=0)
        try:
            if any(new for new, _ in files.values()):
                ours.behind(highest, draw)
            if keys is not None:
                disk.replace(into / keyring.FILE, keys)
            for stem, (new, data) in files.items():
                if new:
                    disk.replace(into / f"{stem}.csv", data)
                    for second in ours.files(stem)[1:]:
                        disk.remove(second)
        except disk.Unconfirmed as error:
            raise NotCertain from error
        except OSError as error:
            raise not_saved(error, file=into.name) from error
    return {f"{stem}.csv": new for stem, (new, _) in files.items() if new}


def _merged(stem: str, ours: Shelf, theirs: Shelf) -> tuple[int, bytes]:
    """Return how many rows are new, and the bytes of the file that holds both."""
    if stem.startswith(DRAFTS):
        return 0, b""
    here, columns = _rows(stem, ours)
    there, more = _rows(stem, theirs)
    before = together(here)
    both = together(here + there)
    new = sum(len(rows) for rows in both.values()) - sum(len(rows) for rows in before.values())
    changed = any(both[key] != before.get(key) for key in both)
    rows = sorted((row for same in both.values() for row in same), key=by_order)
    names = widened(columns, more) if columns else more
    return (new or int(changed)), written(names, rows)


def _rows(stem: str, where: Shelf) -> tuple[list[Row], tuple[str, ...]]:
    rows: list[Row] = []
    columns: tuple[str, ...] = ()
    for path in where.files(stem):
        held = readable(path, where.table(path))
        rows += held.rows
        columns = widened(columns, held.columns) if columns else held.columns
    return rows, columns


def _keys(into: Path, other: Path) -> bytes | None:
    """Return the file of keys of both; None when ours has all of it."""
    ours, theirs = _identities(into), _identities(other)
    for person, identity in theirs.items():
        if person in ours and ours[person].public != identity.public:
            raise JournalError("merge.keys")
    return keyring.told(theirs | ours) if set(theirs) - set(ours) else None


def _identities(home: Path) -> dict[str, keyring.Identity]:
    try:
        return keyring.read((home / keyring.FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable("read.keys", file=keyring.FILE) from error
