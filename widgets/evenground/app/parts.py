"""The parts of the workbook, as the folder of notebooks holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evenground.content import words

if TYPE_CHECKING:
    from pathlib import Path

_WALKED = re.compile(r"0[1-4]_\w+\.ipynb")


def of(notebooks: Path) -> list[dict[str, str]]:
    """Return number, name and file of each part that two people walk through."""
    files = sorted(file.name for file in notebooks.iterdir() if _WALKED.fullmatch(file.name))
    return [{"number": file[:2], "name": name(file), "file": file} for file in files]


def name(file: str) -> str:
    """Return the name of a part by its file's number; empty for a file without one."""
    return words("app").get(f"parts.{file[:2]}")
