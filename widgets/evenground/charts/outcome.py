"""What a group answered before and after, question by question, as means of 5 couples or more.

The numbers come from the group's totals, where the rules on them are kept. Here they are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts.drawing import Drawing, Svgs, drawn
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Mean:
    """One question: what its mean was before and is now. None is what may not be told."""

    label: str
    now: float | None = None
    before: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_told(self) -> bool:
        """Return whether anything of it may be told."""
        return self.now is not None

    @property
    def is_apart(self) -> bool:
        """Return whether the range of its change leaves out that nothing changed."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def outcome(means: Sequence[Mean], *, couples: int, later: bool = False) -> Drawing:
    """Draw means before and after (or, `later`, at the follow-up), with the range of each change.

    `couples` is how many at least they stand on, as it may be told.
    """
    say = words("charts")
    told = tuple(mean for mean in means if mean.is_told)
    moment = "later" if later else "after"
    labels = [say.say("outcome.said", item=mean.label, what=change(mean)) for mean in means]
    return Drawing(
        title=say[f"outcome.title_{moment}"],
        subtitle=say.say("outcome.subtitle", count=couples) if told else "",
        label=" ".join(labels) if told else say["outcome.none"],
        svgs=_drawn(told) if told else Svgs(),
        after=(say["outcome.cause"], say["outcome.range"]) if told else (say["outcome.none"],),
        summary=say["outcome.summary"],
        head=say.lines("outcome.head"),
        rows=tuple(
            (mean.label, _told(mean.before), _told(mean.now), change(mean)) for mean in means
        ),
    )


def change(mean: Mean) -> str:
    """Return a change with its range in words: "+0.7 (+0.3 to +1.1)"."""
    if mean.change is None or mean.low is None or mean.high is None:
        return words("charts")["outcome.not_told"]
    return f"{_signed(mean.change)} ({_signed(mean.low)} to {_signed(mean.high)})"


def _signed(number: float) -> str:
    said = f"{abs(number):.1f}"
    if said == "0.0":
        return said
    return f"{'+' if number > 0 else MINUS}{said}"


def _told(number: float | None) -> str:
    return words("charts")["outcome.not_told"] if number is None else f"{number:.1f}"


def _drawn(means: tuple[Mean, ...]) -> Svgs:
    from evenground.charts.plots.outcome import means as plot  # noqa: PLC0415 - brings in Altair

    return drawn(plot, means)
