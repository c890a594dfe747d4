"""What a browser, a log and a list of processes show of it: no link, no word that tells."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import ipywidgets
import psutil
import pytest
from couple import NAMES, enter, settle
from playwright.sync_api import expect
from tour import PARTS, open_part, sections, turn
from walk import PHRASES, Walk

import browsers
from evenground.app import places
from evenground.content import words
from evenground.group import papers
from evenground.records.registry import kinds
from outside import below, contents
from serving import Server

# P9: none of these is a name of a file, a folder, a page, a cookie or a process.
TELLING = frozenset(
    re.findall(
        r"\w+",
        """
abuse abused abuser abusive accuse afraid apology apologise assault blame beat
bully cheat coerce coercion confess confession control controlling couple crime cruel danger
divorce domestic dominate emotion escape exit fear fight forgive gaslight guilt harm harmful
hit hurt injury intimate marriage misuse oppress partner perpetrator power punish rape
reconcile relationship remorse repair safe safety secret shame shelter shout sorry survivor
therapy threat toxic trauma unequal victim violence violent wrong
""",
    )
)
END_OF_CHAIN = 0x20000000
SAVED = re.compile(r"^Saved \d\d:\d\d$")
SAID = re.compile(r"^Saved \d\d:\d\d$|^Nothing stored yet$")


def tells(name: str) -> list[str]:
    """Return the telling words in a name."""
    found = re.findall(r"[a-z]+", name.lower())
    return [word for word in found if word in TELLING]


def test_a_telling_name_is_found():
    assert len(TELLING) >= 60
    assert tells("repair-power_imbalance.ipynb") == ["repair", "power"]


@pytest.fixture(scope="module")
def evening(tmp_path_factory, request):
    """Return what an evening left behind: a couple with passphrases, in a profile of its own."""
    home = tmp_path_factory.mktemp("home")
    profile = tmp_path_factory.mktemp("profile")
    settle(home)
    left = {"home": home, "profile": profile, "referrers": set(), "titles": set(), "names": set()}
    browser = request.getfixturevalue("browser")
    with Server(home) as server:
        context = browser.browser_type.launch_persistent_context(
            profile,
            executable_path=browsers.find(),
            args=["--no-sandbox", *browsers.ARGS],
        )
        page = context.new_page()
        context.on("request", lambda r: left["referrers"].add(r.headers.get("referer", "")))
        enter(page, server)
        left["key"] = server.link.rsplit("/", 1)[1]
        for part in PARTS:
            open_part(page, server, part, who="a")
            left["titles"].add(page.title())
        walk = Walk(page, server.address)
        walk.part("01_acknowledge", "moments")
        walk.press("Open my private pages")
        page.locator("#eg-cover input[type=password]").fill(PHRASES[NAMES["a"]])
        page.locator("#eg-cover").get_by_role("button", name="Open my page").click()
        page.locator("#moments textarea").first.fill("Kept under a seal")
        expect(page.locator("#eg-saved")).to_have_text(SAVED)
        left["url"] = page.url
        left["cookies"] = context.cookies()
        left["commands"] = [" ".join(psutil.Process(server.process.pid).cmdline())]
        below(server, lambda one: left["commands"].append(" ".join(one.cmdline())))
        page.get_by_role("button", name="Leave this page").click()
        page.wait_for_url(browsers.BLANK)
        context.close()
        left["run"] = server.stop()
    return left


def every_file(folder):
    return [(path, held) for path, held in contents(folder) if not path.is_symlink()]


def test_the_link_is_in_no_history_no_log_and_no_referrer(evening):
    """W7. Out of sight a browser notes each step of a redirect; that key was used up by then."""
    said, complained = evening["run"]
    # The link itself is printed once, on the first line; the server printed nothing more.
    assert evening["key"] not in said + complained
    assert evening["referrers"] <= {""}
    history = sqlite3.connect(evening["profile"] / "Default" / "History")
    with closing(history):
        # What the history shows is where each chain of redirects ended.
        shown = "select urls.url from urls join visits on visits.url = urls.id where transition & ?"
        urls = [url for (url,) in history.execute(shown, (END_OF_CHAIN,))]
        noted = [url for (url,) in history.execute("select url from urls")]
    assert urls
    assert any(evening["key"] in url for url in noted), "the control: where it is, it is found"
    assert not any(evening["key"] in url for url in urls), urls


def test_neither_passphrase_nor_private_words_are_left_in_the_browser(evening):
    for canary in (PHRASES[NAMES["a"]], "Kept under a seal"):
        for form in (canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be")):
            for folder in ("profile", "home"):
                found = [path.name for path, held in every_file(evening[folder]) if form in held]
                assert found == [], folder


def test_no_name_tells_what_it_is_about(evening):
    """P9: titles, addresses, cookies, processes, and the journal's own files."""
    names = {
        *evening["titles"],
        evening["url"].split("#")[0],
        *(cookie["name"] for cookie in evening["cookies"]),
        *(path.name for path, _ in every_file(evening["home"])),
        *PARTS,
        words("app")["blank.title"],
        words("app")["closed.title"],
    }
    assert {name: tells(name) for name in names if tells(name)} == {}
    assert [command for command in evening["commands"] if "/in/" in command] == []


