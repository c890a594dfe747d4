"""What a stranger on this machine meets, route by route, and what one session meets of another."""

from __future__ import annotations

import itertools
import json
import re
import statistics
import threading
import time

import nbformat
import pytest

from outside import gone, kernels, wait_until
from serving import Server, Stock, notebook
from test_app import LOCKED, channels, open_page, request, shut

CANARY = "the words of a person"
ROUTES = """
from evenground.app import server
made = server.EvenGround.routes
def noted(self, settings):
    found = made(self, settings)
    (self.home / "routes").write_text("\\n".join(route[0] for route in found))
    return found
server.EvenGround.routes = noted
"""
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
# What a piece of a route's pattern stands for.
SAMPLES = (
    (r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)", "{kernel}"),
    (r"((?!06_)\w+\.ipynb)", "00_start.ipynb"),
    (r"([\w-]+)", "guess"),
    (r"(.*)", "voila.js"),
    ("/?", ""),
    (r"\.", "."),
)
OPEN = {"/in", "/blank"}


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    cell = f"import ipywidgets\nipywidgets.Label({CANARY!r})"
    nbformat.write(notebook(f"# Start\n\n{CANARY}", cell), folder / "00_start.ipynb")
    (folder / "chart.svg").write_text(f"<svg>{CANARY}</svg>")
    return folder


@pytest.fixture(scope="module")
def server(notebooks, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    (home / "moments.csv").write_text(CANARY)
    with Server(home, "--notebooks", str(notebooks), before=ROUTES) as started:
        yield started


@pytest.fixture(scope="module")
def stock(notebooks):
    with Stock(notebooks) as started:
        yield started


def addresses(server, kernel):
    """Return an address for each route there is; a new kind of route fails here."""
    found = []
    for pattern in (server.home / "routes").read_text().split("\n"):
        path = pattern
        for piece, sample in SAMPLES:
            path = path.replace(piece, sample)
        path = path.format(kernel=kernel)
        assert re.fullmatch(pattern, path), f"say what {pattern} stands for"
        found.append(path)
    return found


def test_no_route_lets_a_stranger_in_by_any_method_or_socket(server):
    """W1: with a kernel running, whose id the stranger knows."""
    cookie = server.come_in()
    _, kernel = open_page(server, cookie)
    before = set(kernels(server))
    own = {"Origin": server.address}  # a stranger can say so
    wrong = []
    for path, method in itertools.product(addresses(server, kernel), METHODS):
        for more in ({}, UPGRADE, own) if method in {"GET", "POST"} else ({}, own):
            got = server.ask(path, method=method, **more)
            fine = got.status in LOCKED or (path in OPEN and (method, got.status) == ("GET", 200))
            if not fine or CANARY in got.text:
                wrong.append((path, method, got.status))
    assert wrong == []
    assert set(kernels(server)) <= before
    assert shut(server, cookie, kernel) == 204


def test_stock_voila_shows_strangers_all_that(stock):
    """The control of W1, W2, W4 and W9: files, pages, kernels and foreign names, for anybody."""
    assert CANARY in stock.ask("/voila/files/chart.svg").text
    before = len(kernels(stock))
    got = stock.ask("/voila/render/00_start.ipynb", Host="evil.example")
    assert got.status == 200
    assert CANARY in got.text
    assert len(kernels(stock)) > before
    kernel = re.search(r'"kernelId": ?"([\w-]+)"', got.text)[1]
    assert stock.ask(f"/api/kernels/{kernel}").status == 200


def test_stock_voila_keeps_the_kernel_of_a_page_that_is_closed(stock):
    """The control of P4: its beacon is refused."""
    got = stock.ask("/voila/render/00_start.ipynb")
    kernel = re.search(r'"kernelId": ?"([\w-]+)"', got.text)[1]

    assert stock.ask(f"/voila/api/shutdown/{kernel}", method="POST").status == 403


def test_none_of_ten_sessions_reaches_the_kernel_of_another(server):
    """W4: all pairs, with the ids known."""
    before = set(kernels(server))
    cookies = [server.come_in() for _ in range(10)]
    owned = {cookie: open_page(server, cookie)[1] for cookie in cookies}
    assert len(set(owned.values())) == 10
    wrong = []
    for cookie, (other, kernel) in itertools.product(cookies, owned.items()):
        if cookie == other:
            continue
        for path in (f"/api/kernels/{kernel}", f"/api/kernels/{kernel}/channels"):
            got = server.ask(path, Cookie=cookie, Origin=server.address, **UPGRADE)
            wrong += [(path, got.status)] if got.status != 404 else []
        wrong += ["ended"] if shut(server, cookie, kernel) != 404 else []
    assert wrong == []
    for cookie, kernel in owned.items():
        assert server.ask(f"/api/kernels/{kernel}", Cookie=cookie).status == 200
        assert shut(server, cookie, kernel) == 204
    assert wait_until(lambda: set(kernels(server)) <= before)


def test_a_flood_of_strangers_starts_no_kernel_and_keeps_nobody_waiting(server):
    """W9: 500 requests and wrong links at once, 50 sessions, and a reader who goes on."""
    cookies = [server.come_in() for _ in range(50)]
    before = set(kernels(server))
    paths = ["/", "/voila/render/00_start.ipynb", "/in", "/api/kernels", "/help"]
    answered, took = [], []

    def knock(number):
        for n in range(50):
            began = time.monotonic()
            answered.append(server.ask(paths[(number + n) % len(paths)]).status)
            took.append(time.monotonic() - began)

    knocking = [threading.Thread(target=knock, args=(number,)) for number in range(10)]
    guessing = [
        threading.Thread(target=lambda: server.ask("/in/guess"), daemon=True) for _ in range(20)
    ]
    for thread in (*guessing, *knocking):
        thread.start()
    waited = []
    while any(thread.is_alive() for thread in knocking):
        began = time.monotonic()
        assert server.ask("/help", Cookie=cookies[0]).status == 200
        waited.append(time.monotonic() - began)
    for thread in (*knocking, *guessing):
        thread.join()

    assert len(answered) == 500
    assert set(answered) <= {200, 302}
    assert set(kernels(server)) <= before
    # On a machine that is busy with other things, no longer than those who knock.
    assert statistics.median(waited) < max(0.5, 2 * statistics.median(took))


def test_a_page_whose_browser_died_does_not_keep_its_kernel(notebooks, tmp_path):
    """P4: no beacon comes; the line is closed and not taken up again."""
    sooner = "from evenground.app import line; line.UNREACHED = 0.5"
    with Server(tmp_path, "--notebooks", str(notebooks), before=sooner) as server:
        cookie = server.come_in()
        _, kernel = open_page(server, cookie)
        (process,) = kernels(server)
        headers = {"Cookie": cookie, "Origin": server.address}
        heard = channels(server, kernel, headers, request("kernel_info_request"))
        assert any("kernel_info_reply" in json.dumps(one) for one in heard)

        assert gone(process)
        assert server.ask(f"/api/kernels/{kernel}", Cookie=cookie).status == 404
