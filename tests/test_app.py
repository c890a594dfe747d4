"""The app from outside: what its command prints, and what its door lets through."""

from __future__ import annotations

import asyncio
import html
import http.client
import itertools
import json
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from evenground.app import kernels as waits
from evenground.app import lab
from evenground.app import server as app
from evenground.content import words
from outside import READY, gone, hang_up, kernels
from serving import Server, notebook

TELL = """
import json, os, pathlib
told = {"cwd": os.getcwd(), "pid": os.getpid(), "env": dict(os.environ)}
pathlib.Path(os.environ["EVENGROUND_HOME"], "told.json").write_text(json.dumps(told))
"""
WORDS = "the words of a person"
PAGE = "/voila/render/00_start.ipynb"
LOCKED = {302, 401, 403, 404}  # what a stranger gets, and nothing else


def run(*arguments, before=""):
    code = f"{before}\nfrom evenground.app.command import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=READY,
        check=False,
    )


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    told = notebook("# Start", TELL, "## Two names", "import ipywidgets\nipywidgets.Label('x')")
    failing = notebook("# Acknowledge", f"raise RuntimeError({WORDS!r})", "## More")
    nbformat.write(told, folder / "00_start.ipynb")
    nbformat.write(failing, folder / "01_acknowledge.ipynb")
    (folder / "chart.svg").write_text("<svg>canary</svg>")
    (folder / "notes.csv").write_text("canary")
    return folder


@pytest.fixture(scope="module")
def server(notebooks, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with Server(home, "--notebooks", str(notebooks)) as started:
        yield started
        said, complained = started.stop()
    assert said == ""
    assert WORDS not in complained
    assert "/in/" not in complained
    assert "Traceback" not in complained


@pytest.fixture(scope="module")
def cookie(server):
    return server.come_in()


def open_page(server, cookie, page=PAGE):
    got = server.ask(page, Cookie=cookie)
    found = re.search(r'"kernelId": "([\w-]+)"', got.text)
    return got, found and found[1]


def told(server):
    return json.loads((server.home / "told.json").read_text())


def shut(server, cookie, kernel):
    own = {"Cookie": cookie, "Origin": server.address}
    return server.ask(f"/voila/api/shutdown/{kernel}", method="POST", **own).status


# The command


def test_version_is_told_without_importing_the_server():
    code = "import evenground.app.command, sys; print('voila' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
    assert run("--version").stdout.startswith("evenground 0.")


def test_the_link_stands_alone_on_its_line(server):
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/in/[\w-]{22,}", server.link)


def test_a_port_in_use_is_said_in_words(server, tmp_path):
    found = run("--no-browser", "--home", str(tmp_path), "--port", str(server.port))

    assert found.returncode == 1
    assert found.stdout == ""
    assert "is in use" in found.stderr
    assert "Traceback" not in found.stderr


def test_the_app_listens_on_loopback_only(server):
    listening = [
        line.laddr.ip
        for line in psutil.Process(server.process.pid).net_connections(kind="inet")
        if line.status == psutil.CONN_LISTEN
    ]
    assert listening == ["127.0.0.1"]


# The door


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        PAGE,
        "/help",
        "/leave",
        "/static/page.css",
        "/static/fonts/inter-latin-wght-normal.woff2",
        "/voila/static/voila.js",
        "/voila/templates/lab/static/voila.js",
        "/voila/labextensions/anywidget/package.json",
        "/voila/files/chart.svg",
        "/voila/files/notes.csv",
        "/voila/tree",
        "/voila/api/contents",
        "/voila/api/shutdown/00000000-0000-0000-0000-000000000000",
        "/api/kernels",
        "/api/kernels/00000000-0000-0000-0000-000000000000",
        "/api/kernels/00000000-0000-0000-0000-000000000000/channels",
        "/api/contents",
        "/files/notes.csv",
        "/login",
        "/in/../help",
        "/%2e%2e/etc/passwd",
    ],
)
def test_a_stranger_gets_nothing(server, path, method):
    got = server.ask(path, method=method)

    assert got.status in LOCKED
    assert "canary" not in got.text
    assert got.status != 302 or got.headers["Location"] == "/in"


