"""The nodes of a page: what the browser can show, one function for each.

Python says what stands there; the scripts in js/ draw it with text nodes, never as markup. A node
with a key stays the same thing on the page while others around it change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Node = dict[str, object]
Icon = Literal["lock", "envelope", "rings", "dashed"]
Fill = Literal["a", "a_say", "together", "b_say", "b", "turns", "open"]


# To read ----------------------------------------------------------------------------------------


def eyebrow(words: str, *, key: str = "") -> Node:
    """Return the small line over a title: where in the part this is."""
    return {"is": "eyebrow", "key": key, "text": words}


def title(words: str, *, key: str = "") -> Node:
    """Return a heading in the size of a page's title."""
    return {"is": "title", "key": key, "text": words}


def heading(words: str, *, key: str = "") -> Node:
    """Return a heading in the size of a section's."""
    return {"is": "heading", "key": key, "text": words}


def lead(words: str, *, key: str = "") -> Node:
    """Return the sentence or two under a title."""
    return {"is": "lead", "key": key, "text": words}


def text(words: str, *, key: str = "") -> Node:
    """Return a paragraph to read."""
    return {"is": "text", "key": key, "text": words}


def when(words: str, *, key: str = "") -> Node:
    """Return a day and time, set as a line of its own."""
    return {"is": "when", "key": key, "text": words}


def code(words: str, *, key: str = "") -> Node:
    """Return words to copy down letter by letter."""
    return {"is": "code", "key": key, "text": words}


def hint(words: str, *, key: str = "") -> Node:
    """Return a quiet sentence, as stands between a label and its box."""
    return {"is": "hint", "key": key, "text": words}


def small(words: str, *, key: str = "") -> Node:
    """Return a small quiet sentence, as stands under the buttons."""
    return {"is": "small", "key": key, "text": words}


def status(words: str, *, key: str = "") -> Node:
    """Return a line that is read out when its words change."""
    return {"is": "status", "key": key, "text": words}


def gap() -> Node:
    """Return an empty stretch."""
    return {"is": "gap"}


def breath(
    *, title: str, still: str, breathe_in: str, breathe_out: str, start: str, stop: str
) -> Node:
    """Return a guide for slow breaths: two words that take turns, and `still` to read instead."""
    words: Node = {"title": title, "still": still, "in": breathe_in, "out": breathe_out}
    return {"is": "breath", **words, "start": start, "stop": stop}


def clock(since: float, *, first: str, one: str, other: str) -> Node:
    """Return a line that says how many minutes have gone by since a moment; it asks nothing."""
    return {"is": "clock", "since": since, "first": first, "one": one, "other": other}


def level(*hollow: str) -> Node:
    """Return circle and diamond at the same height; hollow for who has closed their page."""
    return {"is": "level", "hollow": [key for key in hollow if key]}


def seen(icon: str, strong: str, words: str = "") -> Node:
    """Return the line that says who sees what is written here."""
    return {"is": "seen", "icon": icon, "strong": strong, "text": words}


def quote(by: str, words: Iterable[str], *, label: str = "", key: str = "") -> Node:
    """Return what somebody wrote, with a rule in their colour."""
    return {"is": "quote", "key": key, "by": by, "label": label, "words": list(words)}


def panel(name: str, items: Iterable[str], *, key: str = "") -> Node:
    """Return a sunk banner of short lines, such as the agreed rules."""
    return {"is": "panel", "key": key, "title": name, "items": list(items)}


def link(href: str, label: str) -> Node:
    """Return a link in a line of its own."""
    return {"is": "link", "href": href, "label": label}


def details(summary: str, *children: Node, key: str = "") -> Node:
    """Return something to open, closed at first."""
    return {"is": "details", "key": key, "summary": summary, "children": list(children)}


def paper(*children: Node, key: str = "") -> Node:
    """Return a sheet that `print_out` puts on paper."""
    return {"is": "paper", "key": key, "children": list(children)}


def table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], *, key: str = ""
) -> Node:
    """Return a table; the first cell of a row names it."""
    cells = [list(cells) for cells in rows]
    return {"is": "table", "key": key, "caption": caption, "head": list(head), "rows": cells}


# To press ---------------------------------------------------------------------------------------


def press(key: str, label: str, value: str = "", *, mark: str = "") -> Node:
    """Return one thing to press, for `buttons`, `actions` and the rows of lists and maps."""
    return {"key": key, "value": value, "label": label, "mark": mark}


def buttons(*items: Node, key: str = "") -> Node:
    """Return buttons of equal weight and width; a `download` or `print_out` may be among them."""
    return {"is": "buttons", "key": key, "items": list(items)}


def actions(*items: Node, key: str = "") -> Node:
    """Return small underlined things to press."""
    return {"is": "actions", "key": key, "items": list(items)}


def download(label: str, filename: str, mime: str, words: str) -> Node:
    """Return a button that saves a text as a file, without a request."""
    return {"is": "download", "label": label, "filename": filename, "mime": mime, "text": words}


def print_out(label: str) -> Node:
    """Return a button that prints the `paper` of its view, and nothing else of the page."""
    return {"is": "print", "label": label}


# Lists ------------------------------------------------------------------------------------------


