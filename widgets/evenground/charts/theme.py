"""The inks of a drawing, light and dark, and its two widths.

Plots are drawn in the light inks; a dark drawing is the same one with each ink exchanged.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

NARROW, WIDE = 343, 668  # a phone of 375 less its margins; the column

# vl-convert measures with the one family it knows; the page has the same letters as a variable
# font, so the name is put right in the finished SVG (drawing.py).
FAMILY = "Inter"
PAGE_FAMILY = "'Inter Variable', Inter, system-ui, sans-serif"

LABEL, SMALL, VALUE = 12.0, 11.5, 13.0  # px; nothing is smaller
DASH = (6, 3)  # the second person's line
DOTTED = (2, 3)
SHADE = 0.16  # opacity of the gap


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for. A person's colour means that person and nothing else."""

    name: str
    ground: str
    ink: str
    second: str
    grid: str
    rule: str
    sunk: str
    bar: str
    shade: str  # the gap between two lines
    a: str
    b: str
    fill_a: str
    fill_b: str
    kept: str
    late: str
    slipped: str

    def person(self, key: str) -> str:
        """Return the colour of person "a" or "b"; the second ink for both of them."""
        return {"a": self.a, "b": self.b}.get(key, self.second)

    def inks(self) -> tuple[str, ...]:
        """Return every ink, in the same order in each theme."""
        return astuple(self)[1:]


LIGHT = Theme(
    name="light",
    ground="#FAF8F3",
    ink="#1F2328",
    second="#565B62",
    grid="#E6E2D8",
    rule="#858C94",
    sunk="#F2EFE7",
    bar="#D9D4C7",
    shade="#6B6F76",
    a="#3D4F9F",
    b="#B4540A",
    fill_a="#C9D0EC",
    fill_b="#F6D3B4",
    kept="#0F766E",
    late="#8A6A00",
    slipped="#7A2E5D",
)
DARK = Theme(
    name="dark",
    ground="#16181D",
    ink="#ECEEF1",
    second="#A9B0BA",
    grid="#2B2F37",
    rule="#7B838F",
    sunk="#23272F",
    bar="#3A404A",
    shade="#A9B0BA",
    a="#A3B4FF",
    b="#FFB26B",
    fill_a="#2F3963",
    fill_b="#573A1D",
    kept="#5EC4B6",
    late="#D9B44A",
    slipped="#E09AC4",
)
