"""Answers that two people give alone and open together.

Each is sealed with its writer's passphrase; to open both, both are here and each opens their half.
With no passphrase an answer waits in the memory of the page. What is opened is released to both.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic

from evenground.forms import Kept, nodes
from evenground.journal import WrongPassphrase
from evenground.records.entry import BOTH, Entry, R
from evenground.steps.desk import PEOPLE
from evenground.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.records.declaration import Record
    from evenground.steps.writing import Writing


class BothAnswer(Step, Generic[R]):
    """A step in which each answers alone, and then both are opened."""

    kind: ClassVar[type[Record]]
    keep_label: ClassVar[str]
    one_by_one: ClassVar[bool] = False  # on a phone, one question at a time

    def __init__(self) -> None:
        """Show what stands for whoever is here."""
        self.changing = False
        self.asking = False  # for the passphrases that open each half
        self.wrong: dict[str, str] = {}
        self.phrases: dict[str, str] = {}
        super().__init__()

    # What a subclass writes ---------------------------------------------------------------------

    @abstractmethod
    def opened(self) -> list[Node] | None:
        """Return what both see once it is open; None while it is not."""

    def released(self, answers: Mapping[str, Entry[R]]) -> dict[str, R]:
        """Return what both may read of each answer, by person: all of it."""
        return {person: entry.record for person, entry in answers.items()}

    def said_when_open(self) -> str:
        """Return the sentence that stands there once both are open, if any."""
        return ""

    def open_both(self, answers: Mapping[str, Entry[R]]) -> None:
        """Release what both may read, and take the sealed answers away."""
        for person, record in self.released(answers).items():
            thread = answers[person].thread
            self.desk.add(record, author=person, sealed=False, released_from=thread)
        for entry in answers.values():
            self.desk.withdraw(entry)  # to forget it would take out what was released of it
        self.changing = False
        self.done(self.said_when_open())

    def fixed(self) -> dict[str, object]:
        """Return what a record holds besides what is typed."""
        return {}

    def fields(self, form: Writing[R]) -> list[Node]:
        """Return the fields of one person's answers."""
        return form.nodes()

    def do_more(self, key: str, value: str) -> None:
        """Do what other buttons say."""

    # How it goes --------------------------------------------------------------------------------

    def tree(self) -> list[Node]:
        """Return the form for one, or what both can open."""
        answers = self.answers()
        shown = self.opened()
        if shown is not None:
            return shown
        if self.desk.one:
            return self._alone(answers)
        if self.desk.who == BOTH:
            return self._together()
        return self.for_one() or []

    def do(self, key: str, value: str) -> None:
        """Keep, change, or open."""
        if key == "keep":
            form = self._form()
            if self.kept(form, self.common["both_answer.sealed"], **self.fixed()):
                self.changing = False
        elif key == "change":
            self.changing = True
        elif key == "open":
            self._open()
        elif key == "not_today":
            self.asking = False
            self.go_on()
        else:
            self.do_more(key, value)

    def forget_forms(self) -> None:
        """Ask for nothing once somebody else is writing."""
        super().forget_forms()
        self.changing = self.asking = False
        self.wrong, self.phrases = {}, {}

    def answers(self) -> dict[str, Entry[R]]:
        """Return each person's newest sealed answer that can be read here, by person."""
        found: dict[str, Entry[R]] = {}
        for person in PEOPLE:
            mine = [
                e
                for e in self.desk.entries(self.kind, reader=person)
                if e.author == person and e.sealed and self.counts(e)
            ]
            if mine:
                found[person] = mine[-1]  # type: ignore[assignment]  # of this step's kind
        return found

    def counts(self, entry: Entry[Any]) -> bool:  # noqa: ARG002 - for those that override it
        """Return whether a sealed answer belongs to what is open now."""
        return True

    def _form(self) -> Writing[R]:
        mine = self.answers().get(self.desk.one)
        return self.writing(self.kind, replaces=mine)  # type: ignore[arg-type]  # of this step's kind

    def _alone(self, answers: Mapping[str, Entry[R]]) -> list[Node]:
        me = self.desk.one
        line = self.seen(self.kind)
        if me in answers and not self.changing:
            both_in = len(answers) == len(PEOPLE)
            said = "both_answer.two_in" if both_in else "both_answer.sealed"
            next_ = "both_answer.opens_with" if both_in else "both_answer.other_turn"
            return [
                line,
                *self.news(),
                nodes.text(self.common[said]),
                nodes.hint(self.common.say(next_, **self.desk.names())),
                nodes.buttons(
                    nodes.press("skip", self.common["buttons.go_on"]),
                    nodes.press("change", self.common["buttons.change"]),
                ),
            ]
        form = self._form()
        asked = self.fields(form)
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words[self.keep_label]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self.after(),
        ]
        if self.one_by_one:
            return [line, *self.locked(), *nodes.one_by_one(asked, end, key=form.key)]
        return [line, *self.locked(), *asked, *end]

    def after(self) -> list[Node]:
        """Return what stands under the buttons of the form, the same for everybody."""
        return []

    def _together(self) -> list[Node]:
        answers = self.answers()
        shut = [p for p in PEOPLE if p not in answers and self.desk.locked(p)]
        if len(answers) < len(PEOPLE) and not shut:
            return self.ask_who("both_answer.one_in" if answers else "alone.choose")
        buttons = nodes.buttons(
            nodes.press("open", self.common["buttons.open_both"]),
            nodes.press("not_today", self.common["buttons.not_today"]),
        )
        halves = [self._half(person) for person in shut] if self.asking else []
        text = nodes.text(self.common["both_answer.maybe" if shut else "both_answer.two_in"])
        return [self.seen(self.kind), text, *halves, *self.news(), buttons]

    def _half(self, person: str) -> Node:
        name = self.desk.name(person)
        return nodes.field(
            f"half.{person}",
            "passphrase",
            self.common.say("both_answer.locked", name=name),
            person=person,
            error=self.wrong.get(person, ""),
            autocomplete="off",
            show=self.common["both_answer.show"],
        )

    def on_input(self, name: str, value: object) -> Kept:
        """Hold no passphrase; keep the rest as a draft."""
        return Kept("same") if name.startswith("half.") else super().on_input(name, value)

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.phrases = {p: str(values.get(f"half.{p}") or "") for p in PEOPLE}
        try:
            return super()._press(key, value, values)
        finally:
            self.phrases = {}

    def _open(self) -> None:
        self.wrong = {}
        shut = [p for p in PEOPLE if self.desk.locked(p) and p not in self.answers()]
        if shut and not self.asking:
            self.asking = True
            return
        for person in shut:
            try:
                self.desk.journal.unlock(person, self.phrases[person])
            except WrongPassphrase as error:
                self.wrong[person] = error.sentence
        if self.wrong:
            return
        answers = self.answers()
        if len(answers) == len(PEOPLE):
            self.asking = False
            self.open_both(answers)
        else:
            self.said = self.common["both_answer.one_in"]
