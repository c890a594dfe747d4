"""R9: texts of all Unicode, written and read again."""

from __future__ import annotations

import csv
import io
import random
from typing import TYPE_CHECKING

from durability import nasty
from durability.result import Result
from evenground.journal import reading
from evenground.journal.rows import checked, written
from evenground.journal.table import Row
from evenground.records.controls import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("id", "words", "check")


def run(*, count: int, write: Callable[[list[Row]], bytes] | None = None) -> Result:
    """Write texts of all Unicode and read them: they come back as they were cleaned."""
    result = Result("R9", "a text of any Unicode comes back as typed, and stays so")
    chance = random.Random(9)
    write = write or (lambda rows: written(COLUMNS, rows))
    with result.timed():
        while result.tried < count:
            typed = [_text(chance) for _ in range(min(500, count - result.tried))]
            kept = [cleaned(text) for text in typed]
            rows = [
                Row(0, checked({"id": f"r{n}", "words": text}), sound=True)
                for n, text in enumerate(kept)
            ]
            data = write(rows)
            held = reading.read(data)
            back = [row.cells["words"] for row in held.rows]
            if back != kept or held.damage or not all(row.sound for row in held.rows):
                wrong = [(a, b) for a, b in zip(kept, back, strict=False) if a != b][:1]
                result.broken.append(f"{held.damage} {wrong!r}")
            result.expect(write(held.rows) == data, "written again, it differs")
            result.tried += len(typed)
    return result


def ordinary(rows: list[Row]) -> bytes:
    """Return the rows as csv's own writer leaves them: nothing keeps a formula from being one."""
    told = io.StringIO(newline="")
    writer = csv.DictWriter(told, COLUMNS)
    writer.writeheader()
    writer.writerows(row.cells for row in rows)
    return told.getvalue().encode()


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
