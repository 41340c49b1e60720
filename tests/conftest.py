"""Two kinds of test: rolled back at the desk (`db`), and on committed rows (`published`), which readers' login can see.

The owner makes and migrates the test database; then the aliases become the logins that they are in production, so that
every test meets the same walls.
"""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as examples

from chronicle.curators import ROLES
from chronicle.database.config import LOGINS
from chronicle.database.roles import OWNER
from tests.chronicle.walls.sessions import superuser_address

for _database in settings.DATABASES.values():
    _database["CONN_MAX_AGE"] = 0

examples.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("untimed")  # by the clock, a busy machine fails a test of what is right


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Make the test database, whatever tests were chosen."""
    with ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            until_the_end.enter_context(own_database(is_kept=request.config.getvalue("reuse_db")))
        yield
        with django_db_blocker.unblock():
            until_the_end.close()


@contextmanager
def own_database(*, is_kept: bool = False) -> Iterator[None]:
    """Make a database as owner, under the name `default`; let every alias log in as itself; drop it in the end."""
    log_in(str(connections["owner"].settings_dict["NAME"]), dict.fromkeys(LOGINS, OWNER))
    with alone():
        made = setup_databases(verbosity=0, interactive=False, aliases=set(LOGINS), keepdb=is_kept)
        keep_statistics_away()
        name = str(connections["default"].settings_dict["NAME"])
        log_in(name, LOGINS)
    try:
        yield
    finally:
        log_in(name, dict.fromkeys(LOGINS, OWNER))
        teardown_databases(made, verbosity=0, keepdb=is_kept)


@contextmanager
def alone() -> Iterator[None]:
    """Wait for other processes that make databases, or plant faults or look for them in what a whole server shares."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "whole-server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def log_in(name: str, logins: dict[str, str]) -> None:
    """Let every alias use this database under its login."""
    for alias, login in logins.items():
        connections[alias].close()
        connections[alias].settings_dict.update(NAME=name, USER=login)


KEPT = ("django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions")
TABLES = """
    SELECT format('%%I.%%I', c.relnamespace::regnamespace, c.relname) FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace IN
        ('desk'::regnamespace, 'published'::regnamespace, 'staging'::regnamespace) AND NOT c.relname = ANY(%s)
"""
BEGIN_ANEW = """
    SELECT setval(s.seqrelid, s.seqstart, false)
    FROM pg_sequence s JOIN pg_depend d ON d.objid = s.seqrelid AND d.refclassid = 'pg_class'::regclass
    JOIN pg_class t ON t.oid = d.refobjid
    WHERE t.relnamespace = 'desk'::regnamespace AND NOT t.relname = ANY(%s)
    AND pg_sequence_last_value(s.seqrelid) IS NOT NULL
"""
"""Takes the numbers back that were given to rows which a test itself deleted, or which were rolled back."""


@pytest.fixture
def published(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Allow rows that are committed, which alone the readers' login can see; the owner empties the tables afterwards.

    The first row of each table has the number 1, whatever tests came before. Not to be used together with `db`: there
    nothing is committed, and every “cannot see” would hold for nothing.
    """
    with django_db_blocker.unblock():
        begin_anew()
        yield
        for alias in ("default", "published"):
            connections[alias].close()
        empty_tables()


def keep_statistics_away() -> None:
    """Let no table be analysed by itself: what was counted while a test filled it would mislead the tests after it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(TABLES, [[]])
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = false)")


MANY = 1_000
"""From how many rows in a table on files are changed for empty ones, which takes as long for none as for millions."""


def empty_tables() -> None:
    """Empty every table that a test filled, as the owner, and begin the numbers anew; the groups of the roles stay.

    Most tests put a few rows into a few tables of more than a hundred. Deleting them takes a tenth of the time of
    TRUNCATE, which makes new files for a table and each index; but the superuser alone may do so past the triggers.
    """
    with connections["owner"].cursor() as cursor:
        assert connections["owner"].settings_dict["NAME"].startswith("test_")
        cursor.execute(TABLES, [list(KEPT)])
        few = "(SELECT '{0}', count(*) FROM (SELECT FROM {0} LIMIT %s) few HAVING count(*) > 0)"
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(few.format(name) for name in tables), [MANY] * len(tables))
        filled = dict(cursor.fetchall())
        if max(filled.values(), default=0) < MANY and (address := superuser_address()):
            delete_all(address, list(filled))
        elif filled:
            cursor.execute(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY CASCADE")
        cursor.execute("DELETE FROM auth_group WHERE name != ALL(%s)", [list(ROLES)])
    begin_anew()


def delete_all(superuser: str, tables: list[str]) -> None:
    """Delete every row of these tables at once, past keys and triggers, without a change of the tables themselves.

    Other sessions would read anew what is known of a table whose triggers are switched off and on.
    """
    deletions = "; ".join(f"DELETE FROM {table}" for table in tables)
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute(f"SET session_replication_role = replica; {deletions}")


def begin_anew() -> None:
    """Let the numbers of empty tables begin with 1: those that rolled back tests were given are not given back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(BEGIN_ANEW, [list(KEPT)])


@pytest.fixture(autouse=True)
def _one_kind_of_test(request: pytest.FixtureRequest) -> None:
    if "published" in request.fixturenames and {"db", "transactional_db"} & set(request.fixturenames):
        pytest.fail("Use either `db` (rolled back, desk only) or `published` (committed rows), not both.")


@pytest.fixture
def whole_server() -> Iterator[None]:
    """Be alone with what all databases of the server share: logins, memberships, settings."""
    with alone():
        yield
