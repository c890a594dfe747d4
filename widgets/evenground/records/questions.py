"""What is asked, for a reader who knows no names: on paper, and in the dictionary of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from evenground.content import ContentError, plain, words

if TYPE_CHECKING:
    from evenground.content import Words
    from evenground.records.declaration import Record


def nameless(say: Words, key: str) -> str:
    """Return a sentence with “your partner” and the like for names, its first letter large.

    ContentError when it speaks of something that was written, such as a day or a topic.
    """
    acts = cast("dict[str, object]", words("common").table["acts"])
    sentence = plain(say.say(key, **acts))
    return sentence[:1].upper() + sentence[1:]


def asked(kind: type[Record], field: str) -> str:
    """Return the question over a field, or an empty text: some are filled in by the page itself."""
    say, key = words(kind.part), f"{kind.kind}.{field}.ask"
    try:
        return nameless(say, key) if key in say else ""
    except ContentError:
        return ""
