"""On the page of a couple that has answered nothing, nothing is chosen: no card, chip or list."""

from __future__ import annotations

import pytest
from couple import NAMES, enter, settle
from playwright.sync_api import expect
from tour import PARTS, open_part

from evenground.content import words
from serving import Server

# After how long private pages close is no answer: it says how it is until they say otherwise.
CHOSEN = """
(rest) => [...document.querySelectorAll("input, select, [aria-checked=true], [aria-pressed=true]")]
  .filter((el) => el.matches("select") ? el.value : el.checked ?? true)
  .map((el) => el.closest(".eg-field")?.textContent || el.outerHTML)
  .filter((words) => !words.startsWith(rest))
"""
REST = words("start")["rests.minutes.ask"]
# A first visit says no name; the page that prints papers asks nobody a question of their own.
ASKS = [part for part in PARTS if part != "05_group"]


@pytest.mark.parametrize("named", [False, True], ids=["without names", "with names"])
def test_nothing_is_chosen_before_anybody_chose(named, tmp_path, browser_page):
    page, home = browser_page, tmp_path / "journal"
    if named:
        settle(home, sealed=False)
    asked = 0
    with Server(home) as server:
        enter(page, server, who="")
        for part in ASKS:
            for who in ("a", "b", "both") if named else ("",):
                open_part(page, server, part, who=who)
                asked += page.locator("input[type=radio], input[type=checkbox], select").count()
                assert page.evaluate(CHOSEN, REST) == [], f"{part} {who}"
        if not named:
            return
        assert asked
        # The control: what somebody chose is seen, also where another section is in view.
        page.locator("input[type=radio]").first.evaluate("one => { one.checked = true }")
        assert len(page.evaluate(CHOSEN, REST)) == 1
        expect(page.locator("#eg-who")).to_contain_text(NAMES["a"])
