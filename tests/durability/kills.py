"""R1 and R2: writers killed in the midst of saving; and writers known to be wrong, caught."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import time
from hashlib import blake2b
from typing import TYPE_CHECKING

from durability import nasty
from durability.result import Result
from evenground.journal import Journal, cells
from evenground.journal.reading import read
from evenground.journal.rows import checked, new_id
from evenground.journal.table import Row
from evenground.journal.writing import columns
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Say = Callable[[str, str], None]
    Writer = Callable[[Path, int, Say], None]

NAME = "decisions.csv"


def ours(home: Path, seed: int, say: Say) -> None:
    """Save as the product does, and say so when it says so."""
    chance, journal = random.Random(seed), Journal(home)
    while True:
        entry = journal.add(nasty.decision(chance), author="a")
        say(entry.id, _print(entry.record))


def rewriting(home: Path, seed: int, say: Say) -> None:
    """Write the whole file again in its place, as much CSV code does."""
    chance, path = random.Random(seed), home / NAME
    while True:
        row, told = _row(chance)
        held = path.read_bytes() if path.exists() else b""
        with path.open("wb") as file:
            file.write(_with(held, row))
            file.flush()
            os.fsync(file.fileno())
        say(row.cells["id"], told)


def early(home: Path, seed: int, say: Say) -> None:
    """Say that it is saved, and then save it."""
    chance, path = random.Random(seed), home / NAME
    while True:
        row, told = _row(chance)
        say(row.cells["id"], told)
        with path.open("ab") as file:
            file.write(_with(b"", row) if not path.stat().st_size else _line(row))


def unlocked(home: Path, seed: int, say: Say) -> None:
    """Read, add, and replace the file whole, with no lock around it."""
    chance, path = random.Random(seed), home / NAME
    while True:
        row, told = _row(chance)
        held = path.read_bytes() if path.exists() else b""
        fresh = home / f".{seed}.new"
        fresh.write_bytes(_with(held, row))
        fresh.replace(path)
        say(row.cells["id"], told)


def run(
    folder: Path, *, trials: int, writer: Writer = ours, writers: int = 4, key: str = "R1"
) -> Result:
    """Kill writers at moments that chance chooses; every row that was called saved is there."""
    result = Result(key, "a writer killed at any moment: nothing that was shown as saved is lost")
    acknowledged = 0
    said: dict[str, str] = {}
    with result.timed():
        while result.tried < trials or acknowledged < 5 * trials:
            trial = result.tried
            home = folder / f"{trial // 40}"
            if trial % 40 == 0:
                shutil.rmtree(folder / f"{trial // 40 - 1}", ignore_errors=True)
                home.mkdir(mode=0o700, parents=True)
                said = {}
            count = 1 + trial % writers if writers > 1 else 1
            new = _trial(home, writer, count, seed=trial)
            said |= new
            acknowledged += len(new)
            _look(result, home, said, trial)
            result.tried += 1
            if key != "R1" and result.broken:
                break  # caught
    result.measured["rows shown as saved"] = acknowledged
    return result


def controls(folder: Path, *, trials: int) -> Result:
    """Let writers known to be wrong be judged by the same eyes: each has to be caught."""
    result = Result("R2", "the same trials catch code that is known to lose rows")
    with result.timed():
        for writer in (rewriting, early, unlocked):
            found = run(folder / writer.__name__, trials=trials, writer=writer, key=writer.__name__)
            result.tried += found.tried
            result.expect(found.broken, f"{writer.__name__} was not caught in {found.tried} trials")
            result.measured[f"{writer.__name__} caught after"] = f"{found.tried} trials"
    return result


def _trial(home: Path, writer: Writer, count: int, *, seed: int) -> dict[str, str]:
    """Start writers, kill them after a while, and return what they said was saved."""
    chance = random.Random(seed)
    receive, send = os.pipe()
    children = []
    for number in range(count):
        child = os.fork()
        if child == 0:
            os.close(receive)
            _child(home, writer, seed * 10 + number, send)
        children.append(child)
    os.close(send)
    heard = b""
    ready = select.select([receive], [], [], 20)[0]  # the first word: they are at work
    until = time.monotonic() + chance.uniform(0, 0.04)
    while ready and time.monotonic() < until:
        if select.select([receive], [], [], max(0, until - time.monotonic()))[0]:
            heard += os.read(receive, 1 << 16)
    for child in children:
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)
    while more := os.read(receive, 1 << 16):
        heard += more
    os.close(receive)
    lines = heard.decode().split("\n")[:-1]
    return dict(json.loads(line) for line in lines)


def _child(home: Path, writer: Writer, seed: int, send: int) -> None:
    def say(key: str, told: str) -> None:
        os.write(send, (json.dumps([key, told]) + "\n").encode())

    try:
        writer(home, seed, say)
    finally:
        os._exit(1)


def _look(result: Result, home: Path, said: dict[str, str], trial: int) -> None:
    """Look for every row that was called saved."""
    held = read((home / NAME).read_bytes()) if (home / NAME).exists() else read(b"")
    rows = {row.cells["id"]: row for row in held.rows}
    result.expect(held.damage is None, f"trial {trial}: damaged at line {held.damage}")
    result.expect(len(rows) == len(held.rows), f"trial {trial}: an id twice")
    result.expect(all(row.sound for row in held.rows), f"trial {trial}: a row is not sound")
    for key, told in said.items():
        there = key in rows and _print(Decision.from_cells(rows[key].cells)) == told
        result.expect(there, f"trial {trial}: {key} was shown as saved and is lost")
    if (home / NAME).exists() and not held.damage:
        entries = Journal(home).entries(Decision)
        result.expect(len(entries) == len(held.rows), f"trial {trial}: entries are missing")


def _row(chance: random.Random) -> tuple[Row, str]:
    record = nasty.decision(chance)
    row = {"schema": "e1", "id": new_id(), "seq": "1", **record.to_cells()}
    whole = {name: row.get(name, "") for name in columns(Decision)}
    return Row(0, checked(whole), sound=True), _print(record)


def _line(row: Row) -> bytes:
    return cells.line([cells.kept(row.cells[name]) for name in columns(Decision)]).encode()


def _with(held: bytes, row: Row) -> bytes:
    return (held or cells.heading(columns(Decision)).encode()) + _line(row)


def _print(record: Decision) -> str:
    return blake2b(repr(sorted(record.to_cells().items())).encode(), digest_size=8).hexdigest()
