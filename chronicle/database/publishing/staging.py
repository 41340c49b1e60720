"""Records on their way out: staged from the desk or from their editions, filled in, and kept as editions."""

from chronicle.database.published import DOCUMENT, EDITION, EVENT, FACTS, PAGES, RECORDS, Record, Table
from chronicle.database.publishing.functions import function, newest
from chronicle.database.snapshots import disclosed, facts_of, linked_tables, pointers, shape, snapshot_of

STAGING = """
DROP TABLE IF EXISTS staging.outgoing, staging.needed;
CREATE UNLOGGED TABLE staging.outgoing (
    subject text NOT NULL, id bigint NOT NULL, snapshot jsonb NOT NULL, disclosed jsonb NOT NULL,
    is_new boolean NOT NULL, was_public boolean NOT NULL, refers_to text[] NOT NULL, links text[] NOT NULL,
    PRIMARY KEY (subject, id)) WITH (autovacuum_enabled = false);
CREATE UNLOGGED TABLE staging.needed (
    subject text NOT NULL, id bigint NOT NULL, PRIMARY KEY (subject, id)) WITH (autovacuum_enabled = false);
"""
"""Tables that are empty but within a verb: to count their rows in between would tell PostgreSQL that they are small."""

WORTH_TRUNCATING = 1024 * 1024
"""Bytes from which on a table is truncated. New files for it and its indexes take longer than to delete a few rows."""

CLEAR_STAGING = function(
    "clear_staging",
    "",
    f"""BEGIN
    IF pg_table_size('staging.outgoing') > {WORTH_TRUNCATING} THEN
        TRUNCATE staging.outgoing;
    ELSE
        DELETE FROM staging.outgoing;
    END IF;
END""",
)
"""`functions.clear_staging()`: nothing is going out any more."""


def stage(record: Record) -> str:
    """Return `stage_<subject>(ids)`: from the desk, what changed since the newest edition or is not public now."""
    columns = "e.number, e.is_tombstone, e.snapshot, e.shape"
    without_facts = "".join(f" - '{name}'" for name in FACTS) if record is EVENT else ""
    exists = "TRUE" if record is EVENT else f"jsonb_array_length(s.snapshot -> '{record.root.name}') = 1"
    return function(
        f"stage_{record.subject}",
        "ids bigint[]",
        f"""BEGIN
    INSERT INTO staging.outgoing (subject, id, snapshot, disclosed, is_new, was_public, refers_to, links)
    WITH s AS MATERIALIZED (SELECT u.id, {snapshot_of(record, "u.id")} AS snapshot FROM unnest(ids) AS u(id)),
    compared AS MATERIALIZED (
        SELECT s.id, s.snapshot,
               n.number IS NULL OR n.is_tombstone
               OR (functions.lifted(n.snapshot, n.shape){without_facts}) IS DISTINCT FROM s.snapshot AS is_new,
               EXISTS (SELECT 1 FROM published.{record.root.name} p WHERE p.id = s.id) AS was_public
        FROM s LEFT JOIN LATERAL {newest(record, "s.id", columns=columns)} n ON TRUE
        WHERE {exists})
    SELECT '{record.subject}', c.id, c.snapshot, c.snapshot, c.is_new, c.was_public,
           {pointers(record, "c.snapshot", needs=True)}, {pointers(record, "c.snapshot", needs=False)}
    FROM compared c WHERE c.is_new OR NOT c.was_public;
    {disclose(record)}
END""",
    )


def restage(record: Record) -> str:
    """Return `restage_<subject>(ids)`: the newest editions of what is public, to fill it again from them."""
    return function(
        f"restage_{record.subject}",
        "ids bigint[]",
        f"""BEGIN
    INSERT INTO staging.outgoing (subject, id, snapshot, disclosed, is_new, was_public, refers_to, links)
    SELECT '{record.subject}', u.id, l.snapshot, l.snapshot, FALSE, TRUE, '{{}}', '{{}}'
    FROM unnest(ids) AS u(id)
    JOIN published.{record.root.name} p ON p.id = u.id
    CROSS JOIN LATERAL {newest(record, "u.id", columns="e.snapshot, e.shape, e.is_tombstone")} n
    CROSS JOIN LATERAL (SELECT functions.lifted(n.snapshot, n.shape) AS snapshot) l
    WHERE NOT n.is_tombstone;
    {disclose(record)}
END""",
    )


def _is_public(subject: str) -> str:
    """Return the condition that a record is public or going out; scalar subqueries, so that none is hashed whole."""
    root = next(record.root.name for record in RECORDS if record.subject == subject)
    return (
        f"coalesce((SELECT TRUE FROM published.{root} p WHERE p.id = {{number}}), (SELECT TRUE FROM "
        f"staging.outgoing q WHERE q.subject = '{subject}' AND q.id = {{number}}), FALSE)"
    )


IS_PUBLIC = {record.subject: _is_public(record.subject) for record in RECORDS}


def disclose(record: Record) -> str:
    """Return the statements that take links to what is not public out of what is staged."""
    return "\n    ".join(
        f"UPDATE staging.outgoing o SET disclosed = {disclosed(table, 'o.disclosed', IS_PUBLIC)} "
        f"WHERE o.subject = '{record.subject}' AND jsonb_path_exists(o.snapshot, "
        f"'$.{table.name}[*].keyvalue() ? ({' || '.join(_named(column) for column in table.links)})');"
        for table in linked_tables(record)
    )


