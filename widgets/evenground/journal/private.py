"""The private pages of both people: what opens them, for how long, and how soon again after a slip.

The keys that are open in a sitting are held by `sitting`; here is what is done with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.journal import keyring, place, sealing, sitting
from evenground.journal.faults import JournalError, Locked, NotCertain, NotKept, WrongPassphrase

if TYPE_CHECKING:
    from evenground.journal.shelf import Shelf

SHORTEST = 10  # letters of a passphrase


class Private:
    """The private pages of one journal."""

    def __init__(self, shelf: Shelf) -> None:
        """Stand beside the shelf, and use its lock."""
        self._shelf = shelf
        self._keyring = keyring.Keyring(shelf.home)
        self._keys = sitting.keys()

    def is_set(self, person: str) -> bool:
        """Return whether a person has a passphrase."""
        return self._keyring.get(person) is not None

    def public(self, person: str) -> bytes:
        """Return the key that seals to a person; NotKept when nothing private can be kept here."""
        identity = self._keyring.get(person)
        if identity is None:
            raise NotKept("private.no_passphrase")
        if why := place.refusal(self._shelf.home):
            raise NotKept(why)
        return identity.public

    def secret(self, person: str) -> bytes | None:
        """Return the key that opens a person's pages, while they are open."""
        identity = self._keyring.get(person)
        secret = self._keys.get(person) if identity else None
        # Another journal may have been put in the place of the one that was opened.
        return secret if identity and secret and sealing.public(secret) == identity.public else None

    def set_passphrase(self, person: str, passphrase: str) -> str:
        """Set or change what opens a person's pages; return the new recovery code."""
        if len("".join(passphrase.split())) < SHORTEST:
            raise JournalError("passphrase.short", count=SHORTEST)
        if why := place.refusal(self._shelf.home):
            raise NotKept(why)
        code = sealing.code()
        with self._shelf.hold():
            held = self._keyring.get(person)
            secret = self.secret(person) if held else sealing.identity()[0]
            if secret is None:
                raise Locked("passphrase.locked")
            try:
                self._keyring.put(person, secret, passphrase=passphrase, code=code)
            except NotCertain:
                self._keys.put(person, secret)  # so that it can be set once more
                raise
        self._keys.put(person, secret)
        return code

    def open(self, person: str, words: str, *, by: str) -> None:
        """Open a person's pages for this sitting. A wrong try makes the next ones wait, longer."""
        identity = self._keyring.get(person)
        if identity is None:
            raise JournalError("passphrase.none")
        if left := self._keys.wait(person):
            form = "one" if left == 1 else "other"
            raise WrongPassphrase(f"passphrase.wait.{form}", wait=left, count=left)
        try:
            secret = identity.opened(words, by=by, person=person)
        except sealing.Unopened:
            key = "passphrase.wrong" if by == "passphrase" else "passphrase.wrong_code"
            raise WrongPassphrase(key, wait=self._keys.slow(person)) from None
        self._keys.calm(person)
        self._keys.put(person, secret)

    def lock(self, person: str | None) -> None:
        """Close the pages of a person, or of both."""
        self._keys.drop(person)

    def stay(self) -> None:
        """Note that somebody is there: open pages stay open for another while."""
        self._keys.touch()

    def rests_in(self) -> float | None:
        """Return in how many seconds open pages close by themselves; None when none is open."""
        return self._keys.left()

    def rest_after(self, seconds: float) -> None:
        """Set after how long with nobody there open pages close by themselves."""
        self._keys.rest(seconds)
