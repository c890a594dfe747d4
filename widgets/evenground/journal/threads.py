"""Rows of one kind as answers: the newest version of each, those taken back left out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from evenground.journal import clock
from evenground.records.declaration import Record
from evenground.records.entry import BOTH, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

R = TypeVar("R", bound=Record)

KEPT, WITHDRAWN, FORGOTTEN = "kept", "withdrawn", "forgotten"

# What every row says besides the kind's own columns.
FRAME = ("schema", "id", "seq", "written", "zone", "author", "action", "replaces", "released_from")


class Version(NamedTuple):
    """One row of a kind, plain or opened."""

    id: str
    seq: int
    cells: Mapping[str, str]  # the frame and the kind's own
    sealed: bool
    sound: bool


@dataclass(frozen=True, slots=True)
class Thread(Generic[R]):
    """An answer with all its versions, oldest first."""

    id: str
    versions: tuple[Version, ...]

    @property
    def head(self) -> Version:
        """Return the newest version."""
        return self.versions[-1]

    @property
    def began(self) -> int:
        """Return the place in the order of the first version."""
        return self.versions[0].seq

    @property
    def stands(self) -> bool:
        """Return whether the answer was not taken back."""
        return self.head.cells.get("action", KEPT) not in {WITHDRAWN, FORGOTTEN}


def belongs(thread: Thread[Record], author: str) -> bool:
    """Return whether a thread is this person's to change."""
    return thread.versions[0].cells.get("author") in {author, BOTH}


def holding(known: dict[str, Thread[Record]], key: str) -> Thread[Record] | None:
    """Return the thread of this id, or that has a version of it."""
    return known.get(key) or next(
        (t for t in known.values() if any(v.id == key for v in t.versions)), None
    )


def woven(versions: Iterable[Version]) -> dict[str, Thread[Record]]:
    """Return the threads of versions by the id of the first, in the order they began."""
    known = {version.id: version for version in versions}
    follows = {key: before for key, v in known.items() if (before := v.cells.get("replaces"))}
    threads: dict[str, tuple[Version, ...]] = {}
    for version in sorted(known.values(), key=lambda v: _place(v, known, follows)):
        key = _chain(version.id, follows)[-1] if version.id in follows else version.id
        threads[key] = (*threads[key], version) if key in threads else (version,)
    return {key: Thread(key, held) for key, held in threads.items()}


def _place(
    version: Version, known: dict[str, Version], follows: dict[str, str]
) -> tuple[int, int, str]:
    """Return what orders a version: its number, but behind those that it replaces.

    Two copies of a journal that were merged may have given the same number twice.
    """
    if version.id not in follows:
        return version.seq, 0, version.id
    chain = [known[one] for one in _chain(version.id, follows) if one in known]
    return max(one.seq for one in chain), len(chain), version.id


def _chain(one: str, follows: dict[str, str]) -> list[str]:
    """Return a version and those it replaces, though a row be missing or name itself."""
    chain = [one]
    while (before := follows.get(one)) and before not in chain:
        chain.append(before)
        one = before
    return chain


def entry(
    kind: type[R], thread: Thread[Record], at: int = -1, *, record: R | None = None
) -> Entry[R]:
    """Return a version of a thread as an entry of its kind; its record may be known."""
    version, first = thread.versions[at], thread.versions[0]
    written = clock.read(version.cells.get("written", ""))
    began = written if first is version else clock.read(first.cells.get("written", ""))
    record, exact = (record, True) if record else read(kind, version.cells)
    return Entry(
        id=version.id,
        thread=thread.id,
        author=version.cells.get("author", ""),
        record=record,
        seq=version.seq,
        written=written,
        began=began,
        zone=version.cells.get("zone", "").split(" ")[0],
        sealed=version.sealed,
        released_from=version.cells.get("released_from", ""),
        changed_outside=not (version.sound and exact),
    )


def history(kind: type[R], thread: Thread[Record]) -> list[Entry[R]]:
    """Return the versions of a thread that say something, oldest first."""
    return [
        entry(kind, thread, at)
        for at, version in enumerate(thread.versions)
        if version.cells.get("action", KEPT) == KEPT
    ]


def read(kind: type[R], cells: Mapping[str, str]) -> tuple[R, bool]:
    """Return the record that cells say, and whether each one said it plainly.

    A cell that a spreadsheet wrote its own way is read for what it meant; one that means nothing
    to its column is left empty here, and stays in the file.
    """
    try:
        return kind.from_cells(cells), True
    except ValueError:
        pass
    read = dict(cells)
    for name, control in kind.controls():
        cell = read.get(name, "")
        for guess in (cell, cell.strip(), _whole(cell), clock.day(cell) or "", ""):
            with suppress(ValueError):
                control.from_cell(guess)
                read[name] = guess
                break
    return kind.from_cells(read), False


def _whole(cell: str) -> str:
    """Return a number without what a spreadsheet adds to it: 3.0, 3,00."""
    number = cell.strip().replace(",", ".")
    return number.rstrip("0").rstrip(".") if "." in number else number
