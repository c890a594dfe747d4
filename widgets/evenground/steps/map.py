"""Who decides what: one line an area, written by the two of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenground.forms import nodes
from evenground.records.amends import DOMAINS, MODES, DecisionRight
from evenground.records.entry import BOTH
from evenground.steps import days
from evenground.steps.desk import PEOPLE, by
from evenground.steps.step import Step

if TYPE_CHECKING:
    from evenground.forms.nodes import Fill, Node
    from evenground.records.entry import Entry
    from evenground.steps.writing import Writing

_ARROWS = "⇄"


class WhoDecides(Step):
    """The map by area. A line counts once both are here and keep it."""

    part = "amends"

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
        lines = self._lines()
        rows = [self._row(key, entry, open_=together) for key, entry in lines.items()]
        if self.editing == "other:new":
            rows.append(self._open_row("other:new", None))
        shown = [
            nodes.text(self.words["decision_rights.lead"]),
            self.seen(DecisionRight),
            nodes.decision_map(rows),
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
            if self.kept(self._form(), domain=domain):
                self.editing = ""

    def _lines(self) -> dict[str, Entry[DecisionRight] | None]:
        """Return the newest line of each area; the usual areas stand open from the start."""
        found: dict[str, Entry[DecisionRight] | None] = {d: None for d in DOMAINS if d != "other"}
        for entry in self.desk.entries(DecisionRight):
            domain = entry.record.domain
            found[f"other:{entry.thread}" if domain == "other" else domain] = entry
        return found

    def _row(self, key: str, entry: Entry[DecisionRight] | None, *, open_: bool) -> Node:
        if key == self.editing:
            return self._open_row(key, entry)
        edit = nodes.press("edit", self.words["decision_rights.edit"], key)
        return nodes.map_row(
            self._cell(entry.record.mode if entry else "open"),
            self._name(key, entry),
            self._detail(entry),
            actions=[edit] if open_ else [],
        )

    def _open_row(self, key: str, entry: Entry[DecisionRight] | None) -> Node:
        w = self.words
        form = self._form()
        mode = form.values.get("mode")
        modes = [nodes.option(m, self._mode(m), square=self._cell(m)) for m in MODES]
        leads = [nodes.option(p, self.desk.name(p), mark=by(p)) for p in PEOPLE]
        names = ["mode", "input", "amount"]
        if key.startswith("other:"):
            names.insert(0, "domain_name")
        if mode == "turns":
            names += ["next_lead", "next_on"]
        names.append("look_again")
        more: dict[str, dict[str, object]] = {
            "mode": {"options": modes},
            "next_lead": {"options": leads, "row": True},
        }
        fields = form.nodes(names, more={k: v for k, v in more.items() if k in names})
        close = nodes.press("close", w["decision_rights.close"])
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
            ],
        )

    def _form(self) -> Writing[DecisionRight]:
        entry = self._lines().get(self.editing)
        only = [name for name in DecisionRight.columns() if name != "domain"]
        return self.writing(DecisionRight, slot=self.editing, only=only, replaces=entry)

    def _close_line(self) -> None:
        if self.editing:
            form = self._form()
            form.done()
            self.close(form)
        self.editing = ""

    def _name(self, key: str, entry: Entry[DecisionRight] | None) -> str:
        if key.startswith("other:"):
            default = self.words["decision_rights.domain.options.other"]
            return (entry.record.domain_name if entry else "") or default
        return self.words[f"decision_rights.domain.options.{key}"]

    def _mode(self, mode: str) -> str:
        return self.words.say(f"decision_rights.mode.options.{mode}", **self.desk.names())

    def _detail(self, entry: Entry[DecisionRight] | None) -> str:
        w = self.words
        if entry is None or entry.record.mode in ("", "open"):
            return w["decision_rights.open"]
        record = entry.record
        said = self._mode(record.mode)
        if record.mode == "turns" and record.next_lead:
            name, date = self.desk.name(record.next_lead), days.said(record.next_on)
            said = w.say("decision_rights.turns_until", name=name, date=date)
        if record.amount is not None:
            amount = f"{record.amount:g}"
            said = w.say("decision_rights.with_amount", mode=said.rstrip("."), amount=amount)
        return said

    def _cell(self, mode: str) -> Node:
        """Return the small square beside the words: whose letter, and how full."""
        letter = {p: (self.desk.name(p)[:1] or p).upper() for p in PEOPLE}
        letters = {
            "a": letter["a"],
            "a_say": f"{letter['a']}+",
            "together": "=",
            "turns": _ARROWS,
            "b_say": f"{letter['b']}+",
            "b": letter["b"],
        }
        fill: Fill = mode if mode in MODES else "open"  # type: ignore[assignment]
        return nodes.cell(fill, letters.get(mode, ""))
