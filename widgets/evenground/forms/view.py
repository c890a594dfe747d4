"""A cell's widget: a tree of nodes to the browser, and back what is typed and pressed."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import anywidget
import traitlets

from evenground import content
from evenground.forms.source import widget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from evenground.forms.nodes import Node

State = Literal["none", "saved", "page", "unsaved", "same"]


@dataclass(frozen=True)
class Kept:
    """What became of what was sent; the header shows it.

    `saved` (in the files, at a time), `page` (in this page alone), `unsaved` (with a sentence),
    `none` (nothing stored yet), `same` (the header stays as it is).
    """

    state: State
    at: str = ""
    text: str = ""


SAME = Kept("same")


class View(anywidget.AnyWidget):
    """Nodes on the page; calls back with what is typed and pressed."""

    _esm = traitlets.Unicode(widget()).tag(sync=True)
    _anywidget_id = traitlets.Unicode("evenground.forms.View").tag(sync=True)
    tree = traitlets.List(traitlets.Dict()).tag(sync=True)
    rev = traitlets.Int(0).tag(sync=True)  # the newest message that was read
    words = traitlets.Dict().tag(sync=True)
    place = traitlets.Unicode("cell").tag(sync=True)

    def __init__(
        self,
        tree: Iterable[Node] = (),
        *,
        on_input: Callable[[str, Any], Kept | None] | None = None,
        on_press: Callable[[str, str, dict[str, Any]], Kept | None] | None = None,
    ) -> None:
        """Show a tree; the two callbacks answer what is typed and what is pressed."""
        super().__init__(tree=_plain(tree), words=_page_words(), **_by_address())
        self.on_input = on_input
        self.on_press = on_press
        self.on_shown: Callable[[], None] | None = None  # called once, when somebody looks
        self._pressed = -1
        self._answer = SAME
        self.on_msg(View._received)

    def add_traits(self, **traits: Any) -> None:
        """Leave out what is there: anywidget would make a class of its own for each widget."""
        new = {name: trait for name, trait in traits.items() if not self.has_trait(name)}
        if new:
            super().add_traits(**new)

    def show(self, tree: Iterable[Node]) -> None:
        """Show another tree. Fields of the same name keep what is being typed in them."""
        self.tree = _plain(tree)

    def go(self, to: str) -> None:
        """Move the page: "next", the slug of a heading, an address, or "reload"."""
        self.send({"type": "go", "to": to})

    def _received(self, message: Any, _buffers: object = None) -> None:
        """Read one message of the page. What fails here is answered, and never shown as code."""
        if not isinstance(message, dict):
            return
        try:
            self._read(cast("dict[str, Any]", message))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person keeps their words
            # The kind alone: the text of an error may hold what somebody wrote.
            print(f"evenground: {type(error).__name__} in a step", file=sys.stderr)  # noqa: T201 - for the log, with no words of anyone
            trouble = content.words("controls")["trouble"]
            self._kept(message, Kept("unsaved", text=trouble))

    def _read(self, message: dict[str, Any]) -> None:
        kind = message.get("type")
        if kind == "shown" and self.on_shown:
            self.on_shown()
        if kind not in {"input", "press"}:
            return
        number = int(message.get("rev", 0))
        if kind == "input":
            self._input(message, number)
            return
        self.rev = max(self.rev, number)
        if number != self._pressed:  # else the page asked again: the press counts once
            values = dict(message.get("values") or {})
            self._pressed = number
            self._remember(values)
            press = (str(message["key"]), str(message.get("value", "")), values)
            self._answer = (self.on_press(*press) if self.on_press else None) or SAME
        self._kept(message, self._answer)

    def _input(self, message: dict[str, Any], number: int) -> None:
        """Keep what was typed; that it is kept is said first, unless the page is drawn anew."""
        name, value = str(message["name"]), message.get("value")
        before = self.tree
        with self.hold_sync():
            self.rev = max(self.rev, number)
            self._remember({name: value})
            answer = (self.on_input(name, value) if self.on_input else None) or SAME
            stands = self.tree is before
            if stands:
                self._kept(message, answer)
        if not stands:
            self._kept(message, answer)

    def _kept(self, message: dict[str, Any], kept: Kept) -> None:
        answer = {"type": "kept", "rev": message.get("rev", 0), "state": kept.state}
        self.send({**answer, "at": kept.at, "text": kept.text})

    def _remember(self, values: dict[str, Any]) -> None:
        # In place, without a message: a page drawn again from this tree shows what was typed.
        for node in fields_of(self.tree):
            name = node["name"]
            if name in values and node["control"] != "passphrase":
                node["value"] = values[name]


def fields_of(tree: Sequence[Node]) -> Iterator[Node]:
    """Yield every field of a tree, the nested ones too, in order."""
    for node in tree:
        if node.get("is") == "field":
            yield node
            for option in cast("list[Node]", node.get("options") or []):
                if option.get("field"):
                    yield from fields_of([cast("Node", option["field"])])
        elif node.get("is") == "ifthen":
            yield from fields_of([cast("Node", node["if"]), cast("Node", node["then"])])
        elif node.get("is") == "map":
            for row in cast("list[Node]", node.get("rows") or []):
                yield from fields_of(cast("list[Node]", row.get("children") or []))
        elif "children" in node:
            yield from fields_of(cast("list[Node]", node["children"]))


def _plain(tree: Iterable[Node]) -> list[Node]:
    # A copy: the tree on the page is this widget's own, whoever made it.
    return cast("list[Node]", json.loads(json.dumps(list(tree))))


def _by_address() -> dict[str, str]:
    # In the app the page loads the script itself, once: it need not come along with each widget.
    script = os.environ.get("EVENGROUND_SCRIPT")
    return {"_esm": script} if script else {}


def _page_words() -> dict[str, object]:
    return cast("dict[str, object]", content.words("controls").table["page"])
