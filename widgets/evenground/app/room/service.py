"""The one service of a room's Hub: the board, the pages of the one who leads, and the count.

The Hub says who asks; its own role lets the service do nothing to the Hub. A couple's server tells
it which page is open and what was pressed. The one who leads sees the board and what was told.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import Application, StaticFileHandler

from evenground.app import places
from evenground.app.room import afterwards, card, desk, leading, telling
from evenground.app.room.board import Board
from evenground.app.room.counting import Counting
from evenground.app.room.settings import secret
from evenground.group import ending, gathering, plan
from evenground.group.gathering import GroupError
from evenground.journal import disk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FILE, COOKIES = "board.json", "service_secret"
LOOK_AFTER_HUB = 1000  # milliseconds


class Held:
    """What the service holds of a room. It is read again when the Hub is started again."""

    def __init__(self, room: Path, group: Path) -> None:
        """Read it as it was left."""
        self.room = room
        self.folder = group
        self.group = gathering.read(group)
        self.board = Board(plan.within(self.group.parts, plan.read(gathering.plan_file(group))))
        self.counting = Counting(room, group)
        self.spotlight = ""  # one of our own prompts, on the wall
        self._ends = self.group.ends(self.board.sittings)
        self._dates: tuple[int, ...] = ()
        self._file = room / FILE
        if self._file.exists():
            self.board.load(json.loads(self._file.read_text(encoding="utf-8")))

    @property
    def days(self) -> tuple[date, ...]:
        """Return the days on which the group meets."""
        return self.group.days(self.board.sittings)

    @property
    def ends(self) -> date:
        """Return the day on which the group and its room are taken out, as its files now say."""
        dates = tuple(_changed(self.folder / name) for name in gathering.DAYS_IN)
        if dates != self._dates:
            with suppress(GroupError):  # spoilt a moment ago: what was read before stands
                self._ends = gathering.ends(self.folder)
            self._dates = dates
        return self._ends

    @property
    def ends_soon(self) -> bool:
        """Return whether that day is near, so that those who are here are told."""
        return self.ends - ending.today() <= ending.SOON

    def keep(self) -> None:
        """Write the board down. It goes with the room."""
        disk.replace(self._file, json.dumps(self.board.dump()).encode())


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def application(held: Held, prefix: str) -> Application:
    """Return the service's routes below its prefix."""
    with_ = {"held": held, "prefix": prefix}
    return Application(
        [
            (prefix, leading.Lead, with_),
            (f"{prefix}do", leading.Do, with_),
            (f"{prefix}totals", afterwards.Totals, with_),
            (f"{prefix}came", afterwards.Came, with_),
            (f"{prefix}wall", leading.Wall, with_),
            (f"{prefix}now", telling.Now, with_),
            (f"{prefix}tell", telling.Tell, with_),
            (f"{prefix}static/look\\.css", desk.Look, with_),
            (f"{prefix}static/(.*)", StaticFileHandler, {"path": str(places.TEMPLATE / "static")}),
            (f"{prefix}oauth_callback", HubOAuthCallbackHandler),
        ],
        default_handler_class=desk.Nothing,
        default_handler_args=with_,
        cookie_secret=secret(
            held.room / COOKIES
        ),  # the one who leads stays in when it is started anew
        log_function=_log_nothing,
        xsrf_cookies=True,
    )


def listens_at(told: Mapping[str, str]) -> tuple[str, int]:
    """Return the host and the port: those of its address, or another host for containers."""
    address = urlsplit(told["JUPYTERHUB_SERVICE_URL"])
    return told.get("EVENGROUND_LISTEN") or address.hostname or "127.0.0.1", address.port or 0


def main() -> None:
    """Serve until the Hub ends it, or is gone itself: it starts another one when it is back."""
    os.umask(0o077)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    held = Held(Path(os.environ["EVENGROUND_ROOM"]), Path(os.environ["EVENGROUND_GROUP"]))
    card.make_key(held.room)
    host, port = listens_at(os.environ)
    HubOAuth.instance()  # it reads its settings from the environment
    served = application(held, os.environ["JUPYTERHUB_SERVICE_PREFIX"])
    served.listen(port, host, max_body_size=64 * 1024)
    hub = os.getppid()
    loop = IOLoop.current()
    PeriodicCallback(lambda: loop.stop() if os.getppid() != hub else None, LOOK_AFTER_HUB).start()
    loop.start()


def _log_nothing(handler: Any) -> None:
    """Write no address down: it may say who pressed what."""


if __name__ == "__main__":
    main()
