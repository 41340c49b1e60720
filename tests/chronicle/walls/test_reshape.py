"""A migration changes the public columns: the published tables are made anew beside the old, and no page notices.

Each step is a migration as SQL, with the lists changed as its author would change them: columns of the event, a lift.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from chronicle.database import build, refilling, reshaping, roles, snapshots, views, walls
from chronicle.database.published import EVENT, FACTS, RECORDS, TALLY
from chronicle.database.snapshots import Lift
from chronicle.models import Edition
from chronicle.publication import publish, withhold
from tests import factories as make
from tests.chronicle.walls import corpus
from tests.chronicle.walls.consistency import inconsistencies
from tests.chronicle.walls.sessions import PAGE, session
from tests.conftest import empty_tables

TABLE = EVENT.root.name


def migrate(statement: str) -> bool:
    """Do what the command does around a migration; return whether the published tables were made anew."""
    for step in (build.before_migrations, lambda cursor: cursor.execute(statement), build.after_migrations):
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            done = step(cursor)
    return done


@pytest.fixture
def shapes(published: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., bool]]:
    """Return the function that takes one step; afterwards everything has its old shape again."""
    lifts: list[Lift] = [*snapshots.LIFTS]

    def step(statement: str, lift: Lift | None, *, more: tuple[str, ...] = (), less: tuple[str, ...] = ()) -> bool:
        for column in less:
            monkeypatch.delitem(EVENT.root.public, column)
        for column in more:
            monkeypatch.setitem(EVENT.root.public, column, f"t.{column}")
        lifts.extend([lift] if lift else [])
        monkeypatch.setattr(snapshots, "LIFTS", tuple(lifts))
        return migrate(f"ALTER TABLE desk.{TABLE} {statement}")

    yield step
    monkeypatch.undo()
    empty_tables()
    dropped = ", ".join(f"DROP COLUMN IF EXISTS {column}" for column in ("colour", "weight", "hue", "mood"))
    migrate(f"ALTER TABLE desk.{TABLE} {dropped}")


ADD_NULLABLE = ("ADD COLUMN colour text", Lift(added={TABLE: {"colour": None}}))
ADD_FILLED = ("ADD COLUMN weight integer NOT NULL DEFAULT 7", Lift(added={TABLE: {"weight": 7}}))
RENAME = ("RENAME COLUMN colour TO hue", Lift(renamed={TABLE: {"colour": "hue"}}))
DROP = ("DROP COLUMN hue, DROP COLUMN weight", Lift(dropped={TABLE: ("hue", "weight")}))

TABLES = (
    "SELECT array_agg(oid ORDER BY oid) FROM pg_class WHERE relnamespace = 'published'::regnamespace AND relkind = 'r'"
)

LINKS = "SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = %s "
COUNTS = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM published.{name}" for name in walls.TABLES)


@dataclass
class State:
    """What must be the same before and after: rows, links, indexes, empty columns."""

    rows: dict[str, int]
    links: set[str]
    indexes: set[str]
    empty: set[str]


def state() -> State:
    with session("owner") as owner:
        ours = "AND connamespace = 'published'::regnamespace"
        links = {link for (link,) in owner.execute(f"{LINKS} {ours}", ["f"])}
        checks = {name for (name,) in owner.execute(f"SELECT conname FROM pg_constraint WHERE contype = 'c' {ours}")}
        indexes = owner.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'published'").fetchall()
        empty = {name for name in checks if name.endswith("_is_empty")}
        return State(dict(owner.execute(COUNTS).fetchall()), links, {index for (index,) in indexes}, empty)


def private_columns() -> set[str]:
    return {f"{table.name}_{c}_is_empty" for record in RECORDS for table in record.tables for c in table.private}


def assert_whole(before: State) -> None:
    """Assert that the new tables have what the old ones had, and that everybody may what they could."""
    assert state() == before
    assert private_columns() <= before.empty
    with session("owner") as owner, connections["published"].cursor() as reader:
        assert inconsistencies(owner) == []
        assert walls.breaches(reader, login=roles.READER) == []
        assert build.published_signature(Cursor(owner)) == build.signature_of(Cursor(owner))


class Cursor:
    """A cursor that keeps its last result, as Django's does."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.cursor = connection.cursor()

    def execute(self, *arguments: Any) -> None:
        self.cursor.execute(*arguments)

    def fetchone(self) -> Any:
        return self.cursor.fetchone()


