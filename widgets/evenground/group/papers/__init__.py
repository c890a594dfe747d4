"""What a facilitator prints: pages of their own that stand without the app and ask for nothing.

The words are those of the app, and the questions of the paper book are the declared ones. Every
value is escaped by the templates.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evenground import content, in_use
from evenground.content import plain, words
from evenground.group import codes, gathering
from evenground.group.papers.book import book
from evenground.group.plan import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from evenground.group.gathering import Group
    from evenground.group.plan import Sitting

PAGES = ("before", "told", "page", "sheet", "scenes", "cards", "book")
_FACES = {
    "Source Serif 4 Variable": "source-serif-4-latin-opsz-normal.woff2",
    "Inter Variable": "inter-latin-wght-normal.woff2",
}
PRINTED = "print"  # the folder beside group.toml


def page(name: str, folder: Path) -> str:
    """Return one page of a group as HTML; GroupError or ContentError says what is amiss."""
    group = gathering.read(folder)
    sittings = read(gathering.plan_file(folder))
    say = words("group_papers", group.language)
    fill: dict[str, Callable[[], dict[str, object]]] = {
        "before": dict,
        "told": dict,
        "page": lambda: _page(group, sittings),
        "sheet": lambda: _sheet(group, sittings),
        "scenes": lambda: {"scenes": _scenes(group)},
        "cards": lambda: _cards(group, folder),
        "book": lambda: {"parts": book(group.parts)},
    }
    return rendered(
        name,
        language=group.language,
        title=say[f"{name}.title"],
        eyebrow=say.get(f"{name}.eyebrow"),
        lead=say.get(f"{name}.lead"),
        **fill[name](),
    )


def rendered(name: str, *, language: str = content.LANGUAGE, **fill: Any) -> str:
    """Return a template of this folder, filled; every value is escaped."""
    said = words("group_papers", language).table
    help_ = words("help", language).table
    template = _templates().get_template(f"{name}.html.j2")
    return template.render(language=language, say=said, help=help_, **fill)


def write(folder: Path) -> list[Path]:
    """Write all pages of a group into its folder, to be opened in a browser and printed."""
    (folder / PRINTED).mkdir(mode=0o700, exist_ok=True)
    made = []
    for name in PAGES:
        path = printed(folder, name)
        gathering.write(path, page(name, folder))
        made.append(path)
    return made


def printed(folder: Path, name: str) -> Path:
    """Return where a page of a group is, once it was written."""
    return folder / PRINTED / f"{name}.html"


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("evenground.group", "papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    made.globals["faces"] = _faces
    return made


@cache
def _faces() -> Markup:
    """Return the app's typefaces inside a style, since a page on paper asks for no other file."""
    folder = files("evenground").joinpath("app", "template", "static", "fonts")
    rules = []
    for name, file in _FACES.items():
        held = b64encode(folder.joinpath(file).read_bytes()).decode()
        source = f'url("data:font/woff2;base64,{held}") format("woff2")'
        rules.append(
            f'@font-face {{ font-family: "{name}"; font-weight: 100 900; src: {source}; }}'
        )
    return Markup("\n".join(rules))  # noqa: S704 - our own files


def _cards(group: Group, folder: Path) -> dict[str, object]:
    say = words("group_papers", group.language)
    return {
        "address": group.address,
        "cards": [
            {
                "pair": plain(say.say("cards.pair", number=int(one.pair))),
                "code": one.code,
                # After the sign # a browser sends nothing on: no log holds the code.
                "picture": codes.picture(
                    f"{group.address}#{one.code}" if group.address else one.code
                ),
            }
            for one in gathering.codes(folder)
        ],
    }


def _scenes(group: Group) -> list[dict[str, object]]:
    """Return the scenes for the parts that a group uses."""
    numbers = {in_use.FILES[part][:2] for part in group.parts}
    found = words("group_scenes", group.language).table["scenes"]
    scenes = cast("list[dict[str, object]]", found)
    return [scene for scene in scenes if scene["part"] in numbers]


def _page(group: Group, sittings: Sequence[Sitting]) -> dict[str, object]:
    say = words("group_papers", group.language)
    own = words("group", group.language)
    meetings = zip(group.days(sittings), sittings, strict=True)
    return {
        "days": [
            plain(
                say.say(
                    "page.day",
                    date=_day(day),
                    start=_at(group, sitting.after),
                    end=_at(group, sitting.after + sitting.minutes),
                )
            )
            for day, sitting in meetings
        ],
        "parts": [own[f"make.part.{part}"] for part in group.parts],
        "end": plain(say.say("page.end", date=_day(group.ends(sittings)))),
    }


def _sheet(group: Group, sittings: Sequence[Sitting]) -> dict[str, object]:
    own = words("group", group.language)
    meetings = zip(group.days(sittings), sittings, strict=True)
    return {
        "head": [own["plan.at"], own["plan.long"], own["plan.how"], own["plan.what"]],
        "sittings": [
            {"title": sitting.title, "day": _day(day), "rows": rows(sitting, group)}
            for day, sitting in meetings
        ],
    }


def rows(sitting: Sitting, group: Group) -> list[list[str]]:
    """Return a sitting as the rows of its run sheet."""
    own = words("group", group.language)
    return [
        [
            at,
            own.count("plan.minutes", item.minutes),
            own[f"mode.{item.mode}"],
            item.said,
        ]
        for at, item in sitting.times(group.start)
    ]


def _at(group: Group, minutes: int) -> str:
    began = datetime.combine(group.first, group.start)
    return f"{began + timedelta(minutes=minutes):%H:%M}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
