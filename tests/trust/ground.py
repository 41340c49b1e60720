"""The ground that drills run on: emptied between them, with what is planted in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

from tests.conftest import begin_anew, empty_tables


@contextmanager
def empty() -> Iterator[None]:
    """Begin with empty tables and leave them empty."""
    begin_anew()
    try:
        yield
    finally:
        for alias in ("default", "published"):
            connections[alias].close()
        empty_tables()


def as_owner(statement: str) -> list[tuple[Any, ...]]:
    """Run a statement as the owner, on a connection that nobody else's request closes meanwhile; return its rows."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def planted(name: str, on: str, body: str) -> Iterator[None]:
    """Plant a trigger for a while: a table that does more than it should, or less."""
    as_owner(f"CREATE FUNCTION functions.{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS '{body}'")
    as_owner(f"CREATE TRIGGER {name} {on} EXECUTE FUNCTION functions.{name}()")
    try:
        yield
    finally:
        as_owner(f"DROP FUNCTION functions.{name}() CASCADE")
