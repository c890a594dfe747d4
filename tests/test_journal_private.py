"""What is private is found nowhere in plain text: not on disk, not in the browser's own files."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zmq
from playwright.sync_api import expect, sync_playwright

import browsers
from browser.walk import PHRASES, Walk
from evenground.journal import Journal
from evenground.records.acknowledge import Acknowledgement, Moment
from evenground.records.start import Person
from outside import below, contents
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psutil
    from playwright.sync_api import Page

KEPT = re.compile(r"^(Saved \d\d:\d\d|Kept on this page only)$")
CANARY = "qxkanarievogelzebrafink"


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the home of a user of this machine, with all that programs keep in it."""
    folder = Path(tempfile.mkdtemp(prefix="eg"))  # a short path: sockets are below it
    for name in ("TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        (folder / name).mkdir()
        monkeypatch.setenv(name, str(folder / name))
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def found(words: str, *folders: Path) -> list[str]:
    """Return the files that hold some words, as UTF-8, UTF-16 or base64."""
    forms = [words.encode(), words.encode("utf-16-le")]
    for pad in ("", "x", "xx"):
        coded = base64.b64encode(f"{pad}{words}".encode()).decode()
        forms.append(coded[4 : len(coded) - 4].encode())
    return [str(p) for p, held in contents(*folders) if any(form in held for form in forms)]


def fill(page: Page, walk: Walk) -> int:
    """Write a canary into every box of the part that is open; return how many there were."""
    count = 0
    for slug in page.locator("section.eg-section").evaluate_all(
        "all => all.map(one => one.id).filter(id => id)"
    ):
        walk.section(slug)
        boxes = page.locator(f"section[id='{slug}'] :is(textarea, input[type=text]):visible")
        for number in range(boxes.count()):
            count += 1
            boxes.nth(number).fill(f"{CANARY}{count} é")
            boxes.nth(number).blur()
            # On the path for one person words are not stored at all, and the header says so.
            expect(page.locator("#eg-saved")).to_have_text(KEPT)
    return count


class Ear:
    """What a program on the same machine hears of a kernel, with its key or without."""

    def __init__(self, connection: Path, *, keyed: bool) -> None:
        told = json.loads(connection.read_bytes())
        self.socket = zmq.Context.instance().socket(zmq.SUB)
        self.socket.rcvhwm = 0
        self.socket.linger = 0
        if keyed and "curve_publickey" in told:
            self.socket.curve_serverkey = told["curve_publickey"].encode()
            self.socket.curve_publickey, self.socket.curve_secretkey = zmq.curve_keypair()
        self.socket.subscribe(b"")
        self.socket.connect(f"tcp://{told['ip']}:{told['iopub_port']}")

    def heard(self) -> bytes:
        """Return all that came, and listen no more."""
        parts = []
        while self.socket.poll(0):
            parts += self.socket.recv_multipart()
        self.socket.close()
        return b"".join(parts)


@pytest.fixture
def journal(home: Path) -> Journal:
    """Return the journal of two people, one of whom has a passphrase."""
    made = Journal(home)
    made.add(Person(name="Sam"), author="a")
    made.add(Person(name="Alex"), author="b")
    made.set_passphrase("a", PHRASES["Sam"])
    return made


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """Give a page of a browser that keeps its files in a folder."""
    alone = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            profile, executable_path=browsers.find(), args=[*browsers.ARGS, *alone]
        )
        yield browser.pages[0]
        browser.close()


def reached(process: psutil.Process) -> bool:
    """Return whether a process has a socket that somebody could connect to."""
    return any(line.laddr for line in process.net_connections(kind="all"))


