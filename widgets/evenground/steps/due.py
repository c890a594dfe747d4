"""What has a date: one list, nearest first, for both of them alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from evenground import content
from evenground.records import review
from evenground.records.agreement import Agreement
from evenground.records.amends import Decision, DecisionRight, Lead, LeadAnswer
from evenground.records.deciding import Disagreement, Goal
from evenground.records.entry import BOTH
from evenground.records.outlook import Milestone
from evenground.records.registry import kinds
from evenground.records.start import Meeting, Pause
from evenground.steps.standing import State, standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from evenground.journal import Journal
    from evenground.records.entry import Entry

NUMBERS = {"acknowledge": "01", "listen": "02", "amends": "03", "review": "04"}
LOOK_BACK = timedelta(days=60)  # what was due longer ago is for the review, not for this list


@dataclass(frozen=True)
class Due:
    """One date: what it is about, and whose it is ("a", "b", or nobody's)."""

    day: date
    title: str
    detail: str
    by: str = ""
    pause: bool = False


def dates(journal: Journal, today: date, names: Mapping[str, str]) -> list[Due]:
    """Return all that has a date from 60 days ago on, nearest first. It writes nothing."""
    found = [
        *_meetings(journal, today),
        *_promises(journal, today),
        *_map(journal, names),
        *_decisions(journal),
        *_plans(journal),
        *_leads(journal),
        *_pauses(journal),
    ]
    return sorted((d for d in found if d.day >= today - LOOK_BACK), key=lambda d: d.day)


def left_off(journal: Journal) -> str:
    """Return the number of the part that the newest answer belongs to ("02"), or nothing.

    Only what both may read counts, so that the page says nothing of private writing.
    """
    newest, here = 0, ""
    for kind in kinds().values():
        if kind is review.Review:
            continue  # one of them has begun it, alone; what both opened of it counts
        seq = max((e.seq for e in journal.entries(kind)), default=0)
        if kind.part in NUMBERS and seq > newest:
            newest, here = seq, NUMBERS[kind.part]
    return here


def current(journal: Journal, kind: type[Meeting]) -> Entry[Meeting] | None:
    """Return the newest entry of a kind of which there is one at a time, or None."""
    found = journal.entries(kind)
    return max(found, key=lambda e: e.seq) if found else None


def let_go(journal: Journal) -> None:
    """Let every pause that has a day go."""
    for entry in journal.entries(Pause):
        if entry.record.day:
            journal.withdraw(entry.thread, author=BOTH, kind=Pause)


def _meetings(journal: Journal, today: date) -> Iterator[Due]:
    w = content.words("start")
    meeting = current(journal, Meeting)
    if meeting and meeting.record.day and meeting.record.day >= today:
        detail = meeting.record.time
        yield Due(meeting.record.day, w["due.meeting"], detail)


def _promises(journal: Journal, today: date) -> Iterator[Due]:
    w = content.words("start")
    marks = journal.entries(review.PromiseMark)
    for s in standings(journal, today):
        if s.state is not State.LIVE:
            continue
        record = s.promise.record
        # New words begin a promise anew: what was said of it before is said of the old ones.
        said = [
            m.record
            for m in marks
            if m.record.promise == s.promise.thread and m.seq > s.promise.seq
        ]
        moved = [m.moved_to for m in said if m.moved_to]
        day = moved[-1] if moved else record.due
        if day and all(m.status == "moved" for m in said):
            yield Due(day, record.title, w["due.promise_due"], record.owner)
        if record.end:
            yield Due(record.end, record.title, w["due.promise_end"], record.owner)


def _map(journal: Journal, names: Mapping[str, str]) -> Iterator[Due]:
    w = content.words("start")
    labels = content.words("amends")
    for entry in journal.entries(DecisionRight):
        record = entry.record
        area = record.domain_name or labels.get(f"decision_rights.domain.options.{record.domain}")
        if record.mode == "turns" and record.next_on and record.next_lead:
            title = w.say("due.hand_over", name=names[record.next_lead], area=area)
            yield Due(record.next_on, title, "", record.next_lead)
        if record.look_again:
            yield Due(record.look_again, area, w["due.look_again"])


def _decisions(journal: Journal) -> Iterator[Due]:
    w = content.words("start")
    for entry in journal.entries(Decision):
        if entry.record.look_again:
            title = w.say("due.decision", topic=entry.record.topic)
            yield Due(entry.record.look_again, title, "")


def _plans(journal: Journal) -> Iterator[Due]:
    """Yield where a trial ends, a step is to be taken, a milestone is to be seen."""
    w = content.words("start")
    for sheet in journal.entries(Disagreement):
        if sheet.record.trial_end and not sheet.record.verdict:
            yield Due(sheet.record.trial_end, sheet.record.topic, w["due.trial"])
    for goal in journal.entries(Goal):
        if goal.record.by_day and not goal.record.done_on:
            whose = goal.record.who if goal.record.who != BOTH else ""
            yield Due(
                goal.record.by_day, goal.record.step or goal.record.goal, w["due.step"], whose
            )
    for place in journal.entries(Milestone):
        if place.record.by and not place.record.reached:
            yield Due(place.record.by, place.record.milestone, w["due.milestone"])
    for agreement in journal.entries(Agreement)[-1:]:
        if agreement.record.look_again:
            yield Due(agreement.record.look_again, w["due.agreement"], w["due.look_again"])


def _leads(journal: Journal) -> Iterator[Due]:
    """Yield where a lead that was handed over ends."""
    w = content.words("start")
    handed = {e.record.lead for e in journal.entries(LeadAnswer) if e.record.answer == "handed"}
    for lead in journal.entries(Lead):
        if lead.record.lead_to and lead.id in handed:
            labels = content.words("amends")
            area = lead.record.talk or labels[f"decision_rights.domain.options.{lead.record.area}"]
            yield Due(lead.record.lead_to, area, w["due.lead_ends"], lead.author)


def _pauses(journal: Journal) -> Iterator[Due]:
    w = content.words("start")
    for entry in journal.entries(Pause):
        if entry.record.day:
            yield Due(entry.record.day, w["due.pause"], entry.record.time, pause=True)
