"""The steps of part 02: rules and words, turns, back to the draft, the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.steps.after_turn import AfterATurn
from evenground.steps.depth import HowDeep
from evenground.steps.door import Door
from evenground.steps.floor import Floor
from evenground.steps.heard import HardThing, MeantAndHeard, WhatItChanges
from evenground.steps.meeting import NextTime
from evenground.steps.other_way import AnotherWay
from evenground.steps.revise import Revise
from evenground.steps.rules import Rules
from evenground.steps.say_back import SayBack
from evenground.steps.shared_words import WordsWeShare
from evenground.steps.signal import Signal

if TYPE_CHECKING:
    from evenground.forms import View


def meeting() -> View:
    """Show when, where and how long the two of them talk."""
    return NextTime().view


def ground_rules() -> View:
    """Show the rules that each picks alone, and then the ones that both picked."""
    return Rules().view


def pause_signal() -> View:
    """Show the word or sign by which either of them stops a talk."""
    return Signal().view


def shared_words() -> View:
    """Show words for hard things, and the ones that the two leave out."""
    return WordsWeShare().view


def how_deep() -> View:
    """Show the steps from light to deep, for the one who will speak."""
    return HowDeep().view


def floor() -> View:
    """Show who has the floor."""
    return Floor().view


def say_back() -> View:
    """Show the listener's box, and the speaker's word on it."""
    return SayBack().view


def meant() -> View:
    """Show what was meant beside what was heard."""
    return MeantAndHeard().view


def hard_thing() -> View:
    """Show ways to reply when something hard was said."""
    return HardThing().view


def changes() -> View:
    """Show the listener's line: this changes for me."""
    return WhatItChanges().view


def after_turn() -> View:
    """Show two questions about the turn, for each alone."""
    return AfterATurn().view


def another_way() -> View:
    """Show four boxes that say a hard line another way."""
    return AnotherWay().view


def revise() -> View:
    """Show the draft beside what its author heard, to be changed."""
    return Revise().view


def door() -> View:
    """Show what waits at the door, for the one who is writing."""
    return Door().view
