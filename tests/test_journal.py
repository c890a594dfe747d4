"""Answers are kept, edited, taken back and shown in order, and nothing is written before that."""

from __future__ import annotations

import errno
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from evenground.journal import Conflict, Journal, JournalError, NotCertain, NotKept, disk, place
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision
from evenground.records.start import Person

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "three lamps by the river"


def decision(topic: str = "The trip", **more: object) -> Decision:
    return Decision.typed({"topic": topic, **more})


def texts(journal: Journal) -> list[str]:
    return [entry.record.topic for entry in journal.entries(Decision)]


def test_opening_a_journal_writes_nothing(home: Path):
    journal = Journal()

    assert journal.people() == ()
    assert journal.entries(Decision) == []
    assert journal.draft("a", "moments") is None
    assert journal.notes() == ()
    assert not home.exists()


def test_an_answer_comes_back_as_typed_in_another_process(home: Path):
    typed = "=1+1 \"quoted\", \n\nשלום 🙂 ''=x"
    kept = Journal().add(decision(typed, why="None"), author="a")

    entry = Journal().entries(Decision)[0]

    assert entry == kept
    assert (entry.record.topic, entry.record.why) == (" ".join(typed.split("\n")), "None")
    assert entry.author == "a"
    assert entry.id.startswith("r")
    assert entry.written.tzinfo == UTC
    assert not entry.changed_outside


def test_the_newest_version_wins_and_the_first_one_names_the_thread():
    journal = Journal()
    first = journal.add(decision("one"), author="a")
    journal.add(decision("other"), author="b")
    second = journal.add(decision("two"), author="a", replaces=first.thread)
    third = journal.add(decision("three"), author="b", replaces=second.id)

    assert texts(journal) == texts(Journal()) == ["three", "other"]
    assert {first.thread, second.thread, third.thread} == {first.id}
    assert third.began == first.written
    assert [entry.record.topic for entry in journal.history(Decision, first.thread)] == [
        "one",
        "two",
        "three",
    ]


def test_order_follows_the_writing_and_not_the_clock():
    times = iter(datetime(2030, 1, 1, tzinfo=UTC) - timedelta(days=700 * n) for n in range(9))
    journal = Journal(now=lambda: next(times))
    first = journal.add(decision("first"), author="a")
    journal.add(decision("second"), author="a")
    journal.add(decision("first, edited"), author="a", replaces=first.id)

    assert texts(Journal()) == ["first, edited", "second"]


def test_an_answer_taken_back_is_shown_no_more_and_stays_in_the_file(home: Path):
    journal = Journal()
    entry = journal.add(decision("mine"), author="a")
    journal.withdraw(entry.thread, author="a", kind=Decision)
    journal.withdraw(entry.thread, author="a", kind=Decision)

    assert texts(journal) == texts(Journal()) == []
    assert "mine" in (home / "decisions.csv").read_text(encoding="utf-8")
    assert (home / "decisions.csv").read_bytes().count(b"withdrawn") == 1


def test_nobody_takes_back_what_the_other_wrote():
    journal = Journal()
    entry = journal.add(decision("theirs"), author="b")

    with pytest.raises(JournalError, match="not_yours"):
        journal.withdraw(entry.thread, author="a", kind=Decision)
    with pytest.raises(JournalError, match="not_yours"):
        journal.forget(entry.thread, author="a", kind=Decision)

    assert texts(Journal()) == ["theirs"]


def test_people_have_the_name_they_gave_last():
    journal = Journal()
    journal.add(Person(name="Noor"), author="b")
    sam = journal.add(Person(name="Sam"), author="a")
    journal.add(Person(name="Sami"), author="a", replaces=sam.thread)

    assert [(p.key, p.name, p.sealed) for p in journal.people()] == [
        ("a", "Sami", False),
        ("b", "Noor", False),
    ]
    assert journal.name("b") == "Noor"


def test_columns_that_we_do_not_know_are_carried_to_the_next_version(home: Path):
    entry = Journal().add(decision("one"), author="a")
    file = home / "decisions.csv"
    head, row = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{head},mood\r\n{row},calm\r\n", encoding="utf-8")

    journal = Journal()
    journal.add(decision("two"), author="a", replaces=entry.thread)

    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",mood")
    assert lines[2].endswith('"calm"')
    assert texts(Journal()) == ["two"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_opens_the_journal_under_any_umask(home: Path, umask: int):
    before = os.umask(umask)
    try:
        journal = Journal()
        journal.set_passphrase("a", PHRASE)
        journal.add(decision(), author="a")
        journal.add(Moment(act="x"), author="a")
        journal.keep_draft("a", "decisions", {"topic": "x"}, private=False, base=None)
    finally:
        os.umask(before)

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()} == {0o600}
    assert len(list(home.iterdir())) == 5


