"""The readers' login against everything there is: what it may read, it sees; all else it is refused, by right.

Nothing is listed here but what may be read or called: tables, columns, sequences and functions come from the catalogue.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import psycopg
import pytest

from chronicle import releases
from chronicle.database import roles, walls
from tests.chronicle.walls import catalogue, corpus, matrix
from tests.chronicle.walls.sessions import LIFT_READ_ONLY, PAGE, attempt, session

pytestmark = pytest.mark.usefixtures("published")

REFUSED = "42501"  # insufficient_privilege
READ_ONLY = "25006"  # read_only_sql_transaction

REFUSED_OTHERWISE = {
    # A role that can have no members, whoever asks; PostgreSQL 17 has no code for it.
    f'GRANT "pg_database_owner" TO {roles.READER}': {"0A000", "XX000"},
}
NO_TABLE = {"42809", "55000", "0A000"}
"""A view is truncated, dropped, written or merged into (until 16) like a table by nobody: PostgreSQL says so first."""


def may_read(relation: catalogue.Relation) -> bool:
    return relation.schema == "published" and relation.kind == "r" and relation.name in walls.TABLES


def may_call(function: catalogue.Function) -> bool:
    return function.schema == "functions" and function.name in roles.READER_MAY_EXECUTE


def allowed(owner: psycopg.Connection) -> set[str]:
    """Return the statements that should go through: reads of the published tables, calls on the written list."""
    tables = [relation for relation in catalogue.relations(owner) if may_read(relation)]
    calls = {function.call() for function in catalogue.functions(owner) if may_call(function)}
    return {statement for table in tables for statement in matrix.reads(table)} | calls


def deviations(
    statements: Iterable[str], expected: set[str], *, refusals: set[str]
) -> Iterator[tuple[str, str | None]]:
    """Yield each statement that ended otherwise than it should, with its SQLSTATE."""
    with session("published") as reader:
        reader.execute(LIFT_READ_ONLY)
        for statement in statements:
            sqlstate = attempt(reader, statement).sqlstate
            fine = {None} if statement in expected else refusals | REFUSED_OTHERWISE.get(statement, {REFUSED})
            if sqlstate not in fine:
                yield statement, sqlstate


def test_reader_sees_a_row_of_every_published_table():
    corpus.publish_one_of_everything()
    corpus.publish_a_merge()
    releases.record(releases.Made(1, date(2021, 1, 31), "0" * 64, 1, 1))

    with session("owner") as owner, session("published") as reader:
        tables = [relation for relation in catalogue.relations(owner) if may_read(relation)]
        empty = [table.name for table in tables if not reader.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()]

    assert {table.name for table in tables} == set(walls.TABLES)
    assert empty == []


def test_reader_is_refused_everything_else():
    corpus.publish_one_of_everything()
    with session("owner") as owner:
        statements, expected = matrix.everything(owner), allowed(owner)

    assert list(deviations(statements, expected, refusals={REFUSED})) == []
    assert len(statements) > 10 * len(expected) > 0


def test_reader_is_refused_the_tables_themselves_where_their_schemas_stand_open():
    schemas = "desk, outgoing, staging"
    with session("owner") as owner:
        statements, expected = matrix.everything(owner), allowed(owner)
        owner.execute(f"GRANT USAGE ON SCHEMA {schemas} TO {roles.READER}")
        try:
            found = list(deviations(statements, expected, refusals={REFUSED, *NO_TABLE}))
        finally:
            owner.execute(f"REVOKE USAGE ON SCHEMA {schemas} FROM {roles.READER}")

    assert found == []


def test_what_is_made_later_is_refused_too():
    make = (
        "CREATE TABLE desk.later (id bigint GENERATED ALWAYS AS IDENTITY, secret text); "
        "CREATE VIEW outgoing.later AS SELECT * FROM desk.later; CREATE TABLE published.later (secret text); "
        "CREATE FUNCTION functions.later() RETURNS integer LANGUAGE sql AS 'SELECT 1'"
    )
    undo = "DROP TABLE published.later; DROP TABLE desk.later CASCADE; DROP FUNCTION functions.later()"
    with session("owner") as owner:
        owner.execute(make)
        try:
            statements = [statement for statement in matrix.everything(owner) if "later" in statement]
            found = list(deviations(statements, set(), refusals={REFUSED}))
        finally:
            owner.execute(undo)

    assert len(statements) > 100
    assert found == []


READ_ONLY_ALONE = (
    f"ALTER ROLE {roles.READER} PASSWORD 'mine'",
    f"ALTER ROLE {roles.READER} SET search_path = published",
    f"ALTER ROLE {roles.READER} RESET ALL",
    f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {roles.DESK}",
    f"REASSIGN OWNED BY {roles.READER} TO {roles.READER}",
    f"DROP OWNED BY {roles.READER}",
    f"GRANT SELECT ON published.chronicle_event TO {roles.DESK}",
    f"REVOKE SELECT ON published.chronicle_event FROM {roles.READER}",
)
"""All that read-only transactions alone stop: what a login does to itself, and what changes nothing."""


def test_nothing_but_the_reader_itself_rests_on_read_only_transactions():
    with session("published") as reader:
        found = {statement: attempt(reader, statement).sqlstate for statement in READ_ONLY_ALONE}
        paged = {statement: attempt(reader, f"{PAGE}; {statement}").sqlstate for statement in READ_ONLY_ALONE}

    assert found == paged == dict.fromkeys(READ_ONLY_ALONE, READ_ONLY)
