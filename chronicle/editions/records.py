"""Unsaved records from rows of JSON, linked to each other as if a queryset had fetched them."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import DecimalRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import NumericRange

from chronicle.database.published import Record, Table
from chronicle.editions.snapshots import Key, Row, Snapshot, shown_tables

_RANGE = re.compile(r"([\[(])([^,]*),([^,]*)([\])])")


@cache
def model_of(table: str) -> type[models.Model]:
    """Return the model of a table."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)  # noqa: SLF001 -- documented


def record_from(record: Record, snapshot: Snapshot, targets: Mapping[Key, models.Model], using: str) -> models.Model:
    """Return a record with its own rows behind its accessors, each linked to what it refers to."""
    root, *others = shown_tables(record)
    made = row_from(root, snapshot[root.name][0], targets, using)
    for table in others:
        rows = [row_from(table, row, targets, using) for row in snapshot.get(table.name, [])]
        attach(made, table.belongs_to, rows, model_of(table.name))
    return made


def row_from(table: Table, row: Row, targets: Mapping[Key, models.Model], using: str) -> models.Model:
    """Return one row as a record; `targets` are the records that its columns point to."""
    made = instance(model_of(table.name), row, using)
    for column, subject in table.needs.items():
        number = row.get(column)
        setattr(made, column.removesuffix("_id"), None if number is None else targets[subject, number])
    return made


def instance(model: type[models.Model], row: Row, using: str) -> Any:
    """Return an unsaved record with the values of a row, as fields have them when they are fetched."""
    fields = {field.column: field for field in model._meta.concrete_fields}  # noqa: SLF001 -- documented
    made = model(**{fields[column].attname: _value(fields[column], value) for column, value in row.items()})
    made._state.db = using  # noqa: SLF001 -- documented
    made._state.adding = False  # noqa: SLF001 -- documented
    return made


def attach(owner: models.Model, column: str, rows: Iterable[models.Model], model: type[models.Model]) -> None:
    """Put rows behind their owner's accessor, in the order of their model, as a prefetch would."""
    link = next(field for field in model._meta.concrete_fields if field.column == column)  # noqa: SLF001 -- documented
    accessor = link.remote_field.get_accessor_name()  # type: ignore[union-attr]
    found = _in_order(rows, [str(name) for name in model._meta.ordering or ()])  # noqa: SLF001 -- documented
    for row in found:
        setattr(row, link.name, owner)
    queryset: Any = model._default_manager.using(owner._state.db).all()  # noqa: SLF001 -- documented
    queryset._result_cache, queryset._prefetch_done = found, True  # noqa: SLF001 -- what Prefetch does itself
    cached = owner.__dict__.setdefault("_prefetched_objects_cache", {})
    cached[accessor] = queryset


def _in_order(rows: Iterable[models.Model], ordering: Iterable[str]) -> list[models.Model]:
    found = list(rows)
    for name in reversed(list(ordering)):
        found.sort(key=attrgetter(name.removeprefix("-")), reverse=name.startswith("-"))
    return found


def _value(field: models.Field, value: Any) -> Any:
    """A value of JSON as the field has it; ranges of numbers are the text that PostgreSQL prints."""
    if isinstance(field, DecimalRangeField) and isinstance(value, str):
        return _numbers(value)
    return field.to_python(value)


def _numbers(text: str) -> NumericRange:
    match = _RANGE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not the text of a range of numbers, such as [81,)")
    opening, lower, upper, closing = match.groups()
    return NumericRange(Decimal(lower) if lower else None, Decimal(upper) if upper else None, opening + closing)
