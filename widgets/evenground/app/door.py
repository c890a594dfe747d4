"""Who may come in: a link that opens once, and the session that it turns into."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evenground.app.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY_BYTES = 24  # 192 bits
LONGEST_REST = 12 * 60 * 60
FREE_TRIES = 3
LONGEST_DELAY = 8.0
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
CODE_LETTERS = 10  # 49 bits, for a few tries
CODE_TRIES = 10


@dataclass
class Session:
    """One browser that came in: its cookie, its kernels and the keys of its sitting."""

    cookie: str = field(repr=False)
    sitting: Sitting
    kernels: set[str] = field(default_factory=set)
    seen: float = 0.0
    shared: bool = False  # on a second device, until sharing ends


class Door:
    """Keep the one link that opens now, and the sessions that came in by earlier ones."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._key = ""
        self._wrong = 0
        self._codes: dict[str, str] = {}  # person -> the code that opens once for them
        self._tries = 0
        self._sessions: dict[str, Session] = {}

    def new_key(self) -> str:
        """Return the key of a fresh link; the link printed before it no longer opens."""
        self._key = secrets.token_urlsafe(KEY_BYTES)
        return self._key

    def come_in(self, key: str) -> Session | None:
        """Return a new session for the right key, once; None for any other."""
        if not self._key or not hmac.compare_digest(key.encode(), self._key.encode()):
            self._wrong += 1
            return None
        self._key, self._wrong = "", 0
        return self._begin(shared=False)

    def new_codes(self, people: tuple[str, ...] = ("a", "b")) -> dict[str, str]:
        """Return a fresh code for each person, to be typed once; older ones no longer open."""
        self._tries = 0
        self._codes = {
            person: "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
            for person in people
        }
        return dict(self._codes)

    def come_in_by_code(self, typed: str) -> tuple[Session, str] | None:
        """Return a new session and whose code it was, once; after ten wrong ones none opens."""
        code = "".join(typed.split()).lower().replace("-", "").encode()
        for person, right in self._codes.items():
            if hmac.compare_digest(code, right.encode()):
                del self._codes[person]
                self._wrong = 0
                return self._begin(shared=True), person
        self._wrong += 1
        self._tries += 1
        if self._tries >= CODE_TRIES:
            self._codes.clear()
        return None

    def _begin(self, *, shared: bool) -> Session:
        cookie = secrets.token_urlsafe(32)
        session = Session(cookie, Sitting(self._folder), seen=self._clock(), shared=shared)
        self._sessions[cookie] = session
        return session

    @property
    def delay(self) -> float:
        """Return how many seconds an answer to a wrong key is held back."""
        over = self._wrong - FREE_TRIES
        return min(0.25 * 2**over, LONGEST_DELAY) if over > 0 else 0.0

    def session(self, cookie: str) -> Session | None:
        """Return the session of a cookie, unless it has rested for half a day."""
        found = self._sessions.get(cookie)
        if found is None:
            return None
        if self._clock() - found.seen > LONGEST_REST:
            self.leave(found)
            return None
        found.seen = self._clock()
        return found

    def sessions(self) -> tuple[Session, ...]:
        """Return every session that is in."""
        return tuple(self._sessions.values())

    def leave(self, session: Session) -> None:
        """End a session: its cookie opens nothing any more, and its keys are gone."""
        self._sessions.pop(session.cookie, None)
        session.sitting.end()

    def close(self) -> None:
        """End every session."""
        for session in self.sessions():
            self.leave(session)
