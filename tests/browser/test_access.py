"""Everybody can use it: axe, targets and narrow screens, on each page, in each state and look."""

from __future__ import annotations

from importlib.resources import files

import nbformat
import pytest
from couple import enter, settle
from playwright.sync_api import expect
from tour import PARTS, open_part, press_first, sections, turn

from evenground.app import demo
from serving import Server, Stock, notebook

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Two that WCAG lets be: a page of Start goes from its H1 to the headings of its cell, which are H3;
# and the page that asks for a passphrase has a label and no heading.
EVERYTHING = {
    "runOnly": TAGS,
    "rules": {
        "heading-order": {"enabled": False},
        "page-has-heading-one": {"enabled": False},
    },
    "resultTypes": ["violations"],
}
BY_LOOK = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]},
    "resultTypes": ["violations"],
}
LOOKS = ((375, "light", EVERYTHING), (1280, "dark", BY_LOOK))

SECTION = "main > .eg-section:not([hidden])"

# What a finger has to hit. A link inside a sentence is as tall as its line, and may be.
SMALL = """
() => [...document.querySelectorAll("button, a[href], input, select, textarea, summary")]
  .filter((el) => el.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((el) => !el.closest(".eg-skip, .eg-leave-first, p, li:not(.eg-linked) > :not(a)"))
  .map((el) => el.closest("label") || el)
  .map((el) => [el.outerHTML.slice(0, 90), el.getBoundingClientRect()])
  .filter(([, at]) => at.width > 1 && (at.width < 24 || at.height < 24))
  .map(([what, at]) => `${what} ${at.width}x${at.height}`)
"""
# Words or boxes that are cut off by what holds them, or reach out of the window.
LOST = """
() => [...document.querySelectorAll("main *, header *, #eg-cover *")]
  .filter((el) => el.checkVisibility() && !el.closest(".eg-unseen, .eg-skip, .eg-leave-first, svg"))
  .filter((el) => {
    const at = el.getBoundingClientRect();
    if (at.width < 2 || at.height < 2) return false;
    const style = getComputedStyle(el);
    if (style.position === "absolute" && style.clipPath !== "none") return false;
    const cut = ["hidden", "clip"].includes(style.overflowX) && el.scrollWidth > el.clientWidth + 1;
    return cut || at.right > window.innerWidth + 1 || at.left < -1;
  })
  .map((el) => el.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return a server on the journal of a made-up couple, in which everything has happened."""
    home = tmp_path_factory.mktemp("told") / "journal"
    demo.write(home)
    with Server(home) as started:
        yield started


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """Return a server on the journal of a couple with two names and no more."""
    home = tmp_path_factory.mktemp("begun")
    settle(home, sealed=False)
    with Server(home) as started:
        yield started


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """Return a server on the journal of a couple with two passphrases."""
    home = tmp_path_factory.mktemp("sealed")
    settle(home)
    with Server(home) as started:
        yield started


def in_each_look(page, where, *, within=None):
    """Return what axe finds on the page as it is, on a light phone and on a dark laptop.

    `within` looks at a part of it: what stands around is the same on each section of a page.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    page.evaluate("window.scrollTo(0, 0)")  # what stands under the header cannot be hit, by design
    found = []
    for width, scheme, options in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        ran = page.evaluate(
            "([within, options]) => axe.run(within || document, options)", [within, options]
        )
        found += [
            (where, width, scheme, one["id"], [node["html"][:160] for node in one["nodes"][:3]])
            for one in ran["violations"]
        ]
    return found


def at_its_narrowest(page, where):
    """Return what is lost at 320 px, and what is too small to hit."""
    page.set_viewport_size({"width": 320, "height": 700})
    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [*page.evaluate(LOST), *page.evaluate(SMALL)]
    return [(where, one) for one in found] + ([(where, wide)] if wide > 320 else [])


@pytest.mark.parametrize("part", PARTS)
def test_the_pages_of_a_part_can_be_used_by_everybody(told, browser_page, part):
    enter(browser_page, told)
    open_part(browser_page, told, part, who="a")
    found = []
    for slug in sections(browser_page):
        found += in_each_look(browser_page, f"{part}#{slug}", within=SECTION if slug else None)
        found += at_its_narrowest(browser_page, f"{part}#{slug}")

    assert found == []


@pytest.mark.parametrize("part", PARTS)
def test_mistakes_can_be_found_and_mended_by_everybody(begun, browser_page, part):
    enter(browser_page, begun)
    found = []
    for who in ("a", "both"):
        open_part(browser_page, begun, part, who=who)
        for slug in sections(browser_page):
            if press_first(browser_page):
                found += in_each_look(browser_page, f"{part}#{slug} {who}", within=SECTION)
                found += at_its_narrowest(browser_page, f"{part}#{slug} {who}")

    assert found == []


def test_help_sign_in_cover_and_pause_can_be_used_by_everybody(sealed, browser_page):
    page = browser_page
    page.goto(f"{sealed.address}/in")
    found = in_each_look(page, "sign-in")
    enter(page, sealed)
    page.goto(f"{sealed.address}/help")
    page.get_by_label("Country").select_option(index=1)
    found += in_each_look(page, "help") + at_its_narrowest(page, "help")
    cover = page.locator("#eg-cover")

    open_part(page, sealed, "01_acknowledge", who="")
    cover.get_by_role("button", name="Sam").wait_for()
    found += in_each_look(page, "who is here") + at_its_narrowest(page, "who is here")
    cover.get_by_role("button", name="Sam").click()
    cover.locator("input[type=password]").fill("not the one that was set")
    cover.get_by_role("button", name="Open my page").click()
    expect(cover.get_by_text("That passphrase does not open")).to_be_visible()
    found += in_each_look(page, "passphrase") + at_its_narrowest(page, "passphrase")
    cover.get_by_role("button", name="Go on without").click()
    expect(cover).to_be_hidden()
    page.get_by_role("button", name="Switch").click()
    expect(cover).to_be_visible()
    found += in_each_look(page, "cover") + at_its_narrowest(page, "cover")
    page.get_by_role("button", name="Pause").click()
    expect(cover.get_by_text("You have paused")).to_be_visible()
    found += in_each_look(page, "pause") + at_its_narrowest(page, "pause")

    assert found == []


def test_what_is_saved_and_what_is_wrong_is_read_out(begun, browser_page):
    """A6: the lines that change are live before they change."""
    enter(browser_page, begun)
    open_part(browser_page, begun, "00_start", who="a")
    turn(browser_page, "three-values-to-come-back-to")
    saved = browser_page.locator("#eg-saved")
    assert (saved.get_attribute("role"), saved.get_attribute("aria-live")) == ("status", "polite")
    fields = browser_page.locator("section:visible .eg-field").all()
    assert fields
    assert all(field.locator("[aria-live=polite]").count() for field in fields)


def test_stock_voila_has_what_these_tests_look_for(tmp_path, browser):
    """The control: sliders without a name, and no place that is the page itself."""
    cell = "import ipywidgets\nipywidgets.RadioButtons(options=['a', 'b'])"
    cells = notebook("import ipywidgets\nipywidgets.IntSlider()", cell)
    nbformat.write(cells, tmp_path / "box.ipynb")
    with Stock(tmp_path) as stock:
        page = browser.new_page()
        page.goto(f"{stock.address}/voila/render/box.ipynb")
        page.locator(".noUi-handle").wait_for()
        found = in_each_look(page, "stock")
        lost = at_its_narrowest(page, "stock")
        expect(page.locator("[aria-live]")).to_have_count(0)
        page.close()

    assert {"aria-input-field-name"} <= {one[3] for one in found}
    assert lost