def look(journal: Journal, user: Path, said: tuple[str, str], *, since: float) -> None:
    """Look for the canaries in all that was left, and in the journal with its key."""
    assert CANARY not in "".join(said)
    recent = []
    for path in Path("/tmp").glob("eg*"):  # where sockets go, whatever TMPDIR says
        with suppress(FileNotFoundError):  # that of another test, which has just ended
            if path.is_dir() and path != user and path.stat().st_mtime >= since:
                recent.append(path)
    places = [journal.home, user, Path(__file__).parents[1] / "workbook"]
    assert found(CANARY, *places) == []
    assert found(PHRASES["Sam"], *places) == []
    assert [path for path in recent if found(CANARY, path)] == []
    journal.unlock("a", PHRASES["Sam"])
    kept = journal.entries(Moment, reader="a") + journal.entries(Acknowledgement, reader="a")
    assert any(CANARY in str(entry.record) for entry in kept)
    assert all(entry.sealed for entry in kept)


def test_a_canary_is_found_in_every_form(tmp_path: Path):
    """The control: this is how it would look if one were left."""
    left = [CANARY.encode(), CANARY.encode("utf-16-le"), base64.b64encode(f"x {CANARY}".encode())]
    for number, form in enumerate(left):
        (tmp_path / f"{number}").write_bytes(b"x" * number + form + b"y")
    assert len(found(CANARY, tmp_path)) == 3
    assert found(CANARY[::-1], tmp_path) == []


@pytest.mark.parametrize("end", ["left", "killed"])
def test_canaries_in_private_boxes_are_nowhere_on_disk(journal: Journal, user: Path, end: str):
    """P1, and P7: the processes behind the pages have no socket that anybody could connect to."""
    began = time.time()
    with chromium(user / "profile") as page, Server(journal.home) as server:
        page.goto(server.link)
        walk = Walk(page, server.address)
        walk.part("01_acknowledge")
        walk.sit("Sam")
        written = fill(page, walk)
        walk.section("moments")
        walk.press("Keep this moment")
        walk.see("Your moments")
        assert below(server, lambda one: one.is_running())
        assert below(server, reached) == []
        if end == "killed":
            server.process.kill()
        else:
            page.locator("#eg-leave").click()
            expect(page.locator("#eg-header")).to_have_count(0)
        page.context.close()
        said = server.stop()

    assert written >= 8
    look(journal, user, said, since=began)


# The notebooks are the reader's own in JupyterLab; here they are a copy of the user's.
COPY = """
import os, shutil
from pathlib import Path
from evenground.app import lab, places
own = Path(os.environ["HOME"]) / "workbook"
shutil.copytree(places.workbook(), own, ignore=shutil.ignore_patterns(".*"))
lab.notebooks = lambda: own
"""


def test_canaries_in_jupyterlab_are_nowhere_on_disk_nor_heard(journal: Journal, user: Path):
    """P1 and P7: its kernels have sockets, and whoever listens without the key hears nothing."""
    began = time.time()
    server = Server(journal.home, command=("lab",), before=COPY)
    with chromium(user / "profile") as page, server:
        page.set_default_timeout(60_000)
        page.goto(server.link.replace("00_start", "01_acknowledge"))
        page.get_by_text("Python 3 | Idle").wait_for()
        (connection,) = user.rglob("kernel-*.json")
        stranger, keyed = Ear(connection, keyed=False), Ear(connection, keyed=True)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        views = page.locator(".eg-view")
        views.get_by_role("button", name="Sam").first.click()
        page.locator("input[type=password]:visible").first.fill(PHRASES["Sam"])
        page.get_by_role("button", name="Open my page").first.click()
        boxes = views.locator(":is(textarea, input[type=text]):visible")
        boxes.first.wait_for()
        written = boxes.count()
        for number in range(written):
            boxes.nth(number).fill(f"{CANARY}{number} é")
            boxes.nth(number).blur()
        views.get_by_role("button", name="Keep this moment").click()
        page.get_by_text("Your moments").first.wait_for()
        with page.expect_response(lambda got: "/checkpoints" in got.url):
            page.get_by_role("menuitem", name="File", exact=True).click()
            page.get_by_text("Save Notebook", exact=True).click()
        page.context.close()
        assert CANARY.encode() in keyed.heard()  # the control: there was something to be heard
        assert stranger.heard() == b""
        said = server.stop()

    assert written >= 8
    assert list(user.glob("workbook/.ipynb_checkpoints/*"))
    look(journal, user, said, since=began)
