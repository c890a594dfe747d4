"""The CSI-4, word for word, as an option: for whoever answers it, with no line drawn at any sum.

Funk, J. L., & Rogge, R. D. (2007). Testing the ruler with item response theory: Increasing
precision of measurement for relationship satisfaction with the Couples Satisfaction Index.
Journal of Family Psychology, 21, 572-583. Its words are not ours and are not to be changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import nodes
from evenground.records.outlook import CSI4, Csi4
from evenground.steps import days
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry

MOST = 21


class FourQuestions(Step):
    """Four questions by others, folded away until somebody wants them; their own sums below."""

    part = "review"
    practices = ("P51",)

    def __init__(self) -> None:
        """Leave it folded."""
        self.open = False
        super().__init__()

    def forget_forms(self) -> None:
        """Fold it for whoever comes next."""
        super().forget_forms()
        self.open = False

    def tree(self) -> list[Node]:
        """Return what it is; once opened, the questions and the writer's own earlier sums."""
        w = self.words
        if not self.desk.one:
            return []
        if not self.open:
            show = nodes.press("show", w["csi4.open"])
            return [nodes.text(w["csi4.about"]), nodes.actions(show)]
        own = content.words("csi")
        more: dict[str, dict[str, object]] = {
            name: {
                "label": own[f"verbatim.{name}.ask"],
                "options": [nodes.option(key, own[f"verbatim.{name}.{key}"]) for key in answers],
            }
            for name, answers in CSI4.items()
        }
        return [
            nodes.heading(w["csi4.title"]),
            nodes.hint(w["csi4.about"]),
            self.seen(Csi4),
            *self.locked(),
            *self.writing(Csi4).nodes(more=more),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", w["csi4.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self._earlier(),
            nodes.small(own["verbatim.source"]),
        ]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Open it, or keep the answers."""
        if key == "show":
            self.open = True
        elif key == "keep":
            self.kept(self.writing(Csi4), self.words["csi4.kept"])

    def _earlier(self) -> list[Node]:
        mine = [e for e in self.desk.entries(Csi4) if e.author == self.desk.one]
        if not mine:
            return []
        w = self.words
        rows = [[days.said(e.written), self._sum(e)] for e in reversed(mine)]
        head = [w["csi4.day"], w["csi4.sum"]]
        return [nodes.table(w["csi4.yours"], head, rows), nodes.hint(w["csi4.wobble"])]

    def _sum(self, entry: Entry[Csi4]) -> str:
        """Return the sum of four answers; with one left out there is none."""
        answers = [getattr(entry.record, name) for name in CSI4]
        if not all(answers):
            return self.words["csi4.no_sum"]
        return self.words.say("csi4.of", number=sum(map(int, answers)), count=MOST)
