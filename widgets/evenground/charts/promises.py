"""Promises on a line of time, one by one with their owner: kept, late, slipped, mended, open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from evenground.charts import dates
from evenground.charts.drawing import Drawing, Sign, Svgs, drawn
from evenground.content import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from evenground.charts.answers import Names

MOST = 12  # of more than so many, the newest are drawn

Came = Literal["kept", "late", "slipped", "mended", "open"]


@dataclass(frozen=True, slots=True)
class Event:
    """What came of a promise on a day: done, slipped, or mended."""

    day: date
    what: Literal["done", "slipped", "mended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An agreed promise: whose it is, its days, and what came of it. `due` is the newest one."""

    title: str
    owner: Literal["a", "b", "both"]
    agreed: date
    due: date | None = None
    end: date | None = None
    events: tuple[Event, ...] = ()

    @property
    def until(self) -> date | None:
        """Return the day that its bar runs to: when it is due, or else when it ends."""
        return self.due or self.end

    def last(self, what: str) -> date | None:
        """Return the newest day on which this came of it."""
        return max((event.day for event in self.events if event.what == what), default=None)

    @property
    def came(self) -> Came:
        """Return what came of it so far."""
        done, slipped, mended = self.last("done"), self.last("slipped"), self.last("mended")
        if done and (not slipped or done >= slipped):
            return "late" if self.due and done > self.due and not slipped else "kept"
        if slipped:
            return "mended" if mended and mended >= slipped else "slipped"
        return "open"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is drawn."""

    promises: tuple[Promise, ...]
    names: Names
    today: date


def promises(made: Sequence[Promise], *, names: Names, today: date) -> Drawing:
    """Draw promises in the order they were agreed, each with its owner and what came of it."""
    say = words("charts")
    if not made:
        return Drawing(
            title=say["promises.title"],
            subtitle="",
            label=say["promises.none"],
            svgs=Svgs(),
            after=(say["promises.none"],),
        )
    listed = sorted(made, key=lambda promise: (promise.agreed, promise.until or today))
    newest = tuple(listed[-MOST:])
    cut = (say.say("promises.last", count=MOST),) if len(listed) > MOST else ()
    told = [
        say.say("promises.said", title=p.title, owner=_owner(p, names), status=status(p, today))
        for p in newest
    ]
    return Drawing(
        title=say["promises.title"],
        subtitle=say["promises.subtitle"],
        label=" ".join((say.count("promises.label", len(newest)), *told)),
        svgs=_drawn(Ledger(newest, names, today)),
        legend=tuple(_legend(newest, names)),
        after=(*cut, say["promises.after"]),
        summary=say["promises.summary"],
        head=say.lines("promises.head"),
        rows=tuple(_row(promise, names, today) for promise in reversed(listed)),
    )


def status(promise: Promise, today: date) -> str:
    """Return what came of a promise, in a few words."""
    return plain(_status(promise, today))


def _status(promise: Promise, today: date) -> str:
    say = words("charts")
    done, slipped, mended = (promise.last(what) for what in ("done", "slipped", "mended"))
    if slipped and mended and mended >= slipped:
        key = "mended_kept" if promise.came == "kept" else "mended"
        days = (mended - slipped).days
        if days == 0:
            return say[f"promises.status.{key}_same"]
        return say.count(f"promises.status.{key}", days)
    if slipped and promise.came == "slipped":
        return say.say("promises.status.slipped", day=dates.day(slipped))
    if slipped:
        return say["promises.status.slipped_kept"]
    return _kept(done, promise.due) if done else _open(promise, today)


def _kept(done: date, due: date | None) -> str:
    say = words("charts")
    if due is None:
        return say.say("promises.status.kept_on", day=dates.day(done))
    if done == due:
        return say["promises.status.kept"]
    return say.count(f"promises.status.{'late' if done > due else 'early'}", abs((done - due).days))


def _open(promise: Promise, today: date) -> str:
    say = words("charts")
    if promise.due is None:
        if promise.end is None:
            return say["promises.status.open_plain"]
        return say.say("promises.status.open_end", day=dates.day(promise.end))
    if promise.due < today:
        return say.say("promises.status.was_due", day=dates.day(promise.due))
    if promise.due == today:
        return say["promises.status.open_today"]
    return say.count("promises.status.open", (promise.due - today).days)


def _drawn(ledger: Ledger) -> Svgs:
    from evenground.charts.plots.promises import bars  # noqa: PLC0415 - brings in Altair

    return drawn(bars, ledger)


def _legend(shown: Sequence[Promise], names: Names) -> Iterator[Sign]:
    """Yield the signs that are in the drawing, and whose marks are whose."""
    found = {promise.came for promise in shown}
    found |= {"slipped" for promise in shown if promise.last("slipped")}
    found |= {"mended" for promise in shown if promise.last("mended")}
    for came in ("kept", "late", "slipped", "mended", "open"):
        if came in found:
            yield Sign(came, words("charts")[f"promises.signs.{came}"])
    for person in ("a", "b"):
        if any(promise.owner in {person, "both"} for promise in shown):
            yield Sign(person, names.of(person))


def _owner(promise: Promise, names: Names) -> str:
    if promise.owner == "both":
        return words("charts").say("promises.both", a=names.a, b=names.b)
    return names.of(promise.owner)


def _row(promise: Promise, names: Names, today: date) -> tuple[str, ...]:
    return (
        promise.title,
        _owner(promise, names),
        dates.day(promise.agreed),
        dates.day(promise.due) if promise.due else words("charts")["promises.no_day"],
        status(promise, today),
    )
