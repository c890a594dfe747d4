"""The controls in a real browser: mouse, keyboard, phone, both themes, a line that fails."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from stage import Stage
from tour import FONTS

from evenground import forms
from evenground.forms import nodes
from outside import READY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Locator, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PEOPLE = [("a", "Sam"), ("b", "Noor")]
LATER = datetime(2100, 1, 1, tzinfo=UTC)
STEPS = [
    "Hardly ever",
    "Now and then",
    "About half the time",
    "Most of the time",
    "Nearly every time",
]


class Journal:
    """What a step would keep: the newest value of each field, and what was pressed."""

    def __init__(self) -> None:
        self.news = threading.Condition()
        self.typed: dict[str, Any] = {}
        self.pressed: list[tuple[str, str, dict[str, Any]]] = []
        self.heard: list[str] = []
        self.state = forms.Kept("saved", "12:04")

    def put(self, name: str, value: object) -> forms.Kept:
        with self.news:
            self.typed[name] = value
            self.news.notify_all()
        return self.state

    def press(self, *what: Any) -> forms.Kept:
        with self.news:
            self.pressed.append(what)
            self.news.notify_all()
        return self.state

    def hear(self, event: str) -> None:
        with self.news:
            self.heard.append(event)
            self.news.notify_all()

    def comes_to(self, holds: Callable[[], bool]) -> bool:
        """Return whether something comes to hold in time."""
        with self.news:
            return self.news.wait_for(holds, timeout=READY)


def options(*labels: str) -> list[nodes.Node]:
    return [nodes.option(label.split()[0].lower(), label) for label in labels]


def every_kind() -> list[nodes.Node]:
    """Return a tree with every kind of node in it."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 343 90"><path d="M0 9h300"/></svg>'
    )
    fills = ("a", "a_say", "together", "b_say", "b", "turns", "open")
    part = nodes.option("part", "Part of it", inside=nodes.field("part_what", "text", "", lines=2))
    steps = [nodes.option(str(n), words) for n, words in enumerate(STEPS, 1)]
    names = {"a": "Sam", "b": "Noor"}
    return [
        nodes.eyebrow("Moments, your second card"),
        nodes.title("A moment"),
        nodes.lead("Tell it as a camera would."),
        nodes.seen("lock", "Only you,", "until you release it."),
        nodes.quote("b", ["To know before our money is spent."], label="Noor needs"),
        nodes.panel("What we both agreed", ["Speak for yourself.", "Name one day."]),
        nodes.field("about", "chips", "What was it about?", options=options("Money", "Time")),
        nodes.field("when", "line", "When, roughly?", short=True),
        nodes.field("what", "text", "What happened?", hint="What was done.", by="a", limit=40),
        nodes.field(
            "asked", "choice", "Who was asked?", options=[*options("Nobody", "Both of us"), part]
        ),
        nodes.field("row", "choice", "Noor?", person="b", row=True, options=options("Yes", "No")),
        nodes.field(
            "felt",
            "weights",
            "What did you feel?",
            step_labels=["a trace", *"bcde"],
            options=options("Small", "Angry"),
            value={"small": 2},
        ),
        nodes.field(
            "heard",
            "steps",
            "I feel heard",
            apart="unsaid",
            options=[*steps, nodes.option("unsaid", "I would rather not say")],
        ),
        nodes.if_then(nodes.field("if", "text", "If"), nodes.field("then", "text", "then")),
        nodes.row(
            nodes.field("start", "date", "Start"),
            nodes.field("due", "date", "Due", error="The due date is before the start."),
            nodes.field("time", "time", "At"),
        ),
        nodes.field("sum", "amount", "From what amount?"),
        nodes.field("show", "select", "Show", options=options("Heard", "Seen")),
        nodes.field("key", "passphrase", "Your passphrase", autocomplete="current-password"),
        nodes.buttons(nodes.press("keep", "Continue"), nodes.press("skip", "Skip this")),
        nodes.actions(nodes.press("back", "Back to item 1")),
        nodes.small("You can change this card whenever you like."),
        nodes.listing(
            [nodes.item("Ask", when="30 Nov", by="a", actions=[nodes.press("d", "Done")])]
        ),
        nodes.listing([nodes.item("Listen", when="02", href="/x", tag="You left off here")]),
        nodes.reveal(
            [
                nodes.revealed(
                    "I feel heard", marks={"a": 4, "b": 4}, answers={"a": STEPS[3], "b": STEPS[3]}
                ),
                nodes.revealed("My work is seen", instead="This one stays closed."),
            ],
            names=names,
            ends=(STEPS[0], STEPS[4]),
        ),
        nodes.decision_map(
            [nodes.map_row(nodes.cell(fill, "S"), f"Area {fill}", "Sam leads") for fill in fills]
        ),
        nodes.figure(
            title="“I feel heard”",
            subtitle="Both answers.",
            label="Two lines.",
            narrow=(drawing, drawing),
            wide=(drawing, drawing),
            legend=[("a", "Sam"), ("kept", "kept")],
            after=["Two lines, no joint number."],
            summary="See the numbers",
            head=["Day", "Sam"],
            rows=[["1 May", 4]],
        ),
        nodes.download("Calendar file", "time.ics", "text/calendar", "BEGIN:VCALENDAR"),
        nodes.level("a"),
        nodes.when("Sunday 22 November, 16:00"),
        nodes.code("one two three"),
        nodes.link("/x", "Go to part 02"),
        nodes.status("Saved as a draft."),
    ]


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def staged(browser_page: Page) -> Iterator[Callable[..., Stage]]:
    """Return `staged(view=..., page=...)`: views put up and open in the browser."""
    up: list[Stage] = []

    def put(*, page: Page = browser_page, ours: bool = True, **views: forms.View) -> Stage:
        stage = Stage(ours=ours, **views)
        up.append(stage)
        page.goto(stage.url)
        page.wait_for_function("window.stage?.ready")
        page.evaluate(FONTS)  # what is measured is measured in our own typefaces
        return stage

    yield put
    for stage in up:
        stage.close()


