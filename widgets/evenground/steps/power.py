"""Where each of the two has more room: each alone, sealed, then both views side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.acknowledge import FORMS, Room
from evenground.steps.both import BothAnswer
from evenground.steps.desk import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class PowerMap(BothAnswer[Room]):
    """Form by form: who can choose more freely, and what gives them that room. No verdict."""

    part = "acknowledge"
    kind = Room
    keep_label = "rooms.keep"
    practices: ClassVar[tuple[str, ...]] = ("P7",)

    def __init__(self) -> None:
        """Begin with the first form."""
        self.at = 0
        super().__init__()

    def forget_forms(self) -> None:
        """Begin with the first form for whoever comes next."""
        super().forget_forms()
        self.at = 0

    def tree(self) -> list[Node]:
        """Return one form at a time for one person; what is open for both."""
        shown = self.opened()
        if shown is not None or not self.desk.one:
            return super().tree()
        answers = self.answers()
        if self.desk.one in answers and not self.changing:
            return self._alone(answers)
        if self.desk.locked(self.desk.one):
            return [self.seen(Room), *self.locked()]
        return self._one()

    def do(self, key: str, value: str) -> None:
        """Go from form to form; keep all of them at the end."""
        if key == "next":
            self.at = min(len(FORMS), self.at + 1)
        elif key == "back":
            self.at = max(0, self.at - 1)
        else:
            if key == "change":
                self.at = 0
            super().do(key, value)

    def _one(self) -> list[Node]:
        w, form = self.words, self._form()
        before = [nodes.press("back", w["rooms.back"])] if self.at else []
        if self.at >= len(FORMS):
            return [
                self.seen(Room),
                nodes.text(w["rooms.ready"]),
                *self.news(),
                nodes.buttons(
                    nodes.press("keep", w["rooms.keep"]),
                    nodes.press("skip", self.common["buttons.skip"]),
                ),
                nodes.actions(*before),
            ]
        name = FORMS[self.at]
        fields = (name, f"{name}_from") if form.values.get(name) else (name,)
        return [
            nodes.eyebrow(w.say("rooms.eyebrow", number=self.at + 1)),
            nodes.title(w[f"rooms.forms.{name}"]),
            nodes.hint(w[f"rooms.about.{name}"]),
            self.seen(Room),
            *form.nodes(fields, more=self._asked(name, form)),
            *self.news(),
            nodes.buttons(
                nodes.press("next", self.common["buttons.go_on"]),
                nodes.press("next", self.common["buttons.skip"]),
            ),
            nodes.actions(*before, nodes.press("skip", self.common["buttons.leave_rest"])),
        ]

    def _asked(self, name: str, form: Writing[Room]) -> dict[str, dict[str, object]]:
        """Return the one question and the one row of chips that every form has."""
        w, names = self.words, self.desk.names()
        controls = dict(form.kind.controls())
        room = [
            nodes.option(
                key,
                w.say(f"rooms.room.{key}", **names),
                mark=key if key in PEOPLE else "",
            )
            for key in getattr(controls[name], "options", ())
        ]
        sources = [
            nodes.option(key, w[f"rooms.sources.{key}"])
            for key in getattr(controls[f"{name}_from"], "options", ())
        ]
        return {
            name: {"label": w["rooms.ask"], "options": room},
            f"{name}_from": {
                "label": w["rooms.from"],
                "hint": w["rooms.from_help"],
                "options": sources,
            },
        }

    # Open -----------------------------------------------------------------------------------------

    def released(self, answers: Mapping[str, Entry[Room]]) -> dict[str, Room]:
        """Return both views, without the forms that either left out."""
        both = super().released(answers)
        shut = [name for name in FORMS if not all(getattr(r, name) for r in both.values())]
        empty: dict[str, object] = dict.fromkeys(shut, "") | {f"{n}_from": () for n in shut}
        return {person: record.model_copy(update=empty) for person, record in both.items()}

    def opened(self) -> list[Node] | None:
        """Return both views side by side, those that differ first; None while it is shut."""
        views = self._views()
        if len(views) < len(PEOPLE) or self.changing or self.answers():
            return None
        w = self.words
        both = [n for n in FORMS if all(getattr(r, n) for r in views.values())]
        two_ways = [n for n in both if len({getattr(r, n) for r in views.values()}) > 1]
        alike = [n for n in both if n not in two_ways]
        again = nodes.press("again", w["rooms.again"])
        return [
            nodes.seen("rings", self.common["seen.shared.strong"], self.common["seen.shared.text"]),
            nodes.lead(w["rooms.open_lead"]),
            *self._table("rooms.two_ways", two_ways, views),
            *self._table("rooms.alike", alike, views),
            *([] if both else [nodes.text(w["rooms.none_open"])]),
            *([nodes.hint(w["rooms.shut"])] if 0 < len(both) < len(FORMS) else []),
            nodes.hint(w["rooms.no_verdict"]),
            *self.news(),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]), again),
        ]

    def do_more(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Begin anew: what was open is taken out, and each answers alone once more."""
        if key == "again":
            for entry in self.desk.journal.entries(Room):
                self.desk.withdraw(entry)
            self.at = 0
            self.done()

    def _views(self) -> dict[str, Room]:
        found = [e for e in self.desk.journal.entries(Room) if e.released_from and not e.sealed]
        return {e.author: e.record for e in found}

    def _table(self, title: str, names: list[str], views: Mapping[str, Room]) -> list[Node]:
        if not names:
            return []
        w = self.words
        head = [w["rooms.form"], *(self.desk.name(p) for p in PEOPLE)]
        rows = [
            [w[f"rooms.forms.{name}"], *(self._view(views[p], name) for p in PEOPLE)]
            for name in names
        ]
        return [nodes.heading(w[title]), nodes.table("", head, rows)]

    def _view(self, record: Room, name: str) -> str:
        w = self.words
        room = w.say(f"rooms.room.{getattr(record, name)}", **self.desk.names())
        sources = [w[f"rooms.sources.{key}"] for key in getattr(record, f"{name}_from")]
        return f"{room}: {', '.join(sources).lower()}" if sources else room
