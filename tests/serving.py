"""The app as a program of its own, for tests that meet it from outside."""

from __future__ import annotations

import http.client
import os
import signal
import ssl
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import nbformat

from outside import READY, free_port

if TYPE_CHECKING:
    from pathlib import Path

# Whoever runs the tests in the background has told them, and so the app, to ignore Ctrl and C.
HEEDS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


def notebook(*cells: str) -> nbformat.NotebookNode:
    """Return a notebook of cells; one that begins with a heading is prose."""
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}}
    )
    for number, cell in enumerate(cells):
        kind = nbformat.v4.new_markdown_cell if cell.startswith("#") else nbformat.v4.new_code_cell
        made.cells.append(kind(cell, id=f"cell{number}"))
    return made


class Answer:
    """What came back: a status, headers that can be asked in any case, and a body."""

    def __init__(self, got: http.client.HTTPResponse) -> None:
        self.status = got.status
        self.headers = got.headers
        self.body = got.read()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def tls(port: int, path: str, *, method: str = "GET", body: Any = None, **headers: str) -> Answer:
    """Send one request to a shared address of this machine, whose certificate nobody signed."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=trusting)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body=body, headers=named)
        return Answer(line.getresponse())
    finally:
        line.close()


class Server:
    """`evenground --no-browser --port 0 --home HOME`, started; `with Server(home) as server:`."""

    def __init__(
        self, home: Path, *more: str, command: tuple[str, ...] = (), before: str = ""
    ) -> None:
        self.home = home
        code = f"{HEEDS}\n{before}\nfrom evenground.app.command import main; main()"
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
            # JupyterLab hears Ctrl and C only at a terminal; elsewhere a callback may swallow it.
            gently = os.name == "nt" or "lab" in self._argv
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM if gently else signal.SIGINT)
        try:
            return self.process.communicate(timeout=READY)
        except subprocess.TimeoutExpired:
            self.kill()
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

    def kill(self) -> None:
        """End it as a cut of the power would, with no time to say anything."""
        self.process.kill()
        self.process.communicate(timeout=READY)

    def come_in(self) -> str:
        """Use a fresh link; return the Cookie header of the session."""
        self.new_link()
        got = self.ask(urlsplit(self.link).path)
        assert got.status == 302, got.text
        return got.headers["Set-Cookie"].split(";")[0]


class Stock(Server):
    """Voila as it comes, on a folder of notebooks: the control of what the app is to do better."""

    def __init__(self, notebooks: Path, *more: str) -> None:
        super().__init__(notebooks)
        self.port = free_port()
        where = ["--no-browser", f"--port={self.port}", f"--Voila.root_dir={notebooks}"]
        self._argv = [sys.executable, "-m", "voila", *where, *more]

    def start(self) -> None:
        """Start it and wait until it says that it is there."""
        self.process = subprocess.Popen(
            self._argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "EVENGROUND_HOME": str(self.home)},
        )
        log = self.process.stderr
        assert log is not None
        heard = []
        for line in log:
            heard.append(line)
            if f":{self.port}/" in line:
                break
        else:
            raise AssertionError("".join(heard))
        self._rest = threading.Thread(target=log.read, daemon=True)
        self._rest.start()

    def stop(self) -> tuple[str, str]:
        """End it."""
        self.process.terminate()
        self._end()
        return "", ""

    def kill(self) -> None:
        """End it as a cut of the power would."""
        self.process.kill()
        self._end()

    def _end(self) -> None:
        self.process.wait(timeout=READY)
        self._rest.join()
        assert self.process.stderr is not None
        self.process.stderr.close()
