"""The walls, looked at from the readers' side: what their login may do, against what it should be able to.

A dump carries no database-level revocations and a role may change its own settings for good, so this is asked at start.
The catalogue is asked for everything that was given to this login or to everybody; what nobody wrote down is told.
"""

from typing import Any

from chronicle.database import roles
from chronicle.database.published import CHANGE, EDITION, FACTS, PAGES, RECORDS, REDIRECT, RELEASE, TALLY

TABLES = (
    *(table.name for record in RECORDS for table in record.tables),
    EDITION.name,
    PAGES.name,
    *FACTS,
    TALLY,
    CHANGE,
    REDIRECT,
    RELEASE,
)
"""What readers select from: tables all of them, since a view would show what lies behind it."""

EXPECTED = {
    *(("SELECT", "table", f"published.{name}") for name in TABLES),
    *(("USAGE", "schema", name) for name in ("published", "functions")),
}
FUNCTIONS = {f"functions.{name}" for name in roles.READER_MAY_EXECUTE}

GRANTS = """
WITH objects (class, id, part, kind, owner, acl) AS (
    SELECT 'pg_class'::regclass::oid, oid, 0, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END, relowner, relacl
    FROM pg_catalog.pg_class WHERE relkind IN ('r', 'v', 'm', 'p', 'f', 'S')
    UNION ALL SELECT 'pg_class'::regclass, attrelid, attnum, 'c', 10, attacl
    FROM pg_catalog.pg_attribute WHERE attacl IS NOT NULL AND NOT attisdropped
    UNION ALL SELECT 'pg_proc'::regclass, oid, 0, 'f', proowner, proacl FROM pg_catalog.pg_proc
    UNION ALL SELECT 'pg_namespace'::regclass, oid, 0, 'n', nspowner, nspacl FROM pg_catalog.pg_namespace
    UNION ALL SELECT 'pg_database'::regclass, oid, 0, 'd', datdba, datacl
    FROM pg_catalog.pg_database WHERE datname = current_database()
    UNION ALL SELECT 'pg_largeobject'::regclass, oid, 0, 'L', lomowner, lomacl FROM pg_catalog.pg_largeobject_metadata
    UNION ALL SELECT 'pg_foreign_server'::regclass, oid, 0, 'S', srvowner, srvacl FROM pg_catalog.pg_foreign_server
    UNION ALL SELECT 'pg_parameter_acl'::regclass, oid, 0, 'p', 10, paracl FROM pg_catalog.pg_parameter_acl
),
rights AS (
    SELECT o.class, o.id, o.part, a.privilege_type AS privilege
    FROM objects o, LATERAL aclexplode(coalesce(o.acl, acldefault(o.kind::"char", o.owner))) AS a
    WHERE a.grantee IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user))
    EXCEPT
    SELECT o.class, o.id, o.part, a.privilege_type
    FROM objects o
    LEFT JOIN pg_catalog.pg_init_privs p ON p.classoid = o.class AND p.objoid = o.id AND p.objsubid = o.part,
    LATERAL aclexplode(coalesce(p.initprivs, o.acl, acldefault(o.kind::"char", o.owner))) AS a
    WHERE a.grantee = 0 AND o.id < 16384 AND o.id IS DISTINCT FROM to_regnamespace('public')::oid
    AND o.class IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass)
)
SELECT r.privilege, i.type, i.identity, coalesce(f.prosecdef, FALSE), (
    SELECT e.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    WHERE d.classid = r.class AND d.objid = r.id AND d.deptype = 'e')
FROM rights r CROSS JOIN LATERAL pg_identify_object(r.class, r.id, r.part) AS i
LEFT JOIN pg_catalog.pg_proc f ON r.class = 'pg_proc'::regclass AND f.oid = r.id
ORDER BY i.type, i.identity, r.privilege
"""
"""Every right of everybody or of this login, but those that PostgreSQL gives itself: objects numbered below 16384 are
its own, and `pg_init_privs` says with which rights they came. Its schema `public` is not excused."""

