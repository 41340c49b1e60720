"""Arbitrary SQL on the readers' login tells no secret and changes nothing; on the desk's, no history and no edition.

Every text column at the desk holds a random word. It must come back in no row, message, hint, notice or catalogue; the
same harness, given the owner's session, finds it everywhere.
"""

import secrets

import psycopg
import pytest

from chronicle.database.published import RECORDS
from tests import factories as make
from tests.chronicle.walls import catalogue, corpus, hostile
from tests.chronicle.walls.digest import digest
from tests.chronicle.walls.sessions import LIFT_READ_ONLY, PAGE, attempt, session, superuser

pytestmark = pytest.mark.usefixtures("published")

REFUSED = "42501"
IN_A_PAGE = {"25006", "25001", None}
"""Read-only transactions and transactions as such refuse some things first; what only ends the block is harmless."""


@pytest.fixture
def marker(published: None) -> str:
    """Hide a word wherever a secret could be, publish beside it, and return it."""
    word = f"kx{secrets.token_hex(4)}"
    corpus.hide(word)
    with session("owner") as owner:
        filled = corpus.hide_everywhere(owner, word)
        corpus.publish_beside_secrets(word)
        owner.execute("ANALYZE")
    private = {(t.name, "curators_note") for r in RECORDS for t in r.tables if "curators_note" in t.private}
    assert private <= filled
    assert {
        ("auth_user", "password"),
        ("chronicle_eventrevision", "title"),
        ("django_admin_log", "object_repr"),
        ("sources_documentfile", "name"),
        ("sources_documentpage", "content"),
        ("sources_documenttext", "report"),
    } <= filled
    assert len(filled) > 150
    return word


def expected(login: str) -> dict[str, set[str | None]]:
    """Return how each statement of the table for this login must end."""
    return {
        **{statement: {REFUSED} for statement in getattr(hostile, f"REFUSED_{login}")},
        **{statement: states for statement, (states, _) in getattr(hostile, f"REFUSED_OTHERWISE_{login}").items()},
        **{statement: {None} for statement in getattr(hostile, f"HARMLESS_{login}")},
    }


def in_autocommit(alias: str, statement: str) -> tuple[str | None, str]:
    with session(alias) as connection:
        connection.execute(LIFT_READ_ONLY)
        outcome = attempt(connection, statement)
    return outcome.sqlstate, outcome.said


def in_a_page(alias: str, statement: str) -> tuple[str | None, str]:
    with session(alias) as connection:
        connection.execute(PAGE)
        outcome = attempt(connection, statement)
    return outcome.sqlstate, outcome.said


def test_table_is_long_enough():
    assert len(expected("READER")) >= 40
    assert len(expected("DESK")) >= 40


def test_reader_learns_nothing_and_changes_nothing(marker: str):
    with session("owner") as owner:
        before = digest(owner)
        found = [
            (statement, sqlstate, marker in said)
            for statement, states in expected("READER").items()
            for run, also in ((in_autocommit, set()), (in_a_page, IN_A_PAGE))
            for sqlstate, said in [run("published", statement)]
            if marker in said or sqlstate not in states | also
        ]
        after = digest(owner)

    assert found == []
    assert after == before


def test_same_harness_finds_the_word_as_owner(marker: str):
    reads = [s for s in hostile.REFUSED_READER if s.startswith(("SELECT title FROM desk", "TABLE", "COPY desk"))]
    leaks = ["SELECT title::integer FROM desk.chronicle_event", "SELECT ('[' || password)::jsonb FROM desk.auth_user"]
    notice = (
        "DO $$ BEGIN RAISE NOTICE '%', (SELECT title FROM desk.chronicle_event ORDER BY title DESC LIMIT 1); END $$"
    )

    outcomes = [in_autocommit("owner", statement) for statement in [*reads, *leaks, notice, "SELECT * FROM pg_stats"]]

    assert len(reads) == 3
    assert [sqlstate for sqlstate, _ in outcomes] == [None, None, None, "22P02", "22P02", None, None]
    assert all(marker in said for _, said in outcomes)


def test_view_that_leaks_is_found(marker: str):
    statement = "SELECT title::integer FROM published.leak"
    with session("owner") as owner:
        owner.execute(
            "CREATE VIEW published.leak AS SELECT title FROM desk.chronicle_event WHERE id < 0 OR title > 'k'"
        )
        owner.execute("GRANT SELECT ON published.leak TO chronicle_reader")
        try:
            sqlstate, said = in_autocommit("published", statement)
        finally:
            owner.execute("DROP VIEW published.leak")

    assert sqlstate == "22P02"
    assert marker in said


def test_change_is_found_by_the_digest(marker: str):
    with session("owner") as owner:
        before = digest(owner)
        owner.execute("UPDATE desk.chronicle_eventkind SET description = 'changed' WHERE id = 1")
        owner.execute("GRANT SELECT ON desk.auth_user TO chronicle_reader")
        after = digest(owner)
        owner.execute("REVOKE SELECT ON desk.auth_user FROM chronicle_reader")

    changed = {name for name in before if before[name] != after[name]}
    assert {'desk."chronicle_eventkind"', "rights"} <= changed
    assert 'published."chronicle_event"' not in changed


CATALOGUES = """
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('pg_catalog', 'information_schema', 'published') AND c.relkind IN ('r', 'v') ORDER BY 1
"""


def test_no_catalogue_holds_the_word(marker: str):
    with session("published") as reader:
        outcomes = {name: attempt(reader, f"SELECT * FROM {name}") for (name,) in reader.execute(CATALOGUES).fetchall()}

    readable = [name for name, outcome in outcomes.items() if outcome.sqlstate is None]
    assert [name for name, outcome in outcomes.items() if marker in outcome.said] == []
    assert {outcome.sqlstate for outcome in outcomes.values()} <= {None, REFUSED}
    assert len(readable) > 150


