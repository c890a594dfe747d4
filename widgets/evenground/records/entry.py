"""An answer in the journal: what was said, by whom, when, and which one it replaces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from evenground.records.declaration import Record

if TYPE_CHECKING:
    from datetime import datetime

R = TypeVar("R", bound=Record)

BOTH = "both"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry(Generic[R]):
    """The newest version of one answer."""

    id: str  # of this version; starts with a letter
    thread: str  # the id of the first version: what other records refer to
    author: str  # a person's key, or "both" for what two people wrote together
    record: R
    seq: int  # order in the journal; never a clock
    written: datetime  # of this version, in UTC
    began: datetime  # of the first version, in UTC
    zone: str  # the IANA zone it was written in, or an offset
    sealed: bool = False  # it stands in a sealed row, not in a plain one
    released_from: str = ""  # the thread of the sealed entry that this is the released copy of
    changed_outside: bool = False  # its check no longer fits: somebody edited the file
