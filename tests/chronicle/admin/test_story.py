"""The page of a record's history: what curators read there, at a constant number of queries."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chronicle.models import Event
from chronicle.publication import Note, publish, withdraw
from sources.models.record import Record
from tests import factories
from tests.chronicle.admin.desk import curator, logged_in, saved, url


def history(client: Client, record: Record, **query: str) -> Any:
    return client.get(url(record, "history"), query)


def test_save_of_the_form_is_told_with_who_and_the_words(committed_desk: Client) -> None:
    event = factories.event(title="First ceasefire", summary="They met in Moscow.")
    saved(committed_desk, url(event), summary="They met in Moscow & <b>agreed</b>.")

    text = history(committed_desk, event).text

    assert "<strong>curator</strong> · by the form" in text
    assert "They met in Moscow<ins> &amp; &lt;b&gt;agreed&lt;/b&gt;</ins>." in text


def test_editions_stand_where_they_were_published(committed_desk: Client) -> None:
    event = factories.cited_event()
    publish([event], editor=curator("editor"), note=Note(words="First of all."))
    Event.objects.filter(pk=event.pk).update(title="Another title")
    withdraw([event], note=Note(words="Two events were one."))

    items = history(committed_desk, event).context["items"]

    assert [item.edition.number if item.edition else item.rows[0].title.split(":")[0] for item in items] == [
        2, "Event", 1, "Citation 1", "Event",
    ]  # fmt: skip
    assert "Edition 1 published" in history(committed_desk, event).text
    assert "Taken off the public side, as edition 2" in history(committed_desk, event).text


def test_page_asks_as_often_for_three_rows_as_for_one(committed_desk: Client, django_assert_num_queries: Any) -> None:
    events = [factories.event() for _ in range(2)]
    for event, rows in zip(events, (1, 3), strict=True):
        for _ in range(rows):
            factories.citation(event)
            saved(committed_desk, url(event), summary=f"Changed {Event.objects.get(pk=event.pk).summary}")
    for event in events:
        with django_assert_num_queries(QUERIES):
            assert history(committed_desk, event).status_code == 200


QUERIES = 18


def test_pages_of_a_long_history_are_linked(committed_desk: Client) -> None:
    event = factories.event(title="0")
    for number in range(1, 22):
        Event.objects.filter(pk=event.pk).update(title=str(number))

    first = history(committed_desk, event)
    second = history(committed_desk, event, before=str(first.context["older"]))

    assert [len(page.context["items"]) for page in (first, second)] == [20, 2]
    assert second.context["older"] is None
    assert f"?before={first.context['older']}".replace(":", "%3A").replace("+", "%2B") in first.text


@pytest.mark.parametrize("name", ["before", "entry"])
@pytest.mark.parametrize("place", ["x", "\x00", "\ud800", "9" * 5000, "2026-01-01T00:00:00+00:00_" + "f" * 31])
def test_place_that_is_none_is_no_page(committed_desk: Client, name: str, place: str) -> None:
    event = factories.event()

    assert history(committed_desk, event).status_code == 200
    query = {name: place.encode("utf-8", "surrogatepass")}
    assert history(committed_desk, event, **query).status_code == 404  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [factories.document, factories.location, factories.agent, factories.term])
def test_other_records_have_their_story_too(committed_desk: Client, make: Any) -> None:
    record = make()

    (item,) = history(committed_desk, record).context["items"]

    assert item.rows[0].happened == "added"


def test_history_of_what_is_not_there_leads_away(committed_desk: Client) -> None:
    response = committed_desk.get(reverse("admin:chronicle_event_history", args=[999]))

    assert (response.status_code, response.url) == (302, reverse("admin:index"))


def test_history_is_for_those_who_may_see_the_record(published: None) -> None:
    event = factories.event()

    assert history(logged_in(curator("contributor")), event).status_code == 200
    assert history(Client(), event).status_code == 302