def test_large_object_of_somebody_else_is_not_read(marker: str):
    with superuser() as connection, session("published") as reader:
        connection.execute("SELECT lo_from_bytea(4243, %s)", [marker.encode()])
        try:
            outcome = attempt(reader, "SELECT lo_get(4243)")
        finally:
            connection.execute("SELECT lo_unlink(4243)")

    assert outcome.sqlstate == REFUSED


def guarded(owner: psycopg.Connection) -> list[catalogue.Relation]:
    """Return what the desk's login must not change: editions, history, what readers see."""
    return [
        relation
        for relation in catalogue.relations(owner)
        if relation.kind == "r" and (relation.schema == "published" or is_guarded_at_desk(relation.name))
    ]


def is_guarded_at_desk(name: str) -> bool:
    return name.endswith("revision") or name in {
        "chronicle_edition",
        "pghistory_context",
        "django_migrations",
        "chronicle_citationcounter",
        "chronicle_purge",
    }


CALLS = "SELECT 'SELECT ' || oid::regprocedure FROM pg_proc WHERE prorettype = 'trigger'::regtype AND prosecdef"
DROPS = """
SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger
WHERE NOT tgisinternal
"""


def on_triggers(owner: psycopg.Connection) -> dict[str, set[str]]:
    """Return what can be tried on each trigger, and how it ends: 0A000 is, called otherwise than as a trigger."""
    calls = {call: {"0A000"} for (call,) in owner.execute(CALLS)}
    return calls | {drop: {REFUSED} for (drop,) in owner.execute(DROPS)}


MOMENT = 'published."chronicle_change"'
"""When what readers see was last changed: a verb that finds nothing to do sets it, and pages are made again, alike."""


def test_desk_changes_no_edition_no_history_and_nothing_published(marker: str):
    with session("owner") as owner:
        relations, triggers = guarded(owner), on_triggers(owner)
        statements = expected("DESK") | triggers
        before = digest(owner, relations)
        outcomes = {statement: in_autocommit("default", statement)[0] for statement in statements}
        after = digest(owner, relations)

    assert len(triggers) > 100
    assert {s: state for s, state in outcomes.items() if state not in statements[s]} == {}
    assert {relation for relation in after if after[relation] != before[relation]} <= {MOMENT}
    assert set(after) == set(before)


def revisions() -> int:
    with session("owner") as owner:
        tables = [r for r in catalogue.relations(owner) if r.schema == "desk" and r.name.endswith("revision")]
        return sum(owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


CHANGES = {
    "chronicle_event": "curators_note",
    "chronicle_eventname": "name",
    "chronicle_citation": "curators_note",
    "sources_document": "curators_note",
    "sources_agentname": "name",
}
SWITCHES = (
    "(SELECT array_agg(tgname)::text FROM pg_trigger WHERE NOT tgisinternal)",
    "(SELECT array_agg(tgrelid::regclass || ':' || tgname)::text FROM pg_trigger WHERE NOT tgisinternal)",
    "(SELECT array_agg('desk.' || tgrelid::regclass || ':' || tgname)::text FROM pg_trigger WHERE NOT tgisinternal)",
)
"""The library's own switch, with the names of all triggers in each form that it knows."""


@pytest.mark.parametrize("switch", SWITCHES)
def test_history_cannot_be_switched_off(switch: str):
    corpus.event_with_everything()
    with session("default") as desk:
        desk.execute(f"SELECT set_config('pgtrigger.ignore', {switch}, FALSE)")
        for table, column in CHANGES.items():
            before = revisions()
            changed = desk.execute(f"UPDATE desk.{table} SET {column} = {column} || 'x'").rowcount
            assert changed == revisions() - before > 0


def test_context_of_earlier_changes_cannot_be_rewritten():
    event = make.event()
    with session("owner") as owner, session("default") as desk:
        known = owner.execute("SELECT id, metadata FROM desk.pghistory_context ORDER BY id").fetchall()
        for setting in ("pghistory.context_id", "chronicle.transaction_context"):
            desk.execute("SELECT set_config(%s, %s, FALSE)", [setting, str(known[0][0])])
            desk.execute("SELECT set_config('pghistory.context_metadata', '{\"user\": 99}', FALSE)")
            desk.execute("UPDATE desk.chronicle_event SET summary = summary || 'x' WHERE id = %s", [event.pk])
        still = owner.execute("SELECT id, metadata FROM desk.pghistory_context ORDER BY id").fetchall()
        forged = owner.execute(
            "SELECT c.metadata FROM desk.chronicle_eventrevision r JOIN desk.pghistory_context c "
            "ON c.id = r.pgh_context_id WHERE r.summary LIKE 'x%%'"
        ).fetchall()

    assert set(map(str, known)) <= set(map(str, still))
    assert forged == [({"user": 99, "login": "chronicle_desk"},)] * 2


def test_login_of_a_context_cannot_be_forged():
    event = make.event()
    with session("default") as desk, session("owner") as owner:
        forged = '{"login": "chronicle_owner", "user": 1}'
        desk.execute("SELECT set_config('pghistory.context_metadata', %s, FALSE)", [forged])
        desk.execute("UPDATE desk.chronicle_event SET summary = 'x' WHERE id = %s", [event.pk])
        (login,) = owner.execute(
            "SELECT c.metadata ->> 'login' FROM desk.chronicle_eventrevision r JOIN desk.pghistory_context c "
            "ON c.id = r.pgh_context_id WHERE r.summary = 'x'"
        ).fetchone()

    assert login == "chronicle_desk"
