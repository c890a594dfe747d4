"""The parts of the workbook, as the folder of notebooks holds them, and those of them in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evenground import in_use
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from evenground.app.documents import Cell

_WALKED = re.compile(r"0[1-4]_\w+\.ipynb")


def of(notebooks: Path) -> list[dict[str, str]]:
    """Return number, name and file of each part in use that two people walk through."""
    found = (file.name for file in notebooks.iterdir() if _WALKED.fullmatch(file.name))
    files = sorted(file for file in found if in_use.leads_somewhere(file))
    return [{"number": file[:2], "name": name(file), "file": file} for file in files]


def name(file: str) -> str:
    """Return the name of a part by its file's number; empty for a file without one."""
    return words("app").get(f"parts.{file[:2]}")


def shown(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a notebook without those about parts that are not in use.

    A page of which no cell is left to ask anything goes with its heading and its prose.
    """
    kept: list[Cell] = []
    for page in _pages(cells):
        asking = [cell for cell in page if cell.code]
        left = [cell for cell in page if not cell.code or in_use.asks(cell.code)]
        if not asking or any(cell.code for cell in left):
            kept += left
    return tuple(kept)


def _pages(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells page by page: each begins with a heading of the second rank."""
    page: list[Cell] = []
    for cell in cells:
        if page and cell.prose.startswith("<h2"):
            yield page
            page = []
        page.append(cell)
    yield page
