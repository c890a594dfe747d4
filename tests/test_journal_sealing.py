"""Private pages: who has the passphrase reads them; others see that there are some, and the day."""

from __future__ import annotations

import base64
import dataclasses
import json
import random
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from evenground.journal import Journal, JournalError, NotKept, WrongPassphrase, keyring, sealing
from evenground.journal.sitting import Memory
from evenground.records.acknowledge import Moment
from evenground.records.declaration import Visibility
from evenground.records.registry import kinds

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "three lamps by the river"
OTHER = "four lamps by the sea"

# Test vectors, made once: a later version that gives other bytes would not open these pages.
SECRET = bytes(range(32))
SEALED = "a30efc21baf6d8c0ec73a78bb7e8300a93c652cb50e110ba6622e3b428af0e00"  # SHA-256 of the cell
WRAPPED = "AAAAAAAAAAAAAAAAC1bqhGpjoeaMGr0VuCrbwPfUfNTb7Uv13EVTa/PTKRQgf/B09YUbI/N/OznlWcEh"
STRETCHED = "e7f683a3064a77f69da6b063ebd2b5a1000c6237789acc1773640690e1848318"


def moments(journal: Journal, reader: str = "a") -> list[str]:
    return [entry.record.act for entry in journal.entries(Moment, reader=reader)]


