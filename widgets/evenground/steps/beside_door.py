"""The door on either side of the four answers: what its author sees, and what was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.acknowledge import Pieces
from evenground.steps import days, doorway
from evenground.steps.desk import by
from evenground.steps.draft import own_draft
from evenground.steps.texts import paragraphs

if TYPE_CHECKING:
    from evenground.forms.nodes import Node
    from evenground.records.door import Delivery, Knock
    from evenground.records.entry import Entry
    from evenground.steps.step import Step


def brought(step: Step, knock: Entry[Knock] | None) -> list[Node]:
    """Return the door as its author sees it: what waits there, or a draft to bring."""
    w = step.words
    names = {"reader": step.desk.name(step.desk.other)}
    opening = doorway.opening(step.desk, knock) if knock else None
    if knock and not opening:
        take_back = nodes.press("take_back", w["door.take_back"])
        return [nodes.text(w["door.closed"]), *told(step, knock), nodes.actions(take_back)]
    shown = []
    if opening:
        date = days.said(opening.written)
        shown = [nodes.text(w.say("door.opened", date=date, **names))]
    draft = own_draft(step)
    if draft is None or (opening and draft.written <= opening.written):
        return shown
    sealed = step.desk.seals(step.desk.other)
    kept = w.say("door.sealed_to" if sealed else "door.sealed_here", **names)
    return [
        *shown,
        nodes.text(w.say("door.author_ask", **names)),
        nodes.seen("lock", "", kept),
        nodes.buttons(
            nodes.press("take", w["door.take"]),
            nodes.press("skip", step.common["buttons.not_now"]),
        ),
    ]


def told(step: Step, knock: Entry[Knock]) -> list[Node]:
    """Return the reader's answer, when the reader chose to tell it."""
    w, answer = step.words, doorway.told(step.desk, knock)
    if answer is None:
        return []
    need = [nodes.quote(by(answer.author), paragraphs(answer.record.need))]
    return [
        nodes.hint(w.say("door.told", reader=step.desk.name(step.desk.other))),
        nodes.text(w[f"door.told_{answer.record.answer}"]),
        *(need if answer.record.need else []),
    ]


def opened(step: Step, knock: Entry[Knock], wrong: str) -> list[Node]:
    """Return the words, as the reader chose to receive them; earlier ones folded away."""
    w = step.words
    names = {"author": step.desk.name(knock.author)}
    opening = doorway.opening(step.desk, knock)
    if opening is None:
        return []
    found = doorway.letter(step.desk, knock)
    shown = [
        nodes.eyebrow(w.say("door.opened_by_you", date=days.said(opening.written))),
        nodes.title(w.say("door.from", **names)),
    ]
    if found is None:
        return [*shown, *shut_in(step, knock, wrong)]
    words = words_of(found)
    if opening.record.how == "aloud":
        shown.append(nodes.lead(w.say("door.pass_on", **names)))
        shown.append(nodes.details(w.say("door.to_read", **names), words))
    else:
        shown.append(words)
    earlier = [
        words_of(old)
        for before in doorway.knocks(step.desk, knock.author)
        if before.thread != knock.thread and (old := doorway.letter(step.desk, before))
    ]
    folded = [nodes.details(w["door.earlier"], *earlier)] if earlier else []
    return [*shown, nodes.small(w["door.asks_nothing"]), *folded, nodes.gap()]


def shut_in(step: Step, knock: Entry[Knock], wrong: str) -> list[Node]:
    """Return how words that are sealed come through the open door."""
    w, desk = step.words, step.desk
    names = {"author": desk.name(knock.author)}
    if desk.locked(desk.one):
        return step.locked()
    if not desk.locked(knock.author):
        return [nodes.text(w.say("door.gone", **names))]
    phrase = nodes.field(
        "door/phrase",
        "passphrase",
        step.common.say("both_answer.locked", name=desk.name(knock.author)),
        person=knock.author,
        error=wrong,
        autocomplete="off",
        show=step.common["both_answer.show"],
    )
    return [
        nodes.text(w.say("door.sealed_by", **names)),
        phrase,
        nodes.buttons(
            nodes.press("let_through", w["door.let_through"]),
            nodes.press("skip", step.common["buttons.not_now"]),
        ),
    ]


def words_of(entry: Entry[Delivery]) -> Node:
    """Return the words as a quote of their author."""
    pieces = [str(getattr(entry.record, name)) for name in Pieces.columns()]
    return nodes.quote(by(entry.author), [line for p in pieces for line in paragraphs(p)])
