"""Pages that have a process and no kernel: what reaches it, what does not, and when it is gone."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from evenground.app import kernels, light
from evenground.app.inside import plain
from outside import READY, below, gone, hang_up, wait_until
from serving import Server, notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pages are forked on Linux only")

PAGE = "/voila/render/00_start.ipynb"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("home")) as started:
        yield started


@pytest.fixture(scope="module")
def cookie(server):
    return server.come_in()


class Opened:
    """A page as a browser has it: its models, and the line to its process."""

    def __init__(self, server, cookie, page=PAGE):
        before = set(processes(server))
        self.server, self.cookie = server, cookie
        self.got = server.ask(page, Cookie=cookie)
        self.key = re.search(r'"kernelId": "([\w-]+)"', self.got.text)[1]
        (self.process,) = set(processes(server)) - before
        found = re.findall(r'class="eg-models"[^>]*>(.*?)</script>', self.got.text, re.DOTALL)
        self.models = {key: model for one in found for key, model in json.loads(one).items()}

    @property
    def room(self):
        (key,) = (key for key, model in self.models.items() if model["place"] == "room")
        return key

    def line(self, cookie=""):
        url = f"ws://{self.server.host}/api/kernels/{self.key}/line"
        own = {"Cookie": cookie or self.cookie, "Origin": self.server.address}
        return websocket_connect(HTTPRequest(url, headers=own))

    def close(self):
        own = {"Cookie": self.cookie, "Origin": self.server.address}
        path = f"/voila/api/shutdown/{self.key}"
        assert self.server.ask(path, method="POST", **own).status == 204


def processes(server):
    return below(server, lambda one: one.name() in {"evenground-page", "ipykernel"})


def message(kind, **content):
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "s", "version": "5.3"}
    return json.dumps({"channel": "shell", "header": header, "metadata": {}, "content": content})


def custom(model, **content):
    return message("comm_msg", comm_id=model, data={"method": "custom", "content": content})


async def heard(line):
    return json.loads(await asyncio.wait_for(line.read_message(), READY))["content"]["data"]


def test_a_page_of_the_workbook_has_a_process_and_no_kernel(server, cookie):
    page = Opened(server, cookie)

    assert page.process.name() == "evenground-page"
    assert wait_until(lambda: page.process.num_threads() == 2)
    assert len(page.models) > 5
    page.close()
    assert gone(page.process)


def test_what_is_sent_to_a_widget_is_answered(server, cookie):
    page = Opened(server, cookie)

    async def ask():
        line = await page.line()
        await line.write_message(custom(page.room, type="ping", n=7))
        said = await heard(line)
        await hang_up(line)
        return said["content"]

    assert asyncio.run(ask()) == {"type": "pong", "n": 7, "left": None}
    page.close()


def test_a_press_does_not_wait_for_the_cells_that_are_still_to_run(tmp_path):
    cells = ["from evenground import steps", 'steps.open_page("start")']
    gates = [tmp_path / "second", tmp_path / "third"]
    for gate in gates:
        os.mkfifo(gate)
        cells.append(f"open({str(gate)!r}).read()")  # until somebody opens its other end
    ours, theirs = socket.socketpair()
    be = f"inside.main(socket.socket(fileno={theirs.fileno()}), {{'cells': {cells!r}}})"
    page = subprocess.Popen(
        [sys.executable, "-c", f"import socket; from evenground.app import inside; {be}"],
        pass_fds=[theirs.fileno()],
        env={**os.environ, "EVENGROUND_HOME": str(tmp_path / "home")},
    )
    theirs.close()
    ours.settimeout(60)
    with ours, ours.makefile() as said:
        try:
            told = [json.loads(said.readline()) for _ in range(2)]
            (room,) = told[1]["cell"]["models"]
            ours.sendall(f"{custom(room, type='ping', n=1)}\n".encode())
            gates[0].open("w").close()
            # Heard before this cell or after it, and in any event before the last one.
            told = [json.loads(said.readline()) for _ in range(2)]
            gates[1].open("w").close()

            (answer,) = (one["content"] for one in told if "header" in one)
            assert answer["data"]["content"]["type"] == "pong"
            assert "cell" in json.loads(said.readline())
            assert json.loads(said.readline()) == {"whole": True}
        finally:
            page.kill()
            page.wait()


def test_nothing_that_comes_down_the_line_is_run(server, cookie):
    page = Opened(server, cookie)
    mark = server.home / "run"

    async def ask():
        line = await page.line()
        code = f"open({str(mark)!r}, 'w')"
        for kind in ("execute_request", "shutdown_request", "interrupt_request"):
            await line.write_message(message(kind, code=code, silent=False))
        await line.write_message("no message\nat all")
        await line.write_message(custom(page.room, type="ping", n=1))
        said = await heard(line)
        await hang_up(line)
        return said["content"]["type"]

    assert asyncio.run(ask()) == "pong"  # all before it were read
    assert not mark.exists()
    page.close()


def test_a_session_reaches_no_page_of_another(server, cookie):
    page = Opened(server, cookie)
    other = server.come_in()

    with pytest.raises(HTTPClientError, match="404"):
        asyncio.run(line_of(page, other))
    own = {"Cookie": other, "Origin": server.address}
    path = f"/voila/api/shutdown/{page.key}"
    assert server.ask(path, method="POST", **own).status == 404
    assert page.process.is_running()
    page.close()


async def line_of(page, cookie=""):
    return await page.line(cookie)


def test_a_page_whose_process_died_is_told_and_leaves_nothing(server, cookie):
    page = Opened(server, cookie)

    async def ask():
        line = await page.line()
        page.process.kill()
        while await asyncio.wait_for(line.read_message(), READY) is not None:
            pass  # what was on its way
        line.close()

    asyncio.run(ask())  # the line closed
    assert gone(page.process)
    with pytest.raises(HTTPClientError, match="404"):
        asyncio.run(line_of(page))


def test_leaving_ends_the_pages_of_the_session(server):
    cookie = server.come_in()
    pages = [Opened(server, cookie), Opened(server, cookie)]
    server.ask("/leave", method="POST", Cookie=cookie, Origin=server.address)

    assert gone(*(page.process for page in pages))


@pytest.mark.parametrize("leaves", [True, False], ids=["left", "closed"])
def test_a_page_that_is_busy_ends_within_five_seconds(server, leaves):
    cookie = server.come_in()
    page = Opened(server, cookie)
    page.process.suspend()  # as busy as it gets: it hears nothing at all
    if leaves:
        server.ask("/leave", method="POST", Cookie=cookie, Origin=server.address)
    else:
        page.close()

    assert gone(page.process)
    assert kernels.LAST_WORDS + light.GRACE < 5


def test_a_page_that_nobody_takes_up_again_ends(tmp_path):
    quick = "from evenground.app import light, line; light.UNTAKEN = line.UNREACHED = 0.2"
    with Server(tmp_path, before=quick) as server:
        page = Opened(server, server.come_in())

        async def drop():
            line = await page.line()
            await line.write_message(custom(page.room, type="ping", n=1))
            await heard(line)
            await hang_up(line)

        asyncio.run(drop())
        assert gone(page.process)


def test_no_page_outlives_a_server_that_is_killed(tmp_path):
    with Server(tmp_path) as server:
        page = Opened(server, server.come_in())
        left = psutil.Process(server.process.pid).children(recursive=True)
        assert page.process in left
        server.kill()

    assert gone(*left)


def test_the_limit_counts_pages_without_a_kernel(tmp_path):
    few = "import os; os.environ['EVENGROUND_PAGES'] = '1'"
    with Server(tmp_path, before=few) as server:
        cookie = server.come_in()
        page = Opened(server, cookie)

        assert server.ask(PAGE, Cookie=cookie).status == 503
        page.close()
        assert gone(page.process)
        Opened(server, cookie)


def test_the_limit_holds_for_pages_that_are_asked_for_at_once(tmp_path):
    few = "import os; os.environ['EVENGROUND_PAGES'] = '2'"
    with Server(tmp_path, before=few) as server, ThreadPoolExecutor(6) as browsers:
        cookie = server.come_in()
        got = list(browsers.map(lambda _: server.ask(PAGE, Cookie=cookie).status, range(6)))

        assert sorted(got) == [200, 200, 503, 503, 503, 503]
        assert len(processes(server)) == 2


def test_no_more_pages_are_opened_than_memory_holds(monkeypatch):
    monkeypatch.setenv("EVENGROUND_PAGES", "1000")
    monkeypatch.setattr(kernels, "_memory", lambda: 2 * kernels.EACH)

    assert not kernels.full(["one"])
    assert kernels.full(["one", "two"])


def test_a_cell_that_fails_is_told_on_the_page_and_none_is_run_after_it(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    cells = ("# Start", "from evenground import steps", "steps.nothing()", "steps.start.names()")
    nbformat.write(notebook(*cells), folder / "00_start.ipynb")
    with Server(tmp_path / "home", "--notebooks", str(folder)) as server:
        page = Opened(server, server.come_in())

        assert page.process.name() == "evenground-page"
        assert page.got.text.count("eg-failed") == 1
        assert page.models == {}
        assert "AttributeError" not in page.got.text


@pytest.mark.parametrize(
    "code",
    [
        "from evenground import steps",
        'from evenground import steps\nsteps.open_page("start")',
        "steps.review.agenda()",
        "steps.review.lines(size=3)",
    ],
)
def test_cells_of_the_workbook_need_no_kernel(code):
    assert plain(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "%pip list",
        "import os",
        "from evenground import scratch",
        "steps.review.lines(open('x'))",
        "steps.review",
        "other.review.lines()",
        "found = steps.review.lines()",
    ],
)
def test_any_other_cell_has_a_kernel(code):
    assert not plain(code)