def test_sealed_words_come_back_only_with_the_passphrase(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.lock()
    journal.add(Moment(act="canary"), author="a")  # writing needs no passphrase

    assert moments(journal) == []
    assert moments(journal, "b") == []
    assert moments(Journal()) == []
    with pytest.raises(WrongPassphrase):
        journal.unlock("a", "three lamps by the lake")
    assert moments(journal) == []
    journal.unlock("a", f"  {PHRASE.replace(' ', '  ')}")
    assert moments(journal) == ["canary"]
    journal.lock("a")
    assert moments(journal) == []


def test_a_file_of_sealed_words_shows_the_day_and_nothing_else(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    entry = journal.add(Moment(act="canary"), author="a")

    text = (home / "private_a.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "schema,id,seq,day,sealed,check"
    assert f"{entry.written:%Y-%m-%d}" in text
    for shown in ("canary", "moments", f"{entry.written:%H:%M}", entry.zone or "Etc"):
        assert shown not in text
    assert not (home / "moments.csv").exists()


def test_texts_of_250_bytes_at_most_give_cells_of_one_length(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    chance = random.Random(1)
    texts = ["", "x", "x" * 250, "é" * 125, "🙂" * 62, "\n" * 250, '"' * 250]
    texts += ["".join(chance.choice("abc é\n\"'") for _ in range(n)) for n in range(0, 200, 9)]
    private = [kind for kind in kinds().values() if kind.visibility is Visibility.PRIVATE]
    for kind in private:
        name = next((n for n, c in kind.controls() if c.name in {"text", "line"}), "")
        for text in texts if name else ():
            if len(text.encode()) <= 250:
                journal.add(kind.from_cells({name: text}), author="a")

    cells = [row.cells["sealed"] for row in journal.shelf.rows("private_a")]
    assert len(cells) >= 60
    assert len({len(cell) for cell in cells}) == 1


def test_the_longest_text_fits_a_spreadsheet_cell_and_comes_back():
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    chance = random.Random(2)
    long = "".join(chance.choice("the quick brown fox jumps, é ") for _ in range(4000))
    journal.add(Moment(act=long, feeling_words=long), author="a")

    assert moments(Journal()) == []
    assert moments(journal) == [long]
    assert all(len(row.cells["sealed"]) < 32_767 for row in journal.shelf.rows("private_a"))


def test_fifty_canaries_are_nowhere_in_the_files(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    for number in range(50):
        text = f"canary{number:02d}é"
        journal.add(Moment(act=text), author="a")
        journal.keep_draft("a", "moments", {"act": text}, private=True, base=number or None)

    everything = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    forms = [PHRASE.encode(), b"canary", "canary".encode("utf-16-le")]
    forms += [base64.b64encode(f"{pad}canary".encode())[4:10] for pad in ("", "x", "xx")]
    for form in forms:
        assert form not in everything
    journal.add(Moment(act="canary"), author="a", sealed=False)  # the control: a release is plain
    assert forms[1] in b"".join(path.read_bytes() for path in home.iterdir())


def test_no_wrong_passphrase_and_no_other_key_opens_anything(home: Path, tmp_path: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="canary"), author="a")
    identity = keyring.read((home / keyring.FILE).read_bytes())["a"]
    near = [PHRASE[:-1], f"{PHRASE}s", PHRASE.upper(), PHRASE.replace(" ", ""), OTHER, " " * 12]
    for words in near:
        with pytest.raises(sealing.Unopened):
            identity.opened(words, by="passphrase", person="a")
    with pytest.raises(sealing.Unopened):  # the right words, on the keys of the other person
        identity.opened(PHRASE, by="passphrase", person="b")
    assert identity.opened(PHRASE, by="passphrase", person="a")

    other = Journal(tmp_path / "other")  # somebody's own keys beside these pages open nothing
    other.set_passphrase("a", OTHER)
    (tmp_path / "other" / "private_a.csv").write_bytes((home / "private_a.csv").read_bytes())
    assert moments(other) == []


def test_any_flipped_bit_of_a_seal_is_refused():
    secret, public = sealing.identity()
    sealed = sealing.seal("words", public, bound="r1|a|e1")
    raw = base64.urlsafe_b64decode(sealed[3:] + "=" * (-len(sealed[3:]) % 4))

    assert sealing.unseal(sealed, secret, bound="r1|a|e1") == "words"
    for bit in range(len(raw) * 8):
        # All bits of the key and the nonce, and a sample of the rest: it is one tag over all.
        if bit > 44 * 8 and bit % 7:
            continue
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        cell = "s1." + base64.urlsafe_b64encode(flipped).decode().rstrip("=")
        if bit == 32 * 8 - 1:  # X25519 leaves the highest bit of a key out; the tag binds it too
            assert cell != sealed
        with pytest.raises(sealing.Unopened):
            sealing.unseal(cell, secret, bound="r1|a|e1")


@pytest.mark.parametrize("bound", ["r2|a|e1", "r1|b|e1", "r1|a|e2", ""])
def test_a_seal_opens_in_its_own_place_alone(bound: str):
    secret, public = sealing.identity()
    sealed = sealing.seal("words", public, bound="r1|a|e1")

    with pytest.raises(sealing.Unopened):
        sealing.unseal(sealed, secret, bound=bound)


def test_rows_moved_to_another_row_or_person_are_not_shown(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.set_passphrase("b", OTHER)
    journal.add(Moment(act="one"), author="a")
    journal.add(Moment(act="two"), author="a")
    file = home / "private_a.csv"
    cells = [row.cells["sealed"] for row in journal.shelf.rows("private_a")]
    data = file.read_text(encoding="utf-8")
    file.write_text(
        data.replace(cells[0], "x").replace(cells[1], cells[0]).replace("x", cells[1], 1)
    )
    (home / "private_b.csv").write_text(data, encoding="utf-8")

    assert moments(journal, "a") == []
    assert moments(journal, "b") == []
    file.write_text(data, encoding="utf-8")
    assert moments(journal, "a") == ["one", "two"]


def test_a_cell_that_was_read_in_its_own_row_is_not_shown_in_another(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="one"), author="a")
    journal.add(Moment(act="two"), author="a")
    assert moments(journal) == ["one", "two"]
    file = home / "private_a.csv"
    one, two = (row.cells["sealed"] for row in journal.shelf.rows("private_a"))
    file.write_text(file.read_text(encoding="utf-8").replace(two, one), encoding="utf-8")

    assert moments(journal) == ["one"]


@pytest.mark.parametrize(
    "change",
    [
        {"t": 1},
        {"m": 8192},
        {"p": 1},
        {"t": 2},
        {"m": 65535},
        {"t": 4},
        {"m": 2**22},
        {"by": "recovery"},
    ],
)
def test_weakened_or_changed_parameters_are_refused(home: Path, change: dict[str, object]):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.lock()
    file = home / keyring.FILE
    held = json.loads(file.read_bytes())
    held["people"]["a"]["wraps"][0] |= change
    file.write_text(json.dumps(held), encoding="utf-8")

    with pytest.raises(WrongPassphrase):
        journal.unlock("a", PHRASE)


def test_a_wrap_opens_for_its_own_person_alone():
    secret, _ = sealing.identity()
    wrap = sealing.wrap_with_code(secret, sealing.code(), person="a")

    with pytest.raises(sealing.Unopened):
        sealing.unwrap(dataclasses.replace(wrap, by="passphrase"), "x", person="a")
    assert wrap.by == "recovery"


def test_the_recovery_code_opens_however_it_is_copied():
    journal = Journal()
    code = journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="words"), author="a")

    assert len(code.split()) == 6
    for typed in (
        code,
        code.lower(),
        code.replace(" ", "-"),
        code.replace("0", "o").replace("1", "l"),
    ):
        page = Journal()
        page.unlock_with_recovery("a", typed)
        assert moments(page) == ["words"]
    with pytest.raises(WrongPassphrase, match="wrong_code"):
        Journal().unlock_with_recovery("a", sealing.code())


def test_a_changed_passphrase_takes_the_place_of_the_old_one_and_its_code():
    journal = Journal()
    old = journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="words"), author="a")
    new = journal.set_passphrase("a", OTHER)

    for way in (
        lambda page: page.unlock("a", PHRASE),
        lambda page: page.unlock_with_recovery("a", old),
    ):
        with pytest.raises(WrongPassphrase):
            way(Journal())
    page = Journal()
    page.unlock("a", OTHER)
    assert moments(page) == ["words"]
    page = Journal()
    page.unlock_with_recovery("a", new)
    assert moments(page) == ["words"]


