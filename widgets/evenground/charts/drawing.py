"""A finished drawing: its words, its numbers, and its four SVGs (two widths, light and dark)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.charts.theme import DARK, FAMILY, LIGHT, NARROW, PAGE_FAMILY, WIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from types import ModuleType

    from evenground.charts.theme import Theme

    # Any stands for altair.TopLevelMixin: its import is what we put off.
    Plot = Callable[[Any, int], Any]

FONTS = Path(__file__).parent / "fonts"
_VEGA_LITE = "6.4"  # what Altair 6.3 writes; named, so that a newer converter draws the same
_INK = re.compile(r'(fill|stroke)="(#[0-9A-F]{6})"')
_FAMILY = re.compile(rf'font-family="{FAMILY}"')


@dataclass(frozen=True, slots=True)
class Sign:
    """One entry of a legend: a mark and what it stands for.

    Marks: a, b, both, gap, skipped, kept, late, slipped, mended, open, planned, level, cell. A
    cell also says the letters in it and its fill (a, a_say, together, b_say, b, turns, open);
    "split" is two views side by side, "outline" the ring around what differs.
    """

    mark: str
    label: str
    letters: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Svgs:
    """One picture in two widths and two themes; all empty when there is nothing to draw."""

    narrow_light: str = ""
    narrow_dark: str = ""
    wide_light: str = ""
    wide_dark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart as a page shows it. Title, subtitle, legend and table are page text."""

    title: str
    subtitle: str
    label: str  # what a person would say it shows; the picture's only accessible name
    svgs: Svgs
    legend: tuple[Sign, ...] = ()
    after: tuple[str, ...] = ()  # what it does not show
    summary: str = ""  # opens the table
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Return whether there is a picture, and not words alone."""
        return bool(self.svgs.narrow_light)

    def node(self) -> dict[str, object]:
        """Return the drawing as the page's figure node."""
        svgs = self.svgs
        return {
            "is": "figure",
            "title": self.title,
            "subtitle": self.subtitle,
            "label": self.label,
            "narrow": {"light": svgs.narrow_light, "dark": svgs.narrow_dark},
            "wide": {"light": svgs.wide_light, "dark": svgs.wide_dark},
            "legend": [
                {key: value for key, value in asdict(sign).items() if value} for sign in self.legend
            ],
            "after": list(self.after),
            "summary": self.summary,
            "head": list(self.head),
            "rows": [list(row) for row in self.rows],
        }


def drawn(plot: Plot, data: Hashable) -> Svgs:
    """Draw a plot at both widths in both themes; the same data are drawn once."""
    narrow, wide = _svg(plot, data, NARROW), _svg(plot, data, WIDE)
    return Svgs(narrow, inked(narrow, DARK), wide, inked(wide, DARK))


def inked(svg: str, theme: Theme) -> str:
    """Return a light drawing in the inks of another theme.

    Attributes alone are changed: in text, a quotation mark stands as an entity.
    """
    inks = dict(zip(LIGHT.inks(), theme.inks(), strict=True))
    return _INK.sub(lambda found: f'{found[1]}="{inks.get(found[2], found[2])}"', svg)


def spec(plot: Plot, data: Hashable, width: int) -> dict[str, Any]:
    """Return a plot as Vega-Lite.

    Unchecked against its schema, since that takes most of the time: the tests check it.
    """
    from altair.utils.schemapi import debug_mode  # noqa: PLC0415 - as the plots, not before

    with debug_mode(False):
        made: dict[str, Any] = plot(data, width).to_dict(validate=False)
    return made


@lru_cache(maxsize=64)
def _svg(plot: Plot, data: Hashable, width: int) -> str:
    # An empty list of hosts: nothing in a spec can make the converter ask for a file or an address.
    svg: str = _converter().vegalite_to_svg(
        spec(plot, data, width), vl_version=_VEGA_LITE, allowed_base_urls=[]
    )
    return _FAMILY.sub(f'font-family="{PAGE_FAMILY}"', svg)


@cache
def _converter() -> ModuleType:
    import vl_convert  # noqa: PLC0415 - 90 MB on disk, and no page but this one needs it

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
