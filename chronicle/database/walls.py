"""The walls, looked at from the readers' side: what their login may do, against what it should be able to.

A dump carries no database-level revocations and a role may change its own settings for good, so this is asked at start.
"""

from typing import Any

from chronicle.database import roles

SCHEMAS = """
SELECT nspname FROM pg_catalog.pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'USAGE')
"""
MAY_MAKE = """
SELECT nspname FROM pg_catalog.pg_namespace WHERE has_schema_privilege(oid, 'CREATE')
"""
RELATIONS = """
SELECT n.nspname || '.' || c.relname, p.privilege
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(privilege)
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
AND NOT (n.nspname = 'published' AND p.privilege = 'SELECT') AND has_table_privilege(c.oid, p.privilege)
"""
FUNCTIONS = """
SELECT p.oid::regprocedure::text, p.prosecdef, p.proname
FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND d.objid IS NULL
AND has_function_privilege(p.oid, 'EXECUTE')
"""
MEMBERSHIPS = """
SELECT r.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
JOIN pg_catalog.pg_roles u ON u.oid = m.member WHERE u.rolname = current_user
"""
POWERS = """
SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
FROM pg_catalog.pg_roles WHERE rolname = current_user
"""
SETTINGS = """
SELECT s.setting FROM pg_catalog.pg_db_role_setting d CROSS JOIN unnest(d.setconfig) AS s(setting)
JOIN pg_catalog.pg_roles r ON r.oid = d.setrole WHERE r.rolname = current_user
"""


def breaches(cursor: Any, *, login: str) -> list[str]:
    """Return, in words, each thing that the login of this cursor may do and should not; empty when the walls stand."""
    return [
        *_login(cursor, login),
        *(
            f"The readers' login may use the schema {name}."
            for name in _extra(cursor, SCHEMAS, {"published", "functions"})
        ),
        *(f"The readers' login may create things in the schema {name}." for name in _extra(cursor, MAY_MAKE, set())),
        *(f"The readers' login may {what} on {name}." for name, what in _rows(cursor, RELATIONS)),
        *_functions(cursor),
        *(f"The readers' login is a member of {name}." for name in _extra(cursor, MEMBERSHIPS, set())),
        *_database(cursor),
        *_settings(cursor, login),
    ]


def _rows(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    return list(cursor.fetchall())


def _extra(cursor: Any, query: str, allowed: set[str]) -> list[str]:
    return sorted({row[0] for row in _rows(cursor, query)} - allowed)


def _login(cursor: Any, login: str) -> list[str]:
    ((current,),) = _rows(cursor, "SELECT current_user")
    if current != login:
        return [f"Public pages log in as {current}; they must log in as {login}."]
    ((powerful,),) = _rows(cursor, POWERS)
    return ["The readers' login has powers over the whole server."] if powerful else []


def _functions(cursor: Any) -> list[str]:
    found = []
    for signature, is_definer, name in _rows(cursor, FUNCTIONS):
        if is_definer:
            found.append(f"The readers' login may execute {signature} with its owner's rights.")
        elif name not in roles.READER_MAY_EXECUTE:
            found.append(f"The readers' login may execute {signature}, which is on no list.")
    return found


def _database(cursor: Any) -> list[str]:
    words = {"TEMPORARY": "make temporary tables", "CREATE": "create schemas"}
    cursor.execute(
        "SELECT p FROM unnest(ARRAY['TEMPORARY', 'CREATE']) AS u(p) WHERE has_database_privilege(current_database(), p)"
    )
    return [f"The readers' login may {words[row[0]]} in this database." for row in cursor.fetchall()]


def _settings(cursor: Any, login: str) -> list[str]:
    stored = dict(row[0].split("=", 1) for row in _rows(cursor, SETTINGS))
    wanted = roles.SESSION_SETTINGS[login]
    return [
        f"The setting {name} of the readers' login is “{value}”, not “{wanted.get(name, 'unset')}”."
        for name, value in sorted(stored.items())
        if value.replace(" ", "") != wanted.get(name, "").replace(" ", "")
    ]
