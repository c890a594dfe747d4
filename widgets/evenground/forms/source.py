"""The one script and the one style sheet that a browser gets, put together from js/ and css/."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

SHEETS = ("tokens.css", "controls.css", "header.css")


@cache
def look() -> str:
    """Return the style of the controls and the header, for our page's `<style id="eg-look">`."""
    folder = files("evenground.forms").joinpath("css")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in SHEETS)


@cache
def script() -> str:
    """Return the script of the widgets as one ES module, its files in the order of their names."""
    folder = files("evenground.forms").joinpath("js")
    parts = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".js"))
    code = "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in parts)
    # Outside our page the script brings the look along; JSON text is a JavaScript string as it is.
    return f"const LOOK = {json.dumps(look())};\n{code}"
