"""The next time together: a day, a time, how long, and a calendar file that says no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import content
from evenground.content import plain
from evenground.forms import nodes
from evenground.records.declaration import Fault
from evenground.records.entry import BOTH
from evenground.records.start import Meeting
from evenground.steps import days, due
from evenground.steps.calendar import calendar_file
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.steps.writing import Writing


def next_time(step: Step) -> list[Node]:
    """Return the next time together in words, with a way to move it and its calendar file."""
    w = content.words("start")
    meeting = due.current(step.desk.journal, Meeting)
    if meeting is None or meeting.record.day is None:
        move = nodes.press("move", w["meetings.choose"])
        return [nodes.text(w["meetings.none"]), nodes.buttons(move)]
    record = meeting.record
    day = days.weekday(meeting.record.day)
    said = w.say("meetings.next", day=day, time=record.time) if record.time else day
    title = plain(w["meetings.calendar_title"])
    about = []
    if record.minutes:
        about.append(w.count("meetings.minutes", int(record.minutes)))
    if record.place:
        about.append(w.say("meetings.where", place=record.place))
    return [
        nodes.when(said),
        *(nodes.hint(sentence) for sentence in [*about, w["meetings.either"]]),
        nodes.buttons(
            nodes.press("move", w["meetings.move"]),
            nodes.download(
                w["meetings.calendar"],
                w["meetings.calendar_file"],
                "text/calendar",
                calendar_file(meeting, title),
            ),
        ),
    ]


class NextTime(Step):
    """The boxes for the next time together, and its calendar file once it is set."""

    part = "start"
    practices: ClassVar[tuple[str, ...]] = ("P24",)

    def __init__(self) -> None:
        """Show the date, or boxes to set one."""
        self.editing = False
        super().__init__()

    def tree(self) -> list[Node]:
        """Return the date that is set, or the boxes."""
        meeting = due.current(self.desk.journal, Meeting)
        day = meeting.record.day if meeting else None
        if day and day >= days.today() and not self.editing:
            return [*next_time(self), *self.news()]
        form = self._form()
        fields = form.nodes()
        asked = [nodes.row(*fields[:3]), *fields[3:]]
        end = [
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["meetings.keep"]),
                nodes.press("leave", self.common["buttons.not_now"]),
            ),
        ]
        return [self.seen(Meeting), *nodes.one_by_one(asked, end, key=form.key)]

    def do(self, key: str, value: str) -> None:  # noqa: ARG002 - no button of these has a value
        """Keep the date, or open the boxes."""
        form = self._form()
        if key == "move":
            self.editing = True
        elif key == "leave":
            self.editing = False
            form.done()
            self.close(form)
            self.go_on()
        elif key == "keep":
            if not form.values.get("day"):
                form.faults = (Fault("day", "needs_day", {}),)
            elif self.kept(form, self.words["meetings.kept"]):
                self.editing = False

    def _form(self) -> Writing[Meeting]:
        meeting = due.current(self.desk.journal, Meeting)
        return self.writing(Meeting, author=BOTH, replaces=meeting)
