"""What one proof tried, and what it found."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment of a process that finds the modules this one finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **more}


@dataclass
class Result:
    """One promise: how often it was tried, what broke it, what else was measured."""

    key: str
    promise: str
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    measured: dict[str, object] = field(default_factory=dict)
    seconds: float = 0.0

    def expect(self, holds: object, what: str) -> None:
        """Note what did not hold."""
        if not holds:
            self.broken.append(what)

    @contextmanager
    def timed(self) -> Iterator[Result]:
        """Measure how long the proof took."""
        begun = time.monotonic()
        yield self
        self.seconds += time.monotonic() - begun
