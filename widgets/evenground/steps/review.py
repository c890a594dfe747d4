"""The steps of part 04, in their order on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.steps.agenda import Agenda
from evenground.steps.checkin import CheckInAlone, OpenTogether
from evenground.steps.closeness import OwnPage
from evenground.steps.csi import FourQuestions
from evenground.steps.handover import TurnsAndPauses
from evenground.steps.kept import PromisesDue
from evenground.steps.looking_again import LimitsAgain
from evenground.steps.meeting import NextTime
from evenground.steps.news import GoodNews, TellOthers
from evenground.steps.own_line import OwnLine
from evenground.steps.own_room import OwnTime
from evenground.steps.practice import MapDrawn
from evenground.steps.road import RoadAhead, WhenItIsHard
from evenground.steps.slips import Slips
from evenground.steps.steady import OneSteadyThing
from evenground.steps.thanks import SayThanks
from evenground.steps.trends import AllItems, Followed, Lines, Months, Promised
from evenground.steps.verdicts import KeepChangeStop

if TYPE_CHECKING:
    from evenground.forms import View


def agenda() -> View:
    """Show what to talk about, picked in turns."""
    return Agenda().view


def check_in() -> View:
    """Show the six items and the open lines, for one person alone."""
    return CheckInAlone().view


def own_time() -> View:
    """Show three questions on own time, people and money, for one person alone."""
    return OwnTime().view


def own_line() -> View:
    """Show the writer where their own answers have settled, and a note when these moved."""
    return OwnLine().view


def four_questions() -> View:
    """Show the CSI-4 of Funk and Rogge (2007), for whoever would like it."""
    return FourQuestions().view


def open_together() -> View:
    """Show both answers, side by side, once both are in."""
    return OpenTogether().view


def promises_due() -> View:
    """Show what runs, what its owner says of it, and how it felt."""
    return PromisesDue().view


def slips() -> View:
    """Show slips, and how each was put right."""
    return Slips().view


def one_thing() -> View:
    """Show one small thing that the writer will do in the same way each time."""
    return OneSteadyThing().view


def keep_change_stop() -> View:
    """Show what both wrote, and what becomes of each promise."""
    return KeepChangeStop().view


def thanks() -> View:
    """Show thanks to write, and thanks that came."""
    return SayThanks().view


def good_news() -> View:
    """Show what went well."""
    return GoodNews().view


def tell_others() -> View:
    """Ask each alone whether others may hear of it."""
    return TellOthers().view


def turns_and_pauses() -> View:
    """Show leads that change hands, and pauses to come back from."""
    return TurnsAndPauses().view


def limits_again() -> View:
    """Show big changes and hard times, and the way to one's own limits."""
    return LimitsAgain().view


def closeness() -> View:
    """Show a page that each opens alone, or not."""
    return OwnPage().view


def lines() -> View:
    """Draw both people's released answers to one item, review by review."""
    return Lines().view


def all_items() -> View:
    """Draw all six items, small, side by side."""
    return AllItems().view


def promised() -> View:
    """Draw what was promised and what came of it."""
    return Promised().view


def followed() -> View:
    """Draw what came of the promises that were due, for the pair."""
    return Followed().view


def decided() -> View:
    """Draw who decides what, as agreed and as each of the two sees it."""
    return MapDrawn().view


def road() -> View:
    """Show where the two want to be, and how they will know."""
    return RoadAhead().view


def hard_card() -> View:
    """Show a card to read when it is hard."""
    return WhenItIsHard().view


def next_time() -> View:
    """Show the next time together, and its calendar file."""
    return NextTime().view


def months() -> View:
    """Draw the months in which each has answered, and the next date."""
    return Months().view
