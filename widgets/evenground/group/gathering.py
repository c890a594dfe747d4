"""A group: its name, its days, its plan and its codes, in a folder of the facilitator's own.

Nothing that a couple writes is kept here, and no name of anybody. Everything can be edited by
hand: group.toml, plan.toml and attendance.csv are read anew each time.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_dir

from evenground import in_use
from evenground.content import LANGUAGE, ContentError, languages
from evenground.group import plan
from evenground.group.codes import Code, fresh

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from evenground.group.plan import Sitting

SETTING = "EVENGROUND_GROUPS"
PARTS = tuple(in_use.FILES)
MOST = 40  # couples
STARTS = {"evenings": time(19), "day": time(9, 30)}  # of the ready plans
USUAL_KEPT = 90  # days after the last meeting

GROUP_FILE = "group.toml"  # what makes a folder a group
_PLAN, _CODES, _ATTENDANCE = "plan.toml", "codes.csv", "attendance.csv"
DAYS_IN = (GROUP_FILE, _PLAN)  # the files that say on which day it goes
# The file that makes it a group goes last: what is cut short then is begun again.
_OURS = ("print", "totals.json", _CODES, _ATTENDANCE, "made-up", _PLAN, GROUP_FILE)


class GroupError(Exception):
    """Something about a group cannot be done; `key` is a sentence of words/en/group.toml."""

    def __init__(self, key: str, **fill: object) -> None:
        """Say which sentence it is, and what fills it."""
        super().__init__(key)
        self.key = key
        self.fill = fill


@dataclass(frozen=True, kw_only=True)
class Group:
    """What a facilitator says about a group before it meets."""

    name: str
    first: date  # the first meeting
    start: time = time(19)
    every: int = 7  # days from one meeting to the next
    plan: str = "evenings"
    couples: int = 8
    language: str = LANGUAGE
    parts: tuple[str, ...] = PARTS
    address: str = ""  # where the codes lead to, when there is one
    keep: int = USUAL_KEPT

    def days(self, meetings: Sequence[Sitting]) -> tuple[date, ...]:
        """Return the days of the meetings of a plan."""
        days = [self.first]
        for meeting in meetings[1:]:
            days.append(days[-1] + timedelta(days=0 if meeting.same_day else self.every))
        return tuple(days)

    def ends(self, meetings: Sequence[Sitting]) -> date:
        """Return the day on which the group is taken out."""
        return self.days(meetings)[-1] + timedelta(days=self.keep)

    @property
    def slug(self) -> str:
        """Return the name as a folder's name."""
        return slug_of(self.name)


def slug_of(name: str) -> str:
    """Return a group's name as the name of its folder."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "group"


def root() -> Path:
    """Return the folder that holds the groups; it is never a journal."""
    chosen = os.environ.get(SETTING)
    return Path(chosen) if chosen else Path(user_data_dir("evenground", appauthor=False)) / "groups"


def named(slug: str, *, where: Path | None = None) -> Path:
    """Return the folder of a group that was made; GroupError when there is none of that name."""
    for folder in folders(where=where):
        if folder.name == slug:
            return folder
    raise GroupError("mistakes.missing", folder=slug)


def the_only_one(*, where: Path | None = None) -> Path | None:
    """Return the folder of the group, None when there is none; GroupError when there are more."""
    found = folders(where=where)
    if len(found) > 1:
        raise GroupError("mistakes.which", folder=", ".join(one.name for one in found))
    return found[0] if found else None


def make(group: Group, *, where: Path | None = None) -> Path:
    """Write a new group's folder and return it; GroupError when there is one of that name."""
    checked(group)
    folder = (where or root()) / group.slug
    if folder.exists():
        raise GroupError("mistakes.is_there", folder=folder.name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700)
    write(folder / GROUP_FILE, _told(group))
    write(folder / _PLAN, _ready(group.plan, group.language))
    codes = fresh(group.couples)
    write(folder / _CODES, _rows([("pair", "one", "code"), *codes]))
    meetings = range(1, len(_sittings(folder)) + 1)
    head = ("pair", *(f"meeting_{n}" for n in meetings))
    pairs = dict.fromkeys(code.pair for code in codes)
    write(folder / _ATTENDANCE, _rows([head, *((pair, *("" for _ in meetings)) for pair in pairs)]))
    return folder


def change(folder: Path, group: Group) -> None:
    """Write a group's file anew; its plan, codes and attendance stay as they are."""
    write(folder / GROUP_FILE, _told(group))


def clock(said: str) -> time:
    """Return a time of day; GroupError when it is none."""
    try:
        return time.fromisoformat(said)
    except ValueError as error:
        raise GroupError("mistakes.number") from error


def checked(group: Group) -> None:
    """Raise GroupError for what cannot be a group."""
    if not group.name.strip():
        raise GroupError("mistakes.no_name")
    if not 1 <= group.couples <= MOST:
        raise GroupError("mistakes.couples", count=MOST)
    if not set(group.parts) <= set(PARTS) or not group.parts:
        raise GroupError("mistakes.parts")
    if group.language not in languages():
        raise GroupError("mistakes.language", name=group.language)


