"""What a notebook cell shows: `from evenground import steps`, then one call a cell."""

from evenground.steps import acknowledge, amends, listen, review, start
from evenground.steps.room import open_page

__all__ = ["acknowledge", "amends", "listen", "open_page", "review", "start"]
