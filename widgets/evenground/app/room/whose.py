"""For which group a room is opened: the one that is named, the only one, or one that is made now.

On a computer with no group yet one command opens a room. It asks three things where somebody is
there to answer, takes what is usual where nobody is, and says how to change it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import typer

from evenground.content import plain, words
from evenground.group import ending, gathering
from evenground.group.gathering import Group, GroupError

if TYPE_CHECKING:
    from pathlib import Path

_SAY = words("joining")


def found_or_made(name: str, couples: int | None = None) -> Path:
    """Return the folder of a group; GroupError when it is not clear which one is meant."""
    there = [folder.name for folder in gathering.folders()]
    slug = gathering.slug_of(name)
    if name and slug in there:
        return gathering.named(slug)
    if not name and (only := gathering.the_only_one()):
        return only
    if there and not _can_ask():  # a slip of a key makes no second group
        raise GroupError("mistakes.missing", folder=name)
    return _made(name, couples)


def the_named(name: str) -> str:
    """Return the name of the folder of a group that was made; without a name, of the only one."""
    only = None if name else gathering.the_only_one()
    return only.name if only else gathering.named(gathering.slug_of(name)).name


def _made(name: str, couples: int | None) -> Path:
    usual = Group(name=name or _SAY["command.usual_name"], first=ending.today())
    group = replace(usual, couples=couples or usual.couples)
    if _can_ask():
        typer.confirm(_said("make_ask", what=group.name), default=True, abort=True)
        if couples is None:
            asked = typer.prompt(_said("couples_ask"), default=usual.couples, type=int)
            group = replace(group, couples=asked)
        day = typer.prompt(_said("first_ask"), default=usual.first.isoformat())
        try:
            group = replace(group, first=date.fromisoformat(day))
        except ValueError as error:
            raise GroupError("mistakes.no_day") from error
    folder = gathering.make(group)
    first = f"{group.first.day} {group.first:%B %Y}"
    typer.echo(_said("made", name=group.name, count=group.couples, date=first))
    typer.echo(_said("made_change", folder=str(folder)))
    typer.echo(_said("made_anew", what=f"evenground group end {folder.name}"))
    return folder


def _can_ask() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _said(key: str, **fill: object) -> str:
    return plain(_SAY.say(f"command.{key}", **fill))
