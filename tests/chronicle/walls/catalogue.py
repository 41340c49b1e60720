"""What there is in the database, asked of its catalogue, so that what is added tomorrow is attacked tomorrow."""

from dataclasses import dataclass

import psycopg

OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"

RELATIONS = f"""
SELECT n.nspname, c.relname, c.relkind::text, ARRAY(
    SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f', 'S') AND {OURS} ORDER BY 1, 2
"""
FUNCTIONS = f"""
SELECT n.nspname, p.proname, p.prokind = 'p', ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS a(t))
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE {OURS} AND p.prokind IN ('f', 'p') AND NOT EXISTS (
    SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Relation:
    """A table, a view or a sequence of ours."""

    schema: str
    name: str
    kind: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return f'{self.schema}."{self.name}"'


@dataclass(frozen=True)
class Function:
    """A function or procedure of ours, whatever its kind."""

    schema: str
    name: str
    is_procedure: bool
    arguments: tuple[str, ...]

    def call(self) -> str:
        """Return the statement that calls it with nothing."""
        arguments = ", ".join(f"NULL::{kind}" for kind in self.arguments)
        return f'{"CALL" if self.is_procedure else "SELECT"} {self.schema}."{self.name}"({arguments})'


def relations(connection: psycopg.Connection) -> list[Relation]:
    """Return every table, view and sequence that PostgreSQL did not bring along."""
    return [Relation(s, n, k, tuple(columns)) for s, n, k, columns in connection.execute(RELATIONS)]


def functions(connection: psycopg.Connection) -> list[Function]:
    """Return every function that neither PostgreSQL nor an extension brought along."""
    return [Function(s, n, p, tuple(arguments)) for s, n, p, arguments in connection.execute(FUNCTIONS)]


def schemas(connection: psycopg.Connection) -> list[str]:
    """Return every schema, PostgreSQL's own too."""
    return [name for (name,) in connection.execute("SELECT quote_ident(nspname) FROM pg_namespace ORDER BY 1")]


def roles(connection: psycopg.Connection) -> list[str]:
    """Return every role of the server, the predefined ones too."""
    return [name for (name,) in connection.execute("SELECT rolname FROM pg_roles ORDER BY 1")]
