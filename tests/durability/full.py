"""R7: a full disk: no file can grow beyond some bytes, or a real one of 64 kB has no page left."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from durability import acts
from durability.calls import in_child
from durability.result import Result, surroundings
from evenground.journal import Journal
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 4096  # bytes: what a disk in memory gives out
MOUNT = 'mount -t tmpfs -o size=64k,mode=700 none "$1" && exec "$2" -m durability.full "$1"'
CLEAR = {"saved", "refused save.full"}


def run(folder: Path, *, steps: int = 40, which: tuple[str, ...] = acts.ACTS) -> Result:
    """Leave room for so many bytes, for every act; then there is room again."""
    result = Result("R7", "a full disk: said plainly, nothing lost or left over, and then it works")
    template = folder / "template"
    with result.timed():
        acts.prepared(template)
        size = (template / "decisions.csv").stat().st_size
        for act in which:
            for step in range(steps):
                home = folder / "work" / "journal"
                acts.ready(template, home, act)
                room = size + 700 - step * 60 if act != "draft" else step * 12
                _one(result, template, home, act, max(room, 0), tried=_limited)
        shutil.rmtree(folder / "work")
        _on_a_disk(result, folder / "disk", which)
    return result


def _one(
    result: Result,
    template: Path,
    home: Path,
    act: str,
    room: int,
    *,
    tried: Callable[[Path, str, int], str],
) -> None:
    """Do one thing with so much room, and judge what is left once there is room again."""
    before = len(list(home.iterdir()))
    said = tried(home, act, room)
    result.tried += 1
    name = f"{act} with room for {room}: {said}"
    if said not in CLEAR:
        result.broken.append(name)
    if said != "saved" and len(list(home.iterdir())) > before + 1:
        result.broken.append(f"{name}: files are left over")
    result.broken += [f"{name}: {wrong}" for wrong in acts.judged(template, home, act, said)]


def _limited(home: Path, act: str, room: int) -> str:
    """Do something while no file can grow beyond some bytes; return what the person was told."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        acts.do(home, act)

    return in_child(limited, "none", -1)[0]


def _on_a_disk(result: Result, disk: Path, which: tuple[str, ...]) -> None:
    """Have it tried on a disk of 64 kB, where this account may mount one."""
    disk.mkdir()
    command = ["unshare", "-rm", "sh", "-c", MOUNT, "sh", str(disk), sys.executable]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=surroundings(FULL_ACTS=" ".join(which)),
        )
    except FileNotFoundError:
        result.measured["on a real disk of 64 kB"] = "not tried: there is no unshare here"
        return
    if not done.stdout:
        if "durability" in done.stderr:
            result.broken.append(done.stderr[-500:])
        result.measured["on a real disk of 64 kB"] = "not tried: this account may mount none"
        return
    told = json.loads(done.stdout.splitlines()[-1])
    result.tried += told["tried"]
    result.broken += told["broken"]
    result.measured["on a real disk of 64 kB"] = f"{told['tried']} tried, {told['full']} full"


def _to_the_edge(home: Path) -> None:
    """Let the file end a few bytes before a page does, so that the next row needs another one."""
    file, journal = home / "decisions.csv", Journal(home)
    before = file.stat().st_size
    journal.add(Decision.typed({"why": "x"}), author="a")
    row = file.stat().st_size - before
    letters = (-file.stat().st_size - row - 8) % PAGE
    journal.add(Decision.typed({"why": "x" * (letters + 1)}), author="a")


def _really(disk: Path, which: list[str]) -> dict[str, object]:
    """Fill a small disk but for a few pages, do each act, take the filling out, and judge."""
    result, full = Result("R7", ""), 0
    template = disk.parent / "small"
    acts.prepared(template)
    _to_the_edge(template)
    home = disk / "journal"

    def filled(home: Path, act: str, room: int) -> str:
        nonlocal full
        filling = disk / "filling"
        left = os.statvfs(disk)
        filling.write_bytes(bytes(left.f_bavail * left.f_frsize - room))
        said = in_child(lambda: acts.do(home, act), "none", -1)[0]
        full += said == "refused save.full"
        filling.unlink()
        return said

    for act in which:
        for pages in range(8):
            shutil.rmtree(home, ignore_errors=True)
            for beside in ("copies", "other"):
                shutil.rmtree(disk / beside, ignore_errors=True)
            made = disk.parent / "made" / "journal"
            acts.ready(template, made, act)
            shutil.copytree(made.parent, disk, dirs_exist_ok=True)
            _one(result, template, home, act, pages * PAGE, tried=filled)
    return {"tried": result.tried, "broken": result.broken, "full": full}


if __name__ == "__main__":
    print(json.dumps(_really(Path(sys.argv[1]), os.environ["FULL_ACTS"].split())))
