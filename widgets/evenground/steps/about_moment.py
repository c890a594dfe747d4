"""One moment: where its writer stood, what it cost, what it narrowed.

Each is a page of its own, so that a phone shows one question at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground.forms import nodes
from evenground.forms.view import fields_of
from evenground.records.acknowledge import NARROWED, Moment, Trace
from evenground.steps.desk import by
from evenground.steps.moments import others
from evenground.steps.step import Step
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms import Kept
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing


class AboutMoment(Step):
    """Some fields of the moment at hand, on a page of their own."""

    part = "acknowledge"
    only: ClassVar[tuple[str, ...]]
    keep: ClassVar[str]

    def tree(self) -> list[Node]:
        """Return the moment and the fields of this page."""
        if stands := self.for_one():
            return stands
        if self.desk.locked(self.desk.one):
            return [self.seen(Moment), *self.locked(), *self.theirs()]
        entry = self.at_hand()
        w = self.words
        if entry is None:
            go_on = nodes.press("skip", self.common["buttons.go_on"])
            return [nodes.text(w["moments.none_yet"]), nodes.buttons(go_on), *self.theirs()]
        form = self.form(entry)
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["moments.keep_page"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self.more(entry),
        ]
        return [
            self.seen(Moment),
            nodes.quote(by(entry.author), self._told(entry), label=entry.record.when),
            *self._another(),
            *nodes.one_by_one(self.fields(form, entry), end, key=form.key),
            *self.theirs(),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep this page's answers and go on, or take another moment in hand."""
        entry = self.at_hand()
        if key == "keep" and entry:
            self._keep(entry)
        elif key == "another":
            self.desk.chosen[Moment.kind] = value
            self.desk.changed()
        elif entry:
            self.do_more(key, value, entry)

    def fields(self, form: Writing[Moment], entry: Entry[Moment]) -> list[Node]:  # noqa: ARG002 - for those that override it
        """Return the fields of this page."""
        return form.nodes()

    def more(self, entry: Entry[Moment]) -> list[Node]:  # noqa: ARG002 - for those that override it
        """Return what stands below."""
        return []

    def theirs(self) -> list[Node]:
        """Return what the other one released on this page."""
        return []

    def do_more(self, key: str, value: str, entry: Entry[Moment]) -> None:
        """Do what other buttons say."""

    def at_hand(self) -> Entry[Moment] | None:
        """Return the moment that these pages are about: the one chosen, or the newest."""
        mine = self._mine()
        chosen = self.desk.chosen.get(Moment.kind)
        return next((e for e in mine if e.thread == chosen), mine[-1] if mine else None)

    def form(self, entry: Entry[Moment]) -> Writing[Moment]:
        """Return the form of this page; the fields of the other pages are carried along."""
        slot = f"{entry.thread}.{self.only[0]}"
        form = self.writing(Moment, slot=slot, only=self.only, replaces=entry)
        form.replaces, form.carried = entry, others(entry, self.only)
        return form

    def _keep(self, entry: Entry[Moment]) -> None:
        form = self.form(entry)
        if form.unchanged():
            self.close(form)
            self.go_on()
        elif self.kept(form, self.words["moments.page_kept"]):
            self.go_on()

    def _mine(self) -> list[Entry[Moment]]:
        found = self.desk.entries(Moment)
        return [e for e in found if e.author == self.desk.one and not e.released_from]

    def _told(self, entry: Entry[Moment]) -> list[str]:
        return [glimpse(entry.record.act) or self.common["cards.untitled"]]

    def _another(self) -> list[Node]:
        mine, here = self._mine(), self.at_hand()
        if len(mine) < 2 or here is None:  # noqa: PLR2004 - this one and another
            return []
        places = [e.thread for e in mine]
        after = mine[(places.index(here.thread) + 1) % len(mine)]
        return [nodes.actions(nodes.press("another", self.words["moments.another"], after.thread))]


class Stood(AboutMoment):
    """Where its writer stood in the moment: it can change from moment to moment."""

    only = ("role",)
    practices: ClassVar[tuple[str, ...]] = ("P3",)


