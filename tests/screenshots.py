"""Takes the pictures in docs/pictures: each page and state, wide and narrow, light and dark.

Run it with `make screenshots`; `ARGS="01 states"` takes those alone and leaves the others.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from couple import settle
from playwright.sync_api import sync_playwright
from tour import PARTS, open_part, sections

import browsers
import scenes
import states
from album import Album
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"

# Who sits at the parts: alone where a page is for one, both where it is for two.
WHO = {
    "00_start": "both",
    "01_acknowledge": "a",
    "02_listen": "both",
    "03_amends": "both",
    "04_review": "a",
    "05_group": "both",
}
# The pages of a part at which somebody else sits.
BUT = {
    "00_start": {"a": ("is-this-right", "a-passphrase", "stop-or-take")},
    "02_listen": {
        "a": ("before-you", "ground-rules", "after-the", "saying-it", "back-to-the-draft"),
        "b": ("how-deep", "the-door", "if-you-do"),
    },
    "03_amends": {
        "a": (
            "before-you",
            "the-answer",
            "make-it",
            "who-carries",
            "limits",
            "trying",
            "if-you-do",
        ),
        "b": ("what-would-help", "i-lead"),
    },
    "04_review": {
        "both": ("what-to-talk", "open-together", "keep-change", "turns", "next-time", "the-road"),
    },
}
# The README's own picture, under a name that stays when parts change.
FIRST = ("04_review", "your-lines")
# Of an empty journal, the pages on which there is something to say about nothing.
EMPTY = {
    "00_start": ("", "two-names"),
    "01_acknowledge": ("where-each-of-us-has-more-room", "moments"),
    "02_listen": ("the-floor", "the-door"),
    "03_amends": ("small-and-kept", "who-decides-what", "your-agreement-on-one-page"),
    "04_review": ("open-together", "your-lines", "what-we-promised-what-happened", "next-time"),
}


@contextmanager
def opened(browser: Browser, server: Server) -> Iterator[Page]:
    """Let a browser in; yield a page of its own on which nothing moves."""
    context = browser.new_context(reduced_motion="reduce", locale="en-GB")
    page = context.new_page()
    page.goto(server.new_link())
    page.wait_for_url("**/voila/render/00_start.ipynb")
    yield page
    context.close()


def sitting(part: str, slug: str) -> str:
    """Return who sits at a page of a part."""
    others = BUT.get(part, {}).items()
    found = (who for who, starts in others if slug and slug.startswith(starts))
    return next(found, WHO[part])


def pages(album: Album, page: Page, server: Server, part: str) -> None:
    """Take each page of a part, with whoever sits there."""
    for who in ("both", "a", "b"):
        if who != WHO[part] and who not in BUT.get(part, {}):
            continue
        open_part(page, server, part, who=who)
        for number, slug in enumerate(sections(page)):
            if sitting(part, slug) == who:
                name = f"{part}/{number:02}-{slug or 'opening'}"
                album.take(page, name)
                if (part, slug) == FIRST:
                    album.take_first(name)


def empty(album: Album, page: Page, server: Server) -> None:
    """Take the pages of a journal with two names and nothing else."""
    for part, slugs in EMPTY.items():
        open_part(page, server, part, who=WHO[part])
        for slug in sections(page):
            if slug in slugs:
                album.take(page, f"empty/{part[:2]}-{slug or 'opening'}")


def first(album: Album, page: Page, server: Server) -> None:
    """Take what two people meet who have written nothing at all."""
    open_part(page, server, "00_start", who="")
    for slug in sections(page):
        if slug in ("", "is-this-right-for-us", "two-names"):
            album.take(page, f"first/00-{slug or 'opening'}")


def main(asked: list[str]) -> None:
    """Take what is asked for, or all, and write the list of what there is."""

    def wanted(name: str) -> bool:
        return not asked or name.startswith(tuple(asked))

    album = Album(PICTURES)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        with Server(Path(made) / "demo", command=("demo",)) as server, opened(browser, server) as p:
            for part in filter(wanted, PARTS):
                pages(album, p, server, part)
        if wanted("empty"):
            settle(Path(made) / "empty", sealed=False)
            with Server(Path(made) / "empty") as server, opened(browser, server) as p:
                empty(album, p, server)
        if wanted("first"):
            with Server(Path(made) / "first") as server, opened(browser, server) as p:
                first(album, p, server)
        if wanted("scenes"):
            settle(Path(made) / "scenes")
            scenes.prepare(Path(made) / "scenes")
            with Server(Path(made) / "scenes") as server, opened(browser, server) as p:
                scenes.take(album, p, server)
        if wanted("states"):
            settle(Path(made) / "sealed")
            with Server(Path(made) / "sealed") as server, opened(browser, server) as p:
                states.take(album, p, server)
        browser.close()
    album.write_index()


if __name__ == "__main__":
    main(sys.argv[1:])
