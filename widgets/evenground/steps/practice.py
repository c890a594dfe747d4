"""Who decides in practice: each says alone how it is now, and both views are drawn by the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from evenground.charts.answers import Names
from evenground.charts.decisions import Area, Quarter, View, decisions
from evenground.forms import nodes
from evenground.records.amends import MODES, DecisionRight
from evenground.records.deciding import PracticeView
from evenground.steps import days
from evenground.steps.both import BothAnswer
from evenground.steps.desk import PEOPLE
from evenground.steps.drawn import Drawn
from evenground.steps.map import area_name, lines

if TYPE_CHECKING:
    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing

OWN = ("own_1", "own_2", "own_3")


def areas(desk: Desk) -> dict[str, Entry[DecisionRight] | None]:
    """Return the areas on the map by the column of a view that is about each."""
    found: dict[str, Entry[DecisionRight] | None] = {}
    own = iter(OWN)
    for key, entry in lines(desk).items():
        column = next(own, "") if key.startswith("other:") else key
        if column and not (entry and entry.record.place == "off"):
            found[column] = entry
    return found


def released(desk: Desk) -> list[Entry[PracticeView]]:
    """Return the views that both opened, oldest first."""
    return [e for e in desk.journal.entries(PracticeView) if e.released_from]


class InPractice(BothAnswer[PracticeView]):
    """One list an area, each alone; opened together, once in a quarter or more often."""

    part = "amends"
    kind = PracticeView
    keep_label = "practice_views.keep"
    practices: ClassVar[tuple[str, ...]] = ("P31",)

    def fields(self, form: Writing[PracticeView]) -> list[Node]:
        """Return a list to choose from for each area of the map."""
        say = self.words
        names = self.desk.names()
        options = [
            nodes.option(m, say.say(f"decision_rights.mode.options.{m}", **names)) for m in MODES
        ]
        return [
            nodes.text(say["practice_views.lead"]),
            *(
                nodes.field(
                    f"{form.prefix}{column}",
                    "select",
                    area_name(say, column, entry),
                    value=form.values.get(column),
                    options=options,
                )
                for column, entry in areas(self.desk).items()
            ),
        ]

    def opened(self) -> list[Node] | None:
        """Return that both views of this quarter are drawn below, unless somebody looks again."""
        now = Quarter.of(days.today())
        here = {e.author for e in released(self.desk) if Quarter.of(e.began.date()) == now}
        if here != set(PEOPLE) or self.changing or self.answers():
            return None
        again = nodes.press("change", self.words["practice_views.again"])
        return [nodes.text(self.words["practice_views.open"]), *self.news(), nodes.actions(again)]

    def said_when_open(self) -> str:
        """Return that both views are drawn below."""
        return self.words["practice_views.open"]


class MapDrawn(Drawn):
    """The map as agreed, and quarter by quarter as each of them sees it."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P31",)

    def tree(self) -> list[Node]:
        """Return the drawing, once both have opened a view."""
        if not released(self.desk):
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            return [nodes.hint(self.words["practice_views.none"]), nodes.buttons(go_on)]
        return self.drawn()

    def data(self) -> object:
        """Return each area with its line and both views of each quarter, and the two names."""
        seen: dict[tuple[Quarter, str], PracticeView] = {}
        for view in released(self.desk):
            seen[Quarter.of(view.began.date()), view.author] = view.record
        quarters = sorted({quarter for quarter, _ in seen})
        drawn = []
        for column, entry in areas(self.desk).items():
            views = tuple(
                View(q, *(self._mode(seen.get((q, person)), column) for person in PEOPLE))
                for q in quarters
            )
            agreed: Any = entry.record.mode if entry and entry.record.mode else "open"
            if entry or any(view.a or view.b for view in views):
                drawn.append(Area(area_name(self.words, column, entry), agreed, views))
        return drawn, Names(self.desk.name("a"), self.desk.name("b"))

    def drawing(self, data: Any) -> Drawing:
        """Return the map."""
        found, names = data
        return decisions(found, names=names)

    def _mode(self, record: PracticeView | None, column: str) -> Any:
        return (getattr(record, column) or None) if record else None
