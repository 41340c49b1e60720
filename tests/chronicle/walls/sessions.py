"""Sessions as each login, outside Django: what somebody could send who holds the connection of a page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from chronicle.database.embedded import Server
from tests.servers import SUPERUSER_ADDRESS

LIFT_READ_ONLY = "SET default_transaction_read_only = off"
PAGE = "BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE chronicle_edition IN ACCESS SHARE MODE"
"""How a public page begins to read."""

ADDRESS = {"host", "port", "dbname", "user", "password", "options"}


@dataclass(frozen=True)
class Outcome:
    """How a statement ended: the SQLSTATE of its error, or none, and every word that came back."""

    sqlstate: str | None
    said: str


@contextmanager
def session(alias: str) -> Iterator[psycopg.Connection]:
    """Open a session with the parameters of Django's alias, in autocommit."""
    parameters = connections[alias].get_connection_params()
    known = {
        name: parameters[name]
        for name in ("host", "port", "dbname", "user", "password", "options")
        if name in parameters
    }
    with psycopg.connect(**known, autocommit=True) as connection:
        yield connection


def superuser_address() -> str | None:
    """Return the superuser's address of the embedded server, or of the one that `tests.servers` made; else None."""
    database, name = settings.DATABASES["owner"], connections["owner"].settings_dict["NAME"]
    if "DATA_DIR" in database:
        return Server(Path(database["DATA_DIR"])).superuser_dsn(name)
    if SUPERUSER_ADDRESS in os.environ:
        return make_conninfo(os.environ[SUPERUSER_ADDRESS], dbname=name)
    return None


@contextmanager
def superuser() -> Iterator[psycopg.Connection]:
    """Open a session as the superuser; skip the test where there is none."""
    address = superuser_address() or pytest.skip("a server of one's own gives us no superuser")
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def attempt(connection: psycopg.Connection, statement: str) -> Outcome:
    """Send a statement, or several at once, and return how that ended; the session can be used on."""
    said: list[str] = []
    sqlstate = None

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        said.append(words_of(notice))

    connection.add_notice_handler(hear)
    try:
        said.extend(_answers(connection, statement))
    except psycopg.Error as error:
        sqlstate = error.sqlstate or type(error).__name__
        said.append(f"{error} {words_of(error.diag)}")
    if not connection.closed and connection.info.transaction_status is not TransactionStatus.IDLE:
        connection.rollback()
    connection.remove_notice_handler(hear)
    return Outcome(sqlstate, " ".join(said))


def _answers(connection: psycopg.Connection, statement: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        if statement.startswith("COPY"):
            with cursor.copy(statement) as copy:
                yield from (str(bytes(part)) for part in copy)
            return
        cursor.execute(statement)
        while True:
            yield str(cursor.fetchall()) if cursor.description else str(cursor.statusmessage)
            if not cursor.nextset():
                return


DIAGNOSTICS = (
    "message_primary",
    "message_detail",
    "message_hint",
    "context",
    "internal_query",
    "column_name",
    "constraint_name",
    "datatype_name",
    "table_name",
)


def words_of(diagnostic: psycopg.errors.Diagnostic) -> str:
    """Return every word of an error or a notice."""
    return " ".join(str(getattr(diagnostic, name)) for name in DIAGNOSTICS if getattr(diagnostic, name))
