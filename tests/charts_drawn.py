"""A made-up couple's answers for the tests of charts, and what a drawing holds.

python tests/charts_drawn.py      writes tests/charts/*.png anew; look at them before you keep them
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import vl_convert
from PIL import Image

from evenground.charts import months as seen
from evenground.charts.answers import Answer, Names, Note
from evenground.charts.decisions import Area, Quarter, View, decisions
from evenground.charts.drawing import FONTS, Drawing, spec
from evenground.charts.follow import follow
from evenground.charts.gap import gap
from evenground.charts.items import items
from evenground.charts.levels import levels
from evenground.charts.promises import Event, Promise, promises
from evenground.charts.theme import DARK, LIGHT, NARROW, PAGE_FAMILY

PICTURES = Path(__file__).parent / "charts"
NAMES = Names("Sam", "Alex")
TODAY = date(2025, 7, 19)
TITLES = {
    "decided": "We decide together",
    "heard": "I feel heard",
    "raised": "I can raise hard things",
    "no": "My “no” is respected",
    "work": "My work is seen",
    "kept": "Promises are kept",
}


def monthly(*pairs, item="heard", start=date(2024, 2, 11), every=30):
    """Return a review a month (or so) with these two answers each."""
    return [
        Answer(day=start + timedelta(every * n), item=item, a=a, b=b)
        for n, (a, b) in enumerate(pairs)
    ]


def walk(count=18, *, every=30):
    """Return answers to six items that rise, rest and fall, with a few kept back."""
    path = [2, 2, 3, 2, 3, 3, 4, 4, 5, 4, 4, 4, 4, 3, 3, 2, 3, 2]
    return [
        answer
        for place, item in enumerate(TITLES)
        for answer in monthly(
            *(
                (
                    None if (n + place) % 17 == 7 else min(5, path[n % 18] + (n + place) % 2),
                    max(1, path[n % 18] - (n * place) % 3 // 2),
                )
                for n in range(count)
            ),
            item=item,
            every=every,
        )
    ]


def every_kind():
    """Return a promise of each kind."""
    day = date(2025, 1, 1)
    slip, mend = Event(day + timedelta(30), "slipped"), Event(day + timedelta(40), "mended")

    def one(title, *events, owner="a", due=60):
        until = day + timedelta(due) if due else None
        return Promise(title=title, owner=owner, agreed=day, due=until, events=events)

    return [
        one("early", Event(day + timedelta(57), "done")),
        one("late", Event(day + timedelta(83), "done"), owner="b"),
        one("mended", slip, mend, Event(day + timedelta(59), "done"), owner="both"),
        one("mending", slip, mend),
        one("slipped", slip),
        one("open", due=242),
        one("was due"),
        one("no due date", Event(day + timedelta(5), "done"), due=None),
    ]


def through_a_year(count=30):
    """Return promises that were due one after another, most of them kept."""
    made = []
    for n in range(count):
        due = date(2024, 3, 1) + timedelta(16 * n)
        events = {
            3: (Event(due - timedelta(9), "slipped"), Event(due - timedelta(2), "mended")),
            5: (Event(due + timedelta(4), "done"),),
            8: (Event(due - timedelta(3), "slipped"),),
        }.get(n % 10, (Event(due, "done"),))
        made.append(
            Promise(title=f"{n}", owner="a", agreed=due - timedelta(20), due=due, events=events)
        )
    return made


def areas():
    """Return three areas over four quarters, with a split view and one that differs."""
    four = [Quarter(2024, 3), Quarter(2024, 4), Quarter(2025, 1), Quarter(2025, 2)]

    def area(title, agreed, *modes):
        views = [
            View(q, *(m if isinstance(m, tuple) else (m, m)))
            for q, m in zip(four, modes, strict=True)
        ]
        return Area(title, agreed, tuple(views))

    return [
        area("Money, day to day", "b_say", "a", "a_say", "together", "b_say"),
        area("Time with family", "together", "a", ("together", "a_say"), "together", "a_say"),
        area("Home", "turns", "b", "b", "turns", "turns"),
    ]


def reviews():
    """Return who answered in which month: one month nobody, one month one of them."""
    return [
        seen.Seen(date(2024 + n // 12, n % 12 + 1, 9), a=n != 14, b=True)
        for n in range(1, 19)
        if n != 8
    ]


def pictures() -> dict[str, Drawing]:
    """Return each chart of the made-up couple."""
    asked = monthly(
        *((4, 1), (4, 2), (5, 1), (4, 2), (4, 3), (3, 2), (5, 3), (None, None), (5, 4)),
        *((4, 4), (4, 3), (4, 4), (4, 4), (4, 4), (4, 4), (5, 4), (3, 4), (4, 4)),
    )
    notes = [Note(date(2024, 5, 25), "meeting")]
    return {
        "gap": gap(asked, item="heard", title="I feel heard", names=NAMES, notes=notes),
        "items": items(walk(), titles=TITLES, names=NAMES),
        "promises": promises(every_kind(), names=NAMES, today=TODAY),
        "decisions": decisions(areas(), names=NAMES),
        "levels": levels(walk(), person="b", names=NAMES),
        "follow": follow(through_a_year()),
        "months": seen.months(reviews(), names=NAMES, planned=date(2025, 8, 3)),
    }


def texts(svg):
    """Return the words that a drawing shows."""
    return [el.text for el in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def svgs(drawing):
    """Return the four SVGs of a drawing."""
    found = drawing.svgs
    return [found.narrow_light, found.narrow_dark, found.wide_light, found.wide_dark]


def layers(plot, data, wide=NARROW):
    """Return the layers of a chart, those within layers too, each with its rows."""
    made = spec(plot, data, wide)

    def flat(part, rows=()):
        rows = made["datasets"][part["data"]["name"]] if "data" in part else rows
        if "layer" in part:
            return [below for layer in part["layer"] for below in flat(layer, rows)]
        return [part["mark"] | {"rows": list(rows)}]

    return flat(made)


def png(svg, *, dark=False):
    """Return an SVG as a picture on the page's ground."""
    vl_convert.register_font_directory(str(FONTS))
    ground = (DARK if dark else LIGHT).ground
    head, rest = svg.replace(PAGE_FAMILY, "Inter").split(">", 1)
    return vl_convert.svg_to_png(f'{head}><rect width="100%" height="100%" fill="{ground}"/>{rest}')


def main():
    PICTURES.mkdir(exist_ok=True)
    for name, drawing in pictures().items():
        picture = Image.open(io.BytesIO(png(drawing.svgs.narrow_light)))
        picture.convert("RGB").quantize(48).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
