"""What people see of a room while the group meets, on a real Hub: no word of anyone, no jump."""

from __future__ import annotations

import re

import pytest
import rooms
from playwright.sync_api import expect

from evenground.group import outcome
from evenground.records.review import ITEMS

SERVICE = "/services/room/"
MOMENTS = "/voila/render/01_acknowledge.ipynb#moments"
NOW = re.compile(r"^The group: “Moments”, 3\d minutes left\.$")  # 35, less what this has taken


@pytest.fixture(autouse=True)
def on_the_room(lead, room):
    lead.goto(f"{room.at}{SERVICE}")


def press(lead, name):
    with lead.expect_navigation():
        lead.get_by_role("button", name=name, exact=True).first.click()


def go_to(lead, title):
    for _ in range(9):
        if lead.locator("h1").inner_text() == title:
            return
        press(lead, "Next")
    raise AssertionError(f"the plan has no {title}")


def ask_for(page, what):
    if page.locator("#eg-room-panel").is_hidden():
        page.locator("#eg-room-ask").click()
    page.locator(f"#eg-room-panel [data-tell={what}]").click()
    expect(page.locator("#eg-room-panel .eg-said").first).to_have_text("Noted.")


def tell(page, **told):
    """Send what a press sends, and return the status."""
    return page.evaluate(
        """told => fetch(document.getElementById("eg-room").dataset.room + "/tell",
           { method: "POST", body: new URLSearchParams(told) }).then((got) => got.status)""",
        told,
    )


def test_the_group_goes_on_and_no_page_of_a_couple_moves(lead, pages):
    page = pages["01"]
    address = page.url
    page.evaluate("() => { window.before = true }")
    go_to(lead, "Moments")

    expect(page.locator("#eg-room-now")).to_have_text(NOW)
    assert page.url == address
    assert page.evaluate("() => window.before")
    page.locator("#eg-room-ask").click()
    assert page.locator("#eg-room-go a").get_attribute("href").endswith(f"/pair-01{MOMENTS}")
    page.keyboard.press("Escape")
    press(lead, "Rest, all")
    expect(page.locator("#eg-room-now")).to_have_text("The whole group has a rest.")
    press(lead, "Go on")
    expect(page.locator("#eg-room-now")).to_contain_text("Moments")


def test_whatever_a_person_asks_for_looks_the_same_and_reaches_the_one_who_leads(lead, pages):
    page = pages["02"]
    go_to(lead, "Moments")
    expect(page.locator("#eg-room-now")).to_contain_text("Moments")  # it has heard of all so far
    seen, pictures = set(), set()
    for what, told in (
        ("minute", "a minute"),
        ("come", "asks for you"),
        ("stop", "wants to stop"),
    ):
        ask_for(page, what)
        page.mouse.move(5, 700)
        seen.add(page.locator("#eg-header").inner_text())
        pictures.add(page.locator("#eg-room-panel").screenshot())
        expect(lead.locator("#asks-pair-02")).to_contain_text(told)
        page.keyboard.press("Escape")

    assert len(seen) == 1
    assert len(pictures) == 1
    press(lead, "I was there")
    expect(lead.locator("#asks-pair-02")).to_have_count(0)


def test_a_couple_that_wants_to_is_on_the_board_with_its_step_and_no_other_is(lead, pages, room):
    page = pages["03"].context.new_page()
    page.goto(f"{room.at}/user/pair-03/room")
    page.get_by_role("button", name="Show our step").click()
    expect(page.locator("#eg-room-shown")).to_have_text("Now it is on.")
    # The couple's other page tells where it is, once; whichever of the two moved last is told.
    expect(lead.locator(".eg-board-at")).to_have_text("In 00 Start")
    page.goto(f"{room.at}/user/pair-03{MOMENTS}")
    rooms.first_box(page).fill("a lamp by the stairs")

    expect(lead.locator(".eg-board-at")).to_have_text("Moments")
    assert lead.locator(".eg-board-pair").all_inner_texts() == ["Pair 3"]
    assert "lamp" not in lead.content()
    assert tell(page, do="hide") == 204
    expect(lead.locator(".eg-board-pair")).to_have_count(0)
    assert "acknowledge" not in (room.folder / "board.json").read_text()
    page.close()


