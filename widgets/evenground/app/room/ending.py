"""Take a room out with its group: what ran of it ends, and its journals go with it."""

from __future__ import annotations

import shutil

from evenground.app.room.opening import OPENED, folder_of
from evenground.app.room.processes import ALL, end, running


def take_out(slug: str) -> bool:
    """Take the room of a group out of this computer; False when there was none."""
    room = folder_of(slug)
    if not room.is_dir():
        return False
    (room / OPENED).unlink(missing_ok=True)  # so that nothing of it is started again
    end(running(room, ALL))
    shutil.rmtree(room)
    return True
