"""A page as two people use it in turns, without a browser: boxes are filled and buttons pressed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evenground.forms.view import fields_of
from evenground.journal import Journal
from evenground.records.start import Person
from evenground.steps import desk as desks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evenground.steps.step import Step

PHRASE = "seven quiet lamps over water"


class Couple:
    """Sam (a) and Alex (b) at one open page."""

    def __init__(self, home: Path, *, names: tuple[str, str] = ("Sam", "Alex")) -> None:
        desks.clear()
        self.journal = Journal(home)
        for key, name in zip(("a", "b"), names, strict=True):
            self.journal.add(Person(name=name), author=key)
        self.desk = desks.desk()
        self.desk.journal = self.journal
        self.sent = 0

    def seal(self, *people: str) -> None:
        """Set a passphrase for somebody, and leave their pages open."""
        for person in people:
            self.journal.set_passphrase(person, f"{PHRASE} {person}")

    def open(self, kind: type[Step], *more: Any) -> Any:
        """Open a step on the page."""
        return kind(*more)

    def sit(self, who: str) -> None:
        """Let somebody write."""
        self.desk.sit(who)

    def write(self, step: Any, /, **values: object) -> None:
        """Fill boxes by the names of their fields, as the browser sends what is typed."""
        for name, value in values.items():
            self._send(step, type="input", name=self._named(step, name), value=value)

    def press(self, step: Any, key: str, value: str = "") -> None:
        """Press a button, with all that stands in the boxes."""
        values = {n["name"]: n.get("value") for n in fields_of(step.view.get_state()["tree"])}
        self._send(step, type="press", key=key, value=value, values=values)

    def _send(self, step: Any, **message: object) -> None:
        self.sent += 1
        step.view.send = lambda _: None
        step.view._handle_custom_msg({**message, "rev": self.sent}, [])

    def shown(self, step: Any) -> str:
        """Return all that a step shows, as text without the isolates around names."""
        text = json.dumps(step.view.tree, ensure_ascii=False)
        return text.replace("\u2068", "").replace("\u2069", "")

    def says(self, step: Any, words: str) -> bool:
        """Return whether words stand in what a step shows."""
        return words in self.shown(step)

    def keys(self, step: Any) -> list[str]:
        """Return the keys of all that can be pressed in a step."""
        return [str(node["key"]) for node in _presses(step.view.tree)]

    def options(self, step: Any, field: str) -> list[str]:
        """Return the keys of the choices of a field."""
        name = self._named(step, field)
        found = next(n for n in fields_of(step.view.tree) if n["name"] == name)
        options: Any = found["options"]
        return [str(option["key"]) for option in options]

    def _named(self, step: Any, name: str) -> str:
        found = [str(n["name"]) for n in fields_of(step.view.tree)]
        matching = [full for full in found if full.rpartition("/")[2] == name]
        assert len(matching) == 1, (name, found)
        return matching[0]


def _presses(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for one in node:
            yield from _presses(one)
    elif isinstance(node, dict):
        if "mark" in node and "value" in node and "is" not in node and "cell" not in node:
            yield node
        for below in node.values():
            yield from _presses(below)
