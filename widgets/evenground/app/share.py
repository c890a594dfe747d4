"""A second device in the same home: one address of this computer, over TLS, for two hours.

The certificate is made for this sitting and signed by nobody else, so a browser warns of it; its
fingerprint is shown beside the link, to be compared. Its key is on disk for as long as it takes to
read it in, in a folder that only this user can enter.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import segno
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

if TYPE_CHECKING:
    from pathlib import Path

    from tornado.web import Application

LONGEST = 2 * 60 * 60  # seconds
NAME = "device"  # a certificate has a name, and it says nothing


class NoAddress(Exception):  # noqa: N818 - it is told to whoever typed the command
    """There is no such address of this computer, or none but its own loopback."""


class Share:
    """One TLS server beside the app's own, for the same pages."""

    def __init__(self, address: str | None, folder: Path) -> None:
        """Bind an address of this computer; NoAddress when there is none to share on."""
        self.address = address or own_address()
        if not _is_here(self.address):
            raise NoAddress(self.address)
        self._sockets = bind_sockets(0, self.address)
        self._context, self.fingerprint = _certificate(self.address, folder)
        self._server: HTTPServer | None = None

    @property
    def host(self) -> str:
        """Return the host and port that the other device asks for."""
        port = self._sockets[0].getsockname()[1]
        return f"[{self.address}]:{port}" if ":" in self.address else f"{self.address}:{port}"

    @property
    def link(self) -> str:
        """Return where the other device signs in; it holds no secret."""
        return f"https://{self.host}/in"

    def picture(self) -> str:
        """Return the link as a QR code made of letters, for a terminal."""
        drawn = io.StringIO()
        segno.make(self.link, error="m").terminal(out=drawn, compact=True)
        return drawn.getvalue()

    def serve(self, app: Application, **limits: Any) -> None:
        """Begin to answer. What is not TLS gets no answer at all."""
        self._server = HTTPServer(app, ssl_options=self._context, **limits)
        self._server.add_sockets(self._sockets)

    async def close(self) -> None:
        """Answer nobody any more, and let go of whoever is connected."""
        if self._server is not None:
            server, self._server = self._server, None
            server.stop()
            await server.close_all_connections()


def own_address() -> str:
    """Return the address that others at home reach this computer by; nothing is sent for it."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as asked:
        try:
            asked.connect(("192.0.2.1", 9))  # an address that belongs to nobody
        except OSError as error:
            raise NoAddress from error
        found = str(asked.getsockname()[0])
    if ipaddress.ip_address(found).is_loopback or not ipaddress.ip_address(found).is_private:
        raise NoAddress(found)
    return found


def _is_here(address: str) -> bool:
    """Return whether an address is one of this computer's."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as tried:
        try:
            ipaddress.ip_address(address)
            tried.bind((address, 0))
        except (OSError, ValueError):
            return False
    return True


def _certificate(address: str, folder: Path) -> tuple[ssl.SSLContext, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(seconds=LONGEST, hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    both = made.public_bytes(pem) + key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    place = folder / "c"  # the ssl module reads certificates from files alone
    try:
        place.touch(mode=0o600, exist_ok=False)
        place.write_bytes(both)
        context.load_cert_chain(place)
    finally:
        place.unlink(missing_ok=True)
    print_ = made.fingerprint(hashes.SHA256())
    return context, ":".join(f"{byte:02X}" for byte in print_)