def room(journal: Journal, **about: Any) -> forms.Room:
    about = {"people": PEOPLE, "who": "a", **about}
    return forms.Room(on_event=journal.hear, on_press=journal.press, **about)


def view(journal: Journal, *tree: nodes.Node) -> forms.View:
    return forms.View(tree, on_input=journal.put, on_press=journal.press)


def text(name: str = "what", label: str = "What happened?", **more: Any) -> nodes.Node:
    return nodes.field(name, "text", label, **more)


def go_on() -> nodes.Node:
    return nodes.buttons(nodes.press("keep", "Continue"), nodes.press("skip", "Skip this"))


def saved(page: Page) -> Locator:
    return page.locator("#eg-saved")


# Saving -------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_without_pressing_anything(staged, browser_page, journal):
    staged(room=room(journal), view=view(journal, text()))

    browser_page.get_by_label("What happened?").press_sequentially("It rained.")

    expect(saved(browser_page)).to_have_text("Saved 12:04")
    assert journal.typed == {"what": "It rained."}


def test_leaving_the_page_in_the_middle_of_a_word_loses_nothing(staged, browser_page, journal):
    staged(room=room(journal), view=view(journal, text()))
    browser_page.get_by_label("What happened?").press_sequentially("It rained and")

    browser_page.goto("about:blank")

    assert journal.comes_to(lambda: journal.typed.get("what") == "It rained and")


def test_a_press_takes_along_what_was_typed_a_moment_before(staged, browser_page, journal):
    staged(view=view(journal, text(), go_on()))

    browser_page.get_by_label("What happened?").fill("It rained.")
    browser_page.get_by_role("button", name="Continue").click()

    assert journal.comes_to(lambda: bool(journal.pressed))
    assert journal.pressed == [("keep", "", {"what": "It rained."})]


def test_pressing_twice_in_a_hurry_counts_once(staged, browser_page, journal):
    staged(view=view(journal, text(), go_on()))

    browser_page.get_by_role("button", name="Continue").evaluate(
        "el => { el.click(); el.click(); }"
    )

    expect(browser_page.get_by_role("button", name="Continue")).to_be_visible()
    browser_page.evaluate("stage.models.view.busy")
    assert len(journal.pressed) == 1


def test_another_press_in_a_hurry_waits_for_the_answer_to_the_first(staged, browser_page, journal):
    staged(view=view(journal, text(), go_on()))

    browser_page.get_by_role("button", name="Continue").evaluate(
        "el => { el.click(); el.nextElementSibling.click(); }"
    )

    assert journal.comes_to(lambda: len(journal.pressed) == 2)
    assert [key for key, _, _ in journal.pressed] == ["keep", "skip"]


