"""The time of writing: for people to read, never to order by. Order is `seq`."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBERS = re.compile(r"\d+")
_LONGEST_YEAR = 4
_QUARTER = 900


def now() -> datetime:
    """Return this second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def written(moment: datetime) -> str:
    """Return a moment as a cell: 2026-11-20T12:04:05Z."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:-6] + "Z"


def read(cell: str) -> datetime:
    """Return the moment a cell says, also after a spreadsheet wrote it its own way.

    A cell that says none gives 1970: the row is still shown, and its check tells the change.
    """
    try:
        moment = datetime.fromisoformat(cell.strip())
    except ValueError:
        return _guess(cell)
    if moment.tzinfo is UTC:
        return moment
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def zone(moment: datetime) -> str:
    """Return the zone here and its offset at a moment, as a cell: `Europe/Berlin +01:00`."""
    return _zone(int(moment.timestamp()) // _QUARTER, os.environ.get("TZ", ""))


@lru_cache(maxsize=64)
def _zone(quarter: int, setting: str) -> str:
    """Return the zone in a quarter of an hour: within one, no clock on earth is changed."""
    offset = datetime.fromtimestamp(quarter * _QUARTER, UTC).astimezone().isoformat()[-6:]
    return f"{_zone_name(setting) or 'UTC'} {offset}"


@cache
def _zone_name(setting: str) -> str:
    if re.fullmatch(r"[A-Za-z]+(/[\w+-]+)+", setting):
        return setting
    try:
        target = os.path.realpath("/etc/localtime") if Path("/etc/localtime").is_symlink() else ""
    except OSError:
        target = ""
    _, found, name = target.partition("zoneinfo/")
    return name if found else ""


def day(cell: str) -> str | None:
    """Return the ISO day that a spreadsheet's way of writing a date says, or None."""
    if re.search(r"[^\d\s:./,TZ-]", cell) or not _NUMBERS.search(cell):
        return None
    moment = _guess(cell)
    return None if moment == _EPOCH else moment.date().isoformat()


def _guess(cell: str) -> datetime:
    """Read year, month, day, hour, minute, second from the numbers of a cell."""
    numbers = [int(number) for number in _NUMBERS.findall(cell)[:6] if len(number) <= _LONGEST_YEAR]
    if len(numbers) < 3:  # noqa: PLR2004 - a day has three numbers
        return _EPOCH
    first, second, third = numbers[:3]
    hour, minute, seconds = (*numbers[3:], 0, 0, 0)[:3]
    if first > 31:  # noqa: PLR2004 - 2026-03-14
        year, month, date = first, second, third
    elif "." in cell or first > 12:  # noqa: PLR2004 - 14.03.2026, 14/03/2026
        year, month, date = third, second, first
    else:  # 03/14/2026
        year, month, date = third, first, second
    if month > 12:  # noqa: PLR2004 - the months of a year
        month, date = date, month
    try:
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits: 26 is 2026
        return datetime(year, month, date, hour, minute, seconds, tzinfo=UTC)
    except ValueError:
        return _EPOCH
