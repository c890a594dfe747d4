"""The pages on fear, pressure and force: they ask nothing, and that they were open shows nowhere.

Not in the journal, not in what the app keeps beside it, not in its log, not on another screen.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from couple import enter, settle
from playwright.sync_api import expect
from tour import open_part, turn
from walk import said

from outside import contents
from serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import WebSocket

PAGES = {
    "00_start": ("is-this-right-for-us", "There is nothing to tick"),
    "01_acknowledge": ("from-pressure-to-force", "A yes that comes from fear is not a yes."),
    "02_listen": ("before-you-start-on-your-own", "Not today is a fine answer."),
}
CONTROLS = "input, textarea, select, button, [contenteditable]"


def kept(*folders: Path) -> dict[str, bytes]:
    """Return every byte of every file in folders."""
    return {str(path): held for path, held in contents(*folders)}


def test_p11_opening_the_pages_on_fear_and_force_changes_no_file_log_or_other_screen(
    new_page, home
):
    settle(home, sealed=False)
    beside = Path(os.environ["XDG_DATA_HOME"])
    with Server(home) as server, new_page() as page, new_page() as other:
        lines: list[WebSocket] = []
        page.on("websocket", lambda line: lines.extend([line]))
        enter(page, server)
        enter(other, server, who="b")
        open_part(other, server, "01_acknowledge", who="b")

        def all_there_is() -> tuple[dict[str, bytes], str]:
            return kept(home, beside), other.content()

        for part, (slug, words) in PAGES.items():
            open_part(page, server, part, who="a")
            page.wait_for_load_state("networkidle")
            before = all_there_is()
            turn(page, slug)
            section = page.locator(f"section[id='{slug}']")
            expect(section.get_by_text(said(words)).first).to_be_visible()
            expect(section.locator(CONTROLS)).to_have_count(0)
            # A sign of life that comes back has had all before it answered, too.
            with lines[-1].expect_event("framereceived", lambda frame: "pong" in str(frame)):
                pass
            assert all_there_is() == before, slug

        # The control: a page that asks leaves what it was told in a file.
        turn(page, "words-we-share")
        section = page.locator("section[id='words-we-share']")
        section.locator("input, textarea").first.fill("red")
        expect(page.locator("#eg-saved")).to_contain_text("Saved")
        assert all_there_is() != before
        printed, log = server.stop()
    # What stands in its window is how to stop it, once for each link.
    assert {line[:20] for line in log.splitlines()} == {"The link opens once."}
    assert printed == ""