def lifted_rows() -> list[dict[str, Any]]:
    """Return, as a reader, the event of every edition in today's shape."""
    query = f"SELECT functions.lifted(snapshot, shape) -> '{TABLE}' -> 0 FROM chronicle_edition WHERE event_id > 0"
    with session("published") as reader:
        return [row for (row,) in reader.execute(f"{query} ORDER BY id")]


@dataclass
class Readings:
    """What pages saw while something went on: rows and columns at their beginning and at their end, and errors."""

    seen: list[tuple[Any, ...]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def pages_being_read() -> Iterator[Readings]:
    """Read pages without pause, each in its own transaction, until the block ends."""
    readings, end = Readings(), threading.Event()
    thread = threading.Thread(target=_read_pages, args=(readings, end))
    thread.start()
    try:
        yield readings
    finally:
        end.set()
        thread.join()


ROWS = f"SELECT e.*, c.document_id, d.title AS document FROM {TABLE} e JOIN chronicle_citation c ON c.event_id = e.id "
ROWS += "JOIN sources_document d ON d.id = c.document_id ORDER BY e.id, c.id"
TOTALS = f"SELECT (SELECT count(*) FROM {TABLE}), (SELECT sum(citations) FROM chronicle_eventcount), count(*) "
TOTALS += "FROM chronicle_edition"


def _read_pages(readings: Readings, end: threading.Event) -> None:
    with session("published") as reader:
        while not end.is_set():
            try:
                reader.execute(PAGE)
                first, totals, last = (reader.execute(query) for query in (ROWS, TOTALS, ROWS))
                columns = [tuple(column.name for column in cursor.description or ()) for cursor in (first, last)]
                readings.seen.append((*columns, len(first.fetchall()), len(last.fetchall()), totals.fetchone()))
            except psycopg.Error as error:
                readings.errors.append(f"{error.sqlstate} {error}")
            reader.rollback()


def test_migrating_again_makes_nothing_anew(published: None):
    corpus.publish_one_of_everything()
    before = state()

    assert migrate("SELECT 1") is False
    assert migrate("SELECT 1") is False

    assert_whole(before)


@pytest.fixture
def indexes(published: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., bool]]:
    """Return the function that migrates to other indexes of the desk and of the facts; afterwards they are ours."""

    def step(statement: str, *, computed: str = "") -> bool:
        for module in (build, reshaping):
            monkeypatch.setattr(module, "COMPUTED_INDEXES", ORIGINAL + computed)
        return migrate(statement)

    yield step
    monkeypatch.undo()
    empty_tables()
    migrate("DROP INDEX IF EXISTS desk.by_colour, desk.once")


ORIGINAL = reshaping.COMPUTED_INDEXES
BY_TITLE = f"CREATE INDEX by_colour ON desk.{TABLE} (title DESC) WHERE title <> '%'"
ONCE = f"CREATE UNIQUE INDEX once ON desk.{TABLE} (slug, title)"
BY_PARTY = "CREATE INDEX ON {schema}.chronicle_voice (party_id);"


def tables_and_indexes() -> tuple[list[int], set[str]]:
    with session("owner") as owner:
        (tables,) = owner.execute(TABLES).fetchone() or ()
    return tables, state().indexes


