"""One explicit step after every migration: views, functions, the published side and all rights, made anew.

Everything here runs as the owner and may be repeated at any time; readers see no gap. The published tables are filled
again, beside the old ones, only when their shape changed: their signature is kept as the comment of their schema.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from chronicle.database import roles, rules, snapshots, takedown, verbs
from chronicle.database.published import EDITION, EVENT, FACTS, RECORDS, TALLY, Table

Execute = Callable[..., Any]
"""A cursor's `execute`, of Django or of psycopg."""

WITH_FACETS = f"""
SELECT c.*, ARRAY(
    SELECT f.facet || ':' || f.value FROM chronicle_facet f WHERE f.event_id = c.event_id ORDER BY 1) AS facets
FROM ({rules.VIEWS["chronicle_eventcount"]}) AS c
"""
VIEWS = {**rules.VIEWS, "chronicle_eventcount": WITH_FACETS}
VIEWS["chronicle_eventcount"] = VIEWS.pop("chronicle_eventcount")
"""The computed views in the order of their making; the counts come last, with the facets that tallies are made of."""

DROP_VIEWS = "DROP SCHEMA IF EXISTS outgoing CASCADE; " + " ".join(
    f"DROP VIEW IF EXISTS desk.{v} CASCADE;" for v in VIEWS
)
"""Views hold columns fast, so they go before a migration and come back after it; publishing waits for them."""

RECORD_TABLES = tuple(table for record in RECORDS for table in record.tables)


def before_migrations(cursor: Any) -> None:
    """Make the schemas and extensions, and put aside the views that would hold on to columns."""
    cursor.execute(roles.SCHEMAS)
    cursor.execute(DROP_VIEWS)


def after_migrations(cursor: Any) -> bool:
    """Make everything that is not a migration; return whether the published tables were made anew."""
    cursor.execute(verbs.STAGING)
    cursor.execute(shape_function())
    cursor.execute(snapshots.lifted_function(snapshots.LIFTS))
    cursor.execute(rules.FUNCTIONS)
    cursor.execute(takedown.CUT)
    create_views(cursor, "desk", over="desk,functions")
    cursor.execute("CREATE SCHEMA outgoing")
    cursor.execute("".join(snapshots.outgoing_view(table) for table in RECORD_TABLES))
    signature = signature_of(cursor)
    stale = published_signature(cursor) != signature
    if stale:
        reshape(cursor, signature)
    else:
        create_views(cursor, "outgoing", over="published,functions,outgoing")
    create_verbs(cursor)
    secure(cursor)
    return stale


def shape_function() -> str:
    """Return the SQL of `functions.shape()`: which shape today's snapshots have."""
    return (
        "CREATE OR REPLACE FUNCTION functions.shape() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"AS $$ SELECT {snapshots.shape()} $$;"
    )


def create_views(cursor: Any, schema: str, *, over: str) -> None:
    """Create the computed views in `schema`; `over` is the search path in which their tables are found."""
    cursor.execute(f"SET LOCAL search_path = {over}")
    for name, select in VIEWS.items():
        cursor.execute(f"CREATE OR REPLACE VIEW {schema}.{name} AS {select}")
    cursor.execute("SET LOCAL search_path = desk, functions")


def create_verbs(cursor: Any) -> None:
    """Create the functions that publish, smallest first."""
    for record in RECORDS:
        for make in (verbs.stage, verbs.restage, verbs.fill, verbs.edit):
            cursor.execute(make(record))
    cursor.execute(verbs.facts())
    for subject in verbs.EVENTS_TOUCHING:
        cursor.execute(verbs.refresh(subject))
    for record in RECORDS:
        if record.subject in {"event", "document"}:
            cursor.execute(verbs.relink(record))
        cursor.execute(verbs.publish_slice(record))
    for statement in (
        verbs.gather(),
        verbs.GATHER_STAGED,
        verbs.publish_needed(),
        verbs.sweep(),
        takedown.BEGIN_VERB,
        takedown.PUBLISH,
        takedown.PUBLISH_REFERENCES,
        takedown.REMOVE_EVENTS,
        takedown.WITHDRAW,
        takedown.WITHHOLD,
        takedown.RELEASE,
    ):
        cursor.execute(statement)