def test_a_draft_is_the_newest_values_and_leaves_no_trail(home: Path):
    journal = Journal()
    first = journal.keep_draft("a", "decisions", {"topic": "I hate"}, private=False, base=None)
    journal.keep_draft("a", "decisions", {"topic": "I was hurt"}, private=False, base=first)

    draft = Journal().draft("a", "decisions")
    assert draft is not None
    assert draft.values == {"topic": "I was hurt"}
    assert Journal().draft("b", "decisions") is None
    assert all(b"hate" not in path.read_bytes() for path in home.iterdir())

    journal.drop_draft("a", "decisions")
    assert Journal().draft("a", "decisions") is None
    assert all(b"hurt" not in path.read_bytes() for path in home.iterdir())


def test_two_pages_with_one_draft_are_told_of_each_other_and_lose_nothing():
    one, two = Journal(), Journal()
    revision = one.keep_draft("a", "decisions", {"topic": "from one"}, private=False, base=None)

    with pytest.raises(Conflict) as told:
        two.keep_draft("a", "decisions", {"topic": "from two"}, private=False, base=None)

    assert told.value.values == {"topic": "from one"}
    assert told.value.revision == revision
    two.keep_draft("a", "decisions", {"topic": "both"}, private=False, base=told.value.revision)
    draft = one.draft("a", "decisions")
    assert draft is not None
    assert draft.values == {"topic": "both"}


def test_two_pages_with_a_form_each_keep_both_key_by_key():
    one, two = Journal(), Journal()
    first = one.keep_draft("a", "decisions", {"topic": "r"}, private=False, base=None)
    other = two.keep_draft("a", "reviews", {"best": "w"}, private=False, base=None)
    first = one.keep_draft("a", "decisions", {"topic": "rent"}, private=False, base=first)
    two.keep_draft("a", "reviews", {"best": "walks"}, private=False, base=other)
    two.drop_draft("a", "decisions")
    one.keep_draft("a", "decisions", {"topic": "rent again"}, private=False, base=first)

    kept = [Journal().draft("a", slot) for slot in ("decisions", "reviews")]
    assert [draft and draft.values for draft in kept] == [
        {"topic": "rent again"},
        {"best": "walks"},
    ]


