"""The agreement on one page, as data: what the page shows, what is printed, what is saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, Template

from evenground import content
from evenground.content import plain
from evenground.records.agreement import PARTS, Agreement
from evenground.steps import days
from evenground.steps.map import area_name, line_said, lines, square
from evenground.steps.standing import State, standings
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk


@dataclass(frozen=True)
class AreaLine:
    """One area: its name, the letters and the fill of its square, and the line in words."""

    name: str
    letters: str
    fill: str
    said: str


@dataclass(frozen=True)
class PromiseLine:
    """One live promise."""

    owner: str  # a person's key
    whose: str
    words: str
    tell: str
    start: str
    end: str


@dataclass(frozen=True)
class Sheet:
    """All that stands on the page, in words."""

    title: str
    between: str
    names: tuple[str, str]
    version: str
    look_again: str
    areas: tuple[AreaLine, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # heading and paragraphs; none: it is open
    promises: tuple[PromiseLine, ...]
    values: str
    foot: str


def sheet(desk: Desk, entry: Entry[Agreement] | None) -> Sheet:
    """Return the page: the agreement's newest version, the map, and the promises that run."""
    w, record = content.words("amends"), entry.record if entry else Agreement()
    number = len(desk.journal.history(Agreement, entry.thread)) if entry else 0
    names = (desk.name("a"), desk.name("b"))
    version = ""
    if entry:
        version = w.say("agreements.version", number=number, date=days.said(entry.written))
    again = days.said(record.look_again)
    return Sheet(
        title=w["agreements.title"],
        between=w.say("agreements.between", a=names[0], b=names[1]),
        names=names,
        version=version,
        look_again=w.say("agreements.again", date=again) if again else "",
        areas=tuple(_areas(desk)),
        parts=tuple(
            (w[f"agreements.parts.{part}"], tuple(paragraphs(getattr(record, part))))
            for part in PARTS
        ),
        promises=tuple(_promises(desk)),
        values=w["agreements.values"],
        foot=w["agreements.foot"],
    )


def as_page(made: Sheet) -> str:
    """Return the page as one HTML file that needs no other file and no network."""
    w = content.words("amends")
    labels = {
        key: w[f"agreements.sheet.{key}"]
        for key in ("areas", "promises", "whose", "if_then", "start", "end", "open", "none")
    }
    return plain(_template().render(sheet=made, say=labels))


@cache
def _template() -> Template:
    source = files("evenground.steps").joinpath("sheet.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)


def _areas(desk: Desk) -> Iterator[AreaLine]:
    w = content.words("amends")
    for key, entry in lines(desk).items():
        if entry is None or entry.record.place == "off":
            continue
        cell = square(desk, entry.record.mode)
        letters, fill = str(cell["letters"]), str(cell["fill"])
        yield AreaLine(area_name(w, key, entry), letters, fill, line_said(desk, entry))


def _promises(desk: Desk) -> Iterator[PromiseLine]:
    w = content.words("amends")
    for s in standings(desk.journal, days.today()):
        if s.state is not State.LIVE:
            continue
        record = s.promise.record
        yield PromiseLine(
            owner=s.owner,
            whose=desk.name(s.owner),
            words=w.say("agreements.if_then", cue=record.if_cue, act=record.then_act),
            tell=w.say("amends.tell_label", tell=record.tell),
            start=days.said(record.start),
            end=days.said(record.end),
        )
