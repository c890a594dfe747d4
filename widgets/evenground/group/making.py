"""The form that makes a group, and the list of those that were made."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from evenground import content
from evenground.content import words
from evenground.forms import Kept, View, nodes
from evenground.forms.view import SAME
from evenground.group import ending, gathering
from evenground.group.gathering import PARTS, STARTS, USUAL_KEPT, Group, GroupError
from evenground.group.plan import PLANS


class Making:
    """A form for a new group. It is made when the button is pressed, and not before."""

    def __init__(self) -> None:
        """Show the form, filled with what is usual; groups whose day has come are taken out."""
        self.values: dict[str, object] = {
            "plan": PLANS[0],
            "start": f"{STARTS[PLANS[0]]:%H:%M}",
            "couples": "8",
            "every": "7",
            "keep": str(USUAL_KEPT),
            "language": content.LANGUAGE,
            "parts": list(PARTS),
        }
        self.said: list[str] = []
        self.error = ""
        self.ended = [sentence for one in ending.sweep() for sentence in one.sentences]
        self.view = View(self.tree(), on_input=self.on_input, on_press=self.on_press)

    def tree(self) -> list[nodes.Node]:
        """Return the form, or what was made, and the groups on this computer."""
        w = words("group")
        said = [nodes.status(sentence) for sentence in self.said]
        if said:
            return [*said, nodes.buttons(nodes.press("again", w["make.buttons.again"]))]
        return [
            *(nodes.status(sentence) for sentence in self.ended),
            *self._form(),
            *([nodes.status(self.error)] if self.error else []),
            nodes.buttons(nodes.press("make", w["make.buttons.make"])),
            *self._made(),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Hold what is typed, on this page alone."""
        self.values[name] = value
        if name == "plan" and value in STARTS and self._start in STARTS.values():
            self.values["start"] = f"{STARTS[str(value)]:%H:%M}"  # nobody chose another one
            self.view.show(self.tree())
        return SAME

    def on_press(self, key: str, value: str, values: dict[str, Any]) -> Kept:
        """Make the group, or begin another form."""
        del value
        self.values.update(values)
        self.said, self.error = [], ""
        if key == "make":
            try:
                self._make()
            except GroupError as error:
                self.error = words("group").say(error.key, **error.fill)
        self.view.show(self.tree())
        return SAME

    def _make(self) -> None:
        w = words("group")
        group = self._group()
        folder = gathering.make(group)
        ends = gathering.ends(folder)
        self.said = [
            w.say("make.done", name=group.name, date=f"{ends.day} {ends:%B %Y}"),
            w.say("make.where", folder=folder.name),
        ]

    def _group(self) -> Group:
        v = {name: self.values.get(name) for name in ("name", "first", "start", "plan")}
        try:
            first = date.fromisoformat(str(v["first"] or ""))
        except ValueError as error:
            raise GroupError("mistakes.no_day") from error
        return Group(
            name=str(v["name"] or "").strip(),
            first=first,
            start=gathering.clock(str(v["start"] or self.values["start"])),
            plan=str(v["plan"]),
            couples=self._number("couples"),
            every=self._number("every"),
            keep=self._number("keep"),
            language=str(self.values.get("language")),
            parts=tuple(cast("list[str]", self.values.get("parts") or [])),
        )

    @property
    def _start(self) -> object:
        try:
            return gathering.clock(str(self.values.get("start") or ""))
        except GroupError:
            return None

    def _number(self, name: str) -> int:
        try:
            return int(str(self.values.get(name) or "0"))
        except ValueError as error:
            raise GroupError("mistakes.number") from error

    def _form(self) -> list[nodes.Node]:
        w = words("group")

        def field(name: str, control: str, **more: Any) -> nodes.Node:
            hint = w.get(f"make.{name}_help")
            value = self.values.get(name)
            return nodes.field(name, control, w[f"make.{name}"], value=value, hint=hint, **more)

        plans = [nodes.option(name, w[f"plan.{name}"]) for name in PLANS]
        tongues = [
            nodes.option(one, words("group", one)["language"]) for one in content.languages()
        ]
        parts = [nodes.option(part, w[f"make.part.{part}"]) for part in PARTS]
        usual = {name: self.values.get(name) for name in ("plan", "start")}
        return [
            field("name", "line", limit=60),
            nodes.row(
                field("first", "date"),
                nodes.field("start", "time", w["plan.start"], value=usual["start"]),
            ),
            nodes.field("plan", "select", w["plan.ask"], value=usual["plan"], options=plans),
            field("couples", "amount"),
            field("every", "amount"),
            field("language", "select", options=tongues),
            field("parts", "chips", options=parts),
            field("keep", "amount"),
        ]

    def _made(self) -> list[nodes.Node]:
        w = words("group")
        rows = []
        for folder in gathering.folders():
            try:
                ends = gathering.ends(folder)
                name = gathering.read(folder).name
            except (GroupError, content.ContentError):
                continue
            told = w.say("make.ends", date=f"{ends.day} {ends:%B %Y}")
            rows.append(nodes.item(name, detail=told))
        if not rows:
            return [nodes.hint(w["make.none"])]
        return [nodes.heading(w["make.yours"]), nodes.listing(rows)]
