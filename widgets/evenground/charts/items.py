"""All items side by side, small: each with both lines, the widest gap first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts.answers import PEOPLE, Answer, Names, about
from evenground.charts.drawing import Drawing, Sign, Svgs, drawn
from evenground.charts.gap import FEW, MOST, cell, counted
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LAST = 3  # reviews whose gap puts an item before another


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its title, and the newest answers to it."""

    title: str
    answers: tuple[Answer, ...]

    @property
    def reviews(self) -> tuple[Answer, ...]:
        """Return the reviews in which somebody answered it."""
        return tuple(answer for answer in self.answers if not answer.is_empty)

    @property
    def gap(self) -> float:
        """Return the mean gap in the last three reviews that both answered."""
        gaps = [abs(a.a - a.b) for a in self.reviews if a.a is not None and a.b is not None]
        return sum(gaps[-_LAST:]) / len(gaps[-_LAST:]) if gaps else -1.0


@dataclass(frozen=True, slots=True)
class Sides:
    """What is drawn, in order."""

    items: tuple[Item, ...]
    names: Names
    joined: bool


def items(answers: Sequence[Answer], *, titles: Mapping[str, str], names: Names) -> Drawing:
    """Draw every item in `titles` small, on one scale and one line of time."""
    say = words("charts")
    asked = [Item(title, about(tuple(answers), key)[-MOST:]) for key, title in titles.items()]
    known = sorted((i for i in asked if i.reviews), key=lambda i: i.gap, reverse=True)
    days = {answer.day: answer for item in known for answer in item.reviews}
    reviews = [days[day] for day in sorted(days)]
    return Drawing(
        title=say["items.title"],
        subtitle=say["items.subtitle" if len(reviews) >= FEW else "items.dots"] if known else "",
        label=" ".join(_told(known, names)) or say["count.none"],
        svgs=_drawn(tuple(known), names, count=len(reviews)),
        legend=tuple(_legend(known, names)) if len(reviews) > 1 else (),
        after=(
            *counted(len(reviews), reviews, drawn_most=MOST),
            *((say["gap.after"],) if len(_here(known)) == len(PEOPLE) else ()),
        ),
        summary=say["numbers.summary"] if known else "",
        head=(say["items.item"], *(say.say("items.newest", name=names.of(p)) for p in _here(known)))
        if known
        else (),
        rows=tuple(
            (item.title, *(cell(item.reviews[-1].of(person)) for person in _here(known)))
            for item in known
        ),
    )


def _here(known: Sequence[Item]) -> tuple[str, ...]:
    """Return whose answers there are."""
    return tuple(
        person
        for person in PEOPLE
        if any(answer.of(person) is not None for item in known for answer in item.reviews)
    )


def _told(known: Sequence[Item], names: Names) -> Iterator[str]:
    say = words("charts")
    for item in known:
        newest = item.reviews[-1]
        if newest.a is not None and newest.b is not None:
            yield say.say(
                "items.said",
                item=item.title,
                a_name=names.a,
                a=newest.a,
                b_name=names.b,
                b=newest.b,
            )
        else:
            person = "b" if newest.a is None else "a"
            number = newest.of(person)
            yield say.say("items.alone", item=item.title, name=names.of(person), number=number)


def _legend(known: Sequence[Item], names: Names) -> Iterator[Sign]:
    here = _here(known)
    for person in here:
        yield Sign(person, names.of(person))
    if len(here) == len(PEOPLE):
        yield Sign("gap", words("charts")["items.gap"])


def _drawn(known: tuple[Item, ...], names: Names, *, count: int) -> Svgs:
    if count <= 1:
        return Svgs()
    from evenground.charts.plots.items import sides  # noqa: PLC0415 - brings in Altair

    return drawn(sides, Sides(known, names, joined=count >= FEW))
