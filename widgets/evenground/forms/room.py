"""The header and the cover of a page: who is writing, Pause, a clear screen between two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from evenground.forms.view import Kept, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from evenground.forms.nodes import Node


class Room(View):
    """The header of the page, and its cover when a tree is shown.

    `on_event` gets "switch", "pause", "help" and "leave". The page also asks, every 1.5 seconds,
    whether the kernel is there.
    """

    place = traitlets.Unicode("room").tag(sync=True)
    people = traitlets.List(traitlets.Dict()).tag(sync=True)
    who = traitlets.Unicode("").tag(sync=True)
    line = traitlets.List(traitlets.Dict()).tag(sync=True)
    foot = traitlets.List(traitlets.Dict()).tag(sync=True)  # {"title", "text"}: the values, below
    saved = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        people: Iterable[tuple[str, str]] = (),
        who: str = "",
        kept: Kept | None = None,
        on_event: Callable[[str], None] | None = None,
        on_input: Callable[[str, Any], Kept | None] | None = None,
        on_press: Callable[[str, str, dict[str, Any]], Kept | None] | None = None,
    ) -> None:
        """Show who is writing; `kept` is the last save that is known when the page opens."""
        super().__init__(on_input=on_input, on_press=on_press)
        self.on_event = on_event
        self.on_ping: Callable[[], int | None] | None = None  # seconds until private pages close
        self.meet(people, who=who)
        if kept:
            self.saved = {"state": kept.state, "at": kept.at, "text": kept.text}

    def meet(self, people: Iterable[tuple[str, str]], *, who: str) -> None:
        """Say who the two people are (key and name), and which of them is writing, or both."""
        with self.hold_sync():
            self.people = [{"key": key, "name": name} for key, name in people]
            self.who = who

    def turn(self, line: Iterable[tuple[str, str]]) -> None:
        """Say the part of each in a turn: (key, "{name} speaks"). Nothing ends the turn."""
        self.line = [{"by": by, "text": text} for by, text in line]

    def cover(self, tree: Iterable[Node]) -> None:
        """Lay a page over everything else."""
        self.show(tree)

    def uncover(self) -> None:
        """Take the cover away."""
        self.show(())

    def clear(self) -> None:
        """Empty every cell on the page, so that nothing written stands behind the cover."""
        self.send({"type": "clear"})

    def _read(self, message: dict[str, Any]) -> None:
        kind = message.get("type")
        if kind == "ping":
            left = self.on_ping() if self.on_ping else None
            self.send({"type": "pong", "n": message.get("n", 0), "left": left})
        elif kind in {"switch", "pause", "help", "leave", "awake"}:
            if self.on_event:
                self.on_event(str(kind))
        else:
            super()._read(message)