def test_a_button_that_would_move_under_the_mouse_still_gets_its_click(
    staged, browser_page, journal
):
    """Keep folds a form away while Edit, below it, is half pressed."""
    edit = nodes.buttons(nodes.press("edit", "Edit"))
    stage = staged(view=view(journal, text(lines=6), go_on(), edit))
    shown, asked, answered = stage.views["view"], threading.Event(), threading.Event()

    def press(key: str, value: str, values: dict[str, Any]) -> forms.Kept:
        if key == "keep":
            asked.set()
            assert answered.wait(READY)
            shown.show([nodes.hint("Kept."), edit])
        return journal.press(key, value, values)

    shown.on_press = press
    browser_page.clock.install()
    browser_page.get_by_role("button", name="Continue").click()
    assert asked.wait(READY)
    browser_page.get_by_role("button", name="Edit").hover()
    browser_page.clock.pause_at(LATER)  # a press as short as it gets
    browser_page.mouse.down()
    answered.set()
    browser_page.evaluate("stage.models.view.busy")
    browser_page.mouse.up()
    browser_page.clock.run_for(1000)

    assert journal.comes_to(lambda: len(journal.pressed) == 2)
    assert [key for key, _, _ in journal.pressed] == ["keep", "edit"]
    expect(browser_page.get_by_text("Kept.")).to_be_visible()


def test_words_being_typed_outlive_a_new_tree(staged, browser_page, journal):
    stage = staged(view=view(journal, text(), go_on()))
    shown = stage.views["view"]

    def put(name: str, value: object) -> forms.Kept:
        shown.show([nodes.hint("New above it."), text(value="an older text"), go_on()])
        return journal.put(name, value)

    shown.on_input = put
    box = browser_page.get_by_label("What happened?")
    box.press_sequentially("It rained")
    expect(browser_page.get_by_text("New above it.")).to_be_visible()
    box.press_sequentially(" again.")

    expect(box).to_have_value("It rained again.")
    expect(box).to_be_focused()


def test_a_kept_form_is_empty_for_the_next_one(staged, browser_page, journal):
    stage = staged(view=view(journal, text(), go_on()))
    shown = stage.views["view"]

    def keep(*what: Any) -> forms.Kept:
        shown.show([text(), nodes.status("Kept."), go_on()])
        return journal.press(*what)

    shown.on_press = keep
    browser_page.get_by_label("What happened?").fill("It rained.")
    browser_page.get_by_role("button", name="Continue").click()

    expect(browser_page.get_by_role("status").filter(has_text="Kept.")).to_be_visible()
    expect(browser_page.get_by_label("What happened?")).to_have_value("")


def test_a_cell_drawn_again_shows_what_was_typed(staged, browser_page, journal):
    staged(room=room(journal), view=view(journal, text()))
    browser_page.get_by_label("What happened?").fill("It rained.")
    expect(saved(browser_page)).to_have_text("Saved 12:04")

    browser_page.reload()

    expect(browser_page.get_by_label("What happened?")).to_have_value("It rained.")


def test_words_that_reach_no_file_are_named_and_sent_again(staged, new_page, journal):
    with new_page() as page:
        page.clock.install()
        stage = staged(page=page, room=room(journal), view=view(journal, text()))
        box = page.get_by_label("What happened?")
        page.clock.pause_at(LATER)  # it asks again of its own accord when the test lets time go by
        box.fill("It rained.")
        page.clock.run_for(300)
        expect(saved(page)).to_have_text("Saved 12:04")
        stage.deaf = True

        box.fill("It rained all day.")
        page.clock.run_for(9000)

        bar = page.locator("#eg-offline")
        expect(bar).to_contain_text("Not connected. Your last save was 12:04.")
        expect(saved(page)).to_have_text("")
        note = page.locator(".eg-unsaved")
        expect(note).to_contain_text("Not in your files since 12:04. Your words are still on the")
        expect(page.get_by_role("button", name="Copy my words")).to_be_visible()
        expect(box).to_have_value("It rained all day.")

        stage.deaf = False
        page.get_by_role("button", name="Try now").click()
        page.clock.run_for(700)

        expect(bar).to_be_hidden()
        expect(saved(page)).to_have_text("Saved 12:04")
        expect(note).to_be_empty()
        assert journal.typed == {"what": "It rained all day."}