def _named(column: str) -> str:
    return f'(@.key == "{column}" && @.value != null)'


def fill_statements(record: Record, schema: str) -> list[str]:
    """Return the statements that put the staged records of this kind into `schema`, in place of what was there."""
    ids = f"SELECT o.id FROM staging.outgoing o WHERE o.subject = '{record.subject}'"
    removals = [f"DELETE FROM {schema}.{table.name} WHERE {table.belongs_to} IN ({ids})" for table in record.tables]
    pages = [_fill_pages(schema)] if record is DOCUMENT else []
    return [*reversed(removals), *(_fill_table(record, table, schema) for table in record.tables), *pages]


def _fill_table(record: Record, table: Table, schema: str) -> str:
    columns = ", ".join(table.public)
    return (
        f"INSERT INTO {schema}.{table.name} ({columns}) SELECT {', '.join(f'r.{column}' for column in table.public)} "
        f"FROM staging.outgoing o, "
        f"jsonb_populate_recordset(NULL::{schema}.{table.name}, o.disclosed -> '{table.name}') r "
        f"WHERE o.subject = '{record.subject}'"
    )


def _fill_pages(schema: str) -> str:
    """Return the statement that copies the pages of the texts just put in, which stand in no snapshot."""
    columns = ", ".join(PAGES.public)
    return (
        f"INSERT INTO {schema}.{PAGES.name} ({columns}) SELECT {', '.join(f't.{column}' for column in PAGES.public)} "
        f"FROM staging.outgoing o JOIN {schema}.sources_documenttext x ON x.document_id = o.id "
        f"JOIN outgoing.{PAGES.name} t ON t.{PAGES.belongs_to} = x.id WHERE o.subject = '{DOCUMENT.subject}'"
    )


def fill(record: Record) -> str:
    """Return `fill_<subject>()`: the staged records of this kind into what readers see."""
    return function(
        f"fill_{record.subject}", "", "BEGIN\n" + ";\n".join(fill_statements(record, "published")) + ";\nEND"
    )


REASON = "chronicle.private_reason"
"""The setting, of one transaction, in which the desk says why it publishes; no function of readers knows it."""


def edit(record: Record) -> str:
    """Return `edit_<subject>(…)`: editions of what is staged, with copies for readers; what the old ones pointed to."""
    subject = f"{record.subject}_id"
    facts = facts_of("o.id") if record is EVENT else "'{}'::jsonb"
    names = ", ".join(column for column in EDITION.public if column != "snapshot")
    of_edition = ", ".join(f"e.{column}" for column in EDITION.public if column != "snapshot")
    return function(
        f"edit_{record.subject}",
        "p_editor integer, p_signed_as text, p_note_kind text, p_note text",
        f"""DECLARE
    left_behind text[];
BEGIN
    SELECT array_agg(DISTINCT k) INTO left_behind FROM staging.outgoing o
    CROSS JOIN LATERAL {newest(record, "o.id", columns="e.refers_to, e.links")} n
    CROSS JOIN LATERAL unnest(n.refers_to || n.links) AS pointers(k)
    WHERE o.subject = '{record.subject}' AND o.is_new AND NOT k = ANY(o.refers_to || o.links);

    WITH f AS MATERIALIZED (
        SELECT o.*, {facts} AS facts, coalesce(n.number, 0) AS last_number
        FROM staging.outgoing o LEFT JOIN LATERAL {newest(record, "o.id", columns="e.number")} n ON TRUE
        WHERE o.subject = '{record.subject}' AND o.is_new),
    e AS (
        INSERT INTO desk.chronicle_edition ({subject}, slug, number, made_at, editor_id, signed_as, note_kind, note,
                                            private_reason, shape, snapshot, is_tombstone, refers_to, links,
                                            sources_removed)
        SELECT f.id, f.snapshot -> '{record.root.name}' -> 0 ->> 'slug', f.last_number + 1,
               clock_timestamp(), p_editor, p_signed_as,
               CASE WHEN f.last_number = 0 THEN 'first' ELSE p_note_kind END, p_note,
               coalesce(current_setting('{REASON}', TRUE), ''), {shape()},
               f.snapshot || f.facts, FALSE, f.refers_to, f.links, '{{}}'
        FROM f ORDER BY f.id
        RETURNING *)
    INSERT INTO published.chronicle_edition ({names}, snapshot)
    SELECT {of_edition}, f.disclosed || f.facts FROM e JOIN f ON f.id = e.{subject};

    INSERT INTO published.chronicle_edition ({names}, snapshot)
    SELECT {of_edition}, o.disclosed || {facts} FROM staging.outgoing o CROSS JOIN LATERAL {newest(record, "o.id")} e
    WHERE o.subject = '{record.subject}' AND NOT o.is_new
    ON CONFLICT (id) DO UPDATE SET snapshot = EXCLUDED.snapshot, is_tombstone = EXCLUDED.is_tombstone;
    RETURN left_behind;
END""",
        returns="text[]",
    )
