"""What two people wrote, kept as CSV files: durable, readable by any tool, private where asked.

`Journal` is what the rest of the workbook calls. Below it, each file is one thing: the place on
disk, the disk itself, a table of rows, the shelf of tables, threads of versions, seals.
"""

from evenground.journal.drafts import Draft
from evenground.journal.faults import (
    Conflict,
    DiskFull,
    JournalError,
    Locked,
    NotCertain,
    NotKept,
    NotSaved,
    ReadOnly,
    Unreadable,
    WrongPassphrase,
)
from evenground.journal.journal import Journal, Person
from evenground.journal.notes import Note

__all__ = [
    "Conflict",
    "DiskFull",
    "Draft",
    "Journal",
    "JournalError",
    "Locked",
    "NotCertain",
    "NotKept",
    "NotSaved",
    "Note",
    "Person",
    "ReadOnly",
    "Unreadable",
    "WrongPassphrase",
]
