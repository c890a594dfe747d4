"""A proposal begins: what would help, said by the one who was hurt, and the questions before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.records.acknowledge import Moment
from evenground.records.amends import IDEAS, Promise
from evenground.steps.desk import PEOPLE, by
from evenground.steps.promise_cards import PromiseStep
from evenground.steps.texts import glimpse

if TYPE_CHECKING:
    from evenground.forms import Kept
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing

# Which ideas answer to which kind of narrowing that a moment names.
FITTING = {
    "spend": ("ask_first", "open_books", "decide_together"),
    "time": ("time_back", "take_task", "ask_first"),
    "people": ("people_back", "ask_first", "hand_lead"),
    "say": ("decide_together", "hand_lead", "hear_out"),
    "news": ("tell_early", "open_books"),
    "work": ("work_room", "take_task", "hand_lead"),
    "body": ("leave_alone", "hear_out"),
    "rest": ("time_back", "take_task", "leave_alone"),
}


class WhatWouldHelp(PromiseStep):
    """The need in its writer's own words, ideas that follow from their moments, and whose it is."""

    practices: ClassVar[tuple[str, ...]] = ("P26", "P27")

    def __init__(self) -> None:
        """Show the ideas that fit first."""
        self.all_ideas = False
        super().__init__()

    def forget_forms(self) -> None:
        """Show the ideas that fit for whoever comes next."""
        super().forget_forms()
        self.all_ideas = False

    def tree(self) -> list[Node]:
        """Return the boxes for the need, and the ideas."""
        if stands := self.for_one():
            return stands
        form, fitting = self.proposal(), self._fitting()
        shown = IDEAS if self.all_ideas or not fitting else (*fitting, "own")
        chosen = str(form.values.get("idea") or "")
        ideas = [
            nodes.option(
                key,
                self.say(f"amends.idea.options.{key}"),
                detail=self.words.get(f"amends.idea.options_help.{key}"),
            )
            for key in IDEAS
            if key in shown or key == chosen
        ]
        owners = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
        more: dict[str, dict[str, object]] = {
            "idea": {"options": ideas},
            "owner": {"options": owners, "row": True},
        }
        names = ("need", "need_feeling", "idea", "title", "owner")
        made = dict(zip(names, form.nodes(names, more=more), strict=False))
        wider = nodes.press("all_ideas", self.words["amends.all_ideas"])
        because = [nodes.hint(self.words["amends.fitting"])] if fitting else []
        return [
            self.seen(Promise),
            made["need"],
            made["need_feeling"],
            *because,
            made["idea"],
            *([nodes.actions(wider)] if len(shown) < len(IDEAS) else []),
            made["title"],
            made["owner"],
            *self.news(),
            nodes.buttons(
                nodes.press("go_on", self.common["buttons.go_on"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(self.words["amends.ask_after"]),
        ]

    def on_input(self, name: str, value: object) -> Kept:
        """Keep what was typed; with the first words, the page that asks about them opens."""
        before = _begun(self.proposal())
        kept = super().on_input(name, value)
        if _begun(self.proposal()) != before:
            self.desk.changed()
        return kept

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button here has a value
        """Show every idea, or go on to the questions; what was typed is kept as it is."""
        if key == "all_ideas":
            self.all_ideas = True
        elif key == "go_on":
            self.desk.changed()
            self.go_on()

    def _fitting(self) -> tuple[str, ...]:
        """Return the ideas for what the writer's own moments narrowed, and those that they read."""
        moments = self.desk.entries(Moment)
        narrowed = {key for entry in moments for key in entry.record.narrowed}
        fitting = {idea for key in narrowed for idea in FITTING.get(key, ())}
        return tuple(idea for idea in IDEAS if idea in fitting)


class BeforeYouAsk(PromiseStep):
    """Questions to the one who asks: whatever is picked here does not belong in a promise."""

    practices: ClassVar[tuple[str, ...]] = ("P26", "P55")

    def tree(self) -> list[Node]:
        """Return what is about to be asked for, and the questions."""
        if stands := self.for_one():
            return stands
        w, form = self.words, self.proposal()
        title = str(form.values.get("title") or "")
        need = str(form.values.get("need") or form.values.get("need_feeling") or "")
        label = title or w["amends.untitled"]
        if not _begun(form):
            return [
                nodes.text(w["amends.nothing_begun"]),
                *self.news(),
                nodes.buttons(
                    nodes.press("boxes", w["amends.to_boxes"]),
                    nodes.press("skip", self.common["buttons.skip"]),
                ),
            ]
        begun = [nodes.quote(self.desk.one, [glimpse(need)], label=label)] if need else []
        others = [f.field for f in form.faults if f.field != "reasons"]
        where = [nodes.status(w["amends.look_before"])] if others else []
        return [
            self.seen(Promise),
            *begun,
            *form.nodes(("reasons",))[:1],
            *where,
            *self.news(),
            nodes.buttons(
                nodes.press("propose", w["amends.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.small(w["amends.after"]),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button here has a value
        """Propose it, or turn back to where it is written."""
        if key == "boxes":
            self.view.go("what-would-help")
        elif key == "propose":
            form = self.proposal()
            chosen = form.values.get("reasons")
            if isinstance(chosen, list) and "none" in chosen and len(chosen) > 1:
                form.values["reasons"] = [key for key in chosen if key != "none"]
            self.kept(form, self.words.say("amends.kept", **self.desk.names()))


def _begun(form: Writing[Promise]) -> bool:
    """Return whether there is a word to ask about."""
    return any(form.values.get(name) for name in ("title", "need", "need_feeling"))
