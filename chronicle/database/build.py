"""One explicit step after every migration: views, functions, the published side and all rights, made anew.

Everything here runs as the owner and may be repeated at any time; readers see no gap. The published tables are filled
again, beside the old ones, only when their shape changed; where only indexes did, these are made or dropped in place.
Their signature, one word for the shape and one for the indexes, is kept as the comment of their schema.
"""

import hashlib
from typing import Any

from chronicle.database import audit, roles, rules, snapshots
from chronicle.database.published import EDITION, PAGES, RECORDS, Table
from chronicle.database.publishing import (
    facts,
    names,
    purging,
    redirects,
    references,
    releases,
    slices,
    staging,
    statistics,
    texts,
    turns,
    verbs,
    whole,
    withdrawing,
    withholding,
)
from chronicle.database.reshaping import (
    CHANGE_TABLE,
    COMPUTED_INDEXES,
    COMPUTED_TABLES,
    EDITION_INDEXES,
    LIKE,
    RECORD_TABLES,
    REDIRECT_TABLE,
    RELEASE_TABLE,
    reindex,
    reshape,
)
from chronicle.database.rights import secure
from chronicle.database.views import DROP_VIEWS, VIEWS, create_views

OLDEST = 15
"""The oldest version of PostgreSQL that the tests run on."""

ONE_AT_A_TIME = 0x43687263
"""Key of the advisory lock of migrations: two that start at once do not collide, and no backup falls into one."""


class UnfitDatabaseError(Exception):
    """The database cannot hold a chronicle as it was made; the message says how to make one that can."""


def before_migrations(cursor: Any) -> None:
    """Make the schemas and extensions, and put aside the views that would hold on to columns."""
    refuse_unfit(cursor)
    cursor.execute(roles.SCHEMAS)
    cursor.execute(DROP_VIEWS)


def refuse_unfit(cursor: Any) -> None:
    """Raise UnfitDatabaseError for a server that is too old, and for a database that knows ASCII's letters alone."""
    cursor.execute(
        "SELECT current_setting('server_version_num')::integer / 10000, current_setting('server_encoding'), "
        "lower(chr(399)) = chr(601)"
    )
    major, encoding, knows_letters = cursor.fetchone()
    if major < OLDEST:
        raise UnfitDatabaseError(f"The server is PostgreSQL {major}; a chronicle needs {OLDEST} or later.")
    if encoding != "UTF8" or not knows_letters:
        raise UnfitDatabaseError(
            f"This database is in {encoding}, and does not know the small letters of all alphabets: names would not be "
            "found. Make one in UTF-8 with the locale C.UTF-8, as docs/logins.sql does."
        )


def after_migrations(cursor: Any) -> bool:
    """Make everything that is not a migration; return whether the published tables were made anew."""
    cursor.execute(staging.STAGING)
    cursor.execute(shape_function())
    cursor.execute(snapshots.lifted_function(snapshots.LIFTS))
    cursor.execute(rules.FUNCTIONS)
    cursor.execute(withholding.CUT)
    cursor.execute(texts.WITHOUT_ROWS)
    cursor.execute(purging.WITHOUT_SAID)
    cursor.execute(whole.WITHOUT_AGENT)
    create_views(cursor, "desk", over="desk,functions")
    cursor.execute("CREATE SCHEMA outgoing")
    cursor.execute("".join(snapshots.outgoing_view(table) for table in (*RECORD_TABLES, PAGES)))
    signature, standing = signature_of(cursor), published_signature(cursor) or ""
    stale = standing.partition(" ")[0] != signature.partition(" ")[0]
    if stale:
        reshape(cursor, signature)
    else:
        if standing != signature:
            reindex(cursor, signature)
        create_views(cursor, "outgoing", over="published,functions,outgoing")
    create_verbs(cursor)
    cursor.execute(audit.FORGET_AUDIT)
    kept = (CHANGE_TABLE + REDIRECT_TABLE + RELEASE_TABLE).format(schema="published")
    cursor.execute(kept + redirects.REFILL + turns.CHANGED)
    secure(cursor)
    return stale


def after_reversal(cursor: Any) -> None:
    """Take the published side away where the desk's tables are gone: it would hold on to functions made before them."""
    cursor.execute("SELECT to_regclass('desk.chronicle_edition') IS NULL")
    if cursor.fetchone()[0]:
        cursor.execute("DROP SCHEMA IF EXISTS published CASCADE")


