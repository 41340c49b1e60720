"""The published tables made anew, beside the old ones, when their shape changed; indexes alone are made in place."""

from typing import Any

from chronicle.database.published import CHANGE, EDITION, FACTS, PAGES, RECORDS, REDIRECT, RELEASE, TALLY, Table
from chronicle.database.refilling import fill_from_editions
from chronicle.database.views import create_views

RECORD_TABLES = tuple(table for record in RECORDS for table in record.tables)


LIKE = "INCLUDING GENERATED INCLUDING CONSTRAINTS INCLUDING STATISTICS INCLUDING STORAGE INCLUDING COMPRESSION"


COMPUTED_TABLES = f"""
CREATE TABLE {{schema}}.chronicle_dispute (id text PRIMARY KEY, event_id bigint NOT NULL, aspect text NOT NULL,
    verdict text NOT NULL, document_id bigint, "left" bigint[] NOT NULL, "right" bigint[] NOT NULL);
CREATE TABLE {{schema}}.chronicle_voice (id text PRIMARY KEY, event_id bigint NOT NULL, party_id bigint NOT NULL,
    is_concerned boolean NOT NULL, documents integer NOT NULL, speakers integer NOT NULL);
CREATE TABLE {{schema}}.chronicle_eventcount (event_id bigint PRIMARY KEY, citations integer NOT NULL,
    documents integer NOT NULL, independent_documents integer NOT NULL, parties integer NOT NULL,
    disputes integer NOT NULL, first_day integer NOT NULL, facets text[] NOT NULL,
    counted text[] NOT NULL);
CREATE TABLE {{schema}}.{TALLY} (
    id text PRIMARY KEY, facet text NOT NULL, value text NOT NULL, number integer NOT NULL);
"""


COMPUTED_INDEXES = f"""
CREATE INDEX ON {{schema}}.chronicle_dispute (event_id);
CREATE INDEX ON {{schema}}.chronicle_dispute (verdict, aspect, event_id) INCLUDE (document_id);
CREATE INDEX ON {{schema}}.chronicle_dispute (verdict, aspect, event_id) WHERE document_id IS NOT NULL;
CREATE INDEX ON {{schema}}.chronicle_voice (event_id);
CREATE INDEX ON {{schema}}.chronicle_eventcount (first_day, event_id);
CREATE INDEX ON {{schema}}.chronicle_eventcount USING gin (facets) WITH (gin_pending_list_limit = 4096);
CREATE INDEX ON {{schema}}.{TALLY} (facet, value);
CREATE INDEX ON {{schema}}.{TALLY} (facet, number DESC, id);
"""


CHANGE_TABLE = f"""
CREATE TABLE IF NOT EXISTS {{schema}}.{CHANGE} (id integer PRIMARY KEY CHECK (id = 1), made_at timestamptz NOT NULL);
"""
"""No part of the signature: it holds nothing that would have to be filled again."""


REDIRECT_TABLE = f"""
CREATE TABLE IF NOT EXISTS {{schema}}.{REDIRECT} (id text PRIMARY KEY, subject text NOT NULL, slug text NOT NULL,
    number bigint NOT NULL, into_number bigint NOT NULL);
CREATE INDEX IF NOT EXISTS {REDIRECT}_by_number ON {{schema}}.{REDIRECT} (subject, number);
CREATE INDEX IF NOT EXISTS {REDIRECT}_by_slug ON {{schema}}.{REDIRECT} (subject, slug);
"""
"""No part of the signature: it is filled from the desk after every migration."""


RELEASE_TABLE = f"""
CREATE TABLE IF NOT EXISTS {{schema}}.{RELEASE} (
    number integer PRIMARY KEY CHECK (number > 0),
    day date NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{{{{64}}}}$'),
    size bigint NOT NULL CHECK (size > 0),
    events integer NOT NULL CHECK (events >= 0),
    note text NOT NULL,
    address text NOT NULL CHECK (address = '' OR address ~ '^https?://')
);
"""
"""No part of the signature: its rows are taken along when the published tables are made anew."""

EDITION_INDEXES = "".join(
    f"CREATE INDEX ON {{schema}}.chronicle_edition ({record.subject}_id, number) WHERE {record.subject}_id IS NOT NULL;"
    for record in RECORDS
) + (
    "ALTER TABLE {schema}.chronicle_edition ADD PRIMARY KEY (id);"
    "CREATE INDEX ON {schema}.chronicle_edition (slug, id);"
    "CREATE INDEX ON {schema}.chronicle_edition (made_at DESC, id DESC) WHERE event_id IS NOT NULL;"
    "CREATE INDEX ON {schema}.chronicle_edition (note_kind, made_at DESC, id DESC) WHERE event_id IS NOT NULL;"
)
"""The last two are for readers' lists of editions: all of them, and those of one kind, which may be rare."""


