"""The way through by keyboard alone: Tab, Space, Enter and letters, without a mouse."""

from __future__ import annotations

import pytest
from couple import be, enter
from keys import Keys
from playwright.sync_api import expect
from test_journey import (
    acknowledge,
    amends,
    deciding,
    door,
    earlier_reviews,
    listen,
    names,
    no_sideways_scroll,
    passphrase,
    review,
    what_is_on_disk,
)
from tour import PARTS, open_part, sections
from walk import Walk

import browsers
from serving import Server

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


def test_two_people_walk_through_all_parts_by_keyboard_alone(home, browser_page):
    """A2: the same evening as in test_journey, every word and press of it."""
    page = browser_page
    with Server(home) as server:
        page.goto(server.link)
        keys = Keys(page, server.address)
        keys.ready()
        names(keys)
        keys.part("00_start")
        keys.sit("Sam")
        passphrase(keys, "Sam")
        keys.hand_over("Alex")
        passphrase(keys, "Alex")
        keys.hand_over("Sam")
        acknowledge(keys)
        listen(keys)
        door(keys)
        amends(keys)
        deciding(keys)
        earlier_reviews(home)
        review(keys)
        no_sideways_scroll(keys)
        assert keys.otherwise == []
        assert keys.wrong == [], "\n".join(keys.wrong)
        keys.push(page.locator("#eg-pause"))
        keys.see("You have paused")
        keys.push(keys.here.get_by_role("button", name="Go back to the page"))
        expect(page.locator("#eg-cover")).to_be_hidden()
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(browsers.BLANK)
    what_is_on_disk(home)


def test_what_is_not_done_by_keys_is_noticed(server, browser_page):
    """The control: a mouse, words put into a box by no key, and a button whose ring is taken."""
    keys = Keys(browser_page, server.address)
    enter(browser_page, server)
    keys.part("00_start")
    keys.section("three-values-to-come-back-to")
    assert (keys.otherwise, keys.wrong) == ([], [])
    browser_page.add_style_tag(content="* { outline: none !important; }")
    keys._reach(keys.here.get_by_role("button").first)
    assert [one.split(",")[0] for one in keys.wrong] == ["ring false"]
    Walk.put(keys, keys.here.locator("textarea").first, "Turns.")
    browser_page.mouse.down()
    keys.saved()
    assert keys.otherwise == ["fill", "mousedown"]
