"""People's words as the pages show them."""

from __future__ import annotations

GLIMPSE = 80  # letters that stand for a text in a list


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs, as a quote shows them."""
    return [line for line in text.split("\n") if line.strip()]


def sentence(text: str) -> str:
    """Return a text as one that others can follow on the same line."""
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?", "…")) or not words else f"{words}."


def glimpse(text: str) -> str:
    """Return the first words of a text, to tell it from others in a list."""
    words = " ".join(text.split())
    return words if len(words) <= GLIMPSE else f"{words[:GLIMPSE].rsplit(' ', 1)[0]} …"
