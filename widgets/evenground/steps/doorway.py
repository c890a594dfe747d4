"""What the journal holds of the door: what waits there, where its words are, and its opening.

While a delivery waits, its words are sealed: to its reader, or, when they have no passphrase, to
its author. In neither case do they stand in plain text, or on a page, before the reader opens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.records.acknowledge import Pieces
from evenground.records.door import Delivery, DoorAnswer, Knock, Opening
from evenground.steps.desk import other

if TYPE_CHECKING:
    from evenground.records.acknowledge import Acknowledgement
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk


def knocks(desk: Desk, author: str) -> list[Entry[Knock]]:
    """Return what a person brought to the door, oldest first; also what waits on this page."""
    held = [e for e in desk.held if isinstance(e.record, Knock)]
    found = [*desk.journal.entries(Knock), *held]
    return [e for e in found if e.author == author and not e.changed_outside]


def opening(desk: Desk, knock: Entry[Knock]) -> Entry[Opening] | None:
    """Return the reader's opening; one by its author, or one edited outside, opens nothing."""
    for entry in desk.journal.entries(Opening):
        by_reader = entry.author == other(knock.author) and not entry.changed_outside
        if by_reader and entry.record.delivery == knock.record.delivery:
            return entry
    return None


def letter(desk: Desk, knock: Entry[Knock]) -> Entry[Delivery] | None:
    """Return the words, for their reader, once the reader opened the door; else None."""
    if opening(desk, knock) is None:
        return None
    key = knock.record.delivery
    for entry in desk.entries(Delivery, reader=other(knock.author)):
        if entry.author == knock.author and key in (entry.thread, entry.released_from):
            return entry
    return None


def bring(desk: Desk, draft: Acknowledgement, author: str) -> None:
    """Bring a draft to the door: its words sealed, and a line that something waits there."""
    reader = other(author)
    delivery = Delivery(**{name: getattr(draft, name) for name in Pieces.columns()})
    if desk.seals(reader):
        entry = desk.journal.add(delivery, author=author, to=reader)
    else:
        entry = desk.add(delivery, author=author)
    if desk.is_held(entry):
        desk.hold(Knock(delivery=entry.thread), author)
    else:
        desk.journal.add(Knock(delivery=entry.thread), author=author)


def take_back(desk: Desk, knock: Entry[Knock]) -> None:
    """Take a delivery from the door, its words out of every file that holds them."""
    author, key = knock.author, knock.record.delivery
    if desk.is_held(knock):
        desk.held = [e for e in desk.held if e is not knock and e.thread != key]
        return
    # The line at the door goes first: from then on nothing leads to the words.
    desk.withdraw(knock)
    desk.journal.forget_sent(key, to=other(author))
    if any(e.thread == key for e in desk.entries(Delivery, reader=author)):
        desk.journal.forget(key, author=author, kind=Delivery)


def open_for(desk: Desk, knock: Entry[Knock], how: str) -> None:
    """Write down that the reader opened the door, and let the words through if they can be read."""
    reader, key = other(knock.author), knock.record.delivery
    if desk.is_held(knock):
        desk.journal.add(Knock(delivery=key), author=knock.author)
        desk.held.remove(knock)
    desk.journal.add(Opening(delivery=key, how=how), author=reader)
    let_through(desk, knock)


def let_through(desk: Desk, knock: Entry[Knock]) -> None:
    """Release words that are sealed to their author, once the door is open and they can be read."""
    if opening(desk, knock) is None or letter(desk, knock):
        return
    for entry in desk.entries(Delivery, reader=knock.author):
        if entry.author == knock.author and entry.thread == knock.record.delivery:
            desk.journal.add(
                entry.record, author=knock.author, sealed=False, released_from=entry.thread
            )


def answer(desk: Desk, knock: Entry[Knock], reader: str) -> Entry[DoorAnswer] | None:
    """Return the reader's own answer that leaves the door closed, or None."""
    found = [
        e
        for e in desk.entries(DoorAnswer, reader=reader)
        if e.record.delivery == knock.record.delivery and e.author == reader and not e.released_from
    ]
    return found[-1] if found else None


def told(desk: Desk, knock: Entry[Knock]) -> Entry[DoorAnswer] | None:
    """Return the answer that the reader chose to tell, or None."""
    found = [
        e
        for e in desk.journal.entries(DoorAnswer)
        if e.released_from
        and e.author == other(knock.author)
        and e.record.delivery == knock.record.delivery
    ]
    return found[-1] if found else None
