"""Parts 01, 02 and 04 are the same for either of the two, whichever seat a name has.

Sam comes first and does all that a page lets them do, then Alex, then both. That is done twice:
with Sam in the first seat, and with Sam in the second. What Sam and Alex read is the same.
"""

from __future__ import annotations

import inspect
import re
from datetime import timedelta

import pytest

from evenground.content import plain
from evenground.forms.view import fields_of
from evenground.records.acknowledge import Acknowledgement
from evenground.records.amends import DecisionRight
from evenground.records.review import AgendaItem
from evenground.records.start import Pause
from evenground.steps import acknowledge, alone, listen, review
from pages import Page, presses_of
from review_pages import TODAY, at, promised, reviewed
from two_people import Couple

LEFT = {"skip", "unlock"}
TAKES_OUT = {"take_away", "take_out", "take_back", "trace_back", "untell", "off", "end"}
LETS_READ = {"release", "keep_and_release", "trace_release"}
SOON = (TODAY + timedelta(days=9)).isoformat()
NAMES = ("Sam", "Alex")
OTHER_SEAT = {"a": "b", "b": "a", "a_say": "b_say", "b_say": "a_say"}
DRAWN = {"lines", "all_items", "promised", "followed", "months", "decided", "own_line"}
UNSAID = re.compile(r"(UID:)?[hr][0-9a-f]+(-[0-9a-f]+)?\r?|DTSTAMP:.*\r|[ab]|")  # ids, no words
TYPED = {"date": SOON, "time": "18:30", "amount": "5", "steps": "2", "passphrase": ""}
ASK = "will be able to read this one entry. Nothing else opens."


def cells(part):
    """Return the functions that show the cells of a part, in order; what draws is tested apart."""
    own = {n: f for n, f in vars(part).items() if inspect.isfunction(f) and n not in DRAWN}
    return {name: made for name, made in own.items() if made.__module__ == part.__name__}


class Visit:
    """Sam and Alex at the cells of one part; `swapped` gives Sam the second seat."""

    def __init__(self, home, part, *, swapped):
        self.swapped = swapped
        self.couple = Couple(home, names=NAMES[::-1] if swapped else NAMES)
        if part is review:
            self._before(home)
        if part is listen:
            self.couple.sit(self.seat("a"))
            self.couple.desk.add(Acknowledgement(did="I paid."), author=self.seat("a"))
        self.pages = {name: Page(made()) for name, made in cells(part).items()}
        self.read: list[tuple[str, list[str]]] = []
        self.without_ask: list[str] = []

    def seat(self, who):
        """Return the key of a seat as Sam and Alex have them in this run."""
        return OTHER_SEAT.get(who, who) if self.swapped else who

    def _before(self, home):
        """Write what a review looks back on: reviews, promises of both, a lead, a pause."""
        steps = ("443444", "332433")
        reviewed(home, 60, *(steps[::-1] if self.swapped else steps))
        for ago, who in ((50, "a"), (49, "b")):
            promised(home, owner=self.seat(who), title=f"Promise {who}".upper(), ago=ago)
        at(home, 48).add(AgendaItem(item="The car", talked=TODAY), author=self.seat("b"))
        lead = DecisionRight(domain="social", mode="turns", next_lead=self.seat("b"), next_on=TODAY)
        at(home, 40).add(lead, author="both")
        at(home, 9).add(Pause(day=TODAY - timedelta(days=5)), author="both")

    def go(self):
        """Let each of them do what the pages let them do, twice over; return what they read."""
        for left in (LEFT | TAKES_OUT, LEFT):
            for who in ("a", "b", "both"):
                self.couple.sit(self.seat(who))
                for name, page in self.pages.items():
                    self._note(name, page)
                    self.use(name, page, left)
        return self.read

    def use(self, name, page, left):
        """Fill the boxes and press each button of a page once, those that come up meanwhile too."""
        pressed: set[tuple[str, ...]] = set()
        for _ in range(40):
            boxes = list(fields_of(page.view.tree))
            for box in boxes:
                page.view.on_input(box["name"], self._value(box))
            # By what it says and the boxes it is for: ids of entries differ from run to run.
            asks = [plain(str(box["label"])) for box in boxes]
            found = {(b["key"], plain(b["label"]), *asks): b for b in presses_of(page.view.tree)}
            new = next((it for it in found if it not in pressed and it[0] not in left), None)
            if new is None:
                return
            pressed.add(new)
            page.view.send = lambda _: None
            values = {str(node["name"]): node["value"] for node in fields_of(page.view.tree)}
            page.view.on_press(new[0], found[new]["value"], values)
            self._note(name, page)

    def _value(self, node):
        keys = [self.seat(option["key"]) for option in node.get("options") or ()]
        if node["control"] == "chips":
            return keys[:1]
        if node["control"] == "weights":
            return {keys[0]: 3}
        return (
            keys[0] if keys else TYPED.get(node["control"], f"{plain(str(node['label']))} – said")
        )

    def _note(self, name, page):
        lines = page.words.split("\n")
        self.read.append((name, sorted(line for line in lines if not UNSAID.fullmatch(line))))
        labels = [plain(b["label"]) for b in presses_of(page.view.tree)]
        if any(label.startswith("Release to") for label in labels) and ASK not in page.words:
            self.without_ask.append(f"{name}: {page.words}")


@pytest.mark.parametrize("part", [acknowledge, listen, review, alone])
def test_the_pages_are_the_same_in_either_seat(tmp_path, part):
    first = Visit(tmp_path / "one", part, swapped=False)
    as_first = first.go()

    assert Visit(tmp_path / "other", part, swapped=True).go() == as_first
    # Beside each button that releases stands what it releases.
    assert first.without_ask == []


ALONE = {
    acknowledge: ("more_room", "moments", "stood", "cost", "narrowed", "older", "body", "value"),
    listen: ("ground_rules", "how_deep", "another_way", "revise"),
    review: ("check_in", "own_time", "four_questions", "one_thing", "thanks", "closeness"),
    alone: ("ways", "letter"),
}


@pytest.mark.parametrize("part", ALONE)
def test_nobody_sees_that_the_other_one_writes_or_how_much(tmp_path, part):
    visit = Visit(tmp_path / "journal", part, swapped=False)
    # The door is for the other one to see: it stands apart.
    pages = {name: page for name, page in visit.pages.items() if name not in ("door", "floor")}

    def reads(who):
        visit.couple.sit(who)
        return {name: page.words for name, page in pages.items()}

    empty, before = reads("a"), reads("b")
    visit.couple.sit("a")
    for name in ALONE[part]:
        visit.use(name, pages[name], LEFT | TAKES_OUT | LETS_READ)
    as_written = {name: page.words for name, page in pages.items()}

    assert [
        name for name in ALONE[part] if name != "letter" and as_written[name] == empty[name]
    ] == []
    assert reads("b") == before