def test_a_closed_line_throws_nothing_at_the_person(staged, new_page, journal):
    with new_page() as page:
        page.clock.install()
        staged(page=page, room=room(journal), view=view(journal, text(), go_on()))
        page.evaluate("stage.closed = true")

        page.get_by_label("What happened?").fill("It rained.")
        page.get_by_role("button", name="Continue").click()
        page.clock.run_for(30000)

        expect(page.locator("#eg-offline")).to_contain_text("Not connected.")
        expect(page.get_by_label("What happened?")).to_have_value("It rained.")


def test_what_the_files_refuse_stays_on_the_screen_and_can_be_tried_again(
    staged, browser_page, journal
):
    staged(room=room(journal), view=view(journal, text()))
    journal.state = forms.Kept("unsaved", text="Not saved: the disk is full.")
    browser_page.get_by_label("What happened?").fill("It rained.")
    expect(saved(browser_page)).to_contain_text("Not saved yet.")
    expect(browser_page.locator("#eg-offline")).to_have_text("Not saved: the disk is full.")
    expect(browser_page.locator(".eg-unsaved")).to_contain_text("Not in your files yet.")
    browser_page.evaluate(AXE)
    found = browser_page.evaluate("options => axe.run(options)", {"runOnly": WCAG})
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []

    journal.state = forms.Kept("saved", "12:09")
    browser_page.get_by_role("button", name="Try again").click()

    expect(saved(browser_page)).to_have_text("Saved 12:09")


def test_words_without_a_seal_are_said_to_be_on_this_page_only(staged, browser_page, journal):
    staged(room=room(journal), view=view(journal, text()))
    expect(saved(browser_page)).to_have_text("Nothing stored yet")
    journal.state = forms.Kept("page")

    browser_page.get_by_label("What happened?").fill("It rained.")

    expect(saved(browser_page)).to_have_text("Kept on this page only")


# Writing and choosing -----------------------------------------------------------------------------


def test_a_whole_card_is_filled_in_by_keyboard_alone(staged, browser_page, journal):
    staged(
        ours=False,
        view=view(
            journal,
            nodes.field("about", "chips", "About?", options=options("Money", "Time")),
            nodes.field("asked", "choice", "Asked?", options=options("Nobody", "Both")),
            text(),
            go_on(),
        ),
    )
    press = browser_page.keyboard.press

    for key in ("Tab", "Space", "Tab", "Tab", "Space", "ArrowDown", "Tab", "Tab"):
        press(key)  # the second Tab in a row leaves the chips; the last one "Clear this answer"
    browser_page.keyboard.type("We spoke.")
    press("Tab")
    press("Enter")

    assert journal.comes_to(lambda: bool(journal.pressed))
    values = {"about": ["money"], "asked": "both", "what": "We spoke."}
    assert journal.pressed == [("keep", "", values)]


def test_focus_is_plain_to_see(staged, browser_page, journal):
    cards = nodes.field("x", "choice", "X?", options=options("One"))
    staged(ours=False, view=view(journal, text(), cards, go_on()))
    outlines = {}

    for name in ("textarea", ".eg-card", ".eg-button"):
        browser_page.keyboard.press("Tab")
        found = browser_page.locator(name).first
        outlines[name] = found.evaluate(
            "el => [getComputedStyle(el).outlineStyle, getComputedStyle(el).outlineWidth]"
        )

    assert set(map(tuple, outlines.values())) == {("solid", "3px")}


def test_nothing_is_chosen_at_first_and_an_answer_can_be_cleared(staged, browser_page, journal):
    staged(
        view=view(journal, nodes.field("asked", "choice", "Asked?", options=options("Yes", "No")))
    )
    expect(browser_page.get_by_role("radio", checked=True)).to_have_count(0)

    browser_page.get_by_role("radio", name="No").click()
    assert journal.comes_to(lambda: journal.typed.get("asked") == "no")
    browser_page.get_by_role("button", name="Clear this answer").click()

    assert journal.comes_to(lambda: journal.typed.get("asked") == "")
    expect(browser_page.get_by_role("radio", checked=True)).to_have_count(0)


