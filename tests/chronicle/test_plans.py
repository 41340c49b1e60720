"""Every page of the desk and every public page asks what an index answers, and reads no more for more records.

On a few thousand events PostgreSQL rightly reads small tables whole; so it is forbidden to where there is another way,
and what is still read whole, or read in great numbers, has no index.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client

from chronicle.corpus.making import Sizes, make, publish_all
from chronicle.database.published import FACTS
from chronicle.database.publishing.statistics import OF_EVENTS, OF_REFERENCES
from chronicle.desk import waiting
from chronicle.models import Event
from chronicle.views import map_places, sitemaps, standing
from chronicle.worklists import worklist
from sources.admin import lists, searching
from tests.benchmarks.addresses import PUBLIC, Known, desk_addresses, look
from tests.benchmarks.plans import ALIASES, Plan, captured, plans_of
from tests.conftest import empty_tables

EVENTS = 2000
COUNTED = 60
MOST_READ = 1600
"""What counting up to sixty needs where one row of ten is counted, with room; fewer than there are events."""


@pytest.fixture(scope="module", autouse=True)
def _made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make a corpus once for all tests here; the owner takes it away again."""
    with django_db_blocker.unblock():
        make(Sizes(EVENTS), seed=1)
        with connections["owner"].cursor() as owner:
            mislead(owner)
            before = blocks_of_facts(owner)
            list(publish_all(together=EVENTS))
            BLOCKS.append(blocks_of_facts(owner) - before)
            owner.execute("VACUUM ANALYZE")
        yield
        for alias in ALIASES:
            connections[alias].close()
        empty_tables()


MOST_BLOCKS = 60
BLOCKS: list[int] = []
"""How many blocks of the indexes of facts the publication of all events asked for."""


def mislead(owner: Any) -> None:
    """Let PostgreSQL take tables for empty that have room for many rows, as after a publication that failed."""
    owner.execute("BEGIN; SET CONSTRAINTS ALL DEFERRED")
    owner.execute(
        'INSERT INTO published.chronicle_dispute (id, event_id, aspect, verdict, "left", "right") '
        "SELECT n, n, 'date', 'agree', '{}', '{}' FROM generate_series(1, 20000) AS n"
    )
    owner.execute(
        "INSERT INTO published.chronicle_eventcount "
        "SELECT n, 1, 1, 1, 1, 1, n, '{}', '{}' FROM generate_series(1, 20000) AS n"
    )
    owner.execute("ROLLBACK")
    owner.execute(f"ANALYZE {', '.join(f'published.{name}' for name in (*OF_EVENTS, *OF_REFERENCES))}")


def blocks_of_facts(owner: Any) -> int:
    """Return how many blocks of the indexes of facts were asked for until now, by us and by the desk."""
    for cursor in (owner, connections["default"].cursor()):
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT 1")
    owner.execute(
        "SELECT sum(idx_blks_hit + idx_blks_read) FROM pg_statio_all_indexes WHERE schemaname = 'published' "
        "AND relname = ANY(%s)",
        [list(FACTS)],
    )
    return int(owner.fetchone()[0])


@pytest.fixture
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take less for many, so that a small corpus is large."""
    monkeypatch.setattr(lists, "MOST_COUNTED", COUNTED)
    monkeypatch.setattr(searching, "FEW", COUNTED)
    monkeypatch.setattr(standing, "SEARCHED", COUNTED)
    monkeypatch.setattr(standing, "LINES", 3)
    monkeypatch.setattr(worklist, "NEWEST", COUNTED)
    monkeypatch.setattr(worklist, "CHANGES", COUNTED)
    monkeypatch.setattr(waiting, "MOST_COUNTED", COUNTED)
    monkeypatch.setattr(map_places, "MOST_EVENTS", COUNTED)
    monkeypatch.setattr(sitemaps, "PART", 5 * COUNTED)


@pytest.fixture
def curator() -> Iterator[Any]:
    user = get_user_model().objects.create_superuser("curator")
    yield user
    with connections["owner"].cursor() as owner:
        owner.execute("DELETE FROM desk.django_session; DELETE FROM desk.auth_user")


def plans_with_indexes(client: Client, address: str) -> list[Plan]:
    """The plans of a page's queries where indexes are used wherever they can be."""
    with captured() as queries:
        response = client.get(address)
    assert response.status_code in {200, 302, 404}, address
    with ExitStack() as settings:
        for alias in ALIASES:
            settings.enter_context(_without_scans(alias))
        return plans_of(queries)


def _without_scans(alias: str) -> Any:
    stack = ExitStack()
    with connections[alias].cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
    stack.callback(lambda: connections[alias].cursor().execute("RESET enable_seqscan"))
    return stack


def faults(plans: list[Plan]) -> list[str]:
    """What is wrong with these plans, in words; reading without an index is right where it soon has enough."""
    found = []
    for plan in plans:
        found += [f"has no index on {table}: {plan.query.sql}" for table, rows in plan.sequential() if rows > MOST_READ]
        if plan.rows_read > MOST_READ:
            found.append(f"looks at {plan.rows_read} rows: {plan.query.sql}")
    return found


def test_large_publication_looks_again_at_tables_that_were_taken_for_empty() -> None:
    """Without that, another index than that of events is read whole for each of them: more than a hundred blocks."""
    assert len(BLOCKS) == 1
    assert BLOCKS[0] < MOST_BLOCKS * EVENTS


def test_query_without_an_index_is_seen() -> None:
    with captured() as queries:
        list(Event.objects.filter(curators_note="there is none"))
        list(Event.objects.order_by("curators_note")[:1])

    assert [fault.split(":")[0] for fault in faults(plans_of(queries))] == [
        "has no index on chronicle_event",
        f"looks at {EVENTS} rows",
    ] * 2


@pytest.mark.usefixtures("small_bounds")
def test_public_pages_ask_what_an_index_answers() -> None:
    known: Known = look()
    client = Client()

    found = {
        name: wrong
        for name, make_address in PUBLIC.items()
        for turn in range(5)
        if (wrong := faults(plans_with_indexes(client, make_address(known, turn))))
    }

    assert found == {}


@pytest.mark.usefixtures("small_bounds")
def test_lists_of_the_desk_ask_what_an_index_answers(curator: Any) -> None:
    client = Client()
    client.force_login(curator)

    addresses = [("first page", lambda known, turn: "/admin/"), *desk_addresses(curator)]
    found = {
        name: wrong
        for name, make_address in addresses
        if (wrong := faults(plans_with_indexes(client, make_address(None, 0))))
    }

    assert len(addresses) > 150
    assert found == {}
