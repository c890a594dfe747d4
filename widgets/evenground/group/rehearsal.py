"""A dress rehearsal: a group of made-up couples, with all its pages and an outcome to look at."""

from __future__ import annotations

import random
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from evenground.content import words
from evenground.group import gathering, outcome, papers
from evenground.group.gathering import Group, GroupError
from evenground.group.totals import HIGH, LOW, MOMENTS, Box, Person
from evenground.records.review import ITEMS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

MARK = "made-up"  # a file that says: all of this was made up, and may be made anew
COUPLES = 12
_GAIN = {"before": 0.0, "after": 0.6, "later": 0.5}  # steps


def make(today: date, *, where: Path | None = None) -> Path:
    """Write a made-up group that ended a while ago, and return its folder. An older one goes."""
    group = Group(
        name=words("group")["rehearsal.name"], first=today - timedelta(weeks=12), couples=COUPLES
    )
    old = (where or gathering.root()) / group.slug
    if old.exists():
        if not (old / MARK).exists():
            raise GroupError("mistakes.is_there", folder=old.name)
        shutil.rmtree(old)
    folder = gathering.make(group, where=where)
    (folder / MARK).touch(mode=0o600)
    box = _answered()
    outcome.keep(folder, [box.release(moment) for moment in ("after", "later")])
    gathering.note_attendance(folder, [12, 11, 12, 10])
    papers.write(folder)
    outcome.write(folder)
    return folder


def _answered() -> Box:
    """Return a box with the answers of made-up couples, the same each time."""
    chance = random.Random(COUPLES)  # noqa: S311 - nothing here is a secret
    box = Box()
    for couple in range(1, COUPLES + 1):
        for one in "ab":
            usual = {item: chance.gauss(3.0, 0.8) for item in ITEMS}
            for moment in MOMENTS:
                answers = {
                    item: round(usual[item] + _GAIN[moment] + chance.gauss(0, 0.5))
                    for item in ITEMS
                }
                inside = {item: min(max(n, LOW), HIGH) for item, n in answers.items()}
                box.put(Person(f"{couple:02d}", one), moment, inside)
    return box
