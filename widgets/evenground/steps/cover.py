"""What covers a page: who is here, handing over, a passphrase, pausing, help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground import content
from evenground.forms import nodes
from evenground.records.entry import BOTH
from evenground.records.start import Touchstones
from evenground.steps.desk import PEOPLE, Desk, other

if TYPE_CHECKING:
    from collections.abc import Callable

    from evenground.forms.nodes import Node
    from evenground.steps.room import Page


def who_is_here(desk: Desk) -> list[Node]:
    """Return a button for each person who has a name, and one for both."""
    people = [p for p in desk.journal.people() if p.name]
    items = [nodes.press("sit", p.name, p.key, mark=p.key) for p in people]
    if len(people) == len(PEOPLE):
        items.append(nodes.press("sit", content.words("common")["names.both"], BOTH, mark=BOTH))
    return items


def cover(page: Page) -> list[Node]:
    """Return what covers the page now: nothing while somebody is writing on it."""
    for_all = page.state in ("", "help", "pausing", "paused")
    if not for_all and not page.desk.has_names():
        return _first(page) if page.part != "start" else []
    made = _COVERS.get(page.state)
    return made(page) if made else []


def _first(page: Page) -> list[Node]:
    w = page.words
    return [
        nodes.level(),
        nodes.title(w["first.title"]),
        nodes.lead(w["first.lead"]),
        nodes.link("00_start.ipynb#two-names", w["first.link"]),
    ]


def _who(page: Page) -> list[Node]:
    w = page.words
    return [
        nodes.level(),
        nodes.title(w["who.title"]),
        nodes.lead(w["who.lead"]),
        nodes.buttons(*who_is_here(page.desk)),
    ]


def _cover(page: Page) -> list[Node]:
    w = page.words
    names = {"next": page.desk.name(page.next), "last": page.desk.name(page.last)}
    return [
        nodes.level(page.last),
        nodes.title(w.say("cover.title", **names)),
        nodes.lead(w.say("cover.lead", **names)),
        nodes.hint(w.say("cover.clear", **names)),
        *passphrase_field(page, page.next),
        nodes.buttons(nodes.press("open", w["cover.open"]), nodes.press("who", w["cover.not_now"])),
        *_after(page, page.next),
    ]


def _rested(page: Page) -> list[Node]:
    w = page.words
    return [
        nodes.level(other(page.next)),
        nodes.title(w["rested.title"]),
        nodes.lead(w["rested.lead"]),
        *passphrase_field(page, page.next),
        nodes.buttons(
            nodes.press("open", w["passphrase.open"]),
            nodes.press("without", w["passphrase.skip"]),
        ),
        *_after(page, page.next),
    ]


def _passphrase(page: Page) -> list[Node]:
    w = page.words
    return [
        nodes.level(other(page.next)),
        *passphrase_field(page, page.next),
        nodes.buttons(
            nodes.press("open", w["passphrase.open"]),
            nodes.press("without", w["passphrase.skip"]),
        ),
        *_after(page, page.next),
    ]


def _spare(page: Page) -> list[Node]:
    w = page.words
    name = page.desk.name(page.next)
    label = w.say("passphrase.recovery_label", name=name)
    return [
        nodes.level(other(page.next)),
        nodes.field("spare", "line", label, error=page.wrong, autocomplete="off"),
        nodes.buttons(
            nodes.press("open", w["passphrase.open"]),
            nodes.press("without", w["passphrase.skip"]),
        ),
    ]


def passphrase_field(page: Page, person: str) -> list[Node]:
    """Return the box for a passphrase, when that person has one and it is not open."""
    if not page.desk.seals(person) or page.desk.journal.is_unlocked(person):
        return []
    w = page.words
    return [
        nodes.field(
            "passphrase",
            "passphrase",
            w.say("passphrase.label", name=page.desk.name(person)),
            person=person,
            error=page.wrong,
            autocomplete="current-password",
            show=w["passphrase.show"],
        )
    ]


def _after(page: Page, person: str) -> list[Node]:
    if not passphrase_field(page, person):
        return []
    w = page.words
    return [
        nodes.small(w["passphrase.hint"]),
        nodes.actions(nodes.press("lost", w["passphrase.recovery"])),
    ]


def _pausing(page: Page) -> list[Node]:
    w = page.words
    start = content.words("start")
    values = page.desk.journal.entries(Touchstones)
    cells = values[-1].record.to_cells() if values else {}
    shown = [
        nodes.quote("", [text], label=start[f"touchstones.{key}.ask"])
        for key, text in cells.items()
        if text
    ]
    return [
        nodes.level(),
        nodes.title(w["pausing.title"]),
        nodes.lead(w["pausing.lead"]),
        nodes.text(w["pausing.ask"]),
        nodes.row(
            nodes.field("day", "date", w["pausing.day"], error=page.wrong),
            nodes.field("time", "time", w["pausing.time"]),
        ),
        nodes.buttons(
            nodes.press("pause", w["pausing.keep"]),
            nodes.press("leave_open", w["pausing.open"]),
        ),
        nodes.actions(nodes.press("back", w["pausing.back"])),
        *([nodes.heading(w["pausing.values"]), *shown] if shown else []),
    ]


def _paused(page: Page) -> list[Node]:
    w = page.words
    return [
        nodes.level(),
        nodes.title(w["pausing.title"]),
        nodes.lead(page.said),
        nodes.buttons(nodes.press("back", w["pausing.back"])),
    ]


def _help(page: Page) -> list[Node]:
    w = page.words
    return [
        nodes.title(w["help_page.title"]),
        nodes.lead(w["help_page.lead"]),
        nodes.text(w["help_page.alone"]),
        nodes.link("00_start.ipynb#is-this-right-for-us", w["help_page.right"]),
        nodes.hint(w["help_page.more"]),
        nodes.buttons(nodes.press("back", w["help_page.back"])),
    ]


_COVERS: dict[str, Callable[[Page], list[Node]]] = {
    "who": _who,
    "cover": _cover,
    "rested": _rested,
    "passphrase": _passphrase,
    "spare": _spare,
    "pausing": _pausing,
    "paused": _paused,
    "help": _help,
}
