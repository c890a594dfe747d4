"""Notebooks in JupyterLab: opened, run whole, and shown whole."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tour import WORKBOOK

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from serving import Server

NOTEBOOKS = sorted(path.stem for path in WORKBOOK.glob("0*.ipynb"))
PATIENCE = 90_000
UNRUN = re.compile(r"^\[[ *]\]:")
SETTINGS = "lab/user-settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"


def show_all() -> None:
    """Let JupyterLab keep on the page the cells too that are out of sight."""
    settings = Path(os.environ["JUPYTER_CONFIG_DIR"]) / SETTINGS
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"windowingMode": "none"}))


def run(page: Page, lab: Server, name: str) -> None:
    """Open a notebook, run it whole, and wait until every cell of it has run.

    The kernel of the notebook that was open before is shut.
    """
    page.goto(f"{lab.address}/lab/tree/{name}.ipynb?reset")
    page.get_by_text("Python 3 | Idle").wait_for(timeout=PATIENCE)
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    expect(prompts.first).to_have_text(UNRUN, timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    expect(prompts.filter(has_text=UNRUN)).to_have_count(0, timeout=PATIENCE)
