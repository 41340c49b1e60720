"""What was changed at the desk after it went out: the newest revisions of a record's tables against its newest edition.

A revision counts where it adds or removes a row, or where a public column of a row is another one than when the edition
was made. What an edition did not see because it was saved in the very moment of publishing is not found.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from chronicle.database.published import Table, record_of
from chronicle.worklists import worklist

CHANGED = """
SELECT r.record FROM (
    SELECT pgh_obj_id, {belongs_to} AS record, pgh_label, pgh_created_at
    FROM {table}revision ORDER BY pgh_id DESC LIMIT {changes}
) r
JOIN LATERAL (
    SELECT made_at, is_tombstone FROM chronicle_edition WHERE {subject}_id = r.record ORDER BY number DESC LIMIT 1
) e ON e.made_at < r.pgh_created_at AND NOT e.is_tombstone
WHERE r.pgh_label <> 'update' OR EXISTS (
    SELECT FROM {table} t WHERE t.id = r.pgh_obj_id AND NOT EXISTS (
        SELECT FROM (
            SELECT * FROM {table}revision
            WHERE pgh_obj_id = t.id AND pgh_created_at <= e.made_at ORDER BY pgh_id DESC LIMIT 1
        ) b WHERE ({then}) IS NOT DISTINCT FROM ({now})
    )
)"""


def changed(records: QuerySet, subject: str) -> QuerySet:
    """Return the public records of this kind that are not as they went out; `subject` is the edition's column."""
    found = " UNION ".join(_changed_in(table, subject) for table in record_of(subject).tables)
    return records.filter(pk__in=RawSQL(f"({found})", []))  # noqa: S611 - made of our own lists of tables and columns


def _changed_in(table: Table, subject: str) -> str:
    return CHANGED.format(
        table=table.name,
        belongs_to=table.belongs_to,
        subject=subject,
        changes=int(worklist.CHANGES),
        then=", ".join(_columns("b", table)),
        now=", ".join(_columns("t", table)),
    )


def _columns(alias: str, table: Table) -> Iterator[Any]:
    return (f"{alias}.{column}" for column in table.public)
