"""Where the app that runs for a journal is asked for a fresh link, by whoever starts it once more.

A note in the user's own data folder, readable by them alone, says where to ask and with what
secret. It tells no more than the journal beside it: whoever can read the one can read the other.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from typing import TYPE_CHECKING, Any

from evenground.app import places

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

PATIENCE = 3.0  # seconds: an app that sleeps is taken for none
LONGEST = 4096
FAILURES = (OSError, EOFError, AuthenticationError, ValueError, KeyError, TypeError)


class Doorbell:
    """Answer whoever starts the app once more on the same journal."""

    def __init__(self, home: Path, folder: Path, answer: Callable[[str], dict[str, Any]]) -> None:
        """Put up the note; `answer` is called in a thread of its own with what is asked for."""
        self._answer = answer
        secret = secrets.token_bytes(32)
        name = secrets.token_hex(4)
        address = rf"\\.\pipe\eg-{name}" if os.name == "nt" else str(folder / f"d-{name}")
        self._listener = Listener(address, authkey=secret)
        self._told = json.dumps({"address": address, "secret": secret.hex()})
        self._note = _note(home)
        with suppress(OSError):  # a data folder that cannot be written to: nobody can ring
            self._put_up()
        self._open = True
        threading.Thread(target=self._listen, daemon=True, name="doorbell").start()

    def close(self) -> None:
        """Take the note away, unless another app has put up its own since."""
        self._open = False
        with suppress(OSError):
            if self._note.read_text(encoding="utf-8") == self._told:
                self._note.unlink()
        with suppress(FileNotFoundError):  # where it listened may have gone with the app's run
            self._listener.close()

    def _put_up(self) -> None:
        self._note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = self._note.with_suffix(f".{secrets.token_hex(4)}")
        made.touch(mode=0o600, exist_ok=False)
        made.write_text(self._told, encoding="utf-8")
        made.replace(self._note)

    def _listen(self) -> None:
        while self._open:
            with suppress(OSError, EOFError, AuthenticationError):
                threading.Thread(
                    target=self._serve, args=(self._listener.accept(),), daemon=True
                ).start()

    def _serve(self, connection: Connection[bytes, bytes]) -> None:
        with connection, suppress(*FAILURES):
            asked = json.loads(connection.recv_bytes(LONGEST))
            if self._open:
                connection.send_bytes(json.dumps(self._answer(asked["do"])).encode())


def ring(home: Path, do: str) -> dict[str, Any] | None:
    """Return what the app that runs for a journal answers; None where none does."""
    answers: list[dict[str, Any]] = []

    def ask() -> None:
        with suppress(*FAILURES):
            told = json.loads(_note(home).read_text(encoding="utf-8"))
            with Client(told["address"], authkey=bytes.fromhex(told["secret"])) as line:
                line.send_bytes(json.dumps({"do": do}).encode())
                answers.append(dict(json.loads(line.recv_bytes(LONGEST))))

    # An app that was put to sleep takes the call and says nothing; nothing else ends such a wait.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return answers[0] if answers else None


def _note(home: Path) -> Path:
    named = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return places.data_folder() / "running" / f"{named}.json"
