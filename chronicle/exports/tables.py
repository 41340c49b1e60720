"""Published tables as rows of text, one after another, however many there are."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import ForeignKey, Model
from import_export.widgets import Widget

from chronicle.database.published import RECORDS
from chronicle.imports.cells import widgets
from chronicle.imports.spreadsheet import safe
from chronicle.imports.tables import fillable, importable

NUMBERS = (models.IntegerField, models.DecimalField, models.FloatField)
FETCHED = 2000
"""How many rows are fetched at a time: a cursor of the server keeps the others."""


@dataclass(frozen=True)
class PublicTable:
    """A table that readers may have: its name, its model, and the columns of it that are public."""

    name: str
    model: type[Model]
    columns: tuple[models.Field, ...]

    @property
    def headings(self) -> list[str]:
        """The names of the columns, the public number of the row first."""
        return ["id", *(column.name for column in self.columns)]

    @property
    def numeric(self) -> frozenset[int]:
        """The places of the columns that hold numbers, the public number of the row included."""
        numbers = (place for place, column in enumerate(self.columns, start=1) if isinstance(column, NUMBERS))
        return frozenset({0, *numbers})

    def rows(self, using: str) -> Iterator[list[str]]:
        """Yield every row as text, in the order of their numbers; one slice of them is held at a time."""
        lookups = [f"{column.name}__slug" if isinstance(column, ForeignKey) else column.name for column in self.columns]
        found = self.model._base_manager.using(using).order_by("pk").values_list("pk", *lookups)  # noqa: SLF001 -- Django documents it
        shown = [_shown(column) for column in self.columns]
        for number, *values in found.iterator(chunk_size=FETCHED):
            row = SimpleNamespace(**dict(zip(self.headings[1:], values, strict=True)))
            yield [str(number), *(show(value, row) for show, value in zip(shown, values, strict=True))]

    def records(self, using: str) -> Iterator[dict[str, Any]]:
        """Yield every row as JSON has it: numbers, yes or no, and geometries as such, all else as in `rows`."""
        made = {name: _as_json(column) for name, column in zip(self.headings[1:], self.columns, strict=True)}
        for row in self.rows(using):
            cells = dict(zip(self.headings, row, strict=True))
            yield {name: made.get(name, json.loads)(cell) if cell else None for name, cell in cells.items()}


def _shown(column: models.Field) -> Callable[[Any, Any], str]:
    """How a value is written; a reference is fetched as its slug already."""
    if isinstance(column, ForeignKey):
        return lambda value, _row: value or ""
    widget: Widget = widgets(column.model)[column.name]
    return widget.render


@cache
def public_tables() -> dict[str, PublicTable]:
    """Return the tables that can be had, by name, each after those that it points to."""
    public = {table.name: set(table.public) for record in RECORDS for table in record.tables}
    found = {}
    for name, model in importable().items():
        known = public.get(model._meta.db_table, set())  # noqa: SLF001 -- Django documents it
        columns = tuple(column for column in fillable(model) if column.column in known)
        if columns:
            found[name] = PublicTable(name, apps.get_model(model._meta.label), columns)  # noqa: SLF001 -- the same
    return found


def _as_json(column: models.Field) -> Callable[[str], Any]:
    if isinstance(column, models.BooleanField):
        return lambda cell: cell == "yes"
    return json.loads if isinstance(column, (*NUMBERS, models.JSONField)) else str


def written(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows as CSV (RFC 4180), no cell of which a spreadsheet takes for a formula."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


class _Echo:
    """Gives back what is written into it: the row is the writer's answer."""

    def write(self, text: str) -> str:
        return text
