"""The rows of every table of the database, out and in again as they are: for archives of the whole desk.

Tables are copied in PostgreSQL's own text format (manual, COPY), which carries every type of the domain, years before 1
and unbounded ranges included. Generated columns are left to the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

SCHEMAS: Final = ("desk", "published")
"""What curators wrote, with its history; and what readers see. `staging` is empty between verbs."""

TABLES: Final = """
SELECT n.nspname, c.relname,
       (SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum), '{}') FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname = ANY (%s)
ORDER BY EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND NOT k.condeferrable),
         n.nspname, c.relname
"""
"""Tables with their columns; last those with links that are checked at once."""

SEQUENCES: Final = """
SELECT format('%%I.%%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL
FROM pg_sequences WHERE schemaname = ANY (%s) ORDER BY 1
"""
"""Where the numbers of each table stand, and whether the last one was given already."""


@dataclass(frozen=True)
class RowTable:
    """A table of the database, and its columns that hold something of their own."""

    schema: str
    name: str
    columns: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """Its name with its schema."""
        return f'{self.schema}."{self.name}"'

    @property
    def listed(self) -> str:
        """Its columns, in SQL."""
        return ", ".join(f'"{column}"' for column in self.columns)


def tables(cursor: Any) -> list[RowTable]:
    """Return every table, in an order in which they can be filled."""
    cursor.execute(TABLES, [list(SCHEMAS)])
    return [RowTable(schema, name, tuple(columns)) for schema, name, columns in cursor.fetchall()]


def applied(cursor: Any) -> list[list[str]]:
    """Return the migrations that the tables have been through."""
    cursor.execute("SELECT app, name FROM desk.django_migrations ORDER BY app, name")
    return [list(row) for row in cursor.fetchall()]


def rows(cursor: Any, table: RowTable) -> Iterator[bytes]:
    """Yield the rows of a table, in pieces as PostgreSQL sends them."""
    with cursor.copy(f"COPY (SELECT {table.listed} FROM {table.full_name}) TO STDOUT") as copy:  # noqa: S608 -- of the catalogue
        for piece in copy:
            yield bytes(piece)


def fill(cursor: Any, table: RowTable, pieces: Iterable[bytes]) -> None:
    """Write rows into a table, as they were."""
    with cursor.copy(f"COPY {table.full_name} ({table.listed}) FROM STDIN") as copy:
        for piece in pieces:
            copy.write(piece)


def counters(cursor: Any) -> dict[str, tuple[int, bool]]:
    """Return where every sequence of numbers stands: the last one, and whether it was given already."""
    cursor.execute(SEQUENCES, [list(SCHEMAS)])
    return {name: (last, is_given) for name, last, is_given in cursor.fetchall()}


def set_counters(cursor: Any, standing: Mapping[str, tuple[int, bool]]) -> None:
    """Let the sequences go on where they stood."""
    for name, (last, is_given) in standing.items():
        cursor.execute("SELECT setval(%s::regclass, %s, %s)", [name, last, is_given])
