"""What is private is found nowhere in plain text: not on disk, not in the browser's own files."""

from __future__ import annotations

import base64
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

import browsers
from browser.walk import PHRASES, Walk
from evenground.journal import Journal
from evenground.records.acknowledge import Acknowledgement, Moment
from evenground.records.start import Person
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]


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


@pytest.mark.parametrize("end", ["left", "killed"])
def test_canaries_in_private_boxes_are_nowhere_on_disk(home: Path, user: Path, end: str):
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    journal.set_passphrase("a", PHRASES["Sam"])
    began = time.time()
    with sync_playwright() as playwright, Server(home) as server:
        alone = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch_persistent_context(
            user / "profile", executable_path=browsers.find(), args=[*browsers.ARGS, *alone]
        )
        page = browser.pages[0]
        page.goto(server.link)
        walk = Walk(page, server.address)
        walk.part("01_acknowledge")
        walk.sit("Sam")
        written = fill(page, walk)
        walk.section("moments")
        walk.press("Keep this moment")
        walk.see("Your moments")
        if end == "killed":
            server.process.kill()
        else:
            page.locator("#eg-leave").click()
            expect(page.locator("#eg-header")).to_have_count(0)
        browser.close()
        said = server.stop()

    assert written >= 8
    assert CANARY not in "".join(said)
    temporary = Path("/tmp")  # where sockets go, whatever TMPDIR says
    recent = [
        path
        for path in temporary.glob("*")
        if path.is_dir() and path != user and path.stat().st_mtime >= began
    ]
    places = [home, user, Path(__file__).parents[1] / "workbook"]
    assert found(CANARY, *places) == []
    assert found(PHRASES["Sam"], *places) == []
    assert [path for path in recent if path.name.startswith("eg") and found(CANARY, path)] == []
    journal.unlock("a", PHRASES["Sam"])
    kept = journal.entries(Moment, reader="a") + journal.entries(Acknowledgement, reader="a")
    assert any(CANARY in str(entry.record) for entry in kept)
    assert all(entry.sealed for entry in kept)
