"""The verb that erases words for good: from a record and its rows, its history, its editions, and what readers see.

All of a field goes that ever held the words, in each of its states. What is left is a row for each field: when, by whom
and why. Files are purged by `chronicle.fulltexts`; what other records say of the same matter is purged there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.db import connections, transaction
from django.utils import timezone

from chronicle.database.published import RECORDS, Table
from chronicle.database.publishing.purging import TEXTS
from chronicle.publication import DESK
from sources.models.record import Record

SHORTEST = 3
"""Characters of words to look for: fewer stand everywhere."""


@dataclass(frozen=True)
class Field:
    """A field of a row, by the names that the database has for them."""

    table: str
    row: int
    name: str


def holding(record: Record, words: str) -> list[Field]:
    """Return each field of a record and its rows, deleted ones too, that says or ever said the words, whatever case."""
    tables = _tables(record)
    asked = " UNION ".join(_states(table) for table in tables)
    with connections[DESK].cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY 1, 2, 3", [record.pk, words] * (2 * len(tables)))
        return [Field(*row) for row in cursor.fetchall()]


def purge(record: Record, *, words: str, reason: str, by: Any = None) -> list[Field]:
    """Erase every field that holds the words, and return which those were; ValueError without words or a reason."""
    if len(words.strip()) < SHORTEST or not reason.strip():
        raise ValueError("Purging needs words to look for, three characters at least, and a reason.")
    with transaction.atomic(using=DESK), pghistory.context(purge=reason.strip()):
        found = holding(record, words.strip())
        for field in found:
            erase(field, reason=reason.strip(), by=by, at=timezone.now())
    return found


def erase(field: Field, *, reason: str, by: Any, at: datetime) -> bool:
    """Erase one field, as of a moment; False where it never said anything."""
    arguments = [field.table, field.row, field.name, by.pk if by else None, reason, at]
    with connections[DESK].cursor() as cursor:
        cursor.execute(
            "VALUES (functions.purge_text(%s::text, %s::bigint, %s::text, %s::integer, %s::text, %s::timestamptz))",
            arguments,
        )
        return bool(cursor.fetchone()[0])


def _tables(record: Record) -> list[Table]:
    root = record._meta.db_table  # noqa: SLF001 - Django documents _meta
    (found,) = (one for one in RECORDS if one.root.name == root)
    return [table for table in found.tables if table.name in TEXTS]


def _states(table: Table) -> str:
    """Return the query for rows of a table, as they are and as they were, that hold the words."""
    fields = ", ".join(f"('{name}', t.{name})" for name in TEXTS[table.name])
    return " UNION ".join(
        f"SELECT '{table.name}', t.id, v.name FROM desk.{name} t, LATERAL (VALUES {fields}) AS v(name, said) "  # noqa: S608 -- our own lists
        f"WHERE t.{table.belongs_to} = %s AND position(lower(%s) in lower(v.said)) > 0"
        for name in (table.name, f"{table.name}revision")
    )
