"""The one place that every request passes: host, origin, session and kernel are looked at here.

Nothing is served because a handler forgot to ask. A request that no rule lets through is refused
before its handler is made, and every answer carries the same guarding headers.
"""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.web import Application, OutputTransform, RequestHandler

from evenground.app.pages import OPEN_TO_ALL, Page

if TYPE_CHECKING:
    from tornado.httputil import HTTPHeaders, HTTPServerRequest

    from evenground.app.door import Door, Session

METHODS = frozenset({"GET", "HEAD", "POST"})
NAMES = ("127.0.0.1", "localhost", "[::1]")
SIGN_IN = "/in"
SHARED_STATICS = ("/voila/", "/static/")
_KERNEL = re.compile(r"^/(?:voila/)?api/(?:kernels|shutdown)/([^/]+)")

POLICY = "Content-Security-Policy"
GUARDS = {
    POLICY: "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class Guards(OutputTransform):
    """Put the guarding headers on an answer, and keep pages out of every cache."""

    def __init__(self, request: HTTPServerRequest, *, base: str = "/") -> None:
        super().__init__(request)
        path = below(base, request.path)
        self._may_keep = path.startswith(SHARED_STATICS) and "/render/" not in path

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: FBT001, ARG002 - tornado calls it so
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Return the first piece of an answer with its headers made whole."""
        for name, value in GUARDS.items():
            if name != POLICY or name not in headers:  # a page says itself what it needs
                headers[name] = value
        if not self._may_keep or status_code not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            headers["Cache-Control"] = "no-store"
        headers.pop("Server", None)
        return status_code, headers, chunk


class Refused(Page):
    """Answer with a refusal and nothing else."""

    def initialize(self, status: int, close: str = "") -> None:
        """Keep the status, and a cookie that no longer opens anything."""
        self._refusal = status
        self._close = close

    def prepare(self) -> None:
        """Refuse, whatever the method is."""
        if self._close:
            self.clear_cookie(self._close, path=self.application.base)
        if self._refusal == HTTPStatus.FOUND:
            self.redirect(f"{self.application.base}in")
            return
        self.set_status(self._refusal)
        self.finish()

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Refuse a method that nobody has heard of in the same way."""
        del status_code, kwargs
        self.prepare()


class Gate(Application):
    """Route a request to its handler only if it came by the door."""

    def __init__(self, door: Door, *, port: int, base: str = "/", **settings: Any) -> None:
        super().__init__(**settings)
        self.door = door
        self.base = base  # every address of the app begins with it
        self.cookie = f"eg-{port}"  # cookies of one host are shared by all its ports
        self.hosts = frozenset(f"{name}:{port}" for name in NAMES)
        self.origins = frozenset(f"http://{host}" for host in self.hosts)
        # What came in by TLS is for a second device, and answers to that address alone.
        self.shared_hosts: frozenset[str] = frozenset()
        self.transforms.append(partial(Guards, base=base))  # type: ignore[arg-type]  # called alone

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        """Return the handler of an allowed request; else one that refuses it."""
        refusal = self._refusal(request)
        if refusal is None:
            return super().find_handler(request, **kwargs)
        return self.get_handler_delegate(request, Refused, {"status": refusal})

    def session_of(self, request: HTTPServerRequest) -> Session | None:
        """Return the session that a request's cookie opens."""
        cookie = request.cookies.get(self.cookie)
        return self.door.session(cookie.value) if cookie else None

    def _refusal(self, request: HTTPServerRequest) -> int | None:
        hosts = self.shared_hosts if request.protocol == "https" else self.hosts
        named = request.host.lower() in hosts
        if not named or not self._from_here(request):
            return HTTPStatus.FORBIDDEN
        path = below(self.base, request.path)
        types = (request.method, path) == ("POST", SIGN_IN)  # a code, on a second device
        if types or (request.method == "GET" and OPEN_TO_ALL.fullmatch(path)):
            return None
        session = self.session_of(request)
        if session is None:
            page = request.method in {"GET", "HEAD"} and "Upgrade" not in request.headers
            return HTTPStatus.FOUND if page else HTTPStatus.FORBIDDEN
        if request.method not in METHODS:
            return HTTPStatus.METHOD_NOT_ALLOWED
        kernel = _KERNEL.match(path)
        if kernel and kernel[1] not in session.kernels:
            return HTTPStatus.NOT_FOUND
        return None

    def _from_here(self, request: HTTPServerRequest) -> bool:
        headers = request.headers
        origin = headers.get("Origin") or headers.get("Sec-WebSocket-Origin")
        if (
            origin == "null"
            and request.method == "POST"
            and below(self.base, request.path) == SIGN_IN
        ):
            origin = (
                None  # a form of a page that sends no referrer; what the browser says of it counts
            )
        if origin is not None:
            ours = self.origins
            if request.protocol == "https":
                ours = frozenset(f"https://{host}" for host in self.shared_hosts)
            return origin.lower() in ours and urlsplit(origin).netloc == request.host.lower()
        site = headers.get("Sec-Fetch-Site")
        if request.method == "POST":
            return site == "same-origin"
        # Another port of this machine counts as the same site to a browser, but is not us. A page
        # opened by hand or by a link may come from anywhere: a picture or a script may not.
        return site in {None, "none", "same-origin"} or (
            headers.get("Sec-Fetch-Mode") == "navigate"
            and headers.get("Sec-Fetch-Dest") == "document"
        )


def below(base: str, path: str) -> str:
    """Return a path as the app names it, without what all its addresses begin with."""
    return path[len(base) - 1 :] if path.startswith(base) else ""


def session_of(handler: RequestHandler) -> Session:
    """Return the session of a request that the gate let through."""
    gate = handler.application
    found = gate.session_of(handler.request) if isinstance(gate, Gate) else None
    if found is None:
        raise LookupError("no session: only a handler behind the gate may ask")
    return found
