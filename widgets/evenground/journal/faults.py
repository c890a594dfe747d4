"""What can go wrong with a journal, each with the key of a sentence in words journal.toml.

None of them carries what a person wrote in its text, so that no log can.
"""

from __future__ import annotations

import errno

from evenground.content import words


class JournalError(Exception):
    """The journal could not do what was asked; `sentence` says it to a participant."""

    def __init__(self, key: str, **fill: object) -> None:
        """Hold the key of the sentence, and what fills it."""
        super().__init__(f"{key} {fill}" if fill else key)
        self.key = key
        self.fill = fill

    @property
    def sentence(self) -> str:
        """Return the sentence for the page."""
        return words("journal").say(self.key, **self.fill)


class NotSaved(JournalError):  # noqa: N818 - these are told to people by their names
    """Nothing was written: the journal is as it was, and what was typed is still on the page."""


class DiskFull(NotSaved):
    """There was no room; nothing was written."""


class ReadOnly(NotSaved):
    """The folder or file may not be written, or is of a newer version; it can be read."""


class NotCertain(JournalError):  # noqa: N818 - as NotSaved
    """The disk did not confirm. A second file holds the words as well; saving again is harmless."""

    def __init__(self, *, row: dict[str, str] | None = None) -> None:
        """Hold the row: it is in the file, and may not be after a power cut."""
        super().__init__("save.uncertain")
        self.row = row or {}


class Unreadable(NotSaved):
    """A file cannot be read past a line. It is not changed, and takes no more rows until mended."""


class NotKept(JournalError):  # noqa: N818 - as NotSaved
    """Private words with nothing to seal them, or in a place that is not for them: not written."""


class Locked(JournalError):  # noqa: N818 - as NotSaved
    """The person's private pages are closed, and this needs them open."""


class WrongPassphrase(JournalError):  # noqa: N818 - as NotSaved
    """It does not open these pages. `wait` says in how many seconds the next try is heard."""

    def __init__(self, key: str = "passphrase.wrong", *, wait: int = 0, **fill: object) -> None:
        """Hold how long the next try has to wait."""
        super().__init__(key, **fill)
        self.wait = wait


class Conflict(JournalError):  # noqa: N818 - as NotSaved
    """Another page kept a newer draft; holds both its values and its revision."""

    def __init__(self, values: dict[str, object], revision: int) -> None:
        """Hold what the other page kept."""
        super().__init__("draft.conflict")
        self.values = values
        self.revision = revision


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BARRED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP, errno.ENOTDIR}


def not_saved(error: OSError, *, file: str) -> NotSaved:
    """Return what an error of the system means to the person who saved."""
    if error.errno in _FULL:
        return DiskFull("save.full")
    if error.errno in _BARRED:
        return ReadOnly("save.barred", file=file)
    return NotSaved("save.failed", file=file)