def test_a_choice_that_needs_words_opens_its_box_inside_the_card(staged, browser_page, journal):
    part = nodes.option("part", "Part of it", inside=nodes.field("part_what", "text", ""))
    cards = nodes.field("answer", "choice", "What can you do?", options=[*options("All"), part])
    staged(view=view(journal, cards, go_on()))
    box = browser_page.get_by_label("Part of it").and_(browser_page.locator("textarea"))
    expect(box).to_be_hidden()

    browser_page.get_by_role("radio", name="Part of it").click()
    box.fill("The asking.")
    browser_page.get_by_role("button", name="Continue").click()
    assert journal.comes_to(lambda: len(journal.pressed) == 1)
    browser_page.get_by_role("radio", name="All").click()
    expect(box).to_be_hidden()
    browser_page.get_by_role("button", name="Continue").click()

    assert journal.comes_to(lambda: len(journal.pressed) == 2)
    assert [values for _, _, values in journal.pressed] == [
        {"answer": "part", "part_what": "The asking."},
        {"answer": "all", "part_what": ""},
    ]


def test_each_chosen_feeling_can_be_weighed_in_words(staged, browser_page, journal):
    felt = nodes.field(
        "felt", "weights", "Felt?", options=options("Small", "Angry"), step_labels=list("abcde")
    )
    staged(view=view(journal, felt))

    browser_page.get_by_role("checkbox", name="Angry").click()
    row = browser_page.get_by_role("group", name="Angry")
    row.get_by_role("radio", name="d").click()

    assert journal.comes_to(lambda: journal.typed.get("felt") == {"angry": 4})
    browser_page.get_by_role("checkbox", name="Angry").click()
    assert journal.comes_to(lambda: journal.typed.get("felt") == {})
    expect(row).to_have_count(0)


def test_too_many_letters_are_counted_and_not_cut(staged, browser_page, journal):
    staged(view=view(journal, text(limit=20)))
    box = browser_page.get_by_label("What happened?")

    box.fill("a" * 10)
    expect(browser_page.locator(".eg-over")).to_be_hidden()
    box.fill("a" * 19)
    expect(browser_page.locator(".eg-over")).to_have_text("1 letter left.")
    box.fill("\U0001f642" * 23)

    over = "This is 3 letters too long to keep whole. Nothing was cut."
    expect(browser_page.locator(".eg-over")).to_contain_text(over)
    expect(box).to_have_accessible_description(re.compile(over))
    expect(box).to_have_value("\U0001f642" * 23)


def test_a_mistake_is_a_sentence_at_its_field_and_the_words_stay(staged, browser_page, journal):
    stage = staged(view=view(journal, text(), nodes.field("end", "date", "End"), go_on()))
    shown = stage.views["view"]
    wrong = "The end is before the start. Change one of the two dates."

    def refuse(_key: str, _value: str, values: dict[str, Any]) -> None:
        end = nodes.field("end", "date", "End", value=values["end"], error=wrong)
        shown.show([text(value=values["what"]), end, go_on()])

    shown.on_press = refuse
    browser_page.get_by_label("What happened?").fill("It rained.")
    browser_page.get_by_label("End").fill("2026-02-21")
    browser_page.get_by_role("button", name="Continue").click()

    end = browser_page.get_by_label("End")
    expect(end).to_have_accessible_description(wrong)
    expect(end).to_be_focused()
    expect(end).to_have_value("2026-02-21")
    expect(browser_page.get_by_label("What happened?")).to_have_value("It rained.")


def test_advice_waits_until_the_keys_rest_and_stays_away_once_hidden(staged, new_page, journal):
    note = nodes.note(
        before="“… ", word="but", after=" I was tired”", words="‘But’ can take back.",
        close="This is a note, not a rule.", hide="Keep my words",
    )  # fmt: skip
    with new_page() as page:
        page.clock.install()
        stage = staged(page=page, view=view(journal, text()))
        shown = stage.views["view"]

        def put(name: str, value: Any) -> forms.Kept:
            shown.show([text(value=value, note=note)])
            return journal.put(name, value)

        shown.on_input = put
        box = page.get_by_label("What happened?")
        page.clock.pause_at(LATER)  # from now on time goes by when the test says so
        box.fill("Mine, but I was tired")
        page.clock.run_for(300)
        assert journal.comes_to(lambda: bool(journal.typed))
        page.evaluate("stage.models.view.busy")
        assert page.locator(".eg-note").count() == 0  # two seconds of rest come first
        page.clock.run_for(2500)
        expect(page.locator(".eg-note")).to_contain_text("‘But’ can take back.")

        page.get_by_role("button", name="Keep my words").click()
        page.clock.run_for(1000)
        expect(box).to_be_focused()
        box.press("End")
        box.press_sequentially(".")
        page.clock.run_for(5000)
        expect(page.locator(".eg-note")).to_have_count(0)


