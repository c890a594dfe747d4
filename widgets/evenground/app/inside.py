"""The process of one page: it runs the page's cells, and hears the page from then on.

It is forked from the process that has imported the workbook, and speaks over one line, in lines of
JSON. It tells of each cell, then that all have run; between these, and from then on, whatever those
widgets say that the page knows. What the page says comes the other way, and does not wait until all
cells have run. Both are messages as Jupyter has them:

    {"cell": {"views": [...], "models": {...}, "failed": false}}      one for each cell, in order
    {"whole": true}                                                   all cells have run
    {"header": {"msg_type": "comm_msg"}, "content": {...}}            both ways

It runs nothing that comes down the line afterwards: a page's messages reach its widgets alone.
"""

from __future__ import annotations

import ast
import asyncio
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import comm
from comm.base_comm import BaseComm, CommManager
from ipywidgets import Widget, register_comm_target

from evenground import content
from evenground.app.shown import Models
from evenground.forms import View

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Sequence

READ = 2**16  # bytes at a time
TURN = 0.0005  # seconds in which a drawing lets go of Python when the page has something to answer
HEARD = frozenset({"comm_open", "comm_msg", "comm_close"})
WORKBOOK = "steps"


def plain(code: str) -> bool:
    """Return whether a cell is one import of the workbook's steps, calls of them, or both.

    Such a cell needs nothing of IPython.
    """
    try:
        lines = ast.parse(code).body
    except SyntaxError:
        return False
    return bool(lines) and all(_is_import(line) or _is_call(line) for line in lines)


def _is_import(line: ast.stmt) -> bool:
    return ast.unparse(line) == f"from evenground import {WORKBOOK}"


def _is_call(line: ast.stmt) -> bool:
    if not isinstance(line, ast.Expr) or not isinstance(line.value, ast.Call):
        return False
    given = [*line.value.args, *(word.value for word in line.value.keywords)]
    return all(isinstance(one, ast.Constant) for one in given) and _is_of_steps(line.value.func)


def _is_of_steps(named: ast.expr) -> bool:
    while isinstance(named, ast.Attribute):
        named = named.value
    return isinstance(named, ast.Name) and named.id == WORKBOOK


class Said(BaseComm):
    """A widget's side of what it says to the page."""

    say: Callable[[str, dict[str, Any]], None]

    def publish_msg(
        self,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,  # noqa: ARG002 - a page has no use for it
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        """Say it; ValueError for bytes, which no widget of ours has."""
        if buffers:
            raise ValueError("a page's line carries no bytes beside its text")
        Said.say(msg_type, {"data": data or {}, "comm_id": self.comm_id, **keys})

    def handle_msg(self, msg: dict[str, Any]) -> None:
        """Hear it, without the look for IPython that there is not."""
        if self._msg_callback:
            self._msg_callback(msg)


class Page:
    """One page in a process of its own."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send
        self._models = Models()
        self._whole = False  # all cells have run
        self._comms = CommManager()
        self._names: dict[str, Any] = {"__name__": "__main__"}
        Said.say = self._say
        comm.create_comm = Said
        comm.get_comm_manager = lambda: self._comms
        register_comm_target()

    def run(self, cells: Sequence[str]) -> Iterator[None]:
        """Run the cells and tell of each, one at each step; none is run after one that failed."""
        for code in cells:
            try:
                views, failed = self._views(code), False
            except Exception as error:  # noqa: BLE001 - whatever it is, the page says so
                # The kind alone: the text of an error may hold what somebody wrote.
                print(f"evenground: {type(error).__name__} in a cell", file=sys.stderr)  # noqa: T201 - for the log, with no words of anyone
                views, failed = [], True
            models = self._models.of({view["model_id"] for view in views})
            self._tell({"cell": {"views": views, "models": models, "failed": failed}})
            if failed:
                break
            yield
        self._whole = True
        self._tell({"whole": True})

    def hear(self, text: bytes) -> None:
        """Take one message of the page to the widget that it is for."""
        message = json.loads(text)
        kind = message["header"]["msg_type"]
        if kind in HEARD:
            told = {"buffers": [], "metadata": {}, **message}
            getattr(self._comms, kind)(None, "", told)

    def _views(self, code: str) -> list[dict[str, Any]]:
        """Run one cell; return what its last line shows."""
        lines = ast.parse(code).body
        last = lines.pop() if isinstance(lines[-1], ast.Expr) else None
        exec(compile(ast.Module(lines, []), "<cell>", "exec"), self._names)  # noqa: S102 - our cells
        if not isinstance(last, ast.Expr):
            return []
        shown = eval(compile(ast.Expression(last.value), "<cell>", "eval"), self._names)  # noqa: S307 - our cells
        return [shown.get_view_spec()] if isinstance(shown, Widget) else []

    def _say(self, kind: str, content: dict[str, Any]) -> None:
        if self._whole or content["comm_id"] in self._models.told:
            self._tell({"header": {"msg_type": kind}, "content": content})
        else:  # the page meets this widget with its cell
            self._models.note(kind, content)

    def _tell(self, told: dict[str, Any]) -> None:
        self._send(json.dumps(told))


def warm() -> list[str]:
    """Do ahead, once for all pages, what each page would do in the same way; return files read.

    Nothing of it depends on a journal, or on who is writing.
    """
    found = sorted((Path(content.__file__).parent / "words" / content.LANGUAGE).glob("*.toml"))
    for file in found:
        content.words(file.stem)
    View([]).close()
    return [str(file) for file in found]


def main(line: socket.socket, given: dict[str, Any]) -> None:
    """Be the process of a page until its line closes."""
    # What a library has to say may hold what somebody wrote, and the terminal is not for that.
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - open as long as the process is
    sys.setswitchinterval(TURN)
    page = Page(lambda text: line.sendall(f"{text}\n".encode()))
    # A loop without tasks and streams: each page would copy what those touch. Drawings are made
    # beside it, and come back to it. A press does not wait for the cells that are still to run.
    loop = asyncio.new_event_loop()
    steps = page.run(given["cells"])
    begun = b""

    def go_on() -> None:
        try:
            more = next(steps, over) is not over
        except Exception:
            loop.stop()  # what cannot tell of its cells is no page
            raise
        if more:
            loop.call_later(0, go_on)  # after what the page has said, unlike call_soon

    def hear() -> None:
        nonlocal begun
        said = line.recv(READ)
        if not said:
            loop.stop()
            return
        *lines, begun = (begun + said).split(b"\n")
        for text in lines:
            try:
                page.hear(text)
            except Exception as error:  # noqa: BLE001 - the next message may be a good one
                print(f"evenground: {type(error).__name__} in a message", file=sys.stderr)  # noqa: T201 - for the log, with no words of anyone

    over = object()
    loop.add_reader(line, hear)
    loop.call_soon(go_on)
    loop.run_forever()
