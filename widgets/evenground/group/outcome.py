"""The outcome page: what was told of a group's answers, who came, and what it does not show.

It reads releases and nothing else. What may be told was decided in `totals`, and cannot be asked
again here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from evenground.charts.outcome import Mean, outcome
from evenground.content import plain, words
from evenground.group import gathering, papers, totals

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from evenground.charts.drawing import Drawing
    from evenground.group.totals import Release

FILE = "totals.json"


def keep(folder: Path, releases: Iterable[Release]) -> None:
    """Write what was told into a group's folder."""
    gathering.write(folder / FILE, json.dumps([totals.told(one) for one in releases], indent=1))


def releases(folder: Path) -> dict[str, Release]:
    """Return what was told so far, by moment; GroupError when the file cannot be read."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {one["moment"]: totals.read(one) for one in told}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise gathering.GroupError("mistakes.unreadable", file=FILE) from error


def drawing(release: Release) -> Drawing:
    """Return a release as a picture with its numbers in a table."""
    say = words("review")
    means = [
        Mean(
            say[f"checkins.{line.item}.ask"],
            now=line.now,
            before=line.before,
            change=line.change,
            low=line.low,
            high=line.high,
        )
        for line in release.lines
    ]
    return outcome(means, couples=release.couples, later=release.moment == "later")


def page(folder: Path) -> str:
    """Return the outcome of a group as a page that prints."""
    group = gathering.read(folder)
    say = words("group_papers", group.language)
    told = releases(folder)
    came = gathering.attendance(folder)
    return papers.rendered(
        "outcome",
        language=group.language,
        title=plain(say.say("outcome.title", name=group.name)),
        eyebrow=say["outcome.eyebrow"],
        lead=say["outcome.lead"],
        figures=[_figure(told[m]) for m in totals.MOMENTS if m in told and m != "before"],
        came=[
            plain(say.count("outcome.came", count, number=number))
            for number, count in enumerate(came, start=1)
            if count
        ],
    )


def write(folder: Path) -> Path:
    """Write the outcome page beside the other pages of a group and return it."""
    printed = folder / papers.PRINTED
    printed.mkdir(mode=0o700, exist_ok=True)
    path = printed / "outcome.html"
    gathering.write(path, page(folder))
    return path


def _figure(release: Release) -> dict[str, object]:
    made = drawing(release)
    return {
        "title": made.title,
        "subtitle": plain(made.subtitle),
        "label": plain(made.label),
        # Drawn by us from numbers and our own words, and by nobody else.
        "svg": Markup(made.svgs.wide_light),  # noqa: S704 - drawn here, with no markup of anyone’s
        "after": made.after,
        "head": made.head,
        "rows": made.rows,
    }
