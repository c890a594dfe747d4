"""The kernels behind the pages: who may start one, reach one, and when it ends."""

from __future__ import annotations

import asyncio
import math
import secrets
import sys
import time
from contextlib import suppress
from http import HTTPStatus
from importlib.metadata import entry_points
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.tornado.handler import TornadoVoilaHandler

from evenground.app import parts
from evenground.app.gate import session_of
from evenground.app.pages import Page
from evenground.content import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from evenground.app.door import Door, Session

MOST = 12
LAST_WORDS = 1.0  # seconds in which a page that closes may still have a sentence on its way
# Only what a notebook's page cannot do without. Scripts in the page run by its nonce alone, so that
# nothing that slipped into a page as markup can; anywidget loads its modules from blob:.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
PULSE = "voila_heartbeat()"  # sent every ten seconds while nothing comes
PATIENCE = 6
WHO = ("a", "b", "both")
# Kernels are forked from a process that has imported this. None of it knows of a journal yet.
PARTS = ("start", "acknowledge", "listen", "amends", "review", "alone")
PRELOAD = ("ipywidgets", "anywidget", *(f"evenground.steps.{part}" for part in PARTS))
ENVIRONMENT = {"JUPYTER_WIDGETS_ECHO": "0"}
FORK = "fork-provisioner"
WARM = {
    "provisioner_name": FORK,
    "config": {"preload": list(PRELOAD), "environment": ENVIRONMENT},
}
# What Voila would tell a kernel of the request; an address may hold what is nobody's business.
SCRUBBED = ("QUERY_STRING", "PATH_INFO", "SCRIPT_NAME", "VOILA_REQUEST_URL")


class OwnPython(KernelSpecManager):
    """Offer one kind of kernel: the Python that runs the app, without a history of its input.

    It is forked from a process that has imported the workbook, where that can be done.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the only name."""
        return {"python3": ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return how to start it; NoSuchKernel for any other name."""
        if kernel_name != "python3":
            raise NoSuchKernel(kernel_name)
        own = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        # An editable install from before there was such an entry point does not know of it.
        known = entry_points(group=KernelProvisionerFactory.GROUP_NAME, name=FORK)
        return KernelSpec(
            argv=[*own, "--HistoryManager.enabled=False"],
            metadata={"kernel_provisioner": WARM} if known else {},
            display_name="Python 3",
            language="python",
            resource_dir="",
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Return it in the shape that a server lists."""
        spec = self.get_kernel_spec("python3").to_dict()
        return {"python3": {"resource_dir": "", "spec": spec}}


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
                return
            if not await self.is_alive():
                raise RuntimeError("the kernel ended before it answered")
            if time.monotonic() > end:
                raise RuntimeError("the kernel did not answer")


class SessionKernels:
    """The kernel manager as one session sees it: kernels that it starts are its own."""

    def __init__(
        self, manager: Any, session: Session, told: Mapping[str, str], where: Path
    ) -> None:
        self._manager = manager
        self._session = session
        self._told = told
        self._where = where

    def __getattr__(self, name: str) -> Any:
        return getattr(self._manager, name)

    async def start_kernel(self, *, kernel_name: str, path: str, env: dict[str, str]) -> str:
        """Return the id of a new kernel that stands in the run folder, never in a journal."""
        del path
        env = {name: value for name, value in env.items() if name not in SCRUBBED}
        env.update(self._told)
        kernel_id: str = await ensure_async(
            self._manager.start_kernel(kernel_name=kernel_name, env=env, cwd=str(self._where))
        )
        self._session.kernels.add(kernel_id)
        return kernel_id


class Notebook(TornadoVoilaHandler):  # type: ignore[misc]
    """One notebook as a page, with a kernel of its own."""

    def initialize(self, *, home: Path, where: Path, notebooks: Path, **kwargs: Any) -> None:
        """Keep where the journal is, where kernels stand, and what the parts are."""
        super().initialize(**kwargs)
        self._home = home
        self._where = where
        self.notebooks = notebooks
        self.nonce = secrets.token_urlsafe(16)

    @property
    def who(self) -> str:
        """Return who is writing, as the page noted it; empty for nobody or anything else."""
        said = self.get_cookie("who", "")
        return said if said in WHO else ""

    @property
    def kernel_manager(self) -> SessionKernels:
        """Return the kernels of this session only."""
        session = session_of(self)
        told = {
            **session.sitting.environment,
            "EVENGROUND_HOME": str(self._home),
            "EVENGROUND_WHO": self.who,
            "JUPYTER_WIDGETS_ECHO": "0",
            "IPYTHONDIR": str(self._where / "ipython"),
        }
        return SessionKernels(super().kernel_manager, session, told, self._where)

    async def get(self, path: str | None = None) -> None:
        """Show the notebook; a calm page when too many are open."""
        if len(super().kernel_manager) >= MOST:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            self.set_header("Retry-After", "60")
            Page.say(self, "full")
            return
        self.set_header("Content-Security-Policy", POLICY.format(nonce=self.nonce))
        silent = 0
        # On a page whose kernel or template failed Voila waits for ever, and sends its pulse.
        async for piece in self.get_generator(path=path):
            silent = silent + 1 if PULSE in piece else 0
            if silent > PATIENCE:
                self.write(f'<script nonce="{self.nonce}">evenground.failed();</script>')
                return
            self.write("<!-- -->" if silent else piece)
            await self.flush()

    # A notebook that is not there, or does not open, is answered as any page of ours is.
    show = Page.show
    say = Page.say
    write_error = Page.write_error


class KernelModel(KernelHandler):
    """What the page's own script asks before it connects."""

    async def delete(self, kernel_id: str) -> None:
        """Refuse: a kernel ends by its page's beacon."""
        raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED, kernel_id)


class EndKernel(Page):
    """The beacon of a page that closes."""

    def initialize(self, manager: Any) -> None:
        """Keep the kernels."""
        self._manager = manager

    async def post(self, kernel_id: str) -> None:
        """Answer at once, and end the kernel when the last words are through."""
        session_of(self).kernels.discard(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)
        self.finish()
        await asyncio.sleep(LAST_WORDS)
        await end(self._manager, kernel_id)


class Leave(Page):
    """Leave this page: the session, its keys and its kernels end."""

    def initialize(self, manager: Any, door: Door) -> None:
        """Keep the kernels and the door."""
        self._manager = manager
        self._door = door

    async def post(self) -> None:
        """Lock at once; let kernels write what is on its way, then end them."""
        session = session_of(self)
        self._door.leave(session)
        self.clear_cookie(self.application.cookie)
        self.clear_cookie("who")
        self.set_status(HTTPStatus.NO_CONTENT)
        self.finish()
        await asyncio.sleep(LAST_WORDS)
        await asyncio.gather(*(end(self._manager, kernel_id) for kernel_id in session.kernels))


def tell_page(handler: Notebook, notebook: Any, cwd: str) -> None:
    """Put what the template shows around a notebook into its metadata, for this one page."""
    del cwd
    name = handler.request.path.rsplit("/", 1)[-1]
    notebook.metadata["evenground"] = {
        "app": words("app").table,
        "parts": parts.of(handler.notebooks),
        "here": name,
        "part": parts.name(name),
        "who": handler.who or "nobody",
        "nonce": handler.nonce,
    }


async def end(manager: Any, kernel_id: str) -> None:
    """End a kernel, whether or not something else has done so."""
    with suppress(KeyError, RuntimeError, HTTPError):
        await ensure_async(manager.shutdown_kernel(kernel_id))
