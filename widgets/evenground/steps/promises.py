"""Promises on their way: answered by their owner, put in words, live when both agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.forms.view import SAME, Kept
from evenground.records.amends import Promise, PromiseAnswer, PromiseApproval, PromiseEnd
from evenground.records.declaration import Fault
from evenground.steps.desk import PEOPLE, by
from evenground.steps.promise_cards import DATES, PromiseStep
from evenground.steps.standing import Standing, State

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing

OVER = (State.ENDED, State.TAKEN_AWAY)


class Agreeing(PromiseStep):
    """What a page needs where the two of them answer: each for their own part, and alone."""

    def __init__(self) -> None:
        """Ask what has not been answered."""
        self.answering = ""  # the thread that its owner answers once more
        super().__init__()

    def forget_forms(self) -> None:
        """Answer nothing for somebody else."""
        super().forget_forms()
        self.answering = ""

    def ask_owner(self, s: Standing) -> list[Node]:
        """Return the four answers, for the owner of a promise that has none."""
        open_ = s.state in (State.PROPOSED, State.DRAFT) and s.answer is None
        if self.desk.one != s.owner or not (open_ or self.answering == s.promise.thread):
            return []
        w, form = self.words, self._answer_form(s)
        label = w.say("amends_answers.ask", owner=self.desk.name(s.owner))
        more = {"answer": {"label": label, "person": s.owner}}
        chosen = str(form.values.get("answer") or "")
        inside = {"answer": {chosen: "words"}} if chosen in ("part", "help") else {}
        only = ["answer", *(["words"] if inside else [])]
        if chosen == "no":
            only += ["again", *(["again_on"] if form.values.get("again") == "from" else [])]
        keep = nodes.press("answer", w["amends_answers.keep"], s.promise.thread)
        skip = nodes.press("skip", self.common["buttons.skip"])
        return [*form.nodes(only, inside=inside, more=more), nodes.buttons(keep, skip)]

    def ask_other(self, s: Standing) -> list[Node]:
        """Return the question whether it is enough, for the one it is for."""
        if s.state is not State.ANSWERED or self.desk.one != s.other:
            return []
        w, thread = self.words, s.promise.thread
        ask = w.say("amends_answers.enough_ask", other=self.desk.name(s.other))
        yes = nodes.press("enough", w["amends_approvals.yes"], thread)
        no = nodes.press("not_enough", w["amends_approvals.no"], thread)
        return [nodes.text(ask), nodes.buttons(yes, no)]

    def actions(self, s: Standing) -> list[Node]:
        """Return what somebody can do with a promise: each may change their mind."""
        if not self.desk.one or s.state in OVER:
            return []
        w, thread = self.words, s.promise.thread
        made = []
        if self.may_ask(s):
            made.append(nodes.press("change", w["amends.change"], thread))
        if self.desk.one == s.owner and s.answer and self.answering != thread:
            made.append(nodes.press("answer_again", w["amends_answers.again_label"], thread))
        if self.desk.one == s.other and s.state in (State.LIVE, State.NEXT):
            made.append(nodes.press("changed_mind", w["amends_approvals.changed_mind"], thread))
        if self.desk.one in (s.promise.author, s.other):
            made.append(nodes.press("take_away", w["amends.take_away"], thread))
        return [nodes.actions(*made)] if made else []

    def do(self, key: str, value: str) -> None:
        """Answer, agree, change one's mind, or end it."""
        s = self.standings().get(value)
        if s is None:
            return
        if key == "answer":
            self._answer(s)
        elif key == "answer_again" and self.desk.one == s.owner:
            self.answering = value
        elif key in ("enough", "not_enough") and s.state is State.ANSWERED:
            self._approve(s, "yes" if key == "enough" else "no")
        elif key == "changed_mind" and s.state in (State.LIVE, State.NEXT):
            self._approve(s, "no")
        elif key == "take_away" and self.desk.one in (s.promise.author, s.other):
            self.add(PromiseEnd(promise=s.promise.thread), author=self.desk.one)
        elif key == "change" and self.may_ask(s):
            for step in self.desk.steps:
                if isinstance(step, MakeItAPromise):
                    step.edit(value)
            self.view.go("make-it-a-promise")

    def _answer_form(self, s: Standing) -> Writing[PromiseAnswer]:
        return self.writing(PromiseAnswer, slot=s.promise.id)

    def _answer(self, s: Standing) -> None:
        """Keep the owner's answer; only the owner has one."""
        if self.desk.one != s.owner or s.state in OVER:
            return
        form = self._answer_form(s)
        chosen = form.values.get("answer")
        if not chosen:
            form.faults = (Fault("answer", "choose_one", {}),)
            return
        if chosen not in ("part", "help"):
            form.values["words"] = ""
        if chosen != "no":
            form.values |= {"again": "", "again_on": ""}
        was, self.answering = self.answering, ""
        if not self.kept(form, promise=s.promise.id):
            self.answering = was

    def _approve(self, s: Standing, enough: str) -> None:
        """Keep whether it is enough; only the one it is for can say so."""
        if self.desk.one == s.other and s.answer:
            self.add(PromiseApproval(answer=s.answer.id, enough=enough), author=self.desk.one)


