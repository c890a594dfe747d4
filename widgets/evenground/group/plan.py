"""A plan for a group: what is done, how long it takes, and whether alone, as a pair or together."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast

from evenground import content

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

PLANS = ("evenings", "day")
MODES = ("all", "alone", "pair", "rest")
_PAGE = re.compile(r"(?:start|acknowledge|listen|amends|review)(?:#[\w-]+)?")


@dataclass(frozen=True)
class Item:
    """One thing on a run sheet."""

    minutes: int
    mode: str  # all, alone, pair or rest
    title: str
    detail: str
    page: str = ""  # the page of the workbook it is done on: "acknowledge#moments"; "" for none

    @property
    def said(self) -> str:
        """Return its title and its sentence as two sentences."""
        stop = "" if self.title.endswith((".", "?")) else "."
        return f"{self.title}{stop} {self.detail}".strip()


@dataclass(frozen=True)
class Sitting:
    """One evening or half day of a plan."""

    title: str
    items: tuple[Item, ...]
    same_day: bool = False  # it follows the one before it on the same day
    after: int = 0  # minutes of that day that are over when it begins

    @property
    def minutes(self) -> int:
        """Return how long it takes, in minutes."""
        return sum(item.minutes for item in self.items)

    def times(self, start: time) -> Iterator[tuple[str, Item]]:
        """Yield each item with the time of day ("19:05") at which it begins."""
        now = datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=self.after)
        for item in self.items:
            yield now.strftime("%H:%M"), item
            now += timedelta(minutes=item.minutes)


def plan(name: str) -> tuple[Sitting, ...]:
    """Return the sittings of a ready plan; ContentError when no words file holds it."""
    return _sittings(content.words(f"group_plan_{name}").table, f"group_plan_{name}.toml")


def read(path: Path) -> tuple[Sitting, ...]:
    """Return the sittings of a plan in somebody's own file; ContentError says what is amiss."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise content.ContentError(f"{path.name} cannot be read: {error}") from error
    return _sittings(table, path.name)


def within(parts: Collection[str], sittings: Sequence[Sitting]) -> tuple[Sitting, ...]:
    """Return the sittings of a group that uses these parts: no item leads to a page of another."""

    def here(item: Item) -> Item:
        part = item.page.partition("#")[0]
        return item if part in {"", "start", *parts} else replace(item, page="")

    return tuple(replace(one, items=tuple(map(here, one.items))) for one in sittings)


def _sittings(table: dict[str, object], file: str) -> tuple[Sitting, ...]:
    found = table.get("sitting")
    if not isinstance(found, list) or not found:
        raise content.ContentError(f"{file} has no [[sitting]].")
    sittings = cast("list[dict[str, object]]", found)
    made: list[Sitting] = []
    try:
        for sitting in sittings:
            items = tuple(_item(row, file) for row in cast("list[list[object]]", sitting["items"]))
            same_day = bool(made) and sitting.get("same_day") is True
            after = made[-1].after + made[-1].minutes if same_day else 0
            made.append(Sitting(str(sitting["title"]), items, same_day, after))
    except (KeyError, TypeError, ValueError) as error:
        raise content.ContentError(
            f"{file}: a line is not minutes, how, title, sentence, and a page if there is one"
        ) from error
    return tuple(made)


def _item(row: list[object], file: str) -> Item:
    minutes, mode, title, detail, *rest = row
    page = "".join(str(one) for one in rest)
    if mode not in MODES:
        raise content.ContentError(f"{file}: {title!r} has the mode {mode!r}.")
    if page and not _PAGE.fullmatch(page):
        raise content.ContentError(f"{file}: {title!r} has the page {page!r}.")
    return Item(int(cast("int", minutes)), str(mode), str(title), str(detail), page)
