"""Two people at one page, 10,000 steps at random: what one has not released, the other never gets.

Every word that somebody types alone is a canary with its writer's name in it. After each step the
trees of the page, the messages to the browser and the plain files are searched for canaries.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from evenground.forms import View
from evenground.forms.view import fields_of
from evenground.journal import Journal, place
from evenground.records.door import Opening
from evenground.records.start import Person
from evenground.steps import acknowledge, alone, listen
from evenground.steps import desk as desks
from evenground.steps.draft import own_draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from evenground.steps.step import Step

RUNS, STEPS = 50, 200  # 10,000 in all
SEALED = ("ab", "ab", "a", "b", "")  # who has a passphrase, run by run
CANARY = re.compile(r"zq([ab])(\d+)x")

# The acts by which somebody lets the other read: each is pressed by whom it is for.
RELEASES = {"release", "trace_release", "tell", "open", "answer", "let_through"}
LIKELY = {"skip": 0.1, "take_away": 0.1, "answer": 8, "open": 8, "release": 3, "take": 5, "tell": 8}
ALONE = (
    *("pace", "more_room", "moments", "stood", "cost", "narrowed", "older", "body", "value"),
    *("draft", "question"),
)
BESIDE = (
    *("ground_rules", "how_deep", "after_turn", "another_way", "revise", "door", "floor"),
    *("ways", "letter"),  # the path for one person
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return a journal with both passphrases set, and the keys that open it."""
    home = tmp_path_factory.mktemp("keys") / "journal"
    journal = Journal(home)
    for person, name in (("a", "Sam"), ("b", "Alex")):
        journal.add(Person(name=name), author=person)
    both = {}
    for who in ("a", "b"):
        journal.set_passphrase(who, f"seven quiet lamps {who}")
        both[who] = journal.private.secret(who)
    return {"home": home, "secrets": both}


class Table:
    """One open page, with some of the steps of the first two parts on it."""

    def __init__(self, home: Path, keys: dict[str, Any], sealed: str, chance: random.Random):
        self.home, self.chance, self.sealed = home, chance, sealed
        self.secrets = {p: s for p, s in keys["secrets"].items() if p in sealed}
        place.make(home)  # for its owner alone: elsewhere nothing private is kept
        shutil.copy(keys["home"] / "people.csv", home / "people.csv")
        self._some_keys(keys["home"] / "keys.json")
        desks.clear()
        self.desk = desks.desk()
        self.sent: list[object] = []
        self.count = 0
        self.done: Counter[str] = Counter()
        self.plain: set[str] = set()  # canaries that a release put into plain files
        self.opened: dict[str, set[str]] = {"a": set(), "b": set()}  # by who may read them
        self.at_door: dict[str, set[str]] = {"a": set(), "b": set()}  # by who brought them
        self.marks: dict[Path, tuple[int, int]] = {}
        names = [*chance.sample(ALONE, 4), "draft", *chance.sample(BESIDE, 3), "door"]
        self.steps = [self._open(name) for name in dict.fromkeys(names)]

    def _some_keys(self, path: Path) -> None:
        import json

        held = json.loads(path.read_text())
        if self.sealed:
            for person in "ab":
                if person not in self.sealed:
                    _without(held, person)
            (self.home / "keys.json").write_text(json.dumps(held))

    def _open(self, name: str) -> Step:
        made: list[Step] = []
        join = self.desk.join
        self.desk.join = lambda step: (made.append(step), join(step))[1]  # type: ignore[method-assign]  # to count them
        module = acknowledge if hasattr(acknowledge, name) else listen
        getattr(module if hasattr(module, name) else alone, name)()
        self.desk.join = join  # type: ignore[method-assign]  # to count them
        return made[0]

    # One step -----------------------------------------------------------------------------------

    def evening(self) -> None:
        """Do many things, one after the other."""
        for _ in range(STEPS):
            self.step()

    def step(self) -> None:
        """Do one thing that two people could do, and look for what got out."""
        kind = self.chance.choices(["sit", "lock", "unlock", "type", "press"], [2, 0.3, 1, 5, 5])[0]
        before = set(self.plain)
        self.sent.clear()
        pressed = getattr(self, f"_{kind}")()
        self._files()
        fresh = self.plain - before
        if fresh:
            assert pressed in RELEASES, (pressed, fresh)
        self._look()

    def _sit(self) -> str:
        self.desk.sit(self.chance.choice(["a", "b", "a", "b", "both", ""]))
        return "sit"

    def _lock(self) -> str:
        self.desk.journal.lock(self.chance.choice("ab"))
        self.desk.changed()
        return "lock"

    def _unlock(self) -> str:
        for person, secret in self.secrets.items():
            self.desk.journal.private._keys.put(person, secret)
        self.desk.changed()
        return "unlock"

    def _type(self) -> str:
        step = self.chance.choice(self.steps)
        fields = list(fields_of(step.view.tree))
        if fields:
            node = self.chance.choice(fields)
            step.view.on_input(str(node["name"]), self._value(node))
        return "type"

    def _press(self) -> str:
        presses = [(step, item) for step in self.steps for item in _presses(step.view.tree)]
        if not presses:
            return "nothing"
        weights = [LIKELY.get(str(item["key"]), 1) for _, item in presses]
        step, pressed = self.chance.choices(presses, weights)[0]
        values = {str(n["name"]): n.get("value") for n in fields_of(step.view.tree)}
        for node in fields_of(step.view.tree):
            if self.chance.random() < 0.5:
                values[str(node["name"])] = self._value(node)
        key, me = str(pressed["key"]), self.desk.one
        self.done[key] += 1
        draft = own_draft(step) if me else None
        opened = self._openings()
        step.view.on_press(key, str(pressed.get("value") or ""), values)
        if key == "take" and draft:
            words = set(_canaries(str(draft.record)))
            self.at_door[me] = words
        if self._openings() > opened:
            self.opened[me] |= self.at_door[desks.other(me)]
        return key

    def _openings(self) -> int:
        return len(self.desk.journal.entries(Opening))

    def _value(self, node: dict[str, Any]) -> object:
        keys = [str(option["key"]) for option in node.get("options") or []]
        control, opens = node["control"], {"door": "open", "door/how": "here"}
        if node["name"] in opens and self.chance.random() < 0.6:
            return opens[str(node["name"])]
        if control in ("text", "line"):
            self.count += 1
            person = self.desk.one
            return f"zq{person}{self.count}x" if person else f"said {self.count}"
        if control == "chips":
            return self.chance.sample(keys, self.chance.randint(0, len(keys)))
        if control == "weights":
            return {key: self.chance.randint(0, 5) for key in self.chance.sample(keys, 2)}
        if control == "date":
            return "2027-03-01"
        return self.chance.choice(keys) if keys else ""

    # What got out -------------------------------------------------------------------------------

    def _files(self) -> None:
        for path in self.home.rglob("*"):
            if not path.is_file() or path.suffix == ".lock":
                continue
            state = path.stat()
            mark = (state.st_mtime_ns, state.st_size)
            if self.marks.get(path) != mark:
                self.marks[path] = mark
                self.plain |= set(_canaries(path.read_text("utf-8", "replace")))

    def _look(self) -> None:
        """Search what the page shows and sends to whoever is there."""
        me = self.desk.one
        seen = set(_canaries(str([step.view.tree for step in self.steps]) + str(self.sent)))
        mine = {word for word in seen if word[2] == me}
        allowed = self.plain | mine | (self.opened[me] if me else set())
        assert seen <= allowed, (self.desk.who, seen - allowed)


