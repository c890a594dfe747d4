"""What the cells of a page showed, gathered from what its widgets say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Shown:
    """What one cell showed: its widgets, and the state of every widget that is new or changed."""

    views: list[dict[str, Any]] = field(default_factory=list)
    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    failed: bool = False

    @property
    def foreign(self) -> bool:
        """Return whether a widget here is none that the page's own script can show."""
        return any(model.get("_model_module") != "anywidget" for model in self.models.values())


class Models:
    """The widgets of a page: the state of each, and which changed since it was told."""

    def __init__(self) -> None:
        self._models: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()
        self.told: set[str] = set()  # those that a page has met

    def note(self, kind: str, content: dict[str, Any]) -> None:
        """Take in what a widget said."""
        key, data = content["comm_id"], content.get("data", {})
        if kind == "comm_open" and content.get("target_name") == "jupyter.widget":
            self._models[key] = dict(data.get("state", {}))
        elif kind == "comm_msg" and data.get("method") == "update" and key in self._models:
            self._models[key].update(data.get("state", {}))
            self._changed.add(key)
        elif kind == "comm_close":
            self._models.pop(key, None)

    def of(self, keys: set[str]) -> dict[str, dict[str, Any]]:
        """Return the state of a cell's widgets, and of ours that changed."""
        self._changed |= keys
        found = {
            key: model
            for key, model in self.rest().items()
            if key in keys or model.get("_model_module") == "anywidget"
        }
        self.told |= found.keys()
        return found

    def rest(self) -> dict[str, dict[str, Any]]:
        """Return the state of the widgets that changed after their cell was done."""
        rest = {key: self._models[key] for key in self._changed if key in self._models}
        self._changed.clear()
        return rest
