"""What the command says of groups whose day has come: they are taken out at each of its starts."""

from __future__ import annotations

import typer

from evenground.group import ending

EVERY = 60 * 60 * 1000  # milliseconds between two looks while the app is open


def tell() -> None:
    """Take out the groups whose day has come, and say so."""
    for one in ending.sweep():
        for sentence in one.sentences:
            typer.echo(sentence, err=True)
