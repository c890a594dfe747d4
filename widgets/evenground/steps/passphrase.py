"""A passphrase for private pages: set alone, with a spare code that is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.content import words
from evenground.forms import Kept, nodes
from evenground.journal import place
from evenground.records.entry import BOTH
from evenground.records.start import Rest
from evenground.steps.room import USUAL_REST
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing

SHORTEST = 14  # letters: about what four short words come to


class Passphrase(Step):
    """How the one who is writing sets a passphrase."""

    part = "start"

    def __init__(self) -> None:
        """Show two boxes, or that a passphrase is set."""
        self.spare = ""  # the spare code, while it is shown
        self.wrong: dict[str, str] = {}
        self.typed: dict[str, str] = {}
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no passphrase and no spare code once somebody else is writing."""
        super().forget_forms()
        self.spare, self.wrong, self.typed = "", {}, {}

    def tree(self) -> list[Node]:
        """Return what stands for the one who is writing."""
        w = self.words
        me = self.desk.one
        if not me:
            have = [self._have(p.key) for p in self.desk.journal.people() if p.name]
            return [*have, nodes.text(w["passphrase.choose"])]
        if self.spare:
            return [
                nodes.heading(w["passphrase.spare_title"]),
                nodes.text(w["passphrase.spare_lead"]),
                nodes.code(self.spare),
                nodes.hint(w["passphrase.spare_limit"]),
                nodes.buttons(nodes.press("noted", w["passphrase.spare_done"])),
            ]
        if self.desk.seals(me):
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            return [self._have(me), *self.news(), nodes.buttons(go_on)]
        if place.is_room():
            closed = nodes.text(words("journal")["place.room"])
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            return [closed, nodes.buttons(go_on)]
        return [
            *self.news(),
            self._box("first", w.say("passphrase.label", name=self.desk.name(me))),
            self._box("again", w["passphrase.again"]),
            nodes.buttons(
                nodes.press("set", w["passphrase.set"]), nodes.press("skip", w["passphrase.skip"])
            ),
            nodes.small(w["passphrase.lost"]),
        ]

    def _have(self, person: str) -> Node:
        key = "passphrase.have" if self.desk.seals(person) else "passphrase.none"
        return nodes.text(self.words.say(key, name=self.desk.name(person)))

    def _box(self, name: str, label: str) -> Node:
        return nodes.field(
            name,
            "passphrase",
            label,
            hint=self.words["passphrase.hint"] if name == "first" else "",
            person=self.desk.one if name == "first" else "",
            error=self.wrong.get(name, ""),
            autocomplete="new-password",
            show=self.words["passphrase.show"],
        )

    def on_input(self, name: str, value: object) -> Kept:  # noqa: ARG002 - it is not for keeping
        """Hold nothing: a passphrase is read when its button is pressed, and then let go."""
        return Kept("none")

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.typed = {k: str(values.get(k) or "") for k in ("first", "again")}
        try:
            return super()._press(key, value, values)
        finally:
            self.typed = {}

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Set the passphrase and show the spare code, or put it away."""
        if key == "set":
            self._set()
        elif key == "noted":
            self.spare = ""
            self.desk.changed()
            self.go_on()

    def _set(self) -> None:
        first, again = self.typed["first"], self.typed["again"]
        self.wrong = {}
        if len(first.strip()) < SHORTEST:
            self.wrong["first"] = self.words["passphrase.short"]
        elif first != again:
            self.wrong["again"] = self.words["passphrase.differ"]
        else:
            self.spare = self.desk.journal.set_passphrase(self.desk.one, first)


class Resting(Step):
    """After how long with nobody there private pages close by themselves."""

    part = "start"

    def tree(self) -> list[Node]:
        """Return four times to choose from; the one that holds is chosen."""
        return [
            *self._form().nodes(more={"minutes": {"row": True}}),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["rests.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - one button
        """Keep the time; it holds at once."""
        entry = self.kept(self._form(), self.words["rests.kept"]) if key == "keep" else None
        if entry:
            self.desk.journal.rest_after(60 * int(entry.record.minutes))

    def _form(self) -> Writing[Rest]:
        found = self.desk.journal.entries(Rest)
        begin = None if found else {"minutes": str(USUAL_REST)}
        replaces = found[-1] if found else None
        return self.writing(Rest, author=BOTH, begin=begin, replaces=replaces)
