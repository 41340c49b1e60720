"""Holes to tear into the walls on purpose: what the tests would not find, they would not have looked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from chronicle.database.roles import READER
from tests.chronicle.walls.sessions import session, superuser


@dataclass(frozen=True)
class Fault:
    """A hole: how it is made and closed, what the check at start says of it, and the statement that goes through."""

    name: str
    make: str
    undo: str
    told: str
    opens: str | None = None
    who: str = "owner"


OPEN_DESK = f"GRANT USAGE ON SCHEMA desk TO {READER};"
CLOSE_DESK = f"REVOKE USAGE ON SCHEMA desk FROM {READER};"
LEAK = "CREATE FUNCTION functions.leak() RETURNS bigint LANGUAGE sql {} AS 'SELECT count(*) FROM pg_class'"

FAULTS = (
    Fault(
        "view over a desk table",
        f"CREATE VIEW published.leak AS SELECT * FROM desk.auth_user; GRANT SELECT ON published.leak TO {READER}",
        "DROP VIEW published.leak",
        "has SELECT on the view published.leak.",
        'SELECT * FROM published."leak"',
    ),
    Fault(
        "materialized view over a desk table",
        "CREATE MATERIALIZED VIEW published.leak AS SELECT * FROM desk.auth_user; "
        f"GRANT SELECT ON published.leak TO {READER}",
        "DROP MATERIALIZED VIEW published.leak",
        "has SELECT on the materialized view published.leak.",
        'SELECT * FROM published."leak"',
    ),
    Fault(
        "table on no list",
        f"CREATE TABLE published.leak (secret text); GRANT SELECT ON published.leak TO {READER}",
        "DROP TABLE published.leak",
        "has SELECT on the table published.leak.",
        'SELECT secret FROM published."leak"',
    ),
    Fault(
        "desk table",
        f"{OPEN_DESK} GRANT SELECT ON desk.auth_user TO {READER}",
        f"{CLOSE_DESK} REVOKE SELECT ON desk.auth_user FROM {READER}",
        "has SELECT on the table desk.auth_user.",
        'SELECT * FROM desk."auth_user"',
    ),
    Fault(
        "desk table behind a closed schema",
        "GRANT SELECT ON desk.auth_user TO PUBLIC",
        "REVOKE SELECT ON desk.auth_user FROM PUBLIC",
        "has SELECT on the table desk.auth_user.",
    ),
    Fault(
        "column of a desk table",
        f"{OPEN_DESK} GRANT SELECT (password) ON desk.auth_user TO {READER}",
        f"{CLOSE_DESK} REVOKE SELECT (password) ON desk.auth_user FROM {READER}",
        "has SELECT on the table column desk.auth_user.password.",
        'SELECT password FROM desk."auth_user"',
    ),
    Fault(
        "computed view at the desk",
        f"{OPEN_DESK} GRANT SELECT ON desk.chronicle_voice TO {READER}",
        f"{CLOSE_DESK} REVOKE SELECT ON desk.chronicle_voice FROM {READER}",
        "has SELECT on the view desk.chronicle_voice.",
        'SELECT event_id FROM desk."chronicle_voice"',
    ),
    Fault(
        "outgoing view",
        f"GRANT USAGE ON SCHEMA outgoing TO {READER}; GRANT SELECT ON outgoing.chronicle_event TO {READER}",
        f"REVOKE USAGE ON SCHEMA outgoing FROM {READER}; REVOKE SELECT ON outgoing.chronicle_event FROM {READER}",
        "has SELECT on the view outgoing.chronicle_event.",
        'SELECT * FROM outgoing."chronicle_event"',
    ),
    Fault(
        "staging table",
        f"GRANT USAGE ON SCHEMA staging TO {READER}; GRANT SELECT ON staging.outgoing TO {READER}",
        f"REVOKE USAGE ON SCHEMA staging FROM {READER}; REVOKE SELECT ON staging.outgoing FROM {READER}",
        "has USAGE on the schema staging.",
        'SELECT * FROM staging."outgoing"',
    ),
    Fault(
        "write to a published table",
        f"GRANT DELETE ON published.chronicle_tally TO {READER}",
        f"REVOKE DELETE ON published.chronicle_tally FROM {READER}",
        "has DELETE on the table published.chronicle_tally.",
        'DELETE FROM published."chronicle_tally"',
    ),
    Fault(
        "write to a column of a published table",
        f"GRANT UPDATE (id) ON published.chronicle_event TO {READER}",
        f"REVOKE UPDATE (id) ON published.chronicle_event FROM {READER}",
        "has UPDATE on the table column published.chronicle_event.id.",
        'SELECT * FROM published."chronicle_event" FOR KEY SHARE',
    ),
    Fault(
        "sequence",
        f"{OPEN_DESK} GRANT USAGE ON SEQUENCE desk.chronicle_event_id_seq TO {READER}",
        f"{CLOSE_DESK} REVOKE USAGE ON SEQUENCE desk.chronicle_event_id_seq FROM {READER}",
        "has USAGE on the sequence desk.chronicle_event_id_seq.",
        "SELECT nextval('desk.\"chronicle_event_id_seq\"')",
    ),
    Fault(
        "function with its owner's rights",
        f"{LEAK.format('SECURITY DEFINER')}; GRANT EXECUTE ON FUNCTION functions.leak() TO {READER}",
        "DROP FUNCTION functions.leak()",
        "has EXECUTE on the function functions.leak().",
        'SELECT functions."leak"()',
    ),
    Fault(
        "listed function made to run with its owner's rights",
        "ALTER FUNCTION functions.shape() SECURITY DEFINER",
        "ALTER FUNCTION functions.shape() SECURITY INVOKER",
        "has EXECUTE on the function functions.shape().",
    ),
    Fault(
        "function that somebody else made, as PostgreSQL gives it to everybody",
        LEAK.format(""),
        "DROP FUNCTION functions.leak()",
        "has EXECUTE on the function functions.leak().",
        'SELECT functions."leak"()',
        who="superuser",
    ),
    Fault(
        "verb",
        f"GRANT EXECUTE ON FUNCTION functions.release TO {READER}",
        f"REVOKE EXECUTE ON FUNCTION functions.release FROM {READER}",
        "has EXECUTE on the function functions.release(",
        'SELECT functions."release"(NULL::bigint[], NULL::text)',
    ),
    Fault(
        "functions made from now on",
        "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "will have rights on new functions of chronicle_owner.",
    ),
    Fault(
        "tables made from now on",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT SELECT ON TABLES TO {READER}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA desk REVOKE SELECT ON TABLES FROM {READER}",
        "will have rights on new tables of chronicle_owner.",
    ),
    Fault(
        "temporary tables",
        "DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$",
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$",
        "has TEMPORARY on the database ",
        "CREATE TEMPORARY TABLE mine (n integer)",
    ),
    Fault(
        "new schemas",
        f"DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO {READER}', current_database()); END $$",
        f"DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM {READER}', current_database()); END $$",
        "has CREATE on the database ",
        "CREATE SCHEMA mine",
    ),
    Fault(
        "schema public as PostgreSQL makes it",
        "GRANT USAGE, CREATE ON SCHEMA public TO PUBLIC",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "has CREATE on the schema public.",
        "CREATE TABLE public.mine (n integer)",
        who="superuser",
    ),
    Fault(
        "something of its own",
        f"CREATE TABLE published.leak (n integer); ALTER TABLE published.leak OWNER TO {READER}",
        "DROP TABLE published.leak",
        "owns the table leak.",
        'INSERT INTO published."leak" DEFAULT VALUES',
        who="superuser",
    ),
    Fault(
        "membership",
        f"GRANT pg_read_all_data TO {READER}",
        f"REVOKE pg_read_all_data FROM {READER}",
        "is a member of pg_read_all_data.",
        'SET ROLE "pg_read_all_data"',
        who="superuser",
    ),
    Fault(
        "power over the server",
        f"ALTER ROLE {READER} CREATEROLE",
        f"ALTER ROLE {READER} NOCREATEROLE",
        "has powers over the whole server.",
        "CREATE ROLE mine",
        who="superuser",
    ),
    Fault(
        "files of the server",
        f"GRANT EXECUTE ON FUNCTION pg_read_file(text) TO {READER}",
        f"REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM {READER}",
        "has EXECUTE on the function pg_catalog.pg_read_file(pg_catalog.text).",
        "SELECT pg_read_file('postgresql.conf')",
        who="superuser",
    ),
    Fault(
        "passwords",
        "GRANT SELECT ON pg_authid TO PUBLIC",
        "REVOKE SELECT ON pg_authid FROM PUBLIC",
        "has SELECT on the table pg_catalog.pg_authid.",
        "SELECT * FROM pg_authid",
        who="superuser",
    ),
    Fault(
        "parameter",
        f"GRANT SET ON PARAMETER session_replication_role TO {READER}",
        f"REVOKE SET ON PARAMETER session_replication_role FROM {READER}",
        "session_replication_role.",
        who="superuser",
    ),
    Fault(
        "large object",
        "SELECT lo_from_bytea(4242, 'secret'); GRANT SELECT ON LARGE OBJECT 4242 TO PUBLIC",
        "SELECT lo_unlink(4242)",
        "has SELECT on the large object 4242.",
        who="superuser",
    ),
    Fault(
        "functions that write large objects",
        "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC",
        "REVOKE EXECUTE ON FUNCTION lo_create(oid) FROM PUBLIC",
        "may execute lo_create(oid); a superuser can take that away.",
        "SELECT lo_create(0)",
        who="superuser",
    ),
    Fault(
        "extension with functions for everybody",
        "CREATE EXTENSION dblink WITH SCHEMA functions",
        "DROP EXTENSION dblink",
        "has EXECUTE on the function functions.dblink(pg_catalog.text).",
        who="superuser",
    ),
    Fault(
        "setting that the readers' login changed itself",
        f"ALTER ROLE {READER} SET default_transaction_read_only = off",
        f"ALTER ROLE {READER} SET default_transaction_read_only = on",
        "The setting default_transaction_read_only of the readers' login is “off”, not “on”.",
        who="published",
    ),
    Fault(
        "setting of this database alone",
        f"DO $$ BEGIN EXECUTE format('ALTER ROLE {READER} IN DATABASE %I SET search_path = desk', current_database());"
        " END $$",
        f"DO $$ BEGIN EXECUTE format('ALTER ROLE {READER} IN DATABASE %I RESET search_path', current_database());"
        " END $$",
        "The setting search_path of the readers' login is “desk”, not “published,functions”.",
        who="superuser",
    ),
    Fault(
        "setting that was taken away",
        f"ALTER ROLE {READER} RESET statement_timeout",
        f"ALTER ROLE {READER} SET statement_timeout = '5s'",
        "The setting statement_timeout of the readers' login is “unset”, not “5s”.",
        who="published",
    ),
    Fault(
        "setting on no list",
        f"ALTER ROLE {READER} SET work_mem = '1GB'",
        f"ALTER ROLE {READER} RESET work_mem",
        "The setting work_mem of the readers' login is “1GB”, not “unset”.",
        who="published",
    ),
)


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """Tear the hole, and close it again whatever happened."""
    opened = superuser() if fault.who == "superuser" else session(fault.who)
    with opened as connection:
        connection.execute("SET default_transaction_read_only = off")
        try:
            connection.execute(fault.make)
            yield
        finally:
            connection.execute(fault.undo)
