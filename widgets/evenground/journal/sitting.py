"""The secret keys that are open in this sitting: in the app's server, or in this process.

In the app each page has a kernel of its own, so what one page opened the next has to know. The
server tells a kernel where to ask in EVENGROUND_SITTING; app/sitting.py describes what is said.
In JupyterLab there is no such server, and the keys stay in the kernel.
"""

from __future__ import annotations

import base64
import json
import os
import time
from math import ceil
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

SETTING = "EVENGROUND_SITTING"
LONGEST_WAIT = 60
REST = 15 * 60


class Keys(Protocol):
    """Where open keys are held."""

    def put(self, person: str, key: bytes) -> None:
        """Hold a key."""

    def get(self, person: str) -> bytes | None:
        """Return a key that is held; somebody is there, so the rest begins anew."""

    def drop(self, person: str | None) -> None:
        """Hold the key of a person no more, or no key at all."""

    def touch(self) -> None:
        """Note that somebody is there: the rest begins anew."""

    def left(self) -> float | None:
        """Return in how many seconds open keys are let go of; None when none is held."""

    def rest(self, seconds: float) -> None:
        """Set after how long without a sign of life open keys are let go of."""

    def slow(self, person: str) -> int:
        """Note a wrong passphrase; return the seconds until the next one is heard."""

    def wait(self, person: str) -> int:
        """Return the seconds, rounded up, until the next passphrase of a person is heard."""

    def calm(self, person: str) -> None:
        """Note a right one."""


class Memory:
    """Keys in this process, let go of when nobody asked for them for a while."""

    def __init__(self, *, rest: float = REST, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold nothing yet."""
        self._rest, self._clock = rest, clock
        self._keys: dict[str, bytes] = {}
        self._wrong: dict[str, int] = {}
        self._hears: dict[str, float] = {}  # when the next try is heard
        self._touched = clock()

    def put(self, person: str, key: bytes) -> None:
        """Hold a key."""
        self._touched = self._clock()
        self._keys[person] = key

    def get(self, person: str) -> bytes | None:
        """Return a key that is held."""
        if self._clock() - self._touched >= self._rest:
            self._keys.clear()
        self._touched = self._clock()
        return self._keys.get(person)

    def drop(self, person: str | None) -> None:
        """Hold a key no more, or none at all."""
        for one in list(self._keys) if person is None else [person]:
            self._keys.pop(one, None)

    def touch(self) -> None:
        """Note that somebody is there."""
        if self.left() is not None:
            self._touched = self._clock()

    def left(self) -> float | None:
        """Return in how many seconds open keys are let go of; None when none is held."""
        if not self._keys:
            return None
        left = self._touched + self._rest - self._clock()
        if left <= 0:
            self._keys.clear()
            return None
        return left

    def rest(self, seconds: float) -> None:
        """Set after how long open keys are let go of."""
        self._rest = seconds

    def slow(self, person: str) -> int:
        """Note a wrong passphrase; return the seconds to wait."""
        wrong = self._wrong[person] = self._wrong.get(person, 0) + 1
        seconds = min(2 ** (wrong - 2), LONGEST_WAIT) if wrong > 1 else 0
        self._hears[person] = self._clock() + seconds
        return seconds

    def wait(self, person: str) -> int:
        """Return the seconds until the next passphrase is heard."""
        return max(ceil(self._hears.get(person, 0) - self._clock()), 0)

    def calm(self, person: str) -> None:
        """Note a right one."""
        self._wrong.pop(person, None)
        self._hears.pop(person, None)


class Server:
    """Keys in the app's server. One that does not answer holds none."""

    def __init__(self, address: str, secret: bytes) -> None:
        """Remember whom to ask; nothing is asked yet."""
        self._address, self._secret = address, secret
        self._connection: Connection[bytes, bytes] | None = None

    def put(self, person: str, key: bytes) -> None:
        """Hold a key."""
        self._ask({"do": "put", "person": person, "key": base64.b64encode(key).decode()})

    def get(self, person: str) -> bytes | None:
        """Return a key that is held."""
        held = self._ask({"do": "get"}).get("keys") or {}
        key = held.get(person)
        return base64.b64decode(key) if key else None

    def drop(self, person: str | None) -> None:
        """Hold a key no more, or none at all."""
        self._ask({"do": "drop", "person": person})

    def touch(self) -> None:
        """Note that somebody is there."""
        self._ask({"do": "touch"})

    def left(self) -> float | None:
        """Return in how many seconds open keys are let go of; None when none is held."""
        left = self._ask({"do": "left"}).get("left")
        return None if left is None else float(left)

    def rest(self, seconds: float) -> None:
        """Set after how long open keys are let go of."""
        self._ask({"do": "rest", "seconds": seconds})

    def slow(self, person: str) -> int:
        """Note a wrong passphrase; return the seconds to wait."""
        return int(self._ask({"do": "slow", "person": person}).get("seconds") or 0)

    def wait(self, person: str) -> int:
        """Return the seconds until the next passphrase is heard."""
        return int(self._ask({"do": "wait", "person": person}).get("seconds") or 0)

    def calm(self, person: str) -> None:
        """Note a right one."""
        self._ask({"do": "calm", "person": person})

    def _ask(self, request: dict[str, object]) -> dict[str, Any]:
        for _ in range(2):  # a connection that was closed meanwhile is opened once more
            try:
                if self._connection is None:
                    self._connection = Client(self._address, authkey=self._secret)
                self._connection.send_bytes(json.dumps(request).encode())
                answer = json.loads(self._connection.recv_bytes())
            except (OSError, EOFError, AuthenticationError, ValueError):
                self._connection = None
            else:
                return answer if isinstance(answer, dict) else {}
        return {}


def keys() -> Keys:
    """Return where this process finds open keys."""
    told = os.environ.get(SETTING)
    if not told:
        return Memory()
    setting = json.loads(told)
    return Server(setting["address"], bytes.fromhex(setting["secret"]))