def test_boxes_ask_browser_helpers_to_keep_out(staged, browser_page, journal):
    key = nodes.field("key", "passphrase", "Your passphrase", autocomplete="new-password")
    staged(view=view(journal, text(), key, go_on()))

    for box in browser_page.locator(".eg-box").all():
        assert box.get_attribute("spellcheck") == "false"
        assert box.get_attribute("data-gramm") == "false"
        assert box.get_attribute("placeholder") is None
    assert browser_page.get_by_label("What happened?").get_attribute("autocomplete") == "off"
    assert (
        browser_page.get_by_label("Your passphrase").get_attribute("autocomplete") == "new-password"
    )


def test_a_passphrase_is_sent_once_when_pressed_and_then_gone(staged, browser_page, journal):
    key = nodes.field("key", "passphrase", "Your passphrase", autocomplete="current-password")
    staged(view=view(journal, key, go_on()))
    box = browser_page.get_by_label("Your passphrase")

    box.fill("one two three")
    browser_page.get_by_role("button", name="Show").click()
    assert box.get_attribute("type") == "text"
    box.press("Enter")

    assert journal.comes_to(lambda: bool(journal.pressed))
    assert journal.pressed == [("keep", "", {"key": "one two three"})]
    expect(box).to_have_value("")
    assert box.get_attribute("type") == "password"
    assert journal.typed == {}


# The header and the cover -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("", "Nobody is writing"),
        ("a", "Sam is writingSwitch"),
        ("b", "Noor is writingSwitch"),
        ("both", "Sam and NoorSwitch"),
    ],
)
def test_the_header_says_who_is_writing(staged, browser_page, journal, who, said):
    staged(room=room(journal, who=who))

    expect(browser_page.locator("#eg-who")).to_have_text(said)
    assert f"eg-{who or 'nobody'}" in browser_page.locator("body").get_attribute("class").split()


def test_the_next_page_can_know_who_is_writing(staged, browser_page, journal):
    stage = staged(room=room(journal, who="a"))
    expect(browser_page.locator("#eg-who")).to_contain_text("is writing")
    held = {cookie["name"]: cookie for cookie in browser_page.context.cookies()}
    assert held["who"]["value"] == "a"
    assert held["who"]["sameSite"] == "Strict"
    assert held["who"]["expires"] == -1

    def nobody(event: str) -> None:
        stage.views["room"].who = ""
        journal.hear(event)

    stage.views["room"].on_event = nobody
    browser_page.get_by_role("button", name="Switch").click()

    expect(browser_page.locator("#eg-who")).to_have_text("Nobody is writing")
    assert [cookie["name"] for cookie in browser_page.context.cookies()] == []


def test_a_turn_says_the_part_of_each(staged, browser_page, journal):
    made = room(journal, who="both")
    made.turn([("b", "{name} speaks"), ("a", "{name} listens")])
    staged(room=made)

    expect(browser_page.locator("#eg-who")).to_have_text("Noor speaksSam listens")


def test_a_cover_hides_the_page_and_takes_the_focus(staged, browser_page, journal):
    stage = staged(room=room(journal), view=view(journal, text()))
    made = stage.views["room"]

    def cover(event: str) -> None:
        made.cover([nodes.title("Now it is Noor"), go_on()])
        journal.hear(event)

    made.on_event = cover
    made.on_press = lambda *_: made.uncover()
    browser_page.evaluate("window.dispatchEvent(new CustomEvent('evenground:pause'))")

    expect(browser_page.get_by_role("heading", name="Now it is Noor")).to_be_focused()
    expect(browser_page.get_by_label("What happened?")).to_be_hidden()
    assert journal.heard == ["pause"]
    browser_page.get_by_role("button", name="Continue").click()

    expect(browser_page.get_by_label("What happened?")).to_be_visible()


