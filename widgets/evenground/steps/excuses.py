"""Notes on words that excuse: advice beside a text, for its writer alone.

Nothing is blocked, counted or stored. Words and patterns stand in words/<language>/notes.toml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from evenground import content
from evenground.forms import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evenground.forms.nodes import Node

AROUND = 4  # words of the phrase that stand on each side of the one that is meant
TO_ANOTHER = ("always", "never_again")  # the two that fit what is said to the other (P19, P23)


class Excuse(NamedTuple):
    """One kind of words that excuse: its key, and how it is known."""

    key: str
    pattern: re.Pattern[str]


def note(text: str, *, reader: str, only: Iterable[str] | None = None) -> Node | None:
    """Return the note on the first words of a text that excuse, or None. `only` picks notes."""
    plain = text.replace("’", "'").replace("‘", "'")  # as long as before
    picked = None if only is None else set(only)
    found = [
        (match.start(), place, excuse, match)
        for place, excuse in enumerate(_excuses())
        if picked is None or excuse.key in picked
        if (match := excuse.pattern.search(plain))
    ]
    if not found:
        return None
    _, _, excuse, match = min(found, key=lambda one: one[:2])
    w = content.words("notes")
    before, after = text[: match.start()], text[match.end() :]
    return nodes.note(
        before=f"“{_end(before)}",
        word=text[match.start() : match.end()],
        after=f"{_beginning(after)}”",
        words=w.say(f"excuses.{excuse.key}.note", reader=reader),
        close=w["close"],
        hide=w["hide"],
    )


@cache
def _excuses() -> tuple[Excuse, ...]:
    w = content.words("notes")
    keys = dict.fromkeys(
        key.split(".")[1] for key, _ in w.sentences() if key.startswith("excuses.")
    )
    found = []
    for key in keys:
        either = "|".join(w.lines(f"excuses.{key}.patterns"))
        found.append(Excuse(key, re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)))
    return tuple(found)


def _end(text: str) -> str:
    """Return the last words of what stands before, on the same line."""
    line = text.rsplit("\n", 1)[-1]
    words = line.split(" ")
    if len(words) - 1 <= AROUND:
        return line
    return "… " + " ".join(words[-AROUND - 1 :])


def _beginning(text: str) -> str:
    """Return the first words of what stands after, on the same line."""
    line = text.split("\n", 1)[0]
    words = line.split(" ")
    if len(words) - 1 <= AROUND:
        return line
    return " ".join(words[: AROUND + 1]) + " …"
