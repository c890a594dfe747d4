"""No answer is set before anybody gave it: what is chosen on a page, somebody chose."""

from __future__ import annotations

import json

import pytest

from evenground.app import demo
from evenground.forms import nodes
from evenground.forms.view import fields_of
from evenground.journal import Journal
from evenground.records.registry import kinds
from pages import WORKBOOK, cells

PARTS = sorted(path.stem for path in WORKBOOK.glob("0[0-4]_*.ipynb"))
CHOSEN = {"choice", "chips", "weights", "steps", "select"}
# Which of six items is drawn, and after how long pages close as it is: neither is an answer.
AS_IT_IS = {("item", "heard"), ("rests.both/minutes", "15")}


def fields(part, who):
    """Return every field that the cells of a part show to somebody."""
    views = cells(part, who)
    assert views
    return [node for view in views for node in fields_of(view.tree)]


def preset(found, journal):
    """Return what is chosen in fields and stands in no answer of the journal."""
    kept = {
        (name, field, json.dumps(value))
        for name, kind in kinds().items()
        for entry in journal.entries(kind)
        for field, value in entry.record.to_form().items()
    }
    wrong = []
    for node in found:
        if node["control"] not in CHOSEN or not node["value"]:
            continue
        form, _, field = str(node["name"]).rpartition("/")
        answer = (form.split(".")[0], field, json.dumps(node["value"]))
        if answer not in kept and (node["name"], str(node["value"])) not in AS_IT_IS:
            wrong.append(answer)
    return wrong


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("told", [False, True], ids=["nothing yet", "a year later"])
def test_nothing_is_chosen_that_nobody_chose(home, part, told):
    if told:
        demo.write(home)
    for who in ("", "a", "b", "both"):
        assert preset(fields(part, who), Journal(home)) == []


def test_what_is_set_before_is_noticed(home):
    """The control: a choice, and a row of chips, that come with an answer."""
    options = [nodes.option("yes", "Yes"), nodes.option("no", "No")]
    choice = nodes.field("talks.a/answer", "choice", "A question", value="yes", options=options)
    chips = nodes.field("talks.a/some", "chips", "Another", value=["no"], options=options)
    open_one = nodes.field("talks.a/third", "choice", "A third", options=options)

    found = preset([choice, chips, open_one], Journal(home))
    assert [field for _, field, _ in found] == ["answer", "some"]
