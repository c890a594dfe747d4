"""The words that participants read, from words/<language>/<part>.toml.

Keys are dotted paths into one file: `words("start")["names.ask"]`. Every sentence has a key of
its own, with placeholders that name an act (`{other}`, `{reader}`); none is glued from halves.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGE = "en"

# First Strong Isolate … Pop Directional Isolate: a name in another script leaves the sentence be.
_ISOLATE, _END = "\u2068", "\u2069"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class ContentError(Exception):
    """A words file lacks a key, or a sentence lacks what fills it; says which file and key."""


@dataclass(frozen=True)
class Words:
    """The sentences of one words file."""

    file: str
    table: dict[str, object]

    def __getitem__(self, key: str) -> str:
        """Return the sentence under a dotted key; ContentError when there is none."""
        found = self._at(key)
        if not isinstance(found, str):
            raise ContentError(f"{self.file}: no sentence under {key!r}. Add it there.")
        return found

    def __contains__(self, key: str) -> bool:
        """Return whether a sentence stands under a dotted key."""
        return isinstance(self._at(key), str)

    def get(self, key: str) -> str:
        """Return the sentence under a dotted key, or an empty string."""
        found = self._at(key)
        return found if isinstance(found, str) else ""

    def lines(self, key: str) -> tuple[str, ...]:
        """Return the list of sentences under a dotted key; ContentError when there is none."""
        found = self._at(key)
        if not isinstance(found, list):
            raise ContentError(f"{self.file}: no list under {key!r}. Add it there.")
        return tuple(str(line) for line in cast("list[object]", found))

    def say(self, key: str, **fill: object) -> str:
        """Return a sentence with its placeholders filled, each in direction isolates."""
        return fill_in(self[key], where=f"{self.file}: {key}", **fill)

    def count(self, key: str, count: int, **fill: object) -> str:
        """Return the plural form of a sentence for a count (`key.one`, `key.other`)."""
        form = "one" if count == 1 and f"{key}.one" in self else "other"
        return self.say(f"{key}.{form}", count=count, **fill)

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Yield every (dotted key, sentence) of the file, lists item by item."""
        yield from _walk("", self.table)

    def _at(self, key: str) -> object:
        here: object = self.table
        for step in key.split("."):
            if not isinstance(here, dict) or step not in here:
                return None
            here = cast("dict[str, object]", here)[step]
        return here


def fill_in(sentence: str, *, where: str = "", **fill: object) -> str:
    """Return a sentence with `{placeholders}` filled; ContentError when one is not given.

    What is filled in is never read again for placeholders, so a name may hold braces.
    """

    def one(match: re.Match[str]) -> str:
        name = match[1]
        if name not in fill:
            raise ContentError(f"{where}: {{{name}}} is not filled in.")
        value = fill[name]
        return str(value) if isinstance(value, int) else f"{_ISOLATE}{value}{_END}"

    return _PLACEHOLDER.sub(one, sentence)


def plain(sentence: str) -> str:
    """Return a sentence without direction isolates, for files that show them as boxes."""
    return sentence.replace(_ISOLATE, "").replace(_END, "")


@cache
def words(part: str, language: str = LANGUAGE) -> Words:
    """Return the words of one part; ContentError when the file is missing or is not TOML."""
    name = f"words/{language}/{part}.toml"
    source = files("evenground").joinpath("words", language, f"{part}.toml")
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ContentError(
            f"{name} is missing. Put it back, or install evenground again."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{name} cannot be read: {error}. Mend that line.") from error
    return Words(name, table)


def parts(language: str = LANGUAGE) -> tuple[str, ...]:
    """Return the names of all words files of a language, sorted."""
    folder = files("evenground").joinpath("words", language)
    return tuple(sorted(e.name[:-5] for e in folder.iterdir() if e.name.endswith(".toml")))


def languages() -> tuple[str, ...]:
    """Return the languages that there are words of, sorted."""
    folder = files("evenground").joinpath("words")
    return tuple(sorted(e.name for e in folder.iterdir() if e.joinpath("group.toml").is_file()))


def _walk(key: str, node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, str):
        yield key, node
    elif isinstance(node, list):
        for number, item in enumerate(cast("list[object]", node)):
            yield from _walk(f"{key}.{number}", item)
    elif isinstance(node, dict):
        for step, below in cast("dict[str, object]", node).items():
            yield from _walk(f"{key}.{step}" if key else step, below)
