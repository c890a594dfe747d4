"""The end of a group: on its day, all that was made for it goes from this computer.

Nothing waits for that day in the background. Each start of `evenground`, each room that is open and
the notebook of the one who leads look for groups whose day has come. A computer that is off does
nothing, and the next start does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from evenground.content import plain, words
from evenground.group import gathering, rooms
from evenground.group.gathering import GroupError

if TYPE_CHECKING:
    from pathlib import Path

SOON = timedelta(days=1)  # before the day, from which on those in the room are told


@dataclass(frozen=True)
class Ended:
    """A group whose day has come, and what became of it."""

    name: str
    had_room: bool = False
    is_whole: bool = True  # all of it could be taken out

    @property
    def sentences(self) -> list[str]:
        """Return what to tell whoever is there."""
        say = words("group")
        if not self.is_whole:
            return [plain(say.say("ending.stays", name=self.name))]
        room = [say["ending.room"]] if self.had_room else []
        return [plain(say.say("ending.gone", name=self.name)), *room]


def today() -> date:
    """Return the day it is where this computer stands."""
    return datetime.now(UTC).astimezone().date()


def sweep(day: date | None = None, *, where: Path | None = None) -> list[Ended]:
    """Take out the groups whose day has come, each with its room, and return which they were.

    A group that cannot be read is left as it is, since its day is not known.
    """
    day = day or today()
    ended = []
    for folder in gathering.folders(where=where):
        try:
            if gathering.ends(folder) > day:
                continue
            name = gathering.read(folder).name
        except (GroupError, OSError):
            continue
        ended.append(_taken_out(folder, name))
    ended += [_taken_out_room(one) for one in rooms.noted() if _is_left(one) and one.ends <= day]
    return ended


def take_out(folder: Path) -> bool:
    """Take a group out now; return whether it had a room. OSError when a part of it stays.

    Its room goes first: until that is done, the group is there, and so is its day.
    """
    whose = {rooms.folder_of(folder.name): folder.resolve()}
    whose |= {one.room: one.group for one in rooms.noted()}
    found = [room for room, group in whose.items() if group == folder.resolve()]
    had = [rooms.take_out(room) for room in found]
    gathering.remove(folder)
    return any(had)


def is_over(folder: Path) -> bool:
    """Return whether the day of a group has come. Its files are read anew."""
    try:
        return gathering.ends(folder) <= today()
    except GroupError:  # its day is not known: nothing goes
        return False


def _taken_out(folder: Path, name: str) -> Ended:
    try:
        return Ended(name, take_out(folder))
    except OSError:
        return Ended(name, is_whole=False)


def _taken_out_room(one: rooms.Noted) -> Ended:
    try:
        return Ended(one.room.name, rooms.take_out(one.room))
    except OSError:
        return Ended(one.room.name, is_whole=False)


def _is_left(one: rooms.Noted) -> bool:
    """Return whether a room is all that is left of its group."""
    return not (one.group / gathering.GROUP_FILE).exists()