SIGNATURE = """
WITH tables AS (SELECT ('desk.' || name)::regclass AS t FROM unnest(%s::text[]) AS u(name))
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
    SELECT a.attrelid::regclass || '.' || a.attname || ' ' || a.attnum || ' ' || format_type(a.atttypid, a.atttypmod)
           || a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || a.attgenerated::text || a.attcollation
    FROM tables JOIN pg_attribute a ON a.attrelid = t AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t AND d.adnum = a.attnum AND a.attgenerated <> ''
    UNION ALL SELECT pg_get_indexdef(i.indexrelid) FROM tables JOIN pg_index i ON i.indrelid = t
    UNION ALL SELECT conname || pg_get_constraintdef(c.oid) FROM tables JOIN pg_constraint c ON c.conrelid = t
    WHERE c.contype IN ('c', 'f')
    UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE p.pronamespace = 'functions'::regnamespace AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql')
    AND p.provolatile = 'i'
) AS lines(line)
"""
"""Columns, indexes, checks, links and our own functions: a changed function makes stored generated columns stale."""


def signature_of(cursor: Any) -> str:
    """Return what the published tables should look like, as one word."""
    cursor.execute(SIGNATURE, [[table.name for table in (*RECORD_TABLES, EDITION)]])
    (of_catalogue,) = cursor.fetchone()
    ours = repr((RECORDS, EDITION, VIEWS, LIKE, COMPUTED_TABLES, snapshots.LIFTS))
    return hashlib.sha256(f"{of_catalogue}{ours}".encode()).hexdigest()[:32]


def published_signature(cursor: Any) -> str | None:
    """Return the signature with which the published tables were made, or None where there are none."""
    cursor.execute("SELECT obj_description(to_regnamespace('published')::oid, 'pg_namespace')")
    return cursor.fetchone()[0]


LIKE = "INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING STATISTICS INCLUDING STORAGE INCLUDING COMPRESSION"

COMPUTED_TABLES = f"""
CREATE TABLE {{schema}}.chronicle_dispute (id text PRIMARY KEY, event_id bigint NOT NULL, aspect text NOT NULL,
    verdict text NOT NULL, document_id bigint, "left" bigint[] NOT NULL, "right" bigint[] NOT NULL);
CREATE INDEX ON {{schema}}.chronicle_dispute (event_id);
CREATE INDEX ON {{schema}}.chronicle_dispute (verdict, aspect, event_id);
CREATE TABLE {{schema}}.chronicle_voice (id text PRIMARY KEY, event_id bigint NOT NULL, party_id bigint NOT NULL,
    is_concerned boolean NOT NULL, documents integer NOT NULL, speakers integer NOT NULL);
CREATE INDEX ON {{schema}}.chronicle_voice (event_id);
CREATE TABLE {{schema}}.chronicle_eventcount (event_id bigint PRIMARY KEY, citations integer NOT NULL,
    documents integer NOT NULL, independent_documents integer NOT NULL, parties integer NOT NULL,
    disputes integer NOT NULL, facets text[] NOT NULL);
CREATE TABLE {{schema}}.{TALLY} (
    id text PRIMARY KEY, facet text NOT NULL, value text NOT NULL, events integer NOT NULL);
CREATE INDEX ON {{schema}}.{TALLY} (facet, value);
"""

EDITION_INDEXES = "".join(
    f"CREATE INDEX ON {{schema}}.chronicle_edition ({record.subject}_id, number) WHERE {record.subject}_id IS NOT NULL;"
    for record in RECORDS
) + (
    "ALTER TABLE {schema}.chronicle_edition ADD PRIMARY KEY (id);"
    "CREATE INDEX ON {schema}.chronicle_edition (slug, id) WHERE event_id IS NOT NULL;"
    "CREATE INDEX ON {schema}.chronicle_edition (made_at DESC, id DESC) WHERE event_id IS NOT NULL;"
)


