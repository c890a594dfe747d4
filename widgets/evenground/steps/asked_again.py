"""After a no: when it can be asked again, if at all, as the one who says no sets it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import mistake, nodes
from evenground.records.declaration import Fault
from evenground.steps import days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node

WAYS = ("from", "not_here")


def again_fields(prefix: str, values: Mapping[str, object]) -> list[Node]:
    """Return the boxes: from a day on, or not here. Both may be left empty."""
    w = content.words("amends")
    options = [nodes.option(key, w[f"again.options.{key}"]) for key in WAYS]
    chosen = values.get("again")
    shown = [
        nodes.field(
            f"{prefix}again", "choice", w["again.ask"], value=chosen, options=options, row=True
        )
    ]
    if chosen == "from":
        day = values.get("again_on")
        shown.append(nodes.field(f"{prefix}again_on", "date", w["again.day"], value=day))
    return shown


def read_again(values: Mapping[str, object]) -> tuple[str, date | None, str]:
    """Return what was chosen, its day, and what is wrong with it."""
    again = str(values.get("again") or "")
    if again not in WAYS:
        return "", None, ""
    if again == "not_here":
        return again, None, ""
    try:
        return again, date.fromisoformat(str(values.get("again_on") or "")), ""
    except ValueError:
        return again, None, mistake(Fault("again_on", "needs_day", {}))


def again_said(again: str, on: date | None) -> str:
    """Return in a sentence when it can be asked again."""
    w = content.words("amends")
    if again == "from" and on:
        return w.say("again.from", date=days.said(on))
    return w["again.not_here"]


def is_shut(again: str, on: date | None, today: date) -> bool:
    """Return whether a no still closes it."""
    return not (again == "from" and on and on <= today)
