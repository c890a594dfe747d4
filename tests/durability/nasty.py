"""Words that ordinary CSV code trips over, and journals full of them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from evenground.journal import Journal
from evenground.records.amends import Decision

if TYPE_CHECKING:
    from pathlib import Path

    from evenground.records.entry import Entry

TEXTS = (
    'He said "no", and left.',
    "one\ntwo\n\nthree\n",
    "=1+1",
    "'=kept as typed",
    "-3 \t@x",
    "None",
    "NA",
    "007",
    "1e5",
    "🙂 שלום 日本 é\u2028\u202e",
    '""',
    '"\n"',
    '","',
    '"e1","r0123456789abcdef","1"\n"e1","r0123456789abcdef',
    "k0123456789abcdef",
    "k0123456789abcdef\nx",
    "",
    " ",
    "＝1＋1",
    "a;b|c\td",
)


def some(chance: random.Random, longest: int = 400) -> str:
    """Return a text: a nasty one, a mixture, or a long one."""
    text = "".join(chance.choice(TEXTS) for _ in range(chance.randrange(1, 4)))
    if chance.random() < 0.02:
        text *= chance.randrange(1, longest)
    return text[:20_000]


def decision(chance: random.Random, longest: int = 400) -> Decision:
    """Return a record of nasty texts; its outcome is not, so that no row is empty."""
    return Decision.typed(
        {
            "topic": some(chance)[:100],
            "view_a": some(chance, longest),
            "view_b": some(chance, longest),
            "why": some(chance, longest),
        }
    )


def filled(home: Path, *, rows: int, seed: int = 1) -> tuple[Journal, list[Entry[Decision]]]:
    """Return a journal with some nasty rows."""
    chance = random.Random(seed)
    journal = Journal(home)
    return journal, [journal.add(decision(chance, 3), author="a") for _ in range(rows)]
