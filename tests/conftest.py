"""Every test has a home of its own: none can touch the journal of whoever runs it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from playwright.sync_api import expect, sync_playwright

import browsers
from evenground.steps import desk as desks
from two_people import Couple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

expect.set_options(timeout=browsers.PATIENCE)
# What is tried at random here is the same each time; `make proof` tries something else each time.
settings.register_profile("tests", derandomize=True, database=None)
settings.load_profile("tests")

# No day ends while the tests run, many of which look at today more than once: late in the evening
# they run where it is noon.
if hasattr(time, "tzset") and time.localtime().tm_hour >= 20:
    os.environ["TZ"] = f"Etc/GMT{time.gmtime().tm_hour - 12:+d}"
    time.tzset()


@pytest.fixture(scope="session", autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what programs leave in a user's data folder out of that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which this test keeps its journal; nobody is writing yet."""
    folder = tmp_path / "journal"
    monkeypatch.setenv("EVENGROUND_HOME", str(folder))
    for name in ("EVENGROUND_WHO", "EVENGROUND_SITTING"):
        monkeypatch.delenv(name, raising=False)
    # Kernels and Jupyter have settings and a history in the user's own home: not those, either.
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "jupyter"))
    return folder


@pytest.fixture
def couple(home: Path) -> Iterator[Couple]:
    """Return two people at one open page, without a browser."""
    yield Couple(home)
    desks.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one headless browser for all tests of the run."""
    with sync_playwright() as playwright:
        started = browsers.launch(playwright)
        yield started
        started.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: Playwright keeps an event loop running in this thread."""
    items.sort(key=lambda item: bool({"browser", "hub"} & set(item.path.parts)))
