"""The other frameworks: the same small page in each, in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import ExitStack

WANTED = Path(__file__).with_name("others.txt")
PLACE = Path(__file__).parents[2] / "build" / "others"

PANEL = """
import panel as pn
box = pn.widgets.TextInput(placeholder="Say")
pn.Column(box, pn.bind(lambda said: f"heard {said}", box)).servable()
"""
SOLARA = """
import solara
said = solara.reactive("")
@solara.component
def Page():
    solara.InputText("Say", value=said)
    solara.Text(f"heard {said.value}")
"""
STREAMLIT = """
import streamlit as st
st.write(f"heard {st.text_input('Say')}")
"""
MARIMO = """
import marimo
app = marimo.App()
@app.cell
def _():
    import marimo as mo
    box = mo.ui.text(placeholder="Say")
    box
    return box, mo
@app.cell
def _(box, mo):
    mo.md(f"heard {box.value}")
    return
if __name__ == "__main__":
    app.run()
"""
SMALL = {  # the page, the command that serves it, its address
    "Panel": (PANEL, "panel serve small.py --port {port}", "/small"),
    "Solara": (SOLARA, "solara run small.py --port {port} --no-open --production", "/"),
    "Streamlit": (
        STREAMLIT,
        "streamlit run small.py --server.port {port} --server.headless true",
        "/",
    ),
    "marimo": (MARIMO, "marimo run small.py --port {port} --headless --no-token", "/"),
}
# Nobody is told that the bench was run. Solara has its scripts from its own package, solara-assets.
QUIET = {
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "MARIMO_SKIP_UPDATE_CHECK": "1",
}


def environment() -> Path:
    """Return the folder of commands, made anew when the list of versions is another one."""
    mark = PLACE / sha256(WANTED.read_bytes()).hexdigest()[:12]
    if not mark.exists():
        print("Installing the others. The first time takes a few minutes.", file=sys.stderr)
        venv.create(PLACE, clear=True, with_pip=True)
        install = [PLACE / "bin" / "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", WANTED], check=True)
        mark.touch()
    return PLACE / "bin"


def serve(name: str, folder: Path, stack: ExitStack, port: int) -> tuple[int, str]:
    """Start one of them; return its process and the address of its page."""
    code, command, path = SMALL[name]
    program, *words = command.format(port=port).split()
    own = folder / name
    own.mkdir()
    (own / "small.py").write_text(code)
    process = subprocess.Popen(
        [environment() / program, *words],
        cwd=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**{key: value for key, value in os.environ.items() if key != "PYTHONPATH"}, **QUIET},
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process.pid, f"http://127.0.0.1:{port}{path}"
