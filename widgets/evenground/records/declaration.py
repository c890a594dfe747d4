"""How a kind of response is declared, checked, and written as cells of text.

A kind is a frozen pydantic model whose fields are annotated with a control from `controls`. It
says once what it is called on disk, which practices it serves and who may see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from evenground.records.controls import Control

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA = "e1"


class Visibility(StrEnum):
    """Who may see an answer. DESIGN: "Who may see what"."""

    PRIVATE = "private"  # its author, until they release it; sealed, or not written at all
    SEALED = "sealed"  # until both have answered; then both see it
    SHARED = "shared"  # both; plain CSV
    UNSTORED = "unstored"  # nobody; nothing, anywhere


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was typed: the field, the key of its sentence, what fills it."""

    field: str
    key: str  # in words/<language>/mistakes.toml
    fill: dict[str, object]


class Mistaken(Exception):  # noqa: N818 - it is not a fault of the program
    """What was typed cannot be kept as it is; holds every fault, not the first one alone."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Hold the faults."""
        super().__init__("; ".join(f"{fault.field}: {fault.key}" for fault in faults))
        self.faults = faults


@cache
def _controls(kind: type[Record]) -> tuple[tuple[str, Control], ...]:
    """Return a kind's fields and controls: asked for with every row, and the same each time."""
    return tuple(
        (name, extra)
        for name, info in kind.model_fields.items()
        for extra in info.metadata
        if isinstance(extra, Control)
    )


@cache
def _columns(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, _ in _controls(kind))


@cache
def _read(kind: type[Record]) -> tuple[tuple[str, Control], ...]:
    """Return the fields whose cells hold something else than their text."""
    return tuple(
        (name, control)
        for name, control in _controls(kind)
        if type(control).from_cell is not Control.from_cell
    )


@cache
def _said(kind: type[Record]) -> dict[str, Any]:
    """Return what pydantic keeps of a record in which every field is said, but for the values."""
    return {
        "__pydantic_extra__": None,
        "__pydantic_private__": None,
        "__pydantic_fields_set__": set(_columns(kind)),
    }


class Record(BaseModel):
    """One answer of one kind. Subclasses declare the kind and its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ClassVar[str]  # the CSV file's stem, and the words' table: a key that is never renamed
    part: ClassVar[str]  # the words file, and the notebook
    practices: ClassVar[tuple[str, ...]]
    visibility: ClassVar[Visibility]

    @classmethod
    def controls(cls) -> tuple[tuple[str, Control], ...]:
        """Return (field, control) in the order of the form and of the CSV columns."""
        return _controls(cls)

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the names of the kind's own CSV columns, in order."""
        return _columns(cls)

    @classmethod
    def typed(cls, values: Mapping[str, object]) -> Self:
        """Return the record that a form's values say; Mistaken with every fault otherwise.

        Values are as the browser sends them (text, numbers, lists of keys); unknown names are
        refused, missing ones are empty.
        """
        controls = dict(cls.controls())
        faults = [Fault(n, "unknown", {"name": n}) for n in values if n not in controls]
        read: dict[str, object] = {}
        for name, control in controls.items():
            try:
                read[name] = control.from_form(values.get(name))
            except ValueError as error:
                faults.append(Fault(name, str(error), control.fill(values.get(name))))
        if faults:
            raise Mistaken(tuple(faults))
        return cls.checked(read)

    @classmethod
    def checked(cls, read: Mapping[str, object]) -> Self:
        """Return the record of these Python values; Mistaken when its own rules do not hold."""
        try:
            record = cls.model_validate(dict(read))
        except ValidationError as error:
            faults = tuple(
                Fault(str(e["loc"][0]) if e["loc"] else "", e["type"], e.get("ctx", {}))
                for e in error.errors()
            )
            raise Mistaken(faults) from None
        if faults := tuple(record.faults()):
            raise Mistaken(faults)
        return record

    @classmethod
    def from_cells(cls, cells: Mapping[str, str]) -> Self:
        """Return the record that CSV cells say; the inverse of `to_cells`. Missing cells are empty.

        Raises ValueError naming the column when a cell is not of its kind. Limits on what may be
        typed are not checked again: an older or a hand-edited row is shown, not refused.
        """
        read: dict[str, Any] = {name: cells.get(name, "") for name in cls.columns()}
        for name, control in _read(cls):
            try:
                read[name] = control.from_cell(read[name])
            except ValueError as error:
                raise ValueError(f"column {name}: {error}") from error
        record = cls.__new__(cls)  # made as unpickling does it: every field is there, rows are many
        record.__setstate__(_said(cls) | {"__dict__": read})
        return record

    def to_cells(self) -> dict[str, str]:
        """Return the record as CSV text, column by column."""
        return {name: control.to_cell(getattr(self, name)) for name, control in self.controls()}

    def to_form(self) -> dict[str, object]:
        """Return the record as the values of its form."""
        return {name: control.to_form(getattr(self, name)) for name, control in self.controls()}

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong between fields. Kinds with such rules override it."""
        yield from ()

    def is_empty(self) -> bool:
        """Return whether nothing was answered at all."""
        return not any(self.to_cells().values())
