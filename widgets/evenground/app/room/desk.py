"""A page for the one who leads: its frame, its headers, and who may see it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jupyterhub.services.auth import HubOAuthenticated
from tornado.web import HTTPError, RequestHandler

from evenground import forms
from evenground.app import pages
from evenground.app.room.joining import LEAD
from evenground.content import plain, words

if TYPE_CHECKING:
    from datetime import date

    from evenground.app.room.service import Held
    from evenground.content import Words

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TEMPLATES = Environment(
    loader=PackageLoader("evenground.app.room", "pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Desk(HubOAuthenticated, RequestHandler):  # type: ignore[misc]  # its base has no types
    """A page of the service, for the one who leads and nobody else."""

    def initialize(self, held: Held, prefix: str) -> None:
        """Keep what the service holds."""
        self.held = held
        self.prefix = prefix

    def set_default_headers(self) -> None:
        """Let nobody frame or keep it."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")

    def lead_only(self) -> None:
        """Refuse everybody else."""
        if self.current_user["name"] != LEAD:
            raise HTTPError(HTTPStatus.FORBIDDEN)

    @property
    def said(self) -> Words:
        """Return the words of the room, in the language of the group."""
        return words("group_room", self.held.group.language)

    def show(self, name: str, here: str, **fill: Any) -> None:
        """Send a page."""
        told = {
            "said": self.said.table,
            "say": lambda key, **fill: plain(self.said.say(key, **fill)),
            "count": lambda key, number, **fill: plain(self.said.count(key, number, **fill)),
            "product": words("app")["bar.name"],
            "here": here,
            "prefix": self.prefix,
            "address": lambda file: f"{self.prefix}{pages.address(file)}",
            "xsrf": self.xsrf_token.decode(),
            "board": self.held.board,
            "ends": day(self.held.ends),
            "ends_soon": self.held.ends_soon,
        }
        self.finish(_TEMPLATES.get_template(f"{name}.html.j2").render(**told, **fill))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say that there is nothing here, and not why."""
        del kwargs
        self.set_status(status_code)
        self.show("nothing", "")


class Nothing(Desk):
    """An address that leads nowhere."""

    def prepare(self) -> None:
        """Say so."""
        raise HTTPError(HTTPStatus.NOT_FOUND)


class Look(Desk):
    """The look of header and controls, as forms keeps it."""

    def get(self) -> None:
        """Send one style sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(forms.look())


def name_of(couple: str) -> str:
    """Return what a couple is called on these pages: "Pair 6" for the Hub's "pair-06"."""
    return plain(words("group_room").say("pair.name", number=int(couple.rpartition("-")[2])))


def day(on: date) -> str:
    """Return a day in words."""
    return f"{on.day} {on:%B %Y}"
