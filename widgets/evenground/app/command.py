"""The command `evenground`: the app, the notebooks in JupyterLab, and the demo.

The link it prints is alone on its line on stdout; whatever else there is to say goes to stderr.
What is costly to import is imported where it is used, so that `--version` answers at once.
"""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from concurrent.futures import Future
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenground.content import words

if TYPE_CHECKING:
    from evenground.app.server import EvenGround

SAY = words("app")


app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=SAY["command.about"],
)

Home = Annotated[Path | None, typer.Option("--home", help=SAY["command.home"])]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help=SAY["command.port"])]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help=SAY["command.no_browser"])]
ShareIt = Annotated[bool, typer.Option("--share", help=SAY["command.share"])]
Address = Annotated[str | None, typer.Option("--address", help=SAY["command.address"])]
Notebooks = Annotated[
    Path | None, typer.Option("--notebooks", hidden=True, exists=True, file_okay=False)
]


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer hands it over by position
    if asked:
        typer.echo(f"evenground {installed('evenground')}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", is_eager=True, callback=_tell_version, help=SAY["command.version"]),
]


@app.callback(invoke_without_command=True)
def workbook(
    context: typer.Context,
    *,
    home: Home = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    share: ShareIt = False,
    address: Address = None,
    notebooks: Notebooks = None,
    version: Version = False,
) -> None:
    """Start the app."""
    del version
    from evenground.app import ended  # noqa: PLC0415 - `--version` answers without it

    ended.tell()
    if context.invoked_subcommand is None:
        _serve(
            home,
            port=port,
            browser=not no_browser,
            notebooks=notebooks,
            share=share,
            address=address,
        )
    else:
        context.obj = {"home": home, "port": port, "no_browser": no_browser}


@app.command(help=SAY["command.lab"])
def lab(
    context: typer.Context,
    *,
    home: Home = None,
    port: Port = None,
    no_browser: NoBrowser = False,
) -> None:
    """Open the notebooks in JupyterLab."""
    from evenground.app import lab as jupyter  # noqa: PLC0415 - JupyterLab takes a second

    home, port, no_browser = _either(context, home, port, no_browser=no_browser)
    jupyter.start(home, port=port, browser=not no_browser)


@app.command(help=SAY["command.demo"])
def demo(
    context: typer.Context,
    *,
    home: Home = None,
    port: Port = None,
    no_browser: NoBrowser = False,
) -> None:
    """Start the app on a made-up journal, remade each time unless a folder is named."""
    from evenground.app import demo as made_up  # noqa: PLC0415 - only the demo draws one
    from evenground.app import places  # noqa: PLC0415 - as above

    home, port, no_browser = _either(context, home, port, no_browser=no_browser)
    folder = home.expanduser() if home else places.data_folder() / "demo"
    _if_it_runs(folder, browser=not no_browser)
    try:
        # A folder that was named is somebody's own to play with, and stays as it was left.
        if home is None or not (folder / made_up.MARK).exists():
            made_up.write(folder)
    except made_up.NotMadeUp as error:
        typer.echo(SAY.say("command.not_made_up", folder=str(folder)), err=True)
        raise typer.Exit(1) from error
    _serve(folder, port=port, browser=not no_browser)


def _either(
    context: typer.Context, home: Path | None, port: int | None, *, no_browser: bool
) -> tuple[Path | None, int | None, bool]:
    """Return options given before the command's name or after it."""
    before = context.obj or {}
    return (
        home or before.get("home"),
        port if port is not None else before.get("port"),
        no_browser or before.get("no_browser", False),
    )


def _serve(
    home: Path | None,
    *,
    port: int | None,
    browser: bool,
    notebooks: Path | None = None,
    share: bool = False,
    address: str | None = None,
) -> None:
    from evenground.journal import place  # noqa: PLC0415 - `--version` answers without it

    folder = place.folder(home).expanduser().resolve()
    if notebooks is None:
        _if_it_runs(folder, browser=browser, share=share)
    # A grammar of addresses that nothing here reads, and that takes longer to build than all else.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as if it could not be imported
    # Voila takes a second to import.
    from tornado.ioloop import PeriodicCallback  # noqa: PLC0415 - as above

    from evenground.app import ended, places  # noqa: PLC0415 - as above
    from evenground.app.doorbell import Doorbell  # noqa: PLC0415 - as above
    from evenground.app.server import EvenGround, ServerError, Sharing  # noqa: PLC0415 - as above

    try:
        served = EvenGround(
            home=folder,
            notebooks=notebooks or places.workbook(),
            port=port,
            share=Sharing(address) if share else None,
        )
        served.prepare()
    except ServerError as error:
        typer.echo(SAY.say(f"command.{error.key}", **error.fill), err=True)
        raise typer.Exit(1) from error

    rung: list[Doorbell] = []

    def ready() -> None:
        if notebooks is None:
            rung.append(Doorbell(folder, served.run_folder, lambda do: _answer(served, do)))
        _print_link(served, browser=browser)
        PeriodicCallback(ended.tell, ended.EVERY).start()  # an app may stay open for days
        threading.Thread(target=_ring, args=(served,), daemon=True, name="ring").start()

    served.on_ready = ready
    served.on_share_closed = lambda: typer.echo(SAY["command.share_closed"], err=True)
    try:
        served.start()
    finally:
        for bell in rung:
            bell.close()


