"""A sealed row: the kind, the words and the time of day inside; the day and the number outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from evenground.journal import sealing
from evenground.journal.rows import new_id
from evenground.journal.table import KEY
from evenground.records.declaration import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("schema", "id", "seq", "day", "sealed", "check")


def stem(person: str) -> str:
    """Return the stem of the table that holds what is sealed to a person."""
    return f"private_{person}"


def row(kind: str, cells: Mapping[str, str], *, to: str, public: bytes) -> dict[str, str]:
    """Return the cells of a kind as a row sealed to a person."""
    key, day = new_id(), cells["written"][:10]
    inside = json.dumps({"kind": kind, **cells}, ensure_ascii=False)
    return {"id": key, "day": day, "sealed": sealing.seal(inside, public, bound=_bound(key, to))}


def opened(row: Mapping[str, str], *, of: str, secret: bytes) -> dict[str, Any] | None:
    """Return what a row of a person holds, its kind as well; None when their key opens it not."""
    try:
        inside = json.loads(
            sealing.unseal(row.get("sealed", ""), secret, bound=_bound(row[KEY], of))
        )
    except (sealing.Unopened, ValueError):
        return None
    return inside if isinstance(inside, dict) else None


def _bound(key: str, person: str) -> str:
    """Return what a sealed row is bound to: it opens in its own place alone."""
    return f"{key}|{person}|{SCHEMA}"
