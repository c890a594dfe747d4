"""Calendar files: the next time together, and the dates agreed on. Their titles say nothing."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evenground.records.entry import Entry
    from evenground.records.start import Meeting
    from evenground.steps.due import Due

USUAL_MINUTES = 30
MORNING = timedelta(hours=9)  # when a day without a time of its own is rung for


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


def dates_file(dates: Iterable[Due], title: str) -> str:
    """Return an .ics file with a day for each date, all of one title: no names and no words.

    Two dates on one day are one event. Each has an alarm at nine in the morning.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    for day in sorted({d.day for d in dates}):
        event = Event()
        event.add("uid", f"day-{day.isoformat()}")
        event.add("dtstamp", datetime.now(UTC).replace(microsecond=0))
        event.add("summary", title)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", MORNING)
        event.add_component(alarm)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text
