"""The app: Voila's notebooks and kernels, behind our door, on this machine's loopback only."""

from __future__ import annotations

import errno
import logging
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import FileFindHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.netutil import bind_sockets
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.utils import get_page_config

from evenground import fork
from evenground.app import kernels, light, pages, places, quiet, share
from evenground.app.door import Door
from evenground.app.gate import Gate
from evenground.app.line import LightLine, Line
from evenground.app.notebook import Notebook
from evenground.app.share import NoAddress, Share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8866
LONGEST_BODY = 1024 * 1024
PING = 30_000  # milliseconds
LOOK_AFTER_KEYS = 30_000  # milliseconds
KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
# The widget manager and anywidget; every other extension of the environment stays out of the page.
EXTENSIONS = (
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
)


@dataclass(frozen=True)
class Sharing:
    """The wish to be reached from a second device, on an address or on whichever there is."""

    address: str | None = None


class ServerError(Exception):
    """The app cannot be served; `key` names the sentence in words/app.toml that says why."""

    def __init__(self, key: str, **fill: object) -> None:
        super().__init__(key)
        self.key = key
        self.fill = fill


class Known(IdentityProvider):
    """Tell Jupyter's own handlers whom the gate let in."""

    def get_user(self, handler: Any) -> User | None:
        """Return the one kind of user there is, if the request has a session."""
        gate = handler.application
        return (
            User("session") if isinstance(gate, Gate) and gate.session_of(handler.request) else None
        )

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no sign-in form: there is no password."""
        return []


class EvenGround(Voila):  # type: ignore[misc]  # its base has no types
    """The workbook as an app."""

    elsewhere = "06_"  # notebooks that are no page of this app: scratch is for JupyterLab alone
    behind_proxy = False  # one that says by which scheme and from where a request came

    def __init__(
        self,
        *,
        home: Path,
        notebooks: Path,
        port: int | None = None,
        share: Sharing | None = None,
        base: str = "/",
    ) -> None:
        super().__init__()
        self.base = base  # begins and ends with a slash
        self.sharing = share
        self.share: Share | None = None
        self.home = home
        self.notebooks = notebooks
        self.wanted_port = port
        self.run_folder = places.run_folder()
        self.door = Door(self.run_folder)
        self.on_ready: Callable[[], None] = lambda: None
        self.on_share_closed: Callable[[], None] = lambda: None

    @property
    def link(self) -> str:
        """Return a fresh link; the one before it no longer opens."""
        return f"http://{LOOPBACK}:{self.port}{self.base}in/{self.door.new_key()}"

    def prepare(self) -> None:
        """Bind the port and set everything up; ServerError when there is no port."""
        fork.begin(kernels.PRELOAD, kernels.ENVIRONMENT, kernels.LATER)
        self.base_url = self.base
        self.config_file_paths: list[str] = []  # a voila.py lying about is never run
        self.log_level = logging.WARNING
        self.update_config(_settings())
        self.root_dir = str(self.notebooks)
        self.identity_provider_class = Known
        self.connection_dir_root = str(self.run_folder)
        self._sockets = self._bind()
        self.port = self._sockets[0].getsockname()[1]
        if self.sharing is not None:
            self.share = self._share(self.sharing)
        self.initialize([])
        quiet.hush(self.log)

    def setup_template_dirs(self) -> None:
        """Look for the page's template in our own folder first, then in Voila's."""
        names = ["voila", "nbconvert"]
        self.template_paths = [
            str(places.TEMPLATE),
            *collect_template_paths(names, "lab", prune=True),
        ]
        self.static_paths = collect_static_paths(names, "lab")

    def routes(self, settings: dict[str, Any]) -> list[Any]:
        """Return every route there is, below the base."""
        find = {"path": self.labextensions_path, "no_cache_paths": []}
        manager = {"manager": self.kernel_manager}
        served = {
            **manager,
            "notebooks": self.notebooks,
            "config": get_page_config(self.base, settings, self.log, self.voila_configuration),
            "home": self.home,
            "where": self.run_folder,
        }
        return [
            (r"/", pages.Start),
            (r"/in/?", pages.SignIn),
            (r"/in/([\w-]+)", pages.ComeIn),
            (r"/blank", pages.Blank),
            (r"/help", pages.Help),
            (r"/leave", kernels.Leave, {**manager, "door": self.door}),
            (r"/static/look\.css", pages.Look),
            (r"/static/controls\.js", pages.Controls),
            (r"/static/(.*)", pages.Static, {"path": str(places.TEMPLATE / "static")}),
            (rf"/voila/render/((?!{self.elsewhere})\w+\.ipynb)", Notebook, served),
            (rf"/voila/api/shutdown/{KERNEL}", kernels.EndKernel, manager),
            (rf"/api/kernels/{KERNEL}", kernels.KernelModel),
            (rf"/api/kernels/{KERNEL}/channels", Line),
            (rf"/api/kernels/{KERNEL}/line", LightLine),
            (r"/voila/templates/(.*)", TemplateStaticFileHandler),
            (r"/voila/static/(.*)", MultiStaticFileHandler, {"paths": self.static_paths}),
            (r"/voila/labextensions/(.*)", FileFindHandler, find),
        ]

    def gate(self, settings: Mapping[str, Any]) -> Gate:
        """Return the one place that every request passes."""
        return Gate(self.door, port=self.port, base=self.base, **settings)

    def below_base(self, routes: list[Any]) -> list[Any]:
        """Return the same routes where a browser asks for them."""
        return [(re.escape(self.base[:-1]) + path, *rest) for path, *rest in routes]

    def start(self) -> None:
        """Serve until somebody stops it."""
        self.connection_dir = str(self.run_folder / "k")
        Path(self.connection_dir).mkdir(mode=0o700)
        settings = self.init_settings() | {
            "allow_remote_access": False,
            "default_handler_class": pages.Nothing,
            "log_function": quiet.log_request,
            "login_url": f"{self.base}in",
            "websocket_max_message_size": LONGEST_BODY,
            "ws_ping_interval": PING,
            "ws_ping_timeout": PING,
        }
        self.app = self.gate(settings)
        self.app.add_handlers(".*$", self.below_base(self.routes(settings)))
        self.ioloop = IOLoop.current()
        served = HTTPServer(self.app, max_body_size=LONGEST_BODY, xheaders=self.behind_proxy)
        served.add_sockets(self._sockets)
        if self.share is not None:
            self.app.shared_hosts = frozenset({self.share.host})
            self.share.serve(self.app, max_body_size=LONGEST_BODY)
            self.ioloop.call_later(share.LONGEST, self._stop_sharing)
        PeriodicCallback(self._let_keys_rest, LOOK_AFTER_KEYS).start()
        self.ioloop.add_callback(self.on_ready)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()

    def stop(self) -> None:
        """End kernels and sessions, and leave nothing behind but the journal."""
        self.door.close()
        try:
            self.ioloop.run_sync(self._end_kernels)
        finally:
            shutil.rmtree(self.run_folder, ignore_errors=True)

    async def _end_kernels(self) -> None:
        await light.pages.end_all()
        await ensure_async(self.kernel_manager.shutdown_all(now=True))

    async def _stop_sharing(self) -> None:
        """Let go of the second device: its pages, its sessions and their kernels."""
        if self.share is None:
            return
        ended, self.share = self.share, None
        self.app.shared_hosts = frozenset()
        await ended.close()
        for session in self.door.sessions():
            if session.shared:
                self.door.leave(session)
                for kernel_id in tuple(session.kernels):
                    await kernels.end(self.kernel_manager, kernel_id)
        self.on_share_closed()

    def _share(self, sharing: Sharing) -> Share:
        try:
            return Share(sharing.address, self.run_folder)
        except NoAddress as error:
            raise ServerError("no_address") from error

    def _let_keys_rest(self) -> None:
        for session in self.door.sessions():
            session.sitting.keys.let_rest()

    def _bind(self) -> list[Any]:
        wanted = USUAL_PORT if self.wanted_port is None else self.wanted_port
        try:
            return bind_sockets(wanted, LOOPBACK)
        except OSError as error:
            taken = error.errno in {errno.EADDRINUSE, errno.EACCES}
            if self.wanted_port is None and taken:
                return bind_sockets(0, LOOPBACK)
            raise ServerError("port_taken" if taken else "port_refused", port=wanted) from error


def _settings() -> Config:
    settings = Config()
    settings.VoilaConfiguration.template = "lab"
    settings.VoilaConfiguration.theme = "light"
    settings.VoilaConfiguration.allow_template_override = "NO"
    settings.VoilaConfiguration.allow_theme_override = "NO"
    settings.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    settings.VoilaConfiguration.kernel_spec_manager_class = kernels.OwnPython
    # An open page is never culled; one that never took up its line is, after five minutes.
    settings.MappingKernelManager.cull_idle_timeout = 300
    settings.MappingKernelManager.cull_interval = 60
    settings.KernelManager.shutdown_wait_time = 2.0
    settings.KernelManager.client_class = "evenground.app.running.Prompt"
    if sys.platform != "win32":
        settings.ConnectionFileMixin.transport = "ipc"
    return settings
