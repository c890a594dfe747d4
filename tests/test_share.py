"""A second device: off unless asked for, over TLS alone, a code each, and closed after a while."""

from __future__ import annotations

import re
import signal
import socket
import ssl
from urllib.parse import urlencode

import psutil
import pytest

from evenground.app import places, share
from evenground.app.door import CODE_LETTERS, CODE_TRIES, Door
from outside import READY, wait_until
from serving import Server, tls

LOOPBACK = ("--share", "--address", "127.0.0.1")  # stands for an address of the home's network
# Two hours go by when the test says so.
TOLD = """
import signal
from tornado.ioloop import IOLoop
from evenground.app import share
later = IOLoop.call_later
def call_later(self, delay, callback, *given, **named):
    if delay != share.LONGEST:
        return later(self, delay, callback, *given, **named)
    signal.signal(signal.SIGUSR1, lambda *_: self.add_callback_from_signal(callback))
IOLoop.call_later = call_later
"""


class Shared(Server):
    """A server that shares, and what it says of that on stderr."""

    def start(self):
        super().start()
        self.read_codes()

    def read_codes(self):
        self.said = ""
        while "ends after" not in self.said:
            line = self.process.stderr.readline()
            assert line, self.said
            self.said += line
        self.shared = re.search(r"https://127\.0\.0\.1:(\d+)/in", self.said)
        self.shared_port = int(self.shared[1])
        self.codes = re.findall(r": (\w{5}-\w{5})$", self.said, re.MULTILINE)

    def ask_shared(self, path, **told):
        return tls(self.shared_port, path, **told)

    def type_code(self, code):
        return self.ask_shared(
            "/in",
            method="POST",
            body=urlencode({"code": code}),
            Origin=f"https://127.0.0.1:{self.shared_port}",
            Content_Type="application/x-www-form-urlencoded",
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Shared(tmp_path_factory.mktemp("home"), *LOOPBACK) as started:
        yield started


def listening(server):
    found = psutil.Process(server.process.pid).net_connections(kind="inet")
    return {line.laddr for line in found if line.status == psutil.CONN_LISTEN}


def test_nothing_is_shared_unless_asked(tmp_path):
    with Server(tmp_path) as alone:
        assert {(at.ip, at.port) for at in listening(alone)} == {("127.0.0.1", alone.port)}


def test_the_second_address_is_told_with_a_square_and_two_codes(server):
    assert {at.port for at in listening(server)} == {server.port, server.shared_port}
    assert "\u2588" in server.said or "\u2580" in server.said
    assert len(set(server.codes)) == 2
    assert not any(code in server.shared[0] for code in server.codes)
    assert re.search(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", server.said)


def test_plain_http_gets_no_answer(server):
    with socket.create_connection(("127.0.0.1", server.shared_port), timeout=READY) as line:
        line.sendall(f"GET /in HTTP/1.1\r\nHost: 127.0.0.1:{server.shared_port}\r\n\r\n".encode())
        try:
            answered = line.recv(4096)
        except ConnectionResetError:
            answered = b""
    assert b"HTTP" not in answered
    assert b"<" not in answered


def test_old_tls_is_refused(server):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    for bound in ("minimum_version", "maximum_version"):
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            setattr(context, bound, ssl.TLSVersion.TLSv1_1)
    with (
        socket.create_connection(("127.0.0.1", server.shared_port), timeout=READY) as line,
        pytest.raises((ssl.SSLError, ConnectionResetError)),
    ):
        context.wrap_socket(line)


def test_the_certificate_is_the_one_whose_mark_is_told_and_lasts_as_long(server):
    pem = ssl.get_server_certificate(("127.0.0.1", server.shared_port))
    made = share.x509.load_pem_x509_certificate(pem.encode())
    mark = made.fingerprint(share.hashes.SHA256()).hex(":").upper()
    lasts = made.not_valid_after_utc - made.not_valid_before_utc

    assert mark in server.said
    assert lasts.total_seconds() <= share.LONGEST + 2 * 60 * 60
    assert "Even" not in made.subject.rfc4514_string()


def test_a_stranger_on_the_network_meets_the_sign_in_and_nothing_else(server):
    shown = server.ask_shared("/in")
    assert shown.status == 200
    assert "Your code" in shown.text
    assert "Even Ground" not in shown.text
    for path in ("/", "/help", "/voila/render/00_start.ipynb", "/api/kernels", "/static/page.css"):
        got = server.ask_shared(path)
        assert got.status in {302, 403, 404}
        assert got.headers.get("Location", "/in") == "/in"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost"])
def test_each_address_answers_to_its_own_name_alone(server, host):
    assert server.ask_shared("/in", Host=f"{host}:{server.port}").status == 403
    assert server.ask("/in", Host=f"{host}:{server.shared_port}").status == 403


def test_a_code_opens_once_and_says_who_it_is(server):
    server.new_link()
    server.read_codes()
    got = server.type_code(server.codes[1].upper())

    assert got.status == 302
    cookies = got.headers.get_all("Set-Cookie")
    own = next(cookie for cookie in cookies if cookie.startswith("eg-"))
    assert {"HttpOnly", "Secure", "SameSite=Strict"} <= set(own.split("; "))
    assert any(cookie.startswith("who=b") for cookie in cookies)
    assert server.ask_shared("/help", Cookie=own.split(";")[0]).status == 200
    assert server.type_code(server.codes[1]).status == 403
    assert server.type_code("").status == 403


def test_a_code_from_another_page_is_refused(server):
    got = server.ask_shared("/in", method="POST", body="code=x", Origin="https://evil.example")
    assert got.status == 403


def test_no_code_opens_the_app_on_this_computer(server):
    form = {"Origin": server.address, "Content_Type": "application/x-www-form-urlencoded"}
    body = urlencode({"code": server.codes[0]})

    assert server.ask("/in", method="POST", body=body, **form).status == 403


def test_after_ten_wrong_codes_none_opens():
    folder = places.run_folder()
    door = Door(folder)
    codes = door.new_codes()
    assert all(len(code) == CODE_LETTERS for code in codes.values())
    for _ in range(CODE_TRIES):
        assert door.come_in_by_code("wrong") is None
    assert door.delay > 1
    assert door.come_in_by_code(codes["a"]) is None
    fresh = door.new_codes()
    session, person = door.come_in_by_code(fresh["a"][:5] + "-" + fresh["a"][5:])
    assert (session.shared, person) == (True, "a")
    door.close()
    folder.rmdir()


def test_sharing_ends_by_itself_and_takes_its_sessions_along(tmp_path):
    with Shared(tmp_path, *LOOPBACK, before=TOLD) as server:
        got = server.type_code(server.codes[0])
        cookie = next(c for c in got.headers.get_all("Set-Cookie") if c.startswith("eg-"))
        server.process.send_signal(signal.SIGUSR1)
        assert "Sharing has ended" in server.process.stderr.readline()
        assert wait_until(lambda: len(listening(server)) == 1)
        assert {at.port for at in listening(server)} == {server.port}
        assert server.ask("/help", Cookie=cookie.split(";")[0]).headers["Location"] == "/in"
        assert server.ask("/in").status == 200


def test_a_computer_without_such_an_address_says_so(tmp_path):
    with pytest.raises(share.NoAddress):
        share.Share("203.0.113.7", tmp_path)


def test_the_key_of_the_certificate_is_not_left_on_disk(tmp_path):
    shared = share.Share("127.0.0.1", tmp_path)

    assert list(tmp_path.iterdir()) == []
    for one in shared._sockets:
        one.close()
