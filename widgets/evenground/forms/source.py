"""The one script and the one style sheet that a browser gets, put together from js/ and css/."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

# In this order: what comes later wins.
SHEETS = (
    *("tokens.css", "cells.css", "words.css", "spaces.css", "fields.css", "cards.css", "chips.css"),
    *("ifthen.css", "presses.css", "notes.css", "lists.css", "reveal.css", "figures.css"),
    *("onward.css", "paces.css"),
    "paper.css",
    *("widths.css", "themes.css", "header.css"),
)


@cache
def look() -> str:
    """Return the style of the controls and the header, for what stands at `id="eg-look"`."""
    return "\n".join(_read("css", name) for name in SHEETS)


@cache
def script() -> str:
    """Return the script of the widgets as one ES module, its files in the order of their names."""
    folder = files("evenground.forms").joinpath("js")
    parts = sorted(entry.name for entry in folder.iterdir() if entry.name[0].isdigit())
    # Outside our page the script brings the look along; JSON text is a JavaScript string as it is.
    return "\n".join([f"const LOOK = {json.dumps(look())};", *(_read("js", n) for n in parts)])


@cache
def module() -> str:
    """Return the script as the page of the app loads it, by its address."""
    return f"{script()}\nexport default {{ render }};\n"


@cache
def widget() -> str:
    """Return what a widget gives to the browser: the script, to be read once a page."""
    code = script()
    key = f"evenground-{hashlib.sha256(code.encode()).hexdigest()[:12]}"
    return f"const CODE = {json.dumps(code)};\nconst KEY = {json.dumps(key)};\n" + _read(
        "js", "once.js"
    )


def _read(*path: str) -> str:
    return files("evenground.forms").joinpath(*path).read_text(encoding="utf-8")
