"""Open a room for a group that was made: the Hub and its proxy on this computer."""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from evenground.app import share
from evenground.app.room import whose
from evenground.app.room.processes import LOOPBACK, Proxy, RoomError
from evenground.content import plain, words
from evenground.group import ending, gathering, papers
from evenground.group.gathering import GroupError
from evenground.group.rooms import (
    ALL,
    HUB,
    OPENED,
    PROXY,
    end,
    folder_of,
    is_root,
    note_end,
    running,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROXY_SETTING = "EVENGROUND_PROXY"
USUAL_HOST, USUAL_PORT = "", 8000  # no host: the address of this computer on its own network
_SAY = words("joining")
LOOK_AFTER_PROXY = 2.0  # seconds
LOOK_AFTER_HUB = 0.2  # until it answers


def open_room(
    name: str, *, host: str = USUAL_HOST, port: int = USUAL_PORT, couples: int | None = None
) -> int:
    """Open the room of a group until somebody stops it; return how the Hub ended.

    A group that is not there yet is made. Without a host it is the address of this computer on its
    own network, if it is on one. RoomError when something that a room needs is missing, GroupError
    when it is not clear which group is meant.
    """
    program = _needed()
    group = whose.found_or_made(name, couples)
    host = host or own_address()
    from evenground.app.room import seats, settings  # noqa: PLC0415 - JupyterHub takes a second
    from evenground.app.room.joining import LEAD  # noqa: PLC0415 - as above

    room = _made(folder_of(group.name))
    (room / OPENED).write_text(str(os.getpid()), encoding="ascii")
    note_end(room, group, gathering.ends(group))
    end(running(room, HUB))  # one that was left behind, or open in another window
    hub_port, proxy_port, service_port = _ports(room)
    token = settings.secret(room / settings.PROXY_SECRET)
    proxy = Proxy(room, program, token, host=host, ports=(port, proxy_port, hub_port))
    proxy.see_to()
    address = proxy.address
    _lead_cards_to(group, address)
    said = partial(_tell_open, group, address, settings.secret(room / LEAD, size=6))
    _tell("accounts" if seats.parts_accounts(room) else "one_account")
    told = {
        "EVENGROUND_ROOM": str(room),
        "EVENGROUND_GROUP": str(group),
        "EVENGROUND_PORTS": ",".join(map(str, (port, hub_port, proxy_port, service_port))),
        "EVENGROUND_HOST": host,
    }
    while True:
        ended = _run_hub((room, group), os.environ | told, proxy, said)
        if ended >= 0 or -ended in {signal.SIGINT, signal.SIGTERM} or not _is_ours(room):
            return ended
        end(running(room, HUB))  # it was killed; what it had started goes before it starts again


def close_room(name: str) -> Path:
    """End all that belongs to a room, and return its folder; RoomError when it is not open."""
    room = folder_of(whose.the_named(name))
    if not running(room, ALL):
        raise RoomError("not_open")
    (room / OPENED).unlink(missing_ok=True)  # from now on nothing is started again
    end(running(room, ALL))
    return room


def let_go(name: str, typed: str) -> None:
    """Let the next one who comes with a code choose a word; RoomError when none goes with it."""
    _needed()
    from evenground.app.room.joining import Joined  # noqa: PLC0415 - JupyterHub takes a second
    from evenground.group import codes  # noqa: PLC0415 - as above

    if not Joined(folder_of(whose.the_named(name))).let_go(codes.tidy(typed)):
        raise RoomError("no_word")


def _run_hub(
    folders: tuple[Path, Path],
    told: Mapping[str, str],
    proxy: Proxy,
    on_ready: Callable[[], None],
) -> int:
    """Run the Hub until it ends, and return how; a proxy that ends meanwhile is started again.

    On the day on which the group is taken out, all of it ends and goes.
    """
    room, group = folders
    is_ready = False
    config = str(Path(__file__).with_name("jupyterhub_config.py"))
    command = [sys.executable, "-m", "jupyterhub", "--config", config]
    with subprocess.Popen(command, cwd=room, env=told) as hub:  # noqa: S603 - our own
        while True:
            # The Hub hears Ctrl-C, too, and takes a moment to end.
            with suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
                return hub.wait(timeout=LOOK_AFTER_PROXY if is_ready else LOOK_AFTER_HUB)
            if not is_ready and _answers(f"{proxy.address}hub/health"):
                is_ready = True
                on_ready()
            if not _is_ours(room):  # what was closed stays so
                continue
            if ending.is_over(group):
                _take_out(group)
                return 0
            with suppress(GroupError):  # the day can be changed in the group's files
                note_end(room, group, gathering.ends(group))
            with suppress(psutil.Error):
                proxy.see_to()


def _take_out(group: Path) -> None:
    """Take the group out, with the room that this process holds open, and say so."""
    for one in ending.sweep():
        for sentence in one.sentences:
            print(sentence, flush=True)  # noqa: T201 - a command
    if group.exists():  # something of it could not go: its processes have ended all the same
        end(running(folder_of(group.name), ALL))


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == HTTPStatus.OK)
    except OSError:
        return False


