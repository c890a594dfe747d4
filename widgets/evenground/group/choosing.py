"""What is shown of a group that was made: its pages to print, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evenground.content import ContentError, words
from evenground.forms import Kept, View, nodes
from evenground.forms.view import SAME
from evenground.group import gathering, outcome, papers
from evenground.group.gathering import GroupError
from evenground.group.totals import MOMENTS

if TYPE_CHECKING:
    from pathlib import Path


class Choosing:
    """A group, chosen from those on this computer, and something about it."""

    part = ""  # the table of words/en/group.toml

    def __init__(self) -> None:
        """Show the groups; the first one is not chosen for anybody."""
        self.chosen = ""
        self.view = View(self.tree(), on_input=self.on_input)
        self.view.on_shown = lambda: self.view.show(self.tree())

    def tree(self) -> list[nodes.Node]:
        """Return the choice, and what there is of the group chosen."""
        w = words("group")
        found = {folder.name: folder for folder in gathering.folders()}
        if not found:
            return [nodes.hint(w["make.none"])]
        options = [nodes.option(name, name) for name in found]
        hint = w.get(f"{self.part}.help")
        label = w[f"{self.part}.ask"]
        ask = nodes.field("group", "select", label, value=self.chosen, hint=hint, options=options)
        if self.chosen not in found:
            return [ask]
        try:
            return [ask, *self.about(found[self.chosen])]
        except GroupError as error:
            return [ask, nodes.status(w.say(error.key, **error.fill))]
        except ContentError as error:
            return [ask, nodes.status(str(error))]

    def about(self, folder: Path) -> list[nodes.Node]:
        """Return what there is of one group."""
        raise NotImplementedError

    def on_input(self, name: str, value: Any) -> Kept:
        """Choose a group."""
        if name == "group":
            self.chosen = str(value or "")
            self.view.show(self.tree())
        return SAME


class Papers(Choosing):
    """The pages of a group, each to be saved and printed."""

    part = "papers"

    def about(self, folder: Path) -> list[nodes.Node]:
        """Return a button for each page."""
        w = words("group")
        return [
            nodes.download(
                w[f"papers.{name}"], f"{name}.html", "text/html", papers.page(name, folder)
            )
            for name in papers.PAGES
        ]


class Outcome(Choosing):
    """What was told of a group's answers."""

    part = "outcome"

    def about(self, folder: Path) -> list[nodes.Node]:
        """Return a picture for each moment that was told."""
        told = outcome.releases(folder)
        shown = [outcome.drawing(told[m]).node() for m in MOMENTS if m in told and m != "before"]
        return shown or [nodes.hint(words("group")["outcome.none"])]
