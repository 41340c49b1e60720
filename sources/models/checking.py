"""Asking PostgreSQL which check constraints rows would break, many rows in one query, before they are saved."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import CheckConstraint, Model
from psycopg.types.range import Range


def broken_checks(rows: Sequence[Model], using: str = "default") -> Iterator[tuple[Model, list[ValidationError]]]:
    """Yield those of these rows of one table that break check constraints, each with the errors, in one query.

    A row is judged as the table would judge it: a condition that is not known to be false holds. Rows of which a value
    is not valid for its column must be left out.
    """
    if not rows:
        return
    model = type(rows[0])
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]  # noqa: SLF001 - Django documents _meta
    values = json.dumps([_values(row, connections[using]) for row in rows])
    with connections[using].cursor() as cursor:
        cursor.execute(_question(model, checks, connections[using]), [values])
        answers = cursor.fetchall()
    for row, answer in zip(rows, answers, strict=True):
        broken = [check for check, is_broken in zip(checks, answer, strict=True) if is_broken]
        if broken:
            yield row, [_error(check) for check in broken]


def _question(model: type[Model], checks: Sequence[Any], connection: Any) -> str:
    """Return the query that judges rows given as JSON: the conditions are those of the table, word for word."""
    table, editor = connection.ops.quote_name(model._meta.db_table), connection.schema_editor()  # noqa: SLF001 - the same
    conditions = (check._get_check_sql(model, editor).replace("%", "%%") for check in checks)  # noqa: SLF001 - the one way to a constraint's SQL
    judged = ", ".join(f"({condition}) IS FALSE" for condition in conditions)
    return (
        f"SELECT {judged} FROM jsonb_populate_recordset(NULL::{table}, %s) "  # noqa: S608 - our own table and constraints
        "WITH ORDINALITY ORDER BY ordinality"
    )


def _values(row: Model, connection: Any) -> dict[str, Any]:
    columns = (column for column in row._meta.concrete_fields if not column.generated)  # noqa: SLF001 - the same
    found = ((column, getattr(row, column.attname)) for column in columns)
    return {
        str(column.column): _as_json(column.get_db_prep_save(value, connection))
        for column, value in found
        if not hasattr(value, "resolve_expression")  # what the database will give it
    }


def _as_json(value: Any) -> Any:
    """Return a value as PostgreSQL reads it in JSON: ranges as it writes them."""
    if isinstance(value, Range):
        if value.isempty:
            return "empty"
        ends = ("" if end is None else str(end) for end in (value.lower, value.upper))
        return f"{'[' if value.lower_inc else '('}{','.join(ends)}{']' if value.upper_inc else ')'}"
    return str(value) if isinstance(value, Decimal) else value


def _error(check: CheckConstraint) -> ValidationError:
    return ValidationError(check.get_violation_error_message(), code=check.violation_error_code)
