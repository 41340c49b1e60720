"""Fingerprints of tables, to tell whether anything at all has changed."""

from collections.abc import Iterable

import psycopg

from tests.chronicle.walls import catalogue
from tests.chronicle.walls.catalogue import Relation

RIGHTS = """
SELECT md5(string_agg(line, chr(10) ORDER BY line)) FROM (
    SELECT oid || coalesce(relacl::text, '') || relowner || relname || relrowsecurity FROM pg_class
    UNION ALL SELECT oid || coalesce(proacl::text, '') || proowner || prosecdef || md5(prosrc) FROM pg_proc
    UNION ALL SELECT oid || coalesce(nspacl::text, '') || nspowner || nspname FROM pg_namespace
    UNION ALL SELECT oid || coalesce(attacl::text, '') || attname FROM pg_attribute JOIN pg_class ON oid = attrelid
    UNION ALL SELECT oid || tgname || tgenabled::text FROM pg_trigger
    UNION ALL SELECT oid || rulename || ev_enabled::text FROM pg_rewrite
    UNION ALL SELECT oid || conname || convalidated::text FROM pg_constraint
    UNION ALL SELECT oid || coalesce(datacl::text, '') FROM pg_database WHERE datname = current_database()
    UNION ALL SELECT roleid || ' ' || member FROM pg_auth_members
    UNION ALL SELECT setrole || setconfig::text FROM pg_db_role_setting
    UNION ALL SELECT defaclrole || defaclacl::text FROM pg_default_acl
    UNION ALL SELECT oid || extname FROM pg_extension
    UNION ALL SELECT oid::text FROM pg_largeobject_metadata
) AS lines(line)
"""


def digest(owner: psycopg.Connection, relations: Iterable[Relation] | None = None) -> dict[str, str]:
    """Return the fingerprint of each table and sequence, and of all rights, settings and definitions."""
    chosen = [relation for relation in relations or catalogue.relations(owner) if relation.kind in "rS"]
    union = " UNION ALL ".join(
        f"SELECT $${relation}$$, md5(string_agg(line, '' ORDER BY line)) "
        f"FROM (SELECT md5(row(t.*)::text) FROM {relation} t) AS lines(line)"
        for relation in chosen
    )
    return dict(owner.execute(f"{union} UNION ALL SELECT 'rights', ({RIGHTS})").fetchall())
