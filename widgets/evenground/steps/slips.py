"""Slips, by their owner: what was agreed, what it cost, what puts it right, and what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from evenground.forms import Kept, nodes
from evenground.forms.view import SAME
from evenground.records.review import MendedMark, Slip
from evenground.steps import days, excuses
from evenground.steps.desk import by, other
from evenground.steps.felt import Felt
from evenground.steps.kept import agreed, marks, slips_of
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.standing import Standing
    from evenground.steps.writing import Writing

_TOLD = ("what", "cost", "fix", "next_time")
RECENT = timedelta(days=60)  # what was mended longer ago stands folded
_NONE = "none"  # a slip that belongs to no promise


class Slips(Step):
    """The slips that are written, a form for each of one's own, and a way to say one more."""

    part = "review"
    practices = ("P47",)

    def __init__(self) -> None:
        """Show what is written."""
        self.which = ""  # what a new slip is about: the thread of a promise, or none
        self.choosing = False
        self.felt = Felt(self, MendedMark, "slip")
        super().__init__()

    def forget_forms(self) -> None:
        """Write nothing for somebody else."""
        super().forget_forms()
        self.which, self.choosing, self.felt.changing = "", False, ""

    def tree(self) -> list[Node]:
        """Return the slips that are written, and a form for each that is the writer's to write."""
        slips = list(reversed(self.desk.journal.entries(Slip)))
        shown = [node for e in slips if self._is_recent(e) for node in self._told(e)]
        if not slips:
            shown = [nodes.text(self.words["slips.none"])]
        if earlier := [node for e in slips if not self._is_recent(e) for node in self._told(e)]:
            shown.append(nodes.details(self.words["slips.earlier"], *earlier))
        if stands := self.for_one():
            return [*shown, *stands]
        return [
            *shown,
            *(node for thread in self._to_write() for node in self._form_of(thread)),
            *self._another(),
            *self.news(),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"])),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep a slip, or how it was mended, or how that felt."""
        if key == "keep" and (value == _NONE or value in self._own()):
            promise = "" if value == _NONE else value
            if self.kept(self._writing(value), self.words["slips.kept"], promise=promise):
                self.which, self.choosing = "", False
        elif key == "another":
            self.choosing = True
        elif key == "cancel":
            self.which, self.choosing = "", False
        elif value in {e.thread for e in self.desk.journal.entries(Slip)}:
            self.felt.do(key, value)

    def on_input(self, name: str, value: object) -> Kept:
        """Open the form for what a new slip is about; keep the rest as a draft."""
        if name != "which":
            before = self._all_notes()
            kept = super().on_input(name, value)
            if self._all_notes() != before:
                self.refresh()
            return kept
        self.which = str(value) if value == _NONE or value in self._own() else ""
        self.refresh()
        return SAME

    def _notes(self, form: Writing[Slip]) -> dict[str, Node | None]:
        """Return a note on words that excuse, for the boxes that have one: advice, and no more."""
        reader = self.desk.name(self.desk.other)
        return {
            name: excuses.note(str(form.values.get(name) or ""), reader=reader) for name in _TOLD
        }

    def _all_notes(self) -> list[dict[str, Node | None]]:
        return [self._notes(form) for form in self.forms.values() if form.kind is Slip]

    # What is one's own to write -----------------------------------------------------------------

    def _own(self) -> dict[str, Standing]:
        return {s.promise.thread: s for s in agreed(self.desk) if s.owner == self.desk.one}

    def _to_write(self) -> list[str]:
        """Return the writer's promises that slipped and are not mended yet, and a new one."""
        found = [
            thread
            for thread, s in self._own().items()
            if self._open_slip(thread) or (self._slipped(s) and not slips_of(self.desk, s))
        ]
        if self._open_slip(_NONE) and not self.which:
            found.append(_NONE)
        return [*found, *([self.which] if self.which and self.which not in found else [])]

    def _slipped(self, s: Standing) -> bool:
        return any(e.record.status == "slipped" for e in marks(self.desk, s))

    def _open_slip(self, thread: str) -> Entry[Slip] | None:
        """Return the writer's slip about a promise, or about none, that is not mended yet."""
        found = [
            e
            for e in self.desk.journal.entries(Slip)
            if e.author == self.desk.one
            and (e.record.promise or _NONE) == thread
            and not e.record.mended_on
        ]
        return found[-1] if found else None

    def _writing(self, thread: str) -> Writing[Slip]:
        s = self._own().get(thread)
        slipped = [e for e in marks(self.desk, s) if e.record.status == "slipped"] if s else []
        day = slipped[-1].record.on if slipped else None
        open_ = self._open_slip(thread)
        begin = {"on": day.isoformat()} if day and not open_ else None
        return self.writing(Slip, slot=thread, begin=begin, replaces=open_)

    def _form_of(self, thread: str) -> list[Node]:
        keep = nodes.press("keep", self.words["slips.keep"], thread)
        asked = {"other": self.desk.name(self.desk.other)}
        form = self._writing(thread)
        more: dict[str, dict[str, object]] = {
            name: {"note": note} for name, note in self._notes(form).items()
        }
        more["what"]["lines"] = 3
        return [
            nodes.heading(self._title(thread)),
            self.seen(Slip),
            *form.nodes(names=asked, more=more),
            nodes.buttons(keep, nodes.press("skip", self.common["buttons.skip"])),
            nodes.gap(),
        ]

    def _another(self) -> list[Node]:
        w = self.words
        if not self.choosing:
            return [nodes.actions(nodes.press("another", w["slips.open"]))]
        own = [nodes.option(t, s.promise.record.title) for t, s in self._own().items()]
        options = [*own, nodes.option(_NONE, w["slips.no_promise"])]
        field = nodes.field("which", "choice", w["slips.which"], value=self.which, options=options)
        cancel = nodes.actions(nodes.press("cancel", self.common["buttons.cancel"]))
        return [cancel] if self.which else [field, cancel]

    # What is told -------------------------------------------------------------------------------

    def _title(self, thread: str) -> str:
        found = {s.promise.thread: s for s in agreed(self.desk)}
        return found[thread].promise.record.title if thread in found else self.words["slips.plain"]

    def _is_recent(self, entry: Entry[Slip]) -> bool:
        mended = entry.record.mended_on
        return mended is None or mended >= days.today() - RECENT

    def _told(self, entry: Entry[Slip]) -> list[Node]:
        w, record, owner = self.words, entry.record, entry.author
        name = {"owner": self.desk.name(owner)}
        reader = self.desk.name(other(owner))
        said = [w.say("promises.slipped_on", date=days.said(record.on or entry.began), **name)]
        if record.mended_on:
            said.append(w.say("promises.mended_on", date=days.said(record.mended_on)))
        for mark in self.felt.released(entry.thread):
            answer = w[f"mended_marks.felt.options.{mark.record.felt}"]
            said.append(w.say("mended_marks.said", felt=answer, other=reader))
        quotes = [
            nodes.quote(
                by(owner),
                paragraphs(getattr(record, field)),
                label=w.say(f"slips.{field}.was", other=reader),
            )
            for field in _TOLD
            if getattr(record, field)
        ]
        asked = record.mended_on and self.desk.one and self.desk.one != owner
        return [
            nodes.heading(self._title(record.promise)),
            *(nodes.text(line) for line in said),
            *quotes,
            *(self.felt.ask(entry.thread, person=self.desk.one, owner=owner) if asked else []),
            nodes.gap(),
        ]
