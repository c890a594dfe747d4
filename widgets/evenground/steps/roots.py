"""What is older than the two: learned ways, signs in the body, a value, and an open question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.acknowledge import BodySign, OldScript, OpenQuestion, OwnValue
from evenground.steps.cards import Cards
from evenground.steps.desk import by
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class OldScripts(Cards[OldScript]):
    """The old way, where it comes from, and the one chosen now. For its writer alone."""

    part = "acknowledge"
    kind = OldScript
    released = False
    practices: ClassVar[tuple[str, ...]] = ("P8",)

    def title(self, record: OldScript) -> str:
        """Return the first words."""
        return glimpse(record.then or record.now or record.choice)

    def told(self, entry: Entry[OldScript]) -> list[Node]:  # noqa: ARG002 - none is released
        """Return nothing: these stay with their writer."""
        return []


class BodySigns(Cards[BodySign]):
    """What sets a person off, the first sign, and what helps; what helps may be released."""

    part = "acknowledge"
    kind = BodySign
    one = True
    practices: ClassVar[tuple[str, ...]] = ("P10",)

    def title(self, record: BodySign) -> str:
        """Return what helps, or the first words."""
        return glimpse(record.helps or record.first_sign or record.sets_off or record.named)

    def to_release(self, record: BodySign) -> BodySign | None:
        """Return what helps, and no more."""
        return BodySign(helps=record.helps) if record.helps else None

    def told(self, entry: Entry[BodySign]) -> list[Node]:
        """Return what helps the other one."""
        label = self.words.say("body_signs.helps_them", name=self.desk.name(entry.author))
        return [nodes.quote(by(entry.author), paragraphs(entry.record.helps), label=label)]

    def before(self) -> list[Node]:
        """Return the guide for slow breaths."""
        return [breath(self)]

    def fields(self, form: Writing[BodySign]) -> list[Node]:
        """Return the four boxes."""
        return form.nodes(more={"sets_off": {"lines": 2}, "helps": {"lines": 2}})


def breath(step: Cards[BodySign]) -> Node:
    """Return a guide for six slow breaths: words that change, or a line to read."""
    w = step.words
    return nodes.breath(
        title=w["breath.title"],
        still=w["breath.still"],
        breathe_in=w["breath.in"],
        breathe_out=w["breath.out"],
        start=w["breath.start"],
        stop=w["breath.stop"],
    )


class ValueToStandOn(Cards[OwnValue]):
    """One thing its writer wants to live by, before the draft."""

    part = "acknowledge"
    kind = OwnValue
    one = True
    released = False
    practices: ClassVar[tuple[str, ...]] = ("P9",)

    def title(self, record: OwnValue) -> str:
        """Return the value."""
        return record.value or glimpse(record.last)

    def told(self, entry: Entry[OwnValue]) -> list[Node]:  # noqa: ARG002 - none is released
        """Return nothing: it stays with its writer."""
        return []

    def was_kept(self, entry: Entry[OwnValue]) -> None:
        """Go on to the draft, when the words are in a file."""
        if not self.desk.is_held(entry):
            self.go_on()


class Question(Cards[OpenQuestion]):
    """One question to bring to the other, released when its writer wishes."""

    part = "acknowledge"
    kind = OpenQuestion
    one = True
    practices: ClassVar[tuple[str, ...]] = ("P9",)

    def title(self, record: OpenQuestion) -> str:
        """Return the question."""
        return record.question

    def told(self, entry: Entry[OpenQuestion]) -> list[Node]:
        """Return the question as the other one reads it."""
        label = self.words.say("open_questions.asks", name=self.desk.name(entry.author))
        return [nodes.quote(by(entry.author), [entry.record.question], label=label)]
