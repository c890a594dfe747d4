"""Takes the pictures in docs/pictures: each page of the demo, wide and narrow, light and dark.

Run it with `make screenshots`; `ARGS="01 04"` takes those parts and Help alone.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import sync_playwright

import browsers
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SIZES = {1280: 900, 375: 812}
SCHEMES = ("light", "dark")
COLOURS = 128  # as many as flat colours and soft letters need

# The README's own picture, under a name that stays when parts change.
FIRST = ("03_amends", "who-decides-what", 1280)

# Who sits there, part by part: alone where a part is for one, both where it is for two.
WHO = {
    "00_start": "both",
    "01_acknowledge": "a",
    "02_listen": "both",
    "03_amends": "both",
    "04_review": "a",
}


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """Serve the made-up couple's journal; yield the link that opens it."""
    command = Path(sys.executable).with_name("evenground")
    with subprocess.Popen(
        [command, "demo", "--home", home, "--no-browser", "--port", "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def settled(page: Page) -> None:
    """Wait until every cell shows what it has to show, in its own typeface."""
    page.wait_for_function("!document.querySelector('main .eg-opening')", timeout=60_000)
    page.wait_for_function("document.fonts.ready.then(() => true)")


def picture(page: Page, name: str) -> None:
    """Keep the whole page as a small picture; a page on which something failed is not kept."""
    failed = page.locator(".eg-failed").count()
    failed = failed or words("common")["page.trouble"] in page.inner_text("main")
    assert not failed, f"something failed on {name}"
    # As tall as the page, so that what is fixed to the window reaches all the way down.
    size = page.viewport_size
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
    page.evaluate("window.scrollTo(0, 0)")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    page.set_viewport_size(size)
    small = taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    place = PICTURES / f"{name}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    small.save(place, optimize=True)
    print(name)


def sections(page: Page) -> list[str]:
    """Return the addresses of the pages of the part that is open, after its first."""
    return page.eval_on_selector_all("main > .eg-section[id]", "all => all.map(one => one.id)")


def take(browser: Browser, link: str, parts: list[str]) -> None:
    """Take the pictures of some parts, all with the session that one link opens."""
    first = browser.new_context()
    opened = first.new_page()
    opened.goto(link)
    base, state = opened.url, first.storage_state()
    first.close()
    for width, height in SIZES.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
                storage_state=state,
            )
            for part in parts:
                who = {"name": "who", "value": WHO[part], "url": urljoin(base, "/")}
                context.add_cookies([who])
                page = context.new_page()
                page.goto(urljoin(base, f"/voila/render/{part}.ipynb"))
                settled(page)
                picture(page, f"{part}/00-opening-{width}-{scheme}")
                for number, section in enumerate(sections(page), start=1):
                    page.evaluate("slug => { location.hash = slug }", section)
                    page.locator(f"[id='{section}']").wait_for()
                    picture(page, f"{part}/{number:02}-{section}-{width}-{scheme}")
                    if (part, section, width) == FIRST:
                        picture(page, f"first-{scheme}")
                page.close()
            page = context.new_page()
            page.goto(urljoin(base, "/help"))
            picture(page, f"help-{width}-{scheme}")
            context.close()


def main(asked: list[str]) -> None:
    """Take the pictures of the parts asked for, or of all."""
    parts = [part for part in WHO if not asked or part.startswith(tuple(asked))]
    with (
        tempfile.TemporaryDirectory() as home,
        demo(Path(home) / "journal") as link,
        sync_playwright() as playwright,
    ):
        browser = browsers.launch(playwright)
        take(browser, link, parts)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
