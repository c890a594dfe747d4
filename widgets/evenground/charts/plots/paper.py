"""The sheet that every chart is drawn on: its size, its time axis, its text and its inks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from evenground.charts.dates import each, ticks
from evenground.charts.letters import inked, width
from evenground.charts.plots.marks import Drawn, Row, across, down, layer, over
from evenground.charts.theme import DOTTED, FAMILY, LABEL
from evenground.charts.theme import LIGHT as INK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

HALO = 4  # px around text that crosses lines
_INSET = 8  # px between the edge of the plot and the first and last mark


def text(
    rows: Iterable[Row],
    *,
    align: str = "left",
    baseline: str = "alphabetic",
    size: float = LABEL,
    color: str = "",
    bold: bool = False,
    italic: bool = False,
    halo: bool = False,
) -> Drawn:
    """Write what rows `say` at (`across`, `down`) in pixels; a halo keeps lines off it."""
    written = [{**row, "say": inked(str(row["say"]))} for row in rows]
    look: Row = {
        "align": align,
        "baseline": baseline,
        "font": FAMILY,
        "fontSize": size,
        "fontWeight": 600 if bold else 400,
        "fontStyle": "italic" if italic else "normal",
    }

    def words(**ink: Any) -> alt.Chart:
        made: alt.Chart = (
            layer(written)
            .mark_text(**look, **ink)
            .encode(
                x=across(),
                y=down(),
                text=alt.Text("say:N"),
            )
        )
        return made

    ink = words(color=color or INK.second)
    if not halo:
        return ink
    ground = INK.ground
    behind = words(color=ground, stroke=ground, strokeWidth=HALO, strokeJoin="round")
    return over(behind, ink)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A plot of so many pixels in a sheet of a fixed width, over so many days."""

    sheet: int
    left: float
    right: float
    top: float
    bottom: float
    height: float
    first: date
    last: date
    few: tuple[date, ...] = ()  # so few days that each of them is named

    @property
    def width(self) -> float:
        """Return the width of the plot."""
        return self.sheet - self.left - self.right

    @property
    def days(self) -> tuple[int, int]:
        """Return the first and the last day that the time axis spans."""
        first, last = self.first.toordinal(), self.last.toordinal()
        return (first, last) if first < last else (first - 1, last + 1)

    def across(self, day: int) -> float:
        """Return where a day stands, in pixels."""
        first, last = self.days
        return _INSET + (day - first) / (last - first) * (self.width - 2 * _INSET)

    def x(self, field: str = "day") -> alt.X:
        """Place a day, kept as a number so that no time zone can shift it."""
        reach = alt.Scale(
            domain=list(self.days), range=[_INSET, self.width - _INSET], nice=False, zero=False
        )
        return alt.X(f"{field}:Q").scale(reach).axis(None)

    def y(self, field: str, *, low: float, high: float) -> alt.Y:
        """Place a number between two ends of a fixed scale."""
        reach = alt.Scale(domain=[low, high], range=[self.height, 0], nice=False, zero=False)
        return alt.Y(f"{field}:Q").scale(reach).axis(None)

    def rules(self, places: Mapping[float, str], *, reach: float | None = None) -> alt.LayerChart:
        """Draw a line across at each place (in pixels from the top), with its label at the left."""
        width = self.width if reach is None else reach
        lines: alt.Chart = (
            layer([{"at": at} for at in places])
            .mark_rule(color=INK.grid)
            .encode(y=down("at"), x=alt.value(0), x2=alt.value(width))
        )
        labels = text(
            [{"across": -10, "down": at, "say": say} for at, say in places.items()],
            align="right",
            baseline="middle",
        )
        return over(lines, labels)

    def time_axis(self, *, at: float, gridded: float = 0) -> alt.LayerChart:
        """Draw months under the plot, the year below them; with a height, a grid line for each."""
        found = each(self.few, room=self.width) or ticks(self.first, self.last, room=self.width)
        shown = [(tick, self.across(tick.day)) for tick in found]
        labels: list[Row] = []
        for tick, here in shown:
            half = max(width(said, size=LABEL) for said in (tick.label, tick.year)) / 2
            place = min(max(here, half - self.left), self.width + self.right - half)
            labels.append({"across": place, "down": at, "say": tick.label})
            labels += [{"across": place, "down": at + 16, "say": tick.year}] if tick.year else []
        drawn: list[Drawn] = [text(labels, align="center")]
        if gridded:
            lines: alt.Chart = (
                layer([{"across": here} for _, here in shown])
                .mark_rule(color=INK.grid)
                .encode(
                    x=across(),
                    y=alt.value(0),
                    y2=alt.value(gridded),
                )
            )
            drawn.insert(0, lines)
        return over(*drawn)

    def upright(self, day: int, *, top: float, bottom: float, color: str = "") -> alt.Chart:
        """Draw a dotted line through a day."""
        drawn: alt.Chart = (
            layer([{"day": day}])
            .mark_rule(color=color or INK.rule, strokeDash=list(DOTTED), strokeWidth=1.2)
            .encode(x=self.x(), y=alt.value(top), y2=alt.value(bottom))
        )
        return drawn

    def of(self, *layers: Drawn, lower: float = 0) -> alt.LayerChart:
        """Return the finished chart, as wide as the sheet, with no box and no ground.

        `lower` is how much taller than planned the bottom margin is.
        """
        return finished(
            over(*layers)
            .resolve_scale(x="independent", y="independent")
            .properties(width=self.width, height=self.height),
            padding=(self.left, self.right, self.top, self.bottom + lower),
        )


def finished(
    chart: alt.LayerChart, *, padding: tuple[float, float, float, float]
) -> alt.LayerChart:
    """Return a chart with its margins (left, right, top, bottom) and nothing that Vega adds."""
    left, right, top, bottom = padding
    made: alt.LayerChart = chart.properties(
        padding={"left": left, "right": right, "top": top, "bottom": bottom},
        autosize=alt.AutoSizeParams(type="none"),
    ).configure(
        # The figure says what it shows; a voice reading every dot would drown that.
        aria=False,
        background="transparent",
        font=FAMILY,
        view=alt.ViewConfig(stroke=None, fill=None),
    )
    return made
