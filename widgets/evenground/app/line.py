"""The line between a page and its kernel, which ends when nobody takes it up again."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import ClassVar

from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from tornado.websocket import WebSocketHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from evenground.app import kernels, light
from evenground.app.gate import session_of

UNREACHED = 60.0  # seconds in which a page that lost its line may take it up again


class Line(VoilaKernelWebsocketHandler):  # type: ignore[misc]  # its base has no types
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


class LightLine(WebSocketHandler):
    """The line of a page that has a process and no kernel."""

    def prepare(self) -> None:
        """Refuse the line of a page that is gone."""
        if light.pages.get(self.path_kwargs["kernel_id"]) is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)

    def open(self, *_args: str, **told: str) -> None:
        """Take it up; whoever had it before has it no more."""
        self._page = light.pages.get(told["kernel_id"])
        self._session = session_of(self)
        if self._page is None:
            self.close()
            return
        self.set_nodelay(True)
        self._page.meet(self)

    def on_message(self, message: str | bytes) -> None:
        """Hand on what the page says."""
        if self._page is not None and isinstance(message, str):
            self._page.say(message)

    def hear(self, text: str) -> None:
        """Hand on what the widgets say."""
        self.write_message(text)

    def on_close(self) -> None:
        """Wait a while for the page; the process of one that died ends."""
        if self._page is not None and self._page.listener is self:
            self._page.listener = None
            self._page.look_after(self._session, UNREACHED)
