"""All kinds of response, by the name of their file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from evenground import records
from evenground.records.declaration import Record

PARTS = ("start", "acknowledge", "listen", "amends", "review", "alone")


@cache
def kinds() -> dict[str, type[Record]]:
    """Return every declared kind of response by its `kind`, in the order of the parts."""
    found: dict[str, type[Record]] = {}
    for name in sorted(m.name for m in iter_modules(records.__path__)):
        for thing in vars(import_module(f"{records.__name__}.{name}")).values():
            if not (
                isinstance(thing, type) and issubclass(thing, Record) and "kind" in vars(thing)
            ):
                continue
            if found.setdefault(thing.kind, thing) is not thing:
                raise TypeError(f"two kinds of response are called {thing.kind!r}")
    last = len(PARTS)
    order = {part: place for place, part in enumerate(PARTS)}
    return dict(sorted(found.items(), key=lambda one: order.get(one[1].part, last)))
