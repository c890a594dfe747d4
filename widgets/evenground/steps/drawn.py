"""A step that shows a drawing, made beside the page once somebody looks; Altair comes with it."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import TYPE_CHECKING, Any

from evenground.forms import nodes
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node

# One at a time: two drawings at once get hold of one another's layers in Altair.
_DRAWING = threading.Lock()


class Drawn(Step):
    """A step that draws when it is looked at, beside the page: no page waits for a drawing."""

    part = "review"
    goes_on = True  # whether a button to the next page stands under the drawing

    def __init__(self) -> None:
        """Leave the drawing until somebody looks."""
        self.looked_at = False
        self.drawn_of: object = None  # what the drawing was made from
        self.ready: Drawing | None = None
        self.failed = False
        super().__init__()
        self.view.on_shown = self._look

    def data(self) -> object:
        """Return what is to be drawn, comparable; empty when there is nothing."""
        raise NotImplementedError

    def drawing(self, data: Any) -> Drawing:
        """Return the drawing of it."""
        raise NotImplementedError

    def drawn(self) -> list[Node]:
        """Return the newest drawing, and how to go on."""
        self.prepare()
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        waits = self.common["page.trouble"] if self.failed else self.words["trends.drawing"]
        figure = [self.ready.node()] if self.ready else [nodes.status(waits)]
        return [*figure, *([go_on] if self.goes_on else [])]

    def prepare(self) -> None:
        """Begin a drawing if somebody looks and the data have changed."""
        data = self.data()
        if self.looked_at and data != self.drawn_of:
            self.drawn_of = data
            self._begin(data)

    def _look(self) -> None:
        self.looked_at = True
        self.refresh()

    def _begin(self, data: object) -> None:
        """Draw in a thread: Altair takes a second to come, and the page is to answer meanwhile."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.ready = self.drawing(data)
            return

        def finish(made: Drawing) -> None:
            if data == self.drawn_of:
                self.ready = made
                self.refresh()

        def fail() -> None:
            self.failed = True
            self.refresh()

        def draw() -> None:
            try:
                with _DRAWING:
                    made = self.drawing(data)
            except Exception as error:  # noqa: BLE001 - the page says so, and the rest stands
                # The kind alone: the text of an error may hold what somebody wrote.
                print(f"evenground: {type(error).__name__} in a drawing", file=sys.stderr)  # noqa: T201 - for the log, with no words of anyone
                loop.call_soon_threadsafe(fail)
            else:
                loop.call_soon_threadsafe(finish, made)

        threading.Thread(target=draw, daemon=True).start()
