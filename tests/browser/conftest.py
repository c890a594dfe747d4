"""Pages of a real Chromium that fail their test on a script error or a foreign request."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from couple import settle

import browsers
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Page

OWN_HOSTS = {"127.0.0.1", "localhost", "::1", None}  # None: data:, blob: and about: have no host


@pytest.fixture
def new_page(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Return `new_page(**context options)`: a page of its own, watched while it is open."""

    @contextmanager
    def opened(**options: object) -> Iterator[Page]:
        settings: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(browsers.PATIENCE)
        errors: list[str] = []
        asked: list[str] = []
        context.on("weberror", lambda found: errors.append(str(found.error)))
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.on("websocket", lambda socket: asked.append(socket.url))
        try:
            yield page
        finally:
            context.close()
        foreign = sorted({url for url in asked if urlsplit(url).hostname not in OWN_HOSTS})
        assert not errors, f"scripts failed on the page: {errors}"
        assert not foreign, f"the page asked other hosts: {foreign}"

    return opened


@pytest.fixture
def browser_page(new_page: Callable[..., AbstractContextManager[Page]]) -> Iterator[Page]:
    """Return a page of 1280 by 900 in a context of its own."""
    with new_page() as page:
        yield page


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server on a journal of two names without a passphrase, for the tests of a module."""
    home = tmp_path_factory.mktemp("home")
    settle(home, sealed=False)
    with Server(home) as started:
        yield started
