"""What one cell shows: a view whose tree follows from the journal and from who is writing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, ClassVar

from evenground import content
from evenground.forms import Kept, View, nodes
from evenground.forms.view import fields_of
from evenground.journal import JournalError
from evenground.records.declaration import Visibility
from evenground.steps import days
from evenground.steps.desk import Desk, desk
from evenground.steps.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evenground.content import Words
    from evenground.forms.nodes import Node
    from evenground.forms.view import State
    from evenground.records.declaration import Record
    from evenground.records.entry import Entry, R

_ICONS = {
    Visibility.PRIVATE: "lock",
    Visibility.SEALED: "envelope",
    Visibility.SHARED: "rings",
    Visibility.UNSTORED: "dashed",
}


class Step:
    """One thing on a page. A subclass says what it shows (`tree`) and what buttons do (`do`)."""

    part = "common"
    practices: ClassVar[tuple[str, ...]] = ()  # rows of the design's list that it brings about

    def __init__(self) -> None:
        """Join the page's desk and show the step."""
        self.desk: Desk = desk()
        self.said = ""  # the newest sentence about what was done here
        self.saved: Kept | None = None  # what the header is to say of the newest press
        self.forms: dict[tuple[str, ...], Writing[Any]] = {}
        self.shown: list[Node] = []  # the newest tree that could be made
        self.view = View([], on_input=self._input, on_press=self._press)
        self.desk.join(self)
        self.refresh()

    # What a subclass writes ---------------------------------------------------------------------

    def tree(self) -> list[Node]:
        """Return what is shown now."""
        return []

    def do(self, key: str, value: str) -> None:
        """Do what a button says. What stands in the fields has been taken into the forms."""

    # What it can use ----------------------------------------------------------------------------

    @property
    def words(self) -> Words:
        """Return the words of the step's part."""
        return content.words(self.part)

    @property
    def common(self) -> Words:
        """Return the words said on more than one page."""
        return content.words("common")

    def say(self, key: str, **fill: object) -> str:
        """Return a sentence of the part with the names of the two filled in."""
        return self.words.say(key, **(self.desk.names() | fill))

    def writing(
        self,
        kind: type[R],
        slot: str = "",
        *,
        author: str = "",
        only: Iterable[str] | None = None,
        begin: Mapping[str, object] | None = None,
        replaces: Entry[R] | None = None,
        words: Words | None = None,
    ) -> Writing[R]:
        """Return the form for a record of a kind by whoever is writing; the same one each time."""
        author = author or self.desk.who
        key = (kind.kind, slot, author)
        found = self.forms.get(key)
        if found is None:
            found = self.forms[key] = Writing(
                self.desk,
                kind,
                words or self.words,
                slot=slot,
                author=author,
                only=only,
                begin=begin,
                replaces=replaces,
            )
        return found

    def close(self, form: Writing[R]) -> None:
        """Take a form away: it was kept, or given up."""
        self.forms = {key: kept for key, kept in self.forms.items() if kept is not form}

    def forget_forms(self) -> None:
        """Hold nothing that was typed: somebody else is writing now."""
        self.forms.clear()
        self.shown = []
        self.said = ""

    def seen(self, kind: type[Record]) -> Node:
        """Return the line on who may see an answer of a kind, with its limit."""
        name = f"seen.{kind.visibility.value}"
        private = kind.visibility in (Visibility.PRIVATE, Visibility.SEALED)
        sealed = all(self.desk.seals(p) for p in ([self.desk.one] if self.desk.one else ("a", "b")))
        text = self.common[f"{name}.not_kept" if private and not sealed else f"{name}.text"]
        return nodes.seen(_ICONS[kind.visibility], self.common[f"{name}.strong"], text)

    def may_read(self, about: str = "") -> Node:
        """Return what a release lets the other one read, to stand beside its button."""
        ask = self.common.say("release.ask", reader=self.desk.name(self.desk.other))
        return nodes.hint(f"{ask} {self.common['release.as_plain']}", key=f"may-read {about}")

    def news(self) -> list[Node]:
        """Return the newest sentence about what was done here, if there is one."""
        return [nodes.status(self.said)] if self.said else []

    def for_one(self) -> list[Node] | None:
        """Return what stands here when this is for one person and none is writing, else None."""
        if self.desk.one:
            return None
        return self.ask_who("alone.choose")

    def for_both(self) -> list[Node] | None:
        """Return what stands here when this is for both and they are not both here, else None."""
        if self.desk.who == "both":
            return None
        if self.desk.is_one_person():
            return [
                nodes.text(self.common["alone.by_yourself"]),
                nodes.link("#if-you-do-this-alone", self.common["alone.own_page"]),
                nodes.buttons(nodes.press("skip", self.common["buttons.go_on"])),
            ]
        return self.ask_who("alone.together")

    def ask_who(self, key: str) -> list[Node]:
        """Return a sentence on who this is for, with a way to say who is here."""
        said = nodes.text(self.common[key if self.desk.who else "alone.nobody"])
        change = nodes.actions(nodes.press("ask_who", self.common["alone.change"]))
        return [said, change] if self.desk.has_names() else [said]

    def locked(self) -> list[Node]:
        """Return a way to open the writer's private pages, when those are shut."""
        if not self.desk.locked(self.desk.one):
            return []
        unlock = nodes.press("unlock", self.common["alone.unlock"])
        return [nodes.text(self.common["alone.locked"]), nodes.actions(unlock)]

    def kept(self, form: Writing[R], said: str = "", **fixed: object) -> Entry[R] | None:
        """Make a form a row of the journal; None when something in it is wrong.

        Afterwards the form is gone, the header says "Saved", and every step knows of the row.
        """
        entry = form.keep(**fixed)
        if entry is None:
            return None
        self.close(form)
        held = self.desk.is_held(entry)
        self.done(self.common["kept.here"] if held else said, state="page" if held else "saved")
        return entry

    def add(self, record: R, *, author: str, said: str = "", **more: Any) -> Entry[R]:
        """Write a record that needs no form, and let every step know."""
        entry = self.desk.add(record, author=author, **more)
        self.done(said, state="page" if self.desk.is_held(entry) else "saved")
        return entry

    def done(self, said: str = "", *, state: State = "saved") -> None:
        """Say where it is kept, and let every step know."""
        self.said = said
        self.saved = Kept(state, days.now() if state == "saved" else "")
        self.desk.changed()

    def go_on(self) -> None:
        """Show the next section."""
        self.view.go("next")

    # Messages from the browser ------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the tree anew; what stands in its way is told in a sentence."""
        try:
            self.desk.journal.asked.clear()
            self.shown = self.tree()
            self.view.show([*self._about_files(), *self.shown])
        except JournalError as error:
            # The fields stay, with what was typed in them, below the sentence.
            self.view.show([nodes.status(error.sentence), *self._as_it_stands()])
        except Exception as error:  # noqa: BLE001 - a fault in one step must not take the others along
            # The kind alone: the text of an error may hold what somebody wrote.
            print(f"evenground: {type(error).__name__} in {type(self).__name__}", file=sys.stderr)  # noqa: T201 - for the log, with no words of anyone
            self.view.show([nodes.status(self.common["page.trouble"])])

    def _about_files(self) -> list[Node]:
        """Return what there is to know about the files that this step is made from."""
        files = {f"{kind}.csv" for kind in self.desk.journal.asked - {"people"}}
        found = (note for note in self.desk.journal.notes() if note.fill.get("file") in files)
        return [nodes.hint(note.sentence) for note in found]

    def _as_it_stands(self) -> list[Node]:
        """Return the newest tree that could be made, with what was typed since."""
        for node in fields_of(self.shown):
            for form in self.forms.values():
                if form.mine(str(node["name"])):
                    node["value"] = form.typed(str(node["name"]))
        return self.shown

    def on_input(self, name: str, value: object) -> Kept:
        """Keep what was typed into a field, and say where it is kept."""
        for form in self.forms.values():
            if form.mine(name):
                kept = form.put(name, value)
                if form.turns(name):
                    self.refresh()
                return kept
        return Kept("page", "", "")

    def _input(self, name: str, value: object) -> Kept:
        try:
            return self.on_input(name, value)
        except JournalError as error:
            return Kept("unsaved", "", error.sentence)

    def _press(self, key: str, value: str, values: dict[str, object]) -> Kept | None:
        self.said, self.saved = "", None
        for form in self.forms.values():
            form.take(values)
        try:
            if key == "unlock":
                self.desk.unlock()
            elif key == "ask_who":
                self.desk.ask_who()
            elif key == "skip":
                self.go_on()
            else:
                self.do(key, value)
        except JournalError as error:
            # What was typed is still in the fields, and the sentence stands beside them.
            self.said = error.sentence
            self.saved = Kept("unsaved", "", error.sentence)
        self.refresh()
        return self.saved
