"""The command `evenground group`: what a facilitator does before and after, without a page."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads it
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from evenground.app import ended
from evenground.app.room import opening
from evenground.app.room.opening import USUAL_HOST, USUAL_PORT
from evenground.app.room.processes import RoomError
from evenground.content import LANGUAGE, ContentError, plain, words
from evenground.group import ending, gathering, outcome, papers, parcel, rehearsal
from evenground.group.gathering import Group, GroupError
from evenground.journal import JournalError, disk, place

if TYPE_CHECKING:
    from datetime import date

SAY, ROOM = words("group"), words("joining")

commands = typer.Typer(no_args_is_help=True, add_completion=False)

Name = Annotated[str, typer.Argument(help=SAY["command.option_group"])]
Home = Annotated[Path | None, typer.Option("--home", help=SAY["command.option_home"])]
File = Annotated[Path, typer.Argument(help=SAY["command.option_file"], dir_okay=False)]


@commands.callback(help=SAY["command.about"])
def group() -> None:
    """Take out the groups whose day has come, and say so."""
    ended.tell()


@commands.command(help=SAY["command.about_new"])
def new(
    name: Annotated[str, typer.Option("--name", help=SAY["command.option_name"])],
    first: Annotated[
        datetime,
        typer.Option("--first", formats=["%Y-%m-%d"], help=SAY["command.option_first"]),
    ],
    *,
    start: Annotated[
        datetime | None,
        typer.Option("--start", formats=["%H:%M"], help=SAY["command.option_start"]),
    ] = None,
    couples: Annotated[int, typer.Option("--couples", help=SAY["command.option_couples"])] = 8,
    plan: Annotated[str, typer.Option("--plan", help=SAY["command.option_plan"])] = "evenings",
    every: Annotated[int, typer.Option("--every", min=1, help=SAY["command.option_every"])] = 7,
    keep: Annotated[
        int, typer.Option("--keep", min=0, help=SAY["command.option_keep"])
    ] = gathering.USUAL_KEPT,
    language: Annotated[
        str, typer.Option("--language", help=SAY["command.option_language"])
    ] = LANGUAGE,
    part: Annotated[
        list[str] | None, typer.Option("--part", help=SAY["command.option_part"])
    ] = None,
    address: Annotated[str, typer.Option("--address", help=SAY["command.option_address"])] = "",
) -> None:
    """Make a group and print its pages."""
    made = Group(
        name=name,
        first=first.date(),
        start=start.time() if start else gathering.STARTS.get(plan, gathering.STARTS["evenings"]),
        couples=couples,
        plan=plan,
        every=every,
        keep=keep,
        language=language,
        parts=tuple(part or gathering.PARTS),
        address=address,
    )
    try:
        folder = gathering.make(made)
        papers.write(folder)
    except (GroupError, ContentError) as error:
        _stop(error)
    typer.echo(_said("made", name=name, folder=str(folder)))
    typer.echo(_said("until", date=_day(gathering.ends(folder))))
    typer.echo(_said("until_off"))


@commands.command("list", help=SAY["command.about_list"])
def list_() -> None:
    """Name all groups with the day on which each is taken out."""
    for folder in gathering.folders():
        try:
            name, ends = gathering.read(folder).name, gathering.ends(folder)
        except GroupError as error:
            typer.echo(_sentence(error), err=True)
        else:
            typer.echo(_said("listed", folder=folder.name, name=name, date=_day(ends)))
    if not gathering.folders():
        typer.echo(_said("none"))


@commands.command("print", help=SAY["command.about_print"])
def print_(name: Name) -> None:
    """Write the pages of a group anew, as its files now say."""
    try:
        for path in papers.write(gathering.named(name)):
            typer.echo(_said("wrote", file=str(path)))
    except (GroupError, ContentError) as error:
        _stop(error)


@commands.command(help=SAY["command.about_rehearse"])
def rehearse() -> None:
    """Make a group of made-up couples, with an outcome."""
    try:
        folder = rehearsal.make(ending.today())
    except GroupError as error:
        _stop(error)
    typer.echo(_said("made", name=gathering.read(folder).name, folder=str(folder)))


@commands.command("outcome", help=SAY["command.about_outcome"])
def outcome_(name: Name) -> None:
    """Write the outcome page of a group."""
    try:
        path = outcome.write(gathering.named(name))
    except (GroupError, ContentError) as error:
        _stop(error)
    typer.echo(_said("wrote", file=str(path)))


@commands.command(help=SAY["command.about_end"])
def end(
    name: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help=SAY["command.option_yes"])] = False,
) -> None:
    """Take a group out of this computer."""
    try:
        folder = gathering.named(name)
        called = gathering.read(folder).name
    except GroupError as error:
        _stop(error)
    if not yes:
        typer.confirm(_said("end_ask", name=called), abort=True)
    try:
        gone = ending.Ended(called, ending.take_out(folder))
    except OSError as error:
        typer.echo(ending.Ended(called, is_whole=False).sentences[0], err=True)
        raise typer.Exit(1) from error
    for sentence in gone.sentences:
        typer.echo(sentence)


@commands.command(help=ROOM["command.about"])
def room(
    name: Annotated[str, typer.Argument(help=ROOM["command.option_group"])] = "",
    *,
    host: Annotated[str, typer.Option("--host", help=ROOM["command.option_host"])] = USUAL_HOST,
    port: Annotated[int, typer.Option("--port", help=ROOM["command.option_port"])] = USUAL_PORT,
    couples: Annotated[
        int | None, typer.Option("--couples", help=ROOM["command.option_couples"])
    ] = None,
    close: Annotated[bool, typer.Option("--close", help=ROOM["command.option_close"])] = False,
    new_word: Annotated[str, typer.Option("--new-word", help=ROOM["command.option_word"])] = "",
) -> None:
    """Open a room, or close it, or let a person choose a word anew."""
    try:
        if close:
            folder = opening.close_room(name)
            typer.echo(plain(ROOM.say("command.closed", folder=str(folder))))
        elif new_word:
            opening.let_go(name, new_word)
            typer.echo(plain(ROOM["command.let_go"]))
        else:
            ended = opening.open_room(name, host=host, port=port, couples=couples)
            raise typer.Exit(max(ended, 0))
    except GroupError as error:
        _stop(error)
    except RoomError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(1) from error


@commands.command(help=SAY["command.about_take"])
def take(context: typer.Context, file: File, *, home: Home = None) -> None:
    """Put a journal into one file."""
    try:
        disk.replace(file, parcel.pack(_home(context, home)).encode())
    except (GroupError, JournalError) as error:
        _stop(error)
    typer.echo(_said("took", file=str(file)))


@commands.command(help=SAY["command.about_bring"])
def bring(context: typer.Context, file: File, *, home: Home = None) -> None:
    """Open a journal that was taken home."""
    try:
        new_ones = parcel.unpack(file.read_text(encoding="utf-8"), _home(context, home))
    except (OSError, UnicodeDecodeError):
        _stop(GroupError("mistakes.no_parcel"))
    except (GroupError, JournalError) as error:
        _stop(error)
    if new_ones:
        typer.echo(plain(SAY.count("command.brought", new_ones)))
    else:
        typer.echo(_said("brought_none"))


def _home(context: typer.Context, home: Path | None) -> Path:
    """Return the folder named here, or before the name of the command, or the usual one."""
    before = context.parent.parent if context.parent else None
    return place.folder(home or ((before.obj or {}).get("home") if before else None)).expanduser()


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _said(key: str, **fill: object) -> str:
    return plain(SAY.say(f"command.{key}", **fill))


def _sentence(error: GroupError | ContentError | JournalError) -> str:
    if isinstance(error, GroupError):
        return plain(SAY.say(error.key, **error.fill))
    return plain(error.sentence if isinstance(error, JournalError) else str(error))


def _stop(error: GroupError | ContentError | JournalError) -> NoReturn:
    typer.echo(_sentence(error), err=True)
    raise typer.Exit(1)
