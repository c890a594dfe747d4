"""What a notebook cell shows: `from evenground import steps`, then one call a cell.

A part is imported when a cell first calls it, since each page needs but one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from evenground.steps.room import open_page as open_page

if TYPE_CHECKING:
    from types import ModuleType

    from evenground.steps import acknowledge as acknowledge
    from evenground.steps import alone as alone
    from evenground.steps import amends as amends
    from evenground.steps import listen as listen
    from evenground.steps import review as review
    from evenground.steps import start as start

PARTS = ("start", "acknowledge", "listen", "amends", "review", "alone")


def __getattr__(name: str) -> ModuleType:
    """Return the steps of a part; AttributeError for any other name."""
    if name not in PARTS:
        raise AttributeError(f"evenground.steps has no part {name!r}. It has {', '.join(PARTS)}.")
    return import_module(f"evenground.steps.{name}")
