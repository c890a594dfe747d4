"""The way through by keyboard alone: Tab, Space, Enter and letters, without a mouse."""

from __future__ import annotations

import csv
import re

import pytest
from couple import NAMES, be, settle
from playwright.sync_api import expect
from tour import PARTS, open_part, sections
from walk import Walk, said

from serving import Server

SAVED = re.compile(r"^Saved \d\d:\d\d$")
MOST_TABS = 120

# What can be used in the section in view, and whether the focus can be seen on it.
USABLE = """
() => [...document.querySelectorAll("main :is(button, a[href], input, textarea, select, summary)")]
  .filter((el) => el.checkVisibility({visibilityProperty: true}))
  .filter((el) => !el.disabled && el.tabIndex >= 0)
  .map((el) => {
    el.dataset.egTry ??= crypto.randomUUID();
    return el.type === "radio" ? `radio ${el.name}` : el.dataset.egTry;
  })
"""
FOCUSED = """
() => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const card = el.closest("label") || el;
  const around = [el];
  while (around.length < 5 && around.at(-1).parentElement) around.push(around.at(-1).parentElement);
  const drawn = around.some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const at = card.getBoundingClientRect();
  const bar = document.getElementById("eg-header").getBoundingClientRect();
  const hidden = el.closest("main") && at.bottom <= bar.bottom && bar.bottom > 0
    && getComputedStyle(document.getElementById("eg-header")).position !== "static";
  return {id: el.type === "radio" ? `radio ${el.name}` : el.dataset.egTry || "", drawn, hidden,
          html: el.outerHTML.slice(0, 120), inMain: Boolean(el.closest("main"))};
}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    settle(home, sealed=False)
    with Server(home) as started:
        yield started


def tab_to(page, name):
    """Press Tab until something with this name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        text = page.evaluate(
            """() => {
              const el = document.activeElement;
              const label = el.labels && el.labels[0];
              return label ? label.innerText : el.getAttribute("aria-label") || el.innerText || "";
            }"""
        )
        if re.match(f"{said(name).pattern}", text.strip()):
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


@pytest.mark.parametrize("part", PARTS)
def test_everything_on_a_part_is_reached_by_tab_and_seen_to_be(server, browser_page, part):
    be(browser_page, server, "a")
    browser_page.goto(server.new_link())
    browser_page.wait_for_url("**/00_start.ipynb")
    open_part(browser_page, server, part, who="a")
    wrong = []
    for slug in sections(browser_page):
        wanted = set(browser_page.evaluate(USABLE))
        browser_page.evaluate("document.getElementById('main').focus()")
        reached = set()
        for _ in range(len(wanted) + 40):
            browser_page.keyboard.press("Tab")
            now = browser_page.evaluate(FOCUSED)
            if now is None or (reached and not now["inMain"]):
                break
            reached.add(now["id"])
            if now["inMain"] and (not now["drawn"] or now["hidden"]):
                wrong.append((slug, now["drawn"], now["hidden"], now["html"]))
        wrong += [(slug, "not reached", one) for one in wanted - reached]
    assert wrong == []


def test_two_people_begin_answer_pause_and_hand_over_by_keyboard(home, browser_page):
    page = browser_page
    with Server(home) as server:
        page.goto(server.link)
        page.wait_for_url("**/00_start.ipynb")
        walk = Walk(page, server.address)
        walk.ready()
        tab_to(page, "Begin")
        page.keyboard.press("Enter")
        walk.see("There is nothing to tick")
        walk.section("two-names")
        for label, name in zip(("One of you", "The other"), NAMES.values(), strict=True):
            tab_to(page, label)
            page.keyboard.type(name)
        tab_to(page, "Continue")
        page.keyboard.press("Enter")
        walk.see("It seals your private pages")
        walk.part("00_start")
        tab_to(page, "Sam")
        page.keyboard.press("Space")
        expect(page.locator("#eg-who")).to_contain_text("Sam")
        walk.section("three-values-to-come-back-to")
        tab_to(page, "Fairness")
        page.keyboard.type("Turns.")
        expect(page.locator("#eg-saved")).to_have_text(SAVED)

        walk.part("02_listen", "ground-rules")
        tab_to(page, "Speak for yourself")
        page.keyboard.press("Space")
        expect(page.get_by_label("Speak for yourself")).to_be_checked()
        page.keyboard.press("Shift+Tab")
        tab_to(page, "Speak for yourself")

        page.evaluate("document.body.focus(); window.scrollTo(0, 0)")
        page.reload()
        walk.ready()
        tab_to(page, "Pause")
        page.keyboard.press("Enter")
        walk.see("You have paused")
        tab_to(page, "Go back to the page")
        page.keyboard.press("Enter")
        expect(page.locator("#eg-cover")).to_be_hidden()
        page.reload()
        walk.ready()
        tab_to(page, "Switch")
        page.keyboard.press("Enter")
        walk.see("Now it is Alex’s turn")
        tab_to(page, "Open my page")
        page.keyboard.press("Enter")
        expect(page.locator("#eg-who")).to_contain_text("Alex")
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("**/blank")

    with (home / "people.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == list(NAMES.values())
