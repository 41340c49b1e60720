"""The verb that undoes a merge."""

import json
from typing import Any

import pghistory
from django.apps import apps
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chronicle.merging.plan import MODELS, MergeRefusedError, asked, columns_of, lock, reference_named, stored
from chronicle.models import Citation, Event, Merge
from chronicle.publication import Note, publish, redirect_merged
from chronicle.vocabularies import NoteKind

MOST_TOLD = 10  # reasons of one kind


def undo(made: Merge, *, editor: Any = None) -> Merge:
    """Restore both records and every reference as they were; what was written of either since stays.

    Where readers see what moved, both events are published as they are then. Raises MergeRefusedError, with the changes
    that stand in the way, if something that the merge wrote was changed since.
    """
    model = MODELS[made.subject]
    with transaction.atomic(), pghistory.context(merge=f"undo {made.pk}"):
        numbers = [made.kept_number, made.merged_number]
        lock(model, numbers, "NO KEY UPDATE")
        lock(Merge, [made.pk], "UPDATE")
        made = Merge.objects.get(pk=made.pk)
        found = model._default_manager.in_bulk(numbers)  # noqa: SLF001 - Django documents it
        _refuse(made, found)
        model._default_manager.filter(pk=made.merged_number).update(merged_into=None)  # noqa: SLF001 - the same
        redirect_merged(made.subject, made.merged_number)
        lock(model, numbers, "UPDATE")
        shown = _shown(made)
        _restore(made, model)
        made.undone_at, made.undone_by = timezone.now(), editor
        made.save()
        _tell_readers(shown, editor)
    return made


def _refuse(made: Merge, found: dict[int, Any]) -> None:
    if made.undone_at:
        raise MergeRefusedError([_("It was undone already.")])
    kept, merged = found.get(made.kept_number), found.get(made.merged_number)
    if kept is None or merged is None or merged.merged_into_id != kept.pk:
        raise MergeRefusedError([_("One of the two records is no longer as the merge left it.")])
    if kept.merged_into_id:
        words = _("%(record)s was itself merged into another record since. Undo that first.")
        raise MergeRefusedError([words % {"record": kept}])
    reasons = [*_moved_on(made), *_overwritten(made)]
    if reasons:
        raise MergeRefusedError(reasons)


def _moved_on(made: Merge) -> list[str]:
    """Return a line for each row that moved and does not refer to the record that stayed any longer."""
    reasons = []
    for name, numbers in made.changes["moved"].items():
        reference = reference_named(name)
        rows = reference.model._default_manager.filter(pk__in=numbers, **{reference.column.name: made.kept_number})  # noqa: SLF001 - Django documents it
        gone = sorted(set(numbers) - set(rows.values_list("pk", flat=True)))
        kind = reference.model._meta.verbose_name  # noqa: SLF001 - Django documents _meta
        words = _("%(kind)s %(number)d was deleted, or given another %(column)s, since.")
        column = reference.column.verbose_name
        reasons += [words % {"kind": kind, "number": number, "column": column} for number in gone[:MOST_TOLD]]
    for name, numbers in made.changes["emptied"].items():
        model, column, _held = _emptied(name)
        filled = model._default_manager.filter(pk__in=numbers).exclude(**{column: None})  # noqa: SLF001 - the same
        words = _("%(column)s of %(row)s was filled in since.")
        label = model._meta.get_field(column).verbose_name  # noqa: SLF001 - the same
        reasons += [words % {"column": label, "row": row} for row in filled[:MOST_TOLD]]
    return reasons


def _overwritten(made: Merge) -> list[str]:
    """Return a line for each value that the merge took over and somebody changed since."""
    model = MODELS[made.subject]
    now = stored(model, [made.kept_number])[made.kept_number]
    labels = {field.column: field.verbose_name for field in model._meta.concrete_fields}  # noqa: SLF001 - the same
    changed = [name for name, value in made.changes["after"].items() if now[name] != value]
    words = _("%(field)s of %(record)s was changed since.")
    return [words % {"field": labels[name], "record": made.kept_name} for name in changed]


def _emptied(name: str) -> tuple[Any, str, int]:
    label, column, held = name.rsplit(".", 2)
    return apps.get_model(label), column, int(held)


def _restore(made: Merge, model: Any) -> None:
    changes = made.changes
    for name, numbers in changes["moved"].items():
        reference = reference_named(name)
        if reference.column.model is Citation and reference.column.name == "event":
            for number in numbers:
                old = changes["numbers"][str(number)]
                Citation.objects.filter(pk=number).update(event=made.merged_number, number=old)
        else:
            rows = reference.model._default_manager.filter(pk__in=numbers)  # noqa: SLF001 - Django documents it
            rows.update(**{reference.column.name: made.merged_number})
    for label, rows in changes["removed"].items():
        _put_back(apps.get_model(label), list(rows.values()))
    for name, numbers in changes["emptied"].items():
        table, column, held = _emptied(name)
        table._default_manager.filter(pk__in=numbers).update(**{column: held})  # noqa: SLF001 - the same
    if changes["before"]:
        _write_back(model, made.kept_number, changes["before"])


def _put_back(model: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows as they were, under their own numbers."""
    names = ", ".join(f'"{name}"' for name in columns_of(model))
    table = model._meta.db_table  # noqa: SLF001 - Django documents _meta
    asked(
        f'INSERT INTO "{table}" ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::"{table}", %s::jsonb)',  # noqa: S608 - our own tables
        json.dumps(rows),
    )


def _write_back(model: Any, number: int, values: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    table = model._meta.db_table  # noqa: SLF001 - the same
    asked(
        f'UPDATE "{table}" SET ({names}) = (SELECT {names} FROM jsonb_populate_record(NULL::"{table}", %s::jsonb)) '  # noqa: S608 - the same
        "WHERE id = %s",
        json.dumps(values),
        number,
    )


def _shown(made: Merge) -> list[int]:
    """Return the events that readers must be shown anew: both, if they saw both before; none if they see neither."""
    if made.subject != "event":
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM published.chronicle_event WHERE id = %s)", [made.kept_number])
        (is_public,) = cursor.fetchone()
    if not is_public:
        return []
    return [made.kept_number, made.merged_number] if made.was_public else [made.kept_number]


def _tell_readers(shown: list[int], editor: Any) -> None:
    if not shown:
        return
    words = _("What had been told here as one event is told as two again.")
    note = Note(kind=NoteKind.CORRECTION, words=words)
    report = publish(Event.objects.filter(pk__in=shown), editor=editor, note=note)
    if report.refused:
        reasons = [f"{refusal.subject}: {refusal.reason}" for refusal in report.refused]
        raise MergeRefusedError([*reasons, _("Or withdraw it first; then undo the merge.")])
