"""R10: through a real spreadsheet program and back, in every format it writes."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from durability import nasty
from durability.result import Result
from evenground.journal import Journal
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from pathlib import Path

NAME = "decisions.csv"
TYPED = (*nasty.TEXTS[:16], "2026-03-14", "TRUE", "1/2", "3,5", "12:30", "00000012", "5%", "£4")

# What LibreOffice calls them: separator, quote, encoding; 76 is UTF-8, 65535 is UTF-16, 1 Windows.
FORMATS = {
    "commas": "44,34,76,1",
    "all text quoted": "44,34,76,1,,0,true",
    "semicolons": "59,34,76,1",
    "tabs": "9,34,76,1",
    "UTF-16 and tabs": "9,34,65535,1",
    "Windows encoding": "59,34,1,1",
}


def run(folder: Path, *, formats: tuple[str, ...] = tuple(FORMATS)) -> Result:
    """Save a journal's file by LibreOffice; every row is found by its id, every change is told."""
    result = Result("R10", "saved again by LibreOffice: every row found, every change told")
    with result.timed():
        journal = Journal(folder / "whole")
        for text in TYPED:
            journal.add(
                Decision.typed({"topic": text[:100], "why": text, "view_a": "=1+41"}), author="a"
            )
        file = folder / "whole" / NAME
        book = _saved(file, folder / "ods", "ods")
        for name in formats:
            export = f"csv:Text - txt - csv (StarCalc):{FORMATS[name]}"
            _look(result, journal, _saved(file, folder / name, export), f"{name}")
            if name == "commas":  # newer ones put a mark in front of UTF-8, as Excel does
                marked = _saved(file, folder / "mark", export)
                marked.write_bytes(b"\xef\xbb\xbf" + marked.read_bytes())
                _look(result, journal, marked, "UTF-8 with a mark")
                _look(result, journal, _saved(book, folder / "from ods", export), "through .ods")
    return result


def _saved(file: Path, into: Path, to: str) -> Path:
    """Return the file that LibreOffice writes; it reads a CSV as UTF-8 with commas."""
    into.mkdir(parents=True, exist_ok=True)
    profile = into.parent / "profile"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}"]
    if file.suffix == ".csv":
        command.append("--infilter=CSV:44,34,76,1")
    command += ["--convert-to", to, "--outdir", str(into), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return into / f"{file.stem}.{to.split(':', maxsplit=1)[0]}"


def _look(result: Result, journal: Journal, saved: Path, name: str) -> None:
    home = saved.parent / "journal"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    shutil.copy(saved, home / NAME)
    data = saved.read_bytes()
    before = {entry.id: entry for entry in journal.entries(Decision)}
    again = Journal(home)
    after = {entry.id: entry for entry in again.entries(Decision)}
    result.expect(set(after) == set(before), f"{name}: {len(after)} of {len(before)} rows")
    changed = 0
    for key, entry in after.items():
        result.tried += 1
        same = (entry.record, entry.written) == (before[key].record, before[key].written)
        changed += entry.changed_outside
        result.expect(
            same or entry.changed_outside, f"{name}: {entry.record.why!r} changed silently"
        )
        result.expect(entry.record.view_a == "=1+41", f"{name}: {entry.record.view_a!r} was run")
    result.measured[f"{name}: rows told as changed"] = f"{changed} of {len(after)}"
    added = again.add(Decision.typed({"topic": "and on"}), author="b")
    result.expect(Journal(home).entries(Decision)[-1] == added, f"{name}: the next save")
    result.expect((home / NAME).read_bytes().startswith(data), f"{name}: the file was changed")
