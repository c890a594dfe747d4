"""The browser that the tests drive: an installed Chrome or Chromium, else Playwright's own.

Run as a program it prints the browser's path, or says what to install and ends with 1.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)

# Asked in a process of its own: Playwright lets only one of it run in a thread.
OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

PATIENCE = 60_000  # milliseconds: a machine that is busy with other things is waited for
# Where leaving leads to: a page of ours, or the browser's own when a busy server does not answer.
BLANK = re.compile(r"(/|:)blank$")

# A browser that looks for updates asks other hosts, and the tests let no page do that.
ARGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    # A name of this machine that a browser does not take for this machine, as a phone would not.
    "--host-resolver-rules=MAP room.test 127.0.0.1",
    "--no-first-run",
)


class NoBrowserError(Exception):
    """No browser that starts was found on this machine."""


@cache
def find() -> Path:
    """Return the path of a browser that starts; NoBrowserError when there is none."""
    for place in _candidates():
        if place.is_file() and _starts(place):
            return place
    raise NoBrowserError("no Chrome or Chromium was found. Install one, or run `make test`.")


def launch(playwright: Playwright, *more: str) -> Browser:
    """Return a headless browser, started; `more` are options of its command."""
    # Chromium's own sandbox does not start for root, which is who runs tests in a container.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=find(), args=[*ARGS, *alone, *more])


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("EVENGROUND_BROWSER"):
        yield Path(chosen)
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from map(Path, PLACES)
    asked = subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True, check=False)
    if asked.returncode == 0:
        yield Path(asked.stdout.strip())


def _starts(place: Path) -> bool:
    # Windows opens a window for --version, and there a file of that name is the browser.
    if sys.platform == "win32":
        return True
    said = subprocess.run([place, "--version"], capture_output=True, check=False, timeout=60)
    return said.returncode == 0


if __name__ == "__main__":
    try:
        print(find())
    except NoBrowserError as error:
        sys.exit(str(error))
