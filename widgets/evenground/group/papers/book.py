"""The paper book: the prose of the notebooks, and every declared question with room to write."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from evenground.content import ContentError, words
from evenground.records.controls import Chips, Choice, Control, Line, Ref, Steps, Text, Weights
from evenground.records.declaration import Visibility
from evenground.records.questions import nameless
from evenground.records.registry import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from evenground.records.declaration import Record

_SHORT, _LONG = 1, 4  # ruled lines
_BLOCK = re.compile(r"\n\s*\n|\n(?=[-*#>])")


@dataclass(frozen=True)
class Section:
    """One section of a notebook."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question, its choices and how many lines there are to write on."""

    ask: str
    help: str
    options: tuple[str, ...]
    one: bool  # one of the choices, and not any number of them
    lines: int


@dataclass(frozen=True)
class Part:
    """One part of the workbook on paper."""

    title: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]


def book(parts: tuple[str, ...]) -> list[Part]:
    """Return parts as they stand on paper: "acknowledge", "listen", "amends", "review"."""
    return [_part(part) for part in parts]


def _part(name: str) -> Part:
    sections = list(_sections(name))
    return Part(sections[0].heading, tuple(sections[1:]), tuple(_questions(name)))


def _sections(part: str) -> Iterator[Section]:
    """Yield the prose of a part's notebook, heading by heading; the first is its title."""
    heading, paragraphs = "", list[str]()
    for cell in json.loads(_notebook(part).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        for block in _BLOCK.split("".join(cell["source"])):
            if block.startswith("#"):
                if heading:
                    yield Section(heading, tuple(paragraphs))
                heading, paragraphs = _bare(block), []
            elif text := _bare(block):
                paragraphs.append(text)
    yield Section(heading, tuple(paragraphs))


def _questions(part: str) -> Iterator[Question]:
    for kind in kinds().values():
        # What is never written down on the screen is not written down on paper, either.
        if kind.part == part and kind.visibility is not Visibility.UNSTORED:
            for name, control in kind.controls():
                if not isinstance(control, Ref) and (found := _question(kind, name, control)):
                    yield found


def _question(kind: type[Record], name: str, control: Control) -> Question | None:
    say = words(kind.part)
    at = f"{kind.kind}.{name}"
    if f"{at}.ask" not in say:
        return None
    try:
        ask = nameless(say, f"{at}.ask")
        help_ = nameless(say, f"{at}.help") if f"{at}.help" in say else ""
        options = tuple(nameless(say, key) for key in _options(at, control))
    except ContentError:
        return None  # it speaks of something that was written, which a blank sheet cannot know
    if isinstance(control, Steps):
        own = words("controls")
        options = tuple(own[f"steps.{step}"] for step in ("1", "2", "3", "4", "5"))
    many = isinstance(control, Chips | Weights)
    return Question(ask, help_, options, one=not many, lines=_lines(control))


def _options(at: str, control: Control) -> list[str]:
    if isinstance(control, Choice | Chips | Weights):
        return [f"{at}.options.{key}" for key in control.options]
    return []


def _lines(control: Control) -> int:
    if isinstance(control, Choice | Chips | Weights | Steps):
        return 0
    if isinstance(control, Text) and not isinstance(control, Line):
        return _LONG
    return _SHORT


def _notebook(part: str) -> Path:
    """Return the file of a part's notebook: inside the package, or beside `widgets/`."""
    package = Path(str(files("evenground")))
    for folder in (package / "workbook", package.parent.parent / "workbook"):
        for path in folder.glob(f"[0-9][0-9]_{part}.ipynb"):
            return path
    raise ContentError(f"no notebook of part {part!r} was found. Install evenground again.")


def _bare(markdown: str) -> str:
    """Return the words of a block of Markdown."""
    text = re.sub(r"<[^>]+>", "", markdown)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:#+|[-*>]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"\s*\n\s*", " ", re.sub(r"[*_`]+", "", text)).strip()
