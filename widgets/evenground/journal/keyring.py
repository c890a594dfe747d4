"""The file of keys: each person's public key, and the secret one, wrapped."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from evenground.journal import disk, sealing
from evenground.journal.faults import NotCertain, Unreadable, not_saved
from evenground.records.declaration import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

FILE = "keys.json"


@dataclass(frozen=True)
class Identity:
    """One person's keys as they stand on disk."""

    public: bytes
    wraps: tuple[sealing.Wrap, ...]

    def opened(self, words: str, *, by: str, person: str) -> bytes:
        """Return the secret key that words open; `sealing.Unopened` otherwise."""
        for wrap in self.wraps:
            if wrap.by == by:
                secret = sealing.unwrap(wrap, words, person=person)
                if sealing.public(secret) != self.public:
                    raise sealing.Unopened("not the key that belongs to these pages")
                return secret
        raise sealing.Unopened("no such way in")


class Keyring:
    """The file of keys of one journal."""

    def __init__(self, home: Path) -> None:
        """Look at a folder; the file need not exist."""
        self.path = home / FILE
        self._mark: object = None
        self._held: dict[str, Identity] = {}

    def get(self, person: str) -> Identity | None:
        """Return a person's keys, or None when no passphrase was ever set."""
        mark = disk.mark(self.path)
        if mark != self._mark:
            self._held = self._read() if mark else {}
            self._mark = mark
        return self._held.get(person)

    def put(self, person: str, secret: bytes, *, passphrase: str, code: str) -> None:
        """Set what opens a person's key from now on. The journal's lock is held by the caller."""
        wraps = (
            sealing.wrap_with_passphrase(secret, passphrase, person=person),
            sealing.wrap_with_code(secret, code, person=person),
        )
        self.get(person)
        held = self._held | {person: Identity(sealing.public(secret), wraps)}
        try:
            disk.replace(self.path, told(held))
        except disk.Unconfirmed as error:
            raise NotCertain from error
        except OSError as error:
            raise not_saved(error, file=FILE) from error

    def _read(self) -> dict[str, Identity]:
        try:
            return read(self.path.read_bytes())
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable("read.keys", file=FILE) from error


def read(data: bytes) -> dict[str, Identity]:
    """Return the identities that a file of keys holds; ValueError, KeyError when it holds none."""
    people: dict[str, Any] = json.loads(data)["people"]
    return {
        person: Identity(
            public=base64.b64decode(one["public"], validate=True),
            wraps=tuple(sealing.Wrap(**wrap) for wrap in one["wraps"]),
        )
        for person, one in people.items()
    }


def told(held: dict[str, Identity]) -> bytes:
    """Return the file of keys of these identities."""
    people = {
        person: {
            "public": base64.b64encode(one.public).decode(),
            "wraps": [asdict(wrap) for wrap in one.wraps],
        }
        for person, one in sorted(held.items())
    }
    return (json.dumps({"schema": SCHEMA, "people": people}, indent=1) + "\n").encode()
