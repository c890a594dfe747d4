"""The letters that stand for two people in the cells of a map."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenground.charts.answers import Names

TOGETHER, LEADS, TURNS, OPEN = "=", "+", "⇄", ""


def initials(names: Names) -> tuple[str, str]:
    """Return a short and different sign for each name: S and A, or Sam and Sara as Sm and Sr."""
    a, b = names.a.strip(), names.b.strip()
    first, second = _letter(a, 0, "1"), _letter(b, 0, "2")
    if first != second:
        return first, second
    for place in range(1, max(len(a), len(b))):
        one, two = _letter(a, place, "").lower(), _letter(b, place, "").lower()
        if one != two:
            return first + one, second + two
    return f"{first}1", f"{second}2"


def letters(mode: str, names: Names) -> str:
    """Return what stands in the cell of a way to decide."""
    a, b = initials(names)
    return {
        "a": a,
        "a_say": a + LEADS,
        "together": TOGETHER,
        "turns": TURNS,
        "b_say": b + LEADS,
        "b": b,
    }.get(mode, OPEN)


def _letter(name: str, place: int, otherwise: str) -> str:
    """Return one letter of a name with the marks that belong to it."""
    whole = unicodedata.normalize("NFC", name)
    if place >= len(whole):
        return otherwise
    letter = whole[place]
    for mark in whole[place + 1 :]:
        if not unicodedata.combining(mark):
            break
        letter += mark
    return letter.upper()
