"""The steps of part 04: the check-in, promises due, slips, the lines, the next date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.steps.checkin import CheckInAlone, OpenTogether
from evenground.steps.kept import PromisesDue, Slips
from evenground.steps.meeting import NextTime
from evenground.steps.trends import Lines, Promised

if TYPE_CHECKING:
    from evenground.forms import View


def check_in() -> View:
    """Show the six items and the open lines, for one person alone."""
    return CheckInAlone().view


def open_together() -> View:
    """Show both answers, side by side, once both are in."""
    return OpenTogether().view


def promises_due() -> View:
    """Show what runs, what its owner says of it, and how it felt."""
    return PromisesDue().view


def slips() -> View:
    """Show slips, and how each was put right."""
    return Slips().view


def lines() -> View:
    """Draw both people's released answers to one item, review by review."""
    return Lines().view


def promised() -> View:
    """Draw what was promised and what came of it."""
    return Promised().view


def next_time() -> View:
    """Show the next time together, and its calendar file."""
    return NextTime().view