def test_a_stranger_is_shown_how_to_come_in_and_no_more(server):
    got = server.ask("/in")

    assert got.status == 200
    assert "press Enter" in got.text
    assert "Even Ground" not in got.text


def test_the_blank_page_is_blank_and_open_to_all(server):
    got = server.ask("/blank")

    assert got.status == 200
    assert re.search(r"<body>\s*</body>", got.text)


def test_a_link_works_once_and_becomes_a_session_of_this_browser(server):
    link = server.new_link().split(str(server.port))[1]
    got = server.ask(link)

    assert got.status == 302
    assert got.headers["Location"] == "/"
    cookie = got.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "expires" not in cookie.lower()
    assert "max-age" not in cookie.lower()

    again = server.ask(link)
    assert again.status == 403
    assert "Set-Cookie" not in again.headers
    assert server.ask("/help", Cookie=cookie.split(";")[0]).status == 200


def test_a_new_link_makes_the_printed_one_stale(server):
    first = server.new_link().split(str(server.port))[1]
    second = server.new_link().split(str(server.port))[1]

    assert server.ask(first).status == 403
    assert server.ask(second).status == 302


def test_wrong_links_are_answered_later_and_later(server):
    server.come_in()  # a right one begins anew
    waited = []
    for _ in range(6):
        began = time.monotonic()
        assert server.ask("/in/guess").status == 403
        waited.append(time.monotonic() - began)

    assert waited[4] > 0.9
    assert waited[5] > 1.9
    assert waited[0] < waited[5]


def test_start_is_where_the_root_leads(server, cookie):
    got = server.ask("/", Cookie=cookie)

    assert (got.status, got.headers["Location"]) == (302, PAGE)


FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "127.0.0.1:{port}0",
    "127.0.0.1.evil.example:{port}",
    "127.0.0.2:{port}",
    "127.1:{port}",
    "2130706433:{port}",
    "0x7f.0.0.1:{port}",
    "0.0.0.0:{port}",
    "localhost",
    "localhost.evil.example",
    "localhost.:{port}",
    "evil.example#localhost:{port}",
    "localhost:{port}@evil.example",
    "[::1]",
    "[::ffff:127.0.0.1]:{port}",
    "evil.example, 127.0.0.1:{port}",
    "",
)


@pytest.mark.parametrize("named", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused_with_a_session_and_without(server, cookie, named):
    host = named.format(port=server.port)
    for path in ("/in", "/help", PAGE):
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=READY)
        line.putrequest("GET", path, skip_host=True)
        line.putheader("Host", host)
        line.putheader("Cookie", cookie)
        line.endheaders()
        assert line.getresponse().status in {400, 403}
        line.close()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_a_foreign_origin_is_refused(server, cookie, origin):
    assert server.ask("/help", Cookie=cookie, Origin=origin).status == 403
    assert server.ask("/leave", method="POST", Cookie=cookie, Origin=origin).status == 403


def test_a_post_that_does_not_say_where_it_comes_from_is_refused(server, cookie):
    assert server.ask("/leave", method="POST", Cookie=cookie).status == 403


def test_another_port_of_this_machine_cannot_take_our_scripts(server, cookie):
    other = {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}

    assert server.ask("/static/sections.js", Cookie=cookie, **other).status == 403


@pytest.mark.parametrize("path", ["/in", "/help", "/blank", "/nothing", PAGE, "/static/page.css"])
def test_every_answer_carries_its_guards(server, cookie, path):
    got = server.ask(path, Cookie=cookie)

    policy = got.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert got.headers["Referrer-Policy"] == "no-referrer"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in got.headers
    if not path.startswith("/static"):
        assert got.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/voila/files/chart.svg",
        "/voila/files/notes.csv",
        "/voila/tree",
        "/voila/api/contents",
        "/api/contents",
        "/api/kernels",
        "/api/terminals",
        "/files/notes.csv",
        "/voila/render/../notes.csv",
        "/voila/render/none.ipynb",
        "/static/../index.html.j2",
        "/static/%2e%2e/index.html.j2",
        "/login",
    ],
)
def test_whoever_is_in_finds_no_files_and_no_lists(server, cookie, path):
    got = server.ask(path, Cookie=cookie)

    assert got.status in {403, 404}
    assert "canary" not in got.text
    assert "Traceback" not in got.text


