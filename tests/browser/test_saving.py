"""Nothing typed is lost: killed tabs and servers, cut lines, two pages at once, another device."""

from __future__ import annotations

import re
from contextlib import suppress

import nbformat
import psutil
import pytest
from couple import enter, settle
from playwright.sync_api import Error, expect
from test_access import in_each_look
from walk import PHRASES, Walk, said

from outside import contents, free_port
from serving import Server, Stock, notebook

VALUES = "three-values-to-come-back-to"
SAVED = re.compile(r"^Saved \d\d:\d\d$")
OFFLINE = re.compile(r"^Not connected\. Your last save was \d\d:\d\d\.")
SOON = 5_000  # milliseconds, by the page's own clock, in which it says that it is not connected
STATES = ("none", "saving", "saved", "unsaved", "page")
TELL = """
(state) => {
  window.dispatchEvent(new CustomEvent("evenground:state", { detail: { state, at: "12:04" } }));
  return document.getElementById("eg-wholine").offsetHeight;
}
"""
# Called when the line is about to be cut: `untold` is how long the page says nothing of it.
CUT = """
() => {
  const cut = Date.now();
  const bar = document.getElementById("eg-offline");
  globalThis.untold = new Promise((told) => {
    const looks = new MutationObserver(() => bar.hidden || told(Date.now() - cut));
    looks.observe(bar, { attributes: true });
  });
}
"""
BOX = "import ipywidgets\nipywidgets.Textarea()"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    settle(home)
    with Server(home) as started:
        yield started


@pytest.fixture
def own_server(home):
    """Return a server that a test may kill."""
    settle(home)
    with Server(home) as started:
        yield started


@pytest.fixture
def walk(server, browser_page):
    return opened(enter(browser_page, server))


def opened(walk):
    """Open the page with three boxes for both of them."""
    walk.part("00_start", VALUES)
    boxes(walk.page).first.wait_for()
    return walk


def boxes(page):
    return page.locator(f"section[id='{VALUES}'] textarea")


def write(walk, words, *, box=0):
    boxes(walk.page).nth(box).fill(words)
    expect(walk.page.locator("#eg-saved")).to_have_text(SAVED)


