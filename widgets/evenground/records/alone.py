"""What one person may keep of the path alone. Nothing of it is written unless they say so."""

from __future__ import annotations

from typing import Annotated, ClassVar

from evenground.records.controls import Choice, Line, Text
from evenground.records.declaration import Record, Visibility

WAYS = ("take_no", "ask_again", "outside", "leave", "unsure")


class OwnPath(Record):
    """A way that one person thinks about for themselves, kept because they pressed Keep."""

    kind: ClassVar[str] = "own_paths"
    part: ClassVar[str] = "alone"
    practices: ClassVar[tuple[str, ...]] = ("P57",)
    visibility: ClassVar[Visibility] = Visibility.PRIVATE

    way: Annotated[str, Choice(WAYS)] = ""
    protects: Annotated[str, Text(2_000)] = ""
    step: Annotated[str, Line(300)] = ""
    who: Annotated[str, Line(300)] = ""
    words: Annotated[str, Text(4_000)] = ""
