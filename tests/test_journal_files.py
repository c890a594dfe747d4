"""Files that people and spreadsheets changed are read, and every change is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from durability.edited import EDITED, HEAD, WHOLE, columns_moved
from evenground.journal import Journal, JournalError, ReadOnly, Unreadable, checking, clock
from evenground.journal.reading import read
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision, Promise
from evenground.records.start import Person

KEPT = Path(__file__).parent / "journals"


@pytest.mark.parametrize("name", EDITED)
def test_an_edited_file_is_read_as_far_as_it_goes_and_told(home: Path, name: str):
    data, names, changed, damage = EDITED[name]
    home.mkdir(mode=0o700)
    file = home / "people.csv"
    file.write_bytes(data)
    journal = Journal()
    held = journal.shelf.table(file)
    rows = journal.shelf.rows("people")

    assert sorted(row.cells.get("name", "") for row in rows) == sorted(names)
    assert sorted(row.line for row in held.rows if not row.sound) == changed
    assert (held.damage.line if held.damage else None) == damage
    journal.entries(Person)
    notes = [note.fill.get("line") for note in journal.notes() if note.key == "read.changed"]
    assert sorted(notes, key=str) == changed
    assert file.read_bytes() == data
    # `check` tells of all that is not as it was written, and of nothing else.
    keys = {found.key for found in checking.check(home)} - {"saved_elsewhere", "no_column"}
    assert bool(keys) == bool(
        changed
        or damage
        or held.tail is not None
        or name in {"the first version taken out", "a row twice, one changed"}
    )


@pytest.mark.parametrize("name", EDITED)
def test_a_save_into_an_edited_file_is_read_again_or_refused(home: Path, name: str):
    data, names, changed, damage = EDITED[name]
    home.mkdir(mode=0o700)
    file = home / "people.csv"
    file.write_bytes(data)
    if damage:
        with pytest.raises(Unreadable) as told:
            Journal().add(Person(name="Ana"), author="b")
        assert told.value.fill == {"file": "people.csv", "line": damage}
        assert file.read_bytes() == data
        return
    kept = Journal().add(Person(name="Ana"), author="b")

    journal = Journal()
    rows = journal.shelf.rows("people")
    assert sorted(row.cells.get("name", "") for row in rows) == sorted([*names, "Ana"])
    assert journal.entries(Person)[-1] == kept or name.startswith("the order")
    assert sum(not row.sound for row in rows) == len(changed) or "twice" in name
    bytes_kept = b"".join(path.read_bytes() for path in home.iterdir())
    assert data.rstrip(b"\r\n\0") in bytes_kept or "torn" in name or held_apart(home, data)


def held_apart(home: Path, data: bytes) -> bool:
    """Return whether an older file was given columns, and stays as it was in a copy."""
    return any(path.read_bytes() == data for path in home.glob("before-*"))


def test_there_are_enough_edited_files():
    assert len(EDITED) >= 60


def test_rows_turned_round_by_a_spreadsheet_keep_their_order():
    data = EDITED["rows turned round"][0]

    assert [row.line for row in read(data).rows] == [2, 3, 4]


def test_a_file_of_a_newer_version_is_read_and_takes_no_rows(home: Path):
    home.mkdir(mode=0o700)
    data = WHOLE.replace(b'"e1","r3', b'"e2","r3')
    (home / "people.csv").write_bytes(data)

    assert [entry.record.name for entry in Journal().entries(Person)] == ["=Sam", 'Noél, "N"']
    with pytest.raises(ReadOnly, match="newer"):
        Journal().add(Person(name="Ana"), author="b")
    assert (home / "people.csv").read_bytes() == data


def test_dates_that_a_spreadsheet_wrote_its_own_way_are_understood_and_told(home: Path):
    journal = Journal()
    journal.add(Promise.typed({"title": "Dishes", "due": "2026-03-14"}), author="a")
    file = home / "amends.csv"
    for written, read_as in (
        ("03/14/2026", "2026-03-14"),
        ("14.03.2026", "2026-03-14"),
        ("14/03/26", "2026-03-14"),
        ("2026/3/14", "2026-03-14"),
        ("in spring", ""),
    ):
        data = file.read_bytes()
        file.write_bytes(data.replace(b"2026-03-14", written.encode()))
        entry = Journal().entries(Promise)[0]
        assert entry.record.to_cells()["due"] == read_as
        assert entry.changed_outside
        file.write_bytes(data)


def test_every_released_format_is_read_by_this_version(tmp_path: Path):
    """The folders in tests/journals are kept for ever: one for each format that was released."""
    formats = sorted(path for path in KEPT.iterdir() if path.is_dir())
    assert [path.name for path in formats] == ["e1"]
    for format_ in formats:
        home = tmp_path / format_.name
        shutil.copytree(format_, home)
        home.chmod(0o700)
        journal = Journal(home)
        assert [person.name for person in journal.people()] == ["Sam", "Noor"]
        topics = [entry.record.topic for entry in journal.entries(Decision)]
        assert topics == ["=1+1 in “quotes”", "Two\u2028lines, once"]
        assert len(journal.history(Decision, journal.entries(Decision)[0].thread)) == 2
        assert journal.entries(Moment, reader="a") == []
        journal.unlock("a", "three lamps by the river")
        assert [e.record.act for e in journal.entries(Moment, reader="a")] == ["as a camera\ntold"]
        journal.unlock_with_recovery("b", "A2E4 G6J8 K1M3 N5P7 Q9R0 S2T4")
        draft = journal.draft("b", "moments")
        assert draft is not None
        assert draft.values == {"act": "not kept yet"}
        assert journal.notes() == ()
        journal.add(Decision.typed({"topic": "and on"}), author="b")
        assert len(Journal(home).entries(Decision)) == 3


def test_an_older_file_gets_its_new_columns_once_and_stays_beside_it(home: Path):
    """A migration: done twice, it is done once."""
    home.mkdir(mode=0o700)
    old = columns_moved(WHOLE, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10])
    (home / "people.csv").write_bytes(old)

    Journal().add(Person(name="Ana"), author="b")
    first = (home / "people.csv").read_bytes()
    Journal().add(Person(name="Ife"), author="b")

    assert first.startswith(HEAD)
    assert (home / "people.csv").read_bytes().startswith(first)
    assert [path.read_bytes() for path in home.glob("before-*")] == [old]
    assert not Journal().notes()


@pytest.mark.parametrize("hour", ["2026-03-29T00:59:59", "2026-10-25T00:59:59"])
@pytest.mark.parametrize(
    "zone",
    [
        *("Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "America/Anchorage"),
        *("America/Argentina/Salta", "America/Bogota", "America/Chicago", "America/Denver"),
        *("America/Halifax", "America/Los_Angeles", "America/Mexico_City", "America/New_York"),
        *("America/Phoenix", "America/Sao_Paulo", "America/St_Johns", "Asia/Calcutta"),
        *("Asia/Dubai", "Asia/Hong_Kong", "Asia/Istanbul", "Asia/Jerusalem", "Asia/Kabul"),
        *("Asia/Karachi", "Asia/Kathmandu", "Asia/Manila", "Asia/Seoul", "Asia/Tehran"),
        *("Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe"),
        *("Australia/Sydney", "Europe/Berlin", "Europe/Dublin", "Europe/Lisbon"),
        *("Europe/London", "Europe/Moscow", "Pacific/Apia", "Pacific/Auckland"),
        *("Pacific/Chatham", "Pacific/Kiritimati"),
    ],
)
def test_any_zone_and_any_change_of_the_clock_leave_order_and_content(
    monkeypatch: pytest.MonkeyPatch, zone: str, hour: str
):
    import time
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    start = datetime.fromisoformat(hour).replace(tzinfo=UTC)
    steps = [0, 1, 3600, -3600, 3650 * 86400, -3650 * 86400, 7200]
    times = iter([start + timedelta(seconds=step) for step in steps])
    try:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        journal = Journal(now=lambda: next(times))
        for count in range(len(steps)):
            journal.add(Decision.typed({"topic": str(count)}), author="a")

        entries = Journal().entries(Decision)
        assert [entry.record.topic for entry in entries] == [str(n) for n in range(len(steps))]
        for entry, step in zip(entries, steps, strict=True):
            assert entry.written == start + timedelta(seconds=step)
            assert entry.zone == zone
        cell = clock.zone(start)
        offset = start.astimezone(ZoneInfo(zone)).isoformat()[-6:]
        assert cell == f"{zone} {offset}"
    finally:
        monkeypatch.undo()
        time.tzset()  # as it was before


def test_a_folder_that_cannot_be_written_is_told_and_still_read(home: Path, tmp_path: Path):
    Journal().add(Person(name="Sam"), author="a")
    (home / "order").unlink()
    (home / "order").mkdir()

    journal = Journal()

    assert [person.name for person in journal.people()] == ["Sam"]
    with pytest.raises(JournalError) as told:
        journal.add(Person(name="Noor"), author="b")
    assert "order" in told.value.sentence
    file = tmp_path / "a file"
    file.write_text("x")
    with pytest.raises(JournalError):
        Journal(file / "journal").add(Person(name="Noor"), author="b")