LATER_GRANTS = """
SELECT d.defaclrole::regrole::text, CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences'
    WHEN 'f' THEN 'functions' WHEN 'n' THEN 'schemas' ELSE 'large objects' END
FROM pg_catalog.pg_default_acl d CROSS JOIN LATERAL aclexplode(d.defaclacl) AS a
WHERE d.defaclobjtype <> 'T' AND a.grantee IN (0, (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = current_user))
UNION SELECT n.nspowner::regrole::text, 'functions' FROM pg_catalog.pg_namespace n
WHERE n.nspname = 'functions' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_default_acl d
    WHERE d.defaclrole = n.nspowner AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f')
ORDER BY 1, 2
"""
"""What everybody or this login will be given of things not yet made; functions are everybody's unless it says no."""

POWERS = """
SELECT 'has powers over the whole server' FROM pg_catalog.pg_roles WHERE rolname = current_user
AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
UNION ALL SELECT 'is a member of ' || m.roleid::regrole FROM pg_catalog.pg_auth_members m
WHERE m.member = current_user::regrole
UNION ALL SELECT 'owns the ' || pg_describe_object(classid, objid, objsubid) FROM pg_catalog.pg_shdepend
WHERE refclassid = 'pg_authid'::regclass AND refobjid = current_user::regrole AND deptype = 'o'
AND dbid IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
"""
SETTINGS = """
SELECT lower(split_part(s.setting, '=', 1)), substr(s.setting, strpos(s.setting, '=') + 1)
FROM pg_catalog.pg_db_role_setting d CROSS JOIN unnest(d.setconfig) AS s(setting)
WHERE d.setrole = current_user::regrole
AND d.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
"""


def breaches(cursor: Any, *, login: str) -> list[str]:
    """Return, in words, each thing that the login of this cursor may do and should not; empty when the walls stand."""
    ((current,),) = _rows(cursor, "SELECT current_user")
    if current != login:
        return [f"Public pages log in as {current}; they must log in as {login}."]
    return [
        *(f"The readers' login {power}." for (power,) in _rows(cursor, POWERS)),
        *(
            f"The readers' login has {row[0]} on the {row[1]} {row[2]}."
            for row in _rows(cursor, GRANTS)
            if _is_odd(*row)
        ),
        *(
            f"The readers' login will have rights on new {what} of {owner}."
            for owner, what in _rows(cursor, LATER_GRANTS)
        ),
        *_settings(cursor, login),
    ]


def is_closed(cursor: Any) -> bool:
    """Return whether the login of this cursor may not read what is published: after a restore that was not ended."""
    return not _rows(cursor, "SELECT has_schema_privilege('published', 'USAGE')")[0][0]


def _rows(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    return list(cursor.fetchall())


def _is_odd(privilege: str, kind: str, identity: str, is_definer: bool, extension: str | None) -> bool:  # noqa: FBT001
    """Return whether no list of ours has this right; a function that runs with its owner's rights is on none."""
    if kind == "function":
        return is_definer or not (extension in roles.EXTENSIONS or identity.partition("(")[0] in FUNCTIONS)
    return (privilege, kind) != ("CONNECT", "database") and (privilege, kind, identity) not in EXPECTED


def _settings(cursor: Any, login: str) -> list[str]:
    stored = _rows(cursor, SETTINGS)
    wanted = roles.SESSION_SETTINGS[login]
    missing = [(name, "unset") for name in wanted if name not in {found for found, _ in stored}]
    return [
        f"The setting {name} of the readers' login is “{value}”, not “{wanted.get(name, 'unset')}”."
        for name, value in sorted([*stored, *missing])
        if value.replace(" ", "").casefold() != wanted.get(name, "unset").casefold()
    ]


OTHER_DATABASES = """
SELECT 'connect to the database ' || d.datname FROM pg_catalog.pg_database d
CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
WHERE d.datallowconn AND d.datname <> current_database() AND a.grantee = 0 AND a.privilege_type = 'CONNECT'
"""
WRITERS = """
SELECT 'execute ' || f.signature FROM unnest(%s::text[]) AS f(signature)
WHERE has_function_privilege(to_regprocedure('pg_catalog.' || f.signature), 'EXECUTE')
"""


def weaknesses(cursor: Any) -> list[str]:
    """Return what the readers' login may do that only a superuser can take away; not every server gives us one."""
    cursor.execute(WRITERS, [[*roles.LARGE_OBJECT_WRITERS, *roles.WRITE_AHEAD_LOG_WRITERS]])
    found = [*cursor.fetchall(), *_rows(cursor, OTHER_DATABASES)]
    return [f"The readers' login may {what}; a superuser can take that away." for (what,) in found]
