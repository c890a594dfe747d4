"""R8 and R9: files that chance made of journals, and texts of all Unicode."""

from __future__ import annotations

import random
import resource
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from durability import nasty
from durability.result import Result
from evenground.journal import Journal, reading
from evenground.journal.rows import checked, written
from evenground.journal.table import Row
from evenground.records.amends import Decision
from evenground.records.controls import cleaned

if TYPE_CHECKING:
    from pathlib import Path

NAME = "decisions.csv"
BITS = (
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\r\n",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"'",
    b"=",
)


def run(folder: Path, *, files: int) -> Result:
    """Read files that chance made: each is read, or refused with a line; none is changed."""
    result = Result("R8", "a file that chance made is read or refused with its line, and unchanged")
    chance = random.Random(8)
    slowest = 0.0
    with result.timed():
        nasty.filled(folder / "whole", rows=8)
        seeds = _seeds((folder / "whole" / NAME).read_bytes())
        home = folder / "fuzzed"
        home.mkdir(mode=0o700)
        refused = 0
        for number in range(files):
            data = _mutated(chance, chance.choice(seeds))
            through_disk = number % 20 == 0
            before = sha256(data).digest()
            begun = time.perf_counter()
            try:
                if through_disk:
                    (home / NAME).write_bytes(data)
                    journal = Journal(home)
                    journal.entries(Decision)
                    held = journal.shelf.table(home / NAME)
                else:
                    held = reading.read(data)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
                result.broken.append(f"file {number}: {error!r}: {data[:80]!r}")
                continue
            slowest = max(slowest, time.perf_counter() - begun)
            after = (home / NAME).read_bytes() if through_disk else data
            result.expect(sha256(after).digest() == before, f"file {number} was changed")
            if held.damage:
                refused += 1
                result.expect(held.damage.line >= 1, f"file {number}: no line")
            result.tried += 1
    result.expect(slowest < 1, f"one file took {slowest:.2f} s")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result.measured |= {
        "refused with a line": refused,
        "slowest": f"{1000 * slowest:.0f} ms",
        "most memory of the process": f"{most:.0f} MB",
    }
    return result


def _seeds(data: bytes) -> list[bytes]:
    """Return a journal's file as people and spreadsheets leave it."""
    text = data.decode()
    return [
        data,
        data[:900],
        b"\xef\xbb\xbf" + data,
        text.encode("utf-16"),
        text.encode("utf-16-le"),
        text.replace('","', '";"').replace(",", ";", 12).encode(),
        text.replace('","', '"\t"').encode(),
        text.replace("\r\n", "\n").encode(),
        text.replace("\r\n", "\r").encode(),
        text.encode("cp1252", "replace"),
        b"",
        b"id\r\n",
    ]


def _mutated(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.randrange(1, 6)):
        at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
        what = chance.randrange(7)
        if what == 0:
            data = data[:at] + chance.choice(BITS) + data[at:]
        elif what == 1:
            data = data[:at] + data[at + 1 :]
        elif what == 2:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif what == 3:
            data = data[:at] + data[end:]
        elif what == 4:
            data = data[:end] + data[at:end] + data[end:]
        elif what == 5:
            data = data[:at]
        else:
            data = data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[at:]
    return data[:100_000]


def texts(*, count: int) -> Result:
    """Write texts of all Unicode and read them: they come back as they were cleaned."""
    result = Result("R9", "a text of any Unicode comes back as typed, and stays so")
    chance = random.Random(9)
    with result.timed():
        while result.tried < count:
            typed = [_text(chance) for _ in range(min(500, count - result.tried))]
            kept = [cleaned(text) for text in typed]
            rows = [
                Row(0, checked({"id": f"r{n}", "words": text}), sound=True)
                for n, text in enumerate(kept)
            ]
            columns = ("id", "words", "check")
            data = written(columns, rows)
            held = reading.read(data)
            back = [row.cells["words"] for row in held.rows]
            if back != kept or held.damage or not all(row.sound for row in held.rows):
                wrong = [(a, b) for a, b in zip(kept, back, strict=False) if a != b][:1]
                result.broken.append(f"{held.damage} {wrong!r}")
            result.expect(written(columns, held.rows) == data, "written again, it differs")
            result.tried += len(typed)
    return result


def _text(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.2:
        return nasty.some(chance, 20)
    length = chance.choice([0, 1, 2, 3, 10, 60, 400] + [100_000] * (kind > 0.9995))
    if kind < 0.5:
        return "".join(chance.choice("'\"=+-@,;\t\r\n\x00＝＋－＠|% a1é🙂") for _ in range(length))
    return "".join(
        chr(chance.choice([chance.randrange(0x110000), chance.randrange(256)]))
        for _ in range(length)
    )