def test_no_file_that_is_taken_away_tells_what_it_is_about():
    """P9: what a step or a group offers to save, and the tables of an export."""
    named = re.compile(r"^[\w-]+\.(?:txt|html|ics|csv|xlsx)$")
    tables = [words(path.stem).table for path in (places.PACKAGE / "words/en").glob("*.toml")]
    files = {one for table in tables for one in sentences(table) if named.match(one)}
    files |= {f"{name}.html" for name in papers.PAGES} | {f"{name}.csv" for name in kinds()}

    assert {"letter.txt", "dates.ics"} <= files
    assert {name: tells(name) for name in files if tells(name)} == {}


def sentences(table):
    for value in table.values() if isinstance(table, dict) else table:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from sentences(value)


def test_the_cookies_are_the_session_and_who_is_writing_and_go_with_the_browser(evening):
    cookies = {re.sub(r"\d+", "", cookie["name"]): cookie for cookie in evening["cookies"]}
    assert set(cookies) == {"eg-", "who"}
    assert {cookie["expires"] for cookie in cookies.values()} == {-1}
    assert cookies["eg-"]["httpOnly"]
    assert {cookie["sameSite"] for cookie in cookies.values()} == {"Strict"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("unsealed")
    settle(home, sealed=False)
    with Server(home) as started:
        yield started


def test_a_passphrase_is_asked_for_as_one(server, browser_page):
    """P8: new where it is set, current where it opens; never checked, never put into the tree."""
    enter(browser_page, server)
    turn(browser_page, "a-passphrase-each-if-you-like")
    boxes = browser_page.locator("section:visible input[type=password]")
    boxes.first.wait_for()
    for box in boxes.all():
        assert box.get_attribute("autocomplete") == "new-password"
        assert box.get_attribute("spellcheck") == "false"
    boxes.nth(0).fill(PHRASES["Sam"])
    boxes.nth(1).fill("not the same at all")
    browser_page.get_by_role("button", name="Set it").click()
    expect(boxes.nth(0)).to_have_value("")  # it leaves the page with the press


def test_a_stock_password_box_keeps_what_is_typed():
    """The control of P8: the box of ipywidgets keeps its value, and sends it with its state."""
    box = ipywidgets.Password()
    box.set_state({"value": PHRASES["Sam"]})

    assert PHRASES["Sam"] in str(box.get_state())
    assert "autocomplete" not in box.keys


def test_help_and_leave_are_one_press_or_two_keys_away(server, browser_page):
    """S1, on each part and on Help itself: by mouse at once, by keyboard before all else."""
    page = browser_page
    enter(page, server)
    for part in PARTS:
        open_part(page, server, part, who="a")
        bar = page.locator("#eg-bar")
        for name in ("Pause", "Help", "Leave this page"):
            expect(bar.get_by_text(name, exact=True)).to_be_visible()
        expect(page.locator("#eg-parts a")).to_have_count(4)
        if part[1] in "1234":
            expect(page.locator("#eg-parts [aria-current=page]")).to_contain_text(part[:2])
        if part != "05_group":  # nobody writes there
            expect(page.locator("#eg-who")).to_contain_text("is writing")
            expect(page.locator("#eg-saved")).to_have_text(SAID)
        assert by_tab(page, 2) == ["Leave this page", "Help"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/help")
    expect(page.get_by_role("heading", name="People to talk to")).to_be_visible()
    assert by_tab(page, 2) == ["Leave this page", "Help"]
    page.evaluate("document.querySelector('.eg-leave-first').remove()")
    page.evaluate("document.activeElement.blur()")
    assert by_tab(page, 1) != ["Leave this page"], "the control"


def by_tab(page, presses):
    reached = []
    for _ in range(presses):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
    return reached


def test_the_page_on_whether_it_is_right_has_nothing_to_fill_in(server, browser_page):
    """S2: no box, and not one message to the kernel while it is read but the line's own pulse."""
    sent = []
    browser_page.on(
        "websocket", lambda line: line.on("framesent", lambda data: sent.append(str(data)))
    )
    enter(browser_page, server)
    browser_page.locator("#eg-who").get_by_text("Sam").wait_for()
    for slug in sections(browser_page):
        if slug == "is-this-right-for-us":
            break
    browser_page.wait_for_load_state("networkidle")
    before = len([one for one in sent if '"ping"' not in one])
    expect(browser_page.get_by_text("There is nothing to tick").first).to_be_visible()
    section = browser_page.locator("section:visible")
    boxes = section.locator("input, textarea, select, button")
    expect(boxes).to_have_count(0)
    assert len([one for one in sent if '"ping"' not in one]) == before
    # The control: where there are boxes, both counts see it.
    turn(browser_page, "three-values-to-come-back-to")
    boxes.first.fill("Turns.")
    expect(browser_page.locator("#eg-saved")).to_have_text(SAVED)
    assert len([one for one in sent if '"ping"' not in one]) > before
