"""A couple at the review, driven without a browser: names, passphrases, promises, past reviews."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from evenground.content import plain
from evenground.forms.view import fields_of
from evenground.journal import Journal
from evenground.records.amends import Promise, PromiseAnswer
from evenground.records.review import ITEMS, CheckIn, Review
from evenground.records.start import Person
from evenground.steps import desk as desks

if TYPE_CHECKING:
    from pathlib import Path

    from evenground.forms.view import Kept, View
    from evenground.steps.desk import Desk

TODAY = date.today()  # noqa: DTZ011 - the day on the laptop
PHRASE = {"a": "seven quiet lamps over water", "b": "nine green doors by the harbour"}
MOST, HALF, RARE = "4", "3", "1"


def settled(home: Path, *, sealed: bool = False) -> Desk:
    """Return the desk of a page where two people with names may sit, with open private pages."""
    journal = Journal(home)
    journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Alex"), author="b")
    if sealed:
        for key, phrase in PHRASE.items():
            journal.set_passphrase(key, phrase)
    desk = sit("")
    if sealed:
        for key, phrase in PHRASE.items():
            desk.journal.unlock(key, phrase)
    return desk


def promised(
    home: Path,
    *,
    owner: str = "a",
    title: str = "Ask before we spend",
    ago: int = 30,
    last: int = 90,
) -> str:
    """Write a promise that both agreed to, and return its thread."""
    journal = at(home, ago)
    other = "b" if owner == "a" else "a"
    made = Promise(
        title=title,
        owner=owner,
        if_cue="something costs more than 150",
        then_act="I ask first",
        start=TODAY - timedelta(days=ago),
        due=TODAY - timedelta(days=ago - 10),
        end=TODAY + timedelta(days=last - ago),
        tell="A line in the log",
    )
    promise = journal.add(made, author=other)
    journal.add(PromiseAnswer(promise=promise.id, answer="commit"), author=owner)
    return promise.thread


def reviewed(home: Path, ago: int, a: str, b: str, **lines: str) -> str:
    """Write a review that both opened: one digit an item, "-" where none was given."""
    journal = at(home, ago)
    review = journal.add(Review(day=TODAY - timedelta(days=ago)), author="both")
    for person, steps in (("a", a), ("b", b)):
        given = {item: s.strip("-") for item, s in zip(ITEMS, steps, strict=True)}
        record = CheckIn.typed({"review": review.thread, **given, **lines})
        released = f"e-{person}-{ago}"
        journal.add(record, author=person, sealed=False, released_from=released)
    return review.thread


def at(home: Path, ago: int) -> Journal:
    """Return the journal as it writes on a day in the past."""
    moment = datetime.now(UTC) - timedelta(days=ago)
    return Journal(home, now=lambda: moment)


def answer(page: Page, steps: list[str], *, working: str = "") -> None:
    """Answer the six items of a check-in and keep them."""
    asks = ["We decided together", "I felt heard", "I could raise hard things"]
    asks += ["My no was respected", "My work was seen", "Promises were kept"]
    for ask, step in zip(asks, steps, strict=True):
        if step:
            page.write(ask, step)
            page.press("Continue")
        else:
            page.press("Skip this")
    if working:
        page.write("What is working?", working)
    page.press("Keep my answers")


def kept(home: Path) -> bytes:
    """Return all bytes of a journal's folder."""
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def sit(who: str) -> Desk:
    """Open a new page for a person, as a kernel does, and return its desk."""
    desks.clear()
    found = desks.desk()
    found.sit(who)
    return found


class Page:
    """One step's view, as the browser would use it."""

    def __init__(self, view: View) -> None:
        self.view = view

    @property
    def words(self) -> str:
        """Return all words shown, without the isolates around names."""
        return plain("\n".join(_texts(self.view.tree)))

    def field(self, label: str) -> dict[str, Any]:
        """Return the field with a label."""
        for node in fields_of(self.view.tree):
            if plain(str(node["label"])) == label:
                return node
        raise AssertionError(f"no field {label!r} in:\n{self.words}")

    def write(self, label: str, value: object) -> Kept | None:
        """Type into a field; return what is said of saving."""
        name = self.field(label)["name"]
        self._remember(name, value)
        return self.view.on_input(name, value)

    def press(self, label: str) -> Kept | None:
        """Press the first button or small action with these words."""
        button = next((b for b in _buttons(self.view.tree) if plain(b["label"]) == label), None)
        assert button, f"no button {label!r} in:\n{self.words}"
        values = {str(node["name"]): node["value"] for node in fields_of(self.view.tree)}
        return self.view.on_press(button["key"], button["value"], values)

    def _remember(self, name: str, value: object) -> None:
        for node in fields_of(self.view.tree):
            if node["name"] == name:
                node["value"] = value


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        quiet = {"is", "key", "name", "control", "icon", "by", "person", "mark", "fill", "href"}
        return [text for key, part in node.items() if key not in quiet for text in _texts(part)]
    if isinstance(node, list | tuple):
        return [text for part in node for text in _texts(part)]
    return [node] if isinstance(node, str) else []


def _buttons(node: object) -> list[dict[str, str]]:
    if isinstance(node, dict):
        if node.get("is") in ("buttons", "actions"):
            return [b for b in node["items"] if "key" in b and "value" in b]
        found = [b for b in node.get("actions", ()) if isinstance(b, dict)]
        return found + [b for part in node.values() for b in _buttons(part)]
    if isinstance(node, list):
        return [b for part in node for b in _buttons(part)]
    return []
