"""A letter to ask for help with. Nothing of it is kept; its writer copies it, or saves a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.forms.view import Kept
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node

TO = ("counsellor", "advocate", "doctor", "friend", "faith")
WANTS = ("listen", "words", "decide", "money", "hurt", "alone")
_SLOT = "letter/"


class Letter(Step):
    """Three choices, and the letter that follows from them."""

    part = "alone"
    practices: ClassVar[tuple[str, ...]] = ("P60",)

    def __init__(self) -> None:
        """Show the choices, none made."""
        self.chosen: dict[str, object] = {}
        self.times = 0  # that somebody sat down or left
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no choice for somebody else."""
        super().forget_forms()
        self.chosen = {}
        self.times += 1

    def tree(self) -> list[Node]:
        """Return the choices, and the letter once one is made."""
        w = self.words
        to = [nodes.option(key, w[f"letter.to_options.{key}"]) for key in TO]
        wants = [nodes.option(key, w[f"letter.wants.{key}"]) for key in WANTS]
        asks = [
            nodes.option("me", w["letter.me"]),
            nodes.option("us", w["letter.us"], detail=w["letter.us_help"]),
        ]
        asked = [
            self._field("to", "choice", to),
            self._field("about", "chips", wants, hint=w["letter.about_help"]),
            self._field("from", "choice", asks),
        ]
        return [
            nodes.heading(w["letter.title"]),
            nodes.seen("dashed", self.common["seen.unstored.strong"], w["letter.lead"]),
            *nodes.one_by_one(asked, self._letter(), key=f"letter {self.times}"),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Hold a choice on this page, and write the letter anew."""
        if not name.startswith(_SLOT):
            return super().on_input(name, value)
        self.chosen[name.removeprefix(_SLOT)] = value
        self.refresh()
        return Kept("page")

    def _field(self, name: str, control: str, options: list[Node], *, hint: str = "") -> Node:
        value = self.chosen.get(name)
        label = self.words[f"letter.{name}"]
        return nodes.field(
            f"{_SLOT}{name}", control, label, value=value, hint=hint, options=options
        )

    def text(self) -> list[str]:
        """Return the letter's paragraphs."""
        w, to = self.words, self.chosen.get("to")
        wants = self.chosen.get("about")
        asked = [key for key in WANTS if isinstance(wants, list | tuple) and key in wants]
        table = "letter.line_us" if self.chosen.get("from") == "us" else "letter.line_me"
        hello = w[f"letter.hello.{to if to in TO else 'counsellor'}"]
        lines = [w[f"{table}.{key}"] for key in ("open", *asked, "close")]
        return [hello, *lines]

    def _letter(self) -> list[Node]:
        if not any(self.chosen.values()):
            return []
        w, text = self.words, self.text()
        return [
            nodes.quote("", text, label=w["letter.preview"]),
            nodes.download(w["letter.save"], w["letter.file"], "text/plain", "\n\n".join(text)),
            nodes.small(w["letter.save_help"]),
        ]
