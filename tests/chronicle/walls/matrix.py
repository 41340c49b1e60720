"""Everything that a login could try on everything there is, as statements; the test says what may come of each."""

from collections.abc import Iterator

import psycopg

from chronicle.database import roles as logins
from tests.chronicle.walls import catalogue
from tests.chronicle.walls.catalogue import Relation

LOCKS = (
    "ROW SHARE",
    "ROW EXCLUSIVE",
    "SHARE UPDATE EXCLUSIVE",
    "SHARE",
    "SHARE ROW EXCLUSIVE",
    "EXCLUSIVE",
    "ACCESS EXCLUSIVE",
)


def reads(relation: Relation) -> Iterator[str]:
    """Yield the ways of reading a table, whole and column by column, into the session and out of the server."""
    yield f"SELECT * FROM {relation}"
    yield f"SELECT count(*) FROM {relation}"
    yield f"TABLE {relation}"
    yield from (f"SELECT {column} FROM {relation}" for column in relation.columns)
    yield f"COPY {relation} TO STDOUT"


def writes(relation: Relation) -> Iterator[str]:
    """Yield the ways of changing, locking or building on a table."""
    first = relation.columns[0]
    yield f"INSERT INTO {relation} DEFAULT VALUES"
    yield f"UPDATE {relation} SET {first} = NULL"
    yield f"DELETE FROM {relation}"
    yield f"MERGE INTO {relation} USING (VALUES (1)) AS v (n) ON FALSE WHEN NOT MATCHED THEN INSERT DEFAULT VALUES"
    yield f"TRUNCATE {relation}"
    yield from (f"SELECT * FROM {relation} FOR {what}" for what in ("UPDATE", "SHARE", "NO KEY UPDATE", "KEY SHARE"))
    yield from (f"BEGIN; LOCK TABLE {relation} IN {mode} MODE" for mode in LOCKS)
    yield f"COPY {relation} FROM STDIN"
    yield f"ALTER TABLE {relation} ADD COLUMN mine integer"
    yield f"ALTER TABLE {relation} ADD CONSTRAINT mine CHECK (TRUE)"
    yield f"ALTER TABLE {relation} DISABLE TRIGGER ALL"
    yield f"ALTER TABLE {relation} OWNER TO {logins.READER}"
    yield f"CREATE INDEX ON {relation} ({first})"
    yield f"CREATE TRIGGER mine BEFORE INSERT ON {relation} EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    yield f"CREATE RULE mine AS ON INSERT TO {relation} DO INSTEAD NOTHING"
    yield f"CREATE POLICY mine ON {relation}"
    yield f"COMMENT ON TABLE {relation} IS 'mine'"
    yield f"DROP TABLE {relation}"


def sequence(relation: Relation) -> Iterator[str]:
    """Yield the ways of reading and moving a sequence."""
    yield f"SELECT last_value FROM {relation}"
    yield f"SELECT nextval('{relation}')"
    yield f"SELECT setval('{relation}', 1000000)"
    yield f"SELECT currval('{relation}')"
    yield f"ALTER SEQUENCE {relation} RESTART"
    yield f"DROP SEQUENCE {relation}"


def things(schema: str) -> Iterator[str]:
    """Yield the ways of making something in a schema, or of the schema itself."""
    yield f"CREATE TABLE {schema}.mine (n integer)"
    yield f"CREATE TABLE {schema}.mine AS SELECT 1 AS n"
    yield f"CREATE VIEW {schema}.mine AS SELECT 1 AS n"
    yield f"CREATE SEQUENCE {schema}.mine"
    yield f"CREATE TYPE {schema}.mine AS (n integer)"
    yield f"CREATE DOMAIN {schema}.mine AS integer"
    yield f"CREATE FUNCTION {schema}.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
    yield f"CREATE OPERATOR {schema}.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)"
    yield f'CREATE COLLATION {schema}.mine FROM "C"'
    yield f"DROP SCHEMA {schema} CASCADE"
    yield f"ALTER SCHEMA {schema} RENAME TO mine"


