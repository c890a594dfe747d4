"""The notebooks as they are served: prose made into markup once, cells by their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import nbformat
from markupsafe import Markup
from nbconvert.filters import markdown2html, strip_files_prefix

from evenground.app.inside import plain

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Cell:
    """One cell: prose as markup, or code with the name of its place on the page."""

    name: str = ""
    code: str = ""
    prose: Markup = field(default_factory=Markup)
    plain: bool = True  # nothing in it needs IPython


def cells(notebook: Path) -> tuple[Cell, ...]:
    """Return the cells of a notebook as it stands on disk now; OSError when it is not there."""
    return _read(notebook, notebook.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _read(notebook: Path, _date: int) -> tuple[Cell, ...]:
    read = nbformat.reads(notebook.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]  # it has no types
    return tuple(_cell(cell, number) for number, cell in enumerate(read.cells, 1))


def _cell(cell: nbformat.NotebookNode, number: int) -> Cell:
    if cell.cell_type == "code":
        return Cell(name=cell.get("id") or str(number), code=cell.source, plain=plain(cell.source))
    if cell.cell_type != "markdown":
        return Cell()
    prose: str = strip_files_prefix(markdown2html(cell.source))  # type: ignore[no-untyped-call]  # it has no types
    # The notebooks are ours, or their editor's own: what stands in them may be markup.
    return Cell(prose=Markup(prose))  # noqa: S704 - prose of our own notebooks