def shape_function() -> str:
    """Return the SQL of `functions.shape()`: which shape today's snapshots have."""
    return (
        "CREATE OR REPLACE FUNCTION functions.shape() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"AS $$ SELECT {snapshots.shape()} $$;"
    )


def create_verbs(cursor: Any) -> None:
    """Create the functions that publish, smallest first."""
    cursor.execute(staging.CLEAR_STAGING)
    for record in RECORDS:
        for make in (staging.stage, staging.restage, staging.fill, staging.edit):
            cursor.execute(make(record))
    cursor.execute(facts.facts())
    for subject in facts.EVENTS_TOUCHING:
        cursor.execute(facts.refresh(subject))
    for record in RECORDS:
        if any(table.links for table in record.tables):
            cursor.execute(slices.relink(record))
        cursor.execute(slices.publish_slice(record))
    for statement in (
        references.gather(),
        references.GATHER_STAGED,
        references.publish_needed(),
        references.sweep(),
        turns.WRITTEN,
        turns.BEGIN_VERB,
        turns.END_VERB,
        statistics.LOOK_AT_DESK,
        statistics.LOOK_AT_REFERENCES,
        statistics.LOOK_AT_EVENTS,
        verbs.PUBLISH,
        verbs.PUBLISH_REFERENCES,
        withdrawing.REMOVE_EVENTS,
        withdrawing.WITHDRAW,
        withdrawing.WITHDRAW_STANDING,
        withholding.WITHHOLD,
        withholding.RELEASE,
        names.NAME_AGENTS,
        texts.HIDE_TEXTS,
        texts.PURGE_FILE,
        purging.FORGET_REASONS,
        purging.PURGE_TEXT,
        whole.PURGE_RECORD,
        redirects.REDIRECT_MERGED,
        releases.RECORD_RELEASE,
        releases.RECORD_DEPOSIT,
    ):
        cursor.execute(statement)


SHAPE = """
WITH tables AS (SELECT ('desk.' || name)::regclass AS t FROM unnest(%s::text[]) AS u(name))
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
    SELECT a.attrelid::regclass || '.' || a.attname || ' ' || a.attnum || ' ' || format_type(a.atttypid, a.atttypmod)
           || a.attnotnull || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || a.attgenerated::text || a.attcollation
    FROM tables JOIN pg_attribute a ON a.attrelid = t AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = t AND d.adnum = a.attnum AND a.attgenerated <> ''
    UNION ALL SELECT conname || pg_get_constraintdef(c.oid) FROM tables JOIN pg_constraint c ON c.conrelid = t
    WHERE c.contype IN ('c', 'f')
    UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE p.pronamespace = 'functions'::regnamespace AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql')
    AND p.provolatile = 'i'
) AS lines(line)
"""
"""Columns, checks, links and our own functions: a changed function makes stored generated columns stale."""

INDEXES = """
SELECT md5(string_agg(pg_get_indexdef(i.indexrelid), chr(10) ORDER BY pg_get_indexdef(i.indexrelid)))
FROM unnest(%s::text[]) AS u(name) JOIN pg_index i ON i.indrelid = ('desk.' || name)::regclass
"""


def signature_of(cursor: Any) -> str:
    """Return what the published tables should look like, as two words: their shape, their indexes."""
    of_shape = (RECORDS, PAGES, EDITION, VIEWS, LIKE, COMPUTED_TABLES, snapshots.LIFTS)
    shape = _digest(cursor, SHAPE, (*RECORD_TABLES, PAGES, EDITION), of_shape)
    return f"{shape} {_digest(cursor, INDEXES, (*RECORD_TABLES, PAGES), (COMPUTED_INDEXES, EDITION_INDEXES))}"


def _digest(cursor: Any, query: str, tables: tuple[Table, ...], ours: tuple[Any, ...]) -> str:
    cursor.execute(query, [[table.name for table in tables]])
    (of_catalogue,) = cursor.fetchone()
    return hashlib.sha256(f"{of_catalogue}{ours!r}".encode()).hexdigest()[:32]


def published_signature(cursor: Any) -> str | None:
    """Return the signature as which the published tables were made, or None where there are none."""
    cursor.execute("SELECT obj_description(to_regnamespace('published')::oid, 'pg_namespace')")
    return cursor.fetchone()[0]
