"""Cells of text: kept from being run as formulas, quoted, and checked row by row.

The apostrophe rule is a bijection. A cell that a spreadsheet could run is kept with one
apostrophe before it; so is one that starts with apostrophes and then such a sign.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CHECK = "check"

_FIRST = frozenset("'=+-@\t\r\n\x00|%＝＋－＠")
_RUN = re.compile(r"'*[=+\-@\t\r\n\x00|%＝＋－＠]")
_KEPT = re.compile(r"'+[=+\-@\t\r\n\x00|%＝＋－＠]")
_AFTER_SEPARATOR = re.compile(r"([;,\t\n|]\s*)([=+\-@＝＋－＠])")


def kept(text: str) -> str:
    """Return text as its cell: what could be run as a formula gets an apostrophe."""
    return "'" + text if _RUN.match(text) else text


def all_kept(texts: Iterable[str]) -> list[str]:
    """Return texts as their cells; most need no look beyond their first letter."""
    return [kept(text) if text[:1] in _FIRST else text for text in texts]


def typed(cell: str) -> str:
    """Return the text of a cell; the inverse of `kept`."""
    return cell[1:] if cell[:1] == "'" and _KEPT.match(cell) else cell


def handed_out(text: str) -> str:
    """Return text for a file that is not read again: also escaped behind a separator.

    A spreadsheet that splits at another separator than ours could start a cell there.
    """
    return kept(_AFTER_SEPARATOR.sub(r"\1'\2", text))


def line(cells: Iterable[str]) -> str:
    """Return one row of a CSV file, every cell quoted."""
    told = list(cells)
    if '"' in "".join(told):
        told = [cell.replace('"', '""') for cell in told]
    return '"' + '","'.join(told) + '"\r\n'


def heading(columns: Iterable[str]) -> str:
    """Return the first line of a CSV file. It is not quoted: some tools mangle quoted names."""
    return ",".join(columns) + "\r\n"


def check(row: Mapping[str, str]) -> str:
    """Return the check of a row: the same for any order of columns and any empty ones."""
    names = [name for name in _sorted(tuple(row)) if row[name]]
    return digest("\x1f".join(names), "\x1f".join([row[name] for name in names]))


@lru_cache(maxsize=256)
def _sorted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name != CHECK))


def digest(names: str, texts: str) -> str:
    """Return the check over the names of the cells that are not empty, sorted, and their texts.

    It starts with a letter, so that a spreadsheet leaves it as it is.
    """
    told = f"{names}\x1e{texts}"
    return "k" + blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
