"""Pages on closeness, which each of the two opens alone, for this sitting; it is not kept.

Nothing here can be heard by the other one: the page of somebody who has not opened them is the
same as the page of somebody who has nothing there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import nodes

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.desk import Desk

_SLOT = "topics on closeness"


def is_open(desk: Desk, person: str) -> bool:
    """Return whether somebody has opened these topics on this page."""
    return (person, _SLOT) in desk.here_only


def turn(desk: Desk, person: str) -> None:
    """Open the topics for one person, or close them again."""
    if is_open(desk, person):
        del desk.here_only[person, _SLOT]
    else:
        desk.here_only[person, _SLOT] = {}
    desk.changed()


def switch(desk: Desk) -> list[Node]:
    """Return the way to open or close them, the same for everybody."""
    w = content.words("amends")
    key = "close" if is_open(desk, desk.one) else "open"
    return [
        nodes.details(
            w["closeness.title"],
            nodes.text(w["closeness.about"]),
            nodes.actions(nodes.press("closeness", w[f"closeness.{key}"])),
        )
    ]


def shown(desk: Desk, topic: str) -> bool:
    """Return whether an entry on a topic is shown to whoever is here."""
    if topic != "closeness":
        return True
    people = [desk.one] if desk.one else ["a", "b"]
    return bool(desk.who) and all(is_open(desk, person) for person in people)
