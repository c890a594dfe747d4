"""How people join a room: a code from a card, and a word of their own from the first time on.

The one who leads has the codes, so a code alone opens nothing once its person has chosen a word.
Words are kept as scrypt sums in the room's own folder.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import os
import time
from dataclasses import dataclass, field
from hashlib import scrypt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterhub.auth import Authenticator
from traitlets import Unicode

from evenground.app.room import card
from evenground.group import codes, gathering
from evenground.group.gathering import GroupError
from evenground.journal import disk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.group.codes import Code

LEAD = "lead"  # the name of the one who leads; the word is shown where the room was opened
SHORTEST = 4  # letters of a word
FREE_TRIES = 2
LONGEST_WAIT = 60.0  # seconds
_WORDS = "words.json"
_DELAY = 1.0  # seconds that a wrong code costs


@dataclass
class Tries:
    """How often a wrong word was given for one code, and until when no other is heard."""

    wrong: int = 0
    until: float = 0.0


@dataclass
class Joined:
    """The words that people chose, by their code, in a room's folder."""

    folder: Path
    _tries: dict[str, Tries] = field(default_factory=dict)

    def opens(self, code: str, word: str, *, now: float | None = None) -> bool:
        """Return whether a word goes with a code; the first one does, and is kept.

        After a few wrong ones no word is heard for a while, the right one neither.
        """
        now = time.monotonic() if now is None else now
        tries = self._tries.setdefault(code, Tries())
        word = " ".join(word.casefold().split())
        if len(word) < SHORTEST or now < tries.until:
            return False
        if self._goes_with(code, word):
            del self._tries[code]
            return True
        tries.wrong += 1
        over = tries.wrong - FREE_TRIES
        tries.until = now + (min(2.0**over, LONGEST_WAIT) if over > 0 else 0.0)
        return False

    def let_go(self, code: str) -> bool:
        """Let the next one who comes with a code choose a word anew; False when none was chosen."""
        held = self._read()
        if held.pop(code, None) is None:
            return False
        self._write(held)
        return True

    def _goes_with(self, code: str, word: str) -> bool:
        held = self._read()
        if code not in held:
            salt = os.urandom(16)
            self._write(held | {code: (salt + _sum(word, salt)).hex()})
            return True
        raw = bytes.fromhex(held[code])
        return hmac.compare_digest(_sum(word, raw[:16]), raw[16:])

    def _read(self) -> dict[str, str]:
        try:
            held: dict[str, str] = json.loads((self.folder / _WORDS).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return held

    def _write(self, held: dict[str, str]) -> None:
        disk.replace(self.folder / _WORDS, json.dumps(held).encode())


class ByCode(Authenticator):  # type: ignore[misc]  # its base has no types
    """Let people in by the code of a card: two people, one couple, one server."""

    group = Unicode(help="the folder of the group").tag(config=True)
    room = Unicode(help="the folder of the room").tag(config=True)

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._joined = Joined(Path(self.room))

    async def authenticate(self, handler: Any, data: Mapping[str, str]) -> dict[str, object] | None:
        """Return the couple of a code, and note in the browser which of the two is here."""
        typed, word = data.get("username", ""), data.get("password", "")
        if typed.strip().casefold() == LEAD:
            held = (Path(self.room) / LEAD).read_text(encoding="ascii").strip()
            if hmac.compare_digest(word.strip().encode(), held.encode()):
                return {"name": LEAD, "admin": False}
        elif (found := self._of(codes.tidy(typed))) and self._joined.opens(found.code, word):
            card.give(handler, Path(self.room), couple(found), found.one)
            return {"name": couple(found), "admin": False}
        await asyncio.sleep(_DELAY)
        return None

    def _of(self, code: str) -> Code | None:
        try:
            known = gathering.codes(Path(self.group))
        except GroupError:  # the group was taken out while its room was open
            return None
        return next((one for one in known if hmac.compare_digest(one.code, code)), None)


def couple(code: Code) -> str:
    """Return what the Hub calls a couple."""
    return f"pair-{code.pair}"


def _sum(word: str, salt: bytes) -> bytes:
    return scrypt(word.encode(), salt=salt, dklen=32, n=2**14, r=8, p=1)