def test_a_cleared_page_holds_no_words(staged, browser_page, journal):
    stage = staged(room=room(journal), view=view(journal, text(value="A secret.")))
    stage.views["room"].on_event = lambda _: stage.views["room"].clear()

    browser_page.evaluate("window.dispatchEvent(new CustomEvent('evenground:pause'))")

    expect(browser_page.get_by_label("What happened?")).to_have_count(0)
    assert "A secret." not in browser_page.locator("#main").inner_html()


def test_in_jupyterlab_the_cells_bring_header_and_look_along(staged, browser_page, journal):
    staged(ours=False, room=room(journal), view=view(journal, text(value="A secret.")))
    expect(browser_page.get_by_text("Sam is writing")).to_be_visible()
    assert browser_page.locator("#eg-look").count() == 1
    browser_page.get_by_label("What happened?").fill("It rained.")
    expect(browser_page.get_by_text("Saved 12:04")).to_have_count(1)

    browser_page.get_by_role("button", name="Hide now").click()

    expect(browser_page.locator("textarea")).to_have_count(0)
    # That somebody is there is told with every press; it is no wish of theirs.
    assert journal.comes_to(lambda: [e for e in journal.heard if e != "awake"] == ["leave"])


def test_a_cover_in_jupyterlab_hides_the_other_cells(staged, browser_page, journal):
    stage = staged(ours=False, room=room(journal), view=view(journal, text()))
    made = stage.views["room"]
    made.on_event = lambda _: made.cover([nodes.title("Paused"), go_on()])
    made.on_press = lambda *_: made.uncover()

    browser_page.get_by_role("button", name="Pause").click()
    expect(browser_page.get_by_role("heading", name="Paused")).to_be_focused()
    expect(browser_page.get_by_label("What happened?")).to_be_hidden()
    browser_page.get_by_role("button", name="Continue").click()

    expect(browser_page.get_by_label("What happened?")).to_be_visible()


def test_the_keys_of_jupyterlab_stay_out_of_our_cells(staged, browser_page, journal):
    staged(ours=False, view=view(journal, *every_kind()))

    for name in ("radio", "checkbox", "textbox", "button", "combobox"):
        found = browser_page.get_by_role(name).first
        found.focus()
        assert found.get_attribute("data-lm-suppress-shortcuts") == "true"


def test_without_a_header_a_cell_says_itself_what_is_saved(staged, browser_page, journal):
    staged(ours=False, view=view(journal, text()))

    browser_page.get_by_label("What happened?").fill("It rained.")

    expect(browser_page.get_by_role("status")).to_have_text("Saved 12:04")


# Looking ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ours", [True, False], ids=["page", "lab"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(staged, new_page, journal, *, width, scheme, ours):
    size = {"width": width, "height": 900}
    with new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce") as page:
        staged(
            page=page, ours=ours, room=room(journal, who="both"), view=view(journal, *every_kind())
        )
        page.evaluate(AXE)

        tags = [*WCAG, "best-practice"]
        options = {"runOnly": tags, "rules": {"color-contrast": {"enabled": True}}}
        found = page.evaluate("options => axe.run('#main', options)", options)

    wrong = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
    assert wrong == []


