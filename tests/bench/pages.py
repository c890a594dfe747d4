"""How long a page takes until a control answers, and what each further page costs.

    make bench            our review page with the demo's journal, beside a small page in others

One browser asks all of them in turn, round by round, so that what else the machine does is shared
out. Others than Voila run from an environment of their own, when BENCH_OTHERS names its folder of
commands; those that are not there are left out. Prints the table of docs/bench.md.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import psutil
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
import browsers
from evenground.app import demo
from serving import Server, Stock, notebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "10"))
FURTHER = 3
LONGEST = 15_000  # milliseconds for one page
REFILL = 3.0  # seconds that a preheated pool needs until it is full again
MIB = 2**20

VOILA = """
import ipywidgets
box, heard = ipywidgets.Text(placeholder="Say"), ipywidgets.Label("nothing")
box.observe(lambda change: setattr(heard, "value", f"heard {change.new}"), "value")
ipywidgets.VBox([box, heard])
"""
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


class Ours:
    """Our review page, with 18 months of a made-up couple's answers."""

    name = "Even Ground, the review page"

    def __init__(self, folder: Path) -> None:
        home = folder / "demo"
        demo.write(home)
        self.server = Server(home)
        self.server.start()
        self.pid = self.server.process.pid
        self.cookies: list[dict[str, str]] = []

    def enter(self, browser: Browser) -> Page:
        context = browser.new_context()
        if not self.cookies:
            page = context.new_page()
            page.goto(self.server.new_link())
            page.locator("#eg-who:not(:empty)").wait_for()
            own = {"name": "who", "value": "a", "url": self.server.address}
            self.cookies = [*context.cookies(), own]
            page.close()
        context.add_cookies(self.cookies)
        return context.new_page()

    def visit(self, page: Page) -> float:
        page.context.add_cookies(self.cookies)  # the press of the visit before hands over
        began = time.perf_counter()
        page.goto(f"{self.server.address}/voila/render/04_review.ipynb", wait_until="commit")
        page.locator("#eg-who").get_by_role("button", name="Switch").click()
        page.locator("#eg-cover h3").first.wait_for()
        return time.perf_counter() - began

    def rest(self) -> None:
        """Need no rest."""

    def stop(self) -> None:
        self.server.stop()


class Small:
    """A page of one box that says what it heard."""

    def __init__(self, name: str, pid: int, address: str) -> None:
        self.name, self.pid, self.address = name, pid, address

    def enter(self, browser: Browser) -> Page:
        page = browser.new_context().new_page()
        page.set_default_timeout(LONGEST)
        return page

    def visit(self, page: Page) -> float:
        began = time.perf_counter()
        page.goto(self.address, wait_until="commit")
        box = page.locator("input[type=text], input:not([type])").first
        box.wait_for()
        heard = page.get_by_text("heard x").first
        # A box may be there before somebody listens to it: then it is asked again.
        for _ in range(10):
            box.fill("x")
            box.press("Enter")
            with suppress(Exception):
                heard.wait_for(timeout=1000)
                return time.perf_counter() - began
            box.fill("")
        raise AssertionError(f"{self.name} does not answer")

    def rest(self) -> None:
        if "preheated" in self.name:
            time.sleep(REFILL)


def voila(folder: Path, stack: ExitStack, *, preheated: bool) -> Small:
    notebooks = folder / ("warm" if preheated else "bare")
    notebooks.mkdir()
    nbformat.write(notebook(VOILA), notebooks / "small.ipynb")
    more = ("--preheat_kernel=True", "--pool_size=2") if preheated else ()
    stock = stack.enter_context(Stock(notebooks, *more))
    name = "Voila, preheated" if preheated else "Voila"
    return Small(name, stock.process.pid, f"{stock.address}/voila/render/small.ipynb")


def other(name: str, folder: Path, stack: ExitStack, port: int) -> Small | None:
    code, command, path = SMALL[name]
    words = command.format(port=port).split()
    program = Path(os.environ.get("BENCH_OTHERS", folder)) / words[0]
    if not program.exists():
        return None
    own = folder / name
    own.mkdir()
    (own / "small.py").write_text(code)
    process = subprocess.Popen(
        [program, *words[1:]],
        cwd=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return Small(name, process.pid, f"http://127.0.0.1:{port}{path}")


def memory(pid: int) -> float:
    """Return what a server and all its processes hold, shared pages shared out, in MiB."""
    family = [psutil.Process(pid)]
    family += family[0].children(recursive=True)
    held = 0
    for one in family:
        with suppress(psutil.Error):
            held += one.memory_full_info().pss
    return held / MIB


def arrives(served: Ours | Small, browser: Browser) -> bool:
    """Wait until a server answers; return whether it does at all on this machine."""
    for _ in range(6):
        page = served.enter(browser)
        try:
            served.visit(page)
        except Exception:  # noqa: BLE001 - whatever it is, it is not there yet
            time.sleep(1)
        else:
            return True
        finally:
            page.context.close()
    print(f"{served.name} does not answer, and is left out", file=sys.stderr)
    return False


def further(served: Ours | Small, browser: Browser) -> float:
    """Return what each further open page costs, in MiB."""
    pages = [served.enter(browser)]
    served.visit(pages[0])
    served.rest()
    before = memory(served.pid)
    for _ in range(FURTHER):
        pages.append(served.enter(browser))
        served.visit(pages[-1])
        served.rest()
    cost = (memory(served.pid) - before) / FURTHER
    for page in pages:
        page.context.close()
    return cost


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ours = Ours(folder)
        stack.callback(ours.stop)
        found = [other(name, folder, stack, 5391 + at) for at, name in enumerate(SMALL)]
        all_served: list[Ours | Small] = [
            ours,
            voila(folder, stack, preheated=False),
            voila(folder, stack, preheated=True),
            *(one for one in found if one),
        ]
        browser = browsers.launch(stack.enter_context(sync_playwright()))
        all_served = [served for served in all_served if arrives(served, browser)]
        cold: dict[str, list[float]] = {served.name: [] for served in all_served}
        warm: dict[str, list[float]] = {served.name: [] for served in all_served}
        for _ in range(ROUNDS):
            for served in all_served:
                page = served.enter(browser)
                cold[served.name].append(served.visit(page))
                served.rest()
                warm[served.name].append(served.visit(page))
                page.context.close()
                served.rest()
        costs = {served.name: further(served, browser) for served in all_served}
        browser.close()

    def line(times: list[float]) -> str:
        return f"{statistics.median(times):.2f} | {max(times):.2f}"

    mine = statistics.median(warm[ours.name])
    print(f"{ROUNDS} rounds, {os.cpu_count()} cores, load at the end {os.getloadavg()[0]:.1f}\n")
    print("| page | warm | worst | cold | worst | times ours | each further page |")
    print("|---|---|---|---|---|---|---|")
    for served in all_served:
        name = served.name
        ratio = statistics.median(warm[name]) / mine
        print(
            f"| {name} | {line(warm[name])} | {line(cold[name])} "
            f"| {ratio:.1f} | {costs[name]:.1f} MiB |"
        )


if __name__ == "__main__":
    main()
