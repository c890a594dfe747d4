"""Codes for join cards: one a person, drawn at random, so that they say nothing about anybody."""

from __future__ import annotations

import io
import secrets
from typing import NamedTuple

from markupsafe import Markup

# No vowels, so that no word comes about; no letters and digits that look alike.
_LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"
_HALF = 4  # letters to each half: 37 bits in all


class Code(NamedTuple):
    """The code of one of a pair. Which of the two it goes to is for them to say."""

    pair: str  # "01"
    one: str  # "a" or "b"
    code: str  # "KQ7M-3XPT"


def fresh(couples: int) -> list[Code]:
    """Return new codes for so many couples; no two of them are the same."""
    drawn: set[str] = set()
    while len(drawn) < 2 * couples:
        drawn.add("-".join(_drawn() for _ in range(2)))
    left = list(drawn)
    return [Code(f"{pair:02d}", one, left.pop()) for pair in range(1, couples + 1) for one in "ab"]


def tidy(typed: str) -> str:
    """Return a code as it is printed, from however it was typed."""
    letters = [letter for letter in typed.upper() if letter in _LETTERS]
    return "-".join("".join(letters[n : n + _HALF]) for n in range(0, len(letters), _HALF))


def picture(text: str) -> Markup:
    """Return a QR code of a text as SVG, to stand in a page."""
    import segno  # noqa: PLC0415 - each start of the app looks for groups, and few of them print

    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=True, border=2, omitsize=True, svgclass="qr"
    )
    # Paths alone: segno writes nothing of the text itself into the picture.
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn here, with no markup of anyone’s


def _drawn() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_HALF))
