"""What a merge does, in words."""

from collections.abc import Callable, Collection, Iterator
from copy import copy
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.merging.plan import reference_named
from chronicle.models import Merge
from chronicle.restricted import columns_of_documents, telling_of


def without(made: Merge, documents: Collection[int]) -> Merge:
    """Return what a merge did without the rows that tell of these documents; the merge itself where there are none."""
    changes = dict(made.changes)
    changes["moved"] = dict(_seen_numbers(changes["moved"], lambda name: reference_named(name).model, documents))
    changes["emptied"] = dict(_seen_numbers(changes["emptied"], _emptied_table, documents))
    changes["removed"] = dict(_seen_rows(changes["removed"], documents))
    if changes == made.changes:
        return made
    told = copy(made)
    told.changes = changes
    return told


def _emptied_table(name: str) -> Any:
    return apps.get_model(name.rsplit(".", 2)[0])


def _seen_numbers(
    named: dict[str, list[int]], table: Callable[[str], Any], documents: Collection[int]
) -> Iterator[tuple[str, list[int]]]:
    for name, numbers in named.items():
        rows = telling_of(table(name)._default_manager.filter(pk__in=numbers), documents)  # noqa: SLF001 - Django documents it
        hidden = set(rows.values_list("pk", flat=True)) if documents else set()
        kept = [number for number in numbers if number not in hidden]
        if kept:
            yield name, kept


def _seen_rows(removed: dict[str, Any], documents: Collection[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    for label, rows in removed.items():
        columns = [column.column for column in columns_of_documents(apps.get_model(label))]
        kept = {number: row for number, row in rows.items() if not any(row[column] in documents for column in columns)}
        if kept:
            yield label, kept


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
