"""R8: files that chance made of journals, each opened as a page opens one.

Run as a program, in a process of its own, so that the memory measured is what reading takes.
"""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from durability import nasty
from durability.result import Result, surroundings
from evenground.journal import Journal
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from evenground.journal.table import Damage

    Reader = Callable[[Path], Damage | None]

NAME = "decisions.csv"
LONGEST = 1.0  # seconds of the processor for one file
MOST = 200  # MB of the whole process that reads them
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


def ours(home: Path) -> Damage | None:
    """Open a journal as a page does; return where it stops to make sense."""
    journal = Journal(home)
    journal.entries(Decision)
    return journal.shelf.table(home / NAME).damage


def mending(home: Path) -> Damage | None:
    """Read as much CSV code does: what is not UTF-8 is written anew, on opening."""
    damage = ours(home)
    data = (home / NAME).read_bytes()
    (home / NAME).write_bytes(data.decode("utf-8", "replace").encode())
    return damage


def strict(home: Path) -> Damage | None:
    """Read and take it for granted that the file is whole."""
    if damage := ours(home):
        raise ValueError(damage.key)
    return None


def slow(home: Path) -> Damage | None:
    """Look at each pair of letters of a file."""
    data = (home / NAME).read_bytes()
    sum(1 for one in data for other in data * 9 if one == other)
    return None


def greedy(home: Path) -> Damage | None:
    """Take a copy of the file for each of its letters."""
    data = bytearray((home / NAME).read_bytes() or b" ") * 99
    held = [data + bytes([n % 256]) for n in range(2000)]
    return ours(home) if held else None


READERS: dict[str, Reader] = {one.__name__: one for one in (ours, mending, strict, slow, greedy)}


def run(folder: Path, *, files: int, reader: Reader = ours) -> Result:
    """Read files that chance made, in a process of its own, and return what it found."""
    result = Result("R8", "a file that chance made is read or refused with its line, and unchanged")
    command = [sys.executable, "-m", "durability.fuzz", str(folder), str(files), reader.__name__]
    with result.timed():
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=surroundings()
        )
        told = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    result.expect(told, done.stderr[-500:] or "nothing was said")
    result.tried = told.get("tried", 0)
    result.broken += told.get("broken", [])
    result.measured |= told.get("measured", {})
    return result


def controls(folder: Path, *, files: int = 300) -> Result:
    """Let readers known to be wrong be judged by the same eyes: each has to be caught."""
    result = Result("R8 controls", "the same files catch code that changes, trips, dawdles, hoards")
    with result.timed():
        for reader in (mending, strict, slow, greedy):
            few = 3 if reader in {slow, greedy} else files
            found = run(folder / reader.__name__, files=few, reader=reader)
            result.tried += found.tried
            result.expect(found.broken, f"{reader.__name__} was not caught")
    return result


def _read(folder: Path, files: int, reader: Reader) -> Result:
    result = Result("R8", "")
    chance = random.Random(8)
    nasty.filled(folder / "whole", rows=8)
    seeds = _seeds((folder / "whole" / NAME).read_bytes())
    home = folder / "fuzzed"
    home.mkdir(mode=0o700)
    slowest, refused = 0.0, 0
    signal.signal(signal.SIGPROF, _too_long)
    for number in range(files):
        data = _mutated(chance, chance.choice(seeds))
        (home / NAME).write_bytes(data)
        begun = time.process_time()
        try:
            signal.setitimer(signal.ITIMER_PROF, LONGEST)
            damage = reader(home)
            signal.setitimer(signal.ITIMER_PROF, 0)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            signal.setitimer(signal.ITIMER_PROF, 0)
            result.broken.append(f"file {number}: {error!r}: {data[:80]!r}")
            continue
        slowest = max(slowest, time.process_time() - begun)
        after = sha256((home / NAME).read_bytes()).digest()
        result.expect(after == sha256(data).digest(), f"file {number} was changed")
        if damage:
            refused += 1
            result.expect(damage.line >= 1, f"file {number}: no line")
        result.tried += 1
    most = _most_memory()
    result.expect(most < MOST, f"reading took {most:.0f} MB")
    result.measured |= {
        "refused with a line": refused,
        "slowest": f"{1000 * slowest:.0f} ms of the processor",
        "most memory of the process": f"{most:.0f} MB",
    }
    return result


def _most_memory() -> float:
    """Return the most memory this program has held, in MB.

    Linux hands what the starting process held on to `ru_maxrss`, so the number is read elsewhere.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _too_long(*_: object) -> None:
    raise TimeoutError("longer than a second")


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


if __name__ == "__main__":
    found = _read(Path(sys.argv[1]), int(sys.argv[2]), READERS[sys.argv[3]])
    told = {"tried": found.tried, "broken": found.broken[:20], "measured": found.measured}
    print(json.dumps(told))
