"""Verbs and edits at once: nobody is locked out for ever, and what readers see is whole and what the editions say."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connections, transaction
from django.db.models import Exists, OuterRef

from chronicle.database.published import RECORDS, TALLY
from chronicle.database.publishing import references, turns
from chronicle.database.publishing.functions import function
from chronicle.models import Edition, Event
from chronicle.publication import publish, withhold
from tests import factories as make
from tests.chronicle.walls import corpus, races
from tests.chronicle.walls.consistency import inconsistencies, rules

pytestmark = pytest.mark.usefixtures("published")

MOST_TRIES = 20
"""How often five rounds are raced for what nothing prevents to come about."""

EDITIONS = Edition.objects.filter(event=OuterRef("pk"))
MANY = 100
"""Rounds from which somebody waits, and is told what happened."""


def found() -> list[str]:
    with connections["owner"].cursor() as cursor:
        return inconsistencies(cursor)


@pytest.mark.parametrize("race", races.RACES, ids=lambda race: race.__name__)
def test_race_leaves_everything_whole(race: Callable[[], races.Duel], capsys: pytest.CaptureFixture[str]):
    result = races.run(race, races.ROUNDS)

    with capsys.disabled():
        sys.stdout.write(result.words() if races.ROUNDS > MANY else "")
    assert found() == []
    assert set(result.errors) == set()


def test_deletion_comes_before_the_publishing_and_after_it():
    for _ in range(MOST_TRIES):
        result = races.run(races.publish_and_delete_last_citation, 5)
        is_published = set(Event.objects.annotate(is_out=Exists(EDITIONS)).values_list("is_out", flat=True))
        if is_published == {True, False} and result.met:
            break

    assert is_published == {True, False}
    assert result.met > 0


def test_sound_state_of_every_table_has_no_inconsistency():
    event = corpus.publish_one_of_everything()
    secret = make.document()
    make.citation(event, secret)
    publish([event])
    withhold([secret])

    assert found() == []


@contextmanager
def replaced(name: str, body: str, original: str) -> Iterator[None]:
    """Put another body into one of the verbs' functions for a while."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(function(*name.split("/"), body))
        try:
            yield
        finally:
            cursor.execute(original)


def test_verbs_without_their_lock_are_found_out():
    unlocked = "BEGIN DELETE FROM staging.outgoing; DELETE FROM staging.needed; END"

    with replaced("begin_verb/", unlocked, turns.BEGIN_VERB):
        for _ in range(MOST_TRIES):
            races.run(races.publish_and_withhold, 5)
            if any(line.startswith("withheld document") for line in found()):
                return

    pytest.fail("of so many races no withheld document became public, and nothing else would have held it back")


def test_what_was_not_gathered_beforehand_is_published_all_the_same():
    event = corpus.event_with_everything()

    with replaced("gather/p_subject text, ids bigint[]", "BEGIN END", references.gather()):
        assert publish([event]).done == (event.pk,)

    assert found() == []
    with connections["published"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sources_agent UNION ALL SELECT count(*) FROM chronicle_location")
        assert cursor.fetchall() == [(1,), (2,)]


FAULTS = {
    "uncited event": "DELETE FROM published.chronicle_citation",
    "event with an edition that is not shown": "DELETE FROM published.chronicle_event",
    "withheld document": "UPDATE desk.sources_document SET access = 'withheld'",
    "withheld document in a snapshot of desk": "UPDATE desk.sources_document SET access = 'withheld'",
    "withheld document in a snapshot of published": "UPDATE desk.sources_document SET access = 'withheld'",
    "event unlike the desk's newest edition": "UPDATE desk.chronicle_edition SET is_tombstone = TRUE, snapshot = NULL",
    "document unlike the desk's newest edition": "DELETE FROM published.chronicle_edition WHERE document_id > 0",
    "chronicle_event unlike the newest edition": "UPDATE published.chronicle_event SET title = 'other'",
    "chronicle_citation unlike the newest edition": "DELETE FROM published.chronicle_citation WHERE aspect <> 'killed'",
    "chronicle_citation points to nothing": "DELETE FROM published.sources_document",
    "chronicle_eventlocation points to nothing": "DELETE FROM published.chronicle_location",
    "facts that are not so": "UPDATE published.chronicle_eventcount SET citations = citations + 1",
    "text whose pages are others": "DELETE FROM published.sources_documentpage WHERE number = 2",
    "tally that is not the count": f"UPDATE published.{TALLY} SET number = number + 1",
}
LOOSEN = """
DO $$ DECLARE c record; BEGIN
    FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
             WHERE contype = 'f' AND connamespace IN ('published'::regnamespace) LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);
    END LOOP;
END $$
"""


@pytest.mark.parametrize("rule", FAULTS)
def test_planted_inconsistency_is_found(rule: str):
    corpus.publish_one_of_everything()

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(LOOSEN)
        cursor.execute(FAULTS[rule])
        told = inconsistencies(cursor)
        transaction.set_rollback(True, using="owner")

    assert rule in {sentence.partition(": ")[0] for sentence in told}
    assert found() == []


def test_every_kind_of_rule_has_a_planted_fault():
    kinds = {rule.split(" ", 1)[1] if rule.split()[0] in NAMES else rule for rule, _ in rules()}

    assert kinds == {rule.split(" ", 1)[1] if rule.split()[0] in NAMES else rule for rule in FAULTS}


NAMES = {record.subject for record in RECORDS} | {table.name for record in RECORDS for table in record.tables}
