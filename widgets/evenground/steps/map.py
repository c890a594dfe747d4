"""Who decides what: one line an area, written by the two of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from evenground import content
from evenground.forms import nodes
from evenground.records.amends import DOMAINS, MODES, DecisionRight
from evenground.records.entry import BOTH
from evenground.steps import days
from evenground.steps.desk import PEOPLE, by
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.content import Words
    from evenground.forms.nodes import Fill, Node
    from evenground.records.entry import Entry
    from evenground.steps.desk import Desk
    from evenground.steps.writing import Writing

_ARROWS = "⇄"


def lines(desk: Desk) -> dict[str, Entry[DecisionRight] | None]:
    """Return the newest line of each area; the usual areas stand open from the start."""
    found: dict[str, Entry[DecisionRight] | None] = {d: None for d in DOMAINS if d != "other"}
    for entry in desk.entries(DecisionRight):
        domain = entry.record.domain
        found[f"other:{entry.thread}" if domain == "other" else domain] = entry
    return found


def area_name(words: Words, key: str, entry: Entry[DecisionRight] | None) -> str:
    """Return what an area is called: the name that the two of them gave it, or the usual one."""
    if entry and entry.record.domain_name:
        return entry.record.domain_name
    usual = f"decision_rights.domain.options.{key}"
    return words[usual if usual in words else "decision_rights.domain.options.other"]


def line_said(desk: Desk, entry: Entry[DecisionRight] | None) -> str:
    """Return a line of the map in words."""
    w = content.words("amends")
    if entry is None or entry.record.mode in ("", "open"):
        return w["decision_rights.open"]
    record = entry.record
    said = [w.say(f"decision_rights.mode.options.{record.mode}", **desk.names())]
    if record.mode == "turns":
        said = [_turns_said(desk, record)]
    if record.amount:
        said.append(w.say("decision_rights.above_sum", amount=f"{record.amount:g}"))
    if record.hours:
        said.append(w.say("decision_rights.above_time", amount=f"{record.hours:g}"))
    if record.input:
        said.append(record.input)
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in said)


def _turns_said(desk: Desk, record: DecisionRight) -> str:
    """Return whose turn it is, and when the next hand-over is; no turn falls on nobody."""
    w = content.words("amends")
    if not (record.next_lead and record.next_on):
        if record.current:
            return w.say("decision_rights.turns_now", name=desk.name(record.current))
        return w["decision_rights.turns_open"]
    fill = {"name": desk.name(record.next_lead), "date": days.said(record.next_on)}
    passed = record.next_on <= days.today()
    if record.current and not passed:
        now = desk.name(record.current)
        return w.say("decision_rights.turns_until", now=now, **fill)
    return w.say("decision_rights.turns_since" if passed else "decision_rights.turns_from", **fill)


def square(desk: Desk, mode: str) -> Node:
    """Return the small square beside the words: whose letter, and how full."""
    letter = {p: (desk.name(p)[:1] or p).upper() for p in PEOPLE}
    letters = {
        "a": letter["a"],
        "a_say": f"{letter['a']}+",
        "together": "=",
        "turns": _ARROWS,
        "b_say": f"{letter['b']}+",
        "b": letter["b"],
    }
    fill: Fill = mode if mode in MODES else "open"  # type: ignore[assignment]  # one of them
    return nodes.cell(fill, letters.get(mode, ""))


class WhoDecides(Step):
    """The map by area. A line counts once both are here and keep it."""

    part = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P31", "P32")

    def __init__(self) -> None:
        """Show the map with every line closed."""
        self.editing = ""  # the domain whose line is open; "other:" and a thread, or "other:new"
        super().__init__()

    def forget_forms(self) -> None:
        """Close the line."""
        super().forget_forms()
        self.editing = ""

    def tree(self) -> list[Node]:
        """Return the lines; the open one holds its form."""
        together = self.desk.who == BOTH
        found = lines(self.desk)
        on = {key: e for key, e in found.items() if not (e and e.record.place == "off")}
        rows = [self._row(key, entry, open_=together) for key, entry in on.items()]
        if self.editing == "other:new":
            rows.append(self._open_row("other:new", None))
        shown = [
            nodes.text(self.words["decision_rights.lead"]),
            self.seen(DecisionRight),
            nodes.decision_map(rows),
            *self._off(found, open_=together),
            *self.news(),
        ]
        if not together:
            return [*shown, *(self.for_both() or [])]
        add = nodes.press("edit", self.words["decision_rights.add"], "other:new")
        go_on = nodes.press("skip", self.common["buttons.go_on"])
        return [*shown, nodes.buttons(go_on, add)]

    def do(self, key: str, value: str) -> None:
        """Open, keep or close a line."""
        if key == "edit" and self.desk.who == BOTH:
            self.editing = value
        elif key == "close":
            self._close_line()
        elif key == "keep" and self.editing and self.desk.who == BOTH:
            domain = "other" if self.editing.startswith("other:") else self.editing
            form = self._form()
            if form.values.get("mode") != "turns":
                form.values |= {"current": "", "next_lead": "", "next_on": ""}
            # Closed before every step hears of it, so that no page shows it open once more.
            was, self.editing = self.editing, ""
            if not self.kept(form, domain=domain, place="on"):
                self.editing = was
        elif key in ("off", "on", "handed") and self.desk.who == BOTH:
            self._change(key, value)

    def _change(self, key: str, value: str) -> None:
        """Take an area off the map, put it back, or note that a lead has changed hands."""
        entry = lines(self.desk).get(value)
        if entry is None and key == "off" and value in DOMAINS:
            self.add(DecisionRight(domain=value, mode="open", place="off"), author=BOTH)
        if entry is None:
            return
        update: dict[str, object] = {"place": key}
        if key == "handed":
            update = {"current": entry.record.next_lead, "next_lead": "", "next_on": None}
        self.editing = ""
        self.add(entry.record.model_copy(update=update), author=BOTH, replaces=entry)

    def _off(self, found: dict[str, Entry[DecisionRight] | None], *, open_: bool) -> list[Node]:
        off = {key: e for key, e in found.items() if e and e.record.place == "off"}
        if not off:
            return []
        back = self.words["decision_rights.put_back"]
        items = [
            nodes.item(
                area_name(self.words, key, entry),
                detail=self._detail(entry),
                actions=[nodes.press("on", back, key)] if open_ else [],
            )
            for key, entry in off.items()
        ]
        return [nodes.details(self.words["decision_rights.off_list"], nodes.listing(items))]

    def _before(self, entry: Entry[DecisionRight] | None) -> list[Node]:
        """Return how a line was before, version by version."""
        if entry is None:
            return []
        earlier = self.desk.journal.history(DecisionRight, entry.thread)[:-1]
        items = [
            nodes.item(self._detail(old), when=days.short(old.written.date()), detail=name)
            for old in reversed(earlier)
            for name in [area_name(self.words, old.record.domain, old)]
        ]
        if not items:
            return []
        return [nodes.details(self.words["decision_rights.before"], nodes.listing(items))]

    def _row(self, key: str, entry: Entry[DecisionRight] | None, *, open_: bool) -> Node:
        if key == self.editing:
            return self._open_row(key, entry)
        actions = [nodes.press("edit", self.words["decision_rights.edit"], key)]
        if entry and self._passed(entry):
            actions.insert(0, nodes.press("handed", self.words["decision_rights.handed"], key))
        return nodes.map_row(
            self._cell(entry.record.mode if entry else "open"),
            self._name(key, entry),
            self._detail(entry),
            actions=actions if open_ else [],
        )

    def _open_row(self, key: str, entry: Entry[DecisionRight] | None) -> Node:
        w = self.words
        form = self._form()
        mode = form.values.get("mode")
        modes = [nodes.option(m, self._mode(m), square=self._cell(m)) for m in MODES]
        leads = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
        names = ["mode", "input", "amount", "hours"]
        if mode == "turns":
            names += ["current", "next_lead", "next_on"]
        names.append("look_again")
        names.insert(0 if key.startswith("other:") else len(names), "domain_name")
        more: dict[str, dict[str, object]] = {
            "mode": {"options": modes},
            "current": {"options": leads, "row": True},
            "next_lead": {"options": leads, "row": True},
        }
        fields = form.nodes(names, more={k: v for k, v in more.items() if k in names})
        close = nodes.press("close", w["decision_rights.close"])
        off = nodes.actions(nodes.press("off", w["decision_rights.take_off"], key))
        return nodes.map_row(
            self._cell(entry.record.mode if entry else "open"),
            self._name(key, entry),
            self._detail(entry),
            actions=[close],
            children=[
                *fields,
                nodes.buttons(
                    nodes.press("keep", w["decision_rights.keep"]),
                    nodes.press("close", w["decision_rights.leave"]),
                ),
                *([off] if key != "other:new" else []),
                *self._before(entry),
            ],
        )

    def _form(self) -> Writing[DecisionRight]:
        entry = lines(self.desk).get(self.editing)
        only = [name for name in DecisionRight.columns() if name not in ("domain", "place")]
        return self.writing(DecisionRight, slot=self.editing, only=only, replaces=entry)

    def _close_line(self) -> None:
        if self.editing:
            form = self._form()
            form.done()
            self.close(form)
        self.editing = ""

    def _name(self, key: str, entry: Entry[DecisionRight] | None) -> str:
        return area_name(self.words, key, entry)

    def _passed(self, entry: Entry[DecisionRight]) -> bool:
        """Return whether the day of a hand-over has come."""
        record = entry.record
        in_turns = record.mode == "turns" and record.next_lead and record.next_on
        return bool(in_turns and record.next_on and record.next_on <= days.today())

    def _mode(self, mode: str) -> str:
        return self.words.say(f"decision_rights.mode.options.{mode}", **self.desk.names())

    def _detail(self, entry: Entry[DecisionRight] | None) -> str:
        return line_said(self.desk, entry)

    def _cell(self, mode: str) -> Node:
        return square(self.desk, mode)