def test_a_sealed_draft_shows_neither_its_words_nor_its_form(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    revision = journal.keep_draft("a", "moments", {"act": "canary"}, private=True, base=None)
    revision = journal.keep_draft("a", "moments", {"act": "canary2"}, private=True, base=revision)

    draft = journal.draft("a", "moments")
    assert draft is not None
    assert (draft.values, draft.revision) == ({"act": "canary2"}, revision)
    held = (home / "drafts_a.csv").read_bytes()
    assert b"canary" not in held
    assert b"moments" not in held
    assert held.count(b"\n") == 2

    journal.lock("a")
    assert journal.draft("a", "moments") is None


def test_what_is_typed_while_the_pages_are_closed_waits_beside_the_draft():
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    journal.keep_draft("a", "moments", {"act": "before"}, private=True, base=None)

    page = Journal()
    revision = page.keep_draft("a", "moments", {"act": "th"}, private=True, base=None)
    page.keep_draft("a", "moments", {"act": "then"}, private=True, base=revision)
    page.unlock("a", PHRASE)

    draft = page.draft("a", "moments")
    assert draft is not None
    assert draft.values == {"act": "then"}


def test_private_words_with_no_passphrase_are_written_nowhere(home: Path):
    journal = Journal()
    with pytest.raises(NotKept):
        journal.add(Moment(act="canary"), author="a")
    with pytest.raises(NotKept):
        journal.keep_draft("a", "moments", {"act": "canary"}, private=True, base=None)

    assert not home.exists() or all(b"canary" not in p.read_bytes() for p in home.iterdir())


def test_a_disk_that_does_not_confirm_is_told_and_saving_again_is_the_same_row(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    journal = Journal()
    journal.add(decision("before"), author="a")
    journal.set_passphrase("a", PHRASE)
    journal.add(Moment(act="before"), author="a")

    def failing(descriptor: int) -> None:
        raise OSError(errno.EIO, "injected")

    for record, reader in ((decision("words"), None), (Moment(act="words"), "a")):
        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", failing)
            with pytest.raises(NotCertain, match="uncertain"):
                journal.add(record, author="a")
        kept = journal.add(record, author="a")
        assert [e.record for e in journal.entries(type(record), reader=reader)][1:] == [record]
        assert kept.record == record
        other = journal.add(record, author="a")
        assert other.id != kept.id
    assert not {path.name for path in home.glob("*-2.csv")} - {"decisions-2.csv", "private_a-2.csv"}


def test_a_file_that_a_spreadsheet_holds_open_gets_a_second_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    journal = Journal()
    journal.add(decision("before"), author="a")
    real = disk.append

    def held(path: Path, data: bytes) -> None:
        if path.name == "decisions.csv":
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # what Windows says of a file that another program holds
            raise error
        real(path, data)

    with monkeypatch.context() as windows:
        windows.setattr(disk, "append", held)
        journal.add(decision("while it is open"), author="b")
    journal.add(decision("after"), author="a")

    assert texts(Journal()) == ["before", "while it is open", "after"]
    assert (home / "decisions-2.csv").exists()


def test_eight_threads_write_and_every_row_is_there_in_one_order():
    def write(name: str) -> None:
        journal = Journal()
        for count in range(20):
            journal.add(decision(f"{name} {count}"), author="a")

    threads = [threading.Thread(target=write, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    entries = Journal().entries(Decision)
    assert sorted(entry.seq for entry in entries) == list(range(1, 161))
    for name in range(8):
        mine = [e.record.topic for e in entries if e.record.topic.startswith(f"{name} ")]
        assert mine == [f"{name} {count}" for count in range(20)]


def test_forgotten_words_are_gone_from_every_file_and_stay_gone(home: Path):
    journal = Journal()
    journal.set_passphrase("a", PHRASE)
    first = journal.add(decision("canary one"), author="a")
    journal.add(decision("other"), author="b")
    journal.add(decision("canary two"), author="a", replaces=first.thread)
    journal.keep_draft("a", "decisions.x", {"topic": "canary three"}, private=False, base=None)
    file = home / "decisions.csv"
    with file.open("ab") as torn:
        torn.write(b'"e1","r0123456789abcdef","9","canary one and')
    journal.add(decision("next"), author="b")
    before = home / "before-decisions-00000000.txt"
    before.write_bytes(file.read_bytes())
    sealed = journal.add(Moment(act="canary four"), author="a")
    released = journal.add(sealed.record, author="a", sealed=False, released_from=sealed.thread)
    cipher = next(r.cells["sealed"] for r in journal.shelf.rows("private_a"))

    assert journal.entries(Moment) == [released]
    told = b"".join(path.read_bytes() for path in home.iterdir())
    assert all(f"canary {word}".encode() in told for word in ("one", "two", "three", "four"))
    assert cipher.encode() in told
    assert [e.record.act for e in journal.entries(Moment, reader="a")] == ["canary four"] * 2
    journal.forget(first.thread, author="a", kind=Decision)
    journal.forget(sealed.thread, author="a", kind=Moment)

    left = b"".join(path.read_bytes() for path in home.iterdir())
    assert b"canary" not in left
    assert cipher.encode() not in left
    assert texts(journal) == texts(Journal()) == ["other", "next"]
    assert journal.entries(Moment, reader="a") == []
    assert "canary" not in str(vars(journal._answers))  # nor held by the page that forgot them
    assert journal.notes() == ()


@pytest.mark.parametrize(
    "path",
    [
        "/home/sam/Dropbox/x",
        "/home/sam/OneDrive/x",
        "/home/sam/OneDrive - Work/x",
        "/Users/sam/Library/Mobile Documents/x",
        "/Users/sam/Library/CloudStorage/x",
        "/Users/sam/iCloudDrive/x",
        "/home/sam/Google Drive/x",
        "/home/sam/GoogleDrive/x",
        "/home/sam/My Drive/x",
        "/home/sam/Nextcloud/x",
        "/home/sam/ownCloud/x",
        "/home/sam/pCloudDrive/x",
        "/home/sam/Syncthing/x",
        "/home/sam/MEGA/x",
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_told_apart(path: str):
    from pathlib import Path

    assert place.refusal(Path(path), "") == "place.synced"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "afpfs", "davfs"])
def test_a_folder_on_another_machine_is_told_apart(kind: str):
    from pathlib import Path

    mounts = f"/dev/x / ext4 rw 0 0\nhost:/x /net/my\\040files {kind} rw 0 0\n"

    assert place.refusal(Path("/net/my files/journal"), mounts) == "place.network"
    assert place.refusal(Path("/net/mine/journal"), mounts) is None


def test_private_pages_are_refused_where_others_can_look(home: Path, tmp_path: Path):
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    with pytest.raises(NotKept, match=r"place\.open"):
        Journal().set_passphrase("a", PHRASE)
    home.chmod(0o700)
    link = tmp_path / "link"
    link.symlink_to(home)
    with pytest.raises(NotKept, match=r"place\.link"):
        Journal(link).set_passphrase("a", PHRASE)
    Journal().add(decision(), author="a")
