"""New rows into their table by one statement with a parameter for each column, and not for each cell.

Django writes every cell into the text of the statement by itself, and takes to arrays only where no column has a type
of its own, as ranges have; that was half of what an import cost.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one model, without numbers yet, and give them those that the database gave them."""
    model = type(rows[0])
    values = [_values(column, rows) for column in _columns(model)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model), values)
        numbers = cursor.fetchall()
    for row, (number,) in zip(rows, numbers, strict=True):
        row.pk = number
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 -- as Django leaves a saved row


def _values(column: models.Field, rows: Sequence[Model]) -> list[Any]:
    """The cells of a column as the driver takes them; what many rows have alike is made ready once."""
    ready: dict[Any, Any] = {}
    values = [column.pre_save(row, add=True) for row in rows]
    for value in values:
        if isinstance(value, dict | list):
            return [column.get_db_prep_save(one, connection) for one in values]
        if value not in ready:
            given = column.db_default if isinstance(value, DatabaseDefault) else value
            ready[value] = column.get_db_prep_save(given, connection)
    return [ready[value] for value in values]


@cache
def _columns(model: type[Model]) -> list[models.Field]:
    """The columns of a table that are written: all but its number and what is generated."""
    return [one for one in model._meta.concrete_fields if not one.primary_key and not one.generated]  # noqa: SLF001 -- Django documents it


@cache
def _statement(model: type[Model]) -> str:
    """The statement: arrays of equal length, a row of which is a row of the table, in their order."""
    table, number = model._meta.db_table, model._meta.pk.column  # noqa: SLF001 -- the same
    names = ", ".join(f'"{column.column}"' for column in _columns(model))
    arrays = ", ".join(f"%s::{_type(column)}[]" for column in _columns(model))
    return f'INSERT INTO "{table}" ({names}) SELECT * FROM unnest({arrays}) RETURNING "{number}"'  # noqa: S608 -- its own names


def _type(column: models.Field) -> str:
    """The type of the elements; `text` of what has a length, since a cast would cut off what the table refuses."""
    kind = str(column.db_type(connection))
    return "text" if kind.startswith("varchar") else kind
