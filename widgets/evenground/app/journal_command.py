"""The commands about a journal's files: export, check, merge, forget."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from evenground.content import plain, words
from evenground.journal import Journal, JournalError, checking, exporting, merging, place
from evenground.records.registry import kinds

SAY = words("journal")
PEOPLE = ("a", "b")

commands = typer.Typer(no_args_is_help=True, add_completion=False)

Home = Annotated[Path | None, typer.Option("--home", help=SAY["command.option_home"])]


@commands.command(help=SAY["command.about_export"])
def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help=SAY["command.option_folder"])],
    *,
    home: Home = None,
    who: Annotated[str, typer.Option("--as", help=SAY["command.option_who"])] = "",
) -> None:
    """Copy what a person may see into a folder."""
    journal = Journal(_home(context, home))
    try:
        if who:
            _open(journal, who)
        for path in exporting.export(journal, folder, reader=who or None):
            typer.echo(_said("exported", file=str(path)))
    except JournalError as error:
        _stop(error)


@commands.command(help=SAY["command.about_check"])
def check(
    context: typer.Context,
    journal: Annotated[Path | None, typer.Argument(help=SAY["command.option_journal"])] = None,
    *,
    home: Home = None,
    as_json: Annotated[bool, typer.Option("--json", help=SAY["command.option_json"])] = False,
) -> None:
    """Say what is wrong with a journal; the exit code is 1 when something is."""
    where = place.folder(journal or _home(context, home))
    found = checking.check(where)
    if as_json:
        told = [
            {
                "file": one.file,
                "line": one.line,
                "column": one.column,
                "key": one.key,
                "what": one.sentence,
                "cure": one.cure,
            }
            for one in found
        ]
        typer.echo(json.dumps(told, indent=1, ensure_ascii=False))
    elif not found:
        typer.echo(_said("fine", file=str(where)))
    for one in () if as_json else found:
        form = "found_column" if one.line and one.column else "found" if one.line else "found_file"
        fill = {"file": one.file, "line": one.line, "column": one.column}
        typer.echo(_said(form, **fill, what=one.sentence, cure=one.cure))
    raise typer.Exit(1 if found else 0)


@commands.command(help=SAY["command.about_merge"])
def merge(
    into: Annotated[Path, typer.Argument(help=SAY["command.option_into"])],
    other: Annotated[Path, typer.Argument(help=SAY["command.option_other"])],
) -> None:
    """Take the rows of one journal into another."""
    try:
        new = merging.merge(into, other)
    except JournalError as error:
        _stop(error)
    for file, count in new.items():
        typer.echo(plain(SAY.count("command.merged", count, file=file)))
    if not new:
        typer.echo(_said("merged_none"))


@commands.command(help=SAY["command.about_forget"])
def forget(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help=SAY["command.option_id"])],
    *,
    author: Annotated[str, typer.Option("--as", help=SAY["command.option_author"])],
    home: Home = None,
    yes: Annotated[bool, typer.Option("--yes", help=SAY["command.option_yes"])] = False,
) -> None:
    """Take one entry out of the journal."""
    journal = Journal(_home(context, home))
    try:
        plain_one = next((k for k in kinds().values() if journal.history(k, entry)), None)
        if plain_one is None:
            _open(journal, author)
        kind = next((k for k in kinds().values() if journal.history(k, entry, reader=author)), None)
        if kind is None:
            typer.echo(_said("forget_no", id=entry), err=True)
            raise typer.Exit(1)
        if not yes and not typer.confirm(_said("forget_ask", id=entry)):
            typer.echo(_said("forget_kept"), err=True)
            raise typer.Exit(1)
        journal.forget(entry, author=author, kind=kind)
    except JournalError as error:
        _stop(error)
    typer.echo(plain(SAY["release.forgotten"]))


def _open(journal: Journal, person: str) -> None:
    """Ask for the passphrase of a person's private pages, if they have any."""
    if person not in PEOPLE:
        typer.echo(_said("nobody"), err=True)
        raise typer.Exit(1)
    if not any(one.key == person and one.sealed for one in journal.people()):
        return
    typed = typer.prompt(_said("passphrase"), hide_input=True, err=True)
    journal.unlock(person, typed)


def _home(context: typer.Context, home: Path | None) -> Path | None:
    """Return the folder named here, or before the name of the command."""
    return home or (context.obj or {}).get("home")


def _said(key: str, **fill: object) -> str:
    return plain(SAY.say(f"command.{key}", **fill))


def _stop(error: JournalError) -> NoReturn:
    typer.echo(plain(error.sentence), err=True)
    raise typer.Exit(1)
