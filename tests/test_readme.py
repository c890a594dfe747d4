"""The README keeps what it says: its links lead somewhere and its commands start the workbook."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tomllib
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINKS = re.findall(r"(?<=\]\()[^)]+|(?<=src=\")[^\"]+|(?<=srcset=\")[^\"]+", README)


def emptied(home: Path) -> dict[str, str]:
    """Return an environment with an empty home, and nothing of this run of make or of a venv."""
    dropped = (
        "MAKE",
        "MFLAGS",
        "XDG_",
        "PYTHON",
        "EVENGROUND_",
        "JUPYTER_",
        "IPYTHON",
        "VIRTUAL_ENV",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {**kept, "HOME": str(home)}


@pytest.mark.parametrize("link", LINKS)
def test_every_link_leads_somewhere(link):
    assert link.startswith("https://") or (ROOT / link).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_a_page_in_docs_leads_somewhere(page):
    links = re.findall(r"(?<=\]\()[^)#]+", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_leads_to_every_page_in_docs():
    assert {page.relative_to(ROOT).as_posix() for page in PAGES} - set(LINKS) == set()


def test_the_page_for_contributors_names_each_layer():
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    layers = {name for layer in contract["layers"] for name in re.findall(r"\w+", layer)}

    named = set(re.findall(r"\(\.\./widgets/evenground/(\w+)(?:\.py)?\)", page))
    assert named - {"words"} == layers


def test_what_the_page_for_contributors_names_is_there():
    page = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|docs|records|steps|words)/[\w/.]+)`", page)

    assert len(named) > 5
    places = (ROOT, ROOT / "widgets" / "evenground")
    assert [name for name in named if not any((one / name).exists() for one in places)] == []


def test_it_opens_with_a_picture_of_the_app():
    assert README.index("<picture>") < README.index("## ")


def test_both_systems_get_three_plain_lines():
    plain = [
        block.strip().splitlines() for block in re.findall(r"```\w+\n(.*?)```", README, re.DOTALL)
    ]

    assert [len(block) for block in plain] == [2, 3, 3]
    assert plain[0][0].startswith("make run")
    assert plain[0][1].startswith("make test")


def test_every_command_it_names_is_there():
    said = subprocess.run(
        [Path(sys.executable).with_name("evenground"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    named = set(re.findall(r"`evenground ([a-z]+)", README))
    assert {"lab", "demo"} <= named
    assert {name for name in named if f"\n  {name} " not in said} == set()
    assert {
        option for option in re.findall(r"--[a-z][a-z-]+", README) if option not in said
    } == set()


def test_make_run_starts_the_workbook_on_a_fresh_clone_in_an_empty_home(tmp_path):
    home, clone = tmp_path / "home", tmp_path / "clone"
    home.mkdir()
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
    log = tmp_path / "log.txt"

    with (
        log.open("w") as errors,
        subprocess.Popen(
            ["make", "--silent", "run", "ARGS=--no-browser --port 0"],
            cwd=clone,
            env=emptied(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            links = (line.strip() for line in process.stdout if line.startswith("http://"))
            link = next(links, None)
            assert link, log.read_text()
            browser = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))
            with browser.open(link, timeout=120) as answer:
                page = answer.read().decode()
        finally:
            os.killpg(process.pid, signal.SIGTERM)

    assert "/voila/render/00_start.ipynb" in answer.url
    assert 'id="cell-names"' in page
    assert not list(home.rglob("*.csv")), "opening a page is not writing"


def test_the_lists_of_versions_name_no_address_and_no_path():
    for name in ("requirements.txt", "requirements-room.txt", "requirements-test.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

        assert lines
        wrong = [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+(?: ; .+)?", line)]
        assert wrong == []


def test_everything_the_workbook_runs_on_is_in_both_lists():
    run = set((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())
    both = set((ROOT / "requirements-test.txt").read_text(encoding="utf-8").splitlines())

    assert run - both == set()
