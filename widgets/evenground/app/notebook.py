"""One notebook as a page: its prose at once, then what its cells show as they run.

Voila's own renderer does the same in about ten times as long, for any notebook and any template.
"""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from evenground import in_use
from evenground.app import documents, kernels, parts
from evenground.app.gate import session_of
from evenground.app.pages import Page, address
from evenground.app.running import PATIENCE, Run, RunError
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from evenground.app.documents import Cell
    from evenground.app.door import Session
    from evenground.app.light import Light
    from evenground.app.shown import Shown

WHO = ("a", "b", "both")
# Only what a notebook's page cannot do without. Scripts in the page run by its nonce alone, so that
# nothing that slipped into a page as markup can; anywidget loads its modules from blob:.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class Notebook(Page):
    """One notebook as a page, with a kernel of its own."""

    def initialize(
        self,
        *,
        manager: Any,
        notebooks: Path,
        config: Mapping[str, Any],
        home: Path,
        where: Path,
    ) -> None:
        """Keep the kernels, the notebooks, where the journal is, and where kernels stand."""
        self._manager = manager
        self._notebooks = notebooks
        self._config = config
        self._home = home
        self._where = where
        self._nonce = secrets.token_urlsafe(16)
        self._kernel = ""

    async def get(self, name: str) -> None:
        """Show the notebook; a calm page when too many are open."""
        if not in_use.leads_somewhere(name):
            self.set_status(HTTPStatus.NOT_FOUND)
            self.say("another_part")
            return
        if kernels.full(self._manager):
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            self.set_header("Retry-After", "60")
            self.say("full")
            return
        try:
            cells = parts.shown(documents.cells(self._notebooks / name))
        except OSError as error:
            raise HTTPError(HTTPStatus.NOT_FOUND) from error
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", POLICY.format(nonce=self._nonce))
        try:
            await self._send(
                "notebook.html.j2",
                app=words("app").table,
                parts=parts.of(self._notebooks),
                here=name,
                part=parts.name(name),
                who=self._who or "nobody",
                cells=cells,
            )
            kernels.coming.add(self)
            await self._run([cell for cell in cells if cell.code])
            await self._send("end.html.j2")
        except StreamClosedError:
            # The reader went elsewhere before the page could say which kernel to end.
            await kernels.end(self._manager, self._kernel)
        except (RunError, RuntimeError):
            self.finish(f'<script nonce="{self._nonce}">evenground.failed();</script>')
        finally:
            kernels.coming.discard(self)

    async def _run(self, cells: list[Cell]) -> None:
        session = session_of(self)
        told = self._told(session)
        if all(cell.plain for cell in cells):
            sources = [cell.code for cell in cells]
            await kernels.TURNS.acquire()
            try:
                page = await kernels.start_light(session, sources, told=told, where=self._where)
            except BaseException:
                kernels.TURNS.release()
                raise
            if page is not None:
                await self._run_light(page, cells)
                return
            kernels.TURNS.release()
        self._kernel = await kernels.start(self._manager, session, told=told, where=self._where)
        kernels.coming.discard(self)
        config = {**self._config, "kernelId": self._kernel, "line": "channels"}
        await self._send("begin.html.j2", config=config)
        client = self._manager.get_kernel(self._kernel).client()
        client.start_channels()
        try:
            await client.wait_for_ready(timeout=PATIENCE)
            run = Run(client)
            foreign = False
            places = iter(cells)
            async for shown in run.cells([cell.code for cell in cells]):
                foreign = foreign or shown.foreign
                found = [(next(places), shown)]
                await self._send("cell.html.j2", found=found, foreign=foreign)
            await self._send("last.html.j2", models=run.rest(), foreign=foreign)
        finally:
            client.stop_channels()

    async def _run_light(self, page: Light, cells: list[Cell]) -> None:
        self._kernel = page.key
        kernels.coming.discard(self)
        config = {**self._config, "kernelId": page.key, "line": "line"}
        # Beside the sending: a browser that is slow to read keeps nobody else from their turn.
        told: asyncio.Queue[list[Shown] | None] = asyncio.Queue()
        reading = asyncio.create_task(_take(page, told))
        await self._send("begin.html.j2", config=config)
        places = iter(cells)
        try:
            while (shown := await told.get()) is not None:
                found = [(next(places), one) for one in shown]
                await self._send("cell.html.j2", found=found, foreign=False)
            await reading
            await self._send("last.html.j2", models={}, foreign=False)
        finally:
            reading.cancel()
            page.look_after(session_of(self))

    async def _send(self, template: str, **fill: Any) -> None:
        said = words("app").table["sections"]
        self.write(self.render_page(template, nonce=self._nonce, said=said, **fill))
        await self.flush()

    @property
    def _who(self) -> str:
        """Return who is writing, as the page noted it; empty for nobody or anything else."""
        said = self.get_cookie("who", "") or ""
        return said if said in WHO else ""

    def _told(self, session: Session) -> dict[str, str]:
        here = f"{self.request.protocol}://{self.request.host}{self.application.base}"
        return {
            **session.sitting.environment,
            "EVENGROUND_HOME": str(self._home),
            "EVENGROUND_SCRIPT": f"{here}{address('controls.js')}",
            "EVENGROUND_WHO": self._who,
            "JUPYTER_WIDGETS_ECHO": "0",
            "IPYTHONDIR": str(self._where / "ipython"),
        }


async def _take(page: Light, told: asyncio.Queue[list[Shown] | None]) -> None:
    """Take in what the cells of a page show; the turn goes to the next page when all have run."""
    try:
        async for shown in page.cells():
            told.put_nowait(shown)
    finally:
        kernels.TURNS.release()
        told.put_nowait(None)
