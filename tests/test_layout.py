"""What the folders promise: names, sizes, no other host, and nothing heavy loaded early."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "widgets" / "evenground"
MODULES = sorted(PACKAGE.rglob("*.py"))
SERVED = sorted(
    path
    for path in PACKAGE.rglob("*")
    if path.suffix in {".js", ".css", ".j2", ".html", ".json"} and "fonts" not in path.parts
)

OTHER_HOST = re.compile(
    r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE
)
HTML_SINK = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b")


def loaded_by(module: str) -> set[str]:
    """Return the names of the top-level modules that importing one module loads."""
    asked = f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(said.stdout.split())


def without_comments(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def test_no_module_is_named_after_nothing():
    vague = {"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"}

    assert [path for path in MODULES if path.stem in vague] == []


@pytest.mark.parametrize("path", SERVED, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_page_names_another_host(path):
    assert OTHER_HOST.findall(without_comments(path)) == []


@pytest.mark.parametrize("path", SERVED, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_script_writes_words_as_markup(path):
    assert HTML_SINK.findall(without_comments(path)) == []


def test_a_page_loads_nothing_heavy_before_a_chart_is_drawn():
    assert (
        loaded_by("evenground.steps") & {"pandas", "altair", "numpy", "voila", "jupyterlab"}
        == set()
    )


def test_the_command_starts_without_loading_the_server():
    assert loaded_by("evenground.app.command") & {"voila", "pandas", "altair", "notebook"} == set()


def imported(modules: list[Path]) -> set[str]:
    """Return the names of the distributions' modules that some of ours import."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"evenground"}


def not_in(lists: list[str], names: set[str]) -> set[str]:
    """Return which of these modules no list of versions brings."""
    lines = [line for one in lists for line in (ROOT / one).read_text("utf-8").splitlines()]
    locked = {line.partition("==")[0] for line in lines}
    came_from = packages_distributions()
    return {
        name
        for name in names
        if not {one.lower().replace("_", "-") for one in came_from.get(name, [])} & locked
    }


def test_whatever_is_imported_is_installed_with_it():
    of_a_room = [path for path in MODULES if path.parent == PACKAGE / "app" / "room"]
    others = [path for path in MODULES if path not in of_a_room]

    assert not_in(["requirements.txt"], imported(others)) == set()
    assert not_in(["requirements.txt", "requirements-room.txt"], imported(of_a_room)) == set()
    assert not_in(["requirements.txt"], imported(of_a_room)) == {"jupyterhub"}
