"""The steps of part 03, in their order on the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.steps.agree import LiveWithThis, TheAgreement
from evenground.steps.asking import Asking
from evenground.steps.conflict import LookBack, WhenItGetsLoud
from evenground.steps.decide import Decisions, Influenced
from evenground.steps.disagree import Disagreements
from evenground.steps.experiments import Experiments
from evenground.steps.goals import Goals
from evenground.steps.leads import Leads
from evenground.steps.limits import Limits
from evenground.steps.load import LoadAlone, LoadBoard
from evenground.steps.map import WhoDecides
from evenground.steps.one_page import OnePage
from evenground.steps.practice import InPractice, MapDrawn
from evenground.steps.promises import Answers, MakeItAPromise
from evenground.steps.propose import BeforeYouAsk, WhatWouldHelp
from evenground.steps.running import MoreThanThree, Running
from evenground.steps.waits import WentAheadAlone, WhatWaits

if TYPE_CHECKING:
    from evenground.forms import View


def what_would_help() -> View:
    """Show the boxes for a need, ideas for it, and whose promise it is."""
    return WhatWouldHelp().view


def before_you_ask() -> View:
    """Show the questions to whoever asks, before it is proposed."""
    return BeforeYouAsk().view


def answers() -> View:
    """Show what was asked for, and how its owner and the other one answer."""
    return Answers().view


def promise() -> View:
    """Show the words of each promise: if and then, dates, an end, a way to tell."""
    return MakeItAPromise().view


def running() -> View:
    """Show the promises that run, and those that ended."""
    return Running().view


def more_than_three() -> View:
    """Show how each says, alone, whether more than three may run."""
    return MoreThanThree().view


def leads() -> View:
    """Show what each asks to lead, from a day to a day."""
    return Leads().view


def who_decides() -> View:
    """Show who decides what, area by area."""
    return WhoDecides().view


def in_practice() -> View:
    """Show how each says, alone, who decides in practice."""
    return InPractice().view


def map_drawn() -> View:
    """Show the map as agreed, and as each of them sees it."""
    return MapDrawn().view


def decisions() -> View:
    """Show a decision on its way, and those that were made."""
    return Decisions().view


def influenced() -> View:
    """Show each person the question whether their view changed a decision."""
    return Influenced().view


def what_waits() -> View:
    """Show from what sum or time on nobody decides alone."""
    return WhatWaits().view


def went_ahead() -> View:
    """Show what somebody decided alone that was for both, and how it was put right."""
    return WentAheadAlone().view


def load_alone() -> View:
    """Show the first view of each on who notices, plans and does."""
    return LoadAlone().view


def load_board() -> View:
    """Show what they agreed on, task by task."""
    return LoadBoard().view


def limits() -> View:
    """Show somebody their own three lists, and what the other one lets them see."""
    return Limits().view


def asking() -> View:
    """Show a card to talk from."""
    return Asking().view


def experiments() -> View:
    """Show something new to try, which starts if both want it."""
    return Experiments().view


def disagreements() -> View:
    """Show a sheet for something they do not agree on."""
    return Disagreements().view


def conflict_plan() -> View:
    """Show what they agreed on for when it gets loud."""
    return WhenItGetsLoud().view


def look_back() -> View:
    """Show five lines on a hard time, a day after it or later."""
    return LookBack().view


def goals() -> View:
    """Show goals that both want, each with one small step."""
    return Goals().view


def agreement() -> View:
    """Show the agreement, part by part and in versions."""
    return TheAgreement().view


def live_with_this() -> View:
    """Show each person, alone, the question whether they can live with it."""
    return LiveWithThis().view


def one_page() -> View:
    """Show the agreement on one page, to print and to take along."""
    return OnePage().view
