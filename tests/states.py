"""The pages that are no part, and the states that a page can be in, each taken once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tour import open_part, turn
from walk import PHRASES, Walk

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from album import Album
    from serving import Server

VALUES = "three-values-to-come-back-to"
SAVING = ("saving", "saved", "unsaved", "page")
# What the header is told when something was kept, or was not.
TELL = """
(state) => window.dispatchEvent(new CustomEvent("evenground:state", {
  detail: { state, at: "12:04", text: "" } }))
"""


def take(album: Album, page: Page, server: Server) -> None:
    """Take each state of a journal of two people with a passphrase each."""
    help_and_the_way_in(album, page, server)
    covers(album, page, server)
    mistakes(album, page, server)
    focus(album, page, server)
    saving(album, page, server)


def help_and_the_way_in(album: Album, page: Page, server: Server) -> None:
    """Take Help, the page for strangers, and the page that is not there."""
    page.goto(f"{server.address}/help")
    album.take(page, "states/help")
    page.get_by_label("Country").select_option(index=1)
    album.take(page, "states/help-country")
    page.goto(f"{server.address}/nothing")
    album.take(page, "states/nothing-here")
    stranger = page.context.browser
    assert stranger is not None
    outside = stranger.new_page()
    outside.goto(f"{server.address}/in?again=no")
    album.take(outside, "states/closed")
    outside.close()


def covers(album: Album, page: Page, server: Server) -> None:
    """Take what stands between two people: who is here, the passphrase, the cover, the pause."""
    cover = page.locator("#eg-cover")
    open_part(page, server, "01_acknowledge", who="")
    cover.get_by_role("button", name="Sam").wait_for()
    album.take(page, "states/who-is-here")
    cover.get_by_role("button", name="Sam").click()
    cover.locator("input[type=password]").wait_for()
    album.take(page, "states/passphrase")
    cover.locator("input[type=password]").fill("not the one that was set")
    cover.get_by_role("button", name="Open my page").click()
    expect(cover.get_by_text("That passphrase does not open")).to_be_visible()
    album.take(page, "states/passphrase-wrong")
    cover.locator("input[type=password]").fill(PHRASES["Sam"])
    cover.get_by_role("button", name="Open my page").click()
    expect(cover).to_be_hidden()
    page.get_by_role("button", name="Switch").click()
    expect(cover).to_be_visible()
    album.take(page, "states/cover")
    page.get_by_role("button", name="Pause").click()
    expect(cover.get_by_text("You have paused")).to_be_visible()
    album.take(page, "states/pause")


def mistakes(album: Album, page: Page, server: Server) -> None:
    """Take a field that says what is wrong, and two dates that are the wrong way round."""
    open_part(page, server, "00_start", who="both")
    turn(page, "two-names")
    walk = Walk(page, server.address)
    walk.here.locator("button.eg-button").last.click()  # change the names
    walk.here.locator("input, textarea").nth(1).wait_for()
    for box in walk.here.locator("input[type=text], textarea").all():
        box.fill("Sam")
    walk.here.locator("button.eg-button").first.click()
    expect(walk.here.locator(".eg-error:not(:empty)").first).to_be_visible()
    album.take(page, "states/mistake")


def focus(album: Album, page: Page, server: Server) -> None:
    """Take focus where it stands on a box, a card, a chip and a button."""
    open_part(page, server, "01_acknowledge", who="a")
    turn(page, "moments")
    for name, what in {
        "box": "textarea",
        "chip": ".eg-check",
        "button": "button.eg-button",
    }.items():
        page.keyboard.press("Control")  # what follows counts as the keyboard's
        page.locator(f"#moments {what} >> visible=true").first.focus()
        album.take(page, f"states/focus-{name}")


def saving(album: Album, page: Page, server: Server) -> None:
    """Take the line that says what is kept, in each state, and at last the one with no server."""
    open_part(page, server, "00_start", who="a")
    turn(page, VALUES)
    for state in SAVING:
        page.evaluate(TELL, state)
        album.take(page, f"states/save-{state}")
    server.kill()
    page.locator(f"section[id='{VALUES}'] textarea").first.fill("Each of us can say no")
    expect(page.locator("#eg-offline")).to_be_visible()
    album.take(page, "states/save-offline")
