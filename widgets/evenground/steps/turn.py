"""A turn: one speaks aloud, the other says it back, and says what it changes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.listen import Change, Round, Turn
from evenground.steps.desk import PEOPLE, by, other
from evenground.steps.rules import agreed
from evenground.steps.step import Step
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

TRIES = 3  # then a rest is offered (practice P14)


class TakeTurn(Step):
    """One turn at a time, and the earlier ones below it."""

    part = "listen"

    def tree(self) -> list[Node]:
        """Return the turn that is open, or a way to begin one."""
        if stands := self.for_both():
            return stands
        turn = self._open_turn()
        if self.desk.page:
            self.desk.page.in_turn(turn.record.speaker if turn else "")
        shown = self._turn(turn) if turn else self._begin()
        return [*shown, *self._earlier()]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Begin a turn, keep a try, keep what it changes, or end."""
        turn = self._open_turn()
        if key == "begin" and not turn:
            form = self.writing(Turn, only=("speaker", "topic"))
            if not form.values.get("speaker"):
                form.faults = (Fault("speaker", "choose_one", {}),)
            else:
                self.kept(form)
        elif key == "round" and turn:
            self._keep_round(turn)
        elif key == "change" and turn:
            if self.kept(self._change_form(turn), turn=turn.thread):
                self._end(turn, "heard")
        elif key == "end" and turn:
            self._end(turn, "heard" if self._is_heard(turn) else "stopped")

    # Where it is --------------------------------------------------------------------------------

    def _open_turn(self) -> Entry[Turn] | None:
        turns = self.desk.entries(Turn)
        return turns[-1] if turns and not turns[-1].record.ended else None

    def _rounds(self, turn: Entry[Turn]) -> list[Entry[Round]]:
        return [e for e in self.desk.entries(Round) if e.record.turn == turn.thread]

    def _is_heard(self, turn: Entry[Turn]) -> bool:
        rounds = self._rounds(turn)
        return bool(rounds) and rounds[-1].record.verdict == "have_it"

    def _names(self, turn: Entry[Turn]) -> dict[str, str]:
        speaker = turn.record.speaker
        return {
            "speaker": self.desk.name(speaker),
            "listener": self.desk.name(other(speaker)),
        }

    # What is shown ------------------------------------------------------------------------------

    def _begin(self) -> list[Node]:
        form = self.writing(Turn, only=("speaker", "topic"))
        marks = [nodes.option(key, self.desk.name(key), mark=key) for key in PEOPLE]
        more = {"speaker": {"options": marks, "row": True}}
        return [
            self.seen(Turn),
            *form.nodes(more=more),
            *self.news(),
            nodes.buttons(
                nodes.press("begin", self.words["turns.start"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(self.words["turns.spoken"]),
        ]

    def _turn(self, turn: Entry[Turn]) -> list[Node]:
        w, names = self.words, self._names(turn)
        topic = turn.record.topic
        rules = agreed(self.desk)
        rounds = self._rounds(turn)
        over = turn.record.topic
        eyebrow = w.say("turns.eyebrow_topic", topic=topic) if over else w["turns.eyebrow"]
        shown = [
            nodes.eyebrow(eyebrow),
            nodes.title(w.say("turns.title", **names)),
            nodes.lead(w.say("turns.lead", **names)),
            *([nodes.panel(w["ground_rules.agreed"], rules)] if rules else []),
            self.seen(Round),
            *(node for entry in rounds for node in self._said(turn, entry)),
        ]
        if self._is_heard(turn) or len(rounds) >= TRIES:
            return [*shown, *self._what_changes(turn)]
        return [*shown, *self._try(turn, len(rounds) + 1)]

    def _said(self, turn: Entry[Turn], entry: Entry[Round]) -> list[Node]:
        w, names, record = self.words, self._names(turn), entry.record
        speaker = turn.record.speaker
        heard = w.say("rounds.said_back", **names)
        shown = [nodes.quote(by(other(speaker)), paragraphs(record.heard), label=heard)]
        if record.missing:
            missing = w.say("rounds.missing_was", **names)
            shown.append(nodes.quote(by(speaker), paragraphs(record.missing), label=missing))
        if record.verdict in ("partly", "not_yet"):
            shown.append(nodes.text(w[f"rounds.{record.verdict}"]))
        return shown

    def _try(self, turn: Entry[Turn], count: int) -> list[Node]:
        w, names = self.words, self._names(turn)
        speaker = turn.record.speaker
        form = self._round_form(turn, count)
        more: dict[str, dict[str, object]] = {
            "heard": {
                "label": w.say("rounds.heard_by", **names),
                "person": other(speaker),
                "by": other(speaker),
                "lines": 4,
            },
            "verdict": {"label": w.say("rounds.verdict_by", **names), "person": speaker},
            "missing": {"by": speaker},
        }
        asks = form.values.get("verdict") in ("partly", "not_yet")
        only = ("heard", "verdict", "missing") if asks else ("heard", "verdict")
        return [
            *form.nodes(only, more={k: v for k, v in more.items() if k in only}, names=names),
            *self.news(),
            nodes.buttons(
                nodes.press("round", w["rounds.keep"]), nodes.press("end", w["turns.stop"])
            ),
            nodes.small(w.say("rounds.count", count=count)),
        ]

    def _what_changes(self, turn: Entry[Turn]) -> list[Node]:
        w, names = self.words, self._names(turn)
        listener = other(turn.record.speaker)
        said = w.say("rounds.have_it", **names) if self._is_heard(turn) else w["rounds.three"]
        more = {
            "changes": {"label": w.say("changes.by", **names), "person": listener, "by": listener}
        }
        return [
            nodes.text(said),
            *self._change_form(turn).nodes(more=more, names=names),
            *self.news(),
            nodes.buttons(
                nodes.press("change", w["changes.keep"]), nodes.press("end", w["turns.stop"])
            ),
        ]

    def _earlier(self) -> list[Node]:
        turns = [t for t in self.desk.entries(Turn) if t.record.ended]
        if not turns:
            return []
        shown = [node for turn in reversed(turns) for node in self._told(turn)]
        return [nodes.gap(), nodes.details(self.words["turns.earlier"], *shown)]

    def _told(self, turn: Entry[Turn]) -> list[Node]:
        w, names = self.words, self._names(turn)
        topic = turn.record.topic
        title = w.say("turns.eyebrow_topic", topic=topic) if topic else w["turns.eyebrow"]
        changes = [e for e in self.desk.entries(Change) if e.record.turn == turn.thread]
        ended = "turns.ended" if turn.record.ended == "heard" else "turns.ended_early"
        return [
            nodes.heading(title),
            *(node for entry in self._rounds(turn) for node in self._said(turn, entry)),
            *(
                nodes.quote(
                    by(e.author), paragraphs(e.record.changes), label=w.say("changes.was", **names)
                )
                for e in changes
            ),
            nodes.hint(w.say(ended, **names)),
        ]

    # What is kept -------------------------------------------------------------------------------

    def _round_form(self, turn: Entry[Turn], count: int) -> Writing[Round]:
        return self.writing(Round, slot=f"{turn.thread}.{count}")

    def _change_form(self, turn: Entry[Turn]) -> Writing[Change]:
        return self.writing(Change, slot=turn.thread, author=other(turn.record.speaker))

    def _keep_round(self, turn: Entry[Turn]) -> None:
        form = self._round_form(turn, len(self._rounds(turn)) + 1)
        faults = []
        if not str(form.values.get("heard") or "").strip():
            faults.append(Fault("heard", "needs_heard", {}))
        if not form.values.get("verdict"):
            faults.append(Fault("verdict", "choose_one", {}))
        form.faults = tuple(faults)
        if not faults:
            if form.values.get("verdict") == "have_it":
                form.values["missing"] = ""
            self.kept(form, turn=turn.thread)

    def _end(self, turn: Entry[Turn], how: str) -> None:
        ended = turn.record.model_copy(update={"ended": how})
        key = "turns.ended" if how == "heard" else "turns.ended_early"
        said = self.words.say(key, **self._names(turn))
        self.desk.add(ended, author=BOTH, replaces=turn)
        self.done(said)
