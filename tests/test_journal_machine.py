"""Whatever two people and a spreadsheet do, in any order, the journal holds what a list would."""

from __future__ import annotations

import shutil
import tempfile
from hashlib import blake2b
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from durability import power
from evenground.journal import Journal, merging, sealing
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision
from evenground.records.controls import cleaned

PHRASE = "three lamps by the river"
WORDS = st.text(max_size=30) | st.sampled_from(["=1+1", "'=x", '"\n"', "None", "007", "é\u2028"])
PERSON = st.sampled_from(["a", "b"])


def _quick(passphrase: str, salt: bytes, **_: int) -> bytes:
    return blake2b(passphrase.encode() + salt, digest_size=32).digest()


class Couple(RuleBasedStateMachine):
    """A journal, and beside it a plain model of what it has to hold."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=power.quiet_disk() or None))
        self.home = self.folder / "journal"
        self.journal = Journal(self.home)
        self.plain: dict[str, tuple[str, str]] = {}  # thread -> author, words
        self.sealed: dict[str, str] = {}
        self.gone: set[str] = set()
        self.open = True
        # What the passphrase is stretched by takes long on purpose, and is not what is tried here.
        self.quick = mock.patch.object(sealing, "_stretched", _quick)
        self.quick.start()

    @initialize()
    def begin(self) -> None:
        self.journal.set_passphrase("a", PHRASE)

    @rule(words=WORDS, author=PERSON)
    def write(self, words: str, author: str) -> None:
        entry = self.journal.add(Decision(why=cleaned(words)), author=author)
        self.plain[entry.thread] = author, cleaned(words)

    @rule(words=WORDS)
    def write_sealed(self, words: str) -> None:
        entry = self.journal.add(Moment(act=cleaned(words)), author="a")
        self.sealed[entry.thread] = cleaned(words)

    @precondition(lambda self: self.plain)
    @rule(data=st.data(), words=WORDS)
    def edit(self, data, words: str) -> None:
        thread = list(self.plain)[data.draw(st.integers(0, len(self.plain) - 1))]
        author = self.plain[thread][0]
        self.journal.add(Decision(why=cleaned(words)), author=author, replaces=thread)
        self.plain[thread] = author, cleaned(words)

    @precondition(lambda self: self.sealed and self.open)
    @rule(data=st.data(), words=WORDS)
    def edit_sealed(self, data, words: str) -> None:
        thread = list(self.sealed)[data.draw(st.integers(0, len(self.sealed) - 1))]
        self.journal.add(Moment(act=cleaned(words)), author="a", replaces=thread)
        self.sealed[thread] = cleaned(words)

    @precondition(lambda self: self.plain)
    @rule(data=st.data())
    def take_back(self, data) -> None:
        thread = list(self.plain)[data.draw(st.integers(0, len(self.plain) - 1))]
        self.journal.withdraw(thread, author=self.plain[thread][0], kind=Decision)
        del self.plain[thread]

    @precondition(lambda self: self.plain)
    @rule(data=st.data())
    def forget(self, data) -> None:
        thread = list(self.plain)[data.draw(st.integers(0, len(self.plain) - 1))]
        self.journal.forget(thread, author=self.plain[thread][0], kind=Decision)
        del self.plain[thread]

    @precondition(lambda self: self.sealed and self.open)
    @rule(data=st.data())
    def forget_sealed(self, data) -> None:
        thread = list(self.sealed)[data.draw(st.integers(0, len(self.sealed) - 1))]
        self.journal.forget(thread, author="a", kind=Moment)
        del self.sealed[thread]

    @rule()
    def another_page(self) -> None:
        self.journal = Journal(self.home)
        self.open = False

    @rule()
    def unlock(self) -> None:
        self.journal.unlock("a", PHRASE)
        self.open = True

    @rule()
    def lock(self) -> None:
        self.journal.lock()
        self.open = False

    @precondition(lambda self: self.plain)
    @rule(torn=st.binary(max_size=40))
    def power_fails(self, torn: bytes) -> None:
        """It fails while a row is written, so what an earlier cut left is moved out by then."""
        path = self.home / "decisions.csv"
        if self.journal.shelf.table(path).tail is not None:
            return
        with path.open("ab") as file:
            file.write(b'"e1","r0123456789abcdef","' + torn.replace(b'"', b""))

    @precondition(lambda self: self.plain)
    @rule()
    def resaved(self) -> None:
        """A spreadsheet saves the file with other newlines and a mark in front."""
        file = self.home / "decisions.csv"
        held = self.journal.shelf.table(file)
        if held.tail is None:
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().removeprefix(b"\xef\xbb\xbf"))

    @rule()
    def merge_with_a_copy(self) -> None:
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.home, copy)
        copied = Journal(copy)
        entry = copied.add(Decision(why="from a copy"), author="b")
        merging.merge(self.home, copy)
        self.plain[entry.thread] = "b", "from a copy"

    @invariant()
    def holds_what_was_kept(self) -> None:
        entries = self.journal.entries(Decision)
        assert {e.thread: (e.author, e.record.why) for e in entries} == self.plain
        assert all(not entry.changed_outside for entry in entries)
        sealed = {e.thread: e.record.act for e in self.journal.entries(Moment, reader="a")}
        assert sealed == (self.sealed if self.open else {})

    def teardown(self) -> None:
        self.quick.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


Couple.TestCase.settings = settings(
    max_examples=100,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestCouple = Couple.TestCase
