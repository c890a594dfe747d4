"""Copies of a journal for people and their tools: tidy CSV files, one workbook, a dictionary.

They are not read again by the workbook. Text is escaped more widely than in the journal, since a
spreadsheet may split these files at a separator of its own.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import xlsxwriter

from evenground.journal import cells, disk
from evenground.journal.faults import JournalError, not_saved
from evenground.records.controls import Chips, Steps, Weights
from evenground.records.door import Opening
from evenground.records.measures import Amount
from evenground.records.questions import asked
from evenground.records.registry import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evenground.journal.journal import Journal
    from evenground.records.declaration import Record
    from evenground.records.entry import Entry

WORKBOOK = "answers.xlsx"
DICTIONARY = "dictionary.csv"
UNSAID = "unsaid"
_WIDEST = 32_767  # letters that a cell of a workbook holds

_FRAME = {
    "entry": "what other rows call this answer",
    "author": "who wrote it: a, b or both",
    "name": "the name that author gave",
    "written": "when, in universal time",
    "local": "the clock where it was written",
    "zone": "that clock's zone",
    "edited": "yes if it is not the first version",
    "sealed": "yes if it stands in the private pages",
    "changed_outside": "yes if the file was changed outside this workbook",
}


@dataclass(frozen=True)
class Sheet:
    """One file to be: its name, its columns with what they hold, its rows, and what was asked."""

    name: str
    columns: dict[str, str]
    rows: list[dict[str, str | float]]
    asked: dict[str, str] = field(default_factory=dict)  # by column


def export(journal: Journal, folder: Path, *, reader: str | None = None) -> list[Path]:
    """Write all that a person may see into a folder and return the files; each is put whole.

    That is what both may see, and with `reader` their own private pages, if these are open.
    """
    if folder.resolve() == journal.home.resolve():
        raise JournalError("export.into_itself")
    sheets = list(_sheets(journal, reader))
    files = {f"{sheet.name}.csv": _csv(sheet) for sheet in sheets}
    files[DICTIONARY] = _csv(_dictionary(sheets))
    files[WORKBOOK] = _workbook([*sheets, _dictionary(sheets)])
    try:
        if not folder.is_dir():
            folder.mkdir(mode=disk.FOLDER, parents=True)
        for name, data in files.items():
            disk.replace(folder / name, data)
    except OSError as error:
        raise not_saved(error, file=folder.name) from error
    return [folder / name for name in files]


def _sheets(journal: Journal, reader: str | None) -> Iterator[Sheet]:
    names = {person.key: person.name for person in journal.people()}
    for name, kind in kinds().items():
        entries = [e for e in journal.entries(kind, reader=reader) if may_see(journal, e, reader)]
        if not entries:
            continue
        rows = [_frame(entry, names) | _answers(entry.record) for entry in entries]
        questions = {column: asked(kind, column) for column in kind.columns()}
        yield Sheet(name, _FRAME | _meanings(kind), rows, questions)
        yield from _long(name, kind, entries)


def may_see(journal: Journal, entry: Entry[Record], reader: str | None) -> bool:
    """Return whether an entry is its reader's to see: what waits at their door is not, until open.

    It is sealed to them by another, and their own passphrase would open it.
    """
    if not entry.sealed or entry.author == reader:
        return True
    opened = [o for o in journal.entries(Opening) if o.author == reader and not o.changed_outside]
    return any(o.record.delivery == entry.thread for o in opened)


def _frame(entry: Entry[Record], names: dict[str, str]) -> dict[str, str | float]:
    return {
        "entry": entry.thread,
        "author": entry.author,
        "name": names.get(entry.author, ""),
        "written": f"{entry.written:%Y-%m-%dT%H:%M:%SZ}",
        "local": _local(entry),
        "zone": entry.zone,
        "edited": "yes" if entry.id != entry.thread else "no",
        "sealed": "yes" if entry.sealed else "no",
        "changed_outside": "yes" if entry.changed_outside else "no",
    }


def _local(entry: Entry[Record]) -> str:
    try:
        there = entry.written.astimezone(ZoneInfo(entry.zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        there = entry.written
    return f"{there:%Y-%m-%d %H:%M:%S}"


def _meanings(kind: type[Record]) -> dict[str, str]:
    found = {}
    for name, control in kind.controls():
        found[name] = control.meaning
        if isinstance(control, Steps):
            found[name] = "1 (hardly ever) to 5 (nearly every time); empty if not answered"
            found[f"{name}_{UNSAID}"] = f"yes if {name} was answered with: I would rather not say"
    return found


def _answers(record: Record) -> dict[str, str | float]:
    found: dict[str, str | float] = {}
    told = record.to_cells()
    for name, control in record.controls():
        cell = told[name]
        if isinstance(control, Steps):
            found[name] = float(cell) if cell.isdigit() else ""
            found[f"{name}_{UNSAID}"] = "yes" if cell == UNSAID else "no"
        elif isinstance(control, Amount):
            found[name] = float(cell) if cell else ""
        else:
            found[name] = cell
    return found


def _long(name: str, kind: type[Record], entries: list[Entry[Record]]) -> Iterator[Sheet]:
    """Yield a file of its own for each field that holds several choices: one row a choice."""
    for column, control in kind.controls():
        if not isinstance(control, Chips | Weights):
            continue
        rows: list[dict[str, str | float]] = []
        for entry in entries:
            value = getattr(entry.record, column)
            weights = value if isinstance(value, dict) else dict.fromkeys(value)
            for choice, weight in weights.items():
                row: dict[str, str | float] = {"entry": entry.thread, "choice": choice}
                rows.append(row | ({"weight": float(weight)} if weight is not None else {}))
        columns = {"entry": f"the row of {name}.csv", "choice": control.meaning}
        if isinstance(control, Weights):
            columns |= {"choice": "the word chosen", "weight": "1 to 5; 0 if not said"}
        if rows:
            yield Sheet(f"{name}_{column}", columns, rows, {"choice": asked(kind, column)})


def _dictionary(sheets: list[Sheet]) -> Sheet:
    rows: list[dict[str, str | float]] = [
        {
            "file": f"{sheet.name}.csv",
            "column": column,
            "asked": sheet.asked.get(column, ""),
            "holds": meaning,
        }
        for sheet in sheets
        for column, meaning in sheet.columns.items()
    ]
    columns = {
        "file": "a file beside this one",
        "column": "a column of it",
        "asked": "the question on the page, if there is one",
        "holds": "its cells",
    }
    return Sheet(DICTIONARY.removesuffix(".csv"), columns, rows)


def _csv(sheet: Sheet) -> bytes:
    lines = [
        cells.line([_told(row.get(column, "")) for column in sheet.columns]) for row in sheet.rows
    ]
    return (cells.heading(sheet.columns) + "".join(lines)).encode("utf-8", "replace")


def _told(value: str | float) -> str:
    return cells.handed_out(value) if isinstance(value, str) else f"{value:.15g}"


def _workbook(sheets: list[Sheet]) -> bytes:
    """Return a workbook of text and numbers: nothing in it is run, whatever it begins with."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        page.write_row(0, 0, list(sheet.columns))
        page.freeze_panes(1, 0)
        for at, row in enumerate(sheet.rows, start=1):
            for column, name in enumerate(sheet.columns):
                value = row.get(name, "")
                if isinstance(value, str):
                    page.write_string(at, column, value[:_WIDEST])
                else:
                    page.write_number(at, column, value)
    book.close()
    return buffer.getvalue()
