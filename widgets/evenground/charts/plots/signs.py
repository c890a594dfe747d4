"""The marks of what came of a promise: their shape says it without their colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.charts.plots.marks import Row, points
from evenground.charts.theme import LIGHT as INK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import altair as alt

SIZE = 170  # px²

# Strokes of a tick and a cross, in the unit that Vega scales by a mark's size.
_TICK, _CROSS = "M-.5,.05L-.12,.42L.52,-.38", "M-.38,-.38L.38,.38M.38,-.38L-.38,.38"


def signs(rows: Mapping[str, Sequence[Row]], *, size: float = SIZE) -> Iterator[alt.Chart]:
    """Yield the marks at (`across`, `down`): open, slipped, mended, late, kept, the last on top."""
    ground: Row = {"color": INK.ground, "filled": True}
    edge: Row = {"stroke": INK.ground, "strokeWidth": 1, "filled": True}
    stroke: Row = {"filled": False, "stroke": INK.ground, "strokeWidth": 1.8, "strokeCap": "round"}
    ring: Row = {"filled": False}
    if at := rows.get("open"):
        yield points(at, size=size, **ground)
        # Dashed, as what is still to come is in the months: in grey it is not the ring of mended.
        dashed: Row = {"stroke": INK.rule, "strokeWidth": 2, "strokeDash": [3, 3]}
        yield points(at, size=size * 0.7, **dashed, **ring)
    if at := rows.get("slipped"):
        yield points(at, size=size, fill=INK.slipped, **edge)
        yield points(at, shape=_CROSS, size=size, **stroke)
    if at := rows.get("mended"):
        yield points(at, size=size * 1.25, **ground)
        yield points(at, size=size * 0.75, stroke=INK.kept, strokeWidth=3, **ring)
    if at := rows.get("late"):
        yield points(at, shape="diamond", size=size, fill=INK.late, **edge)
    if at := rows.get("kept"):
        yield points(at, size=size, fill=INK.kept, **edge)
        yield points(at, shape=_TICK, size=size, **stroke)
