"""A page driven without a browser: what a step shows, and what typing and pressing in it does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.content import plain
from evenground.forms.view import fields_of
from evenground.steps import desk as desks

if TYPE_CHECKING:
    from evenground.forms.view import Kept, View
    from evenground.steps.desk import Desk

WORKBOOK = Path(__file__).parents[1] / "workbook"


def sit(who: str) -> Desk:
    """Open a new page for a person, as a kernel does, and return its desk."""
    desks.clear()
    found = desks.desk()
    found.sit(who)
    return found


def cells(part: str, who: str) -> list[View]:
    """Run the notebook of a part for somebody, as a kernel does; return what its cells show."""
    found = sit(who)
    names: dict[str, Any] = {}
    for cell in json.loads((WORKBOOK / f"{part}.ipynb").read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    return [step.view for step in found.steps]


class Page:
    """One step's view, as the browser would use it."""

    def __init__(self, view: View) -> None:
        self.view = view

    @property
    def words(self) -> str:
        """Return all words shown, without the isolates around names."""
        return plain("\n".join(_texts(self.view.tree)))

    def field(self, label: str) -> dict[str, Any]:
        """Return the field with a label."""
        for node in fields_of(self.view.tree):
            if plain(str(node["label"])) == label:
                return node
        raise AssertionError(f"no field {label!r} in:\n{self.words}")

    def write(self, label: str, value: object) -> Kept | None:
        """Type into a field; return what is said of saving."""
        name = self.field(label)["name"]
        self._remember(name, value)
        return self.view.on_input(name, value)

    def press(self, label: str) -> Kept | None:
        """Press the first button or small action with these words."""
        button = next((b for b in presses_of(self.view.tree) if plain(b["label"]) == label), None)
        assert button, f"no button {label!r} in:\n{self.words}"
        values = {str(node["name"]): node["value"] for node in fields_of(self.view.tree)}
        return self.view.on_press(button["key"], button["value"], values)

    def _remember(self, name: str, value: object) -> None:
        for node in fields_of(self.view.tree):
            if node["name"] == name:
                node["value"] = value


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        quiet = {"is", "key", "name", "control", "icon", "by", "person", "mark", "fill", "href"}
        return [text for key, part in node.items() if key not in quiet for text in _texts(part)]
    if isinstance(node, list | tuple):
        return [text for part in node for text in _texts(part)]
    return [node] if isinstance(node, str) else []


def presses_of(node: object) -> list[dict[str, str]]:
    """Return every button and small action of a tree, in order."""
    if isinstance(node, dict):
        if node.get("is") in ("buttons", "actions"):
            return [b for b in node["items"] if "key" in b and "value" in b]
        found = [b for b in node.get("actions", ()) if isinstance(b, dict)]
        return found + [b for part in node.values() for b in presses_of(part)]
    if isinstance(node, list):
        return [b for part in node for b in presses_of(part)]
    return []
