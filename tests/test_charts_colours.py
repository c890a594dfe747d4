"""No chart says anything by colour alone: drawings as those see them who see colours otherwise.

Two marks of one drawing that differ in ink mean two things. Either their ink stays apart for
everybody, in grey too, or their shape, their dashes or letters on them tell them apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from charts_drawn import pictures, svgs, texts
from evenground.charts.theme import DARK, LIGHT

DRAWN = pictures()
APART = 20  # ΔE*ab; 2 is seen side by side, 10 at a glance
# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB; grey is what a printer does.
SEEN_BY = {
    "everybody": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "grey": np.array([[0.2126, 0.7152, 0.0722]] * 3),
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = np.array([0.9505, 1.0, 1.089])


def seen(ink, vision):
    """Return an ink in CIE Lab as a kind of vision sees it."""
    channels = np.array([int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    x, y, z = (_XYZ @ np.clip(SEEN_BY[vision] @ linear, 0, 1)) / _WHITE
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one, other, vision):
    """Return how far apart two inks are for a kind of vision."""
    return float(np.linalg.norm(seen(one, vision) - seen(other, vision)))


def marks(svg):
    """Yield each mark of a drawing: what it looks like without ink, its inks, letters on it.

    Marks of a pixel in common are one mark, such as a disc with a tick. Text says what it says.
    """
    found = defaultdict(list)
    letters = {}
    for el, at in _placed(ET.fromstring(svg), (0.0, 0.0)):
        tag = el.tag.rpartition("}")[2]
        if tag == "text":
            letters[tuple(round(v) for v in at)] = el.text
        elif tag in {"path", "line"} and (el.get("fill") or el.get("stroke")):
            path = el.get("d") or ""
            shape = re.sub(r"[^A-Za-z]", "", path)
            # A line of any length looks like a line; a mark, put in its place, is its strokes.
            drawn_out = tag == "line" or (not el.get("transform") and "Z" not in shape)
            kind = "line" if drawn_out else shape
            box = _box(path, at) if "Z" in shape and len(shape) > len("MLLLZ") else None
            found[at if box is None else (*box,)].append((el, kind, box))
    for parts in found.values():
        look = tuple(
            (kind, bool(el.get("fill")), bool(el.get("stroke")), el.get("stroke-dasharray"))
            for el, kind, _ in parts
        )
        inks = tuple(el.get("fill") or el.get("stroke") for el, _, _ in parts)
        faint = {float(el.get("fill-opacity") or el.get("opacity") or 1) for el, _, _ in parts}
        box = parts[0][2]
        on = sorted({t for at, t in letters.items() if box and _within(at, box)})
        yield look, inks, tuple(on), min(faint)


def _placed(el, at):
    moved = re.match(r"translate\(([-\d.e]+),([-\d.e]+)\)", el.get("transform") or "")
    if moved:
        at = (at[0] + float(moved[1]), at[1] + float(moved[2]))
    yield el, at
    for below in el:
        yield from _placed(below, at)


def _box(path, at):
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", path)]
    xs, ys = numbers[::2], numbers[1::2]
    return at[0] + min(xs), at[1] + min(ys), at[0] + max(xs), at[1] + max(ys)


def _within(at, box):
    return box[0] - 1 <= at[0] <= box[2] + 1 and box[1] - 1 <= at[1] <= box[3] + 1


def alike(svg):
    """Return the pairs of inks that some vision takes for one, and nothing else tells apart."""
    found = set()
    by_look = defaultdict(set)
    for look, inks, letters, faint in marks(svg):
        if faint == 1:  # a tint lies under a mark or a line that says the same
            by_look[look].add((inks, letters))
    for same in by_look.values():
        for (one, mine), (other, theirs) in combinations(sorted(same), 2):
            if one == other or mine != theirs:
                continue
            for vision in SEEN_BY:
                if max(apart(*pair, vision) for pair in zip(one, other, strict=True)) < APART:
                    found.add((one, other, vision))
    return found


@pytest.mark.parametrize("name", DRAWN)
def test_what_differs_in_ink_differs_for_everybody_or_in_shape_or_letters(name):
    for svg in svgs(DRAWN[name]):
        assert len(list(marks(svg))) > len(texts(svg)) / 4
        assert alike(svg) == set()


def test_a_chart_that_tells_by_colour_alone_is_found():
    """The two people as circles and whole lines, one red and one green; then a tick left out."""
    drawing = DRAWN["gap"].svgs.narrow_light
    diamonds = re.compile(r'd="M[^"A]*Z"(?= fill="#B4540A")')
    (circle,) = set(re.findall(r'd="(M[^"]*A[^"]*)" fill="#3D4F9F"', drawing))
    same = diamonds.sub(f'd="{circle}"', drawing).replace("6,3", "1,0")
    red_and_green = same.replace(LIGHT.a, "#9C4A3C").replace(LIGHT.b, "#5E6B2E")

    assert {vision for *_, vision in alike(same)} == {"grey"}
    assert {"deuteranopia", "protanopia"} <= {vision for *_, vision in alike(red_and_green)}
    untold = re.sub(r"<text[^>]*>[^<]*</text>", "", DRAWN["decisions"].svgs.narrow_light)
    assert {vision for *_, vision in alike(untold)} >= {"grey"}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_two_people_are_far_apart_for_whoever_sees_colours_at_all(theme):
    colours = [vision for vision in SEEN_BY if vision != "grey"]

    assert min(apart(theme.a, theme.b, vision) for vision in colours) >= 50


def test_a_kind_of_vision_that_is_known_sees_what_is_known():
    assert apart("#FFFFFF", "#FFFFFF", "grey") == 0
    assert seen("#FFFFFF", "everybody") == pytest.approx([100, 0, 0], abs=0.1)
    assert apart("#FF0000", "#FFFF00", "everybody") > 100
    assert apart("#B03A2E", "#3C7A2E", "deuteranopia") < 0.5 * apart(
        "#B03A2E", "#3C7A2E", "everybody"
    )
