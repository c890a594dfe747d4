"""On a phone, one question of a form at a time: on a page of its own, and in parts 01 and 02."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from couple import be, settle
from keys import Keys
from playwright.sync_api import expect
from sat import WEIGHTS
from stage import Stage
from test_access import AXE, EVERYTHING
from tour import FONTS, open_part, sections
from walk import OneByOne

from evenground import forms
from evenground.forms import nodes
from evenground.journal import Journal
from evenground.records.entry import BOTH
from evenground.records.listen import Turn
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

PHONE = {"width": 375, "height": 700}
ASKED = ["What was it about?", "What happened?", "Who was asked?", "When, roughly?"]

# Of each form in view that asks more than one thing: how many questions it has, and shows.
FORMS = """
() => [...document.querySelectorAll(".eg-tree")]
  .filter((tree) => tree.checkVisibility())
  .map((tree) => [...tree.children].filter((one) =>
    one.matches(".eg-field, .eg-ifthen, .eg-row")))
  .filter((questions) => questions.length > 1)
  .map((questions) => [questions.length, questions.filter((one) => one.checkVisibility()).length])
"""
SHOWS = f"(counts) => JSON.stringify(({FORMS.strip()})()) === JSON.stringify(counts)"
# The questions that stand in the window, below the header.
IN_WINDOW = """
() => {
  const bar = document.getElementById("eg-header").getBoundingClientRect();
  return [...document.querySelectorAll(".eg-label")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, at]) => at.bottom > bar.bottom && at.top < window.innerHeight)
    .map(([words]) => words);
}
"""
# Brings to the page what a view has shown in the meantime.
DELIVER = "() => { stage.models.view.send({ type: 'shown' }); return stage.models.view.busy; }"


class Phone(OneByOne):
    """Somebody on a phone, and how many questions they see."""

    def shows(self, *counts: tuple[int, int]) -> None:
        """Wait until the forms in view have so many questions, and show so many of them."""
        self.page.wait_for_function(SHOWS, arg=[list(one) for one in counts])


class ByKeys(Keys):
    """The same without a mouse."""

    all_at_once = False


# A form on a page of its own --------------------------------------------------------------------


def card(
    key: str = "card 1",
    *,
    values: dict[str, object] | None = None,
    errors: dict[str, str] | None = None,
    after: dict[str, list[nodes.Node]] | None = None,
) -> list[nodes.Node]:
    """Return a form of four questions; `after` puts nodes behind one of them."""
    areas = [nodes.option("money", "Money"), nodes.option("time", "Time")]
    people = [nodes.option("nobody", "Nobody"), nodes.option("both", "Both of us")]
    options = {"chips": areas, "choice": people}
    controls = {"about": "chips", "what": "text", "asked": "choice", "when": "line"}
    asked = []
    for (name, control), label in zip(controls.items(), ASKED, strict=True):
        about = {"value": (values or {}).get(name), "error": (errors or {}).get(name, "")}
        asked.append(nodes.field(name, control, label, options=options.get(control, ()), **about))
        asked += (after or {}).get(name, [])
    go_on = nodes.buttons(nodes.press("keep", "Continue"), nodes.press("skip", "Skip this"))
    end = [nodes.status("Told."), go_on, nodes.small("You can change it.")]
    return [nodes.lead("Tell it as a camera would."), *nodes.one_by_one(asked, end, key=key)]


@pytest.fixture
def phone(new_page: Callable[..., Any]) -> Iterator[Page]:
    with new_page(viewport=PHONE, reduced_motion="reduce") as page:
        yield page


@pytest.fixture
def staged(phone: Page) -> Iterator[Callable[..., Stage]]:
    """Return `staged(view=...)`: views put up and open on the phone."""
    up: list[Stage] = []

    def put(**views: forms.View) -> Stage:
        stage = Stage(**views)
        up.append(stage)
        phone.goto(stage.url)
        phone.wait_for_function("window.stage?.ready")
        phone.evaluate(FONTS)
        return stage

    yield put
    for stage in up:
        stage.close()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def in_view(page: Page) -> list[str]:
    """Return the questions in view."""
    return page.eval_on_selector_all(
        ".eg-label", "all => all.filter(one => one.checkVisibility()).map(one => one.textContent)"
    )


def settled(page: Page) -> None:
    """Wait until everything that was sent has been answered."""
    page.evaluate("stage.models.view.busy")


def test_a_question_stands_alone_until_the_next_is_asked_for(staged, phone):
    staged(view=forms.View(card()))
    buttons = phone.get_by_role("button", name="Continue")

    assert in_view(phone) == ASKED[:1]
    expect(phone.get_by_text("Question 1 of 4")).to_be_visible()
    assert phone.get_by_role("button", name="Next question").evaluate(WEIGHTS) == 1
    expect(phone.get_by_text("Told.")).to_be_visible()
    expect(buttons).to_be_hidden()
    press(phone, "Next question")
    assert in_view(phone) == ASKED[:2]
    expect(phone.get_by_text("Question 2 of 4")).to_be_visible()
    press(phone, "Skip this one")
    assert in_view(phone) == ASKED[:3]
    expect(buttons).to_be_hidden()
    press(phone, "Next question")
    assert in_view(phone) == ASKED
    expect(buttons).to_be_visible()
    expect(phone.get_by_text("You can change it.")).to_be_visible()
    expect(phone.get_by_role("button", name="Next question")).to_be_hidden()


def test_without_the_way_on_all_questions_are_counted(staged, phone):
    """The control: what the walk through the parts looks for is there when nobody asks for less."""
    staged(view=forms.View([node for node in card() if node["is"] != "onebyone"]))

    assert phone.evaluate(FORMS) == [[4, 4]]
    assert in_view(phone) == ASKED


def test_what_was_answered_or_passed_over_stays_and_can_be_changed(staged, phone):
    pressed: list[Any] = []
    view = forms.View(card(), on_press=lambda *what: pressed.append(what))
    staged(view=view)
    phone.get_by_label("Money").check()
    press(phone, "Next question")
    phone.get_by_label(ASKED[1]).fill("It was settled.")
    press(phone, "Skip this one")
    phone.get_by_label("Time").check()
    phone.get_by_label(ASKED[1]).fill("It was settled at dinner.")
    press(phone, "Next question")
    press(phone, "Continue")
    settled(phone)

    (given,) = [values for _, _, values in pressed]
    assert given["about"] == ["money", "time"]
    assert given["what"] == "It was settled at dinner."
    assert (given["asked"], given["when"]) == ("", "")


def test_the_next_question_stands_in_view_alone_and_has_the_focus(staged, phone):
    """Not its box has it: the keyboard of a phone would cover half of what is to be read."""
    staged(room=forms.Room(people=[("a", "Sam"), ("b", "Noor")], who="a"), view=forms.View(card()))
    for label in ASKED[1:]:
        press(phone, "Next question")
        expect(phone.locator(".eg-label", has_text=label)).to_be_focused()
        assert phone.evaluate(IN_WINDOW) == [label]
    expect(phone.get_by_role("button", name="Continue")).to_be_in_viewport()
    phone.keyboard.press("Tab")
    expect(phone.get_by_label(ASKED[3])).to_be_focused()


def test_the_questions_of_another_form_are_out_of_view(staged, phone):
    people = [("a", "Sam"), ("b", "Noor")]
    up = {"view": forms.View(card()), "other": forms.View(card("card 2"))}
    staged(room=forms.Room(people=people, who="a"), **up)
    for label in ASKED[1:]:
        phone.get_by_role("button", name="Next question").first.click()
        assert phone.evaluate(IN_WINDOW) == [label]


def test_answers_that_are_there_are_in_view_with_all_before_them(staged, phone):
    staged(view=forms.View(card(values={"what": "It was settled."})))

    assert in_view(phone) == ASKED[:2]
    expect(phone.get_by_text("Question 2 of 4")).to_be_visible()


def test_all_can_be_had_at_once_while_somebody_sits_at_the_page(staged, phone):
    view = forms.View(card())
    staged(view=view, other=forms.View(card("card 2")))
    assert phone.evaluate(FORMS) == [[4, 1], [4, 1]]
    phone.get_by_role("button", name="Show all questions").first.click()

    assert phone.evaluate(FORMS) == [[4, 4], [4, 4]]
    expect(phone.locator(".eg-label", has_text=ASKED[1]).first).to_be_focused()
    expect(phone.get_by_role("button", name="Continue").last).to_be_visible()
    phone.evaluate("() => { window.dispatchEvent(new CustomEvent('evenground:clear')); }")
    view.show(card("card 3"))
    phone.evaluate(DELIVER)
    expect(phone.get_by_label(ASKED[1])).to_be_hidden()
    assert phone.evaluate(FORMS) == [[4, 1]]
    phone.reload()
    phone.wait_for_function("window.stage?.ready")
    assert phone.evaluate(FORMS) == [[4, 1], [4, 1]]


def test_a_mistake_brings_its_question_into_view(staged, phone):
    view = forms.View([nodes.actions(nodes.press("check", "Check")), *card()])
    wrong = card(errors={"asked": "Choose one."})
    view.on_press = lambda *_: view.show([nodes.actions(nodes.press("check", "Check")), *wrong])
    staged(view=view)
    press(phone, "Check")

    expect(phone.get_by_text("Choose one.")).to_be_visible()
    assert in_view(phone) == ASKED[:3]
    expect(phone.get_by_label("Nobody")).to_be_focused()


def test_a_page_drawn_anew_hides_nothing_and_keeps_what_is_typed(staged, phone):
    view = forms.View(card())
    drawn: list[nodes.Node] = []

    def put(name: str, value: object) -> forms.Kept:
        view.show(card(values={"what": "an older text"}, after={"about": drawn}))
        return forms.Kept("saved", "12:04")

    view.on_input = put
    staged(view=view)
    press(phone, "Next question")
    press(phone, "Next question")
    drawn += [nodes.hint("New behind it."), nodes.field("more", "line", "What else was it?")]
    box = phone.get_by_label(ASKED[1])
    box.press_sequentially("It was")
    expect(phone.get_by_text("New behind it.")).to_be_visible()
    box.press_sequentially(" settled.")
    settled(phone)

    expect(box).to_have_value("It was settled.")
    expect(box).to_be_focused()
    assert in_view(phone) == [ASKED[0], "What else was it?", *ASKED[1:3]]
    expect(phone.get_by_role("button", name="Continue")).to_be_hidden()


def test_what_comes_with_the_last_answer_is_shown_at_once(staged, phone):
    view = forms.View(card())
    word = nodes.field("word", "line", "Which word?")

    def put(name: str, value: object) -> forms.Kept:
        view.show(card(after={"when": [word]}))
        return forms.Kept("saved", "12:04")

    view.on_input = put
    staged(view=view)
    for _ in range(3):
        press(phone, "Next question")
    phone.get_by_label(ASKED[3]).fill("In March")

    expect(phone.get_by_label("Which word?")).to_be_visible()
    expect(phone.get_by_role("button", name="Continue")).to_be_visible()


def test_a_form_that_begins_anew_begins_with_its_first_question(staged, phone):
    view = forms.View(card())
    view.on_press = lambda *_: view.show([nodes.heading("Yours"), *card("card 2")])
    staged(view=view)
    for _ in range(3):
        press(phone, "Next question")
    phone.get_by_role("button", name="Continue").focus()
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", name="Yours")).to_be_visible()
    assert in_view(phone) == ASKED[:1]
    expect(phone.locator(".eg-label", has_text=ASKED[0])).to_be_focused()
    # What is no such form any more hides nothing.
    view.show([node for node in card("card 2") if node["is"] != "onebyone"])
    phone.evaluate(DELIVER)
    expect(phone.get_by_label(ASKED[3])).to_be_visible()


def test_a_form_under_another_waits_for_it_and_then_begins_with_its_first_question(staged, phone):
    under = [nodes.field(f"u{n}", "line", f"Under {n}?") for n in (1, 2)]
    inner = nodes.one_by_one(under, [nodes.small("The end.")], key="under")
    over = [nodes.field(f"o{n}", "line", f"Over {n}?") for n in (1, 2, 3)]
    staged(view=forms.View(nodes.one_by_one(over, [nodes.heading("More"), *inner], key="over")))
    assert in_view(phone) == ["Over 1?"]
    press(phone, "Next question")
    assert in_view(phone) == ["Over 1?", "Over 2?"]
    press(phone, "Next question")
    assert in_view(phone) == ["Over 1?", "Over 2?", "Over 3?", "Under 1?"]
    expect(phone.get_by_text("Question 1 of 2")).to_be_visible()
    press(phone, "Skip this one")

    assert in_view(phone)[-1] == "Under 2?"
    expect(phone.get_by_text("The end.")).to_be_visible()


def test_a_phone_that_is_turned_shows_all_and_so_does_paper(staged, phone):
    staged(view=forms.View(card()))
    phone.emulate_media(media="print")
    assert in_view(phone) == ASKED
    expect(phone.get_by_role("button", name="Next question")).to_be_hidden()
    phone.emulate_media(media="screen")
    assert in_view(phone) == ASKED[:1]
    phone.set_viewport_size({"width": 812, "height": 375})
    expect(phone.get_by_label(ASKED[3])).to_be_visible()
    expect(phone.get_by_role("button", name="Next question")).to_be_hidden()
    phone.set_viewport_size(PHONE)

    assert in_view(phone) == ASKED


def test_a_form_is_filled_in_by_keyboard_alone(staged, phone):
    pressed: list[Any] = []
    keys = ByKeys(phone, "")
    staged(view=forms.View(card(), on_press=lambda *what: pressed.append(what)))
    button = phone.get_by_role("button", name="Next question")
    keys.pick(phone.get_by_label("Money"))
    keys.push(button)
    expect(phone.locator(".eg-label", has_text=ASKED[1])).to_be_focused()
    keys.put(phone.get_by_label(ASKED[1]), "It was settled.")
    keys.push(phone.get_by_role("button", name="Skip this one"))
    keys.pick(phone.get_by_label("Both of us"))
    keys.push(button)
    keys.put(phone.get_by_label(ASKED[3]), "In March")
    keys.push(phone.get_by_role("button", name="Continue"))
    settled(phone)

    ((key, _, given),) = pressed
    told = {"about": ["money"], "what": "It was settled.", "asked": "both", "when": "In March"}
    assert (key, given) == ("keep", told)
    assert (keys.otherwise, keys.wrong) == ([], [])


def test_the_two_ways_on_stand_in_one_line_at_the_narrowest(staged, phone):
    phone.set_viewport_size({"width": 320, "height": 700})
    staged(view=forms.View(card()))
    heights = phone.eval_on_selector_all(
        ".eg-onward .eg-button", "all => all.map(one => one.getBoundingClientRect().height)"
    )

    assert heights == [50, 50]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


# Parts 01 and 02 --------------------------------------------------------------------------------


def entered(page: Page, server: Server) -> Phone:
    """Let the phone in."""
    page.goto(server.new_link())
    page.wait_for_url("**/voila/render/00_start.ipynb")
    return Phone(page, server.address)


@pytest.fixture
def walk(server, phone) -> Phone:
    return entered(phone, server)


@pytest.mark.parametrize(
    ("part", "who", "most"),
    [("01_acknowledge", "a", 8), ("02_listen", "a", 7), ("02_listen", "both", 4)],
)
def test_each_page_of_a_part_shows_one_question_and_then_the_next(server, walk, part, who, most):
    page = walk.page
    open_part(page, server, part, who=who)
    found = 0
    for slug in sections(page):
        at_first = page.evaluate(FORMS)
        assert [shown for _, shown in at_first] == [1] * len(at_first), slug
        found += len(at_first)
        for number, (questions, _) in enumerate(at_first):
            for shown in range(2, questions + 1):
                walk.next()
                now = page.evaluate(FORMS)
                assert now[number] == [questions, shown], slug
            assert now[number + 1 :] == at_first[number + 1 :], slug
        expect(walk.here.get_by_role("button", name="Next question")).to_have_count(0)
    assert found == most


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_second_question(server, walk, scheme):
    walk.page.emulate_media(color_scheme=scheme)
    be(walk.page, server, "a")
    walk.part("01_acknowledge", "moments")
    walk.next()
    walk.page.evaluate("window.scrollTo(0, 0)")  # what is under the header cannot be hit, by design
    walk.page.evaluate(AXE)
    ran = walk.page.evaluate("options => axe.run(document, options)", EVERYTHING)

    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in ran["violations"]] == []
    walk.shows((5, 2))


def test_the_pages_about_a_moment_show_one_question(server, walk):
    be(walk.page, server, "a")
    walk.part("01_acknowledge", "moments")
    walk.choose("Money")
    walk.next()
    walk.press("Skip this one")
    walk.write("What happened? Tell it as a camera would show it.", "It was booked.")
    walk.next()
    walk.next()
    walk.keep("Keep this moment")
    walk.see("Your moments")
    walk.shows((5, 1))
    walk.section("what-it-cost")
    walk.shows((2, 1))
    walk.next()
    walk.choose("Another word")
    expect(walk.box("Another word for it")).to_be_visible()
    walk.press("Open that page")
    walk.shows((6, 4))
    walk.section("what-it-narrowed")
    walk.shows((2, 1))


def test_the_pages_of_a_turn_show_one_question(home, phone):
    settle(home, sealed=False)
    Journal(home).add(Turn(speaker="a", topic="The holiday", floor="spoken"), author=BOTH)
    with Server(home) as server:
        walk = entered(phone, server)
        be(phone, server, "both")
        walk.part("02_listen", "say-it-back")
        walk.see("Alex: what I heard")
        walk.shows((2, 1))
        walk.write("Alex: what I heard", "That it was booked.")
        walk.next()
        walk.choose("Partly")
        walk.write("What is missing?", "That it was at dinner.")
        walk.shows((3, 3))
        walk.keep("Keep this")
        walk.see("Partly. Listen to what is missing")
        walk.shows((2, 1))
        walk.section("what-i-meant-what-you-heard")
        walk.shows((3, 1))
        walk.section("when-something-hard-is-said")
        walk.shows((2, 1))
