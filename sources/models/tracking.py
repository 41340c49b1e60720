"""The history of tables, and what the database refuses for its sake: changed numbers, references to merged records."""

from typing import Any

import pghistory
import pgtrigger
from django.db import models

from sources.models.record import MergeableRecord


def tracked(model_name: str, **options: Any) -> Any:
    """Return the decorator that records every insert, update and delete of a table, by statement, in `model_name`.

    Deletions are named here because the library leaves them out by default. It matches old and new rows by their
    primary key, so an update that changes one would go unseen: the database refuses it.

    Indexes serve what is asked of it: the newest revision of a row; the story of a record, rows and all, in the order
    in which it was saved; and which records were deleted last.
    """

    def decorated(model: type[models.Model]) -> type[models.Model]:
        name, record = model._meta.model_name, record_link(model)  # noqa: SLF001 - Django documents _meta
        story = ("pgh_obj" if record is None else record.name, "pgh_created_at", "pgh_context")
        indexes = [
            models.Index(fields=["pgh_obj", "pgh_id"], name=f"{name}_newest"),
            models.Index(fields=story, name=f"{name}_story"),
        ]
        if record is None:
            is_gone = models.Q(pgh_label="delete")
            indexes.append(models.Index(fields=["-pgh_id"], condition=is_gone, name=f"{name}_deleted"))
        track = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            model_name=model_name,
            obj_field=pghistory.ObjForeignKey(related_name="revisions", db_index=False),
            meta={"indexes": indexes},
            **options,
        )
        return pgtrigger.register(NUMBER_NEVER_CHANGES, *nothing_merged_away(model))(track(model))

    return decorated


def nothing_merged_away(model: type[models.Model]) -> list[pgtrigger.Trigger]:
    """Return the triggers that refuse rows which refer to a record that was merged into another.

    They lock what is referred to before they look, as foreign keys do only when the transaction ends: whoever merges
    waits for them, and they for whoever merges. One statement for all rows; of changed rows only new references count.
    """
    links = [column for column in model._meta.concrete_fields if _is_to_mergeable(column)]  # noqa: SLF001 - Django documents _meta
    if not links:
        return []
    inserted = "".join(_refusal_of(link, REFERRED) for link in links)
    updated = "".join(_refusal_of(link, REFERRED_ANEW) for link in links)
    return [
        pgtrigger.Trigger(
            name="new_row_refers_to_nothing_merged",
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(new="new_values"),
            declare=[("instead", "text")],
            func=f"{inserted}RETURN NULL;",
        ),
        pgtrigger.Trigger(
            name="changed_row_refers_to_nothing_merged",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
            declare=[("instead", "text")],
            func=f"{updated}RETURN NULL;",
        ),
    ]


def _is_to_mergeable(column: models.Field) -> bool:
    target = column.remote_field.model if column.remote_field else None
    return isinstance(target, type) and issubclass(target, MergeableRecord)


REFERRED = 'SELECT n."{column}" FROM new_values n'
REFERRED_ANEW = (
    'SELECT n."{column}" FROM new_values n JOIN old_values o ON o.id = n.id '
    'WHERE n."{column}" IS DISTINCT FROM o."{column}"'
)


def _refusal_of(link: Any, rows: str) -> str:
    told = rows.format(column=link.column)
    table = link.remote_field.model._meta.db_table  # noqa: SLF001 - Django documents _meta
    return REFUSAL.format(table=table, told=told, label=str(link.verbose_name).capitalize())


REFUSAL = """
    PERFORM 1 FROM desk."{table}" r WHERE r.id IN ({told}) ORDER BY r.id FOR KEY SHARE;
    SELECT k.slug INTO instead FROM desk."{table}" r JOIN desk."{table}" k ON k.id = r.merged_into_id
    WHERE r.id IN ({told}) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '{label}: what is chosen was merged into another record; choose that one, %', instead
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nothing_refers_to_what_was_merged';
    END IF;
"""


def record_link(model: type[models.Model]) -> models.ForeignKey | None:
    """Return the column that says to which record a row of this table belongs; None for a table of records."""
    columns = (column for column in model._meta.concrete_fields if isinstance(column, models.ForeignKey))  # noqa: SLF001 - the same
    return next((column for column in columns if column.remote_field.on_delete is models.CASCADE), None)


NUMBER_NEVER_CHANGES = pgtrigger.Trigger(
    name="number_never_changes",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("id"),
    condition=pgtrigger.Condition("OLD.id IS DISTINCT FROM NEW.id"),
    func="""
        RAISE EXCEPTION 'Number: a row keeps its number for good; make a new row and delete this one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_never_changes';
    """,
)
