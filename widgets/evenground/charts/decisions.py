"""Who decides in each area: what was agreed, and quarter by quarter how each of the two saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evenground.charts.drawing import Drawing, Sign, Svgs, drawn
from evenground.charts.initials import letters
from evenground.content import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from evenground.charts.answers import Names

Mode = Literal["a", "a_say", "together", "turns", "b_say", "b", "open"]
MODES: tuple[Mode, ...] = ("a", "a_say", "together", "turns", "b_say", "b", "open")
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year, counted from 1."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter that a day is in."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)


@dataclass(frozen=True, slots=True)
class View:
    """How each saw one quarter in practice; None where nothing is released."""

    quarter: Quarter
    a: Mode | None = None
    b: Mode | None = None

    @property
    def modes(self) -> tuple[Mode | None, ...]:
        """Return one view where the two agree or one is missing, else both."""
        if self.a == self.b or self.b is None:
            return (self.a,)
        return (self.b,) if self.a is None else (self.a, self.b)


@dataclass(frozen=True, slots=True)
class Area:
    """An area of life, with its title as the two of them call it."""

    title: str
    agreed: Mode | None
    views: tuple[View, ...] = ()

    @property
    def newest(self) -> View | None:
        """Return the view of the newest quarter."""
        return max(self.views, key=lambda view: view.quarter, default=None)

    @property
    def differs(self) -> bool:
        """Return whether either sees the newest quarter otherwise than agreed."""
        return bool(
            self.agreed and self.newest and any(m != self.agreed for m in self.newest.modes)
        )


@dataclass(frozen=True, slots=True)
class Map:
    """What is drawn."""

    areas: tuple[Area, ...]
    names: Names

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Return every quarter that somebody has a view of, oldest first."""
        return tuple(sorted({view.quarter for area in self.areas for view in area.views}))


def decisions(areas: Sequence[Area], *, names: Names) -> Drawing:
    """Draw the map of who decides: an agreed column, then the quarters in practice."""
    say = words("charts")
    data = Map(tuple(areas), names)
    if not areas:
        none = say["decisions.none"]
        return Drawing(
            title=say["decisions.title"], subtitle="", label=none, svgs=Svgs(), after=(none,)
        )
    return Drawing(
        title=say["decisions.title"],
        subtitle=say["decisions.subtitle"] if data.quarters else "",
        label=" ".join(_told(data)),
        svgs=_drawn(data),
        legend=tuple(_legend(data)),
        after=(say["decisions.after"],),
        summary=say["numbers.summary"],
        head=(
            say["decisions.area"],
            say["decisions.agreed"],
            *(_when(quarter) for quarter in reversed(data.quarters)),
        ),
        rows=tuple(_row(area, data) for area in areas),
    )


def mode(key: str | None, names: Names) -> str:
    """Return a way to decide in words."""
    say = words("charts")
    if key is None:
        return say["decisions.unsaid"]
    return say.say(f"decisions.modes.{key}", a=names.a, b=names.b)


def _when(quarter: Quarter) -> str:
    say = words("charts")
    return plain(say.say("decisions.when", number=quarter.number, year=str(quarter.year)))


def _seen(view: View | None, names: Names) -> str:
    modes = view.modes if view else (None,)
    if len(modes) == 1:
        return mode(modes[0], names)
    a, b = (mode(key, names) for key in modes)
    return words("charts").say("decisions.both", a_name=names.a, a=a, b_name=names.b, b=b)


def _told(data: Map) -> Iterator[str]:
    say = words("charts")
    for area in data.areas:
        agreed = mode(area.agreed, data.names)
        if area.newest is None:
            yield say.say("decisions.only", area=area.title, mode=agreed)
            continue
        yield say.say(
            "decisions.said",
            area=area.title,
            mode=agreed,
            time=_when(area.newest.quarter),
            answer=_seen(area.newest, data.names),
        )


def _row(area: Area, data: Map) -> tuple[str, ...]:
    by_quarter = {view.quarter: view for view in area.views}
    return (
        area.title,
        mode(area.agreed, data.names),
        *(_seen(by_quarter.get(quarter), data.names) for quarter in reversed(data.quarters)),
    )


def _legend(data: Map) -> Iterator[Sign]:
    """Yield the cells that are in the map."""
    say, names = words("charts"), data.names
    views = [view for area in data.areas for view in area.views]
    found = {area.agreed for area in data.areas} | {key for view in views for key in view.modes}
    for key in MODES:
        if key in found:
            yield Sign("cell", mode(key, names), letters(key, names), key)
    if any(len(view.modes) > 1 for view in views):
        yield Sign("split", say.say("decisions.split", a=names.a, b=names.b))
    if any(area.differs for area in data.areas):
        yield Sign("outline", say["decisions.outline"])


def _drawn(data: Map) -> Svgs:
    from evenground.charts.plots.decisions import cells  # noqa: PLC0415 - brings in Altair

    return drawn(cells, data)
