"""The kernels behind the pages: who may start one, reach one, and when it ends."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from http import HTTPStatus
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError

from evenground import fork
from evenground.app import light
from evenground.app.gate import session_of
from evenground.app.pages import Page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from evenground.app.door import Door, Session

MOST = 12  # pages open at once, unless EVENGROUND_PAGES says otherwise
EACH = 24 * 2**20  # bytes that a page may come to hold
coming: set[object] = set()  # pages that wait for their turn
# Pages whose cells run at the same time. Others wait: all of them at once would be later, each one.
TURNS = asyncio.Semaphore(max(2, os.cpu_count() or 1))
LAST_WORDS = 1.0  # seconds in which a page that closes may still have a sentence on its way
# Kernels are forked from a process that has imported this. None of it knows of a journal yet.
PARTS = ("start", "acknowledge", "listen", "amends", "review", "alone")
PRELOAD = (
    *("ipywidgets", "anywidget"),
    *(f"evenground.steps.{part}" for part in PARTS),
    "evenground.app.inside:warm",
)
LATER = ("altair", "vl_convert")  # a second of imports, for the pages that draw
ENVIRONMENT = {"JUPYTER_WIDGETS_ECHO": "0"}
FORK = "fork-provisioner"
WARM = {
    "provisioner_name": FORK,
    "config": {"preload": list(PRELOAD), "later": list(LATER), "environment": ENVIRONMENT},
}


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
            metadata={"supported_encryption": "curve"}
            | ({"kernel_provisioner": WARM} if known else {}),
            display_name="Python 3",
            language="python",
            resource_dir="",
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Return it in the shape that a server lists."""
        spec = self.get_kernel_spec("python3").to_dict()
        return {"python3": {"resource_dir": "", "spec": spec}}


async def start(manager: Any, session: Session, *, told: Mapping[str, str], where: Path) -> str:
    """Return the id of a new kernel of a session; it stands in the run folder, not in a journal."""
    env = {**os.environ, **told}
    kernel_id: str = await ensure_async(
        manager.start_kernel(kernel_name="python3", env=env, cwd=str(where))
    )
    session.kernels.add(kernel_id)
    return kernel_id


async def start_light(
    session: Session, cells: Sequence[str], *, told: Mapping[str, str], where: Path
) -> light.Light | None:
    """Return a new page of a session that needs no kernel; None where one is needed after all."""
    if fork.possible():
        return None
    try:
        mould = fork.mould_for(PRELOAD, ENVIRONMENT, LATER)
        key = await light.pages.start(mould, cells, told=told, where=where)
    except fork.NoForkError:
        return None
    session.kernels.add(key)
    return light.pages.get(key)


def full(manager: Any) -> bool:
    """Return whether no further page is to be opened: as many are as there is room for."""
    asked = os.environ.get("EVENGROUND_PAGES", "")
    most = int(asked) if asked.isdecimal() else MOST
    there = len(manager) + len(light.pages) + len(coming)
    return there >= min(most, _memory() // EACH)


def _memory() -> int:
    """Return how much memory the machine has, in bytes."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return MOST * EACH  # a system that does not say


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
        base = self.application.base
        self.clear_cookie(self.application.cookie, path=base)
        self.clear_cookie("who", path=base)
        self.set_status(HTTPStatus.NO_CONTENT)
        self.finish()
        await asyncio.sleep(LAST_WORDS)
        await asyncio.gather(*(end(self._manager, kernel_id) for kernel_id in session.kernels))


async def end(manager: Any, kernel_id: str) -> None:
    """End a kernel, or a page without one, whether or not something else has done so."""
    if await light.pages.end(kernel_id):
        return
    with suppress(KeyError, RuntimeError, HTTPError):
        await ensure_async(manager.shutdown_kernel(kernel_id))
