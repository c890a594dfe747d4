"""R11: a file as people and spreadsheets leave it, and what is read of each."""

# ruff: noqa: E501 - one line for each file, to be read side by side

from __future__ import annotations

from evenground.journal.cells import check
from evenground.journal.reading import read

HEAD = b"schema,id,seq,written,zone,author,action,replaces,released_from,name,check\r\n"
ROWS = (
    b'"e1","r1111111111111111","1","2026-11-20T08:00:00Z","Etc/UTC +00:00","a","kept","","","Sam","{}"\r\n',
    b'"e1","r2222222222222222","2","2026-11-20T08:00:01Z","Etc/UTC +00:00","b","kept","","","No\xc3\xa9l, ""N""","{}"\r\n',
    b'"e1","r3333333333333333","3","2026-11-20T08:00:02Z","Etc/UTC +00:00","a","kept","r1111111111111111","","\'=Sam","{}"\r\n',
)
NAMES = ["Sam", 'Noél, "N"', "=Sam"]


def _whole() -> bytes:
    lines = []
    for row in ROWS:
        cells = read(HEAD + row).rows[0].cells
        lines.append(row.replace(b"{}", check(cells).encode()))
    return HEAD + b"".join(lines)


WHOLE = _whole()


def _lines(data: bytes = WHOLE) -> list[bytes]:
    return data.split(b"\r\n")[:-1]


def columns_moved(data: bytes, order: list[int], separator: bytes = b",") -> bytes:
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
        ("semicolons", columns_moved(WHOLE, ALL, b";"), SOUND),
        ("tabs", columns_moved(WHOLE, ALL, b"\t"), SOUND),
        ("bars", columns_moved(WHOLE, ALL, b"|"), SOUND),
        ("UTF-16 with a mark", WHOLE.decode().encode("utf-16"), SOUND),
        ("UTF-16 little end", WHOLE.decode().encode("utf-16-le"), SOUND),
        ("UTF-16 big end", WHOLE.decode().encode("utf-16-be"), SOUND),
        ("UTF-16 and tabs", columns_moved(WHOLE, ALL, b"\t").decode().encode("utf-16"), SOUND),
        ("the Windows encoding", WHOLE.decode().encode("cp1252"), SOUND),
        ("columns turned round", columns_moved(WHOLE, ALL[::-1]), SOUND),
        ("the check first", columns_moved(WHOLE, [10, *range(10)]), SOUND),
        ("the name first", columns_moved(WHOLE, [9, *range(9), 10]), SOUND),
        ("rows turned round", HEAD + b"\r\n".join(_lines()[:0:-1]) + b"\r\n", SOUND),
        ("rows sorted by name", HEAD + b"\r\n".join(sorted(_lines()[1:], key=lambda x: x.split(b",")[9])) + b"\r\n", SOUND),
        ("a column added, empty", b"\r\n".join([_lines()[0] + b",note", *[x + b',""' for x in _lines()[1:]]]) + b"\r\n", SOUND),
        ("a column added, filled", b"\r\n".join([_lines()[0] + b",note", *[x + b',"hm"' for x in _lines()[1:]]]) + b"\r\n", (NAMES, [2, 3, 4], None)),
        ("the column of checks taken out", columns_moved(WHOLE, ALL[:10]), (NAMES, [2, 3, 4], None)),
        ("the column of schemas taken out", columns_moved(WHOLE, ALL[1:]), (NAMES, [2, 3, 4], None)),
        ("the column of zones taken out", columns_moved(WHOLE, [0, 1, 2, 3, *ALL[5:]]), (NAMES, [2, 3, 4], None)),
        ("the order taken out", columns_moved(WHOLE, [0, 1, *ALL[3:]]), (NAMES, [2, 3, 4], None)),
        ("the column released_from, all empty, taken out", columns_moved(WHOLE, [*ALL[:8], 9, 10]), SOUND),
        ("the names renamed", WHOLE.replace(b"from,name,", b"from,names,"), (["", "", ""], [2, 3, 4], None)),
        ("the ids taken out", columns_moved(WHOLE, [0, *ALL[2:]]), ([], [], 1)),
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
        ("a row typed by hand", WHOLE + b"e1,,,,,b,,,,Nora,\r\n", ([*NAMES, "Nora"], [5], None)),
        ("a row typed by hand, twice", WHOLE + b"e1,,,,,b,,,,Nora,\r\n" * 2, ([*NAMES, "Nora"], [5, 6], None)),
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
