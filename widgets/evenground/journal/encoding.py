"""The text of a file, in whichever of the usual encodings a person or a spreadsheet saved it."""

from __future__ import annotations

import codecs

from evenground.journal.owned import OWN_ROW


def text(data: bytes) -> tuple[str, str | None]:
    """Return the encoding and the text, or None for UTF-8 that does not read to its end."""
    if wide := _wide(data):
        return "utf-16", data.decode(wide, "replace")
    try:
        return "utf-8", data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not OWN_ROW.search(data, error.start):
            return "utf-8", None
    # Rows of ours follow, so it is no torn tail. Either a few bytes of UTF-8 were hurt, or a
    # spreadsheet wrote the whole in the Windows encoding.
    replaced = data.decode("utf-8-sig", "replace")
    if any(letter != "\ufffd" and letter > "\x7f" for letter in replaced):
        return "utf-8", replaced
    return "cp1252", data.decode("cp1252", "replace")


def _wide(data: bytes) -> str:
    """Return the encoding of a file with two bytes a letter, by its mark or by its zeros."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    low, high = data[:64:2], data[1:64:2]
    if high.count(0) > len(high) // 2 and 0 not in low:
        return "utf-16-le"
    return "utf-16-be" if low.count(0) > len(low) // 2 and 0 not in high else ""
