"""Through a real spreadsheet program: every row is found again, and no change is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durability import sheets

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_survive_being_saved_by_libreoffice(tmp_path: Path):
    result = sheets.run(tmp_path, formats=("commas", "semicolons", "UTF-16 and tabs"))

    assert result.broken == []
    assert result.tried == 5 * len(sheets.TYPED)
