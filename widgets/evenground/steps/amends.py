"""The steps of part 03: promises, who decides what, and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.steps.decide import Decisions
from evenground.steps.map import WhoDecides
from evenground.steps.promises import Promises

if TYPE_CHECKING:
    from evenground.forms import View


def promises() -> View:
    """Show the promises, how each stands, and a card to propose one."""
    return Promises().view


def who_decides() -> View:
    """Show who decides what, area by area."""
    return WhoDecides().view


def decisions() -> View:
    """Show a decision on its way, and those that were made."""
    return Decisions().view
