"""Files that people and spreadsheets changed are read, and every change is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evenground.journal import Journal, JournalError, ReadOnly, Unreadable, checking, clock
from evenground.journal.table import read
from evenground.records.acknowledge import Moment
from evenground.records.amends import Decision, Promise
from evenground.records.start import Person

KEPT = Path(__file__).parent / "journals"

HEAD = b"schema,id,seq,written,zone,author,action,replaces,released_from,name,check\r\n"
ROWS = (
    b'"e1","r1111111111111111","1","2026-11-20T08:00:00Z","Etc/UTC +00:00","a","kept","","","Sam","{}"\r\n',
    b'"e1","r2222222222222222","2","2026-11-20T08:00:01Z","Etc/UTC +00:00","b","kept","","","No\xc3\xa9l, ""N""","{}"\r\n',
    b'"e1","r3333333333333333","3","2026-11-20T08:00:02Z","Etc/UTC +00:00","a","kept","r1111111111111111","","\'=Sam","{}"\r\n',
)
NAMES = ["Sam", 'Noél, "N"', "=Sam"]


def _whole() -> bytes:
    from evenground.journal.cells import check

    lines = []
    for row in ROWS:
        cells = read(HEAD + row).rows[0].cells
        lines.append(row.replace(b"{}", check(cells).encode()))
    return HEAD + b"".join(lines)


WHOLE = _whole()


def _lines(data: bytes = WHOLE) -> list[bytes]:
    return data.split(b"\r\n")[:-1]


def _columns(data: bytes, order: list[int], separator: bytes = b",") -> bytes:
    """Return the file with its columns in another order; plain cells alone, as it is for tests."""
    held = read(data)
    lines = [separator.join(held.columns[n].encode() for n in order)]
    for row in held.rows:
        cells = [row.cells[held.columns[n]] for n in order]
        lines.append(separator.join(b'"' + c.replace('"', '""').encode() + b'"' for c in cells))
    return b"\r\n".join(lines) + b"\r\n"


def _swap(old: bytes, new: bytes) -> bytes:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


