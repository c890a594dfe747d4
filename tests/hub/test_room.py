"""A room as people use it: six made-up couples join by code and work, each in a browser of its own.

The browser takes the room for another machine without TLS, as a phone does.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest
import rooms
from playwright.sync_api import Error

from evenground.group import parcel
from evenground.journal import Journal
from outside import READY

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("Ifeoma", "Yusra", "Tove", "Marisol", "Anneke", "Bao")
REFUSED = {403, 404}


def name_them(page: Page, one: str, other: str) -> None:
    page.evaluate("() => { location.hash = 'two-names' }")
    boxes = page.locator("main textarea:visible")
    boxes.nth(1).wait_for()
    boxes.nth(0).fill(one)
    boxes.nth(1).fill(other)
    page.get_by_role("button", name="Continue").first.click(no_wait_after=True)


def wait_for_who(page: Page, name: str) -> None:
    page.locator("#eg-who", has_text=name).wait_for()


def test_what_the_one_who_runs_it_can_see_is_said_before_anybody_goes_in(browser, room):
    page = browser.new_page()
    page.goto(f"{room.at}/#{room.codes['01', 'a']}")

    said = page.locator("main").inner_text()
    assert "They may be able to read what you write" in said
    assert "is not encrypted (plain HTTP)" in said
    assert said.index("who can see what") < said.index("A word of your own")
    assert page.get_by_label("The code on your card").input_value() == room.codes["01", "a"]
    page.close()


def test_six_couples_join_by_code_and_work_at_the_same_time(pages, room):
    for (pair, page), name in zip(pages.items(), NAMES, strict=True):
        assert f"/user/pair-{pair}/" in page.url
        name_them(page, name, "Noor")
    for page, name in zip(pages.values(), NAMES, strict=True):
        wait_for_who(page, name)

    for pair, name in zip(pages, NAMES, strict=True):
        assert room.holds(name) == [pair]


def test_both_of_a_couple_are_told_apart_by_their_codes(browser, pages, room):
    other = rooms.arrive(rooms.ask_to_join(browser, room, room.codes["01", "b"], "a word of mine"))

    wait_for_who(other, "Noor")
    wait_for_who(pages["01"], NAMES[0])
    other.context.close()


def test_a_code_opens_with_the_word_of_the_first_time_alone(browser, pages, room):
    page = rooms.ask_to_join(browser, room, room.codes["01", "a"], "another word")
    page.get_by_role("alert").wait_for()

    assert "do not open a page" in page.get_by_role("alert").inner_text()
    assert "The code on your card" in rooms.ask(page, "/user/pair-01/help")[1]
    page.context.close()


def test_one_couple_reaches_nothing_of_another(pages, room):
    one, other = pages["01"], pages["02"]
    line = rooms.line_of(other)
    kernel = line.partition("?")[0]
    answers = {
        path: rooms.ask(one, path)[0]
        for path in (
            "/user/pair-02/",
            "/user/pair-02/help",
            f"/user/pair-02{rooms.START}",
            "/user/pair-02/home",
            "/user/pair-02/room",
            f"/user/pair-02/{kernel}",
            "/user/pair-02/api/kernels",
            "/user/pair-02/api/contents",
            "/user/pair-02/files/people.csv",
            f"/user/pair-01/{kernel}",
            "/user/pair-01/files/people.csv",
            "/user/pair-01/api/contents",
            "/user/pair-01/api/terminals",
            "/user/pair-01/voila/render/05_group.ipynb",
            "/hub/api/users",
            "/hub/api/users/pair-02",
            "/hub/api/users/pair-02/server",
            "/hub/api/groups",
            "/hub/api/proxy",
            "/hub/api/services",
            "/hub/admin",
            "/services/room/",
            "/services/room/totals",
        )
    }
    assert {path: status for path, status in answers.items() if status not in REFUSED} == {}
    where = f"ws://{room.at.partition('//')[2]}/user"
    assert not rooms.opens(one, f"{where}/pair-02/{line}")
    assert not rooms.opens(one, f"{where}/pair-01/{line}")

    # The same requests lead somewhere for those whose they are.
    assert rooms.ask(other, "/user/pair-02/help")[0] == 200
    assert rooms.ask(other, f"/user/pair-02/{kernel}")[0] not in REFUSED
    assert rooms.opens(other, f"{where}/pair-02/{line}")


def test_the_one_who_leads_reaches_no_couple_by_any_route(lead, pages, room):
    line = rooms.line_of(pages["01"])
    kernel = line.partition("?")[0]
    answers = {
        path: rooms.ask(lead, path)[0]
        for path in (
            "/user/pair-01/",
            "/user/pair-01/help",
            f"/user/pair-01{rooms.START}",
            "/user/pair-01/home",
            "/user/pair-01/room",
            "/user/pair-01/room/now",
            "/user/pair-01/in",
            f"/user/pair-01/{kernel}",
            "/user/pair-01/files/people.csv",
            "/hub/spawn/pair-01",
            "/hub/api/users",
            "/hub/api/users/pair-01",
            "/hub/api/users/pair-01/tokens",
            "/hub/admin",
            "/services/room/tell",
        )
    }
    assert {path: status for path, status in answers.items() if status not in REFUSED} == {}
    assert not rooms.opens(lead, f"ws://{room.at.partition('//')[2]}/user/pair-01/{line}")
    status, own = rooms.ask(lead, "/services/room/")
    assert status == 200
    assert "pair-01" in own or "01" in own
    assert NAMES[0] not in own


def asked_with(room, token: str, path: str, method: str = "GET") -> int:
    """Return what the Hub's API says to a program that shows a token."""
    line = HTTPConnection("127.0.0.1", room.port, timeout=READY)
    line.request(method, f"/hub/api/{path}", headers={"Authorization": f"token {token}"})
    status = line.getresponse().status
    line.close()
    return status


