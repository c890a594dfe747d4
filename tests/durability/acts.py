"""What a person does to a journal, to be disturbed at any moment, and how to judge what is left."""

from __future__ import annotations

import random
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from durability import nasty
from evenground.journal import Journal, JournalError, NotCertain, cells, exporting, merging
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from collections.abc import Callable

    from evenground.records.entry import Entry

ACTS = ("save", "edit", "draft", "forget", "migrate", "mend", "export", "merge")
CARELESS = ("careless",)  # code that is known to be wrong: it says saved, whatever came of it
CANARY = "a canary that is to be forgotten"


def prepared(home: Path) -> None:
    """Make the journal that every act is done to."""
    journal, entries = nasty.filled(home, rows=6)
    journal.add(Decision.typed({"topic": CANARY, "why": CANARY}), author="a")
    journal.keep_draft("a", "turns", {"topic": "draft"}, private=False, base=None)
    journal.add(entries[0].record, author="b", replaces=entries[0].thread)


def ready(template: Path, home: Path, act: str) -> None:
    """Copy the journal, and make of it what an act begins with."""
    shutil.rmtree(home.parent, ignore_errors=True)
    shutil.copytree(template, home)
    file = home / "decisions.csv"
    if act == "migrate":  # as an older version wrote it: a column is missing
        _without(file, "look_again")
    elif act == "mend":
        with file.open("ab") as torn:
            torn.write(b'"e1","r00112233445566aa","99","torn in the mid')
    elif act == "merge":
        other = home.parent / "other"
        shutil.copytree(template, other)
        Journal(other).add(_record(), author="b")
    elif act == "forget":
        before = home / "before-decisions-00000000.txt"
        before.write_bytes(file.read_bytes())


def do(home: Path, act: str) -> None:
    """Do one thing, as a page or the command does."""
    journal = Journal(home)
    if act in {"save", "migrate", "mend"}:
        journal.add(_record(), author="b")
    elif act == "careless":
        with suppress(JournalError):
            journal.add(_record(), author="b")
    elif act == "edit":
        journal.add(_record(), author="b", replaces=journal.entries(Decision)[2].thread)
    elif act == "draft":
        journal.keep_draft("a", "turns", {"topic": "newer"}, private=False, base=1)
    elif act == "forget":
        journal.forget(_canary(journal), author="a", kind=Decision)
    elif act == "export":
        exporting.export(journal, home.parent / "copies")
    elif act == "merge":
        merging.merge(home, home.parent / "other")


def outcome(act: Callable[[], None]) -> str:
    """Return what the person was told: saved, refused, or not certain."""
    try:
        act()
    except NotCertain:
        return "uncertain"
    except JournalError as error:
        return f"refused {error.key}"
    return "saved"


def judged(template: Path, home: Path, act: str, said: str) -> list[str]:
    """Return what is wrong with what an act left, given what the person was told."""
    before, journal = Journal(template).entries(Decision), Journal(home)
    after = journal.entries(Decision)
    wrong = [f"note {n}" for n in journal.notes() if n.key in {"read.damaged", "read.changed"}]
    wrong += _lost(before, after, act)
    wrong += _draft(journal, act, said)
    if act in {"save", "careless", "edit", "migrate", "mend", "merge"}:
        mine = [entry for entry in after if entry.record == _record()]
        if said == "saved" and len(mine) != 1:
            wrong.append("shown as saved, and not there")
        if said.startswith("refused") and mine:
            wrong.append("shown as not saved, and there")
    if act == "edit" and len(after) != len(before):
        wrong.append("the edited entry is there twice, or gone")
    if act == "forget":
        wrong += _forgotten(journal, home, said)
    return wrong + _goes_on(home, len(after))


def _lost(before: list[Entry[Decision]], after: list[Entry[Decision]], act: str) -> list[str]:
    kept = {(entry.thread, entry.record) for entry in after}
    spared = {before[2].thread} if act == "edit" else set()
    if act == "forget":
        spared = {entry.thread for entry in before if entry.record.topic == CANARY}
    there = [(entry.thread, entry.record) for entry in before if entry.thread not in spared]
    return [f"{one[0]} is lost" for one in there if one not in kept]


def _draft(journal: Journal, act: str, said: str) -> list[str]:
    old, new = {"topic": "draft"}, {"topic": "newer"}
    allowed = [new] if act == "draft" and said == "saved" else [old, new]
    draft = journal.draft("a", "turns")
    return [] if draft and draft.values in allowed else [f"draft {draft}"]


def _goes_on(home: Path, count: int) -> list[str]:
    """Return what is wrong with saving and reading after it all."""
    new = Journal(home).add(Decision.typed({"topic": "and on"}), author="a")
    entries = Journal(home).entries(Decision)
    there = entries[-1] == new and count <= len(entries) <= count + 1
    return [] if there else ["the next save is not there"]


def _forgotten(journal: Journal, home: Path, said: str) -> list[str]:
    wrong = ["told as forgotten, and found"] if said == "saved" and _found(home) else []
    if any(entry.record.topic == CANARY for entry in journal.entries(Decision)):
        journal.forget(_canary(journal), author="a", kind=Decision)
    return [*wrong, "forgotten at last, and found"] if _found(home) else wrong


def _found(home: Path) -> bool:
    return any(CANARY.encode() in path.read_bytes() for path in home.iterdir())


def _canary(journal: Journal) -> str:
    return next(e.thread for e in journal.entries(Decision) if e.record.topic == CANARY)


def _record() -> Decision:
    return nasty.decision(random.Random(77), 2)


def _without(file: Path, column: str) -> None:
    from evenground.journal.reading import read
    from evenground.journal.rows import checked, written
    from evenground.journal.table import Row

    held = read(file.read_bytes())
    names = tuple(name for name in held.columns if name != column)
    rows = [
        Row(0, checked({n: row.cells[n] for n in names if n != cells.CHECK}), sound=True)
        for row in held.rows
    ]
    file.write_bytes(written(names, rows))


if __name__ == "__main__":  # strace watches this
    print(outcome(lambda: do(Path(sys.argv[1]), sys.argv[2])), flush=True)