# Where a thumb goes, on a phone: what is pressed, chosen and typed in, and the bar above it.
THUMBS = (".eg-button", ".eg-card", ".eg-chip", ".eg-box", "#eg-bar button", "#eg-bar #eg-help")


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_nothing_scrolls_sideways_and_every_target_can_be_hit(staged, new_page, journal, width):
    with new_page(viewport={"width": width, "height": 900}) as page:
        staged(page=page, room=room(journal, who="both"), view=view(journal, *every_kind()))

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, a, input, select, textarea, summary")]
              .filter((el) => el.checkVisibility({ visibilityProperty: true }))
              .map((el) => el.closest("label") || el)
              .map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect()])
              .filter(([, at]) => at.width < 24 || at.height < 28)
              .map(([what, at]) => `${what} ${at.width}x${at.height}`)"""
        )
        assert small == []
        thumbs = page.evaluate(
            """(which) => [...document.querySelectorAll(which)]
              .filter((el) => el.checkVisibility({ visibilityProperty: true }))
              .map((el) => [el.outerHTML.slice(0, 80), el.getBoundingClientRect().height])
              .filter(([, high]) => high < 44)""",
            ", ".join(THUMBS),
        )
        assert width >= 700 or thumbs == []


def test_every_control_has_a_name(staged, browser_page, journal):
    staged(room=room(journal), view=view(journal, *every_kind()))
    browser_page.get_by_role("radio", name="Part of it").click()

    for kind in ("textbox", "radio", "checkbox", "button", "combobox", "link", "group"):
        for found in (
            browser_page.get_by_role(kind).and_(browser_page.locator(":not(details)")).all()
        ):
            expect(found).to_have_accessible_name(re.compile(r"\w"))
    # What is chosen from stands in a fieldset whose legend is the question; nothing slides.
    loose = browser_page.evaluate(
        """() => [...document.querySelectorAll("input[type=radio], input[type=checkbox]")]
          .filter((el) => !el.closest("fieldset")?.querySelector("legend")?.textContent.trim())
          .map((el) => el.outerHTML)"""
    )
    assert loose == []
    expect(browser_page.get_by_role("slider")).to_have_count(0)


HOSTILE = "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script>{name}"


def test_words_are_never_read_as_markup(staged, browser_page, journal):
    def spoilt(value: Any, at: str = "") -> Any:
        if isinstance(value, dict):
            return {key: spoilt(below, key) for key, below in value.items()}
        if isinstance(value, list):
            return [spoilt(below, at) for below in value]
        fixed = {"is", "control", "fill", "icon", "by", "person", "mark", "apart", "light", "dark"}
        return value if at in fixed or not isinstance(value, str) else HOSTILE

    people = [("a", HOSTILE), ("b", HOSTILE)]
    made = room(journal, people=people, who="both")
    made.cover(spoilt(every_kind()))
    staged(room=made, view=view(journal, *spoilt(every_kind())))

    assert browser_page.evaluate("window.pwned") is None
    assert browser_page.locator("img, #main script, #eg-cover script").count() == 0


@pytest.mark.parametrize(
    "drawing",
    [
        "<script>window.pwned=1</script>",
        "<a href='javascript:window.pwned=1'><text>x</text></a>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'><img src='x'/></p></foreignObject>",
        "<path d='M0 0h9' onclick='window.pwned=1' onload='window.pwned=1'/>",
        "<image href='http://example.com/x.png'/>",
        "<use href='#x'/><style>path{fill:url(http://example.com/x)}</style>",
        "<path d='M0 0h9' fill='url(http://example.com/x)'/>",
        "<set attributeName='href' to='javascript:window.pwned=1'/>",
    ],
)
def test_a_drawing_brings_nothing_but_shapes_and_words(staged, browser_page, journal, drawing):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">{drawing}</svg>'
    figure = nodes.figure(
        title="T", subtitle="S", label="L", narrow=(svg, svg), wide=(svg, svg), rows=[]
    )
    staged(view=view(journal, figure))

    html = browser_page.locator(".eg-drawings").inner_html().lower()
    for word in (
        "script",
        "onload",
        "onclick",
        "href",
        "foreignobject",
        "example.com",
        "<image",
        "<set",
    ):
        assert word not in html
    assert browser_page.evaluate("window.pwned") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "size"), [(375, "narrow"), (1280, "wide")])
def test_one_drawing_of_the_four_is_shown(staged, new_page, journal, *, width, size, scheme):
    with new_page(viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        staged(page=page, view=view(journal, *every_kind()))

        shown = [d for d in page.locator(".eg-drawing").all() if d.is_visible()]

        assert [d.get_attribute("class") for d in shown] == [f"eg-drawing eg-{size} eg-{scheme}"]


def test_a_file_can_be_taken_away_without_a_request(staged, browser_page, journal):
    calendar = nodes.download("Calendar file", "time.ics", "text/calendar", "BEGIN:VCALENDAR")
    staged(view=view(journal, nodes.buttons(nodes.press("move", "Move it"), calendar)))

    with browser_page.expect_download() as taken:
        browser_page.get_by_role("button", name="Calendar file").click()

    assert taken.value.suggested_filename == "time.ics"
    assert taken.value.path().read_text() == "BEGIN:VCALENDAR"


def test_equal_answers_touch_side_by_side(staged, browser_page, journal):
    staged(view=view(journal, *every_kind()))

    marks = [mark.bounding_box() for mark in browser_page.locator(".eg-on-line .eg-mark").all()]

    assert len(marks) == 2
    assert 0 <= marks[1]["x"] - (marks[0]["x"] + marks[0]["width"]) <= 4