def _tell_open(group: Path, address: str, word: str) -> None:
    from evenground.app.room.joining import LEAD  # noqa: PLC0415 - JupyterHub takes a second

    ends = gathering.ends(group)
    _tell("open", what=address)
    _tell("lead", what=f"{address}#{LEAD}", answer=word)
    _tell("join_cards", what=papers.printed(group, "cards"))
    _tell("ends", date=f"{ends.day} {ends:%B %Y}")
    _tell("again")


def _needed() -> str:
    """Return the proxy's program; RoomError when it or JupyterHub is not there."""
    if find_spec("jupyterhub") is None:
        raise RoomError("no_hub", what="make room, or pip install 'evenground[room]'")
    beside = Path(sys.prefix) / "room" / "node_modules" / ".bin" / PROXY
    found = os.environ.get(PROXY_SETTING) or shutil.which(PROXY) or shutil.which(beside)
    if found is None or shutil.which("node") is None:
        raise RoomError("no_proxy", what=f"make room, or npm install -g {PROXY}")
    return str(found)


def _is_ours(room: Path) -> bool:
    """Return whether the room was neither closed nor opened by another process meanwhile."""
    try:
        return (room / OPENED).read_text(encoding="ascii") == str(os.getpid())
    except FileNotFoundError:
        return False


def own_address() -> str:
    """Return the address of this computer on its own network, which may lead nowhere else.

    Without one it is that of this computer alone, and a sentence says so.
    """
    with suppress(share.NoAddress):
        return share.own_address()
    # A network without a way out has no route to ask for: then it is the one that there is.
    found = [str(one.address) for all_ in psutil.net_if_addrs().values() for one in all_]
    found = [address for address in found if _is_private(address)]
    if len(found) == 1:
        return found[0]
    _tell("alone", what="--host")
    return LOOPBACK


def _is_private(address: str) -> bool:
    try:
        known = ipaddress.IPv4Address(address)
    except ValueError:
        return False
    return known.is_private and not known.is_loopback and not known.is_link_local


def _made(room: Path) -> Path:
    made = [folder for folder in (room, *room.parents) if not folder.exists()]
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_root():
        for folder in {room, *made}:
            folder.chmod(0o711)  # a couple's own account has to pass through to its folder
    return room


def _lead_cards_to(group: Path, address: str) -> None:
    """Let the cards lead to where the room is, and print them anew when they led elsewhere."""
    known = gathering.read(group)
    if known.address != address:
        gathering.change(group, replace(known, address=address))
        papers.write(group)
        if known.address:  # there are cards that lead elsewhere
            _tell("cards", folder=group / papers.PRINTED)


def _ports(room: Path) -> list[int]:
    """Return three ports of this computer alone, the same ones when the room is opened again."""
    file = room / "ports"
    if file.exists():
        return [int(port) for port in file.read_text(encoding="ascii").split()]
    with ExitStack() as held:
        free = [held.enter_context(socket.socket()) for _ in range(3)]
        for one in free:
            one.bind((LOOPBACK, 0))
        found = [one.getsockname()[1] for one in free]
    file.write_text(" ".join(map(str, found)), encoding="ascii")
    return found


def _tell(key: str, **fill: object) -> None:
    print(plain(_SAY.say(f"command.{key}", **fill)), flush=True)  # noqa: T201 - a command
