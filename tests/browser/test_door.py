"""The door and the frame in a real browser: coming in, leaving at once, and one page at a time."""

from __future__ import annotations

import math
import re
from importlib.resources import files

import nbformat
import pytest
from playwright.sync_api import expect
from tour import FONTS

from browsers import BLANK
from outside import gone, kernels
from serving import Server, notebook

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
WORDS = "Words that nobody else reads"
START = "**/voila/render/00_start.ipynb"
CELL = f"""
import ipywidgets
ipywidgets.Textarea(value={WORDS!r})
"""
BUSY = """
import time
import ipywidgets
box = ipywidgets.Button(description="Busy")
box.on_click(lambda _: time.sleep(30))
box
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    start = notebook(
        f"# Start\n\n{WORDS}.", CELL, "## Two names\n\nChoose.", BUSY, "## What this is"
    )
    nbformat.write(start, folder / "00_start.ipynb")
    nbformat.write(notebook("# Acknowledge"), folder / "01_acknowledge.ipynb")
    with Server(tmp_path_factory.mktemp("home"), "--notebooks", str(folder)) as started:
        yield started


@pytest.fixture
def page(server, browser_page):
    browser_page.goto(server.new_link())
    browser_page.wait_for_url(START)
    browser_page.locator(".eg-slot textarea").wait_for()
    return browser_page


def text_of(page):
    return page.evaluate("document.documentElement.innerText + document.title")


def test_a_link_leads_to_a_clean_address(server, browser_page):
    browser_page.goto(server.new_link())
    browser_page.wait_for_url(START)

    assert "in/" not in browser_page.url
    assert browser_page.evaluate("document.cookie") == ""


def test_a_link_that_is_clicked_in_another_page_comes_in_as_well(server, browser_page):
    browser_page.set_content(f'<a href="{server.new_link()}">in</a>')
    browser_page.get_by_text("in").click()
    browser_page.wait_for_url(START)


def test_a_used_link_shows_how_to_get_another(server, browser_page):
    link = server.new_link()
    browser_page.goto(link)
    browser_page.wait_for_url(START)
    browser_page.context.clear_cookies()
    browser_page.goto(link)

    expect(browser_page.get_by_role("heading")).to_have_text("This page is closed")
    assert browser_page.title() == "Closed page"


def by_button(page):
    page.get_by_role("button", name="Leave this page").click()


def by_shift(page):
    page.locator("textarea").focus()
    for _ in range(3):
        page.keyboard.press("Shift")


def by_first_link(page):
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Leave this page"
    page.keyboard.press("Enter")


@pytest.mark.parametrize("leave", [by_button, by_shift, by_first_link])
def test_leaving_clears_the_page_and_back_does_not_bring_it_again(server, page, leave):
    page.get_by_role("navigation", name="In this part").get_by_text("Two names").click()
    page.go_back()
    leave(page)
    page.wait_for_url(BLANK)

    assert page.title() in {"Blank page", ""}
    for _ in range(20):
        expect(page.locator("html")).not_to_contain_text(WORDS)
        page.go_back(wait_until="commit")
    page.goto(server.address + START[2:])
    expect(page.get_by_role("heading")).to_have_text("This page is closed")


def test_a_page_that_is_left_in_the_usual_way_comes_back(server, page):
    """The control: what Back brings is seen, where a page is left by a link."""
    page.goto(f"{server.address}/blank")
    page.go_back(wait_until="commit")

    expect(page.locator("html")).to_contain_text(WORDS)


LEFT = """
() => {
  const began = performance.now();
  document.getElementById("eg-leave").click();
  const left = document.documentElement.innerText + document.title;
  return [performance.now() - began, left.trim()];
}
"""


def test_leaving_takes_less_than_a_fifth_of_a_second_while_the_kernel_is_busy(server, new_page):
    """A machine that does something else meanwhile takes longer: the best of a few counts."""
    took = [math.inf]
    while took[-1] >= 200 and len(took) < 6:
        with new_page() as page:
            page.goto(server.new_link())
            page.wait_for_url(START)
            page.goto(page.url + "#two-names")
            page.get_by_role("button", name="Busy").click()
            spent, left = page.evaluate(LEFT)
            page.wait_for_url(BLANK)
        assert left == "Blank page"  # at once, whatever it took
        took.append(spent)

    assert took[-1] < 200, took


def test_leaving_works_when_the_server_is_gone(server, page):
    page.route("**/leave", lambda route: route.abort())
    page.get_by_role("button", name="Leave this page").click()
    page.wait_for_url("about:blank")

    assert WORDS not in text_of(page)


def test_shift_with_a_letter_does_not_leave(page):
    page.locator("textarea").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")

    expect(page.locator("#eg-shift")).to_contain_text("1 more time")
    page.keyboard.press("x")
    expect(page.locator("#eg-shift")).to_have_text("")
    page.keyboard.press("Shift")
    expect(page.locator("textarea")).to_be_visible()


def test_another_open_page_of_the_sitting_is_cleared_too(server, page):
    other = page.context.new_page()
    other.goto(server.address + "/voila/render/01_acknowledge.ipynb")
    page.get_by_role("button", name="Leave this page").click()
    other.wait_for_url("**/blank")

    assert "Acknowledge" not in text_of(other)


def test_a_closed_page_leaves_no_kernel(server, page):
    others = set(kernels(server))
    page.reload()
    page.locator(".eg-slot textarea").wait_for()
    there = set(kernels(server)) - others
    assert there
    page.goto("about:blank")

    assert gone(*there)


def test_one_section_is_shown_at_a_time_and_can_be_linked_to(page):
    shown = page.locator(".eg-section:visible")
    expect(shown).to_have_count(1)
    page.get_by_role("navigation", name="In this part").get_by_text("Two names").click()

    expect(page).to_have_url(re.compile("#two-names$"))
    expect(shown.get_by_role("heading", level=2)).to_be_focused()
    expect(shown.get_by_role("heading")).to_have_text(["Start", "Two names"])
    page.go_back()
    expect(shown.get_by_role("heading", level=2)).to_have_text("In this part")
    page.go_forward()
    expect(shown.get_by_role("heading", level=2)).to_have_text("Two names")


def test_a_press_of_continue_leads_to_the_next_section_and_then_to_the_next_part(page):
    go = "to => window.dispatchEvent(new CustomEvent('evenground:go', {detail: {to}}))"
    page.evaluate(go, "two-names")
    page.evaluate(go, "next")
    expect(page).to_have_url(re.compile("#what-this-is$"))
    page.evaluate(go, "http://evil.example/")
    expect(page).to_have_url(re.compile("#what-this-is$"))
    page.evaluate(go, "next")
    page.wait_for_url("**/01_acknowledge.ipynb")


def test_on_paper_all_sections_stand(page):
    page.emulate_media(media="print")

    expect(page.locator(".eg-section:visible")).to_have_count(3)
    expect(page.locator("#eg-header")).to_be_hidden()


def test_help_shows_one_country_chosen_by_hand_and_leads_back(server, page):
    page.locator("#eg-help").click()
    expect(page.get_by_label("Country")).to_be_visible()
    expect(page.locator(".eg-country:visible")).to_have_count(0)
    page.get_by_label("Country").select_option("Ireland")
    expect(page.locator(".eg-telephone:visible")).to_have_text(["112", "1800 341 900"])
    page.get_by_role("link", name="Back").click()
    page.wait_for_url(re.compile("00_start"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [START[2:], f"{START[2:]}#two-names", "/help", "/nothing", "/in"])
def test_axe_finds_nothing_in_the_frame(server, new_page, scheme, path):
    # The cells of this test are plain ipywidgets, which are not ours to mend.
    options = {"exclude": [[".eg-slot"]]}
    with new_page(color_scheme=scheme) as page:
        if path != "/in":
            page.goto(server.new_link())
            page.wait_for_url(START)
        page.goto(server.address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE)
        found = page.evaluate("options => axe.run(options)", options)

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_nothing_scrolls_sideways(server, page):
    for width in (320, 375, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        for path in ("/voila/render/00_start.ipynb", "/help"):
            page.goto(server.address + path)
            page.evaluate(FONTS)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_script_that_is_not_ours_does_not_run(page):
    refused = page.evaluate(
        """async () => {
            const refused = [];
            const both = new Promise((done) => {
                document.addEventListener("securitypolicyviolation", (event) => {
                    refused.push(event.effectiveDirective);
                    if (refused.length === 2) done();
                });
            });
            const script = document.createElement("script");
            script.textContent = "window.pwned = 1";
            document.body.append(script);
            const picture = document.createElement("div");
            picture.innerHTML = "<img src=data:x onerror='window.pwned = 2'>";
            document.body.append(picture);
            await both;
            return refused.sort();
        }"""
    )

    assert refused == ["script-src-attr", "script-src-elem"]
    assert page.evaluate("window.pwned") is None
