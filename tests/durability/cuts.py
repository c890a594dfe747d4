"""R3: a file cut at every byte, and with zeros or noise behind the cut."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

from evenground.journal import Journal
from evenground.journal.table import read
from evenground.records.amends import Decision
from durability import nasty
from durability.result import Result

if TYPE_CHECKING:
    from pathlib import Path

NAME = "decisions.csv"


def run(folder: Path, *, every: int = 1, rows: int = 14) -> Result:
    """Cut at every so many bytes: rows before the cut are kept, and a new one can be read."""
    result = Result("R3", "cut at any byte: every whole row is kept, and the next save works")
    with result.timed():
        nasty.filled(folder / "whole", rows=rows)
        data = (folder / "whole" / NAME).read_bytes()
        ends = _ends(data)
        chance = random.Random(3)
        record = nasty.decision(chance, 2)
        near = {end + step for end in ends for step in range(-3, 4)}
        for at in range(len(data)):
            if at % every and at not in near:
                continue
            for name, tail in (
                ("cut", b""),
                ("zeros", bytes(chance.randrange(1, 600))),
                ("noise", chance.randbytes(chance.randrange(1, 60))),
            ):
                if name == "noise" and _readable(tail):
                    continue
                _try(result, folder / "cut", data, at, tail, ends, record, name)
    return result


def _try(
    result: Result,
    home: Path,
    data: bytes,
    at: int,
    tail: bytes,
    ends: list[int],
    record: Decision,
    name: str,
) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    (home / NAME).write_bytes(data[:at] + tail)
    whole = sum(1 for end in ends if end + 2 <= at)
    result.tried += 1
    try:
        before = Journal(home).entries(Decision)
        added = Journal(home).add(record, author="b")
        after = Journal(home).entries(Decision)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        result.broken.append(f"{name} at {at}: {error!r}")
        return
    ids = [entry.id for entry in after]
    # A row that lacks its newline alone may be read or set aside: it was not shown as saved.
    result.expect(whole <= len(before) <= whole + 1, f"{name} at {at}: {len(before)} of {whole}")
    result.expect([e.id for e in before] == ids[:-1], f"{name} at {at}: rows changed")
    result.expect(ids[-1] == added.id and after[-1] == added, f"{name} at {at}: new row")
    result.expect(not any(e.changed_outside for e in after), f"{name} at {at}: unsound")
    kept = b"".join(path.read_bytes() for path in home.iterdir())
    heading = data.index(b"\r\n") + 2 if at > data.index(b"\r\n") else 0
    begins = max(end for end in [heading, *(e + 2 for e in ends)] if end <= max(at, heading))
    torn = (data[:at] + tail)[begins:]
    result.expect(torn.strip(b"\r\n") in kept, f"{name} at {at}: bytes lost")


def _ends(data: bytes) -> list[int]:
    """Return the byte after each row, heading left out, but for its newline."""
    found, at = [], data.index(b"\r\n") + 2
    while at < len(data):
        end = data.index(b'"\r\n', at)
        while read(data[: end + 3]).tail is not None or len(read(data[: end + 3]).rows) <= len(
            found
        ):
            end = data.index(b'"\r\n', end + 1)
        found.append(end + 1)
        at = end + 3
    return found


def _readable(tail: bytes) -> bool:
    """Return whether noise happens to be what a person could have typed."""
    try:
        tail.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
