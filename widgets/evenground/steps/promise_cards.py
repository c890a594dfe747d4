"""What the pages on promises share: how a promise reads, and the sentences on where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evenground.forms import nodes
from evenground.records.amends import Promise
from evenground.steps import days
from evenground.steps.desk import by
from evenground.steps.standing import Standing, State, standings
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing

DATES = ("start", "due", "end")


class PromiseStep(Step):
    """A page on promises. A new proposal is one form, whichever of the pages it is written on."""

    part = "amends"

    def proposal(self) -> Writing[Promise]:
        """Return the form of a new proposal by whoever is writing."""
        key = (Promise.kind, "", self.desk.who)
        for step in self.desk.steps:
            if isinstance(step, PromiseStep) and key in step.forms:
                self.forms[key] = step.forms[key]
        return self.writing(Promise)

    def close(self, form: Writing[Any]) -> None:
        """Take a form away from all of the pages."""
        for step in self.desk.steps:
            if isinstance(step, PromiseStep):
                step.forms = {k: kept for k, kept in step.forms.items() if kept is not form}
        super().close(form)

    def standings(self) -> dict[str, Standing]:
        """Return how each promise stands today, by its thread."""
        return {s.promise.thread: s for s in standings(self.desk.journal, days.today())}

    def told(self, s: Standing) -> list[Node]:
        """Return a promise as it reads, and how it stands."""
        w, record = self.words, s.promise.record
        who = self.desk.name(s.other) if s.other else ""
        label = w.say("amends.needs", name=who) if who else ""
        needs = [*paragraphs(record.need), *paragraphs(record.need_feeling)]
        shown = [nodes.heading(record.title or w["amends.untitled"])]
        if needs:
            shown.append(nodes.quote(by(s.other), needs, label=label))
        if record.idea and record.idea != "own":
            shown.append(nodes.hint(self.say(f"amends.idea.options.{record.idea}")))
        if record.if_cue or record.then_act:
            lines = [
                f"{w['amends.if']} {record.if_cue}",
                f"{w['amends.then']} {record.then_act}",
            ]
            owner = self.desk.name(s.owner) if s.owner else ""
            shown.append(nodes.quote(by(s.owner), lines, label=owner))
        if record.measure:
            shown.append(nodes.hint(w.say("amends.measure_label", measure=record.measure)))
        if record.tell:
            shown.append(nodes.hint(w.say("amends.tell_label", tell=record.tell)))
        return [*shown, *(nodes.text(line) for line in self.status(s))]

    def status(self, s: Standing) -> list[str]:
        """Return in sentences how a promise stands."""
        w, record = self.words, s.promise.record
        dates = {name: days.said(getattr(record, name)) for name in DATES if getattr(record, name)}
        said = []
        if s.promise.changed_outside:
            said.append(w["amends.changed_outside"])
        if s.state is State.TAKEN_AWAY:
            on = s.ended.written if s.ended else None
            return [*said, w.say("amends.taken_away", date=days.said(on))]
        if s.state in (State.DRAFT, State.PROPOSED):
            said.append(
                w.say(
                    "amends.proposed",
                    proposer=self.desk.name(s.promise.author),
                    date=days.said(s.promise.began),
                )
            )
        if s.state is State.DRAFT:
            said.append(self._missing(s))
        elif s.state is State.LIVE:
            said.append(w.say("amends.live", **dates))
        elif s.state is State.NEXT:
            said.append(w["amends.next"])
        elif s.state is State.ENDED:
            said.append(w.say("amends.ended", **dates))
        return [*said, *self._answered(s)]

    def _missing(self, s: Standing) -> str:
        missing = s.promise.record.missing()
        if missing == ("end",):
            return self.words["amends.draft"]
        if not missing:
            return self.words["amends.draft_dates"]
        parts = ", ".join(self.words[f"amends.part.{name}"] for name in missing)
        return self.words.say("amends.draft_other", parts=parts)

    def _answered(self, s: Standing) -> list[str]:
        w, said = self.words, []
        if s.answer:
            answer = s.answer.record
            said.append(w.say(f"amends_answers.{answer.answer}", owner=self.desk.name(s.owner)))
            said += paragraphs(answer.words)
            if answer.answer == "no":
                said.append(self._again(s))
        if s.approval and not s.approval.changed_outside:
            key = "said_yes" if s.approval.record.enough == "yes" else "said_no"
            said.append(w.say(f"amends_approvals.{key}", other=self.desk.name(s.other)))
        elif s.state is State.ANSWERED:
            said.append(w.say("amends_answers.waits", name=self.desk.name(s.other)))
        return said

    def _again(self, s: Standing) -> str:
        record = s.answer.record if s.answer else None
        if record and record.again == "from" and record.again_on:
            return self.words.say("again.from", date=days.said(record.again_on))
        return self.words["again.not_here"]

    def may_ask(self, s: Standing) -> bool:
        """Return whether it can be put in new words now: a no closes it for as long as it says."""
        if s.state is not State.REFUSED or s.answer is None:
            return s.state not in (State.ENDED, State.TAKEN_AWAY)
        record = s.answer.record
        open_on = record.again_on if record.again == "from" else None
        return bool(open_on and open_on <= days.today())