def read(folder: Path) -> Group:
    """Return the group of a folder; GroupError when its file says none."""
    try:
        told = tomllib.loads((folder / GROUP_FILE).read_text(encoding="utf-8"))
        told["parts"] = tuple(told.get("parts", PARTS))
        group = Group(**told)
        if not isinstance(group.first, date) or not isinstance(group.start, time):
            raise GroupError("mistakes.unreadable", file=GROUP_FILE)
        checked(group)
    except FileNotFoundError as error:
        raise GroupError("mistakes.missing", folder=folder.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise GroupError("mistakes.unreadable", file=GROUP_FILE) from error
    return group


def codes(folder: Path) -> tuple[Code, ...]:
    """Return the codes of a group, in the order of the cards."""
    return tuple(Code(*row) for row in _read_rows(folder / _CODES)[1:])


def attendance(folder: Path) -> tuple[int, ...]:
    """Return how many couples were there, meeting by meeting: the cells that are not empty."""
    rows = _read_rows(folder / _ATTENDANCE)
    if not rows:
        return ()
    return tuple(
        sum(bool(row[n].strip()) for row in rows[1:] if n < len(row))
        for n in range(1, len(rows[0]))
    )


def note_attendance(folder: Path, came: Sequence[int]) -> None:
    """Write down how many couples were there, meeting by meeting, from the first pair on."""
    rows = _read_rows(folder / _ATTENDANCE)
    noted = [
        (row[0], *("yes" if number <= count else "" for count in came))
        for number, row in enumerate(rows[1:], start=1)
    ]
    write(folder / _ATTENDANCE, _rows([tuple(rows[0]), *noted]))


def who_came(folder: Path) -> dict[str, frozenset[int]]:
    """Return the meetings, from 1 on, at which each pair was: its cells that are not empty."""
    return {
        row[0]: frozenset(n for n, cell in enumerate(row[1:], start=1) if cell.strip())
        for row in _read_rows(folder / _ATTENDANCE)[1:]
    }


def note_who_came(folder: Path, meeting: int, pairs: Collection[str]) -> None:
    """Write down which pairs were at one meeting; ValueError when there is no such meeting."""
    rows = _read_rows(folder / _ATTENDANCE)
    if not 1 <= meeting < len(rows[0]):
        raise ValueError(meeting)
    noted = [tuple(rows[0])]
    for row in rows[1:]:
        cells = [*row, *[""] * (len(rows[0]) - len(row))]
        cells[meeting] = (cells[meeting].strip() or "yes") if row[0] in pairs else ""
        noted.append(tuple(cells))
    write(folder / _ATTENDANCE, _rows(noted))


def plan_file(folder: Path) -> Path:
    """Return the file of the group's own plan."""
    return folder / _PLAN


def ends(folder: Path) -> date:
    """Return the day on which a group is taken out."""
    return read(folder).ends(_sittings(folder))


def folders(*, where: Path | None = None) -> list[Path]:
    """Return the folders of all groups."""
    above = where or root()
    return sorted(path.parent for path in above.glob(f"*/{GROUP_FILE}")) if above.is_dir() else []


def remove(folder: Path) -> None:
    """Take out what was made for a group. A file that somebody added stays."""
    for name in _OURS:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _sittings(folder: Path) -> tuple[Sitting, ...]:
    try:
        return plan.read(folder / _PLAN)
    except ContentError as error:
        raise GroupError("mistakes.unreadable", file=_PLAN) from error


def _told(group: Group) -> str:
    # A string in JSON is a string in TOML, too, but for one character that no name needs.
    say = {
        "name": json.dumps(group.name.replace("\x7f", ""), ensure_ascii=False),
        "first": group.first.isoformat(),
        "start": group.start.isoformat(),
        "every": str(group.every),
        "plan": json.dumps(group.plan),
        "couples": str(group.couples),
        "language": json.dumps(group.language),
        "parts": json.dumps(list(group.parts)),
        "address": json.dumps(group.address, ensure_ascii=False),
        "keep": str(group.keep),
    }
    return "".join(f"{key} = {value}\n" for key, value in say.items())


def _ready(name: str, language: str) -> str:
    """Return a ready plan as the file that it is, to be edited."""
    source = files("evenground").joinpath("words", language, f"group_plan_{name}.toml")
    try:
        return source.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise GroupError("mistakes.plan", name=name) from error


def _rows(rows: list[tuple[str, ...]]) -> str:
    return "".join(",".join(cells) + "\n" for cells in rows)


def _read_rows(path: Path) -> list[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GroupError("mistakes.unreadable", file=path.name) from error


def write(path: Path, text: str) -> None:
    """Write a file that only its owner can read."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        path.chmod(0o600)
        file.write(text)
