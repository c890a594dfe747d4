"""Any text anywhere is only text: as it is typed, as it comes back, in JupyterLab and on paper."""

from __future__ import annotations

import zipfile

import nbformat
import pytest
from couple import enter
from hostile import FOREIGN, NAMES, PAYLOADS, Turns
from playwright.sync_api import expect
from tour import PARTS, open_part, press_first, sections

from evenground.app import demo
from evenground.journal import Journal, exporting
from evenground.records.registry import kinds
from serving import Server, Stock, notebook

BOXES = "main > .eg-section:not([hidden]) :is(textarea, input[type=text])"


def texts(kind):
    """Return the fields of a kind that hold anything that is typed, and how long each may be."""
    controls = dict(kinds()[kind].controls())
    return {n: c.limit for n, c in controls.items() if c.name in {"text", "line"}}


def spoilt(turns):
    """Return how the made-up couple's story is told, with payloads for all that they wrote."""
    told = demo._told

    def tell(table):
        for entry in told(table):
            for name, limit in texts(entry["kind"] if table == "entry" else "checkins").items():
                if entry.get("kind") == "people":
                    entry["name"] = NAMES[entry["author"] == "b"]
                elif table == "entry" and name in entry:
                    entry[name] = turns.take(limit)
                elif table == "review":
                    for person in "ab":
                        entry.setdefault(f"{person}_lines", {})[name] = turns.take(limit)
            yield entry

    return tell


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return a server on a journal in which every answer that can be typed is hostile."""
    home = tmp_path_factory.mktemp("hostile") / "journal"
    turns = Turns()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "_told", spoilt(turns))
        demo.write(home)
    assert {p.name for p in Journal(home).people()} == set(NAMES)
    assert turns.used == set(PAYLOADS)
    with Server(home) as started:
        yield started


def check(page, where):
    """Check that nothing ran, and that nothing that was written became an element."""
    assert page.evaluate("window.__pwn") is None, where
    assert page.evaluate(FOREIGN) == [], where


def on_paper(page, where):
    """Check the same of the page as it is printed."""
    page.emulate_media(media="print")
    check(page, f"{where} on paper")
    page.emulate_media(media="screen")


def test_there_are_enough_of_them():
    assert len(PAYLOADS) >= 150


@pytest.mark.parametrize("part", PARTS)
def test_words_in_the_files_are_words_on_the_page(server, browser_page, part):
    dialogs = []
    browser_page.on("dialog", lambda shown: (dialogs.append(shown.message), shown.dismiss()))
    enter(browser_page, server)
    for who in ("a", "b", "both"):
        open_part(browser_page, server, part, who=who)
        for slug in sections(browser_page):
            check(browser_page, f"{part}#{slug} {who}")
        on_paper(browser_page, f"{part} {who}")

    assert dialogs == []


@pytest.mark.parametrize("part", PARTS)
def test_words_are_words_as_they_are_typed_and_pressed(server, browser_page, part):
    dialogs = []
    browser_page.on("dialog", lambda shown: (dialogs.append(shown.message), shown.dismiss()))
    enter(browser_page, server)
    turns = Turns()
    for who in ("a", "both"):
        open_part(browser_page, server, part, who=who)
        for slug in sections(browser_page):
            for box in browser_page.locator(BOXES).all():
                if box.is_visible():
                    box.fill(turns.take(280))
                    box.hover()
            press_first(browser_page)
            check(browser_page, f"{part}#{slug} {who}")

    assert dialogs == []


def test_words_are_words_on_the_cover(server, browser_page):
    enter(browser_page, server, who="a")
    open_part(browser_page, server, "01_acknowledge", who="a")
    browser_page.get_by_role("button", name="Switch").click()
    expect(browser_page.locator("#eg-cover")).to_contain_text(NAMES[1])
    check(browser_page, "cover")


def test_words_are_words_in_jupyterlab(server, browser_page, tmp_path):
    with Server(server.home, command=("lab",)) as lab:
        browser_page.goto(lab.link)
        browser_page.get_by_text("Python 3 | Idle").wait_for(timeout=60_000)
        browser_page.get_by_role("menuitem", name="Run", exact=True).click()
        browser_page.get_by_text("Run All Cells", exact=True).click()
        who = browser_page.locator(".eg-view").get_by_role("button", name=NAMES[0]).first
        who.click(timeout=60_000)
        expect(browser_page.locator(".eg-who").first).to_contain_text(NAMES[0])

        assert browser_page.evaluate("window.__pwn") is None


def test_an_export_holds_words_and_no_formula(server, tmp_path):
    """A cell that begins as a formula does is text in the workbook of the copies."""
    made = exporting.export(Journal(server.home), tmp_path / "copies")
    books = [path for path in made if path.suffix == ".xlsx"]
    assert books
    for path in books:
        with zipfile.ZipFile(path) as book:
            sheets = [book.read(name) for name in book.namelist() if "worksheets/" in name]
            assert sheets
            assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
            assert not any(
                "hyperlinks" in name or b"<hyperlink" in book.read(name) for name in book.namelist()
            )


def test_stock_voila_runs_what_a_widget_shows_as_html(tmp_path, browser):
    """The control: the same payloads, where nobody took care."""
    cell = f"import ipywidgets\nipywidgets.HTML({PAYLOADS[1]!r})"
    nbformat.write(notebook(cell), tmp_path / "box.ipynb")
    with Stock(tmp_path) as stock:
        page = browser.new_page()
        page.goto(f"{stock.address}/voila/render/box.ipynb")
        page.locator("img[src=x]").wait_for(state="attached")

        assert page.evaluate(FOREIGN)
        assert page.evaluate("window.__pwn") == 1
        page.close()
