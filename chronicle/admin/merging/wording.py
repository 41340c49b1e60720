"""What a merge does, in words."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.merging.plan import reference_named
from chronicle.models import Merge

MOST_TOLD = 50
"""Rows of a kind that are told one by one; each asks for its name."""


def moved(made: Merge) -> list[str]:
    """Return a line for each kind of row that moves: "Citations, event: 3 rows"."""
    lines = []
    for name, numbers in made.changes["moved"].items():
        reference = reference_named(name)
        rows = ngettext("%(count)d row", "%(count)d rows", len(numbers)) % {"count": len(numbers)}
        lines.append(f"{_kinds(reference.model)}, {reference.column.verbose_name}: {rows}")
    return sorted(lines)


def solved(made: Merge) -> list[str]:
    """Return a line for each row that cannot go along as it is, and what becomes of it."""
    lines = [line for label, rows in made.changes["removed"].items() for line in _removed(apps.get_model(label), rows)]
    for name, numbers in made.changes["emptied"].items():
        label, column, _held = name.rsplit(".", 2)
        model = apps.get_model(label)
        words = _("%(kind)s %(number)d: %(column)s would name its own record, and is emptied.")
        column_name = model._meta.get_field(column).verbose_name  # noqa: SLF001 - Django documents _meta
        lines += [
            words % {"kind": capfirst(_kind(model)), "number": number, "column": column_name} for number in numbers
        ]
    return sorted(lines)


def _removed(model: Any, rows: dict[str, dict[str, Any]]) -> Iterator[str]:
    words = _("%(kind)s: the record that stays has “%(row)s” already, or it would name itself; it is there once.")
    for row in list(rows.values())[:MOST_TOLD]:
        yield words % {"kind": capfirst(_kind(model)), "row": _row(model, row)}
    if len(rows) > MOST_TOLD:
        left = {"kind": capfirst(_kind(model)), "count": len(rows) - MOST_TOLD}
        yield _("%(kind)s: %(count)d more that are there already.") % left


def _row(model: Any, row: dict[str, Any]) -> str:
    """Return what a row is called that is no longer there."""
    columns = {field.column: field.attname for field in model._meta.concrete_fields}  # noqa: SLF001 - the same
    return str(model(**{columns[name]: value for name, value in row.items()}))


def _kind(model: Any) -> str:
    return str(model._meta.verbose_name)  # noqa: SLF001 - Django documents _meta


def _kinds(model: Any) -> str:
    return capfirst(str(model._meta.verbose_name_plural))  # noqa: SLF001 - the same
