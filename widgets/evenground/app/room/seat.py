"""The server of one couple in a room: the app below /user/<couple>/, let in by the Hub.

The Hub's own session opens the door; after that the app's gate is asked, as at home. There are no
routes for contents, files, terminals or code, and kernels are told nothing of the Hub.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler, HubOAuthenticated
from tornado.ioloop import PeriodicCallback
from tornado.netutil import bind_sockets
from tornado.web import RequestHandler, authenticated

from evenground.app import kernels, places
from evenground.app.gate import Gate, below
from evenground.app.pages import Page
from evenground.app.room import card, line
from evenground.app.server import EvenGround
from evenground.group import parcel
from evenground.group.gathering import GroupError
from evenground.journal import place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tornado.httputil import HTTPServerRequest

COOKIE = "eg-seat"
COME_IN, CALLBACK = "/in", "/oauth_callback"
HUB_COOKIES = (
    ("jupyterhub-session-id", "/"),
    ("jupyterhub-hub-login", "/hub/"),
    (card.COOKIE, "/"),
)
LOOK_ROUND = 60_000  # milliseconds
TAKEN = "even-ground.journal"


class SeatGate(Gate):
    """The app's gate, for requests that come through the Hub's proxy."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.cookie = COOKIE
        self.last_seen = time.monotonic()

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        """Note that somebody is there, then route as the app does."""
        self.last_seen = time.monotonic()
        return super().find_handler(request, **kwargs)

    def _refusal(self, request: HTTPServerRequest) -> int | None:
        # The proxy alone reaches this port, so the name that it was asked by is the room's own.
        host = request.host.lower()
        self.hosts = self.shared_hosts = frozenset({host})
        self.origins = frozenset({f"http://{host}", f"https://{host}"})
        path = below(self.base, request.path)
        if path in {COME_IN, CALLBACK} and request.method in {"GET", "HEAD"}:
            return None
        return super()._refusal(request)


class ComeIn(HubOAuthenticated, RequestHandler):  # type: ignore[misc]  # its base has no types
    """Whom the Hub lets in to this couple's server gets a session of it."""

    application: SeatGate

    @authenticated
    def get(self) -> None:
        """Open the door, and go to Start."""
        gate = self.application
        session = gate.door.come_in(gate.door.new_key())
        if session is None:
            raise LookupError("a key that was made now opens")
        # Lax: a link on a card may come from a program that counts as another place.
        base, tls = gate.base, self.request.protocol == "https"
        self.set_cookie(
            COOKIE, session.cookie, path=base, samesite="Lax", secure=tls, httponly=True
        )
        couple, one, *_ = [*self.get_cookie(card.COOKIE, "").split("."), "", ""]
        if base == f"/user/{couple}/" and one in {"a", "b"} and not self.get_cookie("who"):
            self.set_cookie("who", one, path=base, samesite="Strict", secure=tls)
        self.redirect(base)


class Callback(HubOAuthCallbackHandler):  # type: ignore[misc]  # its base has no types
    """Where the Hub sends a browser back to."""


class Leave(kernels.Leave):
    """Leave this page: in a room, the Hub's own session ends with it."""

    async def post(self) -> None:
        """Forget who was here before anything else is done."""
        for name, path in HUB_COOKIES:
            self.clear_cookie(name, path=path)
        for name in self.request.cookies:
            if name.startswith("jupyterhub-user-"):
                self.clear_cookie(name, path=self.application.base)
        await super().post()


class TakeHome(Page):
    """The couple's journal as one file, for `evenground group bring` at home."""

    def initialize(self, home: Path) -> None:
        """Keep where the journal is."""
        self._home = home

    def get(self) -> None:
        """Send it."""
        try:
            packed = parcel.pack(self._home)
        except GroupError:
            self.set_status(404)
            self.say("nothing_yet")
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="{TAKEN}"')
        self.finish(packed)


class Seat(EvenGround):
    """The app of one couple."""

    elsewhere = "0[56]_"  # the notebook of the one who leads is not a couple's
    behind_proxy = True

    def __init__(
        self, *, home: Path, base: str, hub: HubOAuth, address: str, service: str, rests: int
    ) -> None:
        asked = urlsplit(address)
        super().__init__(home=home, notebooks=places.workbook(), port=asked.port or 0, base=base)
        self.hub = hub
        self.service = service
        self.host = asked.hostname or "127.0.0.1"
        self.rests = rests

    def routes(self, settings: dict[str, Any]) -> list[Any]:
        """Return the app's routes, with the Hub's way in in place of the link."""
        ours: list[Any] = [
            (f"{COME_IN}/?", ComeIn),
            (CALLBACK, Callback),
            ("/home", TakeHome, {"home": self.home}),
            *line.routes(self.service, self.hub.api_token),
        ]
        own = {kernels.Leave: Leave}
        rest = [route for route in super().routes(settings) if not route[0].startswith("/in")]
        return ours + [(at, own.get(handler, handler), *more) for at, handler, *more in rest]

    def gate(self, settings: Mapping[str, Any]) -> Gate:
        """Return the gate, which asks the Hub who somebody is."""
        told = {"cookie_secret": os.urandom(32), "login_url": self.hub.login_url}
        made = SeatGate(
            self.door,
            port=self.port,
            base=self.base,
            **{**settings, **told, "allow_remote_access": True},
        )
        PeriodicCallback(lambda: self._rest(made), LOOK_ROUND).start()
        return made

    def _rest(self, gate: SeatGate) -> None:
        """End when nobody has been here for long; the Hub starts it again when somebody is."""
        is_empty = not any(session.kernels for session in self.door.sessions())
        if is_empty and time.monotonic() - gate.last_seen > self.rests:
            self.ioloop.stop()

    def _bind(self) -> list[Any]:
        return bind_sockets(self.wanted_port or 0, self.host)


def main() -> None:
    """Serve the couple whom the Hub names, until the Hub ends it or nobody is there."""
    os.umask(0o077)
    hub = HubOAuth.instance()
    address, base = (os.environ[f"JUPYTERHUB_SERVICE_{name}"] for name in ("URL", "PREFIX"))
    for name in hub.trait_names():
        getattr(hub, name)  # it reads the environment when asked, and that goes now
    # Kernels inherit this process's environment, and have no business with the Hub.
    for name in [name for name in os.environ if name.startswith(("JUPYTERHUB_", "JPY_"))]:
        del os.environ[name]
    rests, service = int(os.environ.pop("EVENGROUND_RESTS")), os.environ.pop("EVENGROUND_SERVICE")
    seat = Seat(
        home=place.folder(), base=base, hub=hub, address=address, service=service, rests=rests
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as Ctrl-C does
    seat.prepare()
    # Without TLS a browser does not say how it came to ask. The Hub's library tells of that each
    # time that somebody joins, on the terminal of the one who leads.
    logging.getLogger("tornado.application").addFilter(_is_news)
    seat.start()


def _is_news(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Skipping XSRF check for insecure request")


if __name__ == "__main__":
    main()