def other_logins(role: str) -> Iterator[str]:
    """Yield the ways of becoming somebody else, or of having somebody else's rights."""
    yield f'SET ROLE "{role}"'
    yield f'SET SESSION AUTHORIZATION "{role}"'
    yield f"SELECT set_config('role', '{role}', FALSE)"
    yield f"SELECT set_config('session_authorization', '{role}', FALSE)"
    yield f'GRANT "{role}" TO {logins.READER}'
    yield f'ALTER DEFAULT PRIVILEGES FOR ROLE "{role}" GRANT SELECT ON TABLES TO {logins.READER}'
    yield f'REASSIGN OWNED BY "{role}" TO {logins.READER}'
    yield f'DROP OWNED BY "{role}"'
    yield f'DROP ROLE "{role}"'


SERVER = (
    "CREATE TEMPORARY TABLE mine (n integer)",
    "CREATE TEMPORARY VIEW mine AS SELECT 1",
    "CREATE TEMPORARY SEQUENCE mine",
    "SELECT 1 INTO TEMPORARY mine",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION hstore",
    "CREATE EXTENSION dblink",
    "CREATE EXTENSION postgres_fdw",
    "CREATE ROLE mine",
    "CREATE DATABASE mine",
    "CREATE TABLESPACE mine LOCATION '/tmp'",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    "CREATE SUBSCRIPTION mine CONNECTION 'dbname=postgres' PUBLICATION mine WITH (connect = false)",
    "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE FOREIGN DATA WRAPPER mine",
    "CREATE LANGUAGE mine HANDLER plpgsql_call_handler",
    "CREATE ACCESS METHOD mine TYPE INDEX HANDLER bthandler",
    "CREATE CAST (text AS integer) WITH INOUT AS IMPLICIT",
    "ALTER SYSTEM SET log_statement = 'all'",
    "CHECKPOINT",
    "LOAD 'plpgsql'",
    "COPY (SELECT 1) TO '/tmp/chronicle-mine'",
    "COPY (SELECT 1) TO PROGRAM 'cat > /tmp/chronicle-mine'",
    "COPY published.chronicle_event FROM '/etc/passwd'",
    "COPY published.chronicle_event FROM PROGRAM 'id'",
    "SELECT lo_creat(-1)",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'mine')",
    "SELECT lo_put(1, 0, 'mine')",
    "SELECT lo_open(1, 131072)",
    "SELECT lo_unlink(1)",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(1, '/tmp/chronicle-mine')",
    "SELECT lo_truncate(0, 0)",
    "SELECT lowrite(0, 'mine')",
    "SELECT * FROM pg_largeobject",
    "SELECT pg_logical_emit_message(FALSE, 'mine', 'mine')",
    "SELECT pg_logical_emit_message(TRUE, 'mine', 'mine'::bytea)",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_read_binary_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_ls_waldir()",
    "SELECT pg_ls_logdir()",
    "SELECT pg_ls_tmpdir()",
    "SELECT pg_stat_file('postgresql.conf')",
    "SELECT pg_current_logfile()",
    "SELECT pg_hba_file_rules()",
    "SELECT pg_show_all_file_settings()",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_promote()",
    "SELECT pg_switch_wal()",
    "SELECT pg_create_restore_point('mine')",
    "SELECT pg_backup_start('mine')",
    "SELECT pg_create_physical_replication_slot('mine')",
    "SELECT pg_create_logical_replication_slot('mine', 'test_decoding')",
    "SELECT pg_replication_origin_create('mine')",
    "SELECT pg_stat_reset()",
    "SELECT pg_nextoid('pg_class', 'oid', 'pg_class_oid_index')",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_shadow",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_user_mapping",
    "UPDATE pg_class SET relacl = NULL",
    "DELETE FROM pg_proc",
)
"""What is of the server and of no table."""


def on_relation(relation: Relation) -> list[str]:
    """Return everything to try on a table, a view or a sequence."""
    if relation.kind == "S":
        return list(sequence(relation))
    return [*reads(relation), *writes(relation)]


def everything(connection: psycopg.Connection) -> list[str]:
    """Return everything to try, on all that the owner's session sees."""
    return [
        *(statement for relation in catalogue.relations(connection) for statement in on_relation(relation)),
        *(function.call() for function in catalogue.functions(connection)),
        *(statement for schema in catalogue.schemas(connection) for statement in things(schema)),
        *(s for role in catalogue.roles(connection) if role != logins.READER for s in other_logins(role)),
        *SERVER,
    ]