def test_the_wall_holds_nothing_of_anyone(lead, pages, room):
    ask_for(pages["04"], "come")
    assert tell(pages["04"], do="show") == 204
    lead.select_option("#prompt", label="What happened? Tell it as a camera would show it.")
    press(lead, "Put on the wall")
    expect(lead.locator("#asks-pair-04")).to_be_visible()
    status, wall = lead.evaluate(
        """path => fetch(path, { headers: { "X-XSRFToken": document.body.dataset.token } })
           .then(async (got) => [got.status, await got.text()])""",
        f"{SERVICE}wall",
    )

    assert status == 200
    assert "Moments" in wall
    assert "as a camera would show it" in wall
    assert f"{room.port}/" in wall
    assert not re.search(r"pair|asks|come over", wall, re.IGNORECASE)
    assert not [code for code in room.codes.values() if code in wall]
    press(lead, "I was there")
    assert tell(pages["04"], do="hide") == 204


def test_nobody_can_speak_for_another_or_to_the_service_itself(lead, pages, room):
    page = pages["05"]
    other = next(c["value"] for c in pages["06"].context.cookies() if c["name"] == "eg-card")

    assert "eg-card" not in page.evaluate("() => document.cookie")
    page.evaluate("card => { document.cookie = `eg-card=${card}; path=/user/pair-05/` }", other)
    tell(page, do="stop")
    page.evaluate("() => { document.cookie = 'eg-card=; path=/user/pair-05/; max-age=0' }")
    for path in ("tell", "do", "now"):
        status = page.evaluate(
            "path => fetch(path, { method: 'POST', body: new URLSearchParams({ do: 'stop' }) })"
            ".then((got) => got.status)",
            f"{SERVICE}{path}",
        )
        assert status in {403, 405}
    assert tell(page, do="stop") == 204  # by its own card it does get there
    expect(lead.locator("#asks-pair-05")).to_be_visible()
    assert lead.locator("#asks-pair-06").count() == 0
    press(lead, "I was there")


def test_the_count_stands_on_those_who_chose_to_be_in_it_and_no_page_says_who(lead, pages, room):
    moments = {"before": 0, "after": 1}
    for moment, gain in moments.items():
        lead.goto(f"{room.at}{SERVICE}totals")
        with lead.expect_navigation():
            lead.locator(f"button[value='ask:{moment}']").click()
        for number, page in enumerate(pages.values()):
            step = str(2 + (number + gain * (number % 2)) % 3)
            assert tell(page, do="count", **dict.fromkeys(ITEMS, step)) == 204
    assert tell(pages["06"], do="out") == 204
    looks = set()
    for pair in ("01", "06"):
        page = pages[pair].context.new_page()
        page.goto(f"{room.at}/user/pair-{pair}/room")
        # But for the minutes, which go by between the two.
        looks.add(re.sub(r"\d+ minutes?", "", page.locator("main").inner_text()))
        if pair == "01":
            for item in ITEMS:
                page.check(f"[name={item}][value='4']")
            page.get_by_role("button", name="Count me in").click()
            expect(page.locator("form .eg-said")).to_have_text("Noted.")
        page.close()
    lead.reload()
    lead.locator("button[value='count:after']").click()
    expect(lead.locator(".eg-told h2")).to_have_text("Before and after")

    assert len(looks) == 1
    told = outcome.releases(room.group)["after"]
    assert told.couples == 5
    assert [line.item for line in told.lines if line.change is not None] == list(ITEMS)
    assert tell(pages["02"], do="count", **dict.fromkeys(ITEMS, "1")) == 204  # and nothing changes
    assert outcome.releases(room.group)["after"] == told


def test_a_service_that_ended_comes_back_with_all_it_held(lead, pages, room):
    assert tell(pages["03"], do="show") == 204
    ask_for(pages["02"], "come")
    expect(lead.locator("#asks-pair-02")).to_be_visible()
    before = lead.locator("h1").inner_text()
    with lead.expect_response(lambda got: got.status >= 500, timeout=60_000):
        room.service().kill()
    with lead.expect_response(lambda got: got.status == 200, timeout=60_000):
        pass

    lead.reload()
    assert lead.locator("h1").inner_text() == before
    assert lead.locator(".eg-board-pair").all_inner_texts() == ["Pair 2", "Pair 3"]
    press(lead, "I was there")
    assert tell(pages["03"], do="hide") == 204
    pages["02"].keyboard.press("Escape")
