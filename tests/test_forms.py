"""What the widgets send and answer, without a browser; and the form that follows from a kind."""

from __future__ import annotations

import json
import re
from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field

from evenground import forms
from evenground.content import Words
from evenground.forms import nodes
from evenground.forms.view import fields_of
from evenground.records.controls import Chips, Choice, Ref, Steps, Text, Weights
from evenground.records.declaration import Fault, Mistaken, Record, Visibility
from evenground.records.measures import Day


class Told:
    """A view, and what it sent to the page."""

    def __init__(self, view: forms.View) -> None:
        self.view = view
        self.messages: list[dict[str, Any]] = []
        view.send = self.messages.append

    def hears(self, **message: object) -> dict[str, Any]:
        self.view._handle_custom_msg(message, [])
        return self.messages[-1] if self.messages else {}


class Outing(Record):
    """A kind of response that only these tests know."""

    kind: ClassVar[str] = "outings"
    part: ClassVar[str] = "tests"
    practices: ClassVar[tuple[str, ...]] = ("P4",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    moment: Annotated[str, Ref("moments")] = ""
    what: Annotated[str, Text(20)] = ""
    asked: Annotated[str, Choice(("nobody", "both"))] = ""
    why: Annotated[str, Text()] = ""
    areas: Annotated[tuple[str, ...], Chips(("money", "time"))] = ()
    felt: Annotated[dict[str, int], Weights(("small", "angry"))] = Field(default_factory=dict)
    heard: Annotated[str, Steps()] = ""
    day: Annotated[date | None, Day()] = None


WORDS = Words(
    "words/en/tests.toml",
    {
        "outings": {
            "what": {"ask": "What did {other} do?", "help": "One act."},
            "asked": {
                "ask": "Who was asked?",
                "options": {"nobody": "Nobody", "both": "{other} and I"},
                "options_help": {"both": "At the table."},
            },
            "why": {"ask": "What made it so?"},
            "areas": {"ask": "What was it about?", "options": {"money": "Money", "time": "Time"}},
            "felt": {"ask": "What did you feel?", "options": {"small": "Small", "angry": "Angry"}},
            "heard": {"ask": "I feel heard"},
            "day": {"ask": "Which day?"},
        }
    },
)


def box(name: str = "what", value: object = "") -> nodes.Node:
    return nodes.field(name, "text", "What?", value=value)


def outing(**about: Any) -> dict[str, nodes.Node]:
    made = forms.form(Outing, WORDS, names={"other": "Noor"}, **about)
    return {str(node.get("name")): node for node in made}


def test_what_is_typed_is_answered_with_what_became_of_it():
    typed = []

    def keep(name: str, value: object) -> forms.Kept:
        typed.append((name, value))
        return forms.Kept("saved", "12:04")

    page = Told(forms.View([box()], on_input=keep))

    answer = page.hears(type="input", name="what", value="it rained", rev=3)

    assert typed == [("what", "it rained")]
    assert answer == {"type": "kept", "rev": 3, "state": "saved", "at": "12:04", "text": ""}
    assert page.view.rev == 3


def test_a_page_drawn_again_shows_what_was_typed():
    inside = nodes.option("part", "Part of it", inside=box("part_what"))
    tree = [box(), nodes.if_then(box("if"), box("then")), nodes.row(box("start"))]
    tree.append(nodes.field("answer", "choice", "What?", options=[inside]))
    tree.append(
        nodes.decision_map([nodes.map_row(nodes.cell("open"), "Money", children=[box("sum")])])
    )
    page = Told(forms.View(tree))

    for name in ("what", "if", "then", "start", "part_what", "sum"):
        page.hears(type="input", name=name, value=f"new {name}", rev=1)

    shown = {node["name"]: node["value"] for node in fields_of(page.view.get_state()["tree"])}
    assert (
        shown.items()
        >= {
            "what": "new what",
            "if": "new if",
            "then": "new then",
            "start": "new start",
            "part_what": "new part_what",
            "sum": "new sum",
        }.items()
    )


def test_a_passphrase_does_not_stay_in_the_tree():
    page = Told(forms.View([nodes.field("key", "passphrase", "Your passphrase")]))

    page.hears(type="press", key="open", value="", values={"key": "one two three"}, rev=1)

    assert "one two three" not in json.dumps(page.view.get_state(), default=str)


def test_a_press_carries_everything_and_counts_once():
    pressed = []

    def keep(*what: object) -> forms.Kept:
        pressed.append(what)
        return forms.Kept("saved", "12:05")

    page = Told(forms.View([box()], on_press=keep))
    press = {"type": "press", "key": "keep", "value": "", "values": {"what": "rain"}, "rev": 7}

    first, again = page.hears(**press), page.hears(**press)

    assert pressed == [("keep", "", {"what": "rain"})]
    assert first == again == {"type": "kept", "rev": 7, "state": "saved", "at": "12:05", "text": ""}


def test_a_step_that_changes_the_list_it_gave_is_shown():
    tree = [nodes.text("one")]
    view = forms.View(tree)
    tree.append(nodes.text("two"))

    view.show(tree)

    assert [node["text"] for node in view.tree] == ["one", "two"]


def test_a_fault_in_a_step_says_a_sentence_and_keeps_the_words_to_itself(capsys):
    def fail(name: str, value: object) -> forms.Kept:
        raise RuntimeError(f"cannot keep {value}")

    page = Told(forms.View([box()], on_input=fail))

    answer = page.hears(type="input", name="what", value="a secret", rev=1)

    assert answer["state"] == "unsaved"
    assert answer["text"].startswith("Not certain it is saved.")
    said = capsys.readouterr()
    assert "RuntimeError" in said.err
    assert "a secret" not in said.err + said.out


@pytest.mark.parametrize("message", ["", 3, None, [], {"type": "other"}, {"type": "press"}, {}])
def test_a_message_that_is_none_of_ours_does_no_harm(message, capsys):
    page = Told(forms.View([box()]))

    page.view._handle_custom_msg(message, [])

    assert "Traceback" not in capsys.readouterr().err


def test_the_text_of_a_widget_says_nothing_of_its_words():
    assert "secret" not in repr(forms.View([box(value="a secret")]))


def test_the_room_answers_that_it_is_there_and_tells_what_was_pressed():
    heard: list[str] = []
    page = Told(forms.Room(people=[("a", "Sam"), ("b", "Noor")], who="a", on_event=heard.append))

    assert page.hears(type="ping", n=4) == {"type": "pong", "n": 4, "left": None}
    for event in ("switch", "pause", "help", "leave"):
        page.hears(type=event)

    assert heard == ["switch", "pause", "help", "leave"]
    assert page.view.people == [{"key": "a", "name": "Sam"}, {"key": "b", "name": "Noor"}]


def test_the_room_says_the_part_of_each_in_a_turn_and_lays_a_cover_over_the_page():
    room = forms.Room(people=[("a", "Sam"), ("b", "Noor")], who="both")

    room.turn([("a", "{name} speaks"), ("b", "{name} listens")])
    room.cover([nodes.title("Paused")])
    covered = list(room.tree)
    room.uncover()

    assert room.line[0] == {"by": "a", "text": "{name} speaks"}
    assert covered == [{"is": "title", "key": "", "text": "Paused"}]
    assert room.tree == []


def test_a_form_follows_from_its_kind():
    fields = outing(values={"what": "cooked"})

    assert list(fields) == ["what", "asked", "why", "areas", "felt", "heard", "day"]
    assert fields["what"]["label"] == "What did \u2068Noor\u2069 do?"
    assert fields["what"]["hint"] == "One act."
    assert fields["what"]["value"] == "cooked"
    assert fields["what"]["limit"] == 20
    assert fields["day"]["control"] == "date"


def test_choices_have_their_words_and_steps_have_the_common_ones():
    fields = outing()

    asked = fields["asked"]["options"]
    assert [(one["key"], one["label"], one["detail"]) for one in asked] == [
        ("nobody", "Nobody", ""),
        ("both", "\u2068Noor\u2069 and I", "At the table."),
    ]
    assert [one["label"] for one in fields["heard"]["options"]] == [
        "Hardly ever",
        "Now and then",
        "About half the time",
        "Most of the time",
        "Nearly every time",
        "I would rather not say",
    ]
    assert fields["heard"]["apart"] == "unsaid"
    assert fields["felt"]["step_labels"][0] == "a trace"


def test_a_form_can_show_some_fields_and_put_one_inside_a_choice():
    fields = outing(
        only=["asked", "why"], inside={"asked": {"both": "why"}}, more={"asked": {"row": True}}
    )

    assert list(fields) == ["asked"]
    assert fields["asked"]["row"] is True
    nobody, both = fields["asked"]["options"]
    assert nobody["field"] is None
    assert both["field"]["name"] == "why"


def test_what_is_wrong_stands_at_its_field_as_a_sentence():
    with pytest.raises(Mistaken) as refused:
        Outing.typed({"what": "x" * 23, "day": "soon"})

    fields = outing(faults=refused.value.faults)

    assert fields["what"]["error"].startswith("This is 3 letters too long to keep whole.")
    assert fields["day"]["error"].startswith("This is not a day in the calendar.")
    assert fields["areas"]["error"] == ""


def test_what_is_wrong_with_no_field_in_particular_stands_under_the_form():
    made = forms.form(Outing, WORDS, names={"other": "Noor"}, faults=[Fault("", "empty", {})])

    assert made[-1] == nodes.status("Nothing to save yet. Write a word or two, or go on.")


def test_a_fault_that_nobody_wrote_a_sentence_for_still_says_one():
    assert forms.mistake(Fault("what", "string_too_short", {})).startswith(
        "This could not be read."
    )


def test_the_script_is_one_module_with_no_address_in_it():
    code = forms.source.script()

    assert code.count("export ") == 1
    assert "import " not in code.replace("document.importNode", "")
    assert "innerHTML" not in code
    addresses = [word for word in code.split() if "://" in word]
    assert addresses == ['"http://www.w3.org/2000/svg";']


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, after WCAG 2."""

    def light(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def themes() -> list[dict[str, str]]:
    """Return the colours of the light and of the dark theme, by name."""
    found = re.findall(r"--eg-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", forms.look())
    return [{name: colours[which] for name, *colours in found} for which in (0, 1)]


@pytest.mark.parametrize("theme", themes(), ids=["light", "dark"])
def test_every_colour_can_be_read_where_it_stands(theme):
    inks = [("ink", 7), ("ink2", 4.5), ("a", 4.5), ("b", 4.5), ("edge", 3), ("rule", 3)]
    pairs = [(ink, "ground", least) for ink, least in inks]
    pairs += [("ink", under, 7) for under in ("surface", "sunk", "tint-a", "tint-b", "line")]
    pairs += [("ink2", "sunk", 4.5), ("ink2", "tint-a", 4.5), ("ink2", "tint-b", 4.5)]
    pairs += [(f"on-{under}", under, 4.5) for under in ("a", "b", "fill-a", "fill-b", "act")]

    faint = {(ink, under) for ink, under, least in pairs if ratio(theme[ink], theme[under]) < least}

    assert faint == set()
