"""Any text anywhere is only text: as it is typed, as it comes back, in JupyterLab and on paper."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import everywhere
import nbformat
import pytest
import spoilt
from couple import enter
from hostile import FOREIGN, NAMES, PAYLOADS
from labs import NOTEBOOKS, run, show_all
from playwright.sync_api import expect
from stage import Stage
from test_controls import every_kind
from tour import PARTS, open_part, sections

from evenground import forms, scratch
from evenground.group import gathering, papers
from evenground.group.gathering import Group
from evenground.journal import Journal, exporting
from evenground.steps.sheet import AreaLine, PromiseLine, Sheet, as_page
from pages import cells
from serving import Server, Stock, notebook

TABLE = {"div", "table", "thead", "tbody", "tr", "th", "td", "p"}
# The parts that show what somebody wrote, besides boxes that hold it.
TELLS = ("01_acknowledge", "02_listen", "03_amends", "04_review")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return a server on a journal in which every answer that can be typed is hostile."""
    home = tmp_path_factory.mktemp("hostile") / "journal"
    spoilt.write(home)
    with Server(home) as started:
        yield started


# Shows a tree again and again, each time with another payload for every string that is not a key.
SPOIL = """
([tree, payloads]) => {
  const fixed = new Set(["is", "key", "name", "control", "fill", "icon", "by", "person", "mark",
    "apart", "light", "dark", "href", "cell", "value"]);
  const look = eval_(foreign);
  const spoilt = (value, payload, at) => {
    if (Array.isArray(value)) return value.map((one) => spoilt(one, payload, at));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, spoilt(v, payload, k)]));
    }
    return typeof value === "string" && !fixed.has(at) ? payload : value;
  };
  const wrong = [];
  let shown = 0;
  for (const payload of payloads) {
    stage.models.view.take([{trait: "tree", value: spoilt(tree, payload, "")}]);
    shown += document.body.textContent.includes(payload.trim().slice(0, 20));
    wrong.push(...look());
  }
  stage.models.view.take([{trait: "tree", value: []}]);
  return {shown, wrong};
}
""".replace("eval_(foreign)", FOREIGN.strip())
CARELESS = """
(payloads) => payloads.filter((payload) => {
  const careless = document.createElement("div");
  careless.innerHTML = payload;
  document.body.append(careless);
  const found = careless.querySelector("*");
  careless.remove();
  return found;
}).length
"""


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
    read = ""
    for who in ("a", "b", "both"):
        open_part(browser_page, server, part, who=who)
        for slug in sections(browser_page):
            check(browser_page, f"{part}#{slug} {who}")
        on_paper(browser_page, f"{part} {who}")
        read += browser_page.locator("main").text_content()

    assert dialogs == []
    lines = {line.strip() for words in PAYLOADS for line in re.split(r"[\r\n]", words)}
    if part in TELLS:
        assert [line for line in lines if line not in read] == []


def test_one_string_that_is_taken_for_more_is_noticed(server, browser):
    """The control: on one of these pages, one sentence of somebody's is put in as markup."""
    page = browser.new_page()
    enter(page, server)
    open_part(page, server, "04_review", who="b")
    check(page, "as it is")
    said = page.locator("main p", has_text=PAYLOADS[1]).first
    said.evaluate("one => { one.innerHTML = one.textContent }")

    with pytest.raises(AssertionError, match="as markup"):
        check(page, "as markup")
    page.close()


def test_every_one_is_words_in_every_box_of_every_page(tmp_path, browser_page):
    """As they are typed, kept as a draft, and in what comes of each button and card."""
    dialogs = []
    browser_page.on("dialog", lambda shown: (dialogs.append(shown.message), shown.dismiss()))
    home = tmp_path / "journal"
    everywhere.begin(home)
    with Server(home) as server:
        enter(browser_page, server)
        tries = everywhere.Everywhere(browser_page)
        for part in PARTS:
            tries.part(server, part)
            check(browser_page, part)
        assert tries.wrong == []
        assert sorted(everywhere.asked() - tries.full()) == [], "boxes that nobody wrote in"

    assert dialogs == []


def test_words_are_words_on_the_cover(server, browser_page):
    enter(browser_page, server, who="a")
    open_part(browser_page, server, "01_acknowledge", who="a")
    browser_page.get_by_role("button", name="Switch").click()
    expect(browser_page.locator("#eg-cover")).to_contain_text(NAMES[1])
    check(browser_page, "cover")


@pytest.mark.parametrize("ours", [True, False], ids=["page", "lab"])
def test_each_of_them_is_words_wherever_a_page_shows_words(browser_page, ours):
    """Every string that a step can put on a page, of every kind of node, each payload alone."""
    stage = Stage(ours=ours, view=forms.View(every_kind()))
    try:
        browser_page.goto(stage.url)
        browser_page.wait_for_function("window.stage?.ready")
        told = browser_page.evaluate(SPOIL, [every_kind(), list(PAYLOADS)])
        assert told == {"shown": len(PAYLOADS), "wrong": []}
        assert browser_page.evaluate("window.__pwn") is None
    finally:
        stage.close()


