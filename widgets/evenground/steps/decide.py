"""Decisions: both views first, then what was chosen and why. "Not yet" is an outcome."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.amends import Decision
from evenground.records.deciding import Influence
from evenground.records.declaration import Fault, Mistaken
from evenground.records.entry import BOTH
from evenground.steps import days
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs, sentence
from evenground.steps.waits import threshold, waits_until

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

_VIEWS = ("view_a", "view_b")
_FEW = 5  # decisions that are asked about


def date_of(text: str) -> date | None:
    """Return the day that a form's text says, or None."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


class Decisions(Step):
    """One decision on its way, and those that were made, newest first."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P33", "P34")

    def __init__(self) -> None:
        """Show an empty decision, and the earlier ones."""
        self.editing = ""  # the thread of a decision that is taken up again
        self.choosing = False  # both views are here, and the choice is open
        super().__init__()

    def forget_forms(self) -> None:
        """Take up nothing for somebody else."""
        super().forget_forms()
        self.editing, self.choosing = "", False

    def tree(self) -> list[Node]:
        """Return the decision on its way, and the log."""
        if stands := self.for_both():
            return [*stands, *self._log()]
        w, form = self.words, self._form()
        people = {name: {"person": name[-1], "by": name[-1]} for name in _VIEWS}
        shown = [
            self.seen(Decision),
            *form.nodes(("topic",)),
            nodes.heading(w["decisions.listen"]),
            *form.nodes(_VIEWS, more=people),
            nodes.heading(w["decisions.propose"]),
            *form.nodes(("options",)),
            *self._size(form),
        ]
        if self._choice_is_open(form):
            names = ["outcome"]
            if form.values.get("outcome") == "chosen":
                names += ["choice", "why"]
            shown.append(nodes.heading(w["decisions.decide"]))
            shown += form.nodes([*names, "holds", "look_again"])
            keep = nodes.press("keep", w["decisions.keep"])
        else:
            waits = self._waits(form)
            date = days.said(waits) if waits else ""
            shown.append(nodes.heading(w["decisions.deliberate"]))
            line = w.say("decisions.waits", date=date) if waits else w["decisions.needs_views"]
            shown.append(nodes.hint(line))
            keep = nodes.press("open", w["decisions.open_choice"])
            if waits:
                keep = nodes.press("keep_views", w["decisions.keep_views"])
        skip = nodes.press("skip", self.common["buttons.skip"])
        return [*shown, *self.news(), nodes.buttons(keep, skip), *self._log()]

    def do(self, key: str, value: str) -> None:
        """Open the choice, keep the decision, or take one up again."""
        form = self._form()
        if key == "open":
            form.faults = self._lacking(form)
            if not form.faults:
                self._open(form)
        elif key == "keep_views":
            self._hold(form)
        elif key == "keep" and self._choice_is_open(form):
            self._keep(form)
        elif key == "continue":
            self.close(form)
            self.editing, self.choosing = value, False

    def _size(self, form: Writing[Decision]) -> list[Node]:
        """Return what it costs in money and time, when the two of them have set a line for that."""
        line = threshold(self.desk)
        names = [n for n in ("amount", "hours") if line and getattr(line, n)]
        return [nodes.row(*form.nodes(names))] if names else []

    def _open(self, form: Writing[Decision]) -> None:
        """Open the choice; what is over the line of both waits first, and is kept till then."""
        try:
            size = Decision.typed({n: form.values.get(n) for n in ("amount", "hours")})
        except Mistaken as error:
            form.faults = error.faults
            return
        until = waits_until(self.desk, size, days.today())
        if until is None or form.values.get("wait_until"):
            self.choosing = True
            return
        form.values["wait_until"] = until.isoformat()
        self._hold(form)

    def _hold(self, form: Writing[Decision]) -> None:
        """Keep the views of a decision that waits; it is not decided till its day."""
        waits = str(form.values.get("wait_until") or "")
        form.values |= {"outcome": "not_yet", "choice": "", "why": ""}
        form.values["look_again"] = form.values.get("look_again") or waits
        date = days.said(date_of(waits))
        self._keep_form(form, self.words.say("decisions.waits", date=date))

    def _keep_form(self, form: Writing[Decision], said: str) -> None:
        """Keep it; it is closed before every step hears of it."""
        was = self.editing, self.choosing
        self.editing, self.choosing = "", False
        if not self.kept(form, said):
            self.editing, self.choosing = was

    def _waits(self, form: Writing[Decision]) -> date | None:
        """Return the day until which it waits, if that has not come."""
        until = date_of(str(form.values.get("wait_until") or ""))
        return until if until and until > days.today() else None

    def _choice_is_open(self, form: Writing[Decision]) -> bool:
        """Return whether the choice may be made: both views are written, and were said to be."""
        begun = self.choosing or bool(form.values.get("outcome"))
        return begun and not self._lacking(form) and self._waits(form) is None

    def _lacking(self, form: Writing[Decision]) -> tuple[Fault, ...]:
        names = ("topic", *_VIEWS)
        lacking = (n for n in names if not str(form.values.get(n) or "").strip())
        return tuple(Fault(name, "write_first", {}) for name in lacking)

    def _keep(self, form: Writing[Decision]) -> None:
        if not form.values.get("outcome"):
            form.faults = (Fault("outcome", "choose_one", {}),)
            return
        chosen = form.values["outcome"] == "chosen"
        if chosen and not str(form.values.get("choice") or "").strip():
            form.faults = (Fault("choice", "write_first", {}),)
            return
        if not chosen:
            form.values |= {"choice": "", "why": ""}
        self._keep_form(form, self.words["decisions.kept"])

    def _form(self) -> Writing[Decision]:
        found = [e for e in self.desk.entries(Decision) if e.thread == self.editing]
        replaces = found[-1] if found else None
        return self.writing(Decision, slot=self.editing, author=BOTH, replaces=replaces)

    def _log(self) -> list[Node]:
        found = self.desk.entries(Decision)
        if not found:
            return []
        shown = [node for entry in reversed(found) for node in self._told(entry)]
        return [nodes.gap(), nodes.heading(self.words["decisions.list"]), *shown]

    def _told(self, entry: Entry[Decision]) -> list[Node]:
        w, record = self.words, entry.record
        open_ = record.outcome == "not_yet"
        outcome = w["decisions.not_yet"] if open_ else record.choice
        said = [f"{days.said(entry.written)}.", sentence(outcome)]
        if open_ and record.wait_until:
            said.append(w.say("decisions.waits", date=days.said(record.wait_until)))
        if record.options:
            views_options = [nodes.text(line) for line in paragraphs(record.options)]
        else:
            views_options = []
        if record.why:
            said.append(w.say("decisions.because", why=record.why))
        if record.holds:
            said.append(w.say("decisions.still_held", holds=record.holds))
        if record.look_again:
            said.append(w.say("decisions.look", date=days.said(record.look_again)))
        views = [
            nodes.quote(
                "a" if name == "view_a" else "b",
                paragraphs(getattr(record, name)),
                label=w.say("decisions.by", name=self.desk.name(name[-1])),
            )
            for name in _VIEWS
            if getattr(record, name)
        ]
        go_on = nodes.press("continue", w["decisions.continue"], entry.thread)
        again = [nodes.actions(go_on)] if open_ and self.desk.who == BOTH else []
        views_folded = (
            [nodes.details(w["decisions.views_in"], *views, *views_options)] if views else []
        )
        lines = [nodes.item(record.topic, detail=" ".join(said))]
        return [nodes.listing(lines), *views_folded, *again]


class Influenced(Step):
    """Did my view change it? Each asks it of themselves, decision by decision."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P36",)

    def tree(self) -> list[Node]:
        """Return the newest decisions, each with what its reader said of it."""
        w = self.words
        made = [e for e in self.desk.journal.entries(Decision) if e.record.outcome == "chosen"]
        heading = nodes.heading(w["influences.title"])
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        if stands := self.for_one():
            return [heading, *stands, go_on]
        if not made:
            return [heading, nodes.text(w["influences.none"]), go_on]
        shown = [heading, self.seen(Influence), *self.locked()]
        said = {e.record.decision: e for e in self._mine()}
        for entry in reversed(made[-_FEW:]):
            answer = said.get(entry.thread)
            if answer:
                option = w[f"influences.changed.options.{answer.record.changed}"]
                again = nodes.press("again", self.common["buttons.change"], entry.thread)
                line = nodes.item(entry.record.topic, detail=option, actions=[again])
                if self.again != entry.thread:
                    shown.append(nodes.listing([line]))
                    continue
            form = self._form(entry, answer)
            more = {"changed": {"label": w.say("influences.about", topic=entry.record.topic)}}
            keep = nodes.press("keep", self.common["buttons.keep"], entry.thread)
            shown += [*form.nodes(more=more), nodes.actions(keep)]
        return [*shown, *self.news(), go_on]

    def __init__(self) -> None:
        """Ask about what has no answer."""
        self.again = ""  # the decision that is answered once more
        super().__init__()

    def forget_forms(self) -> None:
        """Show nothing of somebody else's."""
        super().forget_forms()
        self.again = ""

    def do(self, key: str, value: str) -> None:
        """Keep what was said of one decision."""
        made = {e.thread: e for e in self.desk.journal.entries(Decision)}
        if key == "again":
            self.again = value
        elif key == "keep" and value in made:
            said = {e.record.decision: e for e in self._mine()}
            form = self._form(made[value], said.get(value))
            was, self.again = self.again, ""
            if not self.kept(form, decision=value):
                self.again = was

    def _mine(self) -> list[Entry[Influence]]:
        return [e for e in self.desk.entries(Influence) if e.author == self.desk.one]

    def _form(self, of: Entry[Decision], answer: Entry[Influence] | None) -> Writing[Influence]:
        return self.writing(Influence, slot=of.thread, replaces=answer)
