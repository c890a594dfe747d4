"""On a phone questions come one at a time: what a page says of that, without a browser."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from evenground.forms import nodes
from evenground.records.acknowledge import Acknowledgement, Moment
from evenground.records.entry import BOTH
from evenground.records.listen import Turn
from evenground.steps import acknowledge, alone, listen
from evenground.steps.moments import Moments
from pages import Page
from two_people import Couple

if TYPE_CHECKING:
    from evenground.forms.nodes import Node

QUESTIONS = {"field", "ifthen", "row"}


@pytest.fixture
def couple(home):
    """Return two people with a moment, a draft, and a turn in which it is to be said back."""
    found = Couple(home)
    found.seal("a", "b")
    found.journal.add(Moment(act="It was booked."), author="a")
    found.journal.add(Acknowledgement(did="I booked it."), author="a")
    found.journal.add(Turn(speaker="a", floor="spoken"), author=BOTH)
    return found


def all_at_once(tree: list[Node]) -> list[object]:
    """Return the questions of a tree that a phone shows at once, when they are more than one."""
    taken: set[int] = set()
    for place, node in enumerate(tree):
        if node["is"] == "onebyone":
            taken |= set(range(place - int(str(node["over"])), place))
    left = [n for place, n in enumerate(tree) if n["is"] in QUESTIONS and place not in taken]
    return [node.get("label") for node in left] if len(left) > 1 else []


@pytest.mark.parametrize("who", ["a", "b", "both"])
def test_no_form_of_01_and_02_shows_its_questions_at_once(couple, who):
    cells = {
        name: cell
        for part in (acknowledge, listen, alone)
        for name, cell in vars(part).items()
        if inspect.isfunction(cell) and cell.__module__ == part.__name__
    }
    couple.sit(who)
    found = {name: all_at_once(list(cell().tree)) for name, cell in cells.items()}

    assert {name: labels for name, labels in found.items() if labels} == {}
    assert len(cells) == 27


def test_a_form_that_shows_them_at_once_is_found():
    """The control."""
    asked = [nodes.field("one", "text", "One?"), nodes.field("two", "text", "Two?")]

    assert all_at_once(asked) == ["One?", "Two?"]
    assert all_at_once(nodes.one_by_one(asked, [nodes.small("Kept.")], key="form")) == []


def test_a_form_that_begins_anew_has_another_key(couple):
    couple.sit("a")
    page = Page(Moments().view)

    def key() -> object:
        (found,) = [node["key"] for node in page.view.tree if node["is"] == "onebyone"]
        return found

    first = key()
    page.write("Who was asked before it was settled?", "nobody")
    assert key() == first  # drawn anew, and the same form
    page.press("Keep this moment")
    assert key() != first
