"""The header of every page: who is writing, the page between two people, pausing, unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import Room, nodes
from evenground.forms.view import SAME, Kept
from evenground.journal import JournalError, WrongPassphrase
from evenground.records.declaration import Mistaken
from evenground.records.entry import BOTH
from evenground.records.start import Pause, Rest, Touchstones
from evenground.steps import days
from evenground.steps.cover import cover, passphrase_field
from evenground.steps.desk import PEOPLE, Desk, desk, other

if TYPE_CHECKING:
    from evenground.content import Words

WARNING = 30  # seconds: so long before private pages close, the page says so
USUAL_REST = 15  # minutes


def open_page(part: str) -> Room:
    """Show the line that says who is writing, and open the page for them."""
    return Page(part).view


def minutes_of_rest(desk: Desk) -> int:
    """Return after how many minutes with nobody there private pages close."""
    found = desk.journal.entries(Rest)
    return int(found[-1].record.minutes) if found and found[-1].record.minutes else USUAL_REST


def _hold_nothing(_name: str, _value: object) -> Kept:
    """Keep nothing of what is typed on a cover: it is read when a button is pressed."""
    return SAME


class Page:
    """One open page. It covers the rest while nobody, or somebody else, is to read it."""

    def __init__(self, part: str) -> None:
        """Open the page of a part for whoever is writing."""
        self.part = part
        self.desk = desk()
        self.next = self.desk.who  # who is to write next, while a passphrase is asked for
        self.last = ""  # who wrote before
        self.state = ""  # what covers the page: "", who, cover, passphrase, pausing, paused, help
        self.said = ""
        self.wrong = ""
        self.open = self.desk.seals(self.desk.one) and not self.desk.locked(self.desk.one)
        self.view = Room(
            kept=self._last_save(),
            on_event=self._hear,
            on_input=_hold_nothing,
            on_press=self._press,
        )
        self.view.on_ping = self._closing_in
        self.desk.journal.rest_after(60 * minutes_of_rest(self.desk))
        self.desk.steps.insert(0, self)
        self.desk.page = self
        if not self.desk.who and part != "start":
            self.state = "who"
        self.refresh()

    @property
    def words(self) -> Words:
        """Return the words of the header."""
        return content.words("room")

    def _last_save(self) -> Kept:
        """Return what the header says of saving when the page opens."""
        last = self.desk.journal.last_save()
        if last is None:
            return Kept("none")
        if last.astimezone().date() == days.today():
            return Kept("saved", days.clock(last))
        return Kept("none", text=self.words["nothing_to_save"])

    def refresh(self) -> None:
        """Show the line and the cover anew."""
        try:
            people = [(p.key, p.name) for p in self.desk.journal.people() if p.name]
            tree = cover(self)
        except JournalError as error:
            people, tree = [], [nodes.status(error.sentence)]
        self.view.meet(people, who=self.desk.who)
        self.view.foot = self._foot()
        self.view.show(tree)

    def _foot(self) -> list[dict[str, str]]:
        """Return what the three values mean to the two, for the foot of every page."""
        try:
            values = self.desk.journal.entries(Touchstones)
        except JournalError:
            return []
        start = content.words("start")
        told = values[-1].record.to_cells() if values else {}
        return [
            {"title": start[f"touchstones.{name}.ask"], "text": text}
            for name, text in told.items()
            if text
        ]

    def cover_with_passphrase(self) -> None:
        """Ask the one who is writing for the passphrase of their private pages."""
        self.next, self.state = self.desk.one, "passphrase"
        self.refresh()

    def ask_who(self) -> None:
        """Clear the page and ask who is here; nobody is writing until somebody says so."""
        self.last, self.state = self.desk.one, "who"
        self.desk.sit("")
        self.refresh()

    def pause(self) -> None:
        """Cover the page with the page for pausing, as the header's button does."""
        self._hear("pause")

    def in_turn(self, speaker: str) -> None:
        """Say in the line who speaks and who listens; with no speaker, who is writing."""
        w = self.words
        line = []
        if speaker:
            listener = other(speaker)
            line = [
                (speaker, w["speaks"]),
                (listener, w["listens"]),
            ]
        self.view.turn(line)

    def forget_forms(self) -> None:
        """Hold nothing: the cover has no box whose words outlive it."""

    def seat(self, who: str) -> None:
        """Let somebody write; their passphrase is asked for first if they have one."""
        self._sit(who)
        self.refresh()

    def _closing_in(self) -> int | None:
        """Return in how many seconds the writer's private pages close, in their last half minute.

        When they have closed, the page is covered, and what they had written is on it no more.
        """
        me = self.desk.one
        if not self.open or not me:
            return None
        left = self.desk.journal.rests_in()
        if left is None:
            self.desk.journal.lock(None)
            self.view.clear()
            self.open, self.next, self.state = False, me, "rested"
            self.desk.sit("")
            return None
        return int(left) if left <= WARNING else None

    # What happens -------------------------------------------------------------------------------

    def _hear(self, event: str) -> None:
        """Hear the header's own buttons."""
        self.said = self.wrong = ""
        if event == "switch":
            self._switch()
        elif event == "pause":
            self.state = "pausing"
        elif event == "help":
            self.state = "help"
        elif event == "awake":
            self.desk.journal.stay()
            return
        elif event == "leave":
            self.desk.journal.lock(None)
            self.state = "who"
            self.desk.sit("")
        self.refresh()

    def _press(self, key: str, value: str, values: dict[str, object]) -> None:
        self.wrong = ""
        try:
            self._do(key, value, values)
        except WrongPassphrase as error:
            self.wrong = error.sentence
        except Mistaken as error:
            fault = error.faults[0]
            self.wrong = content.words("mistakes").say(fault.key, **fault.fill)
        except JournalError as error:
            self.wrong = error.sentence
        self.refresh()

    def _do(self, key: str, value: str, values: dict[str, object]) -> None:
        w = self.words
        if key == "sit":
            self._sit(value)
        elif key == "who":
            self.state = "who"
        elif key == "open":
            self._open(values)
        elif key == "without":
            self._seat(self.next)
        elif key == "lost":
            self.state = "spare"
        elif key == "pause":
            pause = Pause.typed({"day": values.get("day"), "time": values.get("time")})
            self.desk.journal.add(pause, author=BOTH)
            self.state, self.said = "paused", w["pausing.kept"]
        elif key == "leave_open":
            self.desk.journal.add(Pause(), author=BOTH)
            self.state, self.said = "paused", w["pausing.left_open"]
        elif key == "back":
            self.state = "" if self.desk.who or self.part == "start" else "who"

    def _switch(self) -> None:
        """Clear the page and hand it over; nobody is writing until somebody says so."""
        self.last, self.next = self.desk.one, self.desk.other
        known = {p.key for p in self.desk.journal.people() if p.name}
        self.state = "cover" if self.next in known else "who"
        self.desk.sit("")

    def _sit(self, who: str) -> None:
        self.next = who
        if who in PEOPLE and self.desk.seals(who) and not self.desk.journal.is_unlocked(who):
            self.state = "passphrase"
        else:
            self._seat(who)

    def _open(self, values: dict[str, object]) -> None:
        journal = self.desk.journal
        if passphrase_field(self, self.next):
            if self.state == "spare":
                journal.unlock_with_recovery(self.next, str(values.get("spare") or ""))
            else:
                journal.unlock(self.next, str(values.get("passphrase") or ""))
        self._seat(self.next)

    def _seat(self, who: str) -> None:
        self.state = ""
        self.open = who in PEOPLE and self.desk.seals(who) and not self.desk.locked(who)
        self.desk.sit(who)