def _without(held: Any, person: str) -> None:
    """Take a person out of the file of keys, wherever it stands."""
    if isinstance(held, dict):
        held.pop(person, None)
        for below in held.values():
            _without(below, person)


def _canaries(text: str) -> Iterator[str]:
    yield from (match[0] for match in CANARY.finditer(text))


def _presses(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in tree:
        if node["is"] in ("buttons", "actions"):
            yield from (item for item in node["items"] if item.get("key"))
        elif node["is"] == "list":
            for item in node["items"]:
                yield from item.get("actions") or []
        yield from _presses(node.get("children") or [])


@pytest.fixture(scope="module")
def done() -> Iterator[Counter[str]]:
    """Return what was pressed in all runs; each act that lets something out was tried."""
    pressed: Counter[str] = Counter()
    yield pressed
    if pressed["runs"] == RUNS:
        for key in ("keep", "release", "open", "answer", "take", "take_back", "tell"):
            assert pressed[key] > 5, (key, pressed)
        assert pressed["doors opened"] > 5, pressed
        assert pressed["sealed rows"] > RUNS, pressed  # there was something to keep from them


@pytest.mark.parametrize("run", range(RUNS))
def test_what_one_has_not_released_the_other_never_gets(run, home, keys, done, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _: None)  # durability is tried elsewhere
    chance = random.Random(run)
    table = Table(home, keys, SEALED[run % len(SEALED)], chance)
    send = View.send
    monkeypatch.setattr(
        View,
        "send",
        lambda view, content, *_: (table.sent.append(content), send(view, content))[1],
    )

    table.evening()
    done.update(table.done)
    sealed = [path.read_text().count("\n") - 1 for path in home.glob("private_*.csv")]
    done.update({"runs": 1, "doors opened": table._openings(), "sealed rows": sum(sealed)})


def test_a_page_that_shows_what_is_sealed_for_the_other_is_noticed(home, keys, monkeypatch):
    """The control: a journal that gives each of them what only the other one may read."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    own = Journal.entries

    def everything(journal: Journal, kind: Any, *, reader: str | None = None) -> list[Any]:
        found = {e.id: e for who in (reader, "a", "b") for e in own(journal, kind, reader=who)}
        return list(found.values())

    monkeypatch.setattr(Journal, "entries", everything)
    table = Table(home, keys, "ab", random.Random(0))
    with pytest.raises(AssertionError, match="zq"):
        table.evening()
