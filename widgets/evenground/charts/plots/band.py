"""The band between two lines, and its name where that fits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from evenground.charts.answers import HIGH, LONG_GAP, LOW
from evenground.charts.plots.marks import Drawn, Row, layer
from evenground.charts.plots.paper import text
from evenground.charts.theme import LIGHT as INK
from evenground.charts.theme import SHADE
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from evenground.charts.plots.paper import Paper

Places = list[tuple[int, float]]  # (day, answer)
_WORD = (32, 18)  # px that the name needs to stand free


def rows_between(a: Places, b: Places, asked: Sequence[int]) -> list[Row]:
    """Return the edges of the band, in pieces: as far as both answered review after review."""
    upper, lower = dict(a), dict(b)
    rows: list[Row] = []
    piece = 0
    for day, next_day in pairwise([*asked, asked[-1] + LONG_GAP * 2]):
        if day in upper and day in lower:
            rows.append({"day": day, "upper": upper[day], "lower": lower[day], "piece": piece})
        if day not in upper or day not in lower or next_day - day > LONG_GAP:
            piece += 1
    return rows


def band(paper: Paper, rows: list[Row], *, joined: bool) -> Iterator[Drawn]:
    """Yield the shading between two lines; between two dots, a post."""
    if not rows:
        return
    x, y = paper.x(), paper.y("upper", low=LOW, high=HIGH)
    if joined:
        yield band_of(rows, x=x, y=y)
        if spot := _free_spot(paper, rows):
            yield text(
                [{"across": spot[0], "down": spot[1], "say": words("charts")["gap.gap"]}],
                align="center",
                baseline="middle",
                italic=True,
            )
    else:
        post: alt.Chart = layer(rows).mark_rule(color=INK.shade, opacity=SHADE * 2, strokeWidth=5)
        yield post.encode(x=x, y=y, y2="lower:Q")


def band_of(rows: list[Row], *, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the shading between two lines."""
    area: alt.Chart = layer(rows).mark_area(color=INK.shade, opacity=SHADE, line=False)
    return area.encode(x=x, y=y, y2="lower:Q", detail="piece:N")


def _free_spot(paper: Paper, rows: list[Row]) -> tuple[float, float] | None:
    """Return the middle of the tallest place in the band where its name fits, if there is one."""
    wide, tall = _WORD
    step = paper.height / (HIGH - LOW)
    edges: dict[int, tuple[float, float]] = {}
    for here, after in pairwise(rows):
        if here["piece"] == after["piece"]:
            start, stop = paper.across(here["day"]), paper.across(after["day"])
            for at in range(int(start), int(stop) + 1):
                part = min(1, max(0, (at - start) / (stop - start)))
                edges[at] = (
                    here["upper"] + part * (after["upper"] - here["upper"]),
                    here["lower"] + part * (after["lower"] - here["lower"]),
                )
    best: tuple[float, float, float] | None = None
    for at in edges:
        under = [edges.get(other) for other in range(at - wide // 2, at + wide // 2 + 1)]
        found = [edge for edge in under if edge]
        if len(found) < len(under):
            continue
        top, base = min(max(edge) for edge in found), max(min(edge) for edge in found)
        if (room := (top - base) * step) > tall + 6 and (best is None or room > best[0]):
            best = (room, float(at), (HIGH - (top + base) / 2) * step)
    if best is None:
        return None
    # Off the grid line: a word with a line through it is hard to read.
    _, middle, down = best
    line = round(down / step) * step
    return middle, line - 11 if abs(down - line) < 11 else down  # noqa: PLR2004 - half a letter
