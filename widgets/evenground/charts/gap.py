"""Two people's answers to one item, and the gap between the two lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenground.charts import dates
from evenground.charts.answers import PEOPLE, Answer, Names, Note, about
from evenground.charts.drawing import Drawing, Svgs, drawn
from evenground.content import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FEW, MOST = 6, 60  # from so many reviews lines are drawn; of more than so many, the newest


@dataclass(frozen=True, slots=True)
class Lines:
    """What is drawn: numbers, dates and two names."""

    answers: tuple[Answer, ...]
    names: Names
    notes: tuple[Note, ...]
    joined: bool  # lines and shading; few reviews are dots

    @property
    def days(self) -> tuple[int, ...]:
        """Return the day of each review, as a number."""
        return tuple(answer.day.toordinal() for answer in self.answers)


def gap(
    answers: Sequence[Answer], *, item: str, title: str, names: Names, notes: Sequence[Note] = ()
) -> Drawing:
    """Draw both answers to an item over time; with one review, say its numbers in words."""
    say = words("charts")
    asked = about(tuple(answers), item)
    reviews = tuple(answer for answer in asked if not answer.is_empty)
    after = tuple(counted(len(reviews), reviews, drawn_most=MOST))
    if len(reviews) == 1:
        after += (spoken(reviews[0], names),)
    if any(answer.a is not None and answer.b is not None for answer in reviews):
        after += (say["gap.after"],)
    return Drawing(
        title=plain(say.say("gap.title", item=title)),
        subtitle=_subtitle(tuple(a for a in asked[-MOST:] if not a.is_empty), names),
        label=described(reviews, names),
        svgs=_drawn(asked, len(reviews), names, tuple(notes)),
        after=after,
        summary=say["numbers.summary"] if reviews else "",
        head=(say["numbers.review"], *(names.of(p) for p in _present(reviews))) if reviews else (),
        rows=tuple(_rows(asked, reviews, tuple(notes))) if reviews else (),
    )


def counted(count: int, reviews: Sequence[Answer], *, drawn_most: int) -> Iterator[str]:
    """Yield the sentences that go with so many reviews."""
    say = words("charts")
    if count == 0:
        yield say["count.none"]
        yield say["count.release"]
    elif count == 1:
        yield say["count.one"]
    elif count < FEW:
        yield say["count.few"]
    elif count > drawn_most:
        yield say.say("count.last", count=drawn_most, month=dates.month(reviews[0].day))


def spoken(answer: Answer, names: Names) -> str:
    """Return one review's answers as a person would say them."""
    say, when = words("charts"), dates.day(answer.day)
    if answer.a is not None and answer.b is not None:
        if answer.a == answer.b:
            return say.say("numbers.same", day=when, number=answer.a)
        return say.say(
            "numbers.pair", day=when, a_name=names.a, a=answer.a, b_name=names.b, b=answer.b
        )
    person = "b" if answer.a is None else "a"
    number = answer.of(person)
    return say.say("numbers.said", day=when, name=names.of(person), number=number)


def described(reviews: Sequence[Answer], names: Names) -> str:
    """Return what the picture shows: how many reviews, the first one and the newest."""
    say = words("charts")
    if not reviews:
        return say["count.none"]
    if len(reviews) == 1:
        return spoken(reviews[0], names)
    form = "other" if len(_present(reviews)) == len(PEOPLE) else "one"
    return " ".join(
        (
            say.say(f"gap.label.{form}", count=len(reviews)),
            spoken(reviews[0], names),
            spoken(reviews[-1], names),
        )
    )


def cell(number: int | None) -> str:
    """Return an answer as a table shows it: the number and its words."""
    say = words("charts")
    if number is None:
        return say["numbers.none"]
    step = say.lines("scale")[number - 1]
    return plain(say.say("numbers.answer", number=number, step=step))


def _drawn(asked: tuple[Answer, ...], count: int, names: Names, notes: tuple[Note, ...]) -> Svgs:
    if count <= 1:
        return Svgs()
    from evenground.charts.plots.gap import lines  # noqa: PLC0415 - brings in Altair

    newest = asked[-MOST:]
    since, until = newest[0].day, newest[-1].day
    marked = tuple(note for note in notes if since <= note.day <= until)
    return drawn(lines, Lines(newest, names, marked, joined=count >= FEW))


def _present(reviews: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(p for p in PEOPLE if any(answer.of(p) is not None for answer in reviews))


def _subtitle(reviews: Sequence[Answer], names: Names) -> str:
    say = words("charts")
    present = _present(reviews)
    if len(present) <= 1:
        return say.say("gap.person", name=names.of(present[0])) if present else ""
    gaps = [(r.day, abs(r.a - r.b)) for r in reviews if r.a is not None and r.b is not None]
    if len(reviews) < FEW:
        return say["gap.dots"]
    if len(gaps) <= 1:
        return say["gap.both"]
    (first_day, first), (last_day, last) = gaps[0], gaps[-1]
    return say.say(
        "gap.steps",
        first=first,
        first_month=dates.month(first_day),
        last=last,
        last_month=dates.month(last_day),
    )


def _rows(
    asked: Sequence[Answer], reviews: Sequence[Answer], notes: Sequence[Note]
) -> Iterator[tuple[str, ...]]:
    """Yield the newest review first, with what was marked between them."""
    present, say = _present(reviews), words("charts")
    said = [(a.day, 0, tuple(cell(a.of(person)) for person in present)) for a in asked]
    blank = ("",) * (len(present) - 1)
    said += [(note.day, 1, (say[f"notes.{note.kind}"], *blank)) for note in notes]
    for when, _, cells in sorted(said, key=lambda row: row[:2], reverse=True):
        yield (dates.day(when), *cells)
