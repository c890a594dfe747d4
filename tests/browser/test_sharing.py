"""A second device in a real browser: it types its code, writes, and the first one sees it."""

from __future__ import annotations

import re

from couple import enter, settle
from playwright.sync_api import expect
from test_access import in_each_look
from walk import Walk

from test_share import LOOPBACK, Shared

VALUES = "three-values-to-come-back-to"


def test_a_second_device_writes_in_the_same_journal(home, new_page):
    settle(home, sealed=False)
    with Shared(home, *LOOPBACK) as server:
        server.new_link()
        server.read_codes()
        code = server.codes[1]
        phone = {"viewport": {"width": 375, "height": 800}, "ignore_https_errors": True}
        with new_page(**phone) as page:
            page.goto(f"https://127.0.0.1:{server.shared_port}/")
            page.get_by_label("Your code").fill("wrong-wrong")
            page.get_by_role("button", name="Open").click()
            expect(page.get_by_role("alert")).to_contain_text("That code does not open")
            assert in_each_look(page, "a wrong code") == []
            page.get_by_label("Your code").fill(code)
            page.get_by_role("button", name="Open").click()
            page.wait_for_url("**/00_start.ipynb")
            walk = Walk(page, f"https://127.0.0.1:{server.shared_port}")
            walk.ready()
            expect(page.locator("#eg-who")).to_contain_text("Alex")
            walk.section(VALUES)
            page.locator(f"section[id='{VALUES}'] textarea").first.fill("From the phone.")
            expect(page.locator("#eg-saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
        with new_page() as page:
            walk = enter(page, server)
            walk.section(VALUES)
            box = page.locator(f"section[id='{VALUES}'] textarea").first
            expect(box).to_have_value("From the phone.")
