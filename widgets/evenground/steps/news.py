"""What went well, for both to read; and whether others may hear of it, if both say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evenground.forms import nodes
from evenground.records.entry import BOTH, Entry
from evenground.records.outlook import MayTell, News, Told
from evenground.steps import days
from evenground.steps.both import BothAnswer
from evenground.steps.desk import PEOPLE, by
from evenground.steps.step import Step
from evenground.steps.texts import glimpse, paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from evenground.forms.nodes import Node
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing


def told(desk: Desk) -> dict[str, Entry[Told]]:
    """Return what both answers came to, by the news it is about."""
    return {e.record.news: e for e in desk.journal.entries(Told)}


class GoodNews(Step):
    """A board of what went well, newest first, and two boxes."""

    part = "review"
    practices = ("P50",)

    def tree(self) -> list[Node]:
        """Return the boxes and the board."""
        if not self.desk.who:
            return [*(self.for_one() or []), *self._board()]
        form = self.writing(News)
        return [
            self.seen(News),
            *form.nodes(more={name: {"by": by(self.desk.one)} for name in form.only}),
            *self.news(),
            nodes.buttons(
                nodes.press("keep", self.words["news.keep"]),
                nodes.press("skip", self.common["buttons.skip"]),
            ),
            *self._board(),
        ]

    def do(self, key: str, value: str) -> None:
        """Keep news, or take it or its telling back."""
        found = {e.thread: e for e in self.desk.journal.entries(News)}
        if key == "keep":
            self.kept(self.writing(News), self.words["news.kept"])
        elif key == "take_away" and value in found:
            entry = found[value]
            if self.desk.who in (entry.author, BOTH):
                self.desk.withdraw(entry)
                self.done(self.words["own.taken_away"])
        elif key == "stop_telling" and self.desk.who and value in told(self.desk):
            self.desk.withdraw(told(self.desk)[value])
            self.done(self.words["told.stopped"])

    def _board(self) -> list[Node]:
        found = self.desk.journal.entries(News)
        if not found:
            return []
        w, known = self.words, told(self.desk)
        items = []
        for entry in reversed(found):
            presses = []
            outcome = known.get(entry.thread)
            if outcome and outcome.record.others == "may" and self.desk.who:
                presses.append(nodes.press("stop_telling", w["told.stop"], entry.thread))
            if self.desk.who in (entry.author, BOTH):
                presses.append(nodes.press("take_away", w["own.take_away"], entry.thread))
            says = w[f"told.{outcome.record.others}"] if outcome else ""
            record = entry.record
            who = f"{self.desk.name(entry.author)}." if entry.author in PEOPLE else ""
            learned = record.learned if record.went_well else ""
            items.append(
                nodes.item(
                    record.went_well or record.learned,
                    when=days.short(entry.began.astimezone().date()),
                    detail=" ".join(line for line in (who, learned, says) if line),
                    by=by(entry.author),
                    actions=presses,
                )
            )
        return [nodes.gap(), nodes.heading(w["news.list"]), nodes.listing(items)]


class TellOthers(BothAnswer[MayTell]):
    """Each answers alone, one piece of news at a time. One no is enough, and nobody hears whose."""

    part = "review"
    practices = ("P50",)
    kind = MayTell
    keep_label = "may_tell.keep"

    def current(self) -> Entry[News] | None:
        """Return the oldest news that nothing was said about yet, or None."""
        known = told(self.desk)
        open_ = [e for e in self.desk.journal.entries(News) if e.thread not in known]
        return open_[0] if open_ else None

    def tree(self) -> list[Node]:
        """Return nothing while there is no news to ask about."""
        current = self.current()
        if current is None or not self.desk.who:
            return []
        record = current.record
        words = paragraphs(record.went_well or record.learned)
        return [
            nodes.heading(self.words["may_tell.title"]),
            nodes.quote(by(current.author), words, label=self.desk.name(current.author)),
            *super().tree(),
        ]

    def opened(self) -> list[Node] | None:
        """Return nothing: what it came to stands on the board."""
        return None

    def counts(self, entry: Entry[Any]) -> bool:
        """Return whether an answer is about the news that is asked about."""
        current = self.current()
        return current is not None and entry.record.news == current.thread

    def fixed(self) -> dict[str, object]:
        """Return which news the answer is about."""
        current = self.current()
        return {"news": current.thread if current else ""}

    def fields(self, form: Writing[MayTell]) -> list[Node]:
        """Return one question with two short answers."""
        return form.nodes(more={"answer": {"row": True}})

    def open_both(self, answers: Mapping[str, Entry[MayTell]]) -> None:
        """Write what it came to, and take both answers away."""
        yes = all(entry.record.answer == "yes" for entry in answers.values())
        thread = next(iter(answers.values())).record.news
        for entry in answers.values():
            self.desk.withdraw(entry)
        news = next(e for e in self.desk.journal.entries(News) if e.thread == thread)
        said = "may_tell.both" if yes and len(answers) == len(PEOPLE) else "may_tell.not_now"
        glimpsed = glimpse(news.record.went_well or news.record.learned)
        record = Told(news=thread, others="may" if yes else "not_now")
        self.add(record, author=BOTH, said=self.words.say(said, title=glimpsed))
