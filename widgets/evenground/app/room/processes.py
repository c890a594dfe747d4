"""The proxy of a room on one computer, which outlives the Hub."""

from __future__ import annotations

import os
import socket
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.content import plain, words
from evenground.group.rooms import PROXY, end, running

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = "127.0.0.1"


class RoomError(Exception):
    """A room cannot be opened; `sentence` says why."""

    def __init__(self, key: str, **fill: object) -> None:
        """Say which sentence of words/en/joining.toml it is, and what fills it."""
        super().__init__(key)
        self.sentence = plain(words("joining").say(f"command.{key}", **fill))


@dataclass(frozen=True)
class Proxy:
    """The one that people's browsers meet. It goes on when the Hub ends, and so do open pages."""

    room: Path
    program: str
    token: str
    host: str
    ports: tuple[int, int, int]  # people's, the Hub's way to it, its way to the Hub

    @property
    def address(self) -> str:
        """Return where people meet it."""
        return f"http://{self.host}:{self.ports[0]}/"

    def see_to(self) -> None:
        """Start it if it is not there as it is wanted; RoomError when its port is in use."""
        port, api, hub = self.ports
        asked = ["--ip", self.host, "--port", str(port), "--api-ip", LOOPBACK]
        asked += ["--api-port", str(api), "--default-target", f"http://{LOOPBACK}:{hub}"]
        asked += ["--error-target", f"http://{LOOPBACK}:{hub}/hub/error", "--log-level", "error"]
        there = running(self.room, (PROXY,))
        if any(" ".join(asked) in " ".join(process.cmdline()) for process in there):
            return
        end(there)
        _look_at(self.host, port)
        with (self.room / "proxy.log").open("ab") as log:
            subprocess.Popen(  # noqa: S603 - the program that was looked for
                [self.program, *asked],
                cwd=self.room,
                env=os.environ | {"CONFIGPROXY_AUTH_TOKEN": self.token},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is not for it
            )


def _look_at(host: str, port: int) -> None:
    """Raise RoomError when people could not be met at an address."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, 0))
        except OSError as error:
            raise RoomError("no_host", what=host) from error
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise RoomError("taken", what=port) from error
