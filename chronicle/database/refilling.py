"""New published tables filled with what is public now, from the newest edition of each record."""

from collections.abc import Iterable
from typing import Any

from chronicle.database.published import EDITION, EVENT, FACTS, RECORDS, RELEASE, TALLY, Record
from chronicle.database.publishing import functions, staging, statistics
from chronicle.database.publishing.facts import tallied

KEEP_RELEASES = f"""
DO $$ BEGIN
    IF to_regclass('published.{RELEASE}') IS NOT NULL THEN
        INSERT INTO published_new.{RELEASE} SELECT * FROM published.{RELEASE};
    END IF;
END $$;
"""


def fill_from_editions(cursor: Any) -> None:
    """Fill the new tables with what is public now, each record from its newest edition, lifted to today's shape."""
    cursor.execute("SET LOCAL jit = off")
    for record in RECORDS:
        _fill_records(cursor, record)
    cursor.execute(KEEP_RELEASES)
    names = ", ".join(EDITION.public)
    cursor.execute(
        f"INSERT INTO published_new.chronicle_edition ({names}) SELECT {names} FROM published.chronicle_edition"
    )


def _fill_records(cursor: Any, record: Record) -> None:
    """Fill the tables of one kind of record, looking at them whenever four times as much is there: see `statistics`."""
    cursor.execute("TRUNCATE staging.outgoing")
    cursor.execute(f"SELECT id FROM published.{record.root.name} ORDER BY id")
    names = [table.name for table in record.tables] + ([*FACTS, TALLY] if record is EVENT else [])
    done = looked = 0
    for part in slices([row[0] for row in cursor.fetchall()]):
        _fill_slice(cursor, record, part)
        done += len(part)
        if done >= statistics.TIMES * looked:
            cursor.execute("ANALYZE " + ", ".join(f"published_new.{name}" for name in names))
            looked = done


def _fill_slice(cursor: Any, record: Record, ids: list[int]) -> None:
    cursor.execute(
        f"INSERT INTO staging.outgoing SELECT '{record.subject}', u.id, l.s, l.s, FALSE, TRUE, '{{}}', '{{}}' "
        f"FROM unnest(%s::bigint[]) AS u(id) CROSS JOIN LATERAL "
        f"{functions.newest(record, 'u.id', columns='e.snapshot, e.shape')} n "
        "CROSS JOIN LATERAL (SELECT functions.lifted(n.snapshot, n.shape) AS s) l",
        [ids],
    )
    refuse_unknown_columns(cursor, record.subject)
    cursor.execute(staging.disclose(record) or "SELECT 1")
    for statement in staging.fill_statements(record, "published_new"):
        cursor.execute(statement)
    cursor.execute("TRUNCATE staging.outgoing")
    if record is EVENT:
        compute_facts(cursor, ids)


def slices(ids: list[int]) -> Iterable[list[int]]:
    """Yield the numbers in the sizes that publishing uses: few at first, before the tables are looked at."""
    if ids:
        yield ids[: statistics.FIRST_SLICE]
    for first in range(statistics.FIRST_SLICE, len(ids), functions.SLICE):
        yield ids[first : first + functions.SLICE]


class UnknownColumnError(Exception):
    """A snapshot has a column that the published table has not: a lift is missing."""


def refuse_unknown_columns(cursor: Any, subject: str) -> None:
    """Refuse to lose in silence what a snapshot holds; a missing column would show as NULL, an unknown one vanish."""
    for table in next(record.tables for record in RECORDS if record.subject == subject):
        cursor.execute(
            "SELECT DISTINCT k FROM staging.outgoing o, jsonb_array_elements(o.snapshot -> %s) r, "
            "jsonb_object_keys(r) k WHERE o.subject = %s",
            [table.name, subject],
        )
        found = {row[0] for row in cursor.fetchall()}
        if found and found != set(table.public):
            odd = ", ".join(sorted(found ^ set(table.public)))
            raise UnknownColumnError(
                f"Editions of {table.name} differ from its public columns in: {odd}. Add a lift to "
                "chronicle/database/snapshots.py that says what became of them."
            )


def compute_facts(cursor: Any, ids: list[int]) -> None:
    """Compute the facts of these events in the new tables, with the tallies."""
    for name in FACTS:
        cursor.execute(
            f"INSERT INTO published_new.{name} SELECT * FROM outgoing.{name} WHERE event_id = ANY(%s::bigint[])", [ids]
        )
    cursor.execute(tallied("published_new", "%s::bigint[]"), [ids])
