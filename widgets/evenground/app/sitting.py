"""The unlocked keys of one browser session, held in the server's memory and nowhere else.

Each page has a kernel of its own, so what one page unlocked has to be known to the next. A session
has one socket that answers to its secret; kernels are told both in EVENGROUND_SITTING, as JSON:

    {"address": path of the socket (on Windows, of the pipe), "secret": 64 hex digits}

A client opens `multiprocessing.connection.Client(address, authkey=bytes.fromhex(secret))` and sends
UTF-8 JSON by send_bytes, one answer for each request:

    {"do": "put", "person": "a", "key": base64}    the key is kept until it rests
    {"do": "get"}                                  {"ok": true, "keys": {"a": base64}}
    {"do": "drop", "person": "a" or null}          one key, or all, are gone
    {"do": "touch"}                                somebody is there: the rest begins anew
    {"do": "left"}                                 {"ok": true, "left": seconds, null with no key}
    {"do": "rest", "seconds": 900}                 after how long without a sign of life keys go
    {"do": "slow", "person": "a"}                  a wrong passphrase: {"ok": true, "seconds": 2}
    {"do": "wait", "person": "a"}                  the seconds until the next one is heard
    {"do": "calm", "person": "a"}                  a right one: the next wait is 0 again

What is not understood is answered {"ok": false}. Nothing is ever pickled.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from dataclasses import dataclass, field
from math import ceil
from multiprocessing import AuthenticationError
from multiprocessing.connection import Listener
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

REST = 15 * 60
SHORTEST_REST, LONGEST_REST = 60, 12 * 3600
PEOPLE = ("a", "b")
LONGEST_MESSAGE = 64 * 1024
LONGEST_WAIT = 60


@dataclass
class Keys:
    """The keys of both people, gone after `rest` seconds without a sign of life."""

    rest: float = REST
    clock: Callable[[], float] = time.monotonic
    _keys: dict[str, str] = field(default_factory=dict, repr=False)
    _wrong: dict[str, int] = field(default_factory=dict, repr=False)
    _hears: dict[str, float] = field(default_factory=dict, repr=False)
    _touched: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def answer(self, request: Any) -> dict[str, Any]:
        """Return the answer to one request of a kernel."""
        with self._lock:
            self._let_rest()
            return self._answer(request) if isinstance(request, dict) else {"ok": False}

    def let_rest(self) -> None:
        """Drop the keys if nobody has been there for long enough."""
        with self._lock:
            self._let_rest()

    def drop(self) -> None:
        """Drop all keys at once."""
        with self._lock:
            self._keys.clear()

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        person = request.get("person")
        told: dict[str, Any] = {"ok": True}
        match request.get("do"):
            case "put" if person in PEOPLE and isinstance(request.get("key"), str):
                self._keys[person] = request["key"]
                self._touched = self.clock()
            case "get":
                self._touched = self.clock()
                told["keys"] = dict(self._keys)
            case "drop" if person is None or person in PEOPLE:
                for one in PEOPLE if person is None else (person,):
                    self._keys.pop(one, None)
            case "touch":
                self._touched = self.clock()
            case "left":
                rests_in = self._touched + self.rest - self.clock()
                told["left"] = max(rests_in, 0) if self._keys else None
            case "rest" if isinstance(request.get("seconds"), int | float):
                self.rest = min(max(float(request["seconds"]), SHORTEST_REST), LONGEST_REST)
            case "slow" | "wait" | "calm" as what if person in PEOPLE:
                told["seconds"] = self._tries(person, what)
            case _:
                told["ok"] = False
        return told

    def _tries(self, person: str, what: str) -> int:
        """Note a wrong or a right passphrase; return the seconds until the next one is heard."""
        if what == "slow":
            wrong = self._wrong[person] = self._wrong.get(person, 0) + 1
            # The first slip of a finger costs nothing; the eighth costs a minute.
            seconds = min(2 ** (wrong - 2), LONGEST_WAIT) if wrong > 1 else 0
            self._hears[person] = self.clock() + seconds
        elif what == "calm":
            self._wrong.pop(person, None)
            self._hears.pop(person, None)
        return max(ceil(self._hears.get(person, 0) - self.clock()), 0)

    def _let_rest(self) -> None:
        if self._keys and self.clock() - self._touched >= self.rest:
            self._keys.clear()


class Sitting:
    """The keys of one session behind a socket that only its own kernels are told of."""

    def __init__(self, folder: Path, *, rest: float = REST) -> None:
        self.keys = Keys(rest=rest)
        self._secret = secrets.token_bytes(32)
        name = secrets.token_hex(4)
        address = rf"\\.\pipe\eg-{name}" if os.name == "nt" else str(folder / f"s-{name}")
        self._listener = Listener(address, authkey=self._secret)
        self._open = True
        self._thread = threading.Thread(target=self._listen, daemon=True, name="sitting")
        self._thread.start()

    @property
    def environment(self) -> dict[str, str]:
        """Return what the environment of this session's kernels holds."""
        told = {"address": self._listener.address, "secret": self._secret.hex()}
        return {"EVENGROUND_SITTING": json.dumps(told)}

    def end(self) -> None:
        """Drop the keys and close the socket."""
        self.keys.drop()
        self._open = False
        self._listener.close()

    def _listen(self) -> None:
        while self._open:
            try:
                connection = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection[bytes, bytes]) -> None:
        with connection:
            try:
                while True:
                    said = connection.recv_bytes(LONGEST_MESSAGE)
                    answer = self.keys.answer(_read(said)) if self._open else {"ok": False}
                    connection.send_bytes(json.dumps(answer).encode())
            except (OSError, EOFError):
                return


def _read(said: bytes) -> Any:
    try:
        return json.loads(said)
    except ValueError:
        return None
