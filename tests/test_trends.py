"""What the review draws: released answers alone, of both or one's own, and no words."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from evenground import content
from evenground.charts import drawing
from evenground.records.agreement import Agreement
from evenground.records.amends import DecisionRight
from evenground.records.deciding import PracticeView
from evenground.records.listen import AfterTurn, Turn
from evenground.records.outlook import LifeEvent
from evenground.records.review import ITEMS, CheckIn, PromiseMark, Review, Slip
from evenground.steps import listen, review
from evenground.steps.checkin import wording
from evenground.steps.drawn_from import answers, happened, own_answers
from review_pages import PHRASE, TODAY, Page, answer, at, promised, reviewed, settled

CANARY = "the canary of words"


def figures(page):
    return [node for node in page.view.tree if node["is"] == "figure"]


@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_the_lines_say_how_much_there_is_to_draw(home, count):
    for n in range(count):
        reviewed(home, 30 * (count - n), "444444", "333333")
    settled(home).sit("both")
    page = Page(review.lines())
    page.view.on_shown()
    said = {
        0: "There is nothing to draw yet.",
        1: "One review so far. Here are the numbers.",
        2: "A pattern takes more reviews to show",
        6: "The shading is the gap",
    }
    assert said[count] in page.words
    assert bool(figures(page) and figures(page)[0]["narrow"]["light"]) == (count > 1)


def test_nothing_is_drawn_before_somebody_looks(home):
    reviewed(home, 60, "444444", "333333")
    reviewed(home, 30, "444444", "333333")
    settled(home).sit("both")
    page = Page(review.lines())
    assert figures(page) == []
    page.view.on_shown()
    assert len(figures(page)) == 1


def test_drawings_that_are_begun_together_are_those_drawn_one_by_one(home):
    promised(home)
    for n in range(7):
        reviewed(home, 210 - 30 * n, "443444", "334243")
    made = (review.lines, review.all_items, review.promised, review.months)
    settled(home).sit("both")

    def one_by_one():
        pages = [Page(each()) for each in made]
        for page in pages:
            page.view.on_shown()
        return [figures(page)[0]["narrow"]["light"] for page in pages]

    async def together():
        pages = [Page(each()) for each in made]
        drawn = asyncio.Event()
        for page in pages:
            page.view.observe(lambda _change: drawn.set(), "tree")
            page.view.on_shown()
        while not all(figures(page) for page in pages):
            await asyncio.wait_for(drawn.wait(), 60)
            drawn.clear()
        return [figures(page)[0]["narrow"]["light"] for page in pages]

    found = asyncio.run(together())
    drawing._svg.cache_clear()
    assert found == one_by_one()


def test_a_sealed_answer_is_drawn_for_its_writer_alone(home):
    reviewed(home, 30, "444444", "333333")
    desk = settled(home, sealed=True)
    desk.sit("a")
    answer(Page(review.check_in()), ["1"] * 6)
    assert len(own_answers(desk, "a")) == 2 * len(ITEMS)
    assert {a.a for a in own_answers(desk, "a")} == {4, 1}
    assert all(a.b is None for a in own_answers(desk, "a"))
    assert len(answers(desk)) == len(ITEMS)
    desk.sit("b")
    assert {a.b for a in own_answers(desk, "b")} == {3}
    assert {a.a for a in answers(desk)} == {4}


def test_an_item_that_the_other_kept_back_stays_on_ones_own_line(home):
    desk = settled(home, sealed=True)
    for who, steps in (("a", ["4"] * 6), ("b", ["unsaid", *["3"] * 5])):
        desk.sit(who)
        answer(Page(review.check_in()), steps)
    desk.sit("both")
    Page(review.open_together()).press("Open both")
    shared = {a.item: (a.a, a.b) for a in answers(desk)}
    assert shared["decided"] == (None, None)
    assert {a.item: a.a for a in own_answers(desk, "a")}["decided"] == 4


def test_answers_released_late_join_the_line_on_the_day_of_their_review(home):
    reviewed(home, 60, "444444", "333333")
    late = at(home, 30).add(Review(day=TODAY), author="both")
    journal = at(home, 0)
    for person in ("a", "b"):
        given = CheckIn.typed({"review": late.thread, "heard": "5"})
        journal.add(given, author=person, sealed=False, released_from=f"late-{person}")
    desk = settled(home)
    assert [a.day for a in answers(desk) if a.item == "heard"][-1] == TODAY


def test_one_who_answers_alone_has_a_line_of_their_own(home):
    desk = settled(home, sealed=True)
    desk.sit("a")
    answer(Page(review.check_in()), ["4"] * 6)
    page, lines = Page(review.own_line()), Page(review.lines())
    page.press("Show my line")
    assert "One review so far. Here are the numbers." in page.words
    assert "There is nothing to draw yet." in lines.words


def test_no_words_of_anyone_reach_a_drawing(home):
    promised(home, title="A title that both agreed to")
    for n in range(7):
        reviewed(home, 210 - 30 * n, "444444", "333333", working=CANARY, to_try=CANARY)
    desk = settled(home)
    slip = Slip(promise=_only_promise(desk), what=CANARY, cost=CANARY, on=TODAY)
    desk.journal.add(slip, author="a")
    mark = PromiseMark(promise=_only_promise(desk), status="slipped", on=TODAY)
    desk.journal.add(mark, author="a")
    line = DecisionRight(domain="social", mode="turns", input=CANARY)
    desk.journal.add(line, author="both")
    for who, view in (("a", "turns"), ("b", "a_say")):
        seen = PracticeView(social=view)
        desk.journal.add(seen, author=who, sealed=False, released_from=f"view-{who}")
    for who in ("a", "b"):
        desk.sit(who)
        page = Page(review.own_line())
        page.press("Show my line")
        assert len(json.dumps(figures(page))) > 2000
        assert CANARY not in json.dumps(figures(page))
    for who in ("a", "b", "both"):
        desk.sit(who)
        for made in (
            review.lines,
            review.all_items,
            review.promised,
            review.followed,
            review.decided,
            review.months,
        ):
            page = Page(made())
            page.view.on_shown()
            drawn = json.dumps(figures(page))
            assert len(drawn) > 2000, made.__name__
            assert CANARY not in drawn


def _only_promise(desk):
    from evenground.records.amends import Promise

    return desk.journal.entries(Promise)[0].thread


def test_promises_are_drawn_for_the_pair_and_totalled_for_nobody(home):
    promised(home, owner="a")
    promised(home, owner="b", title="Knock first")
    desk = settled(home)
    for who, ask in (("a", "Sam, what came of it?"), ("b", "Alex, what came of it?")):
        desk.sit(who)
        page = Page(review.promises_due())
        page.write(ask, "done")
        page.press("Keep this")
    page = Page(review.followed())
    page.view.on_shown()
    assert "Sam" not in page.words
    assert "Alex" not in page.words


def test_big_changes_and_new_wording_are_marked_on_the_line(home):
    at(home, 60).add(Review(day=TODAY, wording="w00000000"), author="both")
    at(home, 30).add(Review(day=TODAY, wording="w11111111"), author="both")
    at(home, 20).add(LifeEvent(event="work", day=TODAY), author="both")
    at(home, 10).add(Agreement(tell="A week before"), author="both")
    assert {note.kind for note in happened(settled(home))} == {"life", "wording", "agreement"}


def test_an_item_or_a_step_in_other_words_is_another_wording(monkeypatch):
    as_it_was = wording()
    monkeypatch.setitem(content.words("controls").table["steps"], "4", "Often")
    other_steps = wording()
    monkeypatch.setitem(content.words("review").table["checkins"]["heard"], "ask", "I was heard")
    assert len({as_it_was, other_steps, wording()}) == 3


def test_a_slip_that_its_owner_tells_is_drawn_as_mended_without_any_other_mark(home):
    promised(home)
    desk = settled(home)
    day = TODAY - timedelta(days=12)
    slip = Slip(promise=_only_promise(desk), on=day, mended_on=day + timedelta(days=3))
    at(home, 5).add(slip, author="a")
    desk.sit("b")
    page = Page(review.promised())
    page.view.on_shown()
    assert "Slipped, mended 3 days later" in page.words
    # Marked in the review as well, on the day of the review: it is the same slip.
    mark = PromiseMark(promise=_only_promise(desk), status="slipped", on=TODAY)
    at(home, 0).add(mark, author="a")
    desk.changed()
    assert "Slipped, mended 3 days later" in page.words


def test_another_item_is_drawn_when_it_is_chosen(home):
    for n in range(3):
        reviewed(home, 90 - 30 * n, "444444", "333333")
    settled(home).sit("a")
    page = Page(review.lines())
    page.view.on_shown()
    page.write("Show", "no")
    assert "My no was respected" in figures(page)[0]["title"]


def after_turns(home):
    """Return the desk of a couple in which Sam answered after three turns."""
    desk = settled(home, sealed=True)
    for ago in (40, 30, 20):
        journal = at(home, ago)
        journal.unlock("a", PHRASE["a"])
        turn = journal.add(Turn(speaker="b", topic="the holiday", ended="heard"), author="both")
        journal.add(AfterTurn(turn=turn.thread, understood="4", again="2"), author="a")
    return desk


def test_answers_after_turns_are_drawn_for_their_writer_alone(home):
    desk = after_turns(home)
    page = Page(listen.after_turn())
    drawn = {}
    for who in ("b", "a", "b"):
        desk.sit(who)
        page.view.on_shown()
        drawn[who] = [node for node in _folded(page.view.tree) if node["is"] == "figure"]
    assert drawn["b"] == []
    assert drawn["a"][0]["narrow"]["light"]
    assert "Alex" not in json.dumps(drawn["a"])


@pytest.mark.parametrize("reviews", [0, 3])
def test_p17_answers_after_turns_stand_below_ones_own_line_in_part_04(home, reviews):
    for n in range(reviews):
        reviewed(home, 90 - 30 * n, "444444", "333333")
    desk = after_turns(home)
    page = Page(review.own_line())
    shown = {}
    for who in ("b", "a", "b"):
        desk.sit(who)
        before = page.words
        assert "After each turn" not in before
        page.press("Show my line")
        titles = [figure["title"] for figure in figures(page)]
        shown[who] = ("After each turn" in titles, "I do not think so" in page.words)
        assert len(titles) == bool(reviews) + shown[who][0]
        assert ("There is nothing to draw yet." in page.words) is (who == "b" and not reviews)
    assert shown == {"a": (True, True), "b": (False, False)}
    desk.sit("both")
    assert "After each turn" not in page.words


def _folded(tree):
    return [below for node in tree if node["is"] == "details" for below in node["children"]]
