"""What one person writes for themselves and may release, entry by entry, with their own press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, cast

from evenground import content
from evenground.forms import nodes
from evenground.records.entry import Entry, R
from evenground.steps.desk import by
from evenground.steps.step import Step
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.declaration import Record
    from evenground.steps.writing import Writing


class OwnEntries(Step, Generic[R]):
    """A person's entries of one private kind, a form for a new one, and what the other released."""

    part = "review"
    kind: ClassVar[type[Record]]
    releases: ClassVar[bool] = True  # whether an entry can be given to the other one

    def __init__(self) -> None:
        """Show the list and an empty form."""
        self.editing = ""  # the thread that the form changes
        super().__init__()

    # What a subclass writes ---------------------------------------------------------------------

    def said_of(self, record: R) -> list[str]:
        """Return what an entry says, as paragraphs."""
        raise NotImplementedError

    def fields(self, form: Writing[R]) -> list[Node]:
        """Return the fields of the form."""
        return form.nodes()

    def also(self, entry: Entry[R]) -> list[Node]:  # noqa: ARG002 - for those that override it
        """Return what else can be pressed beside an own entry."""
        return []

    def under(self, entry: Entry[R]) -> list[Node]:  # noqa: ARG002 - for those that override it
        """Return what stands under an entry that the other one released."""
        return []

    def before(self) -> list[Node]:
        """Return what stands over the form."""
        return []

    def do_more(self, key: str, value: str) -> None:
        """Do what other buttons say."""

    # How it goes --------------------------------------------------------------------------------

    def forget_forms(self) -> None:
        """Change nothing of somebody else's."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the writer's entries, the form, and what the other one released."""
        if stands := self.for_one():
            return stands
        name = self.kind.kind
        keep = nodes.press("keep", self.words[f"{name}.keep"])
        if self.editing:
            second = nodes.press("cancel", self.common["buttons.cancel"])
        else:
            second = nodes.press("skip", self.common["buttons.skip"])
        release = nodes.press("keep_and_release", self._release_label())
        both = [release] if self.releases and not self.editing else []
        return [
            *self.before(),
            *self._theirs(),
            *self._mine_listed(),
            self.seen(self.kind),
            *self.locked(),
            *self.fields(self._form()),
            *self.news(),
            nodes.buttons(keep, *both, second),
            *([self.may_read()] if both else []),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep, release, change, take back or take away an entry."""
        if key in ("keep", "keep_and_release"):
            entry = self.kept(self._form(), self.words[f"{self.kind.kind}.kept"])
            if entry:
                self.editing = ""
                if key == "keep_and_release":
                    self._release(entry)
        elif key == "cancel":
            form = self._form()
            form.done()
            self.close(form)
            self.editing = ""
        elif key in ("change", "release", "take_back", "take_away"):
            entry = self._own(value)
            if entry is None:
                return
            if key == "change":
                self.close(self._form())
                self.editing = entry.thread
            elif key == "release" and self.releases:
                self._release(entry)
            elif key == "take_back":
                self._take_back(entry)
            else:
                self.desk.withdraw(entry)
                self.done(self.words["own.taken_away"])
        else:
            self.do_more(key, value)

    def mine(self) -> list[Entry[R]]:
        """Return the writer's entries: each once, with a released copy whose own page is shut."""
        mine = [e for e in self._all() if e.author == self.desk.one]
        here = {e.thread for e in mine if e.sealed}
        return [e for e in mine if e.sealed or e.released_from not in here]

    def copies(self) -> dict[str, Entry[R]]:
        """Return the writer's released copies, by the thread that each is a copy of."""
        return {
            e.released_from: e for e in self._all() if e.author == self.desk.one and not e.sealed
        }

    def given(self) -> list[Entry[R]]:
        """Return what the other one released."""
        return [e for e in self._all() if e.author == self.desk.other and not e.sealed]

    def _all(self) -> list[Entry[R]]:
        return cast("list[Entry[R]]", self.desk.entries(self.kind))

    def _form(self) -> Writing[R]:
        editing = next((e for e in self.mine() if e.thread == self.editing), None)
        kind = cast("type[R]", self.kind)
        return self.writing(kind, slot=self.editing, replaces=editing)

    def _own(self, thread: str) -> Entry[R] | None:
        mine = (e for e in self._all() if e.author == self.desk.one)
        return next((e for e in mine if e.thread == thread), None)

    def _release(self, entry: Entry[R]) -> None:
        done = self.common["release.done"]
        more: dict[str, Any] = {"sealed": False, "released_from": entry.thread}
        self.add(entry.record, author=self.desk.one, said=done, **more)

    def _take_back(self, entry: Entry[R]) -> None:
        self.desk.withdraw(entry)
        self.done(self.common.say("release.taken_back", reader=self.desk.name(self.desk.other)))

    def _release_label(self) -> str:
        return self.common.say("buttons.release", **self.desk.names())

    def _mine_listed(self) -> list[Node]:
        mine = self.mine()
        if not mine:
            return []
        w, copies = content.words("review"), self.copies()
        items = []
        for entry in reversed(mine):
            copy = copies.get(entry.thread) if entry.sealed else entry
            if copy:
                presses = [nodes.press("take_back", self.common["buttons.withdraw"], copy.thread)]
            else:
                presses = [nodes.press("change", self.common["buttons.change"], entry.thread)]
                if self.releases:
                    label = self._release_label()
                    presses.append(nodes.press("release", label, entry.thread))
                presses.append(nodes.press("take_away", w["own.take_away"], entry.thread))
            said = self.said_of(entry.record)
            items.append(
                nodes.item(
                    glimpse(said[0]) if said else w["own.untitled"],
                    detail=self.say("own.released") if copy else " ".join(said[1:]),
                    by=by(self.desk.one) if copy else "",
                    actions=[*presses, *self.also(entry)],
                )
            )
        # Beside the form it stands under the form's own button, and once is enough.
        ask = self.releases and bool(self.editing) and any(e.thread not in copies for e in mine)
        hint = [self.may_read("listed")] if ask else []
        return [nodes.heading(w["own.yours"]), nodes.listing(items), *hint]

    def _theirs(self) -> list[Node]:
        shown: list[Node] = []
        for entry in reversed(self.given()):
            words = [line for said in self.said_of(entry.record) for line in paragraphs(said)]
            label = self.desk.name(entry.author)
            shown += [nodes.quote(by(entry.author), words, label=label), *self.under(entry)]
        if not shown:
            return []
        return [nodes.heading(self.say("own.theirs")), *shown, nodes.gap()]
