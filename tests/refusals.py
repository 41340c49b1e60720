"""What the database and the models say to rows that they refuse."""

from collections.abc import Callable
from typing import Any

import pghistory.trigger
import pgtrigger.registry
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, models, transaction


def run(statement: str, parameters: Any = None, *, alias: str = "default") -> Any:
    """Send a statement as the login of this alias; return its rows, if it has any."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else None


def violated(statement: str | Callable[[], Any], *, alias: str = "default") -> str | None:
    """The name of the constraint or trigger that refuses what is done, of which nothing is left; None if it passes."""
    try:
        with transaction.atomic(using=alias):
            if callable(statement):
                statement()
            else:
                run(statement, alias=alias)
            transaction.set_rollback(True, using=alias)
    except DatabaseError as error:
        name: str | None = error.__cause__.diag.constraint_name  # type: ignore[union-attr]
        if name is None:
            raise
        return name
    return None


def told(row: models.Model) -> dict[str, list[str]]:
    """What a curator is told about a row that is not saved, by the names of its fields."""
    try:
        row.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def copied(model: type[models.Model], **changes: str) -> str:
    """The statement that inserts the first row of a table once more, with these columns changed to SQL expressions."""
    fields = [field for field in model._meta.concrete_fields if not field.generated and not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(changes.get(field.column, f'"{field.column}"') for field in fields)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} ORDER BY id LIMIT 1"


def rules_of(app: str) -> set[str]:
    """The names of all constraints and triggers of an app, but those of history, which has tests of its own."""
    constraints = {rule.name for model in apps.get_app_config(app).get_models() for rule in model._meta.constraints}
    triggers = {
        trigger.name
        for model, trigger in pgtrigger.registry.registered()
        if model._meta.app_label == app and not isinstance(trigger, pghistory.trigger.Event)
    }
    return constraints | triggers
