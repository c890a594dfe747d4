"""Which parts of the workbook are in use: all of them, or those that a group chose for its room.

One place decides. A room tells each couple's server, whose pages inherit it; at home nothing is
said, and a journal that was taken home has all parts.
"""

from __future__ import annotations

import os
import re

SETTING = "EVENGROUND_PARTS"
FILES = {
    "acknowledge": "01_acknowledge.ipynb",
    "listen": "02_listen.ipynb",
    "amends": "03_amends.ipynb",
    "review": "04_review.ipynb",
}
# Cells about what another part began. Where that part is not in use, they have nothing to ask.
_ABOUT = {
    "acknowledge": ("listen.revise", "listen.door"),
    "listen": ("acknowledge.question",),
    "amends": (
        "review.promises_due",
        "review.slips",
        "review.keep_change_stop",
        "review.turns_and_pauses",
        "review.limits_again",
        "review.promised",
        "review.followed",
        "review.decided",
    ),
}
_CALLED = re.compile(r"\bsteps\.(\w+\.\w+)\(")


def parts() -> tuple[str, ...]:
    """Return the names of the parts in use, in their order."""
    told = [name for name in os.environ.get(SETTING, "").split(",") if name in FILES]
    return tuple(name for name in FILES if not told or name in told)


def leads_somewhere(address: str) -> bool:
    """Return whether the notebook of an address is in use; what is no part is always there."""
    file = address.partition("#")[0].rpartition("/")[2]
    return file not in FILES.values() or file in {FILES[name] for name in parts()}


def asks(cell: str) -> bool:
    """Return whether a cell is about parts that are in use."""
    named = set(_CALLED.findall(cell))
    used = parts()
    return not any(named & set(_ABOUT[part]) for part in _ABOUT if part not in used)
