"""Merging while others merge, publish, cite and edit: somebody waits or is told, and no reference is lost.

`MERGE_RACES=1000 pytest tests/chronicle/test_merging_races.py` runs as many rounds.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import DatabaseError, connections

from chronicle.merging import MergeRefusedError, merge, undo
from chronicle.merging.plan import MODELS, references
from chronicle.models import Citation, Event
from chronicle.publication import publish
from sources.admin.refusals import refusal
from sources.models import Document
from tests import factories
from tests.refusals import run

ROUNDS = int(os.environ.get("MERGE_RACES", "24"))

Deed = Callable[[], Any]


def at_once(*deeds: Deed) -> list[str]:
    """Do everything in the same moment, each on a connection of its own; return who was refused, in words."""
    start = Barrier(len(deeds))

    def done(deed: Deed) -> str:
        start.wait()
        try:
            deed()
        except MergeRefusedError as error:
            return str(error)
        except DatabaseError as error:
            words = refusal(error)
            if words is None:
                raise  # a defect: no curator could be told what to do
            return words
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


def strays() -> list[str]:
    """Every row that refers to a record that was merged away."""
    found = []
    for model in MODELS.values():
        gone = model._default_manager.exclude(merged_into=None).values("pk")
        for reference in references(model):
            rows = reference.model._default_manager.filter(**{f"{reference.column.name}__in": gone})
            found += [f"{reference.name} {row.pk}" for row in rows]
    return found


OTHERWISE_PUBLIC = """
    SELECT p.id FROM published.chronicle_citation p JOIN desk.chronicle_citation d ON d.id = p.id
    WHERE p.event_id <> d.event_id AND NOT EXISTS (
        SELECT FROM published.chronicle_event e WHERE e.id = p.event_id)
"""


def of_events() -> tuple[list[Deed], Callable[[], None]]:
    """Two events are merged, in both directions, while they are published and cited."""
    kept, merged, document = factories.cited_event(), factories.cited_event(), factories.document()
    publish([kept, merged])
    factories.citation(merged, document)

    def cite() -> None:
        factories.citation(merged, document, statement="At the same time.")

    def look() -> None:
        gone = Event.objects.exclude(merged_into=None)
        public = Event.objects.using("published").filter(pk__in=[event.pk for event in gone])
        assert [event for event in gone if event.citations.exists()] == []
        assert list(public) == []
        assert run(OTHERWISE_PUBLIC) == []

    deeds = [lambda: merge(kept, merged), lambda: merge(merged, kept), lambda: publish([kept, merged]), cite]
    return deeds, look


def of_documents() -> tuple[list[Deed], Callable[[], None]]:
    """Two documents are merged while events that cite them are published, cited from them anew, and edited."""
    kept, merged = factories.document(), factories.document()
    event = factories.event()
    citation = factories.citation(event, merged)
    factories.citation(event, kept, through=merged)

    def edit() -> None:
        stale = Citation.objects.get(pk=citation.pk)
        stale.statement = "Edited."
        stale.save()

    def look() -> None:
        assert set(event.citations.values_list("document", flat=True)) <= {kept.pk, merged.pk}

    def cite() -> None:
        factories.citation(event, merged, through=kept)

    return [lambda: merge(kept, merged), lambda: publish([event]), edit, cite], look


def of_a_chain() -> tuple[list[Deed], Callable[[], None]]:
    """One document is merged into a second while that is merged into a third, and an earlier merge is undone."""
    first, second, third, fourth = (factories.document() for _ in range(4))
    event = factories.event()
    for document in (first, second, third, fourth):
        factories.citation(event, document)
    made = merge(second, fourth)

    def look() -> None:
        assert event.citations.count() == 4
        assert set(event.citations.values_list("document", flat=True)) <= set(
            Document.objects.filter(merged_into=None).values_list("pk", flat=True)
        )

    return [lambda: merge(second, first), lambda: merge(third, second), lambda: undo(made)], look


KINDS = (of_events, of_documents, of_a_chain)


def test_nothing_is_lost_whoever_comes_first(published: None) -> None:
    refused: list[str] = []
    for number in range(ROUNDS):
        deeds, look = KINDS[number % len(KINDS)]()
        before = Citation.objects.count()

        answers = at_once(*deeds)

        refused += filter(None, answers)
        assert Citation.objects.count() in (before, before + 1)
        assert strays() == []
        look()
    assert any("merged into another record" in words for words in refused)  # the races were races


def test_strays_would_be_seen(published: None) -> None:
    kept, merged = factories.document(), factories.document()
    merge(kept, merged)
    assert strays() == []
    run("ALTER TABLE desk.chronicle_citation DISABLE TRIGGER USER", alias="owner")
    try:
        factories.citation(factories.event(), merged, number=1)
        assert strays() == [f"chronicle.citation.document {Citation.objects.get().pk}"]
    finally:
        run("ALTER TABLE desk.chronicle_citation ENABLE TRIGGER USER", alias="owner")


@pytest.mark.parametrize("subject", MODELS)
def test_kinds_of_record_are_all_looked_at(subject: str) -> None:
    assert references(MODELS[subject])
