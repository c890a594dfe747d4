"""The line between a page and its kernel, which ends when nobody takes it up again."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from tornado.ioloop import IOLoop
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from evenground.app import kernels
from evenground.app.gate import session_of

UNREACHED = 60.0  # seconds in which a page that lost its line may take it up again


class Line(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """A page's line. When its browser dies, the kernel ends a minute later.

    A second device puts its pages to sleep, so those are left to the slower culling.
    """

    lines: ClassVar[Counter[str]] = Counter()

    async def open(self, kernel_id: str) -> None:
        """Take it up."""
        self._session = session_of(self)
        self.lines[kernel_id] += 1
        await super().open(kernel_id)

    def on_close(self) -> None:
        """Wait a while for the page; the kernel of one that died ends."""
        super().on_close()
        self.lines[self.kernel_id] -= 1
        if not self._session.shared:
            IOLoop.current().call_later(UNREACHED, self._end_if_left)

    async def _end_if_left(self) -> None:
        if self.lines[self.kernel_id] > 0:
            return
        self.lines.pop(self.kernel_id, None)
        self._session.kernels.discard(self.kernel_id)
        await kernels.end(self.kernel_manager, self.kernel_id)
