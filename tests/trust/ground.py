"""A database of its own to run drills on, with the three logins of the site, emptied between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from chronicle.database.config import LOGINS
from chronicle.database.roles import OWNER
from tests.conftest import begin_anew, empty_tables, log_in


@contextmanager
def own_database() -> Iterator[None]:
    """Make a database as owner, let every alias log in as itself, and drop it in the end."""
    setup_test_environment()
    log_in(str(connections["owner"].settings_dict["NAME"]), dict.fromkeys(LOGINS, OWNER))
    made = setup_databases(verbosity=0, interactive=False, aliases=set(LOGINS))
    name = str(connections["default"].settings_dict["NAME"])
    log_in(name, LOGINS)
    try:
        yield
    finally:
        log_in(name, dict.fromkeys(LOGINS, OWNER))
        teardown_databases(made, verbosity=0)


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
