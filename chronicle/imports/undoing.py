"""Undoing an import: what it created goes, what it changed is as it was before; refused where later edits stand.

History is the record of what an import did. Nothing is undone by halves: every row that stands in the way is named.
"""

from collections.abc import Sequence
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, ProtectedError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from chronicle.imports.said import Importer
from chronicle.imports.tables import importable, slices
from chronicle.imports.writer import newest_revisions
from chronicle.models import Import


class NotUndoneError(Exception):
    """An import cannot be undone; `reasons` name the rows that stand in the way."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)


def undo(context: str, *, importer: Importer | None = None) -> dict[str, int]:
    """Take back everything that an import wrote, by its number in the history; return how many rows came back or went.

    NotUndoneError where a row was changed or deleted since, or is relied upon by others: then nothing is changed.
    """
    importer = importer or Importer()
    models = list(importable().values())
    counts = {"restored": 0, "deleted": 0}
    with transaction.atomic(), pghistory.context(source="undo", undoes=context, account=importer.account):
        made = _held(context)
        reasons = [reason for model in models for reason in _later(model, context)]
        if reasons:
            raise NotUndoneError(reasons)
        for model in reversed(models):
            counts["restored"] += _restore(model, context)
        for model in reversed(models):
            counts["deleted"] += _delete(model, context)
        made.undone_at, made.undone_by = Now(), importer.user
        made.save(update_fields=["undone_at", "undone_by"])
    return counts


def _held(context: str) -> Import:
    """The import with this number, locked, so that it is undone once."""
    try:
        made = Import.objects.select_for_update().get(context=context)
    except (Import.DoesNotExist, ValidationError):
        raise NotUndoneError([_("There is no import with this number.")]) from None
    if made.undone_at:
        raise NotUndoneError([_("This import is undone already.")])
    return made


def _touched(model: type[Model], context: str, label: str) -> list[int]:
    """The rows that the import created (`insert`) or changed (`update`) and did not create."""
    own = model.pgh_event_model.objects.filter(pgh_context_id=context)  # type: ignore[attr-defined]  # every tracked model has one
    return list(own.filter(pgh_label=label).order_by("pgh_obj_id").values_list("pgh_obj_id", flat=True).distinct())


def _later(model: type[Model], context: str) -> list[str]:
    """Say of every row of the import that was changed since what it is."""
    revised: Any = model.pgh_event_model  # type: ignore[attr-defined]  # the same
    own = revised.objects.filter(pgh_context_id=context)
    numbers = sorted(set(own.order_by().values_list("pgh_obj_id", flat=True)))
    mine = set(own.order_by().values_list("pgh_id", flat=True))
    _hold(model, numbers)
    newest = newest_revisions(model, numbers)
    later = [number for number, revision in newest.items() if revision not in mine]
    names = model._base_manager.in_bulk(later)  # noqa: SLF001 -- Django documents it
    kind = model._meta.verbose_name  # noqa: SLF001 -- the same
    return [
        _("%(kind)s %(row)s was changed since.") % {"kind": kind, "row": names[number]}
        if number in names
        else _("%(kind)s %(row)s was deleted since.") % {"kind": kind, "row": number}
        for number in sorted(later)
    ]


def _hold(model: type[Model], numbers: Sequence[int]) -> None:
    """Keep others from changing rows between the look at them and the undoing."""
    rows = model._base_manager.order_by("pk").select_for_update(no_key=True)  # noqa: SLF001 -- Django documents it
    for some in slices(numbers):
        list(rows.filter(pk__in=some).values_list("pk", flat=True))


def _restore(model: type[Model], context: str) -> int:
    """Write the values that rows had before the import changed them."""
    created = set(_touched(model, context, "insert"))
    numbers = [number for number in _touched(model, context, "update") if number not in created]
    for some in slices(numbers):
        _write_back(model, context, some)
    return len(numbers)


def _write_back(model: type[Model], context: str, numbers: Sequence[int]) -> None:
    """One statement: every tracked column as the newest revision before the import has it."""
    revised: Any = model.pgh_event_model  # type: ignore[attr-defined]  # the same
    kept = {field.column for field in revised._meta.concrete_fields if not field.name.startswith("pgh_")}  # noqa: SLF001 -- Django documents it
    own = [field for field in model._meta.concrete_fields if not field.primary_key and not field.generated]  # noqa: SLF001 -- the same
    columns = ", ".join(f'"{field.column}" = b."{field.column}"' for field in own if field.column in kept)
    query = f"""
        UPDATE "{model._meta.db_table}" t SET {columns}
        FROM unnest(%s::bigint[]) AS n(id) CROSS JOIN LATERAL (
            SELECT * FROM "{revised._meta.db_table}" r
            WHERE r.pgh_obj_id = n.id AND r.pgh_id < (
                SELECT min(f.pgh_id) FROM "{revised._meta.db_table}" f
                WHERE f.pgh_obj_id = n.id AND f.pgh_context_id = %s::uuid)
            ORDER BY r.pgh_id DESC LIMIT 1
        ) b WHERE t.id = n.id"""  # noqa: S608, SLF001 -- names of our own tables and columns
    with connection.cursor() as cursor:
        cursor.execute(query, [list(numbers), context])


def _delete(model: type[Model], context: str) -> int:
    """Delete the rows that the import created and that are still there."""
    numbers = _touched(model, context, "insert")
    rows = model._base_manager.filter(pk__in=numbers)  # noqa: SLF001 -- Django documents it
    kind = model._meta.verbose_name_plural  # noqa: SLF001 -- the same
    try:
        with transaction.atomic():
            deleted = rows.delete()[1].get(model._meta.label, 0)  # noqa: SLF001 -- the same
    except ProtectedError as error:
        relying = ", ".join(str(row) for row in list(error.protected_objects)[:10])
        words = {"kind": kind, "relying": relying}
        raise NotUndoneError([_("Some %(kind)s are relied upon by others now: %(relying)s.") % words]) from error
    except IntegrityError as error:
        words = {"kind": kind, "error": str(error).splitlines()[0]}
        raise NotUndoneError([_("Some %(kind)s cannot be deleted: %(error)s.") % words]) from error
    return int(deleted)
