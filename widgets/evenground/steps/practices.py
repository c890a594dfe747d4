"""Where each practice of the design is found: its notebook, its cell, its file, who may see it.

`python -m evenground.steps.practices docs/practices.md` writes the table; a test keeps it true.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from evenground import steps
from evenground.records.practices import PRACTICES
from evenground.records.registry import kinds
from evenground.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

PROSE = {"from-pressure-to-force": "P11", "is-this-right-for-us": "P11"}  # pages that ask nothing
HEADER = {"P21": "Pause", "P54": "the foot, and the pause page"}  # on every page
_CALL = re.compile(r"steps\.(\w+)\.(\w+)\(")


@dataclass(frozen=True, order=True)
class Place:
    """One place where a practice is brought about."""

    notebook: str
    cell: str


def places(workbook: Path) -> dict[str, list[Place]]:
    """Return every practice with the places where it is found, from declarations and notebooks."""
    found: dict[str, set[Place]] = {practice: set() for practice in PRACTICES}
    for practice, place in (*_cells(workbook), *_prose(workbook)):
        found[practice].add(place)
    for practice, where in HEADER.items():
        found[practice].add(Place("every page", where))
    return {practice: sorted(where) for practice, where in found.items()}


def table(workbook: Path) -> str:
    """Return the table as Markdown."""
    head = [
        "# Where each practice is",
        "",
        "Made by `python -m evenground.steps.practices docs/practices.md` from what the steps and",
        "the kinds of response declare, and from the notebooks' cells. Do not edit it by hand.",
        "",
        "A private answer is sealed with its writer’s passphrase, and is plain only once its",
        "writer releases it; a sealed one opens for both once both have answered; a shared one",
        "both can read. Unstored means that nothing is written.",
        "",
        "| | practice | where: notebook and cells | files, and who may see them |",
        "|---|---|---|---|",
    ]
    rows = [
        f"| {practice} | {PRACTICES[practice]} | {_where(found)} | {_files(practice)} |"
        for practice, found in places(workbook).items()
    ]
    return "\n".join([*head, *rows, ""])


def _where(found: list[Place]) -> str:
    """Return the cells in which a practice is found, by notebook."""
    cells: dict[str, list[str]] = {}
    for place in found:
        cells.setdefault(place.notebook, []).append(place.cell)
    return "; ".join(f"{notebook}: {', '.join(own)}" for notebook, own in cells.items())


def _files(practice: str) -> str:
    """Return the files of the kinds that declare a practice, each with who may see it."""
    own = [kind for kind in kinds().values() if practice in kind.practices]
    return ", ".join(f"{kind.kind}.csv ({kind.visibility.value})" for kind in own) or "unstored"


def _cells(workbook: Path) -> Iterator[tuple[str, Place]]:
    shown = _calls()
    for path in sorted(workbook.glob("0*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for part, name in _CALL.findall("".join(cell["source"])):
                # A cell whose step declares none shows what other cells bring about.
                for practice in shown.get((part, name), ()):
                    yield practice, Place(path.stem, cell["id"])


def _prose(workbook: Path) -> Iterator[tuple[str, Place]]:
    """Yield the pages that are read and ask nothing."""
    for path in sorted(workbook.glob("0*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            text = "".join(cell["source"])
            for title in re.findall(r"^## (.+)$", text, flags=re.MULTILINE):
                slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
                if cell["cell_type"] == "markdown" and slug in PROSE:
                    yield PROSE[slug], Place(path.stem, cell["id"])


def _calls() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what the step behind each public function of a part brings about."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for module in iter_modules(steps.__path__):
        if module.name == "practices":
            continue
        held = import_module(f"{steps.__name__}.{module.name}")
        for name, function in inspect.getmembers(held, inspect.isfunction):
            if function.__module__ == held.__name__ and not name.startswith("_"):
                found[module.name, name] = _brought_about(function, vars(held))
    return found


def _brought_about(function: object, known: dict[str, object]) -> tuple[str, ...]:
    """Return the practices of the steps that a function names."""
    code = function.__code__  # type: ignore[attr-defined]  # a function has it
    named = [known.get(name) for name in code.co_names]
    within = [
        getattr(thing, name)
        for thing in named
        if inspect.ismodule(thing)
        for name in code.co_names
        if hasattr(thing, name)
    ]
    classes = [c for c in (*named, *within) if inspect.isclass(c) and issubclass(c, Step)]
    return tuple(p for c in classes for p in c.practices)


if __name__ == "__main__":
    root = Path(__file__).parents[3]
    made = table(root / "workbook")
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(made, encoding="utf-8")
    else:
        print(made)  # noqa: T201 - it is a command
