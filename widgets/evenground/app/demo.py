"""A made-up couple's journal of 18 months, as words/<language>/demo.toml tells it."""

from __future__ import annotations

import shutil
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from evenground.content import LANGUAGE
from evenground.journal import Journal, place
from evenground.records.entry import BOTH
from evenground.records.registry import kinds
from evenground.records.review import ITEMS, CheckIn, Review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EVENING = time(18, 30)
MARK = place.MADE_UP  # a file that says: what stands here was made up, and may be made anew


class NotMadeUp(Exception):  # noqa: N818 - it is told to whoever typed the command
    """The folder holds something that was not made up; nothing in it was changed."""


def write(home: Path, today: date | None = None) -> None:
    """Write the made-up journal into a folder; an older made-up one there is taken away first.

    The days are counted back from today, so that something is due whenever it is looked at. A
    folder that holds anything else is left as it is: NotMadeUp.
    """
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            raise NotMadeUp(
                f"{home} holds a journal that is not made up. It was not changed. "
                "Choose another folder with --home."
            )
        shutil.rmtree(home)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARK).touch(mode=0o600)
    story = _Story(home, today or datetime.now(UTC).date())
    told = [(e["ago"], story.entry, e) for e in _told("entry")]
    told += [(e["ago"], story.review, e) for e in _told("review")]
    for _, tell, what in sorted(told, key=lambda each: -cast("int", each[0])):
        tell(what)


class _Story:
    """Writes what is told, each on its day."""

    def __init__(self, home: Path, today: date) -> None:
        self.today = today
        self.now = datetime.combine(today, _EVENING, UTC)
        self.journal = Journal(home, now=lambda: self.now)
        self.ids: dict[str, str] = {}

    def entry(self, told: dict[str, Any]) -> None:
        """Write one answer: `ago` days, its kind, its author, and its fields.

        "@30" in a field is the day 30 days after; "#name" is the entry that was told `as` name.
        What is `released` is a copy of what only its writer could read, as any release is.
        """
        fields = dict(told)
        day = self._on(fields.pop("ago"))
        kind = kinds()[fields.pop("kind")]
        author, name = fields.pop("author"), fields.pop("as", "")
        released = (
            f"own-{len(self.ids)}-{told['ago']}-{author}" if fields.pop("released", False) else ""
        )
        replaces = self.ids.get(fields.pop("replaces", ""))
        values = {key: self._filled(value, day) for key, value in fields.items()}
        made = self.journal.add(
            kind.typed(values),
            author=author,
            sealed=False,
            replaces=replaces,
            released_from=released,
        )
        if name:
            self.ids[name] = made.id

    def review(self, told: dict[str, Any]) -> None:
        """Write a review that both opened: one digit an item and person, "-" where none is."""
        day = self._on(told["ago"])
        review = self.journal.add(Review(day=day), author=BOTH)
        for person in ("a", "b"):
            steps = dict(zip(ITEMS, told[person].replace("-", " "), strict=True))
            values = {item: step.strip() for item, step in steps.items()}
            lines = told.get(f"{person}_lines", {})
            record = CheckIn.typed({"review": review.thread, **values, **lines})
            released = f"e-{person}-{told['ago']}"
            self.journal.add(record, author=person, sealed=False, released_from=released)

    def _on(self, ago: int) -> date:
        day = self.today - timedelta(days=ago)
        self.now = datetime.combine(day, _EVENING, UTC)
        return day

    def _filled(self, value: object, day: date) -> object:
        if isinstance(value, str) and value.startswith("@"):
            return (day + timedelta(days=int(value[1:]))).isoformat()
        if isinstance(value, str) and value.startswith("#"):
            return self.ids[value[1:]]
        return value


def _told(table: str) -> Iterator[dict[str, Any]]:
    source = files("evenground").joinpath("words", LANGUAGE, "demo.toml")
    yield from tomllib.loads(source.read_text(encoding="utf-8"))[table]
