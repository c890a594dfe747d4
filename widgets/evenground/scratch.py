"""Tables of one's own journal, for questions of one's own in JupyterLab. They can only be read.

`answers()` holds the check-ins, `table(kind)` any one kind, `frame()` everything with one answer a
row, `dictionary()` what each column holds. Each call returns a new copy; nothing here writes.
"""

from __future__ import annotations

import getpass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from evenground.journal import Journal, JournalError
from evenground.journal.exporting import may_see
from evenground.records.controls import Steps, Text
from evenground.records.measures import Amount, Day
from evenground.records.questions import asked
from evenground.records.registry import kinds
from evenground.records.review import ITEMS, CheckIn, Review

if TYPE_CHECKING:
    from evenground.records.controls import Control
    from evenground.records.declaration import Record
    from evenground.records.entry import Entry

LONG = ("day", "person", "part", "kind", "entry", "field", "value", "number", "seen_by")
_BOTH, _ALONE = "both", "its writer"


@cache
def _journal() -> Journal:
    return Journal()


_open: set[str] = set()


def open_private(person: str) -> None:
    """Ask for the passphrase of "a" or "b"; their private pages are then in the tables as well.

    What is typed is not shown and not kept. Output of cells is saved with a notebook: clear it.
    """
    try:
        _journal().unlock(person, getpass.getpass(""))
    except JournalError as error:
        print(error.sentence)  # noqa: T201 - this is for a notebook
    else:
        _open.add(person)


def close_private() -> None:
    """Shut all private pages again."""
    _journal().lock()
    _open.clear()


def frame() -> pd.DataFrame:
    """Return every answer there is to read, one a row: who, when, which question, which answer.

    `number` holds steps from 1 to 5 and amounts; texts, days and choices stand in `value`.
    """
    rows = [
        row for kind in kinds().values() for entry in _entries(kind) for row in _long(kind, entry)
    ]
    found = pd.DataFrame(rows, columns=list(LONG))
    found["day"] = pd.to_datetime(found["day"])
    found["number"] = pd.to_numeric(found["number"])
    return found.sort_values("day", kind="stable", ignore_index=True)


def table(kind: str) -> pd.DataFrame:
    """Return one kind of answer with its own columns, one entry a row: `table("decisions")`.

    `written` is the day it was written. Days are days and steps are numbers, in empty tables too.
    """
    declared = kinds()[kind]
    controls = dict(declared.controls())
    names = _names()
    rows = [
        {
            "written": _day(entry),
            "person": names.get(entry.author, entry.author),
            "entry": entry.thread,
        }
        | {name: _value(controls[name], entry.record, name) for name in controls}
        for entry in _entries(declared)
    ]
    found = pd.DataFrame(rows, columns=["written", "person", "entry", *controls])
    for name, control in (("written", Day()), *controls.items()):
        if isinstance(control, Day):
            found[name] = pd.to_datetime(found[name])
        elif isinstance(control, Steps | Amount):
            found[name] = pd.to_numeric(found[name])
    return found


def answers() -> pd.DataFrame:
    """Return the six items of each review: day, person, item, and a number from 1 to 5.

    They are what both have opened, and what each wrote alone if those pages are open here. An item
    that somebody would rather not answer has no number.
    """
    names, journal = _names(), _journal()
    days = {e.thread: e.record.day or e.began.date() for e in journal.entries(Review)}
    found: dict[tuple[str, str], CheckIn] = {}
    for entry in _entries(CheckIn):
        key = (entry.record.review, entry.author)
        if key not in found or not entry.released_from:
            found[key] = entry.record
    rows = [
        {
            "day": days[review],
            "person": names.get(author, author),
            "item": item,
            "number": _number(getattr(record, item)),
        }
        for (review, author), record in found.items()
        if review in days
        for item in ITEMS
    ]
    made = pd.DataFrame(rows, columns=["day", "person", "item", "number"])
    made["day"] = pd.to_datetime(made["day"])
    made["number"] = pd.to_numeric(made["number"])
    return made.sort_values(["day", "person"], kind="stable", ignore_index=True)


def dictionary() -> pd.DataFrame:
    """Return every column of every kind: what is asked, what it holds, and who may see it."""
    rows = [
        {
            "kind": kind.kind,
            "part": kind.part,
            "column": name,
            "asked": asked(kind, name),
            "holds": control.meaning,
            "seen_by": kind.visibility.value,
        }
        for kind in kinds().values()
        for name, control in kind.controls()
    ]
    return pd.DataFrame(rows)


def _entries(kind: type[Record]) -> list[Entry[Any]]:
    """Return what may be read here: plain rows, and sealed ones of whoever opened theirs.

    What waits at a person's door is sealed to them, and is not here until they opened the door.
    """
    journal = _journal()
    found: dict[str, Entry[Any]] = {e.id: e for e in journal.entries(kind)}
    for person in sorted(_open):
        theirs = journal.entries(kind, reader=person)
        found |= {e.id: e for e in theirs if may_see(journal, e, person)}
    return list(found.values())


def _long(kind: type[Record], entry: Entry[Any]) -> list[dict[str, object]]:
    cells = entry.record.to_cells()
    about = {
        "day": _day(entry),
        "person": _names().get(entry.author, entry.author),
        "part": kind.part,
        "kind": kind.kind,
        "entry": entry.thread,
        "seen_by": _ALONE if entry.sealed else _BOTH,
    }
    return [
        about | {"field": name, "value": cells[name], "number": _measured(control, cells[name])}
        for name, control in kind.controls()
        if cells[name]
    ]


def _value(control: Control, record: Record, name: str) -> object:
    value = getattr(record, name)
    if isinstance(control, Steps):
        return _number(value)
    if isinstance(control, Day | Amount | Text):
        return value
    return record.to_cells()[name]


def _measured(control: Control, cell: str) -> float | None:
    if isinstance(control, Steps):
        return _number(cell)
    return float(cell) if isinstance(control, Amount) and cell else None


def _number(step: str) -> float | None:
    return float(step) if step.isdigit() else None


def _day(entry: Entry[Any]) -> object:
    """Return the day it was written where it was written, without a clock."""
    return entry.written.astimezone().date()


def _names() -> dict[str, str]:
    return {person.key: person.name for person in _journal().people() if person.name}
