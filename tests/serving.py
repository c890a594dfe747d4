"""The app as a program of its own, for tests that meet it from outside."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

READY = 60


class Answer:
    """What came back: a status, headers that can be asked in any case, and a body."""

    def __init__(self, got: http.client.HTTPResponse) -> None:
        self.status = got.status
        self.headers = got.headers
        self.body = got.read()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Server:
    """`evenground --no-browser --port 0 --home HOME`, started; `with Server(home) as server:`."""

    def __init__(
        self, home: Path, *more: str, command: tuple[str, ...] = (), before: str = ""
    ) -> None:
        self.home = home
        code = f"{before}\nfrom evenground.app.command import main; main()"
        self._argv = [sys.executable, "-c", code, *command, "--no-browser", "--port", "0"]
        self._argv += ["--home", str(home), *more]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and read its link, the first line it prints."""
        self.process = subprocess.Popen(
            self._argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.link = self.read_link()

    def read_link(self) -> str:
        """Return the next line of stdout; fails with what the server said when it has ended."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        if not line:
            _, said = self.process.communicate(timeout=READY)
            raise AssertionError(f"the server ended before it printed a link:\n{said}")
        self.port = urlsplit(line).port
        return line

    def new_link(self) -> str:
        """Press Enter in the server's window and return the link that it prints."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.link = self.read_link()
        return self.link

    def stop(self) -> tuple[str, str]:
        """End it as Ctrl and C would; return what more it printed and what it complained of."""
        if self.process.poll() is None:
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        try:
            return self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    @property
    def address(self) -> str:
        """Return the app's address, without a key."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(self, path: str, *, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        """Send one request as it stands (no redirect is followed) and return the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body=body, headers=named)
            return Answer(line.getresponse())
        finally:
            line.close()

    def come_in(self) -> str:
        """Use a fresh link; return the Cookie header of the session."""
        self.new_link()
        got = self.ask(urlsplit(self.link).path)
        assert got.status == 302, got.text
        return got.headers["Set-Cookie"].split(";")[0]