def reshape(cursor: Any, signature: str) -> None:
    """Make and fill the published tables beside the old ones, then put them in their place, all in this transaction.

    Editions that readers could open stay what they were; what is public now is filled from the newest edition of each
    record. The old editions' table is locked last: pages that are being read end first, those that come wait.
    """
    cursor.execute("LOCK TABLE desk.chronicle_edition IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute("DROP SCHEMA IF EXISTS published_new CASCADE; CREATE SCHEMA published_new")
    for table in RECORD_TABLES:
        create_table(cursor, table, with_indexes=True)
    create_table(cursor, EDITION, with_indexes=False)
    cursor.execute((COMPUTED_TABLES + EDITION_INDEXES).format(schema="published_new"))
    create_views(cursor, "outgoing", over="published_new,functions,outgoing")
    if published_exists(cursor):
        fill_from_editions(cursor)
    add_foreign_keys(cursor)
    if published_exists(cursor):
        cursor.execute("LOCK TABLE published.chronicle_edition IN ACCESS EXCLUSIVE MODE")
        cursor.execute("DROP SCHEMA published CASCADE")
    cursor.execute("ALTER SCHEMA published_new RENAME TO published")
    cursor.execute(f"COMMENT ON SCHEMA published IS '{signature}'")


def published_exists(cursor: Any) -> bool:
    """Return whether there is a published side already."""
    cursor.execute("SELECT to_regclass('published.chronicle_edition') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def create_table(cursor: Any, table: Table, *, with_indexes: bool) -> None:
    """Make one published table like the desk's; its private columns are empty by default and by constraint."""
    indexes = "INCLUDING INDEXES" if with_indexes else ""
    cursor.execute(f"CREATE TABLE published_new.{table.name} (LIKE desk.{table.name} {LIKE} {indexes})")
    for column, nothing in table.private.items():
        cursor.execute(
            f"ALTER TABLE published_new.{table.name} ALTER COLUMN {column} SET DEFAULT {nothing}, "
            f"ADD CONSTRAINT {table.name}_{column}_is_empty CHECK ({column} IS NOT DISTINCT FROM {nothing})"
        )


def add_foreign_keys(cursor: Any) -> None:
    """Give the published tables links of their own, as a net below publishing: checked when it commits."""
    for table in RECORD_TABLES:
        targets = {**table.needs, **{column: link.subject for column, link in table.links.items()}}
        if table.belongs_to != "id":
            targets[table.belongs_to] = table.belongs_to.removesuffix("_id")
        for column, subject in targets.items():
            _add_foreign_key(cursor, table.name, column, subject)
    for name in FACTS:
        _add_foreign_key(cursor, name, "event_id", "event")


def _add_foreign_key(cursor: Any, table: str, column: str, subject: str) -> None:
    root = next(record.root.name for record in RECORDS if record.subject == subject)
    cursor.execute(
        f"ALTER TABLE published_new.{table} ADD FOREIGN KEY ({column}) REFERENCES published_new.{root} (id) "
        "DEFERRABLE INITIALLY DEFERRED"
    )


def fill_from_editions(cursor: Any) -> None:
    """Fill the new tables with what is public now, each record from its newest edition, lifted to today's shape."""
    for record in RECORDS:
        cursor.execute("TRUNCATE staging.outgoing")
        cursor.execute(f"SELECT id FROM published.{record.root.name} ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
        for part in slices(ids):
            cursor.execute(
                f"INSERT INTO staging.outgoing SELECT '{record.subject}', u.id, l.s, l.s, FALSE, TRUE, '{{}}', '{{}}' "
                f"FROM unnest(%s::bigint[]) AS u(id) CROSS JOIN LATERAL "
                f"{verbs.newest(record, 'u.id', columns='e.snapshot, e.shape')} n "
                "CROSS JOIN LATERAL (SELECT functions.lifted(n.snapshot, n.shape) AS s) l",
                [part],
            )
            refuse_unknown_columns(cursor, record.subject)
            cursor.execute(verbs.disclose(record) or "SELECT 1")
            for statement in verbs.fill_statements(record, "published_new"):
                cursor.execute(statement)
            cursor.execute("TRUNCATE staging.outgoing")
            if record is EVENT:
                compute_facts(cursor, part)
        cursor.execute(f"ANALYZE published_new.{record.root.name}")
    names = ", ".join(EDITION.public)
    cursor.execute(
        f"INSERT INTO published_new.chronicle_edition ({names}) SELECT {names} FROM published.chronicle_edition"
    )


def slices(ids: list[int]) -> Iterable[list[int]]:
    """Yield the numbers in the size that publishing uses."""
    for first in range(0, len(ids), verbs.SLICE):
        yield ids[first : first + verbs.SLICE]


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
    cursor.execute(
        f"INSERT INTO published_new.{TALLY} AS t (id, facet, value, events) "
        "SELECT k, split_part(k, ':', 1), substr(k, strpos(k, ':') + 1), count(*) "
        "FROM published_new.chronicle_eventcount c, unnest(c.facets) AS facets(k) WHERE c.event_id = ANY(%s::bigint[]) "
        "GROUP BY k ORDER BY k ON CONFLICT (id) DO UPDATE SET events = t.events + EXCLUDED.events",
        [ids],
    )


HISTORY_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'desk'::regnamespace AND p.prorettype = 'trigger'::regtype
AND (p.prosrc LIKE '%revision"%' OR p.prosrc LIKE '%chronicle_citationcounter%')
"""

NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION desk._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
"""
"""The library lets any session switch its triggers off; history is not a session's to switch off."""

ATTACH_CONTEXT = """
CREATE OR REPLACE FUNCTION desk._pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $body$
DECLARE
    session_id uuid := nullif(current_setting('pghistory.context_id', true), '')::uuid;
    transaction_id uuid := nullif(current_setting('chronicle.transaction_context', true), '')::uuid;
    told jsonb := coalesce(nullif(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb
                  || jsonb_build_object('login', session_user);
    context_id uuid;
BEGIN
    SELECT u.id INTO context_id FROM unnest(ARRAY[session_id, transaction_id]) WITH ORDINALITY AS u(id, n)
    WHERE u.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM desk.pghistory_context c
        WHERE c.id = u.id AND c.metadata <> told AND c.created_at <> now())
    ORDER BY u.n LIMIT 1;
    IF context_id IS NULL THEN
        context_id := gen_random_uuid();
        PERFORM set_config('chronicle.transaction_context', context_id::text, true);
    END IF;
    INSERT INTO desk.pghistory_context AS c (id, metadata, created_at, updated_at)
    VALUES (context_id, told, now(), now())
    ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
    WHERE c.metadata <> EXCLUDED.metadata;
    RETURN context_id;
END $body$;
"""
"""Every change has a context: who, why and from where if the application says so, and always the database login.

A session may name any context; one of an earlier transaction that says something else is left as it is, and a new one
made, so that nobody rewrites who made which change.
"""


DESK_MAY_EXECUTE = (
    *takedown.VERBS,
    *roles.READER_MAY_EXECUTE,
    *rules.FUNCTION_NAMES,
    "_pgtrigger_should_ignore",
    "_pgh_attach_context",
)
"""Of our functions; the comparisons are the computed views', whose reader needs to be allowed them."""


def secure(cursor: Any) -> None:
    """Give every right again, and take away what PostgreSQL and the libraries gave to everybody."""
    cursor.execute(NEVER_IGNORE)
    cursor.execute(ATTACH_CONTEXT)
    cursor.execute(roles.REVOCATIONS)
    cursor.execute(roles.READ_ONLY_AT_DESK)
    for (table,) in cursor.fetchall():
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {roles.DESK}")
    cursor.execute(HISTORY_FUNCTIONS)
    for (name,) in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {name} SECURITY DEFINER SET search_path = pg_catalog, desk, functions, pg_temp")
    secure_functions(cursor)


def secure_functions(cursor: Any) -> None:
    """Leave each login the functions that it is listed for, of ours; the extensions' are needed by their operators."""
    cursor.execute(
        "SELECT p.oid::regprocedure::text, p.proname, p.prorettype = 'trigger'::regtype FROM pg_proc p "
        "WHERE p.pronamespace IN ('desk'::regnamespace, 'functions'::regnamespace) "
        "AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = %s)",
        [roles.OWNER],
    )
    for signature, name, is_trigger in cursor.fetchall():
        cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {roles.DESK}, {roles.READER}")
        if is_trigger or name in DESK_MAY_EXECUTE:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {roles.DESK}")
        if name in roles.READER_MAY_EXECUTE:
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {roles.READER}")
