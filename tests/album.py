"""Pictures of pages as small files, and the list of them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from evenground.content import words

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize

SIZES: tuple[ViewportSize, ...] = ({"width": 1280, "height": 900}, {"width": 375, "height": 812})
SCHEMES = ("light", "dark")
COLOURS = 24
FIRST = 1060  # how tall the picture of the README is

# No drawing is on its way any more.
DRAWINGS = """
(words) => [...document.querySelectorAll("main section:not([hidden]) .eg-tree")]
  .every((tree) => !tree.textContent.includes(words))
"""

# What two animation frames after a change have drawn is what a reader sees.
DRAWN = """
() => document.fonts.ready.then(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))
"""


def few_colours(taken: Image.Image) -> Image.Image:
    """Return a picture of the colours that it has most of: flat areas and marks stay as they are.

    Only the soft edges of letters have any other, and take the nearest of these. A mark is small,
    so that what is not grey counts for more.
    """
    picture = taken.convert("RGB")
    found = picture.getcolors(1 << 24) or []
    found.sort(key=lambda each: -each[0] * (1 + max(each[1]) - min(each[1])))
    colours = np.array([colour for _, colour in found], dtype=np.int64)
    kept = colours[:COLOURS]
    nearest = ((colours[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    table = np.zeros(1 << 24, dtype=np.uint8)
    table[_numbered(colours)] = nearest
    return Image.fromarray(kept.astype(np.uint8)[table[_numbered(np.asarray(picture))]])


def _numbered(colours: np.ndarray) -> np.ndarray:
    red, green, blue = (colours[..., place].astype(np.int32) for place in range(3))
    return red << 16 | green << 8 | blue


class Album:
    """A folder of pictures, four of each page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, page: Page, name: str) -> None:
        """Keep the page as it stands; one on which something failed is not kept."""
        failed = page.locator(".eg-failed").count()
        failed = failed or words("common")["page.trouble"] in page.inner_text("body")
        assert not failed, f"something failed on {name}"
        self._unfold(page, SIZES[0])  # a drawing is made when it is looked at
        page.wait_for_function(DRAWINGS, arg=words("review")["trends.drawing"], timeout=60_000)
        page.mouse.move(0, 0)  # nothing is pointed at
        for size in SIZES:
            self._unfold(page, size)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                page.evaluate(DRAWN)
                self._keep(page, f"{name}-{size['width']}-{scheme}")
        page.emulate_media(color_scheme=None)
        page.set_viewport_size(SIZES[0])
        print(name, flush=True)

    def _unfold(self, page: Page, size: ViewportSize) -> None:
        """Make the window as tall as the page, so that what is fixed to it reaches all the way."""
        page.set_viewport_size(size)
        page.evaluate(DRAWN)
        tall = page.evaluate("() => document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})

    def take_narrow(self, page: Page, name: str) -> None:
        """Keep what the window of a phone shows, where a wider one would show something else."""
        page.mouse.move(0, 0)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(DRAWN)
            self._keep(page, f"{name}-{SIZES[1]['width']}-{scheme}")
        page.emulate_media(color_scheme=None)
        print(name, flush=True)

    def take_first(self, name: str) -> None:
        """Keep the top of a picture, wide alone, for the README: it stands before all words."""
        for scheme in SCHEMES:
            whole = Image.open(self._file(f"{name}-{SIZES[0]['width']}-{scheme}"))
            self._save(whole.crop((0, 0, whole.width, FIRST)), f"first-{scheme}")

    def write_index(self) -> None:
        """List what the folder holds, beside it."""
        lines = [
            "# Pictures",
            "",
            "Made by `make screenshots`: the parts from the couple of `evenground demo`, and the",
            "states from a journal with two passphrases and nothing in it.",
        ]
        for group in sorted(path for path in self.folder.iterdir() if path.is_dir()):
            lines += ["", f"## {group.name}", "", "| page | 1280 | 375 |", "|---|---|---|"]
            ends = f"-{SIZES[1]['width']}-{SCHEMES[0]}.webp"
            for one in sorted(group.glob(f"*{ends}")):
                name = one.name.removesuffix(ends)
                lines.append(f"| {name} | {' | '.join(self._links(group.name, name))} |")
        index = self.folder.with_suffix(".md")
        index.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _links(self, group: str, name: str) -> list[str]:
        def link(width: int, scheme: str) -> str:
            if not self._file(f"{group}/{name}-{width}-{scheme}").exists():
                return ""
            return f"[{scheme}]({self.folder.name}/{group}/{name}-{width}-{scheme}.webp)"

        found = [[link(size["width"], scheme) for scheme in SCHEMES] for size in SIZES]
        return [" ".join(filter(None, links)) for links in found]

    def _keep(self, page: Page, name: str) -> None:
        taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        self._save(few_colours(taken), name)

    def _save(self, taken: Image.Image, name: str) -> None:
        place = self._file(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        taken.save(place, lossless=True, quality=80, method=4)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.webp"
