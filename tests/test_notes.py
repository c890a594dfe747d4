"""Notes on words that excuse: each finds what it is about, and leaves plain words alone."""

from __future__ import annotations

import pytest

from evenground import content
from evenground.steps import excuses

FOUND = {
    "but": "I was late, but you knew.",
    "if": "I am sorry if I hurt you.",
    "sorry_you": "I'm sorry you took it so.",
    "passive": "Mistakes were made that night.",
    "you_made_me": "You made me shout.",
    "only": "I only looked for a minute.",
    "always": "You never listen to me.",
    "meant": "I didn't mean to shut you out.",
    "you_too": "You did it too.",
    "we_both": "We both said hard things.",
    "how_i_am": "That’s how I am.",
    "tired": "I was stressed that week.",
    "joke": "It was a joke.",
    "too_sensitive": "You are too sensitive.",
    "not_that_bad": "It was not that bad.",
    "whatever": "I regret whatever I did.",
    "already_sorry": "I already said sorry.",
    "asks": "Please forgive me.",
    "had_to": "I had to decide.",
    "after_all": "After all I do, this.",
    "anyone": "Anyone would have done it.",
    "unsure": "I may have shouted.",
    "never_again": "It was wrong. Never again.",
}
PLAIN = [
    "I booked the holiday and paid for it from our account. I did not ask you.",
    "I told Nina about the money. You learned of it at dinner.",
    "I regret that. From now on I ask before I spend.",
    "I shut the door and went to bed.",
    "The butter was on the table.",
    "I never asked you about the move.",
    "",
]


def test_there_is_a_note_for_each_of_the_23():
    keys = {key.split(".")[1] for key, _ in content.words("notes").sentences() if "." in key}

    assert keys == set(FOUND)
    assert len(FOUND) == 23


@pytest.mark.parametrize("key", FOUND)
def test_words_that_excuse_are_found(key):
    found = excuses.note(FOUND[key], reader="Noor")

    assert found is not None
    said = content.words("notes").say(f"excuses.{key}.note", reader="Noor")
    assert found["text"] == said
    assert str(found["word"]) in FOUND[key]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_left_alone(text):
    assert excuses.note(text, reader="Noor") is None


def test_a_note_closes_as_advice_and_shows_a_few_words_around():
    text = "I decided it without asking you. That was my doing, but I was under pressure at work."
    found = excuses.note(text, reader="Noor")

    assert found is not None
    assert found["close"] == "You know what you mean. This is a note, not a rule."
    assert found["hide"] == "Keep my words"
    assert found["word"] == "but"
    assert len(str(found["before"]).split()) < 8
    assert str(found["after"]).endswith("…”")


def test_the_first_words_that_excuse_are_named():
    found = excuses.note("Perhaps it was late, but I went.", reader="Noor")

    assert found is not None
    assert found["word"] == "Perhaps"


def test_what_is_said_to_another_has_two_notes_alone():
    assert excuses.note("I was late, but fine.", reader="Noor", only=excuses.TO_ANOTHER) is None
    assert excuses.note("You always do it.", reader="Noor", only=excuses.TO_ANOTHER)
    assert excuses.note("This is it. Never again.", reader="Noor", only=excuses.TO_ANOTHER)


def test_each_way_of_writing_an_apostrophe_is_known():
    for mark in ("'", "’"):
        found = excuses.note(f"I didn{mark}t mean to do it.", reader="Noor")
        assert found is not None
        assert mark in str(found["word"])
