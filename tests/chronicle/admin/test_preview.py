"""The preview of the next edition: what readers would see, and nothing of it comes about."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chronicle.middleware import refuse
from chronicle.models import Citation, Edition, Event
from chronicle.publication import publish
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in, row, shown, url
from tests.factories.whole import revisions


def page_of(event: Event) -> str:
    return reverse("preview", args=[event.pk])


@contextmanager
def readers_login_unused() -> Iterator[None]:
    with connections["published"].execute_wrapper(refuse):
        yield


@pytest.fixture
def contributor(published: None) -> Client:
    return logged_in(curator("contributor"))


def cited(**fields: Any) -> Event:
    event = factories.event(title="First ceasefire", parties=(factories.party(),), **fields)
    factories.citation(event, aspect="date", asserted_date_edtf="2020-10-10", date_of="agreed", curators_note="Hush.")
    return event


def stored() -> list[Any]:
    """All that a preview must leave as it was."""
    return [
        list(Event.objects.values_list("title", "summary")),
        list(Citation.objects.values_list("statement", flat=True)),
        [revisions(model).count() for model in (Event, Citation)],
        [Edition.objects.count(), Edition.objects.using("published").count(), LogEntry.objects.count()],
        list(Event.objects.using("published").values_list("title", flat=True)),
    ]


def test_places_of_the_event_are_named_as_on_its_page(contributor: Client) -> None:
    event = cited(locations=(factories.location(name="Shusha"),))

    response = contributor.get(page_of(event))

    assert (response.status_code, "Shusha" in response.text) == (200, True)


def test_what_is_typed_is_shown_as_readers_would_see_it_and_nothing_comes_of_it(contributor: Client) -> None:
    event = cited()
    publish([event])
    data = shown(contributor.get(url(event))) | {"title": "Ceasefire of Moscow", "curators_note": "Secret."}
    data |= row("citations", 0, statement="It says that it was agreed at noon.", curators_note="Secret too.")
    before = stored()

    with readers_login_unused():
        page = contributor.post(page_of(event), data)

    assert page.status_code == 200
    assert "Edition 2, as readers would see it" in page.text
    assert "What changes against edition 1" in page.text
    assert re.search(r"<del>[^<]*First[^<]*</del>", page.text)
    assert "agreed at noon" in page.text
    assert "Secret" not in page.text
    assert "Hush" not in page.text
    assert "sandbox" in page["Content-Security-Policy"]
    assert stored() == before
    assert "Ceasefire of Moscow" not in contributor.get(url(event)).text  # nor is anything told on the next page


def test_first_edition_is_previewed_without_a_word_reaching_readers(contributor: Client) -> None:
    event = cited()
    before = stored()

    page = contributor.get(page_of(event))

    assert "Edition 1, as readers would see it" in page.text
    assert "What changes against" not in page.text
    assert stored() == before
    publish([event])
    assert "Nothing would change" in contributor.get(page_of(event)).text
    assert Event.objects.using("published").get().title == "First ceasefire"  # what is published is seen here


def test_withheld_and_described_documents_are_previewed_as_readers_would_see_them(contributor: Client) -> None:
    event = cited()
    factories.citation(event, factories.document(title="Hidden report", access="withheld"), statement="Hidden words.")
    witness = factories.document(title="Her name", access="described", public_description="Testimony of a resident")
    factories.citation(event, witness, locator="4", locator_label="page")

    page = contributor.get(page_of(event)).text

    assert "Testimony of a resident" in page
    for hidden in ("Hidden report", "Hidden words", "Her name"):
        assert hidden not in page


def test_event_without_a_citation_has_no_preview_but_the_reason(contributor: Client) -> None:
    event = factories.event()

    page = contributor.get(page_of(event))

    assert "It has no citation that may be published" in page.text


def test_form_that_is_wrong_or_stale_has_no_preview_but_the_faults(contributor: Client) -> None:
    event = cited()
    data = shown(contributor.get(url(event)))

    wrong = contributor.post(page_of(event), data | {"date_edtf": "28/05/1920"} | row("citations", 0, date_of=""))
    contributor.post(url(event), data | {"title": "Theirs"})
    stale = contributor.post(page_of(event), data | {"title": "Mine"})

    assert "is not a date in EDTF" in wrong.text
    assert "Date of: choose which moment it dates" in wrong.text
    assert "Others saved this record while you had it open" in stale.text
    assert Event.objects.get().title == "Theirs"


def test_preview_is_for_those_who_see_the_event(published: None) -> None:
    event = cited()
    nobody = User.objects.create_user("nobody", is_staff=True)

    assert Client().get(page_of(event)).status_code == 302
    assert logged_in(nobody).get(page_of(event)).status_code == 403
    assert logged_in(nobody).post(page_of(event), {}).status_code == 403
    assert logged_in(curator("editor")).get("/admin/chronicle/event/999999/preview/").status_code == 404


def test_preview_waits_for_somebody_who_publishes_and_says_so(contributor: Client, monkeypatch: Any) -> None:
    event = cited()
    monkeypatch.setattr("chronicle.views.preview.PATIENCE", "SET LOCAL lock_timeout = '50ms'")

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("LOCK TABLE desk.chronicle_edition IN SHARE ROW EXCLUSIVE MODE")
        page = contributor.get(page_of(event))

    assert "Somebody is publishing just now" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_asks_as_often_for_one_citation_as_for_three(contributor: Client, rows: int) -> None:
    event = factories.event()
    for _ in range(rows):
        factories.citation(event)
    contributor.get(page_of(event))

    with CaptureQueriesContext(connection) as asked:
        contributor.get(page_of(event))

    assert len(asked) == 28
