"""The full proofs: `make proof`. Writes docs/proof.md with the machine and the date.

`PYTHONPATH=tests:widgets python -m durability` runs all; keys behind it (`R1 R8`) run some. Each
result takes the place of the last one of its kind in docs/proof.json, of which the page is made.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import journal as speed
from durability import (
    acts,
    calls,
    cuts,
    full,
    fuzz,
    kills,
    models,
    power,
    sheets,
    texts,
    writers,
)
from evenground.journal.rows import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from durability.result import Result

PAGE = Path(__file__).parents[2] / "docs" / "proof.md"
HELD = PAGE.with_suffix(".json")

FULL: dict[str, Callable[[Path, Path], Result]] = {
    "R1": lambda disk, _: kills.run(disk, trials=10_000),
    "R2": lambda disk, _: kills.controls(disk, trials=200),
    "R3": lambda _, memory: cuts.run(memory),
    "R4": lambda _, memory: calls.run(memory),
    "R4s": lambda disk, _: calls.by_strace(disk),
    "R5": lambda _, memory: power.run(memory, states=100_000),
    "R6": lambda disk, _: writers.run(disk),
    "R7": lambda _, memory: full.run(memory),
    "R8": lambda _, memory: fuzz.run(memory, files=1_000_000),
    "R8c": lambda _, memory: fuzz.controls(memory),
    "R9": lambda _, __: texts.run(count=200_000),
    "R10": lambda disk, _: sheets.run(disk),
    "R14": lambda _, __: models.merges(tries=10_000),
    "R15": lambda _, __: models.machine(runs=5_000),
    "speed": lambda disk, _: speed.run(disk),
}

# Code known to be wrong, judged by the same eyes: a proof that does not catch it proves nothing.
# R1 has R2.
WRONG: dict[str, Callable[[Path, Path], Result]] = {
    "R3": lambda _, memory: cuts.run(memory, every=29, rows=6, save=cuts.blindly),
    "R4": lambda _, memory: calls.run(memory, which=acts.CARELESS),
    "R4s": lambda disk, _: calls.by_strace(disk, which=acts.CARELESS),
    "R5": lambda _, memory: power.run(memory, states=500, early=True),
    "R6": lambda disk, _: writers.unlocked(disk),
    "R7": lambda _, memory: full.run(memory, steps=12, which=acts.CARELESS),
    "R9": lambda _, __: texts.run(count=2_000, write=texts.ordinary),
    "R14": lambda _, __: models.merges(tries=500, place=number),
    "R15": lambda _, __: models.forgetful(),
}

HEAD = """# What was tried on the journal

The last full runs, by `make proof`. `make test` runs short versions of the same, and tests of
edited files, zones and clocks, older formats, merges, a state machine and sealing.

A process killed is a process killed with SIGKILL. A power cut is simulated: the bytes that the
disk did not confirm are cut, zeroed, shuffled by blocks or turned to noise. No real power was cut.
None in 10,000 trials says, with 95 % confidence, fewer than 3 in 10,000.

"""


def main(keys: list[str]) -> int:
    """Run the proofs asked for, all by default; return 1 when a promise was broken."""
    broken = 0
    for key, proof in FULL.items():
        if keys and key not in keys:
            continue
        try:
            result = _in_folders(proof)
            if key in WRONG:
                found = _in_folders(WRONG[key])
                result.expect(found.broken, "code known to be wrong was not caught")
                caught = f"{len(found.broken)} in {found.tried} trials"
                result.measured["faults found in wrong code"] = caught
        except Exception:  # noqa: BLE001 - a proof that cannot be made is told, and the next one is
            print(f"{key} was not tried to its end:", traceback.format_exc(), file=sys.stderr)
            broken += 1
            continue
        broken += len(result.broken)
        print(_line(result), *result.broken[:20], sep="\n  ", flush=True)
        keep(key, result)
    return int(bool(broken))


def _in_folders(proof: Callable[[Path, Path], Result]) -> Result:
    with (
        tempfile.TemporaryDirectory() as disk,
        tempfile.TemporaryDirectory(dir=power.quiet_disk() or None) as memory,
    ):
        return proof(Path(disk), Path(memory))


def keep(key: str, result: Result) -> None:
    """Put a result in the place of the last one of its kind, and write the page anew."""
    held = json.loads(HELD.read_text(encoding="utf-8")) if HELD.exists() else {}
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    held[key] = {
        "promise": result.promise,
        "tried": result.tried,
        "broken": result.broken[:20],
        "seconds": round(result.seconds),
        "measured": {name: str(value) for name, value in result.measured.items()},
        "when": f"{datetime.now(UTC):%Y-%m-%d}",
        "where": f"{machine}, Python {platform.python_version()}",
    }
    held = {known: held[known] for known in FULL if known in held}
    HELD.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(_page(held), encoding="utf-8")


def _page(held: dict[str, dict[str, Any]]) -> str:
    rows = [
        "| | promise | tried | broken | seconds | measured | when and where |",
        "|---|---|---|---|---|---|---|",
    ]
    broken = []
    for key, told in held.items():
        measured = "; ".join(f"{name}: {value}" for name, value in told["measured"].items())
        rows.append(
            f"| {key} | {told['promise']} | {told['tried']:,} | {len(told['broken'])} "
            f"| {told['seconds']} | {measured} | {told['when']}, {told['where']} |"
        )
        broken += [f"- {key}: {what}" for what in told["broken"]]
    missing = [key for key in FULL if key not in held]
    if missing:
        rows += ["", f"Not run in full yet: {', '.join(missing)}."]
    return HEAD + "\n".join([*rows, *([""] if broken else []), *broken]) + "\n"


def _line(result: Result) -> str:
    said = f"{result.key}: {result.tried:,} tried, {len(result.broken)} broken"
    return f"{said}, {result.seconds:.0f} s {result.measured or ''}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
