"""Purging words: found wherever they are before, and nowhere afterwards."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pghistory
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connections
from django.utils import timezone

from chronicle.merging import merge
from chronicle.models import Edition, Event, Import, Purge, Remark
from chronicle.publication import Note, privately_because, publish, publish_references
from chronicle.purging import Field, erase, holding, purge
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")

TOKEN = "Zyxwvut’s “witness”"
WRITTEN = """
    INSERT INTO chronicle_purge (kind, table_name, number, field, subject, sha256, copy_sha256, purged_at, reason)
    VALUES ({kind}, 't', 1, {field}, '', {sha256}, '', now(), {reason})
"""
SOUND = {"kind": "'words'", "field": "'f'", "sha256": "''", "reason": "'An order.'"}
BROKEN = [
    ("purge_has_reason", {"reason": "' '"}),
    ("purge_kind_is_known", {"kind": "'thoughts'"}),
    ("purge_names_what_went", {"field": "''"}),
    ("purge_names_what_went", {"kind": "'file'", "field": "''"}),
    ("purge_names_what_went", {"kind": "'record'"}),
]
EVERYWHERE = """
    SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'm')
    AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
"""


def tables_with(token: str) -> set[str]:
    """Every table of every schema of which a row has the token, written plainly or in JSON, in any case."""
    held = "position(lower(%s) in lower(t::text)) > 0"
    with connections["owner"].cursor() as cursor:
        cursor.execute(EVERYWHERE)
        names = [name for (name,) in cursor.fetchall()]
        spellings = [token, json.dumps(token)[1:-1], token.replace("“", "")[:7]]
        asked = [f"SELECT '{name}' FROM {name} t WHERE {' OR '.join([held] * len(spellings))}" for name in names]
        cursor.execute(" UNION ".join(asked), spellings * len(asked))
        return {name for (name,) in cursor.fetchall()}


def curator() -> Any:
    """The editor of these tests."""
    return get_user_model().objects.get_or_create(username="editor")[0]


def planted() -> tuple[Event, Any]:
    """An event and its document that told of the token in many states, some of them published, one in a merge."""
    event, other = make.cited_event(), make.event(title=f"{TOKEN}, twice")
    citation = event.citations.get()
    for number in range(2):
        Event.objects.filter(pk=event.pk).update(title=f"{TOKEN} {number}", curators_note=f"Ask {TOKEN}.")
        event.citations.update(statement=f"It names {TOKEN}.", quotation=f"“{TOKEN}”", value_as_printed=TOKEN)
        publish([event])
    event.names.create(name=TOKEN, language="en")
    event.names.all().delete()
    merge(event, other, reason="The same.")
    document = citation.document
    document.title = document.title_short = f"Letters of {TOKEN}"
    document.save()
    publish_references("document", [document])
    LogEntry.objects.create(
        user=curator(),
        content_type=ContentType.objects.get_for_model(Event),
        object_id=str(event.pk),
        object_repr=f"{TOKEN} 1",
        action_flag=CHANGE,
        change_message=json.dumps([{"added": {"name": "name", "object": TOKEN}}]),
    )
    return event, document


def test_words_are_found_everywhere_before_and_nowhere_after() -> None:
    event, document = planted()
    before = tables_with(TOKEN)
    assert {
        "chronicle_event",
        "chronicle_eventrevision",
        "chronicle_eventnamerevision",
        "chronicle_citation",
        "chronicle_edition",
        "chronicle_merge",
        "django_admin_log",
        "sources_documentrevision",
        "published.chronicle_event",
        "published.chronicle_citation",
        "published.chronicle_edition",
        "published.sources_document",
    } <= before
    editions, told = Edition.objects.count(), Event.objects.get(pk=event.pk).revisions.count()
    editor = curator()

    for record in (event, Event.objects.exclude(pk=event.pk).get(), document):
        assert purge(record, words="zyxwvut", reason="Order of a court.", by=editor)

    assert tables_with(TOKEN) == set()
    assert Edition.objects.count() == editions
    assert Event.objects.get(pk=event.pk).revisions.count() > told
    assert Event.objects.using("published").get(pk=event.pk).title == f"[removed {event.pk}]"
    kept = Purge.objects.get(table_name="chronicle_event", number=event.pk, field="title")
    assert (kept.reason, kept.purged_by) == ("Order of a court.", editor)
    assert publish([Event.objects.get(pk=event.pk)]).refused == ()


def test_words_beside_a_record_go_with_it() -> None:
    event, editor = make.cited_event(), curator()
    remark = event.remarks.create(words=f"Ask {TOKEN}.", author=editor)
    note = Note(words=f"As {TOKEN} told.", signed_as=f"Friends of {TOKEN}")
    with privately_because(f"{TOKEN} asked."):
        publish([event], note=note)
    other = make.event()
    merge(event, other, reason=f"{TOKEN} said so.")
    with pghistory.context(reason=f"{TOKEN} wrote."):
        event.state = "ready"
        event.save()

    found = purge(event, words="zyxwvut", reason="Order of a court.")

    assert [(one.table, one.name) for one in found] == [
        ("chronicle_edition", "note"),
        ("chronicle_edition", "private_reason"),
        ("chronicle_edition", "signed_as"),
        ("chronicle_event", "reasons"),
        ("chronicle_merge", "reason"),
        ("chronicle_remark", "words"),
    ]
    assert tables_with(TOKEN) == set()
    assert Remark.objects.get().words == f"[removed {remark.pk}]"
    assert Edition.objects.using("published").get(event=event).note == ""


def test_name_of_an_imported_file_goes() -> None:
    context = uuid.uuid4()
    made = make.imported(context=context, files=f"{TOKEN}.csv")
    with pghistory.context(file=f"{TOKEN}.csv", source="import") as using:
        Import.objects.filter(pk=made.pk).update(context=using.id)
        make.event()

    found = purge(made, words="zyxwvut", reason="Order of a court.")

    assert [one.name for one in found] == ["files", "reasons"]
    assert tables_with(TOKEN) == set()


def test_other_records_and_other_fields_keep_their_words() -> None:
    event = make.event(title=f"{TOKEN} here", summary="What happened.")
    other = make.event(title=f"{TOKEN} here")

    found = purge(event, words=TOKEN, reason="Order of a court.")

    assert found == [Field("chronicle_event", event.pk, "title")]
    assert Event.objects.get(pk=event.pk).summary == "What happened."
    assert Event.objects.get(pk=other.pk).title == f"{TOKEN} here"
    assert holding(event, TOKEN) == []


@pytest.mark.parametrize(("words", "reason"), [("  ", "A reason."), ("ab", "A reason."), (TOKEN, " ")])
def test_purging_needs_words_and_a_reason(words: str, reason: str) -> None:
    with pytest.raises(ValueError, match="a reason"):
        purge(make.event(title=TOKEN), words=words, reason=reason)


@pytest.mark.parametrize(
    "field",
    [Field("chronicle_event", 1, "state"), Field("auth_user", 1, "password"), Field("chronicle_edition", 1, "slug")],
)
def test_only_fields_of_words_are_purged(field: Field) -> None:
    with pytest.raises(DatabaseError, match="a field into which words are written"):
        erase(field, reason="A reason.", by=None, at=timezone.now())


@pytest.mark.parametrize(
    "act",
    [
        lambda: Purge.objects.create(table_name="t", number=1, field="f", purged_at=timezone.now(), reason="A reason."),
        lambda: Purge.objects.update(reason="Another."),
        lambda: Purge.objects.all().delete(),
    ],
)
def test_desk_cannot_write_what_was_purged(act: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        act()


@pytest.mark.parametrize(("constraint", "changes"), BROKEN)
def test_purge_that_says_too_little_is_refused_by_the_table(constraint: str, changes: dict[str, str]) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(WRITTEN.format(**SOUND))
        with pytest.raises(DatabaseError, match=constraint):
            cursor.execute(WRITTEN.format(**SOUND | changes))
