"""Private words, sealed to a person: anyone here can write them, the passphrase opens them.

An identity is an X25519 key. Its secret is wrapped by the passphrase (Argon2id) and by a recovery
code (120 random bits). What is sealed is padded and bound to its row. docs/proof.md says what was
tried on it; words/<language>/journal.toml says what sealing does not protect against.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import unicodedata
import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TAG = "s1."
MINIMUM = {"t": 3, "m": 65536, "p": 4}  # passes, KiB, lanes; weaker ones are refused

_SIZES = (1024, 4096, 16384, 65536)  # lengths that what is sealed may have
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U: easy to copy by hand
_LENGTH = 32
_NONCE = 12


class Unopened(Exception):  # noqa: N818 - the one thing that can go wrong here
    """The key does not open it: another key, another row, or changed bytes."""


@dataclass(frozen=True)
class Wrap:
    """A secret key under another key, as it stands in the file of keys."""

    by: str  # "passphrase" or "recovery"
    salt: str
    sealed: str
    t: int = MINIMUM["t"]
    m: int = MINIMUM["m"]
    p: int = MINIMUM["p"]


def identity() -> tuple[bytes, bytes]:
    """Return a new secret key and its public key."""
    secret = X25519PrivateKey.generate()
    return secret.private_bytes_raw(), secret.public_key().public_bytes_raw()


def public(secret: bytes) -> bytes:
    """Return the public key of a secret key."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def seal(text: str, to: bytes, *, bound: str) -> str:
    """Return text sealed to a public key and bound to a place; only its length class shows."""
    secret = X25519PrivateKey.generate()
    return _seal(text, to, bound=bound, secret=secret, nonce=os.urandom(_NONCE))


def _seal(text: str, to: bytes, *, bound: str, secret: X25519PrivateKey, nonce: bytes) -> str:
    mine = secret.public_key().public_bytes_raw()
    shared = secret.exchange(X25519PublicKey.from_public_bytes(to))
    key = _key(shared, mine + to)
    body = ChaCha20Poly1305(key).encrypt(nonce, _padded(text), bound.encode())
    return TAG + base64.urlsafe_b64encode(mine + nonce + body).decode().rstrip("=")


def unseal(sealed: str, secret: bytes, *, bound: str) -> str:
    """Return the text that was sealed; Unopened when it is not for this key or this place."""
    if not sealed.startswith(TAG):
        raise Unopened("not a seal of a known kind")
    try:
        raw = base64.b64decode(_filled(sealed[len(TAG) :]), altchars=b"-_", validate=True)
        mine, nonce, body = raw[:_LENGTH], raw[_LENGTH : _LENGTH + _NONCE], raw[_LENGTH + _NONCE :]
        shared = X25519PrivateKey.from_private_bytes(secret).exchange(
            X25519PublicKey.from_public_bytes(mine)
        )
        key = _key(shared, mine + public(secret))
        return _unpadded(ChaCha20Poly1305(key).decrypt(nonce, body, bound.encode()))
    except (InvalidTag, ValueError, binascii.Error, zlib.error) as error:
        raise Unopened("the key does not open it") from error


def wrap_with_passphrase(secret: bytes, passphrase: str, *, person: str) -> Wrap:
    """Return a secret key wrapped by a passphrase."""
    salt = os.urandom(16)
    return _wrap(secret, _stretched(passphrase, salt, **MINIMUM), "passphrase", salt, person)


def wrap_with_code(secret: bytes, code: str, *, person: str) -> Wrap:
    """Return a secret key wrapped by a recovery code."""
    salt = os.urandom(16)
    return _wrap(secret, _of_code(code, salt), "recovery", salt, person)


def unwrap(wrap: Wrap, words: str, *, person: str) -> bytes:
    """Return the secret key that a passphrase or a recovery code opens; Unopened otherwise."""
    try:
        salt = base64.b64decode(wrap.salt, validate=True)
        raw = base64.b64decode(wrap.sealed, validate=True)
        if wrap.by == "recovery":
            key = _of_code(words, salt)
        else:
            given = {"t": wrap.t, "m": wrap.m, "p": wrap.p}
            if any(given[name] < least for name, least in MINIMUM.items()) or len(salt) < 16:  # noqa: PLR2004 - bytes of salt
                raise Unopened("weaker than this version writes")
            if wrap.t > 20 or wrap.m > 2**21 or wrap.p > 16:  # noqa: PLR2004 - what a laptop can do
                raise Unopened("more work than this version does")
            key = _stretched(words, salt, **given)
        return ChaCha20Poly1305(key).decrypt(raw[:_NONCE], raw[_NONCE:], _bound(wrap, person))
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise Unopened("the words do not open it") from error


def code() -> str:
    """Return a new recovery code: 24 letters and digits in groups of 4, of 120 random bits."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(24))
    return " ".join(letters[at : at + 4] for at in range(0, 24, 4))


def _wrap(secret: bytes, key: bytes, by: str, salt: bytes, person: str) -> Wrap:
    nonce = os.urandom(_NONCE)
    empty = Wrap(by=by, salt=base64.b64encode(salt).decode(), sealed="")
    body = ChaCha20Poly1305(key).encrypt(nonce, secret, _bound(empty, person))
    return Wrap(by=by, salt=empty.salt, sealed=base64.b64encode(nonce + body).decode())


def _bound(wrap: Wrap, person: str) -> bytes:
    """Return what a wrap is bound to: change any of it, and it does not open."""
    return f"{TAG}{wrap.by}|{person}|{wrap.t}|{wrap.m}|{wrap.p}".encode()


def _stretched(passphrase: str, salt: bytes, *, t: int, m: int, p: int) -> bytes:
    words = " ".join(unicodedata.normalize("NFKC", passphrase).split())
    stretch = Argon2id(salt=salt, length=_LENGTH, iterations=t, lanes=p, memory_cost=m)
    return stretch.derive(words.encode("utf-8", "replace"))


def _of_code(written: str, salt: bytes) -> bytes:
    """Return the key of a recovery code, however it was typed."""
    read = written.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    letters = "".join(letter for letter in read if letter in _LETTERS)
    stretch = HKDF(hashes.SHA256(), _LENGTH, salt=salt, info=b"evenground recovery 1")
    return stretch.derive(letters.encode())


def _key(shared: bytes, keys: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _LENGTH, salt=keys, info=b"evenground seal 1").derive(shared)


def _padded(text: str) -> bytes:
    """Return text with its length in front, filled up to one of a few sizes."""
    plain = text.encode("utf-8", "replace")
    body = b"p" + plain
    if len(body) + 4 > _SIZES[2]:
        # So that the cell stays below 32,767 letters, where spreadsheets cut.
        body = min(body, b"z" + zlib.compress(plain, 9), key=len)
    whole = len(body).to_bytes(4, "big") + body
    size = next((size for size in _SIZES if size >= len(whole)), 0)
    return whole.ljust(size or -(-len(whole) // _SIZES[-1]) * _SIZES[-1], b"\0")


def _unpadded(padded: bytes) -> str:
    length = int.from_bytes(padded[:4], "big")
    body = padded[4 : 4 + length]
    if len(body) < length or body[:1] not in {b"p", b"z"}:
        raise ValueError("not what was sealed")
    return (body[1:] if body[:1] == b"p" else zlib.decompress(body[1:])).decode("utf-8")


def _filled(text: str) -> str:
    return text + "=" * (-len(text) % 4)
