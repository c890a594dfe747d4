"""What the one who leads keeps and sees afterwards: who came, and the totals of the group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from tornado.web import authenticated

from evenground.app.room.desk import Desk, day, name_of
from evenground.content import plain
from evenground.group import gathering, outcome
from evenground.group.totals import MOMENTS

if TYPE_CHECKING:
    from evenground.charts.drawing import Svgs
    from evenground.group.totals import Release


class Totals(Desk):
    """Asking, counting, and what was told."""

    @authenticated
    def get(self) -> None:
        """Show them."""
        self.lead_only()
        told = outcome.releases(self.held.folder)
        self.show(
            "totals",
            "totals",
            moments=MOMENTS,
            open_moments=self.held.counting.open_moments,
            asking=self.held.counting.asking,
            told=tuple(told),
            figures=[_figure(told[m]) for m in MOMENTS if m in told and m != "before"],
        )


class Came(Desk):
    """Who came, as the one who leads saw it."""

    @authenticated
    def get(self) -> None:
        """Show a list for each meeting."""
        self.lead_only()
        came = gathering.who_came(self.held.folder)
        self.show(
            "came",
            "came",
            pairs=[(pair, f"pair-{pair}", name_of(f"pair-{pair}")) for pair in came],
            meetings=[
                (number, day(on), {pair for pair, there in came.items() if number in there})
                for number, on in enumerate(self.held.days, start=1)
            ],
            said_before=self.get_argument("said", ""),
        )


def _figure(release: Release) -> dict[str, object]:
    made = outcome.drawing(release)
    return {
        "title": made.title,
        "subtitle": plain(made.subtitle),
        "label": plain(made.label),
        "svgs": _drawn(made.svgs),
        "after": made.after,
        "head": made.head,
        "rows": made.rows,
        "summary": made.summary,
    }


def _drawn(svgs: Svgs) -> list[tuple[str, Markup]]:
    """Return the pictures by width and theme; drawn by us, from numbers and our own words."""
    found = {
        "narrow light": svgs.narrow_light,
        "narrow dark": svgs.narrow_dark,
        "wide light": svgs.wide_light,
        "wide dark": svgs.wide_dark,
    }
    # The figure has one name; the marks inside it are nothing to read out.
    hidden = {
        kind: svg.replace("<svg ", '<svg aria-hidden="true" ', 1) for kind, svg in found.items()
    }
    return [(kind, Markup(svg)) for kind, svg in hidden.items() if svg]  # noqa: S704 - drawn here, with no markup of anyone’s
