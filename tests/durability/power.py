"""R5: power cuts, simulated: what the disk did not confirm is there in part, as zeros, as noise.

A simulated disk keeps the bytes that were confirmed. Of the rest it may keep any beginning, fill
it with zeros or old bytes by blocks, and forget or keep a rename and the number of the order.
"""

from __future__ import annotations

import random
from pathlib import Path

from durability import nasty
from durability.result import Result
from evenground.journal import Journal
from evenground.records.amends import Decision

NAME = "decisions.csv"
BLOCK = 512


def run(folder: Path, *, states: int, early: bool = False) -> Result:
    """Cut the power in many states; all that was confirmed is there, and the next save works.

    `early` is code known to be wrong: it says saved before the disk confirmed.
    """
    result = Result("R5", "a simulated power cut: nothing that was shown as saved is lost")
    chance = random.Random(5)
    with result.timed():
        while result.tried < states:
            _journal(result, folder / "disk", chance, states, early=early)
    return result


def _journal(
    result: Result, home: Path, chance: random.Random, states: int, *, early: bool
) -> None:
    """Fill one journal row by row; at each, cut the power in a few ways."""
    for path in home.glob("*") if home.is_dir() else ():
        path.unlink()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    journal, saved, before = Journal(home), [], b""
    order = b""
    for _ in range(12):
        saved_order = order
        entry = journal.add(nasty.decision(chance, 3), author="a")
        after, order = (home / NAME).read_bytes(), (home / "order").read_bytes()
        # The heading is put there whole, by a rename, before the first row is written.
        before = before or after[: after.index(b"\r\n") + 2]
        said = [*saved, entry] if early else saved
        for state in _states(chance, before, after):
            _look(result, home, state, chance.choice([b"", saved_order, order, bytes(14)]), said)
            if result.tried >= states:
                return
        (home / NAME).write_bytes(after)
        (home / "order").write_bytes(order)
        journal = Journal(home)
        saved.append(entry)
        before = after


def _states(chance: random.Random, before: bytes, after: bytes) -> list[bytes]:
    """Return what may be in the file after a cut during the write that led to `after`."""
    new = after[len(before) :]
    found = [before, after]
    for _ in range(14):
        at = chance.randrange(len(new) + 1)
        missing = len(new) - at
        found.append(before + new[:at])
        found.append(before + new[:at] + bytes(missing))
        found.append(before + new[:at] + chance.randbytes(missing))
        found.append(before + bytes(at) + new[at:])  # the later block came first
        start = -len(before) % BLOCK
        blocks = [new[:start], *(new[n : n + BLOCK] for n in range(start, len(new), BLOCK))]
        found.append(
            before + b"".join(b if chance.random() < 0.5 else bytes(len(b)) for b in blocks)
        )
    return found


def _look(result: Result, home: Path, state: bytes, order: bytes, saved: list[object]) -> None:
    for path in home.glob("torn-*"):
        path.unlink()
    (home / NAME).write_bytes(state)
    (home / "order").write_bytes(order)
    result.tried += 1
    try:
        entries = Journal(home).entries(Decision)
        ok = entries[: len(saved)] == saved and len(entries) <= len(saved) + 1
        result.expect(ok, f"{len(entries)} of {len(saved)} rows after {state[-40:]!r}")
        new = Journal(home).add(Decision.typed({"topic": "and on"}), author="b")
        again = Journal(home).entries(Decision)
        fits = again[: len(saved)] == saved and again[-1] == new
        result.expect(fits, f"the next save after {state[-40:]!r}")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        result.broken.append(f"{error!r} after {state[-60:]!r}, {len(state)} bytes")


def quiet_disk() -> str:
    """Return a folder in memory where there is one: what is tried is the state, not the drive."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else ""
