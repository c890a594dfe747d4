"""Trying something new: it starts if both want it, each out of the other's sight, on one day.

What each said is in the memory of this page until both have, and then it is gone. A file knows
that something is tried until a day, or that it is "not now"; it does not know who said what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.forms.view import SAME, Kept
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.limits import Experiment, ExperimentLook
from evenground.steps import closed_topics, days
from evenground.steps.asked_again import again_fields, again_said, is_shut, read_again
from evenground.steps.desk import PEOPLE, by
from evenground.steps.ledger import Ledger
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from datetime import date

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


@dataclass(frozen=True)
class Word:
    """What somebody said today to one experiment. Never on disk."""

    wants: bool
    said_on: date
    again: str = ""
    again_on: date | None = None


class Experiments(Ledger[Experiment]):
    """Ideas, what both said to each, a stop for either of them, and the look back."""

    kind = Experiment
    practices: ClassVar[tuple[str, ...]] = ("P44", "P58")

    def __init__(self) -> None:
        """Show the ideas, with nothing said."""
        self.said_by: dict[str, dict[str, Word]] = {}  # by version and person
        self.typed: dict[str, object] = {}
        self.looking = ""  # the thread that is looked back at
        super().__init__()

    def forget_forms(self) -> None:
        """Hold no boxes for somebody else; what each said stays unseen on this page."""
        super().forget_forms()
        self.typed, self.looking = {}, ""

    def found(self) -> list[Entry[Experiment]]:
        """Return the ideas; those on closeness for whoever has opened these topics."""
        return [e for e in super().found() if closed_topics.shown(self.desk, e.record.topic)]

    def fields(self, form: Writing[Experiment]) -> list[Node]:
        """Return the idea, its limits, the word that stops it, and its end."""
        names = ["idea", "limits", "stop_word", "end"]
        if closed_topics.is_open(self.desk, self.desk.one):
            names.insert(0, "topic")
        return [*form.nodes(names), *closed_topics.switch(self.desk)]

    def ready(self, form: Writing[Experiment]) -> bool:
        """Return whether it has an idea, a word that stops it, and an end in days to come."""
        form.values["topic"] = form.values.get("topic") or "everyday"
        lacking = [
            Fault(name, key, {})
            for name, key in (
                ("idea", "write_first"),
                ("stop_word", "needs_stop_word"),
                ("end", "needs_end"),
            )
            if not str(form.values.get(name) or "").strip()
        ]
        end = str(form.values.get("end") or "")
        if end and end < days.today().isoformat():
            lacking.append(Fault("end", "in_the_past", {}))
        form.faults = tuple(lacking)
        return not lacking

    def told(self, entry: Entry[Experiment]) -> list[Node]:
        """Return the idea and how it stands, with no word on who said what."""
        w, record, today = self.words, entry.record, days.today()
        label = w.say("experiments.by", name=self._proposer(entry))
        shown = [nodes.quote(by(self._author(entry)), paragraphs(record.idea), label=label)]
        if record.limits:
            shown.append(nodes.hint(w.say("experiments.within", words=record.limits)))
        word = w.say("experiments.word", word=record.stop_word)
        shown.append(nodes.hint(word))
        dates = {"start": days.said(record.start), "end": days.said(record.end)}
        if record.stopped:
            shown.append(
                nodes.text(w.say("experiments.said_stopped", date=days.said(record.stopped)))
            )
        elif record.start and record.end and record.end >= today:
            shown.append(nodes.text(w.say("experiments.runs", **dates)))
        elif record.start:
            shown.append(nodes.text(w.say("experiments.ended", end=dates["end"])))
        elif record.again:
            shown.append(nodes.text(w["experiments.not_now"]))
            shown.append(nodes.hint(again_said(record.again, record.again_on)))
        return [*shown, *self._looks(entry)]

    def more(self, entry: Entry[Experiment]) -> list[Node]:
        """Return what whoever is here can say: the same two answers, or a stop."""
        w, record, today = self.words, entry.record, days.today()
        if record.start:
            over = bool(record.stopped or (record.end and record.end < today))
            if not over and self.desk.who:
                stop = nodes.press("stop", w["experiments.buttons.stop"], entry.thread)
                return [nodes.buttons(stop), nodes.hint(w["limits.no_yes"])]
            return self._look_form(entry)
        if not self.desk.one or self._shut(record) or not record.end or record.end < today:
            return []
        if self.desk.one in self._said(entry):
            return [nodes.text(w["experiments.waits"])]
        return [
            nodes.text(w["experiments.ask"]),
            *again_fields(f"word.{entry.id}.", self._typed_for(entry)),
            nodes.buttons(
                nodes.press("want", w["experiments.buttons.want"], entry.thread),
                nodes.press("not_now", self.common["buttons.not_now"], entry.thread),
            ),
            nodes.small(w["experiments.ask_after"]),
        ]

    def mine(self, entry: Entry[Experiment]) -> bool:
        """Return whether its words can be changed: by its writer, before it was answered."""
        return super().mine(entry) and not entry.record.start and not entry.record.again

    def do_more(self, key: str, value: str) -> None:
        """Take what somebody says, stop it, or keep a look back."""
        found = {e.thread: e for e in self.found()}
        if key == "closeness" and self.desk.one:
            closed_topics.turn(self.desk, self.desk.one)
        if value not in found:
            return
        entry = found[value]
        if key in ("want", "not_now") and self.desk.one and not entry.record.start:
            self._take(entry, wants=key == "want")
        elif key == "stop" and self.desk.who and entry.record.start:
            stopped = entry.record.model_copy(update={"stopped": days.today()})
            self.add(stopped, author=BOTH, replaces=entry)
        elif key == "look":
            form = self.writing(ExperimentLook, slot=entry.thread, author=BOTH)
            self.kept(form, self.words["experiment_looks.kept"], experiment=entry.thread)

    def on_input(self, name: str, value: object) -> Kept:
        """Hold what goes with a word on this page alone."""
        if not name.startswith("word."):
            return super().on_input(name, value)
        self.typed[name] = value
        if name.endswith(".again"):
            self.refresh()
        return SAME

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.typed |= {n: given for n, given in values.items() if n.startswith("word.")}
        return super()._press(key, value, values)

    def _take(self, entry: Entry[Experiment], *, wants: bool) -> None:
        """Hold one person's word; when both have said theirs, keep what follows and drop both."""
        again, on, fault = ("", None, "") if wants else read_again(self._typed_for(entry))
        if fault:
            self.said = fault
            return
        words = {**self._said(entry), self.desk.one: Word(wants, days.today(), again, on)}
        self.said_by[entry.id] = words
        self.typed = {}
        if set(words) != set(PEOPLE):
            return
        del self.said_by[entry.id]
        if all(word.wants for word in words.values()):
            update: dict[str, object] = {"start": days.today()}
        else:
            update = self._not_now(words)
        self.add(entry.record.model_copy(update=update), author=BOTH, replaces=entry)

    def _not_now(self, words: dict[str, Word]) -> dict[str, object]:
        """Return what is kept of a no: when it can be asked again, the later of two."""
        refused = [word for word in words.values() if not word.wants]
        dates = [word.again_on for word in refused if word.again == "from" and word.again_on]
        if len(dates) < len(refused):
            return {"again": "not_here", "again_on": None}
        return {"again": "from", "again_on": max(dates)}

    def _said(self, entry: Entry[Experiment]) -> dict[str, Word]:
        words = self.said_by.get(entry.id, {})
        return {p: word for p, word in words.items() if word.said_on == days.today()}

    def _typed_for(self, entry: Entry[Experiment]) -> dict[str, object]:
        prefix = f"word.{entry.id}."
        return {n.removeprefix(prefix): v for n, v in self.typed.items() if n.startswith(prefix)}

    def _shut(self, record: Experiment) -> bool:
        return bool(record.again) and is_shut(record.again, record.again_on, days.today())

    def _author(self, entry: Entry[Experiment]) -> str:
        """Return who had the idea: the writer of its first version."""
        first = self.desk.journal.history(Experiment, entry.thread)
        return first[0].author if first else entry.author

    def _proposer(self, entry: Entry[Experiment]) -> str:
        return self.desk.name(self._author(entry))

    def _looks(self, entry: Entry[Experiment]) -> list[Node]:
        w = self.words
        return [
            nodes.hint(w.say(f"experiment_looks.{key}_said", words=getattr(look.record, key)))
            for look in self.desk.journal.entries(ExperimentLook)
            if look.record.experiment == entry.thread
            for key in ("works", "does_not", "surprise")
            if getattr(look.record, key)
        ]

    def _look_form(self, entry: Entry[Experiment]) -> list[Node]:
        done = [
            e
            for e in self.desk.journal.entries(ExperimentLook)
            if e.record.experiment == entry.thread
        ]
        if done or self.desk.who != BOTH:
            return []
        form = self.writing(ExperimentLook, slot=entry.thread, author=BOTH)
        keep = nodes.press("look", self.words["experiment_looks.keep"], entry.thread)
        skip = nodes.press("skip", self.common["buttons.skip"])
        return [*form.nodes(), nodes.buttons(keep, skip)]
