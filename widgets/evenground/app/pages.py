"""The pages that are no notebook: the way in, Help, the blank page, and what says no."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from evenground.app import helplines, places
from evenground.content import fill_in, words

if TYPE_CHECKING:
    from evenground.app.door import Session
    from evenground.app.gate import Gate

# Everything else is behind the door. None of these says what the app is.
# Paths are those of the app itself, below what all its addresses begin with.
OPEN_TO_ALL = re.compile(r"/in(?:/[\w-]{0,100})?|/blank")
LONGEST_CODE = 40
START = "voila/render/00_start.ipynb"


@cache
def templates() -> Environment:
    """Return the pages' templates; a word that is missing fails loudly."""
    return Environment(
        loader=FileSystemLoader(places.TEMPLATE), autoescape=True, undefined=StrictUndefined
    )


MADE = {"look.css": "look", "controls.js": "module"}  # put together by forms, not files of ours


@cache
def address(name: str) -> str:
    """Return the address of a file of the page below the base; another one when its content is."""
    content = _made(name) if name in MADE else (places.TEMPLATE / "static" / name).read_bytes()
    return f"static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def _made(name: str) -> bytes:
    from evenground import forms  # noqa: PLC0415 - a terminal waits for the link, not for this

    text: str = getattr(forms, MADE[name])()
    return text.encode()


class Page(RequestHandler):
    """A page of our own, with a policy stricter than a notebook's."""

    application: Gate

    def render_page(self, name: str, **fill: Any) -> str:
        """Return a template filled in, with the addresses of this app."""
        base = self.application.base
        told = {"base": base, "address": lambda file: base + address(file)}
        return templates().get_template(name).render(**told, **fill)

    def show(self, name: str, **fill: Any) -> None:
        """Send a page; only the script that carries its nonce runs."""
        nonce = secrets.token_urlsafe(16)
        self.set_header(
            "Content-Security-Policy",
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
            "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        self.finish(self.render_page(name, nonce=nonce, **fill))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in plain words that there is nothing here; never how it came about."""
        del kwargs
        self.say("nothing" if status_code == HTTPStatus.NOT_FOUND else "trouble")

    def say(self, key: str) -> None:
        """Send a page of one heading and a few sentences from words/app.toml."""
        self.show("said.html", said=words("app").table[key])

    def check_xsrf_cookie(self) -> None:
        """Leave it to the gate, which looked at the origin of every POST."""


class SignIn(Page):
    """What anybody meets who has no session."""

    def get(self) -> None:
        """Show how to come in; a browser that is in already goes on to Start."""
        if self.application.session_of(self.request):
            self.redirect(self.application.base + START)
            return
        # A link clicked in another page arrives without our strict cookie, although it was set
        # a moment ago. A second look from this page itself carries it.
        self._ask(again=self.get_argument("again", ""))

    async def post(self) -> None:
        """Turn a person's code into a session on this second device."""
        if self.request.protocol != "https":
            raise HTTPError(HTTPStatus.FORBIDDEN)
        typed = self.get_body_argument("code", "")[:LONGEST_CODE]
        found = self.application.door.come_in_by_code(typed)
        if found is None:
            await asyncio.sleep(self.application.door.delay)
            self.set_status(HTTPStatus.FORBIDDEN)
            self._ask(again="no", wrong=words("app")["shared.wrong"])
            return
        session, person = found
        let_in(self, session)
        base = self.application.base
        self.set_cookie("who", person, samesite="Strict", path=base, secure=True)
        self.redirect(base)

    def _ask(self, *, again: str, wrong: str = "") -> None:
        shared = self.request.protocol == "https"
        said = words("app").table["shared" if shared else "closed"]
        self.show("closed.html", said=said, again=again, shared=shared, wrong=wrong)


def let_in(page: Page, session: Session) -> None:
    """Give a browser the cookie of its session."""
    page.set_cookie(
        page.application.cookie,
        session.cookie,
        httponly=True,
        samesite="Strict",
        path=page.application.base,
        secure=page.request.protocol == "https",
    )


class ComeIn(Page):
    """The one-time link."""

    async def get(self, key: str) -> None:
        """Turn the right key into a session and a clean address."""
        session = self.application.door.come_in(key)
        if session is None:
            await asyncio.sleep(self.application.door.delay)
            self.set_status(HTTPStatus.FORBIDDEN)
            self.show("closed.html", said=words("app").table["closed"], again="no", shared=False)
            return
        let_in(self, session)
        self.redirect(self.application.base)


class Start(Page):
    """The root."""

    def get(self) -> None:
        """Lead to the first notebook."""
        self.redirect(self.application.base + START)


class Blank(Page):
    """A page with nothing on it, where Leave leads."""

    def get(self) -> None:
        """Show nothing."""
        self.show("blank.html", title=words("app")["blank.title"])


class Help(Page):
    """The same page for everybody, without a kernel: it keeps nothing and notes nothing."""

    def get(self) -> None:
        """Show Help."""
        self.show(
            "help.html",
            said=words("help").table,
            app=words("app").table,
            countries=helplines.by_country(),
            noted=helplines.noted_on(),
            fill=fill_in,
        )


class Look(Page):
    """The look of controls and header, as forms keeps it."""

    def get(self) -> None:
        """Send one style sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.set_header("Cache-Control", _kept(self))
        self.finish(_made("look.css"))


class Controls(Page):
    """The script of the controls, as forms keeps it."""

    def get(self) -> None:
        """Send one module."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", _kept(self))
        self.finish(_made("controls.js"))


class Static(StaticFileHandler):
    """Fonts, scripts and styles of the template."""

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep a font, and what is asked for by its content; ask for the rest."""
        kept = "private, max-age=86400" if path.endswith(".woff2") else _kept(self)
        self.set_header("Cache-Control", kept)


def _kept(handler: RequestHandler) -> str:
    # No other content is ever sent under an address that names it.
    base = handler.application.base  # type: ignore[attr-defined]  # Voila’s own has no base
    asked = handler.request.path.removeprefix(f"{base}static/")
    named = bool(handler.get_argument("v", "")) and handler.request.uri == base + address(asked)
    return "private, max-age=31536000, immutable" if named else "no-cache"


class Nothing(Page):
    """An address that leads nowhere."""

    def prepare(self) -> None:
        """Say so."""
        self.set_status(HTTPStatus.NOT_FOUND)
        self.say("nothing")