VARIANTS = (
    "..",
    ".",
    "%2e%2e",
    "%2e",
    "%5c",
    "..%2f",
    "%00",
    "\\\\",
    "~",
    "a" * 300,
    "%c0%ae%c0%ae",
)
STEMS = (
    "/voila/files/notes.csv",
    "/voila/files/chart.svg",
    "/voila/static/voila.js",
    "/voila/templates/lab/static/voila.js",
    "/voila/render/00_start.ipynb",
    "/static/page.css",
    "/api/contents/notes.csv",
    "/in",
    "/blank",
)


def variants():
    """Return 5,000 addresses: each stem with each odd piece at each place, and nonsense."""
    found = random.Random(4)
    made = []
    for stem, odd in itertools.product(STEMS, VARIANTS):
        pieces = stem.split("/")[1:]
        places = range(len(pieces) + 1)
        made += ["/" + "/".join([*pieces[:at], odd, *pieces[at:]]) for at in places]
    letters = "abcdefghijklmnopqrstuvwxyz./%_-0123456789"
    while len(made) < 5000:
        stem = found.choice(STEMS)
        at = found.randrange(len(stem))
        made.append(stem[: at or 1] + "".join(found.choices(letters, k=9)) + stem[at:])
    return made


def test_no_way_of_writing_an_address_leads_a_stranger_in(server):
    before = set(kernels(server))
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=READY)
    wrong = []
    for path in variants():
        line.putrequest("GET", path, skip_accept_encoding=True)
        line.endheaders()
        got = line.getresponse()
        body = got.read()
        open_to_all = path in {"/in", "/blank"} or re.fullmatch(r"/in/?", path)
        if b"canary" in body or not (got.status in LOCKED or open_to_all):
            wrong.append((path, got.status))
        if got.headers.get("Connection") == "close":
            line.close()
    line.close()
    assert wrong == []
    assert set(kernels(server)) <= before


def channels(server, kernel, headers, *messages):
    """Open a kernel's line as a page would; return what came back up to the last one's answer."""

    async def talk():
        url = f"ws://{server.host}/api/kernels/{kernel}/channels"
        line = await websocket_connect(HTTPRequest(url, headers=headers))
        for message in messages:
            await line.write_message(json.dumps(message))
        answer = messages[-1]["header"]["msg_type"].replace("_request", "_reply")
        heard = [""]
        while answer not in str(heard[-1]):
            heard.append(await asyncio.wait_for(line.read_message(), READY))
            assert heard[-1] is not None, "the line was closed"
        await hang_up(line)
        return heard

    return asyncio.run(talk())


def request(kind, **content):
    header = {"msg_id": kind, "msg_type": kind, "session": "s", "username": "", "version": "5.3"}
    return {
        "channel": "shell",
        "header": header,
        "parent_header": {},
        "metadata": {},
        "content": content,
    }


@pytest.mark.parametrize(
    ("own", "foreign"), [(False, None), (True, "http://evil.example"), (True, "null")]
)
def test_a_kernels_line_opens_for_its_own_page_only(server, cookie, own, foreign):
    _, kernel = open_page(server, cookie)
    headers = {"Cookie": cookie} if own else {}

    with pytest.raises(HTTPClientError, match="403"):
        channels(server, kernel, {**headers, "Origin": foreign or server.address})
    assert shut(server, cookie, kernel) == 204


def test_whoever_holds_a_session_cannot_run_code(server, cookie):
    _, kernel = open_page(server, cookie)
    mark = server.home / "ran"
    code = f"open({str(mark)!r}, 'w').close()"
    heard = channels(
        server,
        kernel,
        {"Cookie": cookie, "Origin": server.address},
        request("execute_request", code=code, silent=False, user_expressions={"x": code}),
        request("kernel_info_request"),
    )

    assert any("kernel_info_reply" in str(one) for one in heard)  # the line was open
    assert not any("execute_reply" in str(one) for one in heard)
    assert not mark.exists()
    assert shut(server, cookie, kernel) == 204


# The pages


