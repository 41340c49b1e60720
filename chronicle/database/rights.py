"""Who may do what, given again after every migration; and history that nobody switches off or forges."""

from typing import Any

from chronicle.database import roles, rules
from chronicle.database.publishing import verbs

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
    *verbs.VERBS,
    *roles.READER_MAY_EXECUTE,
    *rules.FUNCTION_NAMES,
    "_pgtrigger_should_ignore",
    "_pgh_attach_context",
    "forget_audit",
)
"""Of our functions; the comparisons are the computed views', whose reader needs to be allowed them."""


def secure(cursor: Any) -> None:
    """Give every right again, and take away what PostgreSQL and the libraries gave to everybody."""
    cursor.execute(NEVER_IGNORE)
    cursor.execute(ATTACH_CONTEXT)
    cursor.execute(roles.REVOCATIONS)
    cursor.execute(roles.CLOSED_UNTIL_RESTORED)
    cursor.execute(roles.READ_ONLY_AT_DESK)
    for (table,) in cursor.fetchall():
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {roles.DESK}")
    for name in roles.WRITTEN_ONCE:
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON desk.{name} FROM {roles.DESK}")
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
