"""The wheel: it holds all that the workbook needs, and runs where no checkout is near."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CODE = ROOT / "widgets" / "evenground"
PARTS = ["00_start", "01_acknowledge", "02_listen", "03_amends", "04_review"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel built from the files that git keeps, and from no others."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built],
        cwd=source,
        check=True,
        capture_output=True,
    )
    (made,) = built.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of a new environment that has the wheel installed.

    The libraries are lent by the environment of the tests; the package itself is not, since a
    folder that a .pth file names has no say over .pth files, so its editable install is not seen.
    """
    folder = tmp_path_factory.mktemp("clean")
    venv.create(folder)
    lent = sysconfig.get_path("purelib")
    place = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    (Path(place) / "lent.pth").write_text(lent)
    scripts = Path(sysconfig.get_path("scripts", vars={"base": str(folder)}))
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", scripts / "python", "install"),
            *("--quiet", "--no-deps", "--no-index", "--force-reinstall", wheel),
        ],
        check=True,
        capture_output=True,
    )
    return scripts


def surroundings(home: Path) -> dict[str, str]:
    """Return an environment in which nothing points at the checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept.pop("VIRTUAL_ENV", None)
    # What front ends need lies beside the lent libraries.
    lent = Path(sysconfig.get_path("data")) / "share" / "jupyter"
    return {**kept, "EVENGROUND_HOME": str(home), "JUPYTER_PATH": str(lent)}


@contextmanager
def served(scripts: Path, home: Path, away: Path) -> Iterator[str]:
    """Run the installed command; yield the link that it prints."""
    log = away / "log.txt"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [scripts / "evenground", "--no-browser", "--port", "0"],
            cwd=away,
            env=surroundings(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            link = process.stdout.readline().strip()
            assert link.startswith("http://"), log.read_text()
            yield link
        finally:
            process.terminate()


def test_the_wheel_holds_all_that_a_page_needs(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {f"evenground/workbook/{part}.ipynb" for part in PARTS} <= names
    for folder, ending in (
        ("words/en", ".toml"),
        ("app/template", ".j2"),
        ("app/template/static", ".css"),
        ("app/template/static/fonts", ".woff2"),
        ("forms", ".js"),
        ("forms/css", ".css"),
        ("charts/fonts", ".ttf"),
    ):
        there = {name for name in names if name.startswith(f"evenground/{folder}")}
        assert any(name.endswith(ending) for name in there), f"no {ending} in {folder}"


def test_the_wheel_holds_every_file_of_the_package_and_no_answers(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "widgets", "workbook"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    packed = {
        name.removeprefix("widgets/").replace("workbook/", "evenground/workbook/", 1)
        for name in filter(None, tracked)
        if (ROOT / name).is_file()
    }

    assert packed - names == set()
    assert not [name for name in names if name.endswith(".csv")]
    assert {name for name in names if not name.startswith("evenground")} == set()


def test_the_licences_travel_with_it(wheel):
    names = [Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name]

    assert "LICENSE" in names
    assert any(name.startswith("OFL-") for name in names)


def test_the_command_of_the_wheel_says_its_version(installed, home, tmp_path):
    from evenground import __version__

    said = subprocess.run(
        [installed / "evenground", "--version"],
        cwd=tmp_path,
        env=surroundings(home),
        capture_output=True,
        text=True,
        check=True,
    )

    assert __version__ in said.stdout


def test_the_code_that_runs_is_the_wheels(installed, home, tmp_path):
    said = subprocess.run(
        [installed / "python", "-c", "import evenground; print(evenground.__file__)"],
        cwd=tmp_path,
        env=surroundings(home),
        capture_output=True,
        text=True,
        check=True,
    )

    assert str(ROOT) not in said.stdout


def test_the_wheel_serves_a_page_with_no_checkout_near(installed, home, tmp_path):
    # No proxy: the page is on this machine, whatever the machine's settings say.
    browser = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))

    with served(installed, home, tmp_path) as link, browser.open(link, timeout=120) as answer:
        page = answer.read().decode()

    assert answer.status == 200
    assert "/voila/render/00_start.ipynb" in answer.url
    assert 'id="eg-header"' in page
    assert 'id="cell-names"' in page
    assert str(ROOT) not in page
    assert "Traceback" not in page