def test_help_needs_no_kernel_and_writes_nothing(server, cookie):
    before = (sorted(server.home.rglob("*")), set(kernels(server)))
    got = server.ask("/help", Cookie=cookie)

    assert got.status == 200
    assert "0808 2000 247" in got.text
    assert "Nobody has rung them" in got.text
    said = words("help")
    for key in ("people.bill", "right.after", "ways.history", "ways.stop_text"):
        assert said[key] in html.unescape(got.text), key
    for key in ("right.signs", "alone.text"):
        assert all(line in html.unescape(got.text) for line in said.lines(key)), key
    assert sorted(server.home.rglob("*")) == before[0]
    assert set(kernels(server)) <= before[1]


def test_a_page_brings_its_prose_at_once_and_tells_its_kernel_what_it_may_know(server, cookie):
    got, kernel = open_page(server, f"{cookie}; who=b", f"{PAGE}?secret=1")

    assert got.status == 200
    assert kernel
    assert got.text.index("Two names") < got.text.index("jupyter-config-data")
    assert "eg-b" in got.text
    said = told(server)
    env = said["env"]
    assert env["EVENGROUND_WHO"] == "b"
    assert env["EVENGROUND_HOME"] == str(server.home)
    assert env["JUPYTER_WIDGETS_ECHO"] == "0"
    assert set(json.loads(env["EVENGROUND_SITTING"])) == {"address", "secret"}
    assert Path(said["cwd"]) != server.home
    assert not {"QUERY_STRING", "VOILA_REQUEST_URL", "HTTP_COOKIE"} & set(env)
    assert cookie.split("=")[1] not in json.dumps(env)


@pytest.mark.parametrize("who", ["c", "both%20", "a;b", "../a", ""])
def test_a_cookie_that_names_nobody_is_nobody(server, cookie, who):
    got, kernel = open_page(server, f"{cookie}; who={who}")

    # Two cookies may be read out of one that holds a semicolon: the first is a person's key.
    expected = "a" if who.startswith("a") else ""
    assert told(server)["env"]["EVENGROUND_WHO"] == expected
    assert f"eg-{expected or 'nobody'}" in got.text
    assert shut(server, cookie, kernel) == 204


def test_a_cell_that_fails_is_said_in_words(server, cookie):
    got, _ = open_page(server, cookie, "/voila/render/01_acknowledge.ipynb")

    assert "Something on this page did not work" in got.text
    assert WORDS not in got.text
    assert "RuntimeError" not in got.text
    assert "More" in got.text


def test_no_page_holds_the_source_of_a_cell(server, cookie):
    got, _ = open_page(server, cookie)

    assert "ipywidgets.Label" not in got.text


# The kernels


def test_a_kernel_ends_within_five_seconds_of_its_page(server, cookie):
    _, kernel = open_page(server, cookie)
    process = psutil.Process(told(server)["pid"])

    assert shut(server, cookie, kernel) == 204
    assert gone(process)
    assert shut(server, cookie, kernel) == 404


def test_a_session_reaches_no_kernel_of_another(server, cookie):
    _, kernel = open_page(server, cookie)
    other = server.come_in()

    for path in (f"/api/kernels/{kernel}", f"/api/kernels/{kernel}/channels"):
        assert server.ask(path, Cookie=other).status == 404
    assert shut(server, other, kernel) == 404
    assert server.ask(f"/api/kernels/{kernel}", Cookie=cookie).status == 200
    assert server.ask(f"/api/kernels/{kernel}", method="DELETE", Cookie=cookie).status == 405
    assert shut(server, cookie, kernel) == 204


def test_a_kernel_that_is_busy_ends_as_soon(server, cookie):
    _, kernel = open_page(server, cookie)
    process = psutil.Process(told(server)["pid"])
    process.suspend()  # as busy as it gets: it hears nothing at all

    assert shut(server, cookie, kernel) == 204
    assert gone(process)
    grace = app._settings().KernelManager.shutdown_wait_time
    assert waits.LAST_WORDS + grace < 5