def test_nobody_sets_another_passphrase_while_the_pages_are_closed(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.lock()
    before = (home / keyring.FILE).read_bytes()

    with pytest.raises(JournalError, match="locked"):
        journal.set_passphrase("a", OTHER)
    with pytest.raises(JournalError, match="short"):
        Journal().set_passphrase("b", "short one")

    assert (home / keyring.FILE).read_bytes() == before


def test_each_wrong_try_waits_longer_and_a_right_one_begins_anew(monkeypatch: pytest.MonkeyPatch):
    now = 1000.0
    journal = Journal()
    monkeypatch.setattr(journal.private, "_keys", Memory(clock=lambda: now))
    journal.set_passphrase("a", PHRASE)
    journal.lock()
    waits = []
    for _ in range(5):
        with pytest.raises(WrongPassphrase) as told:
            journal.unlock("a", "not the right one")
        waits.append(told.value.wait)
        if told.value.wait:
            with pytest.raises(WrongPassphrase):  # too soon: it is not even tried
                journal.unlock("a", PHRASE)
        now += told.value.wait

    assert waits == [0, 1, 2, 4, 8]
    journal.unlock("a", PHRASE)
    journal.lock()
    with pytest.raises(WrongPassphrase) as told:
        journal.unlock("a", "not the right one")
    assert told.value.wait == 0


def test_open_keys_are_let_go_of_after_a_rest():
    now = 0.0
    keys = Memory(rest=900, clock=lambda: now)
    keys.put("a", b"key")
    now = 800
    assert keys.get("a") == b"key"
    now = 1699
    assert keys.get("a") == b"key"
    now = 2599
    assert keys.get("a") is None


def test_one_unlocking_lasts_for_all_pages_of_a_sitting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from evenground.app.sitting import Sitting

    sitting = Sitting(tmp_path)
    try:
        for name, value in sitting.environment.items():
            monkeypatch.setenv(name, value)
        one = Journal()
        one.set_passphrase("a", PHRASE)
        one.add(Moment(act="words"), author="a")
        two = Journal()
        assert moments(two) == ["words"]
        with pytest.raises(WrongPassphrase):
            two.unlock("a", "not the right one")
        two.lock()
        assert moments(one) == []
        one.unlock("a", PHRASE)
        assert two.is_unlocked("a")
    finally:
        sitting.end()
    assert not one.is_unlocked("a")
    assert moments(two) == []


def test_the_wait_after_wrong_tries_holds_on_every_page_of_the_sitting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from evenground.app.sitting import Sitting

    now = 1000.0
    sitting = Sitting(tmp_path)
    monkeypatch.setattr(sitting.keys, "clock", lambda: now)
    try:
        for name, value in sitting.environment.items():
            monkeypatch.setenv(name, value)
        Journal().set_passphrase("a", PHRASE)
        Journal().set_passphrase("b", OTHER)
        Journal().lock()
        for _ in range(3):  # each try on a page of its own, as after a reload
            with pytest.raises(WrongPassphrase):
                Journal().unlock("a", "not the right one")
            now += 1
        with pytest.raises(WrongPassphrase) as told:
            Journal().unlock("a", PHRASE)
        assert (told.value.key, told.value.wait) == ("passphrase.wait.one", 1)
        with pytest.raises(WrongPassphrase):
            Journal().unlock_with_recovery("a", sealing.code())
        assert not Journal().is_unlocked("a")
        Journal().unlock("b", OTHER)  # the other one does not wait for it
        now += 1
        Journal().unlock("a", PHRASE)
        assert Journal().is_unlocked("a")
    finally:
        sitting.end()


def test_a_release_is_plain_and_names_what_it_was_released_from(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    private = journal.add(Moment(act="for the other"), author="a")
    released = journal.add(private.record, author="a", sealed=False, released_from=private.thread)

    assert Journal().entries(Moment) == [released]
    assert released.released_from == private.thread
    assert not released.sealed
    assert [entry.sealed for entry in journal.entries(Moment, reader="a")] == [True, False]


def test_words_sealed_to_the_other_are_for_the_other_alone():
    journal = Journal()
    journal.set_passphrase("b", PHRASE)
    journal.add(Moment(act="to you"), author="a", to="b")

    assert moments(journal, "a") == []
    assert moments(journal, "b") == ["to you"]
    with pytest.raises(NotKept):
        journal.add(Moment(act="mine"), author="a")


def test_what_is_sealed_today_opens_in_every_later_version():
    """Test vectors: fixed keys give these bytes."""
    key = X25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
    public = sealing.public(SECRET)
    sealed = sealing._seal("words é", public, bound="r1|a|e1", secret=key, nonce=bytes(12))

    assert public.hex() == "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"
    assert sha256(sealed.encode()).hexdigest() == SEALED
    assert sealing.unseal(sealed, SECRET, bound="r1|a|e1") == "words é"
    wrap = sealing.Wrap(by="recovery", salt="AAAAAAAAAAAAAAAAAAAAAA==", sealed=WRAPPED)
    assert sealing.unwrap(wrap, "A2E4 G6J8 K1M3 N5P7 Q9R0 S2T4", person="a") == SECRET
    stretched = sealing._stretched("three  lamps", bytes(16), **sealing.MINIMUM)
    assert stretched.hex() == STRETCHED
