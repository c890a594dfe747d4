"""The charts look as they did when somebody last looked, and can be read in grey."""

from __future__ import annotations

import io
from itertools import product

import pytest
from PIL import Image, ImageChops

from charts_drawn import PICTURES, pictures, png
from evenground.charts.theme import DARK, LIGHT

DRAWN = pictures()
SHADES = 48  # of 255 that a pixel may differ: edges are smoothed otherwise on another machine
SHARE = 0.012  # of the pixels that may differ by more


def differing(one, other):
    """Return the share of pixels that differ."""
    shades = ImageChops.difference(one, other).convert("L").histogram()
    return sum(shades[SHADES:]) / sum(shades)


def loaded(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_looks_as_it_did(name):
    kept = loaded((PICTURES / f"{name}.png").read_bytes())
    now = loaded(png(DRAWN[name].svgs.narrow_light))

    assert now.size == kept.size
    assert differing(now, kept) <= SHARE, "look at it, then: python tests/charts_drawn.py"


def test_another_chart_is_told_apart():
    one, other = (loaded(png(DRAWN[name].svgs.narrow_light)) for name in ("gap", "levels"))

    assert differing(one.resize((300, 200)), other.resize((300, 200))) > SHARE


def contrast(one, other):
    """Return the contrast of two inks as WCAG 2 counts it."""

    def light(ink):
        channels = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_and_marks_stand_out_from_the_ground(theme):
    words = [theme.ink, theme.second, theme.a, theme.b, theme.kept, theme.late, theme.slipped]
    on_fills = product([theme.ink], [theme.fill_a, theme.fill_b, theme.sunk])

    assert min(contrast(ink, theme.ground) for ink in words) >= 4.5
    assert min(contrast(ink, fill) for ink, fill in on_fills) >= 4.5
    assert contrast(theme.second, theme.sunk) >= 4.5
    assert contrast(theme.rule, theme.ground) >= 3


@pytest.mark.parametrize("name", DRAWN)
def test_in_grey_a_chart_keeps_its_shapes(name):
    """Nothing that stands out in colour is lost when the colour is."""

    def standing_out(picture):
        ground = Image.new("RGB", picture.size, LIGHT.ground).convert(picture.mode)
        shades = ImageChops.difference(picture, ground).convert("L").histogram()
        return sum(shades[24:])

    colour = loaded(png(DRAWN[name].svgs.narrow_light))

    assert standing_out(colour.convert("L")) >= 0.9 * standing_out(colour)
