from typing import Any

import pytest

from chronicle.models import Edition, Event, EventKind, Location, Population, Unit
from chronicle.publication import publish
from sources.models import Agent, Document, Party
from tests import factories
from tests.chronicle.admin.desk import list_url


def full_event(number: int) -> Event:
    return factories.cited_event(slug=f"event-{number}", kind=factories.kind(slug=f"kind-{number}"))


MAKERS = {
    Party: (lambda number: factories.party(), 4),
    Agent: (lambda number: factories.agent(party=factories.party()), 5),
    Document: (lambda number: factories.document(publisher=factories.agent()), 6),
    Location: (lambda number: factories.location(), 5),
    EventKind: (lambda number: factories.kind(slug=f"kind-{number}"), 4),
    Unit: (lambda number: factories.unit(slug=f"unit-{number}"), 4),
    Population: (lambda number: factories.population(slug=f"population-{number}"), 4),
    Event: (full_event, 7),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("model", MAKERS)
def test_list_asks_as_often_for_one_row_as_for_three(
    desk: Any, django_assert_num_queries: Any, model: Any, rows: int
) -> None:
    maker, queries = MAKERS[model]
    for number in range(rows):
        maker(number)

    with django_assert_num_queries(queries):
        response = desk.get(list_url(model))

    assert response.context["cl"].result_count == rows


def test_lists_are_found_on_the_first_page(desk: Any) -> None:
    response = desk.get("/admin/")

    assert response.status_code == 200
    for model in MAKERS:
        assert f'href="{list_url(model)}"' in response.text


@pytest.mark.parametrize("model", [*MAKERS, Edition])
def test_empty_list_says_what_to_do_first(desk: Any, model: Any) -> None:
    page = desk.get(list_url(model)).text

    assert " yet. " in page.split('class="empty-list"')[1].split("</p>")[0]


def test_search_without_a_hit_is_told_apart_from_an_empty_list(desk: Any) -> None:
    factories.event(title="First ceasefire")

    page = desk.get(list_url(Event), {"q": "strike"}).text

    assert "Nothing is found." in page
    assert "No events yet" not in page
    assert "empty-list" not in desk.get(list_url(Event), {"q": "ceasefire"}).text


def test_editions_are_found_by_the_address_of_their_record(desk: Any) -> None:
    publish([full_event(1), full_event(2)])

    found = desk.get(list_url(Edition), {"q": "event-2"}).context["cl"].result_list
    nothing = desk.get(list_url(Edition), {"q": "event"}).context["cl"].result_list

    assert [edition.slug for edition in found] == ["event-2"]
    assert list(nothing) == []
