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
from evenground.steps.standing import Standing, State, standings
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from datetime import date

    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing


def agreed(desk: Desk) -> list[Standing]:
    """Return the promises that both agreed to, also those that have ended."""
    found = standings(desk.journal, days.today())
    return [s for s in found if s.state in (State.LIVE, State.ENDED)]


def marks(desk: Desk, standing: Standing) -> list[Entry[PromiseMark]]:
    """Return what the owner said of a promise, oldest first."""
    thread, owner = standing.promise.thread, standing.owner
    found = desk.journal.entries(PromiseMark)
    return [e for e in found if e.record.promise == thread and e.author == owner]


def due_now(desk: Desk, standing: Standing) -> date | None:
    """Return when a promise is due: the day it was moved to, or the one agreed."""
    moved = [e.record.moved_to for e in marks(desk, standing) if e.record.moved_to]
    return moved[-1] if moved else standing.promise.record.due


class PromisesDue(Step):
    """Every promise that runs, with its owner's word and, when released, how it felt."""

    part = "review"

    def __init__(self) -> None:
        """Show the promises."""
        self.changing = ""  # the thread whose mark its owner changes
        super().__init__()

    def forget_forms(self) -> None:
        """Change nothing for somebody else."""
        super().forget_forms()
        self.changing = ""

    def tree(self) -> list[Node]:
        """Return the promises, for the one who is writing."""
        found = agreed(self.desk)
        if not found:
            return [nodes.text(self.words["promises.none_live"])]
        shown = [node for s in found for node in self._one(s)]
        if not self.desk.one:
            shown += self.for_one() or []
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
        elif key == "change":
            self.changing = value
        elif key == "felt" and self.desk.one == standing.other:
            self._feel(standing)
        elif key == "tell":
            self._tell(standing)
        elif key == "take_back":
            for entry in self._released(standing):
                self.desk.withdraw(entry)
            reader = self.desk.name(standing.owner)
            self.done(self.common.say("release.taken_back", reader=reader))

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
        felt = [e.record.felt for e in self._released(s)]
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
        settled = [e for e in marks(self.desk, s) if e.record.status != "moved"]
        if settled and self.changing != thread:
            if self.desk.one != s.owner:
                return []
            return [nodes.actions(nodes.press("change", w["promises.change"], thread))]
        if due and due > days.today():
            coming = [nodes.hint(w.say("promises.coming", due=days.said(due)))]
        elif due:
            coming = [nodes.hint(w.say("promises.due", due=days.said(due)))]
        else:
            coming = []
        owner = self.desk.name(s.owner)
        if self.desk.one != s.owner:
            return [*coming[:0], nodes.hint(w.say("promises.not_owner", owner=owner))]
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
        if self.desk.one != s.other or not marks(self.desk, s):
            return []
        w, thread = self.words, s.promise.thread
        mine = self._felt(s)
        if not mine:
            form = self.writing(FeltMark, slot=thread, only=("felt",))
            keep = nodes.press("felt", w["felt_marks.keep"], thread)
            skip = nodes.press("skip", self.common["buttons.skip"])
            return [
                self.seen(FeltMark),
                *self.locked(),
                *form.nodes(more={"felt": {"person": s.other}}),
                nodes.buttons(keep, skip),
            ]
        names = {"owner": self.desk.name(s.owner), "other": self.desk.name(s.owner)}
        if self._released(s):
            take_back = nodes.press("take_back", self.common["buttons.withdraw"], thread)
            return [nodes.hint(w["felt_marks.released"]), nodes.actions(take_back)]
        answer = w[f"felt_marks.felt.options.{mine.record.felt}"]
        tell = nodes.press("tell", w.say("felt_marks.tell", **names), thread)
        return [nodes.hint(w.say("felt_marks.yours", felt=answer, **names)), nodes.actions(tell)]

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
        old = [e for e in marks(self.desk, s) if e.record.status != "moved"]
        if self.kept(form, promise=s.promise.thread):
            if self.changing == s.promise.thread:
                for entry in old:
                    self.desk.withdraw(entry)
                self.desk.changed()
            self.changing = ""

    def _feel(self, s: Standing) -> None:
        form = self.writing(FeltMark, slot=s.promise.thread, only=("felt",))
        self.kept(form, promise=s.promise.thread)

    def _felt(self, s: Standing) -> Entry[FeltMark] | None:
        """Return how it felt to the one who is writing, theirs alone, or None."""
        found = [
            e
            for e in self.desk.entries(FeltMark)
            if e.record.promise == s.promise.thread
            and e.author == self.desk.one
            and not e.released_from
        ]
        return found[-1] if found else None

    def _released(self, s: Standing) -> list[Entry[FeltMark]]:
        return [
            e
            for e in self.desk.journal.entries(FeltMark)
            if e.record.promise == s.promise.thread and e.released_from
        ]

    def _tell(self, s: Standing) -> None:
        mine = self._felt(s)
        if mine:
            self.add(
                mine.record,
                author=self.desk.one,
                said=self.words["felt_marks.released"],
                sealed=False,
                released_from=mine.thread,
            )


