"""R3: a file cut at every byte, and with zeros or noise behind the cut."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

from durability import nasty
from durability.result import Result
from evenground.journal import Journal, cells
from evenground.journal.rows import checked, new_id
from evenground.journal.writing import columns
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "decisions.csv"


AND_ON = Decision.typed({"topic": "and on"})


def ours(home: Path) -> None:
    """Save as the product does."""
    Journal(home).add(AND_ON, author="b")


def blindly(home: Path) -> None:
    """Add a row to the end of the file, whatever the file ends with, if only its line does."""
    held = (home / NAME).read_bytes()
    row = {"schema": "e1", "id": new_id(), "seq": "99", "author": "b", **AND_ON.to_cells()}
    line = cells.line(checked({name: row.get(name, "") for name in columns(Decision)}).values())
    with (home / NAME).open("ab") as file:
        file.write(line.encode() if held.endswith(b"\n") else b"\r\n" + line.encode())


def run(
    folder: Path, *, every: int = 1, rows: int = 14, save: Callable[[Path], None] = ours
) -> Result:
    """Cut at every so many bytes: rows before the cut are kept, and a new one can be read."""
    result = Result("R3", "cut at any byte: every whole row is kept, and the next save works")
    with result.timed():
        nasty.filled(folder / "whole", rows=rows)
        data = (folder / "whole" / NAME).read_bytes()
        ends = _ends(data)
        chance = random.Random(3)
        near = {end + step for end in ends for step in range(-3, 4)}
        for at in range(len(data)):
            if at % every and at not in near:
                continue
            noise = chance.randbytes(chance.randrange(1, 60))
            while _readable(noise):
                noise = chance.randbytes(chance.randrange(1, 60))
            for tail in (b"", bytes(chance.randrange(1, 600)), noise):
                begins = max(end for end in ends if end <= max(at, ends[0]))
                begins = begins if at >= begins else 0
                whole = ends.index(begins or ends[0])
                cut = data[:at] + tail
                _try(result, folder / "cut", cut, begins=begins, whole=whole, save=save)
    return result


def _try(
    result: Result,
    home: Path,
    data: bytes,
    *,
    begins: int,
    whole: int,
    save: Callable[[Path], None],
) -> None:
    """Read a cut file that has so many whole rows, and behind them a piece of one."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    (home / NAME).write_bytes(data)
    name = f"{len(data)} bytes to {data[-20:]!r}"
    result.tried += 1
    try:
        before = Journal(home).entries(Decision)
        save(home)
        after = Journal(home).entries(Decision)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        result.broken.append(f"{name}: {error!r}")
        return
    # A row that lacks its newline alone may be read or set aside: it was not shown as saved.
    result.expect(whole <= len(before) <= whole + 1, f"{name}: {len(before)} of {whole}")
    fits = after[:-1] == before and after[-1:] and after[-1].record == AND_ON
    result.expect(fits, f"{name}: rows changed, or the new one is missing")
    result.expect(not any(e.changed_outside for e in after), f"{name}: unsound")
    kept = b"".join(path.read_bytes() for path in home.iterdir())
    result.expect(_is_kept(data[begins:], kept), f"{name}: bytes lost")


def _is_kept(piece: bytes, kept: bytes) -> bool:
    """Return whether bytes are somewhere; a heading may stand apart from what came after it."""
    cuts = [0, *(at + 1 for at, letter in enumerate(piece) if letter in b"\r\n")]
    parts = ((piece[:at].strip(b"\r\n"), piece[at:].strip(b"\r\n")) for at in cuts)
    return any(one in kept and two in kept for one, two in parts)


def _ends(data: bytes) -> list[int]:
    """Return where the heading ends and where each row does, newline and all."""
    ends = [data.index(b"\r\n") + 2]
    at = ends[0]
    while at < len(data):
        at = data.index(b"\r\n", at) + 2
        if data[:at].count(b'"') % 2 == 0:
            ends.append(at)
    return ends


def _readable(tail: bytes) -> bool:
    """Return whether noise happens to be what a person could have typed."""
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