class Answers(Agreeing):
    """What was asked for, and its owner's answer: commit, a part of it, help, or no."""

    practices: ClassVar[tuple[str, ...]] = ("P26", "P58")

    def tree(self) -> list[Node]:
        """Return every promise that does not run yet, with the question to whoever is here."""
        found = [
            s
            for s in self.standings().values()
            if s.state not in (*OVER, State.LIVE, State.NEXT) or self.answering == s.promise.thread
        ]
        shown: list[Node] = [] if found else [nodes.text(self.words["amends_answers.none"])]
        for s in found:
            shown += [*self.told(s), *self.ask_owner(s), *self.ask_other(s), *self.actions(s)]
            shown.append(nodes.gap())
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        return [*shown, *(self.for_one() or []), *self.news(), go_on]


class MakeItAPromise(Agreeing):
    """The words of a promise: if and then, its dates, its end, and a way to tell."""

    practices: ClassVar[tuple[str, ...]] = ("P25", "P28")

    def __init__(self) -> None:
        """Show the promises with their words closed."""
        self.editing = ""  # the thread whose words are being written
        super().__init__()

    def forget_forms(self) -> None:
        """Write no words for somebody else."""
        super().forget_forms()
        self.editing = ""

    def edit(self, thread: str) -> None:
        """Open the words of a promise."""
        self.editing = thread
        self.refresh()

    def tree(self) -> list[Node]:
        """Return the promises; the open one holds its form."""
        stands = self.for_one()
        found = [
            s
            for s in self.standings().values()
            if s.state not in (*OVER, State.LIVE, State.NEXT) or s.promise.thread == self.editing
        ]
        if not found:
            first = nodes.press("first", self.words["amends.first"])
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            none = nodes.text(self.words["amends.none"])
            return [none, *(stands or []), nodes.buttons(go_on, first)]
        shown: list[Node] = []
        for s in found:
            if s.promise.thread == self.editing and not stands:
                shown += self._form_of(s)
            else:
                whole = s.state is not State.DRAFT
                ask = [*self.ask_owner(s), *self.ask_other(s)] if whole else []
                rest = self.actions(s) if whole else []
                shown += [*self.told(s), *self._write(s), *ask, *rest]
            shown.append(nodes.gap())
        go_on = nodes.buttons(nodes.press("skip", self.common["buttons.go_on"]))
        return [*shown, *(stands or []), *self.news(), *([] if self.editing else [go_on])]

    def do(self, key: str, value: str) -> None:
        """Open the words, keep them, or leave them as they were."""
        found = self.standings()
        if key in ("change", "write") and value in found and self.may_ask(found[value]):
            self.editing = value
        elif key == "first":
            self.view.go("what-would-help")
        elif key == "cancel":
            self._leave(found)
        elif key in ("new_words", "commit_words") and self.editing in found:
            self._keep(found[self.editing], commit=key == "commit_words")
        else:
            super().do(key, value)

    def on_input(self, name: str, value: object) -> Kept:
        """Hold no tick on having said it aloud."""
        return SAME if name == "aloud" else super().on_input(name, value)

    def _write(self, s: Standing) -> list[Node]:
        if s.state is not State.DRAFT or not self.desk.one or not self.may_ask(s):
            return []
        write = nodes.press("write", self.words["amends.write"], s.promise.thread)
        return [nodes.buttons(write)]

    def _form_of(self, s: Standing) -> list[Node]:
        w, form = self.words, self._words_form(s)
        owners = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
        more = {"owner": {"options": owners, "row": True}}
        names = [
            "title",
            "need",
            "need_feeling",
            "owner",
            "if_cue",
            "then_act",
            "measure",
            *DATES,
            "tell",
            "type",
            "reasons",
        ]
        drawn = form.nodes(names, more=more)
        made = dict(zip(names, drawn, strict=False))
        aloud = nodes.option("aloud", w["amends.aloud"])
        keep = [nodes.press("new_words", w["amends.change_keep"])]
        if self.desk.one == form.values.get("owner"):
            keep.append(nodes.press("commit_words", w["amends.commit_words"]))
        keep.append(nodes.press("cancel", self.common["buttons.cancel"]))
        return [
            nodes.heading(s.promise.record.title or w["amends.untitled"]),
            self.seen(Promise),
            made["title"],
            made["need"],
            made["need_feeling"],
            made["owner"],
            nodes.if_then(made["if_cue"], made["then_act"], hint=w["amends.if_then_help"]),
            nodes.field("aloud", "chips", w["amends.aloud_ask"], options=[aloud]),
            made["measure"],
            nodes.row(*(made[name] for name in DATES)),
            nodes.hint(w["amends.dates_help"]),
            made["tell"],
            made["type"],
            made["reasons"],
            *drawn[len(names) :],
            nodes.buttons(*keep),
            nodes.small(w["amends.new_words_after"]),
        ]

    def _words_form(self, s: Standing) -> Writing[Promise]:
        return self.writing(Promise, slot=s.promise.thread, replaces=s.promise)

    def _keep(self, s: Standing, *, commit: bool) -> None:
        """Keep the words; an owner who says so commits to them in the same press."""
        form = self._words_form(s)
        was, self.editing = self.editing, ""
        entry = self.kept(form, self.words["amends.words_kept"])
        if entry is None:
            self.editing = was
            return
        if commit and entry.record.owner == self.desk.one and not entry.record.missing():
            answer = PromiseAnswer(promise=entry.id, answer="commit")
            self.add(answer, author=self.desk.one, said=self.words["amends.words_kept"])

    def _leave(self, found: dict[str, Standing]) -> None:
        if self.editing in found:
            form = self._words_form(found[self.editing])
            form.done()
            self.close(form)
        self.editing = ""