def slips_of(desk: Desk, standing: Standing) -> list[Entry[Slip]]:
    """Return the slips that the owner wrote down for a promise."""
    thread, owner = standing.promise.thread, standing.owner
    found = desk.journal.entries(Slip)
    return [e for e in found if e.record.promise == thread and e.author == owner]


class Slips(Step):
    """Slips, by their owner, each with what puts it right."""

    part = "review"

    def tree(self) -> list[Node]:
        """Return the slips that are written, and a form for each that is the writer's to write."""
        found = agreed(self.desk)
        shown = [node for s in found for e in slips_of(self.desk, s) for node in self._told(s, e)]
        if not shown:
            shown = [nodes.text(self.words["slips.none"])]
        if stands := self.for_one():
            return [*shown, *stands]
        forms = [node for s in found if s.owner == self.desk.one for node in self._form_of(s)]
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        return [*shown, *forms, *self.news(), nodes.buttons(go_on)]

    def do(self, key: str, value: str) -> None:
        """Keep a slip, or how it was mended."""
        found = {s.promise.thread: s for s in agreed(self.desk)}
        if key == "keep" and value in found and found[value].owner == self.desk.one:
            said = self.words["slips.kept"]
            self.kept(self._writing(found[value]), said, promise=value)

    def _slipped(self, s: Standing) -> bool:
        return any(e.record.status == "slipped" for e in marks(self.desk, s))

    def _open_slip(self, s: Standing) -> Entry[Slip] | None:
        found = [e for e in slips_of(self.desk, s) if not e.record.mended_on]
        return found[-1] if found else None

    def _writing(self, s: Standing) -> Writing[Slip]:
        slipped = [e for e in marks(self.desk, s) if e.record.status == "slipped"]
        day = slipped[-1].record.on if slipped else None
        begin = {"on": day.isoformat()} if day and not self._open_slip(s) else None
        slot = s.promise.thread
        return self.writing(Slip, slot=slot, begin=begin, replaces=self._open_slip(s))

    def _form_of(self, s: Standing) -> list[Node]:
        written = slips_of(self.desk, s)
        if not self._slipped(s) or (written and not self._open_slip(s)):
            return []
        keep = nodes.press("keep", self.words["slips.keep"], s.promise.thread)
        return [
            nodes.heading(s.promise.record.title),
            self.seen(Slip),
            *self._writing(s).nodes(),
            nodes.buttons(keep, nodes.press("skip", self.common["buttons.skip"])),
        ]

    def _told(self, s: Standing, entry: Entry[Slip]) -> list[Node]:
        w, record = self.words, entry.record
        owner = self.desk.name(s.owner)
        day = days.said(record.on or entry.began)
        said = [w.say("promises.slipped_on", date=day, owner=owner)]
        if record.mended_on:
            said.append(w.say("promises.mended_on", date=days.said(record.mended_on)))
        quotes = [
            nodes.quote(
                by(s.owner),
                paragraphs(getattr(record, name)),
                label=self.words.say(f"slips.{name}.ask", other=self.desk.name(s.other)),
            )
            for name in ("what", "cost", "fix", "next_time")
            if getattr(record, name)
        ]
        title = nodes.heading(s.promise.record.title)
        return [title, *(nodes.text(line) for line in said), *quotes, nodes.gap()]
