"""How wide words are in Inter, so that labels can be wrapped, cut and kept apart.

The widths are read from the very fonts that the converter draws with.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from itertools import pairwise

from evenground.charts.drawing import FONTS
from evenground.content import plain

_CUT = "…"


def inked(text: str) -> str:
    """Return text as it stands in a picture: isolates stay only where a script needs them."""
    if any(unicodedata.bidirectional(letter) in {"R", "AL", "AN"} for letter in text):
        return text
    return plain(text)


def width(text: str, *, size: float, bold: bool = False) -> float:
    """Return about how many pixels wide one line of text is."""
    advances = _advances("SemiBold" if bold else "Regular")
    return sum(_advance(letter, advances) for letter in text) * size


def short(text: str, room: float, *, size: float, bold: bool = False) -> str:
    """Return text that fits into so many pixels, with a cut sign where letters are left out."""
    if width(text, size=size, bold=bold) <= room:
        return text
    kept = text
    while kept and width(kept.rstrip() + _CUT, size=size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + _CUT


def wrapped(
    text: str, room: float, *, size: float, lines: int = 2, bold: bool = False
) -> list[str]:
    """Return text broken into at most so many lines, the last one cut if need be."""
    done: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width(longer, size=size, bold=bold) > room:
            done.append(line)
            longer = word
        line = longer
    done.append(line)
    if len(done) > lines:
        done[lines - 1 :] = [" ".join(done[lines - 1 :])]
    return [short(line, room, size=size, bold=bold) for line in done]


def apart(wanted: list[float], *, by: float) -> list[float]:
    """Return places near the wanted ones, in their order, each at least so far from the next."""
    placed = sorted(range(len(wanted)), key=lambda n: wanted[n])
    places = list(wanted)
    for before, after in pairwise(placed):
        if (missing := by - (places[after] - places[before])) > 0:
            places[before] -= missing / 2
            places[after] += missing / 2
    return places


def _advance(letter: str, advances: dict[int, float]) -> float:
    if (known := advances.get(ord(letter))) is not None:
        return known
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Cf", "Mn"}:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.62


@cache
def _advances(weight: str) -> dict[int, float]:
    """Return the advance of each code point, in ems, from the font's cmap and hmtx tables."""
    font = (FONTS / f"Inter-{weight}.ttf").read_bytes()
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    (em,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (measured,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)

    def advance(glyph: int) -> float:
        at = tables[b"hmtx"] + 4 * min(glyph, measured - 1)
        units: int = struct.unpack_from(">H", font, at)[0]
        return units / int(em)

    return {code: advance(glyph) for code, glyph in _glyphs(font, tables[b"cmap"]).items()}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    (tables,) = struct.unpack_from(">H", font, cmap + 2)
    for at in range(cmap + 4, cmap + 4 + 8 * tables, 8):
        start = cmap + struct.unpack_from(">I", font, at + 4)[0]
        if struct.unpack_from(">H", font, start)[0] == 4:  # noqa: PLR2004 - the format's number
            return _format_4(font, start)
    raise ValueError("the font has no table of its letters in format 4")


def _format_4(font: bytes, start: int) -> dict[int, int]:
    twice = struct.unpack_from(">H", font, start + 6)[0]
    found: dict[int, int] = {}
    for at in range(start + 14, start + 14 + twice, 2):
        last, first, delta, offset = (
            struct.unpack_from(">H", font, at + shift)[0]
            for shift in (0, twice + 2, 2 * twice + 2, 3 * twice + 2)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                place = at + 3 * twice + 2 + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, place)[0]
            found[code] = (glyph + delta) % 0x10000
    return found
