"""The app below a path of its own, behind a proxy that many share: no address leads out of it."""

from __future__ import annotations

import re

import pytest

from serving import Server

BASE = "/user/some-couple/"
BELOW = f"""
from evenground.app.server import EvenGround
begin = EvenGround.__init__
EvenGround.__init__ = lambda self, **told: begin(self, base={BASE!r}, **told)
"""
ADDRESS = re.compile(r"""(?:href|src|action)=["']([^"'#{][^"']*)["']""")
FROM_ROOT = re.compile(r"""["'`(]/(?:voila|static|help|leave|blank|in|api)\b""")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("home"), before=BELOW) as started:
        yield started
        started.stop()


@pytest.fixture(scope="module")
def cookie(server):
    assert f"{BASE}in/" in server.link
    answer = server.ask(server.link.partition(str(server.port))[2])
    cookie = answer.headers["Set-Cookie"]
    assert answer.headers["Location"] == BASE
    assert f"Path={BASE}" in cookie
    return cookie.split(";")[0]


@pytest.mark.parametrize(
    "path", ["help", "voila/render/00_start.ipynb", "voila/render/01_acknowledge.ipynb"]
)
def test_no_address_on_a_page_leads_out_of_the_base(server, cookie, path):
    page = server.ask(BASE + path, Cookie=cookie)

    assert page.status == 200
    found = [one for one in ADDRESS.findall(page.text) if not one.startswith("data:")]
    assert len(found) > 5
    own = (BASE, "../../help")  # from a notebook, that is where Help is
    assert [one for one in found if one.startswith("/") and not one.startswith(own)] == []


def test_no_script_names_an_address_from_the_root(server, cookie):
    page = server.ask(f"{BASE}voila/render/00_start.ipynb", Cookie=cookie).text
    scripts = [one for one in ADDRESS.findall(page) if ".js" in one]

    assert len(scripts) >= 4
    for script in scripts:
        assert FROM_ROOT.findall(server.ask(script, Cookie=cookie).text) == [], script
    assert FROM_ROOT.search('fetch("/leave")')  # what is looked for would be found


def test_outside_the_base_there_is_nothing_and_no_way_in(server, cookie):
    for path in (
        "/",
        "/help",
        "/voila/render/00_start.ipynb",
        "/static/page.css",
        "/user/another/help",
    ):
        outside = server.ask(path, Cookie=cookie)
        assert outside.status == 404, path
    without = server.ask(f"{BASE}help")
    assert (without.status, without.headers["Location"]) == (302, f"{BASE}in")
    for path in ("/", "/help"):
        assert server.ask(path).headers["Location"] == f"{BASE}in"
