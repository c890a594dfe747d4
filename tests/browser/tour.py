"""Every page of the workbook, section by section, as tests of all of them go round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from couple import be
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from serving import Server

WORKBOOK = Path(__file__).parents[2] / "workbook"
PARTS = sorted(path.stem for path in WORKBOOK.glob("0[0-5]_*.ipynb"))  # 06 is for JupyterLab alone

# Presses the first button of a section that does more than lead on, and waits for its answer. Where
# the answer leads to another page, this one stays: a test looks at it when it is ready to.
PRESS = """
async (section) => {
  const button = [...section.querySelectorAll(".eg-buttons button.eg-button")].find(
    (one) => one.checkVisibility() && !(one.dataset.egFocus || "skip").startsWith("skip"));
  if (!button) return false;
  if (!window.egSaid) {
    const say = window.egSaid = window.dispatchEvent;
    window.dispatchEvent = (event) => {
      const leads = event.type === "evenground:go";
      if (leads) window.egLed = event.detail.to;
      return leads ? false : say.call(window, event);
    };
  }
  window.egLed = "";
  const answered = new Promise((done) => {
    const listen = ({detail}) => {
      const late = detail.state === "unsaved" && !("text" in detail);
      if (detail.state === "saving" || late) return;
      window.removeEventListener("evenground:state", listen);
      done();
    };
    window.addEventListener("evenground:state", listen);
    setTimeout(done, 60000);
  });
  button.click();
  await answered;
  return !window.egLed;
}
"""
FONTS = """
async () => {
  const used = ['600 20px "Source Serif 4 Variable"', '400 16px "Inter Variable"'];
  await Promise.all(used.map((font) => document.fonts.load(font)));
  await document.fonts.ready;
}
"""


def open_part(page: Page, server: Server, part: str, *, who: str) -> None:
    """Open a part for somebody, and wait until every cell shows what it has to show."""
    be(page, server, who)
    page.goto("about:blank")
    page.goto(f"{server.address}/voila/render/{part}.ipynb")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the cells are there, in the typefaces that they are measured in."""
    expect(page.locator("main .eg-opening")).to_have_count(0, timeout=60_000)
    expect(page.locator(".eg-failed")).to_have_count(0)
    page.evaluate(FONTS)


def sections(page: Page) -> Iterator[str]:
    """Turn to each section of the open part, and yield its address after the #."""
    slugs = page.eval_on_selector_all("main > .eg-section[id]", "all => all.map(one => one.id)")
    yield ""
    for slug in slugs:
        turn(page, slug)
        yield slug


def turn(page: Page, slug: str) -> None:
    """Turn to a section of the open part."""
    page.evaluate("slug => { location.hash = slug }", slug)
    page.locator(f"section[id='{slug}']").wait_for()


def press_first(page: Page) -> bool:
    """Press the first button of the section in view that does something.

    Return whether there was one and it leads to no other page; the page stays in any case.
    """
    shown = page.locator("main > .eg-section:not([hidden])").first
    return bool(shown.evaluate(PRESS))