class Cost(AboutMoment):
    """What the moment left behind; and, if its writer opens it, in trust and desire."""

    only = ("whose", "feelings", "feeling_words")
    practices: ClassVar[tuple[str, ...]] = ("P4", "P5")

    def __init__(self) -> None:
        """Show the page, with the one on trust and desire shut."""
        self.opened = False
        super().__init__()

    def forget_forms(self) -> None:
        """Shut the page on trust and desire for whoever comes next."""
        super().forget_forms()
        self.opened = False

    def fields(self, form: Writing[Moment], entry: Entry[Moment]) -> list[Node]:  # noqa: ARG002 - for those that override it
        """Return the feelings, and a box for another word once that is chosen."""
        feelings = form.values.get("feelings")
        other = isinstance(feelings, dict) and "other" in feelings
        return form.nodes(self.only if other else self.only[:2])

    def on_input(self, name: str, value: object) -> Kept:
        """Keep what is typed; the box for another word comes and goes with its chip."""
        kept = super().on_input(name, value)
        if name.endswith("/feelings"):
            shown = any(str(n["name"]).endswith("/feeling_words") for n in fields_of(self.shown))
            if shown != (isinstance(value, dict) and "other" in value):
                self.refresh()
        return kept

    def more(self, entry: Entry[Moment]) -> list[Node]:
        """Return the page on trust and desire, shut until its writer opens it."""
        w = self.words
        if not self.opened:
            return [
                nodes.gap(),
                nodes.text(w["traces.shut"]),
                nodes.actions(nodes.press("open", w["traces.open"])),
            ]
        old = self._trace(entry)
        copy = self._copy(old)
        presses, said = [nodes.press("shut", w["traces.close"])], []
        if copy:
            presses.append(nodes.press("trace_back", self.common["buttons.withdraw"]))
        elif old:
            label = self.common.say("buttons.release", **self.desk.names())
            presses.append(nodes.press("trace_release", label))
            said = [self.may_read()]
        form = self._trace_form(entry)
        end = [
            nodes.buttons(
                nodes.press("trace", w["traces.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            nodes.actions(*presses),
            *said,
        ]
        return [
            nodes.gap(),
            nodes.heading(w["traces.title"]),
            self.seen(Trace),
            *nodes.one_by_one(form.nodes(), end, key=form.key),
        ]

    def theirs(self) -> list[Node]:
        """Return what the other one released of their page on trust and desire."""
        found = [e for e in self.desk.entries(Trace) if e.author == self.desk.other]
        if not found:
            return []
        told = [
            nodes.quote(by(e.author), paragraphs(words), label=self.words[f"traces.{name}.said"])
            for e in found
            for name in ("trust", "desire", "cues")
            if (words := getattr(e.record, name))
        ]
        heading = nodes.heading(self.common.say("cards.theirs", **self.desk.names()))
        return [nodes.gap(), heading, *told]

    def do_more(self, key: str, value: str, entry: Entry[Moment]) -> None:  # noqa: ARG002 - for those that override it
        """Open or shut the page on trust and desire; keep it, release it, take it back."""
        old = self._trace(entry)
        if key in ("open", "shut"):
            self.opened = key == "open"
        elif key == "trace":
            self.kept(self._trace_form(entry), self.words["traces.kept"], moment=entry.thread)
        elif key == "trace_release" and old:
            said = self.common["release.done"]
            self.add(
                old.record,
                author=self.desk.one,
                said=said,
                sealed=False,
                released_from=old.thread,
            )
        elif key == "trace_back" and (copy := self._copy(old)):
            self.desk.forget(copy)
            reader = self.desk.name(self.desk.other)
            self.done(self.common.say("release.taken_back", reader=reader))

    def _trace(self, entry: Entry[Moment]) -> Entry[Trace] | None:
        found = [
            e
            for e in self.desk.entries(Trace)
            if e.record.moment == entry.thread and e.author == self.desk.one and not e.released_from
        ]
        return found[-1] if found else None

    def _copy(self, trace: Entry[Trace] | None) -> Entry[Trace] | None:
        found = self.desk.entries(Trace)
        return next((e for e in found if trace and e.released_from == trace.thread), None)

    def _trace_form(self, entry: Entry[Moment]) -> Writing[Trace]:
        form = self.writing(Trace, slot=entry.thread, replaces=self._trace(entry))
        form.replaces = self._trace(entry)
        return form


class Narrowed(AboutMoment):
    """Which choices got smaller, and how it came across as control."""

    only = ("narrowed", "how")
    practices: ClassVar[tuple[str, ...]] = ("P6",)

    def fields(self, form: Writing[Moment], entry: Entry[Moment]) -> list[Node]:
        """Return the fields; who had more say is asked what it narrowed for the other."""
        if entry.record.role != "more":
            return form.nodes()
        w, names = self.words, self.desk.names()
        at = "moments.narrowed_more"
        options = [nodes.option(key, w.say(f"{at}.options.{key}", **names)) for key in NARROWED]
        more = {"narrowed": {"label": w.say(f"{at}.ask", **names), "options": options}}
        return form.nodes(more=more)

    def more(self, entry: Entry[Moment]) -> list[Node]:  # noqa: ARG002 - for those that override it
        """Return a way back to write another moment."""
        return [nodes.actions(nodes.press("new", self.words["moments.write_another"]))]

    def do_more(self, key: str, value: str, entry: Entry[Moment]) -> None:  # noqa: ARG002 - for those that override it
        """Go back to the cards."""
        if key == "new":
            self.view.go("moments")
