"""A journal in which every text field of every kind that is kept holds hostile words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hostile import ALL, NAMES, PAYLOADS, Turns

from evenground.app import demo
from evenground.journal import Journal
from evenground.records.declaration import Mistaken, Record, Visibility
from evenground.records.registry import kinds

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date.today().isoformat()  # noqa: DTZ011 - the day on the laptop
PLAIN = {"date": TODAY, "time": "16:00", "amount": "1", "steps": "3"}

Told = Callable[[str], Iterator[dict[str, Any]]]


def texts(kind: type[Record]) -> dict[str, int]:
    """Return the fields of a kind that hold anything that is typed, and how long each may be."""
    return {name: c.limit for name, c in kind.controls() if c.name in {"text", "line"}}  # type: ignore[attr-defined]  # a text or a line has one


def kept() -> dict[str, type[Record]]:
    """Return the kinds that are kept at all."""
    return {n: k for n, k in kinds().items() if k.visibility is not Visibility.UNSTORED}


def write(home: Path) -> None:
    """Write the made-up couple's story with payloads for all that they wrote, and what it lacks."""
    turns = Turns()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "_told", _spoiling(demo._told, turns))
        demo.write(home)
    journal = Journal(home)
    for name, kind in kept().items():
        for field in _lacking(journal, kind):
            journal.add(_one(journal, kind, field, turns), author="a", sealed=False)
        assert list(_lacking(journal, kind)) == [], f"no hostile words in {name}"
    assert {person.name for person in journal.people()} == set(NAMES)
    assert turns.used == set(PAYLOADS)
    for name, kind in kept().items():
        if name != "people":  # a name stands in every second sentence: one that is short
            _fill(journal, kind)


def _spoiling(told: Told, turns: Turns) -> Told:
    def tell(table: str) -> Iterator[dict[str, Any]]:
        for entry in told(table):
            kind = kinds()[entry["kind"] if table == "entry" else "checkins"]
            for name, limit in texts(kind).items():
                if entry.get("kind") == "people":
                    entry["name"] = NAMES[entry["author"] == "b"]
                elif table == "entry" and name in entry:
                    # A story's own "@" and "#" stand at the very start: not these.
                    entry[name] = "\n" + turns.take(limit - 1)
                elif table == "review":
                    for person in "ab":
                        entry.setdefault(f"{person}_lines", {})[name] = turns.take(limit)
            yield entry

    return tell


def _fill(journal: Journal, kind: type[Record]) -> None:
    """Put all of them into each text field of the newest entry of each writer.

    Together they are longer than a page lets anybody write; a file that was edited may hold that.
    """
    newest = {entry.author: entry for entry in journal.entries(kind)}
    for author, entry in newest.items():
        cells = entry.record.to_cells() | dict.fromkeys(texts(kind), ALL)
        if texts(kind):
            journal.add(kind.from_cells(cells), author=author, replaces=entry.id, sealed=False)


def _lacking(journal: Journal, kind: type[Record]) -> Iterator[str]:
    entries = journal.entries(kind)
    for name in texts(kind):
        said = [getattr(entry.record, name) for entry in entries]
        if not any(mark in words for words in said for mark in ("__pwn", "evil", "{{", "etc")):
            yield name


def _one(journal: Journal, kind: type[Record], field: str, turns: Turns) -> Record:
    """Return a record of a kind with hostile words in a field, whatever else that asks for."""
    controls = dict(kind.controls())
    limits = texts(kind)
    full: dict[str, Any] = {name: turns.take(limit) for name, limit in limits.items()}
    choices: dict[str, tuple[str, ...]] = {}
    for name, control in controls.items():
        if control.name == "ref":
            found = [e for k in kept().values() if k.kind == control.to for e in journal.entries(k)]
            full[name] = found[-1].thread if found else ""
        elif control.name == "chips":
            full[name] = list(control.options[:1])
        elif control.name == "weights":
            full[name] = {control.options[0]: 3}
        elif control.name == "choice":
            choices[name] = control.options
        elif control.name in PLAIN:
            full[name] = PLAIN[control.name]
    first = {name: options[0] for name, options in choices.items()}
    tries = [{**full, **first}, {field: full[field]}, full]
    tries += [
        {**base, name: option}
        for name, options in choices.items()
        for option in options
        for base in ({**full, **first}, {field: full[field]})
    ]
    for values in tries:
        with suppress(Mistaken):
            made = kind.typed(values)
            if getattr(made, field):
                return made
    raise AssertionError(f"say how {field} of {kind.kind} is written")
