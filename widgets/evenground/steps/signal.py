"""The word or sign by which either of the two stops a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.listen import PauseSignal
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing


class Signal(Step):
    """One word or sign, which both can use at any point; and a page to pause on, now."""

    part = "listen"
    practices: ClassVar[tuple[str, ...]] = ("P21",)

    def tree(self) -> list[Node]:
        """Return the box for it, with what was chosen."""
        found = self.desk.entries(PauseSignal)
        have = found[-1].record.signal if found else ""
        w = self.words
        return [
            self.seen(PauseSignal),
            *([nodes.text(w.say("pause_signals.have", signal=have))] if have else []),
            *self._form().nodes(),
            nodes.hint(w["pause_signals.promise"]),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["pause_signals.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.actions(nodes.press("pause", w["pause_signals.now"])),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep it and go on; or pause."""
        if key == "pause" and self.desk.page:
            self.desk.page.pause()
        elif key == "keep" and self.kept(self._form()):
            self.go_on()

    def _form(self) -> Writing[PauseSignal]:
        found = self.desk.entries(PauseSignal)
        form = self.writing(PauseSignal, author=BOTH, replaces=found[-1] if found else None)
        form.replaces = found[-1] if found else None
        return form