def crash(page):
    """End the tab's process, so that no script of the page says good-bye."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", wait_until="commit")


def again(walk):
    """Open the same page in another tab of the same browser."""
    return opened(Walk(walk.page.context.new_page(), walk.address))


def test_what_was_shown_as_saved_is_there_after_the_tab_is_killed(walk):
    write(walk, "Asked each time, on each day.")
    crash(walk.page)

    expect(boxes(again(walk).page).first).to_have_value("Asked each time, on each day.")


@pytest.mark.parametrize("width", [375, 320])
def test_the_page_below_stays_where_it_is_whatever_the_line_says_of_saving(walk, width):
    walk.page.set_viewport_size({"width": width, "height": 700})
    heights = {state: walk.page.evaluate(TELL, state) for state in STATES}

    assert len(set(heights.values())) == 1, heights


def test_the_last_word_before_the_page_is_left_is_there_afterwards(walk):
    boxes(walk.page).first.press_sequentially(" And once more", delay=0)
    said = boxes(walk.page).first.input_value()
    walk.page.goto("about:blank")

    expect(boxes(opened(walk).page).first).to_have_value(said)


def test_private_words_are_there_after_the_tab_is_killed(server, walk):
    walk.part("01_acknowledge", "moments")
    walk.press("Open my private pages")
    walk.page.locator("#eg-cover input[type=password]").fill(PHRASES["Sam"])
    walk.page.locator("#eg-cover").get_by_role("button", name="Open my page").click()
    walk.page.locator("#moments textarea").first.fill("One word, kept for me")
    expect(walk.page.locator("#eg-saved")).to_have_text(SAVED)
    crash(walk.page)

    other = Walk(walk.page.context.new_page(), walk.address)
    other.part("01_acknowledge", "moments")
    expect(other.page.locator("#moments textarea").first).to_have_value("One word, kept for me")
    kept = b"".join(held for _, held in contents(server.home))
    assert b"kept for me" not in kept


def test_another_device_shows_the_same(server, walk, new_page):
    write(walk, "The same on each screen.")
    with new_page(viewport={"width": 375, "height": 800}) as phone:
        other = opened(enter(phone, server))
        expect(boxes(other.page).first).to_have_value("The same on each screen.")


def test_a_line_that_is_cut_mends_itself_and_sends_what_waited(server, browser_page):
    lines = []

    def between(line):
        lines.append((line, line.connect_to_server()))

    browser_page.route_web_socket(re.compile(r"/line\b"), between)
    walk = opened(enter(browser_page, server))
    write(walk, "Before the cut.")
    here, there = lines[-1]
    here.close(code=4000)
    there.close(code=4000)
    write(walk, "After the cut.", box=1)

    assert len(lines) > 1
    other = again(walk).page
    expect(boxes(other).nth(0)).to_have_value("Before the cut.")
    expect(boxes(other).nth(1)).to_have_value("After the cut.")


def test_a_server_that_sleeps_is_told_and_gets_the_words_when_it_wakes(own_server, browser_page):
    browser_page.clock.install()
    walk = opened(enter(browser_page, own_server))
    write(walk, "Before the lid was closed.")
    everything = [psutil.Process(own_server.process.pid)]
    everything += everything[0].children(recursive=True)
    browser_page.evaluate(CUT)
    for process in everything:
        process.suspend()
    boxes(browser_page).nth(2).fill("While it slept.")
    browser_page.clock.run_for(SOON)
    expect(browser_page.locator("#eg-offline")).to_have_text(OFFLINE)
    assert browser_page.evaluate("untold") <= SOON
    expect(browser_page.locator("#eg-saved")).not_to_have_text(SAVED)
    for process in reversed(everything):
        process.resume()

    expect(browser_page.locator("#eg-offline")).to_be_hidden()
    expect(browser_page.locator("#eg-saved")).to_have_text(SAVED)
    expect(boxes(again(walk).page).nth(2)).to_have_value("While it slept.")


def test_a_killed_server_is_told_within_five_seconds_and_words_can_be_copied(home, browser_page):
    settle(home)
    first = Server(home, "--port", str(free_port()))
    first.start()
    browser_page.clock.install()
    browser_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk = opened(enter(browser_page, first))
    write(walk, "Saved before the end.")
    browser_page.evaluate(CUT)
    first.kill()
    boxes(browser_page).nth(1).fill("Typed after the end.")
    browser_page.clock.run_for(SOON)
    expect(browser_page.locator("#eg-offline")).to_have_text(OFFLINE)
    assert browser_page.evaluate("untold") <= SOON

    with Server(home, "--port", str(first.port)) as second:
        browser_page.locator("#eg-offline").get_by_role("button", name="Try now").click()
        here = walk.here
        expect(here.get_by_text(said("Copy them before you load the page again"))).to_be_visible()
        expect(browser_page.locator("#eg-offline")).to_have_text(OFFLINE)
        expect(boxes(browser_page).nth(1)).to_have_value("Typed after the end.")
        here.get_by_role("button", name="Copy my words").click()
        copied = browser_page.evaluate("navigator.clipboard.readText()")
        assert copied == "Typed after the end."
        assert in_each_look(browser_page, "not connected") == []

        browser_page.goto(second.new_link())
        opened(walk)
        expect(boxes(browser_page).nth(0)).to_have_value("Saved before the end.")
        expect(boxes(browser_page).nth(1)).to_have_value("")


def test_two_open_pages_of_one_person_keep_the_words_of_both(walk):
    other = again(walk)
    write(walk, "From the first page.", box=1)
    write(other, "From the second page.", box=2)
    write(walk, "From the first page, later.", box=1)

    third = again(walk).page
    expect(boxes(third).nth(1)).to_have_value("From the first page, later.")
    expect(boxes(third).nth(2)).to_have_value("From the second page.")


def test_two_pages_that_write_in_one_box_do_not_write_over_each_other(walk):
    other = again(walk)
    write(walk, "What the first page says.")
    boxes(other.page).first.fill("What the second page says.")

    expect(other.page.locator("#eg-saved")).not_to_have_text(SAVED)
    expect(other.page.get_by_text("Another page holds other words").first).to_be_visible()
    expect(boxes(other.page).first).to_have_value("What the second page says.")
    expect(boxes(walk.page).first).to_have_value("What the first page says.")
    expect(boxes(again(walk).page).first).to_have_value("What the first page says.")


def test_stock_voila_says_nothing_when_its_server_is_gone(tmp_path, browser):
    """The control: what the tests above look for is not there where nobody built it."""
    nbformat.write(notebook(BOX), tmp_path / "box.ipynb")
    with Stock(tmp_path) as stock:
        page = browser.new_page()
        page.clock.install()
        page.goto(f"{stock.address}/voila/render/box.ipynb")
        page.locator("textarea").wait_for()
        stock.kill()
        page.locator("textarea").fill("Typed after the end.")
        page.clock.run_for(2 * SOON)
        expect(page.get_by_text("connected")).to_have_count(0)
        page.close()
