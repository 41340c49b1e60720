"""The verb that erases words for good: from a record and its rows, its history, its editions, and what readers see.

All of a field goes that ever held the words, in each of its states. What is left is a row for each field: when, by whom
and why. Files are purged by `chronicle.fulltexts`; what other records say of the same matter is purged there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.db import connections, transaction
from django.db.models import Model
from django.utils import timezone

from chronicle.database.published import RECORDS, Table
from chronicle.database.publishing.purgeable import (
    BESIDE,
    IMPORT,
    REASONS,
    TEXTS,
    TOLD_OF_CHANGES,
    WITHOUT_HISTORY,
    Beside,
    changes_of,
)
from chronicle.models import Import
from chronicle.publication import DESK

SHORTEST = 3
"""Characters of words to look for: fewer stand everywhere."""


@dataclass(frozen=True)
class Field:
    """A field of a row, by the names that the database has for them."""

    table: str
    row: int
    name: str


def holding(record: Model, words: str) -> list[Field]:
    """Return each field of a record and its rows, deleted ones too, that says or ever said the words, whatever case.

    Remarks on it, what its editions say of themselves, and the reasons of its changes are among them.
    """
    asked = " UNION ".join(_looking_through(record))
    with connections[DESK].cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY 1, 2, 3", {"number": record.pk, "words": words})
        return [Field(*row) for row in cursor.fetchall()]


def purge(record: Model, *, words: str, reason: str, by: Any = None) -> list[Field]:
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


def _looking_through(record: Model) -> Iterator[str]:
    """Yield the queries for fields that hold the words, each for a table and for its history."""
    root = record._meta.db_table  # noqa: SLF001 - Django documents _meta
    subject, tables = _known(record)
    for table in tables:
        condition = f"t.{table.belongs_to} = %(number)s"
        yield _states(table.name, table.name, tuple(TEXTS[table.name]), condition)
        yield _states(table.name, f"{table.name}revision", tuple(TEXTS[table.name]), condition)
    for name, beside in BESIDE.items():
        if subject in beside.kinds:
            yield from _beside(name, beside, subject)
    told = " || ' ' || ".join(f"coalesce(c.metadata ->> '{key}', '')" for key in TOLD_OF_CHANGES)
    yield (
        f"SELECT '{root}', %(number)s, '{REASONS}' WHERE EXISTS (SELECT FROM desk.pghistory_context c "  # noqa: S608 -- our own lists
        f"WHERE position(lower(%(words)s) in lower({told})) > 0 AND c.id IN ({changes_of(subject, '%(number)s')}))"
    )


def _known(record: Model) -> tuple[str, list[Table]]:
    """Return the kind of a record, and those of its tables that have words."""
    if isinstance(record, Import):
        return IMPORT, []
    root = record._meta.db_table  # noqa: SLF001 - the same
    (found,) = (one for one in RECORDS if one.root.name == root)
    return found.subject, [table for table in found.tables if table.name in TEXTS]


def _beside(name: str, beside: Beside, subject: str) -> Iterator[str]:
    condition = beside.about.format(subject=subject)
    yield _states(name, name, tuple(beside.fields), condition)
    if name not in WITHOUT_HISTORY:
        yield _states(name, f"{name}revision", tuple(beside.fields), condition)


def _states(table: str, states: str, fields: tuple[str, ...], condition: str) -> str:
    """Return the query for the rows of a table, as they are or as they were, that hold the words."""
    values = ", ".join(f"('{name}', t.{name})" for name in fields)
    return (
        f"SELECT '{table}', t.id, v.name FROM desk.{states} t, LATERAL (VALUES {values}) AS v(name, said) "  # noqa: S608 -- our own lists
        f"WHERE {condition} AND position(lower(%(words)s) in lower(v.said)) > 0"
    )
