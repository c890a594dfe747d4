"""Who notices, who plans and who does: the work of a home, seen alone and then agreed."""

from __future__ import annotations

from typing import Annotated, ClassVar

from evenground.records.controls import Choice, Line
from evenground.records.declaration import Record, Visibility

TASKS = ("food", "home", "money", "care", "people", "repairs", "plans")
WORK = ("notice", "plan", "do")
# Shared stands first: sharing tasks goes with both people's satisfaction more than dividing them
# (Carlson 2022: number of equally shared tasks, N = 10,498 and 1,065).
SHARES = ("together", "turns", "a", "b", "open")

_SHARE = Choice(SHARES)


class LoadView(Record):
    """One person's first view of who notices, plans and does; their own, until both are in."""

    kind: ClassVar[str] = "load_views"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P35",)
    visibility: ClassVar[Visibility] = Visibility.SEALED

    food_notice: Annotated[str, _SHARE] = ""
    food_plan: Annotated[str, _SHARE] = ""
    food_do: Annotated[str, _SHARE] = ""
    home_notice: Annotated[str, _SHARE] = ""
    home_plan: Annotated[str, _SHARE] = ""
    home_do: Annotated[str, _SHARE] = ""
    money_notice: Annotated[str, _SHARE] = ""
    money_plan: Annotated[str, _SHARE] = ""
    money_do: Annotated[str, _SHARE] = ""
    care_notice: Annotated[str, _SHARE] = ""
    care_plan: Annotated[str, _SHARE] = ""
    care_do: Annotated[str, _SHARE] = ""
    people_notice: Annotated[str, _SHARE] = ""
    people_plan: Annotated[str, _SHARE] = ""
    people_do: Annotated[str, _SHARE] = ""
    repairs_notice: Annotated[str, _SHARE] = ""
    repairs_plan: Annotated[str, _SHARE] = ""
    repairs_do: Annotated[str, _SHARE] = ""
    plans_notice: Annotated[str, _SHARE] = ""
    plans_plan: Annotated[str, _SHARE] = ""
    plans_do: Annotated[str, _SHARE] = ""


class LoadLine(Record):
    """What the two of them agreed on for one task, and what is good enough."""

    kind: ClassVar[str] = "load_board"
    part: ClassVar[str] = "amends"
    practices: ClassVar[tuple[str, ...]] = ("P35",)
    visibility: ClassVar[Visibility] = Visibility.SHARED

    task: Annotated[str, Choice((*TASKS, "other"))] = ""
    task_name: Annotated[str, Line(60)] = ""
    notice: Annotated[str, _SHARE] = ""
    plan: Annotated[str, _SHARE] = ""
    do: Annotated[str, _SHARE] = ""
    standard: Annotated[str, Line(300)] = ""
