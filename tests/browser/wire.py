"""All that one browser is told and tells: pages, answers, and both ways of each line to a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response, WebSocket

CANARY = re.compile(rb"zq[ab]\d+x")


def canaries(told: bytes) -> set[str]:
    """Return the words of this test that stand in some bytes, each with its writer's key in it."""
    return {word.decode() for word in CANARY.findall(told)}


@dataclass
class Wire:
    """What came to one browser and what left it since it was last emptied."""

    context: BrowserContext
    came: list[bytes] = field(default_factory=list)
    left: list[bytes] = field(default_factory=list)
    _answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from before the first page on."""
        self.context.on("response", lambda answer: self._answers.append(answer))  # noqa: PLW0108 - it takes no builtin
        self.context.on(
            "request", lambda asked: self.left.append(f"{asked.url} {asked.post_data}".encode())
        )
        self.context.on("page", self._meet)

    def read(self) -> tuple[set[str], set[str]]:
        """Return the canaries that came, in answers and in pages as they stand, and that left.

        A body goes with its page: read before a page is loaded anew.
        """
        for page in self.context.pages:
            self.came.append(page.content().encode())  # which also lets all that came be heard
        while self._answers:
            answer = self._answers.pop(0)
            self.came.append(str(answer.all_headers()).encode())
            # A typeface out of the browser's own store has no body to ask for, and holds no words.
            if answer.ok and answer.request.resource_type != "font":
                self.came.append(answer.body())
        return canaries(b"\n".join(self.came)), canaries(b"\n".join(self.left))

    def empty(self) -> None:
        """Begin anew."""
        self.read()
        self.came.clear()
        self.left.clear()

    def _meet(self, page: Page) -> None:
        page.on("websocket", self._hear)

    def _hear(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda told: self.came.append(_bytes(told)))
        socket.on("framesent", lambda told: self.left.append(_bytes(told)))


def _bytes(told: str | bytes) -> bytes:
    return told.encode() if isinstance(told, str) else told