def test_indexes_alone_are_made_and_dropped_in_place(indexes: Callable[..., bool]):
    corpus.publish_one_of_everything()
    before = state()
    tables, old = tables_and_indexes()

    with pages_being_read() as readings:
        assert indexes(f"{BY_TITLE}; {ONCE}", computed=BY_PARTY) is False
        same, more = tables_and_indexes()
        assert indexes("DROP INDEX desk.by_colour, desk.once") is False

    assert tables == same
    assert {index.partition(" USING ")[2] for index in more - old} == {
        "btree (title DESC) WHERE ((title)::text <> '%'::text)",
        "btree (slug, title)",
        "btree (party_id)",
    }
    assert sum("UNIQUE" in index for index in more - old) == 1
    assert tables_and_indexes() == (tables, old)
    assert_whole(before)
    assert readings.errors == []


def test_columns_come_change_their_name_and_go_while_pages_are_read(shapes: Callable[..., bool]):
    events = [corpus.publish_one_of_everything(), corpus.publish_one_of_everything()]
    before = state()

    with pages_being_read() as readings:
        assert shapes(*ADD_NULLABLE, more=("colour",)) is True
        assert shapes(*ADD_FILLED, more=("weight",)) is True
        assert [(row["colour"], row["weight"]) for row in lifted_rows()] == [(None, 7), (None, 7)]
        assert shapes(*RENAME, more=("hue",), less=("colour",)) is True
        assert {frozenset(row) for row in lifted_rows()} == {frozenset(EVENT.root.public)}
        assert_whole(before)
        assert shapes(*DROP, less=("hue", "weight")) is True
        assert tables_taken_for_empty() == []

    assert_whole(before)
    assert readings.errors == []
    assert {first == last for first, last, *_ in readings.seen} == {True}
    assert {tuple(rest) for _, _, *rest in readings.seen} == {tuple(readings.seen[0][2:])}
    assert readings.seen[0][2] > 0
    columns = {frozenset(first) & {"colour", "hue", "weight"} for first, *_ in readings.seen}
    assert {frozenset(), frozenset({"colour", "weight"}), frozenset({"hue", "weight"})} <= columns
    assert publish(events).done == ()


def tables_taken_for_empty() -> list[str]:
    """The new tables of events that nobody looked at while they filled: of such ones PostgreSQL makes bad plans."""
    names = [*(table.name for table in EVENT.tables), *FACTS, TALLY]
    with session("owner") as owner:
        rows = owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'published'::regnamespace AND reltuples < 0 "
            "AND relname = ANY(%s)",
            [names],
        )
        return [name for (name,) in rows]


def test_editions_of_every_shape_are_read_and_cut(shapes: Callable[..., bool]):
    secret = make.document()
    event = make.cited_event()
    make.citation(event, secret)
    publish([event])
    for number, (step, changes) in enumerate(
        ((ADD_NULLABLE, {"more": ("colour",)}), (ADD_FILLED, {"more": ("weight",)}), (RENAME, RENAMED)), start=2
    ):
        shapes(*step, **changes)
        event.title = f"Edition {number}"
        event.save()
        publish([event])
    with session("owner") as owner:
        owner.execute(f"UPDATE desk.{TABLE} SET hue = 'red', weight = 9")
    publish([event])

    rows = lifted_rows()
    withhold([secret])

    assert list(Edition.objects.filter(event=event).order_by("number").values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert [(row["hue"], row["weight"]) for row in rows] == [(None, 7)] * 4 + [("red", 9)]
    assert set(Edition.objects.filter(event=event).values_list("shape", flat=True)) == {
        snapshots.shape()
    }  # cut in today’s shape
    with session("owner") as owner:
        assert inconsistencies(owner) == []


RENAMED = {"more": ("hue",), "less": ("colour",)}


@pytest.fixture
def another_rule(published: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], bool]]:
    """Return the function that migrates to a rule by which all values meet; afterwards the rule is ours again."""

    def change() -> bool:
        columns = """id, event_id, aspect, 'differ_in_precision' AS verdict, document_id, "left", "right\""""
        rule = f"SELECT {columns} FROM ({views.VIEWS['chronicle_dispute']}) d"
        monkeypatch.setitem(views.VIEWS, "chronicle_dispute", rule)
        return migrate("SELECT 1")

    yield change
    monkeypatch.undo()
    empty_tables()
    migrate("SELECT 1")


