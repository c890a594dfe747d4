"""The steps of part 01. Each is for one person, alone; one opens for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.steps.about_moment import Cost, Narrowed, Stood
from evenground.steps.draft import Draft
from evenground.steps.moments import Moments
from evenground.steps.pace import SetPace
from evenground.steps.power import PowerMap
from evenground.steps.roots import BodySigns, OldScripts, Question, ValueToStandOn

if TYPE_CHECKING:
    from evenground.forms import View


def pace() -> View:
    """Show how far the writer goes with hard topics; the other one sees no reason."""
    return SetPace().view


def more_room() -> View:
    """Show who has more room, form by form: each alone, then both views side by side."""
    return PowerMap().view


def moments() -> View:
    """Show the moments that the writer keeps, and a card to write one."""
    return Moments().view


def stood() -> View:
    """Show where the writer stood in the moment at hand."""
    return Stood().view


def cost() -> View:
    """Show what the moment at hand left behind."""
    return Cost().view


def narrowed() -> View:
    """Show which choices the moment at hand made smaller."""
    return Narrowed().view


def older() -> View:
    """Show old ways that were learned long ago, and the ones chosen now."""
    return OldScripts().view


def body() -> View:
    """Show what sets the writer off, what helps, and a guide for slow breaths."""
    return BodySigns().view


def value() -> View:
    """Show one thing that the writer wants to live by."""
    return ValueToStandOn().view


def draft() -> View:
    """Show the draft acknowledgement, piece by piece."""
    return Draft().view


def question() -> View:
    """Show the one question that the writer brings to the other."""
    return Question().view