def _if_it_runs(folder: Path, *, browser: bool, share: bool = False) -> None:
    """Ask the app that runs for this journal already for a fresh link, and leave it at that."""
    from evenground.app import doorbell  # noqa: PLC0415 - `--version` answers without it

    found = doorbell.ring(folder.resolve(), "share" if share else "link")
    if found is None:
        return
    if share:
        typer.echo(SAY["command.shares" if found.get("shares") else "command.no_share"], err=True)
        raise typer.Exit(1)
    link = str(found["link"])
    print(link, flush=True)  # noqa: T201 - the one thing that goes to stdout
    typer.echo(SAY["command.runs"], err=True)
    if browser:
        webbrowser.open(link)
    raise typer.Exit


def _answer(served: EvenGround, do: str) -> dict[str, object]:
    """Answer another start on the same journal, from a thread that is not the server's own."""
    if do == "share":
        return {"shares": served.share is not None}
    told: Future[str] = Future()
    served.ioloop.add_callback(lambda: told.set_result(served.link))
    return {"link": told.result(timeout=5)}


def _print_link(served: EvenGround, *, browser: bool) -> None:
    link = served.link
    print(link, flush=True)  # noqa: T201 - the one thing that goes to stdout
    typer.echo(SAY["command.ready"], err=True)
    if served.share is not None:
        _print_share(served)
    if browser:
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()


def _print_share(served: EvenGround) -> None:
    """Tell how a second device comes in: on stderr, since stdout holds the link alone."""
    from evenground.journal import Journal, JournalError  # noqa: PLC0415 - only sharing asks for it

    assert served.share is not None  # noqa: S101 - looked at by the one that calls
    try:
        names = {person.key: person.name for person in Journal(served.home).people()}
    except JournalError:
        names = {}
    typer.echo(served.share.picture(), err=True)
    _tell("command.share_link", link=served.share.link)
    for person, code in served.door.new_codes().items():
        name = names.get(person) or SAY[f"command.share_{person}"]
        halves = f"{code[:5]}-{code[5:]}"
        _tell("command.share_code", name=name, code=halves)
    _tell("command.share_mark", mark=served.share.fingerprint)
    _tell("command.share_limits")


def _tell(key: str, **fill: str) -> None:
    """Say a sentence in the terminal, without the marks that set names apart on a page."""
    said = SAY.say(key, **fill)
    typer.echo(said.translate(dict.fromkeys(range(0x2066, 0x206A))), err=True)


def _ring(served: EvenGround) -> None:
    """Print a fresh link each time somebody presses Enter."""
    if not _has_keyboard():
        return
    while sys.stdin.readline():
        served.ioloop.add_callback(lambda: _print_link(served, browser=False))


def _has_keyboard() -> bool:
    """Return whether reading stdin is welcome: a shell stops a background job that tries."""
    if sys.stdin is None or sys.stdin.closed:
        return False
    if sys.stdin.isatty() and hasattr(os, "tcgetpgrp"):
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    return True


def _asks_journal(arguments: list[str]) -> bool:
    """Return whether a command about the journal may be meant, or all are to be listed."""
    named = {argument for argument in arguments if not argument.startswith("-")}
    return bool(named - {"lab", "demo"}) or "--help" in arguments


def main() -> None:
    """Run the command."""
    os.umask(0o077)
    if _asks_journal(sys.argv[1:]):
        from evenground.app.journal_command import commands  # noqa: PLC0415 - reads the journal

        app.add_typer(commands)
    if {"group", "--help"} & set(sys.argv[1:]):
        from evenground.app import group_command  # noqa: PLC0415 - reads templates

        app.add_typer(group_command.commands, name="group")
    app()
