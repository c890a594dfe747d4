"""JupyterLab on the same notebooks, without news, update checks or kept answers."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

from jupyterlab.labapp import LabApp
from tornado.ioloop import IOLoop

from evenground.app import places

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "00_start.ipynb"
ARGUMENTS = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--LabApp.collaborative=False",
    "--LabApp.expose_app_in_browser=False",
    "--ContentsManager.pre_save_hook=evenground.app.lab.strip",
    "--ServerApp.kernel_spec_manager_class=evenground.app.kernels.OwnPython",
    # What a kernel says is for whoever has its key: any program here may reach its sockets.
    "--KernelManager.transport_encryption=auto",
    "--ServerApp.terminals_enabled=False",
    "--ServerApp.allow_remote_access=False",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.allow_root=True",  # in a container there is often nobody else
    "--ServerApp.log_level=WARN",
    "--LabApp.log_level=WARN",
)


def start(home: Path | None, *, port: int | None, browser: bool) -> None:
    """Serve JupyterLab and print its link, alone on its line."""
    if home is not None:
        os.environ["EVENGROUND_HOME"] = str(home.expanduser().resolve())
    # Widgets echo every value to whoever listens on the machine unless told not to.
    os.environ["JUPYTER_WIDGETS_ECHO"] = "0"
    # Defaults of ours for JupyterLab's own settings: it asks nobody about news, and keeps no
    # widget state, where a notebook would hold what was typed.
    paths = [str(places.PACKAGE / "app" / "jupyter"), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(path for path in paths if path)
    folder = notebooks()
    argv = [
        *ARGUMENTS,
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.open_browser={browser}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
    ]
    if port is not None:
        argv.append(f"--ServerApp.port={port}")
    server = LabApp.initialize_server(argv=argv)
    link = f"{server.connection_url}lab/tree/{FIRST}?token={server.identity_provider.token}"
    # Called when the loop runs, which is when there is somebody to answer.
    IOLoop.current().add_callback(partial(print, link, flush=True))
    server.start()


def notebooks() -> Path:
    """Return the notebooks to edit: a checkout's own, or a copy of the installed ones.

    The copy is the reader's: what is there is not written over by a newer version.
    """
    folder = places.workbook()
    if folder.parent != places.PACKAGE:
        return folder
    own = places.data_folder() / "workbook"
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    for source in folder.glob("*.ipynb"):
        if not (own / source.name).exists():
            shutil.copyfile(source, own / source.name)
    return own


def strip(model: dict[str, Any], **told: Any) -> None:
    """Take outputs, counts and widget state out of a notebook before it is saved."""
    del told
    if model.get("type") != "notebook" or model.get("content") is None:
        return
    content = model["content"]
    content["metadata"].pop("widgets", None)
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        cell["metadata"].pop("execution", None)
