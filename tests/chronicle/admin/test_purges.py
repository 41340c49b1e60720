"""The list of purges: what, from which record, when, by whom and why; never the words."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.urls import reverse

from chronicle import fulltexts
from chronicle.models import Event, Purge
from chronicle.purging import purge
from chronicle.secrecy import restrict
from tests import factories as make
from tests.chronicle.admin.desk import curator, logged_in
from tests.chronicle.test_purging import TOKEN
from tests.files import stored_in

pytestmark = pytest.mark.usefixtures("published")
LIST = reverse("admin:chronicle_purge_changelist")
QUERIES = 8
"""Session, user, permissions, bound of the list, the page, the names of its records, who may see what."""


@pytest.fixture
def browser() -> Any:
    return logged_in(curator("editor"))


def cells(response: Any, column: str) -> list[str]:
    """What a column of the list says, row by row."""
    admin = response.context["cl"].model_admin
    return [str(getattr(admin, column)(one)) for one in response.context["cl"].result_list]


def test_list_tells_what_went_and_never_the_words(browser: Any, settings: Any, tmp_path: Path) -> None:
    stored_in(settings, tmp_path)
    event, document = make.event(title=TOKEN), make.document(title="Letters")
    name = event.names.create(name=TOKEN, language="en")
    file = make.file(document)
    purge(event, words=TOKEN, reason="Order of a court.")
    fulltexts.purge(file, reason="Sent by mistake.")

    response = browser.get(LIST)

    assert cells(response, "what") == [file.sha256[:12], "Name of an event: name", "Event: title"]
    linked = f'Document {document.pk}: <a href="/admin/sources/document/{document.pk}/change/">Letters</a>'
    assert cells(response, "of_record")[0] == linked
    assert [(one.kind, one.number, one.reason) for one in response.context["cl"].result_list] == [
        ("file", file.pk, "Sent by mistake."),
        ("words", name.pk, "Order of a court."),
        ("words", event.pk, "Order of a court."),
    ]
    assert "Zyxwvut" not in response.content.decode()
    assert [one.kind for one in browser.get(f"{LIST}?kind__exact=file").context["cl"].result_list] == ["file"]
    assert list(browser.get(f"{LIST}?purged_at__year=1999").context["cl"].result_list) == []
    one = Purge.objects.get(kind="file")
    assert "Sent by mistake." in browser.get(f"{LIST}{one.pk}/change/").content.decode()


def test_record_that_is_gone_is_told_by_its_number(browser: Any) -> None:
    event = make.event(title=TOKEN)
    purge(event, words=TOKEN, reason="Order of a court.")
    Event.objects.all().delete()

    assert cells(browser.get(LIST), "of_record") == [f"Event {event.pk}, no longer there"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_as_many_queries_for_three_rows_of_any_kind(
    browser: Any, django_assert_num_queries: Any, rows: int
) -> None:
    for made in (make.event(title=TOKEN), make.party(name=TOKEN), make.agent(name=TOKEN))[:rows]:
        purge(made, words=TOKEN, reason="Order of a court.")
    browser.get(LIST)

    with django_assert_num_queries(QUERIES):
        assert len(cells(browser.get(LIST), "of_record")) == rows


def test_purges_of_a_document_that_a_curator_may_not_see_are_not_listed(browser: Any) -> None:
    document = make.document(title=TOKEN)
    citation = make.citation(make.event(), document, statement=f"It names {TOKEN}.")
    for record in (document, citation.event):
        purge(record, words=TOKEN, reason="Order of a court.")
    assert len(cells(browser.get(LIST), "what")) == 2

    restrict(document, [Group.objects.create(name="keepers")])

    assert cells(browser.get(LIST), "what") == []


def test_purge_is_not_changed_or_deleted_at_the_desk(browser: Any) -> None:
    purge(make.event(title=TOKEN), words=TOKEN, reason="Order of a court.")
    one = Purge.objects.get()

    answers = [browser.post(f"{LIST}{one.pk}/{page}/", {"reason": "Another."}) for page in ("change", "delete")]

    assert [answer.status_code for answer in answers] == [403, 403]
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT reason FROM desk.chronicle_purge")
        assert cursor.fetchall() == [("Order of a court.",)]
