"""How the forking process lies in memory, so that its forks copy little of it.

A page of memory is shared until something on it is written. Two things write where nothing changes:
a new object that takes a free place between old ones, and the count of who refers to an object,
which Python keeps on the object itself.
"""

from __future__ import annotations

import ctypes
import gc
import struct
import sys
import sysconfig
from types import CodeType
from typing import Any

POOL = 2**14  # bytes of one size of object that Python takes at a time, from 3.10 on
HEAD = 48  # bytes at the beginning of a pool
STEP = 16  # bytes between two sizes
SMALLEST = 48  # bytes of the smallest bytes object; of what is smaller there is little
LARGEST = 512  # bytes; what is larger is not Python's own to place
OF_BYTES = sys.getsizeof(b"")
MOST = 200_000  # tries, where memory is laid out in another way
FOR_EVER = 0xFFFFFFFF  # the count of what is never counted again

_between: list[object] = []


def settle() -> None:
    """Leave no free place between objects, and count them no more where Python can do that.

    To be called when everything is imported, and once: what is there stays for ever.
    """
    gc.collect()
    for size in range(SMALLEST, LARGEST + 1, STEP):
        _fill(size)
    if _can_last():
        _let_last()


def _fill(size: int) -> None:
    """Take all free places of a size: then a new object of it stands on a page of its own kind."""
    room = (POOL - HEAD) // size
    run = last = 0
    for _ in range(MOST):
        one = bytes(size - OF_BYTES)
        at = id(one)
        run = run + 1 if run and at == last + size else int(at % POOL == HEAD)
        last = at
        _between.append(one)
        if run == room:  # a whole new pool: there was no place left in any other
            del _between[-room:]
            return


def _can_last() -> bool:
    """Return whether this Python leaves the count alone of an object that lives for ever."""
    counted_apart = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    known = sys.implementation.name == "cpython" and (3, 12) <= sys.version_info < (3, 14)
    if counted_apart or not known or struct.calcsize("P") != 8 or sys.byteorder != "little":  # noqa: PLR2004
        return False
    tried = object()
    _last(tried)
    several = [tried] * 3
    return sys.getrefcount(several[0]) == FOR_EVER


def _last(one: object) -> None:
    ctypes.c_uint32.from_address(id(one)).value = FOR_EVER


def _let_last() -> None:
    """Let everything that can be reached live for ever."""
    seen: set[int] = set()
    left: list[Any] = []
    own = {id(seen), id(left)}
    left += gc.get_objects()
    while left:
        one = left.pop()
        if id(one) in seen or id(one) in own:
            continue
        seen.add(id(one))
        left += gc.get_referents(one)
        if isinstance(one, CodeType):  # it does not tell the collector what it refers to
            left.append(one.co_consts)
        _last(one)
