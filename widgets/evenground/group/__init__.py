"""The facilitator's room. It holds plans and words of ours, and nothing that a couple wrote.

Each function shows one thing in a cell of workbook/05_group.ipynb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenground.forms import View


def make() -> View:
    """Show the form that makes a group, in a folder of the facilitator's own."""
    from evenground.group.making import Making  # noqa: PLC0415 - each start asks for `ending` alone

    return Making().view


def run_sheet() -> View:
    """Show a plan with its times, for whoever leads the group. Nothing of it is stored."""
    from evenground.group.running_order import RunSheet  # noqa: PLC0415 - as above

    return RunSheet().view


def print_pages() -> View:
    """Show the pages that a group prints."""
    from evenground.group.choosing import Papers  # noqa: PLC0415 - as above

    return Papers().view


def see_outcome() -> View:
    """Show what was told of a group's answers."""
    from evenground.group.choosing import Outcome  # noqa: PLC0415 - as above

    return Outcome().view


def take_home() -> View:
    """Show the button with which two people take their journal home."""
    from evenground.group.taking import Taking  # noqa: PLC0415 - as above

    return Taking().view
