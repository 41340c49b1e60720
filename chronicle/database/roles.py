"""The three logins, what each of them may do, and the check that it is so.

Nobody is a member of anything: a login that can become another one is no wall. What PostgreSQL gives to everybody is
taken back, and given to those who need it by name. A dump carries none of the database's own revocations, so they are
made again after every migration, and compared at every start.
"""

import psycopg
from psycopg import sql

OWNER = "chronicle_owner"
DESK = "chronicle_desk"
READER = "chronicle_reader"

SESSION_SETTINGS: dict[str, dict[str, str]] = {
    OWNER: {"search_path": "desk,functions", "datestyle": "ISO,YMD", "timezone": "UTC"},
    DESK: {
        "search_path": "desk,functions",
        "datestyle": "ISO,YMD",
        "timezone": "UTC",
        "idle_in_transaction_session_timeout": "10min",
    },
    READER: {
        "search_path": "published,functions",
        "datestyle": "ISO,YMD",
        "timezone": "UTC",
        "default_transaction_read_only": "on",
        "statement_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    },
}
"""What each login's sessions begin with: set on the roles and sent by the client. They guard against accidents."""

LETTERS_OF_ITS_OWN = 17
"""PostgreSQL's first version that has Unicode's letters without the C library: its provider “builtin”."""

LARGE_OBJECT_WRITERS = (
    "lo_creat(integer)",
    "lo_create(oid)",
    "lo_from_bytea(oid, bytea)",
    "lo_import(text)",
    "lo_import(text, oid)",
    "lo_open(oid, integer)",
    "lo_put(oid, bigint, bytea)",
    "lo_truncate(integer, integer)",
    "lo_truncate64(integer, bigint)",
    "lo_unlink(oid)",
    "lowrite(integer, bytea)",
)
"""Functions with which a login that has nothing but SELECT could write bytes (PostgreSQL 18 manual, section 33.4)."""

WRITE_AHEAD_LOG_WRITERS = (
    "pg_logical_emit_message(boolean, text, text)",
    "pg_logical_emit_message(boolean, text, bytea)",
    "pg_logical_emit_message(boolean, text, text, boolean)",
    "pg_logical_emit_message(boolean, text, bytea, boolean)",
)
"""Functions that write to the write-ahead log, with one more argument from PostgreSQL 17 on."""


def prepare_cluster(connection: psycopg.Connection, database: str) -> None:
    """Make the logins and the database where they are missing, as superuser and in autocommit; safe to repeat.

    The template of new databases loses the functions that write large objects, and what everybody may do in the schema
    `public`, so that every database made from it, test databases included, has lost them too. (On PostgreSQL 15 the
    owner of a database who inherits nothing cannot take the latter away.)
    """
    for login in (OWNER, DESK, READER):
        _make_login(connection, login)
    connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))
    with psycopg.connect(
        connection.info.dsn, port=connection.info.port, dbname="template1", autocommit=True
    ) as template:
        revoke_writers(template)
        template.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if not found:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
        )
    for name, logins in (("postgres", OWNER), ("template1", OWNER), (database, f"{DESK}, {READER}")):
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), sql.SQL(logins)))


def revoke_writers(connection: psycopg.Connection) -> None:
    """Take the functions that write large objects and log records from everybody; needs a superuser."""
    for function in (*LARGE_OBJECT_WRITERS, *WRITE_AHEAD_LOG_WRITERS):
        exists = connection.execute("SELECT to_regprocedure(%s)", [f"pg_catalog.{function}"]).fetchone()
        if exists and exists[0]:
            connection.execute(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC".encode())


def _make_login(connection: psycopg.Connection, login: str) -> None:
    role = sql.Identifier(login)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(role))
    for name, value in SESSION_SETTINGS[login].items():
        values = sql.SQL(", ").join(sql.Literal(item) for item in value.split(","))
        connection.execute(sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.Identifier(name), values))


EXTENSIONS = ("pg_trgm", "btree_gist")
"""Those whose functions every login may execute, since their operators are checked by that; none reads a table."""

SCHEMAS = f"""
CREATE SCHEMA IF NOT EXISTS desk AUTHORIZATION {OWNER};
CREATE SCHEMA IF NOT EXISTS functions AUTHORIZATION {OWNER};
CREATE SCHEMA IF NOT EXISTS staging AUTHORIZATION {OWNER};
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA functions;
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA functions;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {DESK};
ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT USAGE, UPDATE ON SEQUENCES TO {DESK};
"""
"""What stands before the first migration; run as owner of the database."""

REVOCATIONS = f"""
DO $$ BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO {DESK}, {READER}', current_database());
    IF EXISTS (SELECT FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS a
               WHERE nspname = 'public' AND a.grantee = 0)
    THEN REVOKE ALL ON SCHEMA public FROM PUBLIC; END IF;
END $$;
REVOKE ALL ON SCHEMA desk, functions, staging, outgoing, published FROM PUBLIC, {DESK}, {READER};
GRANT USAGE ON SCHEMA desk, functions, staging, outgoing, published TO {DESK};
GRANT USAGE ON SCHEMA functions, published TO {READER};

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA desk TO {DESK};
GRANT USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA desk TO {DESK};
REVOKE UPDATE ON SEQUENCE desk.chronicle_edition_id_seq FROM {DESK};
GRANT SELECT ON ALL TABLES IN SCHEMA outgoing, published TO {DESK};
GRANT SELECT ON ALL TABLES IN SCHEMA published TO {READER};
"""
"""Who may do what, given again after every migration; the exceptions below come after it, every time."""

RESTORING = "staging.restoring"
"""The table that there is while a restore has not come to its end: what it has still to purge, an entry a row."""

CLOSED_UNTIL_RESTORED = f"""
DO $$ BEGIN
    IF to_regclass('{RESTORING}') IS NOT NULL THEN REVOKE USAGE ON SCHEMA published FROM {READER}; END IF;
END $$;
"""
"""Readers see nothing of a restore that was ended before it had purged again what was purged since."""

END_OF_RESTORING = f"DROP TABLE {RESTORING}; GRANT USAGE ON SCHEMA published TO {READER};"

READ_ONLY_AT_DESK = """
    SELECT c.oid::regclass::text FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'desk'::regnamespace AND c.relkind IN ('r', 'v')
      AND (c.relname LIKE '%revision' OR c.relkind = 'v'
           OR c.relname IN ('chronicle_edition', 'django_migrations', 'pghistory_context', 'chronicle_citationcounter',
                            'chronicle_purge'))
"""
"""Tables that curators' sessions read and never write: history, editions, purges, migrations, computed views."""

WRITTEN_ONCE = ("accounts_auditentry", "sources_documentpage")
"""Tables at the desk whose rows are made by the desk's login and never changed or deleted by it."""

READER_MAY_EXECUTE = ("folded", "lifted", "shape")
"""Functions of ours that readers' queries call; none is SECURITY DEFINER. The extensions' own functions come beside."""
