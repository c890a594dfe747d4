"""The button with which two people take their journal home."""

from __future__ import annotations

from typing import Any

from evenground.content import words
from evenground.forms import Kept, View, nodes
from evenground.forms.view import SAME
from evenground.group import parcel
from evenground.group.gathering import GroupError
from evenground.journal import JournalError, place


class Taking:
    """The journal as one file. It is read when the button is pressed, and not before."""

    def __init__(self) -> None:
        """Show the button."""
        self.view = View(self._first(), on_press=self.on_press)

    def on_press(self, key: str, value: str, values: dict[str, Any]) -> Kept:
        """Make the file, and show what it holds and for whom."""
        del key, value, values
        w = words("group")
        try:
            packed = parcel.pack(place.folder())
        except GroupError as error:
            self.view.show([nodes.status(w.say(error.key, **error.fill)), *self._first()])
            return SAME
        except JournalError as error:
            self.view.show([nodes.status(error.sentence), *self._first()])
            return SAME
        self.view.show(
            [
                nodes.status(w["take.ready"]),
                nodes.seen("lock", w["take.seen"], w["take.plain"]),
                nodes.download(w["take.save"], w["take.file"], "text/plain", packed),
            ]
        )
        return SAME

    def _first(self) -> list[nodes.Node]:
        label = words("group")["take.buttons.make"]
        return [nodes.buttons(nodes.press("take", label))]