@pytest.mark.parametrize("whose", ["the service", "a couple's server"])
def test_what_runs_in_a_room_can_do_nothing_to_the_hub(pages, room, whose):
    process = room.service() if whose == "the service" else room.servers()["01"]
    token = process.environ()["JUPYTERHUB_API_TOKEN"]
    asked = {
        ("GET", path)
        for path in ("users", "users/pair-02", "users/lead", "groups", "proxy", "services", "info")
    } | {("POST", "users/pair-09"), ("POST", "users/pair-02/server"), ("DELETE", "users/pair-02")}

    answers = {one: asked_with(room, token, one[1], one[0]) for one in asked}
    assert {one: got for one, got in answers.items() if got not in REFUSED} == {}
    assert asked_with(room, token, "user") == 200  # the token itself is good
    assert asked_with(room, "no-token", "user") in {401, 403}


def test_what_is_written_alone_in_a_room_is_in_no_file(browser, pages, room):
    page = pages["04"].context.new_page()
    page.set_default_timeout(rooms.PATIENCE)
    page.goto(f"{room.at}/user/pair-04/voila/render/01_acknowledge.ipynb#moments")
    rooms.first_box(page).fill("a lamp in the kitchen")
    page.locator("#eg-saved", has_text="Kept on this page only").wait_for()

    assert room.holds("a lamp in the kitchen") == []
    page.close()


def test_a_couple_takes_its_journal_home(pages, room, tmp_path):
    _, packed = rooms.ask(pages["05"], "/user/pair-05/home")

    assert parcel.unpack(packed, tmp_path / "home") > 0
    names = {person.name for person in Journal(tmp_path / "home").people()}
    assert names == {NAMES[4], "Noor"}


def test_leave_this_page_ends_the_session_of_the_hub_too(browser, room):
    page = rooms.arrive(rooms.ask_to_join(browser, room, room.codes["06", "b"], "word for b"))
    page.clock.install()
    page.clock.pause_at(datetime(2100, 1, 1, tzinfo=UTC))  # it waits for the answer, however long
    page.locator("#eg-leave").click()
    page.wait_for_url(f"{room.at}/**/blank")

    page.goto(f"{room.at}/user/pair-06/")
    page.wait_for_url("**/hub/login*")
    page.context.close()


def test_a_hub_that_is_killed_comes_back_and_nobody_notices(browser, pages, room):
    before = room.servers()
    page = pages["03"]
    page.evaluate("() => { window.before = true }")
    killed = room.hub
    killed.kill()
    reached = {pair: rooms.ask(one, f"/user/pair-{pair}/help")[0] for pair, one in pages.items()}
    name_again(page, "Tove Ann")
    room.wait_until_open()

    assert reached == dict.fromkeys(pages, 200)

    assert room.holds("Tove Ann") == ["03"]
    assert page.evaluate("() => window.before")  # it is the same page, and never was anew
    assert room.hub.pid != killed.pid
    assert {pair: one.pid for pair, one in room.servers().items()} == {
        pair: one.pid for pair, one in before.items()
    }
    new = rooms.arrive(rooms.ask_to_join(browser, room, room.codes["03", "b"], "word for b"))
    wait_for_who(new, "Noor")
    new.context.close()


def name_again(page: Page, name: str) -> None:
    page.evaluate("() => { location.hash = 'two-names' }")
    page.get_by_role("button", name="Change").first.click(no_wait_after=True)
    name_them(page, name, "Noor")
    wait_for_who(page, name)


def test_a_couple_that_leaves_half_way_finds_all_of_it_when_the_room_is_opened_again(
    browser, pages, room
):
    page = pages["02"]
    saved = (room.folder / "pair-02" / "journal" / "people.csv").read_bytes()
    page.context.close()
    room.kill()
    room.open()

    back = rooms.ask_to_join(browser, room, room.codes["02", "a"], "word of 02")
    wait_for_who(rooms.arrive(back), NAMES[1])
    assert (room.folder / "pair-02" / "journal" / "people.csv").read_bytes() == saved
    back.context.close()


def test_a_room_without_its_proxy_says_what_is_missing(room):
    told = os.environ | room.told
    code = (
        "import shutil, sys; shutil.which = lambda *_, **__: None;"
        "sys.argv = ['evenground', 'group', 'room', 'six'];"
        f"{rooms.RUN}"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("The proxy of the room is missing.")
    assert "Traceback" not in ended.stderr


def test_no_browser_in_a_room_asked_another_host_for_anything(lead, pages, room):
    lead.goto(f"{room.at}/services/room/wall")
    lead.goto(f"{room.at}/services/room/")
    assert room.asked == {"room.test"}

    other = lead.context.new_page()
    with pytest.raises(Error):  # it would have been seen
        other.goto("http://elsewhere.test/")
    assert room.asked == {"room.test", "elsewhere.test"}
    other.close()


def test_in_a_room_the_page_for_a_passphrase_says_why_there_is_none(pages):
    page = pages["06"]
    page.evaluate("() => { location.hash = 'a-passphrase-each-if-you-like' }")
    page.get_by_text("Private pages are closed in a room.").wait_for()

    assert page.locator("main input[type=password]").count() == 0