def test_leaving_ends_the_session_its_kernels_and_its_cookies(server):
    cookie = server.come_in()
    open_page(server, cookie)
    process = psutil.Process(told(server)["pid"])

    got = server.ask("/leave", method="POST", Cookie=cookie, Origin=server.address)

    assert got.status == 204
    assert "who=" in str(got.headers.get_all("Set-Cookie"))
    assert server.ask("/help", Cookie=cookie).headers["Location"] == "/in"
    assert gone(process)


def test_more_pages_than_there_is_room_for_are_refused_politely(notebooks, tmp_path):
    fewer = "from evenground.app import kernels; kernels.MOST = 1"
    with Server(tmp_path, "--notebooks", str(notebooks), before=fewer) as server:
        cookie = server.come_in()
        open_page(server, cookie)
        got = server.ask(PAGE, Cookie=cookie)

        assert got.status == 503
        assert "Too many pages are open" in got.text
        running = kernels(server)
        assert len(running) == 1
        server.stop()
        assert gone(*running)


# JupyterLab


def test_a_notebook_is_saved_as_if_never_run():
    content = notebook("# Title", "1")
    content.metadata["widgets"] = {"state": {"x": WORDS}}
    content.cells[1].update(outputs=[{"output_type": "stream", "text": WORDS}], execution_count=3)
    content.cells[1].metadata["execution"] = {"started": "now"}
    model = {"type": "notebook", "content": content}

    lab.strip(model, path="a.ipynb", contents_manager=None)

    assert WORDS not in json.dumps(content)
    assert content.cells[1].execution_count is None
    assert "execution" not in content.cells[1].metadata


def test_a_file_that_is_no_notebook_is_saved_as_it_is():
    model = {"type": "file", "content": WORDS}

    lab.strip(model)

    assert model["content"] == WORDS


def run_before(content):
    """Return a notebook as a browser saves it that has run it, with words in all that it showed."""
    cell = {"outputs": [nbformat.v4.new_output("stream", text=WORDS)], "execution_count": 3}
    for one in content["cells"]:
        one.update(cell if one["cell_type"] == "code" else {})
    return {**content, "metadata": {**content["metadata"], "widgets": {"state": {"x": WORDS}}}}


def test_lab_opens_the_notebooks_without_news_or_update_checks(tmp_path):
    folder = tmp_path / "workbook"
    folder.mkdir()
    for path in (Path(__file__).parents[1] / "workbook").glob("*.ipynb"):
        shutil.copy(path, folder)
    copied = (
        "from pathlib import Path; from evenground.app import places; "
        f"places.workbook = lambda: Path({str(folder)!r})"
    )
    with Server(tmp_path / "home", command=("lab",), before=copied) as server:
        assert re.fullmatch(
            r"http://127\.0\.0\.1:\d+/lab/tree/00_start\.ipynb\?token=\w+", server.link
        )
        got = server.ask(server.link.split(str(server.port))[1])

        assert got.status == 200
        found = re.search(
            r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', got.text, re.DOTALL
        )
        settings = json.loads(found[1])
        # The control of W3: the request that no page of ours lets through runs in JupyterLab.
        token = {"Authorization": f"token {server.link.split('token=')[1]}"}
        made = server.ask("/api/kernels", method="POST", body="{}", **token)
        kernel = json.loads(made.text)["id"]
        mark = tmp_path / "ran"
        code = f"open({str(mark)!r}, 'w').close()"
        channels(server, kernel, token, request("execute_request", code=code, silent=False))
        assert mark.exists()
        assert settings["news"] == {"disabled": True}
        assert settings["extensionManager"]["can_install"] is False
        assert json.loads(server.ask("/lab/api/update", **token).text) == {"notification": None}
        # What is saved there holds no answer, and neither does the copy that JupyterLab keeps.
        at = "/api/contents/01_acknowledge.ipynb"
        opened = json.loads(server.ask(at, **token).text)["content"]
        sent = {"type": "notebook", "format": "json", "content": run_before(opened)}
        assert WORDS in json.dumps(sent)
        assert server.ask(at, method="PUT", body=json.dumps(sent), **token).status == 200
        assert server.ask(f"{at}/checkpoints", method="POST", **token).status == 201
        kept = [path for path in folder.rglob("01_acknowledge*.ipynb") if path.is_file()]
        assert len(kept) == 2
        assert not any(WORDS in path.read_text("utf-8") for path in kept)
