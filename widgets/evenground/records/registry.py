"""All kinds of response, by the name of their file."""

from __future__ import annotations

from functools import cache

from evenground.records import acknowledge, amends, listen, review, start
from evenground.records.declaration import Record


@cache
def kinds() -> dict[str, type[Record]]:
    """Return every declared kind of response by its `kind`, in the order of the parts."""
    found: dict[str, type[Record]] = {}
    for module in (start, acknowledge, listen, amends, review):
        for thing in vars(module).values():
            if not (
                isinstance(thing, type) and issubclass(thing, Record) and "kind" in vars(thing)
            ):
                continue
            if found.setdefault(thing.kind, thing) is not thing:
                raise TypeError(f"two kinds of response are called {thing.kind!r}")
    return found
