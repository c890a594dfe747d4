"""Every sentence a participant reads: plain, short, and free of what the voice leaves out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

import reading
from evenground import content

WORKBOOK = Path(__file__).parents[1] / "workbook"
SAFETY_FILES = {"help", "safety"}

# These tables hold telephone numbers, names of services and patterns: matter, not sentences.
MATTER = re.compile(r"(?:^|\.)(?:patterns?|lines?\.\d+\.(?!note)\w+|flags?)(?:\.|$)")
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
        return reading.SAFETY if self.where in SAFETY_FILES else reading.PROMPT

    @property
    def most(self) -> int:
        if self.key.split(".")[-1] == "ask":
            return reading.QUESTION
        return reading.BUTTON if "buttons" in self.key.split(".") else reading.SENTENCE


def texts() -> list[Sentence]:
    return [
        Sentence(part, key, text)
        for part in content.parts()
        for key, text in content.words(part).sentences()
        if not MATTER.search(key) and text
    ]


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
    text = re.sub(r"<[^>]+>", "", markdown)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"^\s*(?:#+|[-*>]|\d+\.)\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"\s*\n\s*", " ", re.sub(r"[*_`]+", "", text)).strip()


def named(sentence: Sentence) -> str:
    return f"{sentence.where}:{sentence.key}"


@pytest.mark.parametrize("sentence", texts(), ids=named)
def test_a_text_reads_plainly(sentence):
    quotes = bool(NOTES.search(sentence.key)) or sentence.where == "notes"

    found = reading.faults(sentence.filled, bar=sentence.bar, most=sentence.most, quotes=quotes)

    assert list(found) == []


@pytest.mark.parametrize("sentence", prose(), ids=named)
def test_prose_reads_plainly(sentence):
    assert list(reading.faults(sentence.text)) == []
    assert "{" not in sentence.text, "a notebook's prose has nothing to fill a placeholder with"


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


def test_straight_quotes_are_not_used():
    straight = [
        named(sentence) for sentence in [*texts(), *prose()] if re.search("[\"']", sentence.text)
    ]

    assert straight == []


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
