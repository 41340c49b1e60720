"""Snapshots as the published side keeps them: read in today's shape, with numbers that lose nothing."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from django.db import connections

from chronicle.database.published import REFERENCES, Record, Table

Row = dict[str, Any]
Snapshot = dict[str, list[Row]]
Key = tuple[str, int]
"""A record: its kind and its number."""

NOT_SHOWN: Final = (
    "chronicle_locationwithin",
    "sources_citeddocument",
    "sources_documentfile",
    "sources_documenttext",
    "chronicle_eventmissingdocument",
)
"""Tables that the page of an edition does not show; what only they point to is not fetched for it."""

OF_EDITION: Final = "SELECT functions.lifted(e.snapshot, e.shape)::text FROM chronicle_edition e WHERE e.id = %s"
NEWEST_BEFORE: Final = " UNION ALL ".join(
    f"SELECT '{record.subject}', u.id, functions.lifted(n.snapshot, n.shape)::text "  # noqa: S608 -- our own words
    "FROM unnest(%s::bigint[]) AS u(id) CROSS JOIN LATERAL (SELECT e.snapshot, e.shape FROM chronicle_edition e "
    f"WHERE e.{record.subject}_id = u.id AND e.id < %s AND NOT e.is_tombstone ORDER BY e.number DESC LIMIT 1) n"
    for record in REFERENCES
)
"""The newest edition of each record before an edition: publishing is serial, so ids are a clock."""


def of_edition(number: int, using: str) -> Snapshot:
    """Return the snapshot of the edition with this id; empty for a tombstone."""
    with connections[using].cursor() as cursor:
        cursor.execute(OF_EDITION, [number])
        row = cursor.fetchone()
    return _read(row[0]) if row and row[0] else {}


def newest_before(keys: Iterable[Key], number: int, using: str) -> dict[Key, Snapshot]:
    """Return the snapshots of these records as they were when the edition with this id was made: one query."""
    wanted = set(keys)
    arguments: list[Any] = []
    for record in REFERENCES:
        arguments += [sorted(key for subject, key in wanted if subject == record.subject), number]
    with connections[using].cursor() as cursor:
        cursor.execute(NEWEST_BEFORE, arguments)
        return {(subject, key): _read(text) for subject, key, text in cursor.fetchall()}


def shown_tables(record: Record) -> Iterator[Table]:
    """Yield the tables of a record that an event's page shows, the root first."""
    return (table for table in record.tables if table.name not in NOT_SHOWN)


def referred(record: Record, snapshot: Snapshot) -> set[Key]:
    """Return the records without which this one cannot be shown."""
    return {
        (subject, row[column])
        for table in shown_tables(record)
        for row in snapshot.get(table.name, [])
        for column, subject in table.needs.items()
        if row.get(column) is not None
    }


def _read(text: str) -> Snapshot:
    return json.loads(text, parse_float=Decimal)
