"""Every sentence a participant reads: plain, short, and free of what the voice leaves out."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import nbformat
import pytest

import reading
from evenground import content

if TYPE_CHECKING:
    from collections.abc import Iterable

WORKBOOK = Path(__file__).parents[1] / "workbook"
SAFETY_FILES = {"help", "alone"}
SAFETY_CELLS = re.compile(r"right-for-us|pressure|before|stop|alone|letter-text|passphrase-text")
# On other pages: pausing, what the cover says of help, and the line on help after an answer.
SAFETY_KEYS = re.compile(r"pausing\.|help_page\.|(?:.+\.)?help_line$")

# What would have somebody work on another who said no.
WORKS_ON = re.compile(
    r"\b(?:convinc\w+|persua\w+|insist\w*|win \S+ (?:back|over)|talk \S+ (?:into|round)"
    r"|change (?:\S+’s|their|his|her|your partner’s) mind|bring \S+ round"
    r"|(?:keep|go on) asking|ask until|get \S+ to (?:say|agree|see)|wear \S+ down)\b",
    re.IGNORECASE,
)

# These tables hold telephone numbers, names of services, patterns and what others published word
# for word: matter, not sentences of ours.
MATTER = re.compile(r"(?:^|\.)(?:patterns?|verbatim|lines?\.\d+\.(?!note)\w+|flags?)(?:\.|$)")
# Notes on words that excuse, which quote a word in order to speak about it.
NOTES = re.compile(r"(?:^|\.)(?:notes?|excuses?)(?:\.|$)")


class Sentence(NamedTuple):
    """One text of a words file, or one paragraph of a notebook."""

    where: str
    key: str
    text: str

    @property
    def filled(self) -> str:
        return content.fill_in(self.text, where=self.where, **reading.SAMPLES)

    @property
    def bar(self) -> float:
        if self.where == "demo":  # what two made-up people wrote, in their own way
            return math.inf
        careful = self.where in SAFETY_FILES or SAFETY_KEYS.match(self.key)
        return reading.SAFETY if careful else reading.PROMPT

    @property
    def most(self) -> int:
        if self.key.split(".")[-1] == "ask":
            return reading.QUESTION
        return reading.BUTTON if "buttons" in self.key.split(".") else reading.SENTENCE


@cache
def texts() -> list[Sentence]:
    return [
        Sentence(part, key, text)
        for part in content.parts()
        for key, text in content.words(part).sentences()
        if not MATTER.search(key) and text
    ]


@cache
def prose() -> list[Sentence]:
    found = []
    for path in sorted(WORKBOOK.glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "markdown":
                continue
            for number, block in enumerate(re.split(r"\n\s*\n|\n(?=[-*#>])", cell.source)):
                found.append(Sentence(path.stem, f"{cell.id}.{number}", bare(block)))
    return [sentence for sentence in found if sentence.text]


def bare(markdown: str) -> str:
    """Return the words of a block of Markdown, as a reader sees them."""
    text = re.sub(r"`[^`]*`", "code", markdown)  # what is typed into a cell is no sentence
    text = re.sub(r"<[^>]+>", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:#+|[-*>]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"\s*\n\s*", " ", re.sub(r"[*_`]+", "", text)).strip()


def told(sentence: Sentence, faults: Iterable[str]) -> list[str]:
    """Return the faults of a sentence, each with the place to mend."""
    return [f"{sentence.where}: {sentence.key}: {fault}" for fault in faults]


@pytest.mark.parametrize("part", content.parts())
def test_the_words_of_a_part_read_plainly(part):
    found = []
    for sentence in texts():
        if sentence.where != part:
            continue
        quotes = bool(NOTES.search(sentence.key)) or part == "notes"
        faults = reading.faults(
            sentence.filled, bar=sentence.bar, most=sentence.most, quotes=quotes
        )
        found += told(sentence, faults)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("notebook", [path.stem for path in sorted(WORKBOOK.glob("*.ipynb"))])
def test_the_prose_of_a_notebook_reads_plainly(notebook):
    found = []
    for sentence in prose():
        if sentence.where != notebook:
            continue
        bar = reading.SAFETY if SAFETY_CELLS.match(sentence.key) else reading.PROMPT
        found += told(sentence, reading.faults(sentence.text, bar=bar))
        if "{" in sentence.text:
            found += told(sentence, ["prose has nothing to fill a placeholder with"])

    assert not found, "\n".join(found)


@pytest.mark.parametrize("part", content.parts())
def test_names_stand_in_isolates_and_every_placeholder_is_filled(part):
    for key, text in content.words(part).sentences():
        filled = content.fill_in(text, where=f"{part}: {key}", **reading.SAMPLES)

        assert not re.search(r"\{\w+\}", filled), key
        assert filled.count("\u2068") == filled.count("\u2069"), key
        if "{other}" in text:
            assert "\u2068Noor\u2069" in filled, key


@pytest.mark.parametrize("part", content.parts())
def test_a_counted_sentence_has_both_its_forms(part):
    keys = {key for key, _ in content.words(part).sentences()}

    for key in keys:
        stem, _, form = key.rpartition(".")
        if form == "one" and "{count}" in content.words(part).get(f"{stem}.other"):
            assert f"{stem}.other" in keys


def test_no_words_work_on_somebody_who_said_no():
    found = [
        fault
        for sentence in [*texts(), *prose()]
        for fault in told(sentence, WORKS_ON.findall(content.plain(sentence.filled)))
        if sentence.where != "demo"
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text", ["Try to convince Noor.", "Change Noor’s mind.", "Get Noor to agree.", "Keep asking."]
)
def test_words_that_work_on_somebody_are_found(text):
    assert WORKS_ON.search(text)


def test_straight_quotes_are_not_used():
    found = [
        fault
        for sentence in [*texts(), *prose()]
        if re.search("[\"']", sentence.text) and sentence.where != "demo"
        for fault in told(sentence, [sentence.text])
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("You should write it down.", "avoided word: should"),
        ("Don’t wait for it.", "contraction: Don’t"),
        ("It’s done.", "contraction: It’s"),
        ("Saved!", "mark: !"),
        ("Congratulations to both.", "avoided word: Congratulations"),
        ("This page is safe.", "avoided word: safe"),
    ],
)
def test_a_fault_is_found(text, fault):
    assert fault in list(reading.faults(text))


def test_a_long_and_a_hard_sentence_are_found():
    long = "You can " + "go on and " * 8 + "stop."
    hard = "Unilateral decision-making circumscribes interpersonal self-determination."

    assert any("at most 20" in fault for fault in reading.faults(long))
    assert any("index" in fault for fault in reading.faults(hard))


def test_a_possessive_and_a_quoted_word_are_not_faults():
    assert list(reading.faults("Noor’s page is closed.")) == []
    assert list(reading.faults("‘Only just’ makes it smaller.", quotes=True)) == []
