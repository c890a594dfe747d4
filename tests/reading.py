"""What makes a sentence easy to read and free of pressure, as functions that name each fault.

The rules and the words to avoid are those of the voice that the workbook keeps: one thought a
sentence, 20 words at most, plain, without contractions, cheer, labels or verdicts.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

with warnings.catch_warnings():
    # textstat asks for a dictionary of syllables at import; the index used here needs none.
    warnings.simplefilter("ignore")
    import textstat

PROMPT, SAFETY = 8.0, 6.0  # the highest Automated Readability Index, by what a text is for
SENTENCE, QUESTION, BUTTON = 20, 14, 6  # the most words each may have
FEWEST_WORDS = 4  # below that the index means nothing

# Samples have 4 or 5 letters: a name of 11 lifts a short sentence to 12 and says nothing of it.
SAMPLES: dict[str, object] = {
    **dict.fromkeys(
        ["a_name", "me", "author", "speaker", "owner", "last", "first", "one", "a"], "Robin"
    ),
    **dict.fromkeys(
        ["b_name", "other", "reader", "listener", "proposer", "next", "two", "b", "name"], "Noor"
    ),
    **dict.fromkeys(["date", "due", "start", "end", "day"], "14 March"),
    **dict.fromkeys(["count", "minutes", "number", "seconds", "line", "parts", "step"], 3),
    **dict.fromkeys(
        ["answer", "area", "felt", "item", "mode", "status", "title", "topic"], "Money"
    ),
    "amount": "200",
    **dict.fromkeys(["column", "id", "what"], "owner"),
    "cure": "Mend that line",
    "folder": "journal",
    "file": "amends.csv",
    **dict.fromkeys(["first_month", "last_month", "month"], "March"),
    "link": "the link",
    **dict.fromkeys(["code", "mark"], "ABCD"),
    "place": "the kitchen",
    "port": 8866,
    "reason": "Late",
    "signal": "Pause",
    "time": "12:04",
    "year": 2026,
    **dict.fromkeys(["now", "share"], "Noor"),
    **dict.fromkeys(["level", "measure", "word"], "Money"),
    **dict.fromkeys(["cue", "act", "words"], "I show it first"),
    **dict.fromkeys(["promise", "tell", "holds", "why", "help"], "I show it first"),
}

# Left sides of the list of words to avoid; an ending of the word is part of the pattern.
AVOIDED = (
    r"abuser\w*|offender\w*|victim\w*|survivor\w*|harmed partner|spouse\w*|husband\w*|wife|wives",
    r"both parties|toxic\w*|narcissis\w*|codependen\w*|manipulativ\w*",
    r"validat\w*|active listening|trigger\w*|boundar\w*|process(?:ing)? feelings|accountab\w*",
    r"attachment style\w*|emotional labou?r|dysregulat\w*|empower\w*|trauma\w*|safe space\w*",
    r"stakeholder\w*|action items?|deadline\w*|complian\w*|adherence|failure\w*|violation\w*",
    r"breach\w*|kpis?|metrics?|onboarding|users?|submit\w*|dashboard\w*",
    r"should|must|just|simply|easily|always|never|already|finally|still not|required|overdue",
    r"waiting for you|reminders?|complete[sd]?|completely|\d+ ?%",
    r"great|well done|amazing\w*|congratulat\w*|journey\w*|healing|streaks?|celebrat\w*",
    r"breakthrough\w*|admit\w*|confess\w*|forgiv\w*|forgave|pardon\w*|apology accepted",
    r"both sides|faults?|scor(?:e|es|ed|ing)|ratings?|normal\w*|truth\w*|honest\w*|prov(?:e|es|ed)",
    r"safe|secure\w*|anonymous\w*|deleted for ever|cannot read|guarantee\w*",
    r"on the same page|walk(?:ing)? on eggshells|baby steps",
)
_AVOIDED = re.compile(r"\b(?:" + "|".join(AVOIDED) + r")(?!\w)", re.IGNORECASE)

_CONTRACTION = re.compile(
    r"\b(?:\w+n[’']t|\w+[’'](?:re|ve|ll|m|d)"
    r"|(?:it|that|what|there|here|he|she|who|let|how|where|when)[’']s)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"‘[^‘’]*(?:’(?=\w)[^‘’]*)*’")
_END = re.compile(r"(?<=[.!?])[’”)]*\s+|\n+")
_WORD = re.compile(r"[^\W_](?:[\w’'–-]|(?<=\d)[:.](?=\d))*")
_ISOLATES = re.compile("[\u2066-\u2069]")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the marks that keep a name's direction."""
    return [part for part in _END.split(_ISOLATES.sub("", text)) if part and _WORD.search(part)]


def words(sentence: str) -> list[str]:
    """Return the words of a sentence; a time or a joined word is one."""
    return _WORD.findall(sentence)


def index(text: str) -> float:
    """Return the Automated Readability Index of a text: about the school year that reads it."""
    return textstat.automated_readability_index(text)


def faults(
    text: str, *, bar: float = PROMPT, most: int = SENTENCE, quotes: bool = False
) -> Iterator[str]:
    """Yield a line for each fault of a text; `quotes` lets it quote a word in order to name it."""
    text = _ISOLATES.sub("", text)
    spoken = _QUOTED.sub("", text) if quotes else text
    yield from (f"avoided word: {found}" for found in _AVOIDED.findall(spoken))
    yield from (f"contraction: {found}" for found in _CONTRACTION.findall(spoken))
    yield from (f"mark: {mark}" for mark in ("!", "…", "...") if mark in text)
    for sentence in sentences(text.replace("JupyterLab", "Lab")):  # a name, and not of our choice
        count = len(words(sentence))
        if count > most:
            yield f"{count} words, at most {most}: {sentence}"
        if count >= FEWEST_WORDS and (found := index(sentence)) > bar:
            yield f"index {found:.1f}, at most {bar:g}: {sentence}"
