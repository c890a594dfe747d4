"""The form of a kind of response: its controls and its words become fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from evenground import content
from evenground.forms import nodes
from evenground.records.controls import Chips, Choice, Ref, Steps, Text, Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from evenground.content import Words
    from evenground.forms.nodes import Node
    from evenground.records.controls import Control
    from evenground.records.declaration import Fault, Record


def form(
    kind: type[Record],
    words: Words,
    *,
    values: Mapping[str, object] | None = None,
    faults: Iterable[Fault] = (),
    names: Mapping[str, object] | None = None,
    only: Iterable[str] | None = None,
    inside: Mapping[str, Mapping[str, str]] | None = None,
    more: Mapping[str, Mapping[str, object]] | None = None,
) -> list[Node]:
    """Return the fields of a kind, filled with values and with what is wrong with them.

    `names` fills the placeholders of the words. `only` picks fields, and says their order.
    `inside={"answer": {"help": "what_help"}}` puts the field what_help in the card "help" of
    answer. `more` adds to a field what `nodes.field` takes: `more={"what": {"lines": 4}}`.
    """
    controls = {name: c for name, c in kind.controls() if not isinstance(c, Ref)}
    wrong: dict[str, str] = {}
    for fault in faults:
        wrong.setdefault(fault.field, mistake(fault))
    nested = {name for cards in (inside or {}).values() for name in cards.values()}
    shown = list(controls) if only is None else list(only)

    def build(name: str) -> Node:
        at = f"{kind.kind}.{name}"
        extra = (more or {}).get(name, {})
        cards = {card: build(field) for card, field in (inside or {}).get(name, {}).items()}
        given: Node = {
            "value": (values or {}).get(name),
            "hint": _said(words, f"{at}.help", names),
            "error": wrong.pop(name, ""),
            **({} if "options" in extra else _about(controls[name], words, at, names, cards)),
            **extra,
        }
        label = _said(words, f"{at}.ask", names)
        if not label and name not in nested and "label" not in extra:
            label = words[f"{at}.ask"]  # says which sentence is missing, and where
        return {**nodes.field(name, controls[name].name, label), **given}

    fields = [build(name) for name in shown if name not in nested]
    return [*fields, *(nodes.status(sentence) for sentence in wrong.values())]


def mistake(fault: Fault) -> str:
    """Return the sentence for one thing that is wrong."""
    sentences = content.words("mistakes")
    if f"{fault.key}.other" in sentences:
        return sentences.count(fault.key, cast("int", fault.fill.get("count", 0)))
    if fault.key not in sentences:
        return sentences["unknown"]
    return sentences.say(fault.key, **fault.fill)


def _about(
    control: Control,
    words: Words,
    at: str,
    names: Mapping[str, object] | None,
    cards: Mapping[str, Node],
) -> Node:
    # What a field needs besides its question: the limit, the words of its choices.
    if isinstance(control, Text):
        return {"limit": control.limit}
    if isinstance(control, Steps):
        own = content.words("controls")
        keys = ["1", "2", "3", "4", "5", *(["unsaid"] if control.unsaid else [])]
        options = [
            nodes.option(key, _said(words, f"{at}.options.{key}", names) or own[f"steps.{key}"])
            for key in keys
        ]
        return {"options": options, "apart": "unsaid"}
    if not isinstance(control, Choice | Chips | Weights):
        return {}
    options = [
        nodes.option(
            key,
            words.say(f"{at}.options.{key}", **(names or {})),
            detail=_said(words, f"{at}.options_help.{key}", names),
            inside=cards.get(key),
        )
        for key in control.options
    ]
    if isinstance(control, Weights):
        own = content.words("controls")
        return {"options": options, "step_labels": [own[f"weights.{n}"] for n in range(1, 6)]}
    return {"options": options}


def _said(words: Words, key: str, names: Mapping[str, object] | None) -> str:
    return words.say(key, **(names or {})) if key in words else ""
