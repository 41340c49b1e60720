"""Tables of text: what a file says, row by row, before anything is made of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final, TypeVar

from django.db import models
from django.db.models import Model

from chronicle.corpus.entries import records_first
from chronicle.corpus.rows import columns, identifying
from chronicle.imports.outcomes import Fault
from sources.edtf import EDTFRangeField
from sources.models import DocumentFile, DocumentText

REVISION = "revision"
"""The column by which an exported sheet says which state of a row it has: edits since then are a conflict."""


DEPOSITED: Final = (DocumentFile, DocumentText)
"""Rows that stand for what lies in files: none comes from a sheet, and a sheet without rows does no harm."""

SLICE = 1000
"""How many rows are written together: enough that a statement is cheap, few enough to be held in memory."""

Item = TypeVar("Item")


def slices(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items a slice at a time."""
    following = iter(items)
    while some := list(islice(following, SLICE)):
        yield some


class UnreadableError(Exception):
    """A file cannot be read as it is; the message names the place and the next step."""


@dataclass(frozen=True)
class Line:
    """A row of a file: where it stands, counted as the program counts that made it, and its cells by column.

    `faults` are what was found wrong where the file was read: values that no cell can hold.
    """

    number: int
    cells: dict[str, str]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Again:
    """Lines that are read anew each time that they are asked for, so that none of them has to be held."""

    make: Callable[[], Iterator[Line]]

    def __iter__(self) -> Iterator[Line]:
        return self.make()


@dataclass
class Table:
    """Rows for one model; `name` is the file, and the sheet in it, for messages."""

    model: type[Model]
    name: str
    columns: Sequence[str]
    lines: Iterable[Line]


def importable() -> dict[str, type[Model]]:
    """Return the models that can be imported, by name, each after those that it points to."""
    return {str(model._meta.model_name): model for model in records_first()}  # noqa: SLF001 -- Django documents it


@cache
def fillable(model: type[Model]) -> tuple[models.Field, ...]:
    """Return the columns that a file can fill: those that curators edit, and what identifies the row."""
    own = identifying(model)
    return tuple(
        column
        for column in columns(model)
        if (column.editable or column in own) and not isinstance(column, EDTFRangeField)
    )


def of_kind(name: str, model: type[Model]) -> str:
    """Return what a table is called that is one of several made of a file: “library.bib, document”."""
    return f"{name}, {model._meta.model_name}"  # noqa: SLF001 -- Django documents it


def in_order(tables: Iterable[Table]) -> list[Table]:
    """Return tables so that each comes after those that it points to, whatever their order in the files."""
    order = {model: place for place, model in enumerate(importable().values())}
    return sorted(tables, key=lambda table: order[table.model])


def unknown_columns(table: Table) -> list[str]:
    """Return the headings of a table that name no column of its model."""
    known = {column.name for column in fillable(table.model)} | {REVISION}
    return [name for name in table.columns if name not in known]


def missing_keys(table: Table) -> list[str]:
    """Return the columns without which no row can be told; the number of a citation the database gives."""
    given = set(table.columns)
    return [column.name for column in identifying(table.model) if column.name not in given and column.editable]
