"""Keep, change, stop: what both wrote, and what becomes of each promise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from evenground import content
from evenground.forms import nodes
from evenground.records.amends import Promise, PromiseEnd
from evenground.records.entry import BOTH
from evenground.records.review import Verdict
from evenground.steps import days
from evenground.steps.checkin import LINES, opened_reviews
from evenground.steps.desk import PEOPLE, by
from evenground.steps.standing import Standing, State, standings
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

RECENT = timedelta(days=60)
AMENDS = "03_amends.ipynb#what-would-help"
_WORDS = ("if_cue", "then_act", "due", "end", "tell")


class KeepChangeStop(Step):
    """Each promise that runs or has ended, with three ways on; the new words go to part 03."""

    part = "review"
    practices = ("P51", "P52")

    def __init__(self) -> None:
        """Show the promises."""
        self.editing = ""  # the thread of the promise whose words are changed
        super().__init__()

    def forget_forms(self) -> None:
        """Change nothing for somebody else."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return what both wrote last, the promises, and the way to a new one."""
        w, found = self.words, self._promises()
        shown = [*self._wrote(), *(node for s in found for node in self._one(s))]
        if not found:
            shown.append(nodes.text(w["promises.none_live"]))
        if stands := self.for_both():
            shown += stands
        if self.editing:
            return [*shown, *self.news()]
        return [
            *shown,
            *self.news(),
            nodes.link(AMENDS, w["verdicts.new"]),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"])),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep, change or stop a promise."""
        found = {s.promise.thread: s for s in self._promises()}
        if self.desk.who != BOTH:
            return
        if key == "keep" and value in found:
            self._say(found[value], "keep")
        elif key == "change" and value in found:
            self.editing = value
        elif key == "stop" and value in found:
            self._stop(found[value])
        elif key == "new_words" and self.editing in found:
            self._change(found[self.editing])
        elif key == "cancel":
            if self.editing in found:
                form = self._form(found[self.editing])
                form.done()
                self.close(form)
            self.editing = ""

    # What is shown ------------------------------------------------------------------------------

    def _promises(self) -> list[Standing]:
        today = days.today()
        found = standings(self.desk.journal, today)
        # What ended long ago is in the chart; here it would be asked about for years.
        return [
            s
            for s in found
            if s.state is State.LIVE
            or (s.state is State.ENDED and (end := s.promise.record.end) and end >= today - RECENT)
        ]

    def _verdicts(self) -> list[Entry[Verdict]]:
        return self.desk.journal.entries(Verdict)

    def _wrote(self) -> list[Node]:
        """Return both people's three lines from the newest review that both opened."""
        opened = opened_reviews(self.desk)
        if not opened:
            return []
        review, answers = opened[-1]
        shown: list[Node] = []
        for line in LINES:
            quotes = [
                nodes.quote(by(p), paragraphs(words), label=self.desk.name(p))
                for p in PEOPLE
                if (words := getattr(answers[p].record, line))
            ]
            if quotes:
                shown += [nodes.heading(self.words[f"checkins.{line}.ask"]), *quotes]
        if not shown:
            return []
        date = days.said(review.record.day)
        return [nodes.hint(self.words.say("verdicts.wrote", date=date)), *shown, nodes.gap()]

    def _one(self, s: Standing) -> list[Node]:
        w, record, thread = self.words, s.promise.record, s.promise.thread
        amends = content.words("amends")
        sentence = [
            f"{amends['amends.if']} {record.if_cue}",
            f"{amends['amends.then']} {record.then_act}",
        ]
        shown = [
            nodes.heading(record.title),
            nodes.quote(by(s.owner), sentence, label=self.desk.name(s.owner)),
            nodes.hint(self._ends(s)),
        ]
        if self.editing == thread:
            return [*shown, *self._edit(s), nodes.gap()]
        said = [e for e in self._verdicts() if e.record.promise == thread]
        if said and said[-1].record.on == days.today():
            key = f"verdicts.said_{said[-1].record.verdict}"
            return [*shown, nodes.text(w[key]), nodes.gap()]
        if self.desk.who != BOTH:
            return [*shown, nodes.gap()]
        keep = nodes.press("keep", w["verdicts.keep"], thread)
        change = nodes.press("change", w["verdicts.change"], thread)
        stop = nodes.press("stop", w["verdicts.stop"], thread)
        ways = (keep, change, stop) if s.state is State.LIVE else (change,)
        return [*shown, nodes.buttons(*ways), nodes.gap()]

    def _ends(self, s: Standing) -> str:
        key = "verdicts.runs" if s.state is State.LIVE else "verdicts.ended"
        return self.words.say(key, date=days.said(s.promise.record.end))

    def _edit(self, s: Standing) -> list[Node]:
        w, amends = self.words, content.words("amends")
        form = self._form(s)
        made = form.nodes()
        fields = dict(zip(form.only, made, strict=False))
        return [
            nodes.if_then(fields["if_cue"], fields["then_act"], hint=amends["amends.if_then_help"]),
            nodes.row(fields["due"], fields["end"]),
            fields["tell"],
            *made[len(form.only) :],
            nodes.hint(w.say("verdicts.after_change", owner=self.desk.name(s.owner))),
            nodes.buttons(
                nodes.press("new_words", amends["amends.change_keep"]),
                nodes.press("cancel", self.common["buttons.cancel"]),
            ),
        ]

    # What is kept -------------------------------------------------------------------------------

    def _form(self, s: Standing) -> Writing[Promise]:
        # Its author is the one whom the promise is for: once its owner commits, both agree.
        return self.writing(
            Promise,
            slot=f"again.{s.promise.thread}",
            author=s.other,
            only=_WORDS,
            replaces=s.promise,
            words=content.words("amends"),
        )

    def _change(self, s: Standing) -> None:
        """Write the new version; it waits in part 03 until its owner has answered."""
        rest: dict[str, Any] = {
            n: v for n, v in s.promise.record.to_form().items() if n not in _WORDS
        }
        if self.kept(self._form(s), **rest):
            self.editing = ""
            self._say(s, "change")

    def _stop(self, s: Standing) -> None:
        """End it today: the one it is for can, and both are here."""
        self.desk.add(PromiseEnd(promise=s.promise.thread), author=s.other)
        self._say(s, "stop")

    def _say(self, s: Standing, verdict: str) -> None:
        said = self.words[f"verdicts.said_{verdict}"]
        made = Verdict(promise=s.promise.thread, verdict=verdict, on=days.today())
        self.add(made, author=BOTH, said=said)
