"""One person's own line, alone: where their answers have settled, and a note when these moved.

The page looks the same for everybody until somebody presses the button on it, so that a screen
tells nobody what was answered. The note goes to the person whose line it is. They release it,
keep it, or open Help. Their answers after the turns of part 02 stand below the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from evenground import content
from evenground.charts import drift
from evenground.charts.levels import levels
from evenground.forms import nodes
from evenground.records.review import DriftNote
from evenground.steps import own_turns
from evenground.steps.drawn import Drawn
from evenground.steps.drawn_from import happened, names_of, own_answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evenground.charts.drawing import Drawing
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry

HELP = "../../help"  # from where notebooks are, to the app itself
STAYS = 3  # reviews for which a note stands


class OwnLine(Drawn):
    """A button; then the line, the note if there is one, and how often such a note is wrong."""

    practices = ("P51", "P17")
    goes_on = False

    def __init__(self) -> None:
        """Leave it shut."""
        self.open = False
        # By person: a drawing that was begun for one may be ready when the other sits here.
        self.found: dict[str, drift.Shift | None] = {}
        self.turns: dict[str, Drawing] = {}
        super().__init__()

    def forget_forms(self) -> None:
        """Shut it, and hold no line, for whoever comes next."""
        super().forget_forms()
        self.open = False
        self.found.clear()
        self.turns.clear()
        self.drawn_of, self.ready = None, None

    def tree(self) -> list[Node]:
        """Return the way to open it, or the line with what goes with it."""
        if stands := self.for_one():
            return stands
        w = self.words
        if not self.open:
            self.prepare()  # beside the page, so that it is there when the button is pressed
            return [
                nodes.seen("lock", self.common["seen.private.strong"], w["own_line.seen"]),
                *self.locked(),
                nodes.buttons(
                    nodes.press("open_line", w["own_line.open"]),
                    nodes.press("skip", self.common["buttons.skip"]),
                ),
                nodes.small(w["checkins.help_line"]),
            ]
        line = bool(own_answers(self.desk, self.desk.one))
        after_turns = bool(own_turns.given(self.desk))
        return [
            *([*(_once(node) for node in self.drawn()), *self._note()] if line else []),
            *(self._after_turns() if after_turns else []),
            *([] if line or after_turns else [nodes.text(w["trends.none"])]),
            nodes.buttons(nodes.press("skip", self.common["buttons.go_on"])),
            nodes.small(w["checkins.help_line"]),
        ]

    def data(self) -> object:
        """Return the writer's answers, what happened meanwhile, the two names, and the turns."""
        me = self.desk.one
        told = own_answers(self.desk, me), happened(self.desk), names_of(self.desk)
        return me, *told, own_turns.to_draw(self.desk)

    def drawing(self, data: Any) -> Drawing:
        """Return the line; what moved, and the turns, are worked out beside the page as well."""
        me, found, notes, names, after_turns = data
        self.found[me] = _newly_moved(drift.means(found, me))
        self.turns[me] = own_turns.drawing(after_turns, names)
        return levels(found, person=me, names=names, notes=notes)

    def _after_turns(self) -> list[Node]:
        """Return the writer's answers after turns: drawn once that is done, and in words."""
        self.prepare()
        figure = self.turns.get(self.desk.one)
        drawn = [figure.node()] if figure and figure.is_drawn else []
        return [*drawn, own_turns.folded(self.desk)]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Open or shut the line, release the note, or take it back."""
        if key == "open_line":
            self.open = self.looked_at = True
        elif key == "shut":
            self.open = False
        elif key == "release" and self.moved and not self._released():
            note = DriftNote(since=self.moved.since, way=self.moved.way)
            more: dict[str, Any] = {"sealed": False, "released_from": f"line-{self.desk.one}"}
            self.add(note, author=self.desk.one, said=self.common["release.done"], **more)
        elif key == "take_back":
            for entry in self._released():
                self.desk.withdraw(entry)
            reader = self.desk.name(self.desk.other)
            self.done(self.common.say("release.taken_back", reader=reader))

    @property
    def moved(self) -> drift.Shift | None:
        """Return the change that the writer's own line shows, if it shows one."""
        return self.found.get(self.desk.one)

    def _note(self) -> list[Node]:
        if not self.ready:
            return []
        w, error = self.words, nodes.small(content.words("charts")["drift.error"])
        if not self.moved:
            shut = nodes.press("shut", w["own_line.shut"])
            return [nodes.text(w["own_line.none"]), error, nodes.actions(shut)]
        keep = nodes.press("shut", w["own_line.keep"])
        if self._released():
            give = nodes.press("take_back", self.common["buttons.withdraw"])
        else:
            give = nodes.press("release", self.common.say("buttons.release", **self.desk.names()))
        return [
            nodes.text(drift.told(self.moved)),
            error,
            nodes.buttons(keep, give),
            *([] if self._released() else [self.may_read()]),
            *self.news(),
            nodes.link(HELP, w["own_line.help"]),
        ]

    def _released(self) -> list[Entry[DriftNote]]:
        """Return the notes that the writer released about the change that is shown."""
        return [
            e
            for e in self.desk.journal.entries(DriftNote)
            if e.author == self.desk.one and self.moved and e.record.since == self.moved.since
        ]


def _once(node: Node) -> Node:
    """Return a figure without the sentence on false notes, which stands under it in any case."""
    if node.get("is") != "figure":
        return node
    error = content.words("charts")["levels.error"]
    return {**node, "after": [line for line in cast("list[str]", node["after"]) if line != error]}


def _newly_moved(points: Sequence[drift.Point]) -> drift.Shift | None:
    """Return the newest change of level that one of the last reviews was the first to show.

    It stays for a few reviews, since nobody looks at their line each time. How often a note is
    wrong is counted for each change and not for each look, so that stays as it is.
    """
    recent = {point.day for point in points[-STAYS:]}
    found = drift.shifts(points)
    return found[-1] if found and found[-1].seen in recent else None
