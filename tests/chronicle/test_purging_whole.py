"""Whole records that are purged: found wherever they are before, and nowhere afterwards; what leans on them refuses."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.test import Client

from chronicle.history.parts import going_along
from chronicle.merging import merge
from chronicle.models import Citation, Edition, Event, Purge
from chronicle.publication import publish
from chronicle.purging_whole import PURGE, SUBJECTS, LeaningError, leaning, purge_whole
from sources.models import Agent, Document
from tests import factories as make
from tests.chronicle.backups.test_backups import deposit
from tests.chronicle.test_purging import TOKEN, curator, planted, tables_with
from tests.files import stored_in

pytestmark = pytest.mark.usefixtures("published")


def left_of(record: Any, number: int) -> list[str]:
    """The tables of a kind of record, and of their history, that still have rows of it."""
    found = []
    parts = [(type(record), "id"), *((part.model, f"{part.link}_id") for part in going_along(type(record)))]
    with connections["owner"].cursor() as cursor:
        for model, column in parts:
            for name in (model._meta.db_table, model.pgh_event_model._meta.db_table):
                cursor.execute(f"SELECT count(*) FROM desk.{name} WHERE {column} = %s", [number])
                found += [name] * bool(cursor.fetchone()[0])
    return found


def test_event_goes_with_all_that_was_ever_said_of_it() -> None:
    event, document = planted()
    number, slug, other = event.pk, event.slug, Event.objects.exclude(pk=event.pk).get()
    remark = event.remarks.create(words=f"Ask {TOKEN}, @editor.", author=curator())
    remark.mentions.create(curator=curator())
    assert Client().get(f"/events/{slug}/").status_code == 200
    with pytest.raises(LeaningError, match=r"\(Events: 1\)"):
        purge_whole(event, reason="Order of a court.")
    assert "chronicle_remark" in tables_with(TOKEN)

    purge_whole(other, reason="Order of a court.")
    purge_whole(event, reason="Order of a court.", by=curator())

    assert left_of(event, number) == []
    assert tables_with(TOKEN) <= {
        name for name in tables_with(TOKEN) if "sources_document" in name or "edition" in name
    }
    assert not Edition.objects.filter(event_id=number).exists()
    assert not Edition.objects.using("published").filter(event_id=number).exists()
    assert {Client().get(address).status_code for address in (f"/events/{slug}/", f"/e/{number}")} == {404}
    kept = Purge.objects.filter(kind="record").latest("pk")
    assert (kept.table_name, kept.number, kept.reason, kept.purged_by) == (
        "chronicle_event", number, "Order of a court.", curator(),
    )  # fmt: skip
    purge_whole(document, reason="Order of a court.")
    assert tables_with(TOKEN) == set()


def test_document_goes_from_older_editions_too_and_with_its_files(settings: Any, tmp_path: Path) -> None:
    stored_in(settings, tmp_path / "here")
    event, document = make.cited_event(), make.document(title=TOKEN, url="https://example.org/zyxwvut")
    file = deposit(document, f"Letters of {TOKEN}", tmp_path)
    citation = make.citation(event, document, statement=f"It names {TOKEN}.")
    publish([event])
    with pytest.raises(LeaningError, match=r"\(Citations: 1\): delete these rows"):
        purge_whole(document, reason="Order of a court.")
    Citation.objects.filter(pk=citation.pk).delete()

    purge_whole(document, reason="Order of a court.")

    told = tables_with(TOKEN)
    assert told <= {"chronicle_citationrevision"}  # of the event, where its words are purged
    assert left_of(document, document.pk) == []
    assert list((tmp_path / "here").rglob(file.sha256)) == []
    assert {one.kind for one in Purge.objects.all()} == {"file", "record"}
    edition = f"/events/{event.slug}/editions/1/"
    assert Client().get(edition).status_code == 200
    assert Client().get(f"/events/{event.slug}/").status_code == 200


def test_agent_goes_from_older_editions_that_named_it() -> None:
    agent = make.agent(name=TOKEN)
    event, document = make.event(), make.document(publisher=agent)
    document.contributions.create(agent=agent, role="author", position=1)
    event.participations.create(agent=agent, role="took_part")
    make.citation(event, document, claimed_by=agent)
    publish([event])
    Citation.objects.update(claimed_by=None)
    event.participations.all().delete()
    document.contributions.all().delete()
    Document.objects.update(publisher=None)
    with pytest.raises(LeaningError, match="Readers still see it"):
        purge_whole(agent, reason="Order of a court.")
    publish([event])

    purge_whole(agent, reason="Order of a court.")

    assert tables_with(TOKEN) == set()
    assert left_of(agent, agent.pk) == []
    for number in (1, 2):
        assert Client().get(f"/events/{event.slug}/editions/{number}/").status_code == 200


@pytest.mark.parametrize("maker", [make.event, make.document, make.agent])
def test_record_that_was_never_published_goes_and_nothing_else(maker: Any) -> None:
    record, other = maker(), maker()

    purge_whole(record, reason="Order of a court.")

    assert left_of(record, record.pk) == []
    assert type(other)._default_manager.get() == other


def test_whoever_leans_refuses_in_the_database_too() -> None:
    parent = make.event()
    make.event(parent=parent)
    arguments = ["event", parent.pk, None, "Order of a court.", "2026-05-03T12:00:00Z"]

    with pytest.raises(IntegrityError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(PURGE, arguments)

    assert Event.objects.filter(pk=parent.pk).exists()
    assert leaning(parent) == {"Events": 1}


@pytest.mark.parametrize(("subject", "reason"), [("location", "A reason."), ("event", " ")])
def test_database_purges_what_it_knows_and_for_a_reason(subject: str, reason: str) -> None:
    with pytest.raises(DatabaseError, match="and a reason"), connections["default"].cursor() as cursor:
        cursor.execute(PURGE, [subject, make.event().pk, None, reason, "2026-05-03T12:00:00Z"])


def test_purging_whole_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        purge_whole(make.event(), reason=" ")


def test_merged_record_is_purged_after_its_merge_is_undone() -> None:
    kept, away = make.event(), make.event()
    merge(kept, away)

    with pytest.raises(LeaningError):
        purge_whole(kept, reason="Order of a court.")


def test_kinds_that_can_be_purged_whole() -> None:
    assert set(SUBJECTS) == {Event, Document, Agent}
