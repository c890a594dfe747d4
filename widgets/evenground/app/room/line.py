"""What a couple sees of its room: a line under the header of each page, and a page about it.

These handlers stand in the couple's own server. They are the only way from its pages to the room's
service: what a person presses or answers there goes on, and nothing that anybody wrote does.
"""

from __future__ import annotations

import json
from datetime import date
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.web import HTTPError

from evenground import in_use
from evenground.app import pages, places
from evenground.app.pages import Page
from evenground.app.room import card
from evenground.app.room.board import ASKS
from evenground.app.room.counting import PACES
from evenground.content import plain, words
from evenground.records.review import ITEMS

if TYPE_CHECKING:
    from pathlib import Path

SENT = ("do", "page", *ITEMS)  # all that ever goes on to the service
KEPT = 2.0  # seconds for which an answer of the service holds for both people of a couple
PATIENCE = 5.0  # seconds
_STEPS = ("1", "2", "3", "4", "5")


class Service:
    """The room's service, as one couple's server reaches it."""

    def __init__(self, url: str, token: str) -> None:
        """Keep where it is, and the token that says which couple asks."""
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"token {token}"}
        self._now: dict[str, Any] = {}
        self._at = 0.0

    async def now(self) -> dict[str, Any]:
        """Return where the group is and what is asked; empty while the service is away."""
        if monotonic() - self._at > KEPT:
            self._at = monotonic()
            self._now = json.loads(await self._ask("now") or "{}")
        return self._now

    async def tell(self, told: dict[str, str]) -> bool:
        """Send what somebody pressed; return whether it got through."""
        self._at = 0.0
        return await self._ask("tell", told) is not None

    async def _ask(self, what: str, told: dict[str, str] | None = None) -> bytes | None:
        asked = HTTPRequest(
            f"{self._url}/{what}",
            method="GET" if told is None else "POST",
            headers=self._headers,
            body=None if told is None else urlencode(told),
            request_timeout=PATIENCE,
        )
        try:
            answer = await AsyncHTTPClient().fetch(asked)
        except (HTTPClientError, OSError):
            return None
        return answer.body


def routes(url: str, token: str) -> list[tuple[str, type[Page], dict[str, Service]]]:
    """Return what a couple's server serves of the room, and put the line into its pages' header."""
    pages.templates().globals["room"] = words("group_room").table
    with_ = {"service": Service(url, token)}
    return [(r"/room", Room, with_), (r"/room/now", Now, with_), (r"/room/tell", Tell, with_)]


class Below(Page):
    """A handler of the couple's own server that knows the service."""

    def initialize(self, service: Service) -> None:
        """Keep it."""
        self._service = service


class Now(Below):
    """What the line under the header says."""

    async def get(self) -> None:
        """Send it."""
        now = await self._service.now()
        said = {name: now.get(name) for name in ("pace", "shown")}
        here = {"text": line(now), "ends": ends_soon(now)}
        self.finish(said | here | {"leads": leads(now, self.application.base)})


class Tell(Below):
    """What somebody pressed."""

    async def post(self) -> None:
        """Send it on."""
        told = {name: self.get_body_argument(name, "") for name in SENT}
        told = {name: value for name, value in told.items() if value}
        told["card"] = self.get_cookie(card.COOKIE, "") or ""
        if not await self._service.tell(told):
            raise HTTPError(HTTPStatus.BAD_GATEWAY)
        self.set_status(HTTPStatus.NO_CONTENT)


class Room(Below):
    """The page about the room."""

    async def get(self) -> None:
        """Show it. It looks the same whatever was pressed or answered before."""
        now = await self._service.now()
        review, controls = words("review"), words("controls")
        self.show(
            "room.html",
            app=words("app").table,
            said=words("group_room").table,
            now=now,
            line=line(now),
            leads=leads(now, self.application.base),
            asks=ASKS,
            paces=PACES,
            items=[(item, review[f"checkins.{item}.ask"]) for item in ITEMS],
            steps=[(step, controls[f"steps.{step}"]) for step in _STEPS],
            is_plain=self.request.protocol != "https",
            ends=_on_its_day("room.ends", now),
        )


def line(now: dict[str, Any]) -> str:
    """Return where the group is, in one sentence."""
    say = words("group_room")
    if not now:
        return say["line.away"]
    if now["paused"]:
        return say["line.paused"]
    if not now["title"]:
        return say["line.through" if now["through"] else "line.not_begun"]
    return plain(say.count("line.now", now["left"], title=now["title"]))


def leads(now: dict[str, Any], base: str) -> str:
    """Return the address of the page that the group is at; empty when there is none."""
    part, _, slug = now.get("page", "").partition("#")
    found: list[Path] = sorted(places.workbook().glob(f"0[0-4]_{part}.ipynb")) if part else []
    if not found or not in_use.leads_somewhere(found[0].name):
        return ""
    return f"{base}voila/render/{found[0].name}" + (f"#{slug}" if slug else "")


def ends_soon(now: dict[str, Any]) -> str:
    """Return that the group is about to be taken out; empty while there is time."""
    return _on_its_day("line.ends", now) if now.get("soon") else ""


def _on_its_day(key: str, now: dict[str, Any]) -> str:
    """Return a sentence with the day on which the group is taken out; empty if it is not known."""
    if not now.get("ends"):
        return ""
    on = date.fromisoformat(now["ends"])
    return plain(words("group_room").say(key, date=f"{on.day} {on:%B %Y}"))