def test_where_nobody_takes_care_they_are_more_than_words(browser):
    """The control: most of them become elements, and some of them run."""
    page = browser.new_page()
    assert page.evaluate(CARELESS, list(PAYLOADS)) > 100
    page.wait_for_function("() => window.__pwn === 1")
    page.close()


def test_every_one_is_words_in_every_notebook_of_jupyterlab(server, browser_page):
    """In what the cells show, and in every box of theirs; each notebook is run whole."""
    page = browser_page
    dialogs = []
    # JupyterLab asks before a notebook that was run is left.
    page.on("dialog", lambda shown: (dialogs.append(shown.type), shown.accept()))
    show_all()
    boxes = 0
    with Server(server.home, command=("lab",)) as lab:
        page.goto(lab.link)
        tries = everywhere.Everywhere(page)
        for name in NOTEBOOKS:
            run(page, lab, name)
            if name in PARTS and name != "05_group":  # that one is for whoever leads
                who = page.locator(".eg-view").get_by_role("button", name=NAMES[0]).first
                who.click()
                expect(page.locator(".eg-who").first).to_contain_text(NAMES[0])
            if name in PARTS:
                boxes += tries.boxes(".jp-Notebook")
            assert page.evaluate("window.__pwn") is None, name
            # JupyterLab has pictures of its own: what the cells brought has none.
            found = page.evaluate(FOREIGN) + [one for _, one in tries.wrong]
            assert [one for one in found if "__pwn" in one or "evil" in one] == [], name

    assert boxes
    assert set(dialogs) <= {"beforeunload"}


def test_tables_of_ones_own_numbers_hold_words(server, monkeypatch):
    """What 06_scratch shows in JupyterLab, as it goes to the page."""
    monkeypatch.setenv("EVENGROUND_HOME", str(server.home))
    shown = [scratch.answers(), scratch.dictionary(), scratch.frame()]
    shown += [scratch.table(kind) for kind in spoilt.kept()]
    html = "".join(table._repr_html_() for table in shown)

    assert "__pwn" in html
    assert set(re.findall(r"<(\w+)", html)) <= {*TABLE, "style"}


class Shape(HTMLParser):
    """The tags of a page and their attributes, without the words between them."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, [name for name, _ in attributes]))


def sheet_of(words):
    area = AreaLine(name=words, letters=words, fill="open", said=words)
    promise = PromiseLine("a", words, words, words, words, words)
    made = Sheet(words, words, (words, words), words, words, (area,), ((words, (words,)),),
                 (promise,), words, words)  # fmt: skip
    return as_page(made)


def test_the_agreement_to_print_has_the_same_tags_whatever_was_written():
    harmless = Shape(sheet_of("words")).tags
    wrong = [words for words in PAYLOADS if Shape(sheet_of(words)).tags != harmless]
    assert wrong == []


@pytest.mark.parametrize("name", papers.PAGES)
def test_papers_of_a_group_have_the_same_tags_whatever_was_written(name, tmp_path, monkeypatch):
    monkeypatch.setenv(gathering.SETTING, str(tmp_path))
    group = Group(name="words", address="words", first=date(2027, 5, 3), couples=1)
    folder = gathering.make(group)
    harmless = Shape(papers.page(name, folder)).tags
    # Few pages say anything that was typed, and cards draw a square for each of theirs.
    each = {"page": PAYLOADS, "sheet": PAYLOADS, "cards": PAYLOADS[::6]}
    wrong = []
    for words in each.get(name, ["\n".join(PAYLOADS)]):
        typed = replace(group, name=words, address=words)
        monkeypatch.setattr(gathering, "read", lambda _, typed=typed: typed)
        if Shape(papers.page(name, folder)).tags != harmless:
            wrong.append(words)
    assert wrong == []


def saved_by(node):
    """Yield what a tree offers to save as a file."""
    if isinstance(node, dict):
        if node.get("is") == "download":
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from saved_by(part)


def test_a_file_to_save_holds_words_and_a_calendar_none_of_theirs(server, monkeypatch):
    """Each file that any page offers to anybody: the agreement, the letter, days for a calendar."""
    monkeypatch.setenv("EVENGROUND_HOME", str(server.home))
    trees = [view.tree for part in TELLS for who in "ab" for view in cells(part, who)]
    trees += [view.tree for view in cells("00_start", "both")]
    files = {(node["mime"], node["text"]) for tree in trees for node in saved_by(tree)}
    pages = [text for mime, text in files if mime == "text/html"]
    calendars = [text for mime, text in files if mime == "text/calendar"]

    assert pages
    assert "__pwn" in pages[0]
    assert {tag for page in pages for tag, _ in Shape(page).tags} <= {
        tag for tag, _ in Shape(sheet_of("words")).tags
    }
    assert calendars
    assert not any(mark in text for text in calendars for mark in ("__pwn", "evil", "{{", "<"))


FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def test_an_export_holds_words_and_no_formula(server, tmp_path):
    """A cell that begins as a formula does is text in the tables and the workbook of the copies."""
    made = exporting.export(Journal(server.home), tmp_path / "copies")
    tables = [path for path in made if path.suffix == ".csv"]
    assert tables
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            cells_of = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells_of if FORMULA.match(cell)] == [], path.name
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
