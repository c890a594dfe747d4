"""What every plot is made of: rows laid one over another, and points placed in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = dict[str, Any]
Drawn = alt.Chart | alt.LayerChart


def layer(rows: Iterable[Row]) -> alt.Chart:
    """Return a chart of these rows, which carry all that is drawn in it."""
    # A tuple, since Altair copies lists again at every step.
    return alt.Chart(alt.InlineData(values=tuple(rows)))


def over(*layers: Drawn) -> alt.LayerChart:
    """Return layers as one, the last on top."""
    return cast("alt.LayerChart", alt.layer(*layers))


def across(field: str = "across") -> alt.X:
    """Place something by its pixels from the left."""
    return alt.X(f"{field}:Q").scale(None).axis(None)


def down(field: str = "down") -> alt.Y:
    """Place something by its pixels from the top."""
    return alt.Y(f"{field}:Q").scale(None).axis(None)


def points(rows: Iterable[Row], *, shape: str = "circle", **look: Any) -> alt.Chart:
    """Draw a mark at (`across`, `down`) of each row."""
    made: alt.Chart = layer(rows).mark_point(shape=shape, opacity=1, **look)
    return made.encode(x=across(), y=down())


def boxes(rows: Iterable[Row], **look: Any) -> alt.Chart:
    """Draw a box from (`across`, `down`) to (`right`, `base`) of each row."""
    made: alt.Chart = layer(rows).mark_rect(**look)
    return made.encode(x=across(), x2=alt.X2("right:Q"), y=down(), y2=alt.Y2("base:Q"))
