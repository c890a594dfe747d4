"""What came of promises: done, slipped or moved, and slips that were mended.

The owner says what came of it; the other one says, if they wish, how it felt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.declaration import Fault
from evenground.records.review import FeltMark, PromiseMark, Slip
from evenground.steps import days
from evenground.steps.desk import by
from evenground.steps.felt import Felt
from evenground.steps.standing import Standing, State, standings
from evenground.steps.step import Step

if TYPE_CHECKING:
    from datetime import date

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing


def agreed(desk: Desk) -> list[Standing]:
    """Return the promises that both agreed to, also those that have ended."""
    found = standings(desk.journal, days.today())
    return [
        s
        for s in found
        if s.state in (State.LIVE, State.ENDED) or (s.state is State.TAKEN_AWAY and s.answer)
    ]


def marks(desk: Desk, standing: Standing) -> list[Entry[PromiseMark]]:
    """Return what the owner said of a promise, oldest first."""
    thread, owner = standing.promise.thread, standing.owner
    found = desk.journal.entries(PromiseMark)
    return [e for e in found if e.record.promise == thread and e.author == owner]


def marks_now(desk: Desk, standing: Standing) -> list[Entry[PromiseMark]]:
    """Return what the owner said of a promise since its newest words: these begin it anew."""
    return [e for e in marks(desk, standing) if e.seq > standing.promise.seq]


def due_now(desk: Desk, standing: Standing) -> date | None:
    """Return when a promise is due: the day it was moved to, or the one agreed."""
    moved = [e.record.moved_to for e in marks_now(desk, standing) if e.record.moved_to]
    return moved[-1] if moved else standing.promise.record.due


class PromisesDue(Step):
    """Every promise that runs, with its owner's word and, when released, how it felt."""

    part = "review"
    practices = ("P46",)

    def __init__(self) -> None:
        """Show the promises."""
        self.changing = ""  # the thread whose mark its owner changes
        self.adding = False  # or adds to: what slipped may be done on a later day
        self.felt = Felt(self, FeltMark, "promise")
        super().__init__()

    def forget_forms(self) -> None:
        """Change nothing for somebody else."""
        super().forget_forms()
        self.changing = self.felt.changing = ""

    def tree(self) -> list[Node]:
        """Return the promises, for the one who is writing."""
        found = agreed(self.desk)
        if not found:
            return [nodes.text(self.words["promises.none_live"])]
        now = [s for s in found if s.state is State.LIVE or not self._settled(s)]
        shown = [node for s in now for node in self._one(s)]
        if not self.desk.one:
            shown += self.for_one() or []
        if earlier := [node for s in reversed(found) if s not in now for node in self._one(s)]:
            shown.append(nodes.details(self.words["promises.earlier"], *earlier))
        return [
            *shown,
            *self.news(),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"])),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep what the owner says, or how it felt; release it or take it back."""
        found = {s.promise.thread: s for s in agreed(self.desk)}
        if value not in found:
            return
        standing = found[value]
        if key == "mark" and self.desk.one == standing.owner:
            self._mark(standing)
        elif key in ("change", "next") and self.desk.one == standing.owner:
            self.changing, self.adding = value, key == "next"
        elif self.desk.one == standing.other:
            self.felt.do(key, value)

    # What is shown ------------------------------------------------------------------------------

    def _one(self, s: Standing) -> list[Node]:
        record = s.promise.record
        label = self.desk.name(s.owner)
        sentence = nodes.quote(by(s.owner), [record.then_act], label=label)
        return [
            nodes.heading(record.title),
            sentence,
            *(nodes.text(line) for line in self._said(s)),
            *self._ask_owner(s),
            *self._ask_other(s),
            nodes.gap(),
        ]

    def _said(self, s: Standing) -> list[str]:
        w = self.words
        owner = {"owner": self.desk.name(s.owner)}
        said = []
        for entry in marks(self.desk, s):
            record = entry.record
            date = days.said(record.on or entry.written)
            if record.status == "moved":
                said.append(w.say("promises.moved_to", date=days.said(record.moved_to)))
            elif record.status == "done":
                said.append(w.say("promises.done_on", date=date, **owner))
            else:
                said.append(w.say("promises.slipped_on", date=date, **owner))
        mended = [e.record.mended_on for e in slips_of(self.desk, s) if e.record.mended_on]
        said += [w.say("promises.mended_on", date=days.said(day)) for day in mended]
        felt = [e.record.felt for e in self.felt.released(s.promise.thread)]
        if felt:
            names = {"other": self.desk.name(s.other), **owner}
            done = any(e.record.status == "done" for e in marks(self.desk, s))
            if felt[-1] == "not_kept" and done:
                said.append(w.say("felt_marks.not_kept_released", **names))
            else:
                answer = w[f"felt_marks.felt.options.{felt[-1]}"]
                said.append(w.say("felt_marks.said", felt=answer, **names))
        return said

    def _ask_owner(self, s: Standing) -> list[Node]:
        w, due, thread = self.words, due_now(self.desk, s), s.promise.thread
        settled = self._settled(s)
        if settled and self.changing != thread:
            if self.desk.one != s.owner:
                return []
            presses = [nodes.press("change", w["promises.change"], thread)]
            if settled[-1].record.status == "slipped":
                presses.append(nodes.press("next", w["promises.next"], thread))
            return [nodes.actions(*presses)]
        if due and due > days.today():
            coming = [nodes.hint(w.say("promises.coming", due=days.said(due)))]
        elif due:
            coming = [nodes.hint(w.say("promises.due", due=days.said(due)))]
        else:
            coming = []
        owner = self.desk.name(s.owner)
        if self.desk.one != s.owner:
            return [*coming, nodes.hint(w.say("promises.not_owner", owner=owner))]
        form = self._mark_form(s)
        status = form.values.get("status")
        label = w.say("promises.owner_says", owner=owner)
        more = {"status": {"label": label, "person": s.owner}}
        extra = {"moved": ("moved_to",), "done": ("on",), "slipped": ("on",)}
        only = ("status", *extra.get(str(status), ()))
        keep = nodes.press("mark", w["promises.keep"], thread)
        skip = nodes.press("skip", self.common["buttons.skip"])
        return [*coming, *form.nodes(only, more=more), nodes.buttons(keep, skip)]

    def _ask_other(self, s: Standing) -> list[Node]:
        if self.desk.one != s.other or not self._settled(s):
            return []
        return self.felt.ask(s.promise.thread, person=s.other, owner=s.owner)

    def _settled(self, s: Standing) -> list[Entry[PromiseMark]]:
        return [e for e in marks_now(self.desk, s) if e.record.status != "moved"]

    # What is kept -------------------------------------------------------------------------------

    def _mark_form(self, s: Standing) -> Writing[PromiseMark]:
        return self.writing(PromiseMark, slot=s.promise.thread)

    def _mark(self, s: Standing) -> None:
        form = self._mark_form(s)
        status = form.values.get("status")
        if not status:
            form.faults = (Fault("status", "choose_one", {}),)
            return
        if status == "moved":
            form.values["on"] = ""
        else:
            form.values["moved_to"] = ""
            form.values["on"] = form.values.get("on") or days.today().isoformat()
        old = self._settled(s)
        if self.kept(form, promise=s.promise.thread):
            if self.changing == s.promise.thread and not self.adding:
                for entry in old:
                    self.desk.withdraw(entry)
                self.desk.changed()
            self.changing = ""


def slips_of(desk: Desk, standing: Standing) -> list[Entry[Slip]]:
    """Return the slips that the owner wrote down for a promise."""
    thread, owner = standing.promise.thread, standing.owner
    found = desk.journal.entries(Slip)
    return [e for e in found if e.record.promise == thread and e.author == owner]
