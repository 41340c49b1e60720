from typing import Any

import pytest
from django.contrib.auth import get_user_model

from chronicle.models import Edition
from chronicle.publication import Note, publish
from tests import factories
from tests.chronicle.admin.desk import list_url, url


@pytest.mark.parametrize("events", [1, 3])
def test_history_of_publications_asks_as_often_for_few_rows_as_for_many(
    desk: Any, django_assert_num_queries: Any, events: int
) -> None:
    publish([factories.cited_event() for _ in range(events)], editor=get_user_model().objects.get())

    with django_assert_num_queries(4):
        response = desk.get(list_url(Edition))

    assert response.context["cl"].result_count == 2 * events + 1  # each event, its document, and the kind of all


def test_history_of_publications_tells_who_what_and_why(desk: Any) -> None:
    event = factories.cited_event(title="First ceasefire")
    publish([event], editor=get_user_model().objects.get(), note=Note(words="Because of this.", signed_as="The board"))

    response = desk.get(list_url(Edition))

    for words in ("First ceasefire", "curator", "Because of this.", url(event)):
        assert words in response.text
    assert "The board" in desk.get(url(event.editions.get())).text


def test_editions_are_read_and_never_written(desk: Any) -> None:
    event = factories.cited_event()
    publish([event])
    edition = event.editions.get()

    assert desk.get(url(edition)).status_code == 200
    assert desk.get(list_url(Edition, "add")).status_code == 403
    assert desk.post(url(edition), {"note": "Another note"}).status_code == 403
    assert desk.post(url(edition, "delete"), {"post": "yes"}).status_code == 403
    assert "chronicle_citation" not in desk.get(url(edition)).text