def item(
    name: str,
    *,
    when: str = "",
    detail: str = "",
    by: str = "",
    aside: str = "",
    tag: str = "",
    href: str = "",
    actions: Iterable[Node] = (),
) -> Node:
    """Return one line of a `listing`; an address makes its title a link."""
    words: Node = {"title": name, "when": when, "detail": detail, "by": by, "aside": aside}
    return {**words, "tag": tag, "href": href, "actions": list(actions)}


def listing(items: Iterable[Node], *, key: str = "") -> Node:
    """Return lines parted by hairlines."""
    return {"is": "list", "key": key, "items": list(items)}


def cell(fill: Fill, letters: str = "") -> Node:
    """Return a cell of the map; the words beside it say the same."""
    return {"fill": fill, "letters": letters}


def map_row(
    square: Node,
    name: str,
    detail: str = "",
    *,
    actions: Iterable[Node] = (),
    children: Iterable[Node] = (),
) -> Node:
    """Return one area of the map; its children stand open under it."""
    words: Node = {"cell": square, "title": name, "detail": detail}
    return {**words, "actions": list(actions), "children": list(children)}


def decision_map(rows: Iterable[Node], *, key: str = "") -> Node:
    """Return who decides what, area by area."""
    return {"is": "map", "key": key, "rows": list(rows)}


# To write and to choose -------------------------------------------------------------------------


def option(
    key: str,
    label: str,
    *,
    detail: str = "",
    mark: str = "",
    square: Node | None = None,
    inside: Node | None = None,
) -> Node:
    """Return one choice; `inside` is a field that opens in its card, `square` a cell of the map."""
    words: Node = {"key": key, "label": label, "detail": detail, "mark": mark}
    return {**words, "cell": square, "field": inside}


def field(
    name: str,
    control: str,
    label: str,
    *,
    value: object = None,
    hint: str = "",
    error: str = "",
    by: str = "",
    person: str = "",
    options: Iterable[Node] = (),
    **more: object,
) -> Node:
    """Return a field.

    `more`: limit, lines, step_labels, apart, row, short, note, autocomplete, show, key.
    """
    words: Node = {"is": "field", "name": name, "control": control, "label": label, "hint": hint}
    state: Node = {"value": value, "error": error, "by": by, "person": person}
    return {**words, **state, "options": list(options), **more}


def note(*, before: str, word: str, after: str, words: str, close: str, hide: str) -> Node:
    """Return advice for a field's `note`: the phrase with its word, and two sentences."""
    phrase: Node = {"before": before, "word": word, "after": after}
    return {**phrase, "text": words, "close": close, "hide": hide}


def if_then(when: Node, then: Node, *, hint: str = "", key: str = "") -> Node:
    """Return two text fields in one frame, labelled "If" and "then"."""
    return {"is": "ifthen", "key": key, "if": when, "then": then, "hint": hint}


def row(*children: Node, key: str = "") -> Node:
    """Return fields side by side: two on a phone, three from 700 px."""
    return {"is": "row", "key": key, "children": list(children)}


def one_by_one(questions: Iterable[Node], end: Iterable[Node], *, key: str) -> list[Node]:
    """Return questions that come one at a time on a phone, and what stands under the last.

    On a wide page all of it stands there at once. What only tells of something stays with the
    question before it, and a `status` is in view in any case. A form that begins anew has another
    key.
    """
    asked, under = list(questions), list(end)
    return [*asked, {"is": "onebyone", "key": key, "over": len(asked), "end": len(under)}, *under]


# To look at together ----------------------------------------------------------------------------


def revealed(
    name: str,
    *,
    marks: Mapping[str, int] | None = None,
    answers: Mapping[str, str] | None = None,
    instead: str = "",
) -> Node:
    """Return one item of a `reveal`; `instead` stands where both answers stay closed."""
    given: Node = {"marks": dict(marks or {}), "answers": dict(answers or {})}
    return {"title": name, **given, "text": instead}


def reveal(
    items: Iterable[Node],
    *,
    names: Mapping[str, str],
    ends: tuple[str, str],
    between: str = "",
    key: str = "",
) -> Node:
    """Return both answers to each item; `between` says how the line runs."""
    about: Node = {"ends": list(ends), "between": between, "names": dict(names)}
    return {"is": "reveal", "key": key, **about, "items": list(items)}


def figure(
    *,
    title: str,
    subtitle: str,
    label: str,
    narrow: tuple[str, str],
    wide: tuple[str, str],
    legend: Iterable[tuple[str, str]] = (),
    after: Iterable[str] = (),
    summary: str = "",
    head: Sequence[str] = (),
    rows: Iterable[Sequence[object]] = (),
    key: str = "",
) -> Node:
    """Return a drawing (each width as light and dark SVG) with its words and its numbers."""
    words: Node = {"is": "figure", "key": key, "title": title, "subtitle": subtitle, "label": label}
    drawings: Node = {
        "narrow": {"light": narrow[0], "dark": narrow[1]},
        "wide": {"light": wide[0], "dark": wide[1]},
        "legend": [{"mark": mark, "label": said} for mark, said in legend],
    }
    numbers: Node = {"summary": summary, "head": list(head), "rows": [list(r) for r in rows]}
    return {**words, **drawings, "after": list(after), **numbers}
