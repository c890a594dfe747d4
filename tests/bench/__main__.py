"""Measure, and write what was found into docs/bench.md.

    make bench                                     all parts, about half an hour
    make bench ARGS="pages many"                   some parts; the others stay as they were
    make bench ARGS="--rounds 2 pages"             fewer rounds, to see that a part works

Each part stands between two marks in docs/bench.md and is written when it is done, so a run that
was cut goes on with the parts that are missing.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

PARTS = ("pages", "moving", "saved", "stages", "many", "years", "charts", "kernels", "room")
RESULTS = Path(__file__).parents[2] / "docs" / "bench.md"


def main() -> None:
    asked = argparse.ArgumentParser(prog="make bench", description="How fast pages are.")
    asked.add_argument("parts", nargs="*", choices=[[], *PARTS], help="which parts; all of them")
    asked.add_argument("--rounds", type=int, default=10, help="how often each page is opened")
    told = asked.parse_args()
    failed = []
    for part in told.parts or PARTS:
        began = time.monotonic()
        print(f"\n{part} …", flush=True)
        try:
            found = import_module(f"bench.{part}").measure(told.rounds)
        except Exception:  # noqa: BLE001 - the other parts are measured all the same
            traceback.print_exc()
            failed.append(part)
            continue
        text = f"{found}\n\n{machine(told.rounds, time.monotonic() - began)}"
        write(part, text)
        print(text, flush=True)
    if failed:
        sys.exit(f"Not measured, and left as they were: {', '.join(failed)}.")


def machine(rounds: int, took: float) -> str:
    """Return what the numbers are to be read with."""
    with Path("/proc/cpuinfo").open() as file:
        names = re.findall(r"model name\s*: (.+)", file.read())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"*{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {took / 60:.0f} min, {rounds} rounds; "
        f"{os.cpu_count()} cores ({names[0] if names else platform.machine()}), {memory:.0f} GiB, "
        f"Linux {platform.release().split('-')[0]}, Python {platform.python_version()}; "
        f"load at the end over 1, 5 and 15 minutes: {load}.*"
    )


def write(part: str, text: str) -> None:
    """Put what a part found between its two marks."""
    first, last = f"<!-- {part} -->\n", f"\n<!-- end of {part} -->"
    page = RESULTS.read_text(encoding="utf-8")
    begin, end = page.index(first) + len(first), page.index(last)
    RESULTS.write_text(page[:begin] + text + page[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
