"""One person's own two answers after each turn: understood, and whether it can come up again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from evenground.charts.items import items
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from evenground.charts.answers import Answer, Names
    from evenground.charts.drawing import Drawing


def turns(answers: Sequence[Answer], *, titles: Mapping[str, str], names: Names) -> Drawing:
    """Draw both questions small, on one scale; the page's own table says the answers in words."""
    say = words("charts")
    made = items(answers, titles=titles, names=names)
    return replace(
        made,
        title=say["turns.title"],
        subtitle=say["turns.subtitle"],
        after=(say["turns.after"],),
        summary="",
        head=(),
        rows=(),
    )