VERDICTS = "SELECT verdict FROM chronicle_dispute"
VERDICTS_OF_EDITIONS = (
    "SELECT jsonb_path_query(snapshot, '$.chronicle_dispute[*].verdict') #>> '{}' FROM chronicle_edition "
    "WHERE event_id > 0"
)


def test_changed_rule_computes_anew_what_is_public_and_leaves_editions(another_rule: Callable[[], bool], client: Any):
    event = make.event()
    for date in ("2020-10-09", "2020-10-10"):
        make.citation(event, make.document(), aspect="date", date_of="agreed", asserted_date_edtf=date)
    publish([event])
    with session("published") as reader:
        assert reader.execute(VERDICTS).fetchall() == [("disagree",)]

    assert another_rule() is True

    with session("published") as reader:
        assert reader.execute(VERDICTS).fetchall() == [("differ_in_precision",)]
        assert reader.execute(VERDICTS_OF_EDITIONS).fetchall() == [("disagree",)]
    assert "these are one day apart" in client.get(f"/events/{event.slug}/editions/1/").content.decode()
    assert "these are one day apart" not in client.get(f"/events/{event.slug}/").content.decode()
    assert publish([event]).done == ()


def test_private_column_stays_at_the_desk(shapes: Callable[..., bool], monkeypatch: pytest.MonkeyPatch):
    event = corpus.publish_one_of_everything()
    monkeypatch.setitem(EVENT.root.private, "mood", "''")

    assert shapes("ADD COLUMN mood text NOT NULL DEFAULT ''", None) is True

    with session("owner") as owner:
        owner.execute(f"UPDATE desk.{TABLE} SET mood = 'Ask the archive', title = 'Again'")
        publish([event])
        assert owner.execute(f"SELECT DISTINCT mood, title FROM published.{TABLE}").fetchall() == [("", "Again")]
        with pytest.raises(psycopg.errors.CheckViolation, match="mood_is_empty"):
            owner.execute(f"UPDATE published.{TABLE} SET mood = 'Ask the archive'")
    assert not any("mood" in row for row in lifted_rows())


@pytest.mark.parametrize(
    ("statement", "more", "less", "odd"),
    [
        ("ADD COLUMN colour text", ("colour",), (), "colour"),
        ("ADD COLUMN colour text", ("colour",), ("summary",), "colour, summary"),
    ],
)
def test_change_without_lift_is_refused_and_leaves_what_readers_see(
    shapes: Callable[..., bool], statement: str, more: tuple[str, ...], less: tuple[str, ...], odd: str
):
    corpus.publish_one_of_everything()
    before = state()
    with session("owner") as owner, pages_being_read() as readings:
        comment, numbers = build.published_signature(Cursor(owner)), owner.execute(TABLES).fetchone()

        with pytest.raises(refilling.UnknownColumnError, match=f"differ from its public columns in: {odd}"):
            shapes(statement, None, more=more, less=less)

        assert (build.published_signature(Cursor(owner)), owner.execute(TABLES).fetchone()) == (comment, numbers)
    assert state() == before
    assert readings.errors == []
    assert len({columns for columns, *_ in readings.seen}) == 1


def test_reading_without_the_lock_would_have_failed(shapes: Callable[..., bool]):
    corpus.publish_one_of_everything()

    with session("published") as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")  # a snapshot, and no lock
        shapes(*ADD_NULLABLE, more=("colour",))
        late = reader.execute(f"SELECT count(*) FROM {TABLE}").fetchone()
        reader.rollback()

        assert late == (0,)
        assert reader.execute(f"SELECT count(*) FROM {TABLE}").fetchone() == (1,)
