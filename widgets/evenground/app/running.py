"""The cells of a page, run one after the other, and what each of them shows."""

from __future__ import annotations

import concurrent.futures
import math
import time
from contextlib import suppress
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.asynchronous.client import AsyncKernelClient

from evenground.app.shown import Models, Shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

VIEW = "application/vnd.jupyter.widget-view+json"
PULSE = 5.0  # seconds of silence after which the kernel is looked after
PATIENCE = 60.0  # seconds of silence after which a page is given up


class RunError(Exception):
    """The cells could not be run to their end."""


class Prompt(AsyncKernelClient):
    """A client that goes on as soon as the kernel has answered."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 - theirs
        """Wait for the first answer; the standard client then waits for a fifth of a second more.

        RuntimeError when the kernel has ended, or does not answer in time.
        """
        end = time.monotonic() + (math.inf if timeout is None else timeout)
        while True:
            self.kernel_info()
            with suppress(Empty):
                answer = await self.get_shell_msg(timeout=1)
                await self.get_iopub_msg(timeout=0.2)  # what it shows from now on is heard
                self._handle_kernel_info_reply(answer)
                # The page's own line would ask the same, and wait for all cells to get an answer.
                known: concurrent.futures.Future[Any] = concurrent.futures.Future()
                known.set_result(answer["content"])
                if self.parent is not None:
                    self.parent._kernel_info_future = known  # noqa: SLF001 - where it looks
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel ended before it answered")
            if time.monotonic() > end:
                raise RuntimeError("the kernel did not answer")


class Run:
    """One page's cells in its kernel."""

    def __init__(self, client: AsyncKernelClient) -> None:
        self._client = client
        self._models = Models()

    async def cells(self, sources: Sequence[str]) -> AsyncIterator[Shown]:
        """Yield what each cell shows when it is done; none is run after one that failed.

        RunError when the kernel falls silent.
        """
        # All at once: the kernel goes from one to the next without waiting for us.
        asked = [
            self._client.execute(source, store_history=False, allow_stdin=False)
            for source in sources
        ]
        for request in asked:
            shown = await self._shown(request)
            yield shown
            if shown.failed:
                return

    def rest(self) -> dict[str, dict[str, Any]]:
        """Return the state of the widgets that changed after their cell was done."""
        return self._models.rest()

    async def _shown(self, request: str) -> Shown:
        shown = Shown()
        while True:
            said = await self._hear()
            kind, content = said["msg_type"], said["content"]
            if kind in {"comm_open", "comm_msg", "comm_close"}:
                self._models.note(kind, content)
            elif said["parent_header"].get("msg_id") != request:
                continue
            elif kind in {"display_data", "execute_result"} and VIEW in content["data"]:
                shown.views.append(content["data"][VIEW])
            elif kind == "error":
                shown.failed = True
            elif kind == "status" and content["execution_state"] == "idle":
                shown.models = self._models.of({view["model_id"] for view in shown.views})
                return shown

    async def _hear(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while True:
            with suppress(Empty):
                said: dict[str, Any] = await self._client.get_iopub_msg(timeout=PULSE)
                return said
            if not await self._client.is_alive():
                raise RunError("the kernel ended while a page was made")
            if time.monotonic() > end:
                raise RunError("the kernel fell silent while a page was made")
