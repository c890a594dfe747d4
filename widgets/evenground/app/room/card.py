"""Which of two people a browser belongs to: a cookie that the room signs when somebody joins.

A couple has one page and one journal. What each of them asks for, or gives to the count, is told
apart by this cookie, which no script can read and nobody else can make.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING

from evenground.group.totals import Person
from evenground.journal import disk

if TYPE_CHECKING:
    from pathlib import Path

    from tornado.web import RequestHandler

COOKIE = "eg-card"
_KEY = "card_key"  # a file of the room's folder, which no couple's account can read


def give(handler: RequestHandler, room: Path, couple: str, one: str) -> None:
    """Note in a browser whose it is."""
    signed = f"{couple}.{one}.{_sign(room, couple, one)}"
    secure = handler.request.protocol == "https"
    handler.set_cookie(COOKIE, signed, path="/", httponly=True, samesite="Strict", secure=secure)


def read(room: Path, signed: str, couple: str) -> Person | None:
    """Return whose browser it is; None when the room did not say so, or of another couple."""
    said, _, rest = signed.partition(".")
    one, _, sign = rest.partition(".")
    if said != couple or not hmac.compare_digest(sign.encode(), _sign(room, said, one).encode()):
        return None
    return Person(couple, one)


def make_key(room: Path) -> None:
    """Make the secret of a room, if there is none yet."""
    if not (room / _KEY).exists():
        disk.replace(room / _KEY, secrets.token_hex(32).encode())


def _sign(room: Path, couple: str, one: str) -> str:
    make_key(room)
    key = (room / _KEY).read_bytes()
    return hmac.new(key, f"{couple}.{one}".encode(), sha256).hexdigest()
