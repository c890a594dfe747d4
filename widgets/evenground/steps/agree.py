"""The agreement: written together in versions, and each one's own word on a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from evenground.forms import nodes
from evenground.records.agreement import PARTS, Agreement, AgreementWord
from evenground.steps import days
from evenground.steps.both import BothAnswer
from evenground.steps.desk import PEOPLE, by
from evenground.steps.ledger import Ledger
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing


def newest(desk: Desk) -> Entry[Agreement] | None:
    """Return the newest version of the agreement, or None."""
    found = desk.journal.entries(Agreement)
    return found[-1] if found else None


class TheAgreement(Ledger[Agreement]):
    """Its parts, each of which may stay open; earlier versions stay readable."""

    kind = Agreement
    for_two = True
    single = True
    practices: ClassVar[tuple[str, ...]] = ("P30",)

    def __init__(self) -> None:
        """Show the newest version."""
        self.theirs: Entry[Agreement] | None = None  # kept on another page in the meantime
        super().__init__()

    def forget_forms(self) -> None:
        """Show no other version to somebody else."""
        super().forget_forms()
        self.theirs = None

    def fields(self, form: Writing[Agreement]) -> list[Node]:
        """Return a box for each part; beside them what was kept on another page."""
        theirs: list[Node] = []
        if self.theirs:
            theirs = [
                nodes.quote("", paragraphs(text), label=self.words[f"agreements.parts.{part}"])
                for part in PARTS
                if (text := getattr(self.theirs.record, part)) and text != form.values.get(part)
            ]
        return [*theirs, *form.nodes(), nodes.hint(self.words["agreements.open_hint"])]

    def ready(self, form: Writing[Agreement]) -> bool:
        """Return whether nobody kept another version meanwhile; if so, it is shown first."""
        now = newest(self.desk)
        before = form.replaces.id if form.replaces else ""
        if now is None or now.id == before:
            return True
        self.theirs, form.replaces = now, now
        self.said = self.words["agreements.changed_meanwhile"]
        return False

    def told(self, entry: Entry[Agreement]) -> list[Node]:
        """Return where to look again, and the versions before this one."""
        w = self.words
        versions = self.desk.journal.history(Agreement, entry.thread)
        said = w.say("agreements.version", number=len(versions), date=days.said(entry.written))
        shown = [nodes.eyebrow(said)]
        for part in PARTS:
            text = getattr(entry.record, part)
            label = w[f"agreements.parts.{part}"]
            shown.append(
                nodes.quote("", paragraphs(text) or [w["agreements.sheet.open"]], label=label)
            )
        earlier = [
            nodes.quote(
                "",
                [text for part in PARTS for text in paragraphs(getattr(old.record, part))],
                label=w.say("agreements.version", number=at, date=days.said(old.written)),
            )
            for at, old in enumerate(versions[:-1], start=1)
        ]
        return [*shown, *([nodes.details(w["agreements.earlier"], *earlier)] if earlier else [])]

    def do(self, key: str, value: str) -> None:
        """Keep a version; afterwards nothing of another page stands beside it."""
        super().do(key, value)
        if not self.forms:
            self.theirs = None


class LiveWithThis(BothAnswer[AgreementWord]):
    """I can live with this: each says so alone, of one version, and both are opened."""

    part = "amends"
    kind = AgreementWord
    keep_label = "agreement_words.keep"
    practices: ClassVar[tuple[str, ...]] = ("P30",)

    def tree(self) -> list[Node]:
        """Return the question, once there is an agreement to ask it of."""
        if newest(self.desk) is None:
            return [nodes.hint(self.words["agreement_words.none"])]
        return [nodes.heading(self.words["agreement_words.title"]), *super().tree()]

    def counts(self, entry: Entry[Any]) -> bool:
        """Return whether a word is about the newest version."""
        now = newest(self.desk)
        return now is not None and entry.record.agreement == now.id

    def fixed(self) -> dict[str, object]:
        """Return the version that the word is about."""
        now = newest(self.desk)
        return {"agreement": now.id if now else ""}

    def opened(self) -> list[Node] | None:
        """Return what both said of the newest version, once it is open."""
        now = newest(self.desk)
        both = {
            e.author: e
            for e in self.desk.journal.entries(AgreementWord)
            if now and e.released_from and e.record.agreement == now.id
        }
        if set(both) != set(PEOPLE) or self.changing or self.answers():
            return None
        w = self.words
        fits = all(e.record.live == "can" for e in both.values())
        shown = [nodes.text(w["agreement_words.both_can" if fits else "agreement_words.not_both"])]
        shown += [
            nodes.quote(by(p), paragraphs(e.record.words), label=self.desk.name(p))
            for p, e in sorted(both.items())
            if e.record.words
        ]
        again = nodes.press("change", w["agreement_words.again"])
        return [*shown, *self.news(), nodes.actions(again)]