ALL = list(range(11))
SOUND = (NAMES, [], None)
# What was done to the file: its bytes, the names read in order, the lines told as changed, and the
# line past which it cannot be read.
EDITED: dict[str, tuple[bytes, list[str], list[int], int | None]] = {
    name: (data, *expected)
    for name, data, expected in [
        ("nothing", WHOLE, SOUND),
        ("a byte order mark", b"\xef\xbb\xbf" + WHOLE, SOUND),
        ("a quoted heading", WHOLE.replace(HEAD, b'"' + HEAD.strip().replace(b",", b'","') + b'"\r\n'), SOUND),
        ("a mark and a quoted heading", b"\xef\xbb\xbf" + WHOLE.replace(HEAD, b'"' + HEAD.strip().replace(b",", b'","') + b'"\r\n'), SOUND),
        ("newlines of Unix", WHOLE.replace(b"\r\n", b"\n"), SOUND),
        ("newlines of old Macs", WHOLE.replace(b"\r\n", b"\r"), SOUND),
        ("mixed newlines", WHOLE.replace(b"\r\n", b"\n", 2), SOUND),
        ("no newline at the end", WHOLE[:-2], SOUND),
        ("half a newline at the end", WHOLE[:-1], SOUND),
        ("empty lines between", WHOLE.replace(b"\r\n", b"\r\n\r\n"), SOUND),
        ("empty lines at the end", WHOLE + b"\r\n\r\n\r\n", SOUND),
        ("an empty line at the top", b"\r\n" + WHOLE, SOUND),
        ("commas alone on a line", WHOLE + b",,,,,,,,,,\r\n", SOUND),
        ("commas behind each line", WHOLE.replace(b"\r\n", b",,,\r\n"), SOUND),
        ("spaces in the heading", WHOLE.replace(b"schema,id,seq", b"schema, id , seq"), SOUND),
        ("semicolons", _columns(WHOLE, ALL, b";"), SOUND),
        ("tabs", _columns(WHOLE, ALL, b"\t"), SOUND),
        ("bars", _columns(WHOLE, ALL, b"|"), SOUND),
        ("UTF-16 with a mark", WHOLE.decode().encode("utf-16"), SOUND),
        ("UTF-16 little end", WHOLE.decode().encode("utf-16-le"), SOUND),
        ("UTF-16 big end", WHOLE.decode().encode("utf-16-be"), SOUND),
        ("UTF-16 and tabs", _columns(WHOLE, ALL, b"\t").decode().encode("utf-16"), SOUND),
        ("the Windows encoding", WHOLE.decode().encode("cp1252"), SOUND),
        ("columns turned round", _columns(WHOLE, ALL[::-1]), SOUND),
        ("the check first", _columns(WHOLE, [10, *range(10)]), SOUND),
        ("the name first", _columns(WHOLE, [9, *range(9), 10]), SOUND),
        ("rows turned round", HEAD + b"\r\n".join(_lines()[:0:-1]) + b"\r\n", SOUND),
        ("rows sorted by name", HEAD + b"\r\n".join(sorted(_lines()[1:], key=lambda x: x.split(b",")[9])) + b"\r\n", SOUND),
        ("a column added, empty", b"\r\n".join([_lines()[0] + b",note", *[x + b',""' for x in _lines()[1:]]]) + b"\r\n", SOUND),
        ("a column added, filled", b"\r\n".join([_lines()[0] + b",note", *[x + b',"hm"' for x in _lines()[1:]]]) + b"\r\n", (NAMES, [2, 3, 4], None)),
        ("the column of checks taken out", _columns(WHOLE, ALL[:10]), (NAMES, [2, 3, 4], None)),
        ("the column of schemas taken out", _columns(WHOLE, ALL[1:]), (NAMES, [2, 3, 4], None)),
        ("the column of zones taken out", _columns(WHOLE, [0, 1, 2, 3, *ALL[5:]]), (NAMES, [2, 3, 4], None)),
        ("the order taken out", _columns(WHOLE, [0, 1, *ALL[3:]]), (NAMES, [2, 3, 4], None)),
        ("the column released_from, all empty, taken out", _columns(WHOLE, [*ALL[:8], 9, 10]), SOUND),
        ("the names renamed", WHOLE.replace(b"from,name,", b"from,names,"), (["", "", ""], [2, 3, 4], None)),
        ("the ids taken out", _columns(WHOLE, [0, *ALL[2:]]), ([], [], 1)),
        ("the ids renamed", WHOLE.replace(b",id,", b",key,"), ([], [], 1)),
        ("a column twice", WHOLE.replace(b",zone,", b",seq,"), ([], [], 1)),
        ("the heading taken out", WHOLE[len(HEAD):], ([], [], 1)),
        ("a name changed", _swap(b'"Sam"', b'"Sami"'), (["Sami", *NAMES[1:]], [2], None)),
        ("a name emptied", _swap(b'"Sam"', b'""'), (["", *NAMES[1:]], [2], None)),
        ("a name with a line break", _swap(b'"Sam"', b'"Sam\r\nS."'), (["Sam\nS.", *NAMES[1:]], [2], None)),
        ("an apostrophe taken away", _swap(b"\"'=Sam\"", b'"=Sam"'), SOUND),
        ("a time written as by a spreadsheet", _swap(b"2026-11-20T08:00:00Z", b"11/20/2026 08:00"), (NAMES, [2], None)),
        ("a time written as in Germany", _swap(b"2026-11-20T08:00:00Z", b"20.11.2026 08:00:00"), (NAMES, [2], None)),
        ("a time that is none", _swap(b"2026-11-20T08:00:00Z", b"soon"), (NAMES, [2], None)),
        ("the order as numbers with a point", _swap(b'"3","2026', b'"3.0","2026'), (NAMES, [4], None)),
        ("the order as a power", _swap(b'"3","2026', b'"3E+00","2026'), (NAMES, [4], None)),
        ("the order as a word", _swap(b'"1","2026', b'"first","2026'), (NAMES, [2], None)),
        ("an unknown author", _swap(b'"b","kept"', b'"B","kept"'), (NAMES, [3], None)),
        ("a check changed", WHOLE.replace(b',"k', b',"K', 1), (NAMES, [2], None)),
        ("a row twice", WHOLE + _lines()[1] + b"\r\n", SOUND),
        ("a row twice, one changed", WHOLE + _lines()[1].replace(b"Sam", b"Eve") + b"\r\n", (["Sam", "Eve", *NAMES[1:]], [5], None)),
        ("a row taken out", WHOLE.replace(_lines()[2] + b"\r\n", b""), (["Sam", "=Sam"], [], None)),
        ("the first version taken out", WHOLE.replace(_lines()[1] + b"\r\n", b""), (NAMES[1:], [], None)),
        ("a row typed by hand", WHOLE + b'e1,,,,,b,,,,Nora,\r\n', ([*NAMES, "Nora"], [5], None)),
        ("a row typed by hand, twice", WHOLE + b'e1,,,,,b,,,,Nora,\r\n' * 2, ([*NAMES, "Nora"], [5, 6], None)),
        ("a comma too many", WHOLE.replace(b'"a","kept"', b'"a",x,"kept"', 1), ([], [], 2)),
        ("a comma too few", WHOLE.replace(b'"a","kept"', b'"a" "kept"', 1), ([], [], 2)),
        ("a line that is none, at the end", WHOLE + b"so far\r\n", (NAMES, [], 5)),
        ("a line that is none, in the middle", b"\r\n".join([*_lines()[:2], b"hello", *_lines()[2:]]) + b"\r\n", (NAMES[:1], [], 3)),
        ("a quote taken away", _swap(b'"Sam"', b'"Sam'), ([], [], 2)),
        ("a quote too many", _swap(b'"Sam"', b'"S"am"'), ([], [], 2)),
        ("bytes that are no text, in the middle", _swap(b'"Sam"', b'"S\xe4\xff"'), (["S\ufffd\ufffd", *NAMES[1:]], [2], None)),
        ("zeros at the end", WHOLE + bytes(40), (NAMES, [], None)),
        ("a torn row at the end", WHOLE + b'"e1","r4444444444444444","4","20', (NAMES, [], None)),
        ("a torn heading", HEAD[:30], ([], [], None)),
        ("all of it gone", b"", ([], [], None)),
        ("another table", b"name,age\r\nSam,40\r\n", ([], [], 1)),
        ("words and no table", b"Dear Sam,\r\nhello\r\n", ([], [], 1)),
    ]
}  # fmt: skip


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
    old = _columns(WHOLE, [0, 1, 2, 3, 4, 5, 6, 7, 9, 10])
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
    """Africa/Cairo Africa/Johannesburg Africa/Lagos America/Anchorage America/Argentina/Salta
    America/Bogota America/Chicago America/Denver America/Halifax America/Los_Angeles
    America/Mexico_City America/New_York America/Phoenix America/Sao_Paulo America/St_Johns
    Asia/Calcutta Asia/Dubai Asia/Hong_Kong Asia/Istanbul Asia/Jerusalem Asia/Kabul Asia/Karachi
    Asia/Kathmandu Asia/Manila Asia/Seoul Asia/Tehran Asia/Tokyo Atlantic/Azores Australia/Adelaide
    Australia/Lord_Howe Australia/Sydney Europe/Berlin Europe/Dublin Europe/Lisbon Europe/London
    Europe/Moscow Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Kiritimati""".split(),
)
def test_any_zone_and_any_change_of_the_clock_leave_order_and_content(
    monkeypatch: pytest.MonkeyPatch, zone: str, hour: str
):
    import time
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    start = datetime.fromisoformat(hour).replace(tzinfo=UTC)
    steps = [0, 1, 3600, -3600, 3650 * 86400, -3650 * 86400, 7200]
    times = iter([start + timedelta(seconds=step) for step in steps])
    journal = Journal(now=lambda: next(times))
    try:
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
        monkeypatch.delenv("TZ")
        time.tzset()


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
