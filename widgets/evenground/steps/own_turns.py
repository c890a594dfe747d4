"""One person's own answers after each turn: drawn and in words, for their eyes alone.

They stand in part 02, where they are given, and in part 04, beside that person's own line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.charts.answers import Answer
from evenground.charts.turns import turns
from evenground.forms import nodes
from evenground.records.listen import AfterTurn
from evenground.steps import days
from evenground.steps.checkin import is_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evenground.charts.answers import Names
    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk

ASKED = ("understood", "again")


def given(desk: Desk) -> list[Entry[AfterTurn]]:
    """Return the answers of the one who is writing, oldest first; none while these are shut."""
    return [e for e in desk.entries(AfterTurn) if e.author == desk.one]


def to_draw(desk: Desk) -> tuple[Answer, ...]:
    """Return the same answers as a chart takes them; what was left open is not among them."""
    return tuple(
        Answer(
            day=e.began.astimezone().date(), item=name, **{desk.one: int(getattr(e.record, name))}
        )
        for e in given(desk)
        for name in ASKED
        if is_step(getattr(e.record, name))
    )


def drawing(found: Sequence[Answer], names: Names) -> Drawing:
    """Return both questions, small, with one person's answers."""
    say = content.words("listen")
    titles = {name: say[f"after_turns.{name}.ask"] for name in ASKED}
    return turns(found, titles=titles, names=names)


def folded(desk: Desk, figure: Drawing | None = None) -> Node:
    """Return the answers turn by turn, in words, folded away; with a drawing when there is one."""
    w = content.words("listen")
    caption = w["after_turns.yours"]
    head = [w["after_turns.day"], *(w[f"after_turns.{name}.ask"] for name in ASKED)]
    rows = [[days.said(e.began), *(_said(e, name) for name in ASKED)] for e in given(desk)]
    drawn = [figure.node()] if figure and figure.is_drawn else []
    return nodes.details(caption, *drawn, nodes.table(caption, head, rows))


def _said(entry: Entry[AfterTurn], name: str) -> str:
    w, value = content.words("listen"), getattr(entry.record, name)
    if not value or value == "unsaid":
        return w["after_turns.open"]
    return w[f"after_turns.{name}.options.{value}"]
