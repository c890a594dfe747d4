"""The agreement on one page: to read, to print, to save as a file, and its dates for a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.content import plain
from evenground.forms import nodes
from evenground.steps import days, due
from evenground.steps.agree import newest
from evenground.steps.calendar import dates_file
from evenground.steps.sheet import Sheet, as_page, sheet
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Fill, Node


class OnePage(Step):
    """What holds now, and the three ways to take it along."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P30", "P24")

    def tree(self) -> list[Node]:
        """Return the page, and what can be done with it."""
        w, entry = self.words, newest(self.desk)
        made = sheet(self.desk, entry)
        if not (entry or made.areas or made.promises):
            return [nodes.text(w["agreements.nothing"])]
        take = [
            nodes.print_out(w["agreements.buttons.print"]),
            nodes.download(
                w["agreements.buttons.html"],
                plain(w["agreements.file"]),
                "text/html",
                as_page(made),
            ),
        ]
        if dates := self._dates():
            title = plain(w["agreements.calendar_title"])
            ics = dates_file(dates, title)
            name = plain(w["agreements.calendar_file"])
            take.append(
                nodes.download(w["agreements.buttons.calendar"], name, "text/calendar", ics)
            )
        return [
            nodes.paper(*self._paper(made)),
            nodes.buttons(*take),
            nodes.small(w["agreements.take_along"]),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"])),
        ]

    def _dates(self) -> list[due.Due]:
        today = days.today()
        found = due.dates(self.desk.journal, today, self.desk.names())
        entry = newest(self.desk)
        if entry and entry.record.look_again:
            found.append(due.Due(entry.record.look_again, "", ""))
        return [d for d in found if d.day >= today]

    def _paper(self, made: Sheet) -> list[Node]:
        w = self.words
        shown = [
            nodes.level(),
            nodes.small(" ".join(filter(None, [made.version, made.look_again]))),
            nodes.title(made.title),
            nodes.lead(made.between),
        ]
        for place, (heading, lines) in enumerate(made.parts):
            shown.append(nodes.heading(heading))
            if place == 0 and made.areas:
                shown.append(
                    nodes.decision_map([self._row(made, at) for at in range(len(made.areas))])
                )
            shown += [nodes.text(line) for line in lines]
            if not lines and not (place == 0 and made.areas):
                shown.append(nodes.hint(w["agreements.sheet.open"]))
        shown.append(nodes.heading(w["agreements.sheet.promises"]))
        items = [
            nodes.item(
                p.words,
                detail=w.say("agreements.whose", name=p.whose, start=p.start, end=p.end),
                by=p.owner,
                aside=p.tell,
            )
            for p in made.promises
        ]
        shown.append(nodes.listing(items) if items else nodes.hint(w["agreements.sheet.none"]))
        return [*shown, nodes.small(f"{made.values} {made.foot}")]

    def _row(self, made: Sheet, at: int) -> Node:
        area = made.areas[at]
        fill: Fill = area.fill  # type: ignore[assignment]  # one of them
        return nodes.map_row(nodes.cell(fill, area.letters), area.name, area.said)
