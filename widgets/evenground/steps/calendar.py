"""The calendar file for the next time together, with a title that says nothing."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

if TYPE_CHECKING:
    from evenground.records.entry import Entry
    from evenground.records.start import Meeting

USUAL_MINUTES = 30


def calendar_file(meeting: Entry[Meeting], title: str) -> str:
    """Return an .ics file with one event of the title given: no place, no names, no words.

    With a time of day it lasts as long as was set (30 minutes if nothing was) and has an alarm
    an hour before; without one it is an all-day event. Times are local to whoever opens it.
    """
    record = meeting.record
    event = Event()
    event.add("uid", meeting.thread)
    event.add("sequence", meeting.seq)
    event.add("dtstamp", meeting.written.astimezone(UTC))
    event.add("summary", title)
    if record.day and record.time:
        start = datetime.combine(record.day, time.fromisoformat(record.time))
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=record.minutes or USUAL_MINUTES))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", timedelta(hours=-1))
        event.add_component(alarm)
    elif record.day:
        event.add("dtstart", record.day)
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text