def reshape(cursor: Any, signature: str) -> None:
    """Make and fill the published tables beside the old ones, then put them in their place, all in this transaction.

    Editions that readers could open stay what they were; what is public now is filled from the newest edition of each
    record. The old editions' table is locked last: pages that are being read end first, those that come wait.
    """
    cursor.execute("LOCK TABLE desk.chronicle_edition IN SHARE ROW EXCLUSIVE MODE")
    create_tables(cursor)
    create_views(cursor, "outgoing", over="published_new,functions,outgoing")
    if published_exists(cursor):
        fill_from_editions(cursor)
    add_foreign_keys(cursor)
    if published_exists(cursor):
        cursor.execute("LOCK TABLE published.chronicle_edition IN ACCESS EXCLUSIVE MODE")
        cursor.execute("DROP SCHEMA published CASCADE")
    cursor.execute("ALTER SCHEMA published_new RENAME TO published")
    sign(cursor, signature)


def reindex(cursor: Any, signature: str) -> None:
    """Give the published tables the indexes that new ones would have, and take away those that they would not.

    What they should be is read from empty tables made for it; readers read on, publishing waits. Nothing is dropped
    before everything is made: pages wait for a drop, and a drop for pages.
    """
    create_tables(cursor)
    cursor.execute(INDEXES_TO_MAKE)
    made = cursor.fetchall()
    for statement, table in made:
        cursor.execute(f"{statement}; ANALYZE {table}")
    cursor.execute(INDEXES_TO_DROP)
    for (statement,) in cursor.fetchall():
        cursor.execute(statement)
    cursor.execute("DROP SCHEMA published_new CASCADE")
    sign(cursor, signature)


INDEXES = r"""
WITH found AS (
    SELECT i.indexrelid, t.relname, t.relnamespace::regnamespace::text AS schema,
           regexp_replace(replace(pg_get_indexdef(i.indexrelid), '%', '%%'),
                          '^CREATE (UNIQUE )?INDEX \S+ ON \S+ ', 'CREATE \1INDEX ON %s ') AS definition
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relkind = 'r' AND t.relnamespace IN (to_regnamespace('published'), to_regnamespace('published_new'))
)
"""
"""The indexes of both schemas, defined alike where they are alike: their names are PostgreSQL's own affair."""

INDEXES_TO_MAKE = f"""{INDEXES}
SELECT format(definition, 'published.' || relname), 'published.' || relname FROM (
    SELECT relname, definition FROM found WHERE schema = 'published_new'
    EXCEPT ALL SELECT relname, definition FROM found WHERE schema = 'published'
) AS missing ORDER BY 1
"""

INDEXES_TO_DROP = f"""{INDEXES}
SELECT CASE WHEN c.conname IS NULL THEN format('DROP INDEX %s', indexrelid::regclass)
            ELSE format('ALTER TABLE published.%I DROP CONSTRAINT %I', relname, c.conname) END
FROM found LEFT JOIN pg_constraint c ON c.conindid = indexrelid AND c.contype IN ('u', 'x')
WHERE schema = 'published'
AND (relname, definition) NOT IN (SELECT relname, definition FROM found WHERE schema = 'published_new') ORDER BY 1
"""


def sign(cursor: Any, signature: str) -> None:
    """Write down as what the published tables were made."""
    cursor.execute(f"COMMENT ON SCHEMA published IS '{signature}'")


def create_tables(cursor: Any) -> None:
    """Make the published tables, empty and with their indexes, in the schema `published_new`."""
    cursor.execute("DROP SCHEMA IF EXISTS published_new CASCADE; CREATE SCHEMA published_new")
    for table in (*RECORD_TABLES, PAGES):
        create_table(cursor, table, with_indexes=True)
    create_table(cursor, EDITION, with_indexes=False)
    made = COMPUTED_TABLES + COMPUTED_INDEXES + EDITION_INDEXES + CHANGE_TABLE + REDIRECT_TABLE + RELEASE_TABLE
    cursor.execute(made.format(schema="published_new"))


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
    cursor.execute(PAGES_GO_WITH_THEIR_TEXT)


PAGES_GO_WITH_THEIR_TEXT = f"""
ALTER TABLE published_new.{PAGES.name} ADD FOREIGN KEY ({PAGES.belongs_to})
REFERENCES published_new.sources_documenttext (id) ON DELETE CASCADE;
"""
"""No path of a takedown can forget the pages."""


def _add_foreign_key(cursor: Any, table: str, column: str, subject: str) -> None:
    root = next(record.root.name for record in RECORDS if record.subject == subject)
    cursor.execute(
        f"ALTER TABLE published_new.{table} ADD FOREIGN KEY ({column}) REFERENCES published_new.{root} (id) "
        "DEFERRABLE INITIALLY DEFERRED"
    )
