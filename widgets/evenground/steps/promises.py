"""Promises: proposed by the one who was hurt, answered by their owner, live when both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.amends import Promise, PromiseAnswer, PromiseApproval
from evenground.records.declaration import Fault
from evenground.steps import days
from evenground.steps.desk import PEOPLE, by
from evenground.steps.standing import Standing, State, standings
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing

MOST_LIVE = 3  # a few that are kept help more than many (practice P52)
_DATES = ("start", "due", "end")


class Promises(Step):
    """Every promise with how it stands, and a card to propose one or to change its words."""

    part = "amends"

    def __init__(self) -> None:
        """Show the promises."""
        self.editing = ""  # the thread whose words are being changed
        super().__init__()

    def forget_forms(self) -> None:
        """Change no words for somebody else."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the promises and the card, for the one who is writing."""
        found = standings(self.desk.journal, days.today())
        shown = [node for s in found for node in self._one(s)]
        live = sum(s.state is State.LIVE for s in found)
        if live >= MOST_LIVE:
            shown.append(nodes.hint(self.words["amends.three"]))
        if stands := self.for_one():
            return [*shown, *stands]
        if self.editing:
            return shown
        heading = [nodes.gap(), nodes.heading(self.words["amends.new"])] if found else []
        return [*shown, *heading, *self._card()]

    def do(self, key: str, value: str) -> None:
        """Propose, change, answer, agree, or take away."""
        found = {s.promise.thread: s for s in standings(self.desk.journal, days.today())}
        if key == "propose":
            self._propose()
        elif key == "change" and value in found:
            self.editing = value
        elif key == "cancel":
            self._leave_words(found)
        elif key == "new_words" and self.editing in found:
            if self.kept(self._edit_form(found[self.editing])):
                self.editing = ""
        elif key == "answer" and value in found:
            self._answer(found[value])
        elif key in ("enough", "not_enough") and value in found:
            self._approve(found[value], "yes" if key == "enough" else "no")
        elif key == "take_away" and value in found:
            self.desk.withdraw(found[value].promise)
            self.done()

    # What is shown ------------------------------------------------------------------------------

    def _one(self, standing: Standing) -> list[Node]:
        w, record = self.words, standing.promise.record
        if self.editing == standing.promise.thread:
            return self._edit(standing)
        who = self.desk.name(standing.other) if standing.other else ""
        need = (
            [nodes.quote(by(standing.other), paragraphs(record.need), label=self._needs(who))]
            if record.need
            else []
        )
        sentence = (
            [
                nodes.quote(
                    by(standing.owner),
                    [f"{w['amends.if']} {record.if_cue}", f"{w['amends.then']} {record.then_act}"],
                    label=self.desk.name(standing.owner) if standing.owner else "",
                )
            ]
            if record.if_cue or record.then_act
            else []
        )
        tell = [nodes.hint(w.say("amends.tell_label", tell=record.tell))] if record.tell else []
        return [
            nodes.heading(record.title or w["amends.untitled"]),
            *need,
            *sentence,
            *tell,
            *(nodes.text(line) for line in self._status(standing)),
            *self._ask_owner(standing),
            *self._ask_other(standing),
            *self._actions(standing),
            nodes.gap(),
        ]

    def _needs(self, who: str) -> str:
        return self.words.say("amends.needs", name=who) if who else ""

    def _status(self, s: Standing) -> list[str]:
        """Return in words how a promise stands."""
        w, record = self.words, s.promise.record
        proposer = self.desk.name(s.promise.author)
        owner = {"owner": self.desk.name(s.owner)} if s.owner else {}
        dates = {name: days.said(getattr(record, name)) for name in _DATES if getattr(record, name)}
        said = []
        if s.state in (State.DRAFT, State.PROPOSED):
            date = days.said(s.promise.began)
            said.append(w.say("amends.proposed", proposer=proposer, date=date))
        if s.state is State.DRAFT:
            missing = record.missing()
            parts = ", ".join(w[f"amends.part.{name}"] for name in missing)
            only_end = missing == ("end",)
            said.append(w["amends.draft"] if only_end else w.say("amends.draft_other", parts=parts))
        elif s.state is State.LIVE:
            said.append(w.say("amends.live", **dates))
        elif s.state is State.ENDED:
            said.append(w.say("amends.ended", **dates))
        if s.answer and s.state is not State.DRAFT:
            answer = s.answer.record
            said.append(w.say(f"amends_answers.{answer.answer}", **owner))
            said += paragraphs(answer.words)
        if s.approval:
            key = "said_yes" if s.approval.record.enough == "yes" else "said_no"
            said.append(w.say(f"amends_approvals.{key}", other=self.desk.name(s.other)))
        elif s.state is State.ANSWERED:
            said.append(w.say("amends_answers.waits", name=self.desk.name(s.other)))
        return said

    def _ask_owner(self, s: Standing) -> list[Node]:
        if s.state is not State.PROPOSED or self.desk.one != s.owner:
            return []
        w = self.words
        form = self._answer_form(s)
        label = w.say("amends_answers.ask", owner=self.desk.name(s.owner))
        more = {"answer": {"label": label, "person": s.owner}}
        chosen = str(form.values.get("answer") or "")
        inside = {"answer": {chosen: "words"}} if chosen in ("part", "help") else {}
        only = ("answer", "words") if inside else ("answer",)
        keep = nodes.press("answer", w["amends_answers.keep"], s.promise.thread)
        skip = nodes.press("skip", self.common["buttons.skip"])
        return [*form.nodes(only, inside=inside, more=more), nodes.buttons(keep, skip)]

    def _ask_other(self, s: Standing) -> list[Node]:
        if s.state is not State.ANSWERED or self.desk.one != s.other:
            return []
        w, thread = self.words, s.promise.thread
        ask = w.say("amends_answers.enough_ask", other=self.desk.name(s.other))
        yes = nodes.press("enough", w["amends_approvals.yes"], thread)
        no = nodes.press("not_enough", w["amends_approvals.no"], thread)
        return [nodes.text(ask), nodes.buttons(yes, no)]

    def _actions(self, s: Standing) -> list[Node]:
        if not self.desk.one or s.state is State.ENDED:
            return []
        thread = s.promise.thread
        made = [nodes.press("change", self.words["amends.change"], thread)]
        if self.desk.one in (s.promise.author, s.other):
            made.append(nodes.press("take_away", self.words["amends.take_away"], thread))
        return [nodes.actions(*made)]

    # The card -----------------------------------------------------------------------------------

    def _card(self) -> list[Node]:
        form = self.writing(Promise)
        return [
            self.seen(Promise),
            *self._fields(form),
            *self.news(),
            nodes.buttons(
                nodes.press("propose", self.words["amends.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(self.words["amends.after"]),
        ]

    def _edit(self, s: Standing) -> list[Node]:
        return [
            nodes.heading(self.words["amends.change"]),
            *self._fields(self._edit_form(s)),
            nodes.buttons(
                nodes.press("new_words", self.words["amends.change_keep"]),
                nodes.press("cancel", self.common["buttons.cancel"]),
            ),
            nodes.gap(),
        ]

    def _fields(self, form: Writing[Promise]) -> list[Node]:
        w = self.words
        owners = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
        more = {"owner": {"options": owners, "row": True}}
        made = dict(zip(form.only, form.nodes(more=more), strict=False))
        rest = form.nodes()[len(form.only) :]
        return [
            made["title"],
            made["need"],
            made["type"],
            made["owner"],
            nodes.if_then(made["if_cue"], made["then_act"], hint=w["amends.if_then_help"]),
            nodes.row(*(made[name] for name in _DATES)),
            nodes.hint(w["amends.dates_help"]),
            made["tell"],
            *rest,
        ]

    def _edit_form(self, s: Standing) -> Writing[Promise]:
        return self.writing(Promise, slot=s.promise.thread, replaces=s.promise)

    def _answer_form(self, s: Standing) -> Writing[PromiseAnswer]:
        return self.writing(PromiseAnswer, slot=s.promise.id)

    # What is kept -------------------------------------------------------------------------------

    def _propose(self) -> None:
        form = self.writing(Promise)
        said = self.words.say("amends.kept", **self.desk.names())
        self.kept(form, said)

    def _leave_words(self, found: dict[str, Standing]) -> None:
        if self.editing in found:
            form = self._edit_form(found[self.editing])
            form.done()
            self.close(form)
        self.editing = ""

    def _answer(self, s: Standing) -> None:
        """Keep the owner's answer; only the owner has one."""
        if self.desk.one != s.owner or s.state is not State.PROPOSED:
            return
        form = self._answer_form(s)
        if not form.values.get("answer"):
            form.faults = (Fault("answer", "choose_one", {}),)
            return
        if form.values["answer"] not in ("part", "help"):
            form.values["words"] = ""
        self.kept(form, promise=s.promise.id)

    def _approve(self, s: Standing, enough: str) -> None:
        """Keep whether it is enough; only the one it is for can say so."""
        if self.desk.one == s.other and s.answer and s.state is State.ANSWERED:
            self.add(PromiseApproval(answer=s.answer.id, enough=enough), author=self.desk.one)
