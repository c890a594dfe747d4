"""What happened on a day, as a dotted rule through a chart with a word on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.charts import letters
from evenground.charts.plots.paper import text
from evenground.charts.theme import SMALL
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from evenground.charts.answers import Note
    from evenground.charts.plots.marks import Drawn
    from evenground.charts.plots.paper import Paper

ROW = 17  # px from one row of words to the next
_ROWS = 2
_LIFT = 12  # px between the plot and the word at the scale's end


def rows_for(notes: Sequence[Note]) -> int:
    """Return how many rows of words to leave room for above the plot."""
    return min(len(notes), _ROWS)


def noted(paper: Paper, notes: Sequence[Note], *, free: float) -> Iterator[Drawn]:
    """Yield a rule for each note; left of `free` it does not cross the word at the scale's end.

    A word with no room in either row is left out here: the table has it.
    """
    ends = [0.0] * _ROWS
    for note in sorted(notes, key=lambda note: note.day):
        word = words("charts")[f"notes.{note.kind}"]
        day, wide = note.day.toordinal(), letters.width(word, size=SMALL)
        here = paper.across(day)
        start = min(here + 6, paper.width + paper.right - wide)
        row = next((row for row, end in enumerate(ends) if end <= start), None)
        top = float(-_LIFT + 4)
        if row is not None:
            ends[row] = start + wide + 16
            down = -_LIFT - ROW * (row + 1)
            yield text([{"across": start, "down": down, "say": word}], size=SMALL, halo=True)
            top = down - 8 if start > here else down + 4
        if here < free and top < -_LIFT:
            yield paper.upright(day, top=top, bottom=-_LIFT - 13)
            top = -_LIFT + 4
        yield paper.upright(day, top=top, bottom=paper.height)
