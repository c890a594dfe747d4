"""The path for one person, in every part: ways to go on alone, and a letter to ask for help."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import form, nodes
from evenground.forms.view import Kept
from evenground.records.alone import WAYS, OwnPath
from evenground.steps.desk import by
from evenground.steps.letter import Letter
from evenground.steps.step import Step
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms import View
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry

_SLOT = f"{OwnPath.kind}/"


def ways() -> View:
    """Show ways to go on by oneself, each with what it can protect and what it cannot do."""
    return Ways().view


def letter() -> View:
    """Show a letter to ask for help with, made from a few choices."""
    return Letter().view


class Ways(Step):
    """Ways to think about alone. What is typed stays on the page until its writer keeps it."""

    part = "alone"
    practices: ClassVar[tuple[str, ...]] = ("P57",)

    def __init__(self) -> None:
        """Show the ways, none chosen."""
        self.typed: dict[str, object] = {}
        self.times = 0  # that the boxes were cleared
        super().__init__()

    def forget_forms(self) -> None:
        """Hold nothing for somebody else to see."""
        super().forget_forms()
        self._clear()

    def tree(self) -> list[Node]:
        """Return the ways, boxes to think in, and what was kept."""
        if stands := self.for_one():
            return [nodes.text(self.words["ways.help"]), *stands]
        w, way = self.words, str(self.typed.get("way") or "")
        asked = [
            *self._fields("way"),
            *(self._about(way) if way in WAYS else []),
            *self._fields("protects", "step", "who", "words"),
        ]
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["ways.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.actions(nodes.press("again", w["ways.again"])),
        ]
        return [
            nodes.lead(w["ways.lead"]),
            nodes.text(self.say("ways.clear")),
            nodes.text(self.say("ways.no")),
            nodes.seen("dashed", *self._unstored()),
            *nodes.one_by_one(asked, end, key=f"ways {self.times}"),
            *self._had(),
            nodes.small(w["ways.help"]),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Hold what is typed on this page, and nowhere else."""
        if not name.startswith(_SLOT):
            return super().on_input(name, value)
        self.typed[name.removeprefix(_SLOT)] = value
        if name == f"{_SLOT}way":
            self.refresh()
        return Kept("page")

    def do(self, key: str, value: str) -> None:
        """Keep it, because its writer said so; clear the boxes; or take out what was kept."""
        if key == "keep" and self.desk.one:
            record = OwnPath.typed(self.typed)
            if record.is_empty():
                self.said = self.common["kept.empty"]
                return
            held = self.desk.is_held(self.add(record, author=self.desk.one))
            self._clear()
            self.said = self.common["kept.here"] if held else self.words["ways.kept"]
        elif key == "again":
            self._clear()
        elif key == "forget":
            found = next((e for e in self._kept() if e.thread == value), None)
            if found:
                self.desk.forget(found)
                self.done(self.words["ways.forgotten"])

    def _clear(self) -> None:
        self.typed = {}
        self.times += 1

    def _unstored(self) -> tuple[str, str]:
        return self.common["seen.unstored.strong"], self.words["ways.unstored"]

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        for name, given in values.items():
            if name.startswith(_SLOT):
                self.typed[name.removeprefix(_SLOT)] = given
        return super()._press(key, value, values)

    def _fields(self, *only: str) -> list[Node]:
        names = self.desk.names()
        made = form(OwnPath, self.words, values=self.typed, names=names, only=only)
        return [{**node, "name": f"{_SLOT}{node['name']}"} for node in made]

    def _about(self, way: str) -> list[Node]:
        w = self.words
        return [
            nodes.listing(
                [
                    nodes.item(w["ways.protects_for"], detail=self.say(f"ways.{way}.protects")),
                    nodes.item(w["ways.not_for"], detail=self.say(f"ways.{way}.not")),
                    nodes.item(w["ways.first"], detail=self.say(f"ways.{way}.first")),
                ]
            ),
        ]

    def _kept(self) -> list[Entry[OwnPath]]:
        return [e for e in self.desk.entries(OwnPath) if e.author == self.desk.one]

    def _had(self) -> list[Node]:
        shown: list[Node] = []
        for entry in self._kept():
            record = entry.record
            way = self.say(f"own_paths.way.options.{record.way}") if record.way else ""
            lines = [record.protects, record.step, record.who, record.words]
            words = [line for text in lines for line in paragraphs(text)]
            forget = nodes.press("forget", self.words["ways.forget"], entry.thread)
            shown.append(nodes.quote(by(entry.author), words or [glimpse(way)], label=way))
            shown.append(nodes.actions(forget))
        return [nodes.details(self.words["ways.have"], *shown)] if shown else []
