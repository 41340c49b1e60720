"""The JSON interface: what it answers with, that it pages, and that it says no as problem documents."""

from typing import Any

import pytest
from django.test import Client
from psycopg.types.range import Range

from chronicle.fulltexts import show
from chronicle.merging import merge
from chronicle.models import Event
from chronicle.publication import Note, publish, withdraw
from chronicle.vocabularies import LocationKind
from sources.models import Document
from tests import factories as make

pytestmark = pytest.mark.usefixtures("published")


def get(address: str, **headers: Any) -> Any:
    response = Client().get(f"/api/{address}", headers=headers)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return response


def contested() -> Event:
    """Two documents with two dates and two figures, one through the other, by a speaker of a party."""
    here, there = make.party(slug="here", name_short="Here"), make.party(slug="there", name_short="There")
    town = make.location(slug="town", name="Town")
    town.names.create(toponym="Շուշի", language="hy", party=there, is_preferred=True)
    speaker = make.agent(slug="minister", name="Minister", party=there, basis="minister since 1990")
    event = make.event(
        slug="losses", title="Losses", parties=(here, there), locations=(town,), date_edtf="1994-05", summary="So."
    )
    report = make.document(slug="report", title="Report", title_short="Report 1994", party=here)
    leaflet = make.document(slug="leaflet", title="Leaflet", title_short="Leaflet 1994")
    dead = {"aspect": "killed", "unit": make.unit(slug="person", name="person", name_plural="persons")}
    figure = Range(81, None, "[)")
    make.citation(event, report, asserted_figure=figure, claimed_by=speaker, through=leaflet, statement="Many.", **dead)
    make.citation(event, leaflet, asserted_figure=Range(10, 20, "[]"), statement="Few.", **dead)
    make.citation(event, leaflet, aspect="date", date_of="began", asserted_date_edtf="[1994-05-09..1994-05-10]")
    publish([event])
    return event


def test_event_comes_with_every_rival_value_and_both_bounds_of_dates() -> None:
    event = contested()

    record = get("events/losses").json()

    assert (record["number"], record["edition"]["number"], record["kind"]["slug"]) == (event.pk, 1, event.kind.slug)
    assert record["filed_under"] == {
        "edtf": "1994-05",
        "words": "May 1994",
        "earliest": "1994-05-01",
        "latest": "1994-05-31",
    }
    many, few, dated = record["citations"]
    assert many["asserted_figure"] == {
        "words": "at least 81",
        "range": "[81,)",
        "lower": 81,
        "lower_is_included": True,
        "upper": None,
        "upper_is_included": False,
    }
    assert (few["asserted_figure"]["lower"], few["asserted_figure"]["upper"]) == (10, 20)
    assert (many["claimed_by"]["slug"], many["through"]["slug"], many["unit"]["slug"]) == (
        "minister",
        "leaflet",
        "person",
    )
    assert (dated["date_of"], dated["asserted_date"]["earliest"], dated["asserted_date"]["latest"]) == (
        "began",
        "1994-05-09",
        "1994-05-10",
    )
    assert [(pair["aspect"], pair["verdict"], pair["left"], pair["right"]) for pair in record["disputes"]] == [
        ("killed", "disagree", [few["number"]], [many["number"]])
    ]
    assert {voice["party"]["slug"] for voice in record["voices"]} == {"here", "there"}


def test_what_is_not_published_is_not_there() -> None:
    event = contested()
    event.summary = "Changed at the desk."
    event.save()
    make.cited_event(slug="draft")

    assert get("events/losses").json()["summary"] == "So."
    assert get("events/draft").status_code == 404
    assert get("events").json()["count"] == {"number": 1, "is_more": False}


def test_lists_are_paged_by_next_to_the_end() -> None:
    events = [make.cited_event(slug=f"event-{n}", date_edtf=f"199{n}") for n in range(5)]
    publish(events)

    found, address = [], "/api/events?limit=2"
    while address:
        page = Client().get(address).json()
        found += [record["slug"] for record in page["records"]]
        address = page["next"]

    assert found == [f"event-{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("events", "slug"),
        ("locations", "slug"),
        ("documents", "slug"),
        ("agents", "slug"),
        ("citations", "number"),
        ("citations?document=report", "number"),
        ("editions", "event_number"),
    ],
)
def test_every_list_can_be_read_one_by_one(address: str, key: str) -> None:
    contested()
    publish([make.cited_event(), make.cited_event()])
    whole = [record[key] for record in get(f"{address}").json()["records"]]

    found, after = [], f"/api/{address}{'&' if '?' in address else '?'}limit=1"
    while after:
        page = Client().get(after).json()
        found += [record[key] for record in page["records"]]
        after = page["next"]

    assert len(whole) >= 1
    assert found == whole


def test_filters_are_those_of_the_pages() -> None:
    contested()
    publish([make.cited_event(slug="other", date_edtf="2001")])

    assert slugs("events?place=Շուշի") == ["losses"]
    assert slugs("events?disputed=killed") == ["losses"]
    assert slugs("events?period=2001") == ["other"]
    assert slugs("locations?q=shushi") == ["town"]
    assert slugs("documents?party=here") == ["report"]
    assert slugs("agents?party=there") == ["minister"]
    assert get("disputes?aspect=killed").json()["records"][0]["event"]["slug"] == "losses"
    assert get("citations?claimed_by=minister").json()["records"][0]["statement"] == "Many."


def slugs(address: str) -> list[str]:
    return [record["slug"] for record in get(address).json()["records"]]


def test_search_answers_in_every_meaning() -> None:
    contested()

    found = get("search?q=81").json()
    assert [(group["kind"], group["hits"][0]["statement"]) for group in found["groups"]] == [("figures", "Many.")]
    dated = get("search?q=[1994-05-09..1994-05-10]").json()
    assert [group["kind"] for group in dated["groups"]] == ["dates"]
    assert get("search?q=Losses").json()["groups"][0]["hits"][0]["record"]["slug"] == "losses"
    assert get("search?q=E1").json()["record"].endswith("/e/1")


def test_pages_of_texts_are_found_with_their_words() -> None:
    contested()
    document = Document.objects.get(slug="report")
    show(texts=[make.text(document, "Nothing yet.", "Then the bridges fell.", language="en")])

    (group,) = get("search?q=bridge+fell").json()["groups"]

    (hit,) = group["hits"]
    assert (group["kind"], hit["record"], hit["passage"]["page"]) == ("pages", None, "2")
    assert hit["passage"]["document"]["slug"] == "report"
    assert hit["passage"]["url"].endswith("/documents/report/text/2/")
    assert hit["passage"]["excerpt"] == "Then the bridges fell"


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("events?period=2020-13-45", "period"),
        ("events?place=nowhere", "place"),
        ("events?limit=1000", "limit"),
        ("events?limit=0", "limit"),
        ("events?limit=many", "limit"),
        ("events?after=nonsense", "after"),
        ("events?kind=%00", "kind"),
        ("locations?kind=planet", "kind"),
        ("locations?within=nowhere", "within"),
        ("documents?type=scroll", "type"),
        ("documents?agent=nobody", "agent"),
        ("agents?party=nobody", "party"),
        ("disputes?aspect=colour", "aspect"),
        ("disputes?after=1~1", "after"),
        ("editions?kind=nothing", "kind"),
        ("citations?document=a&claimed_by=b", "claimed_by"),
        ("search", "q"),
        ("search?q=x&kind=nothing", "kind"),
    ],
)
def test_wrong_parameter_is_named_in_a_problem_document(address: str, parameter: str) -> None:
    response = get(address)

    assert (response.status_code, response.headers["Content-Type"]) == (422, "application/problem+json")
    problem = response.json()
    assert problem["status"] == 422
    assert parameter in [fault["parameter"] for fault in problem["faults"]]
    assert all(fault["detail"] for fault in problem["faults"])


@pytest.mark.parametrize(
    "address", ["nothing", "events/nothing", "events/a/b/c", "citations/1", f"citations/{10**17}", "openapi.jso"]
)
def test_nothing_there_is_a_problem_document(address: str) -> None:
    response = get(address)

    assert (response.status_code, response.json()["status"]) == (404, 404)


def test_what_was_taken_down_says_when_and_why() -> None:
    event = contested()
    withdraw([event], note=Note(words="A family asked for it."))

    response = get("events/losses")

    assert response.status_code == 410
    assert "A family asked for it." in response.json()["detail"]
    assert get("events").json()["records"] == []


def test_former_address_leads_to_the_one_of_today() -> None:
    event = contested()
    event.slug = "the-losses"
    event.save()
    publish([event])

    response = get("events/losses")

    assert (response.status_code, response.headers["Location"]) == (301, "http://testserver/api/events/the-losses")


def test_what_was_merged_leads_to_what_it_was_merged_into() -> None:
    event = contested()
    merged, document = make.cited_event(slug="merged"), make.document(slug="leaflet-again", title="Leaflet")
    make.citation(merged, document)
    publish([merged])
    merge(event, merged)
    merge(Document.objects.get(slug="leaflet"), document)
    publish([event])

    for former, kept in (("events/merged", "events/losses"), ("documents/leaflet-again", "documents/leaflet")):
        response = get(former)
        assert (response.status_code, response.headers["Location"]) == (301, f"http://testserver/api/{kept}")
        assert get(kept).status_code == 200
    said = [get(f"citations?document={slug}").json()["records"] for slug in ("leaflet", "leaflet-again")]
    assert said[0] == said[1] != []


def test_old_edition_is_as_it_went_out() -> None:
    event = contested()
    event.summary = "Otherwise."
    event.save()
    publish([event])

    assert get("events/losses").json()["edition"]["number"] == 2
    old = get("events/losses/editions/1").json()
    assert (old["summary"], old["edition"]["number"], len(old["citations"])) == ("So.", 1, 3)
    assert [record["number"] for record in get("events/losses/editions").json()["records"]] == [2, 1]
    assert get("events/losses/editions/3").status_code == 404


def test_unchanged_answer_is_not_sent_again_and_may_be_read_elsewhere() -> None:
    contested()
    first = get("events")

    again = get("events", if_none_match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")


def test_preflight_is_answered_and_nothing_can_be_written() -> None:
    client = Client()

    asked = client.options("/api/events")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)("/api/events")
        assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")
        assert refused.json()["status"] == 405
    assert client.head("/api/events").status_code == 200


def test_pages_for_readers_are_not_shared_with_other_sites() -> None:
    assert "Access-Control-Allow-Origin" not in Client().get("/events/").headers


def test_description_is_openapi_and_names_every_parameter() -> None:
    described = get("openapi.json").json()

    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/events",
        "/api/events/{slug}",
        "/api/events/{slug}/editions",
        "/api/events/{slug}/editions/{number}",
        "/api/citations",
        "/api/citations/{number}",
        "/api/locations",
        "/api/locations/{slug}",
        "/api/documents",
        "/api/documents/{slug}",
        "/api/agents",
        "/api/agents/{slug}",
        "/api/disputes",
        "/api/editions",
        "/api/search",
    }
    for path, operations in described["paths"].items():
        assert set(operations) == {"get"}
        assert {"200", "404", "410", "422"} <= set(operations["get"]["responses"]), path
        asked = [one for one in operations["get"].get("parameters", []) if one["in"] == "query"]
        assert all(one["schema"].get("description") for one in asked), path
    asked = {one["name"]: one["schema"] for one in described["paths"]["/api/locations"]["get"]["parameters"]}
    assert asked["kind"]["enum"] == ["", *LocationKind.values]


def test_page_for_people_shows_every_operation_with_an_example_that_answers() -> None:
    contested()
    client = Client()

    page = client.get("/api/")

    assert page.headers["Content-Type"].startswith("text/html")
    operations = page.context["operations"]
    assert len(operations) == len(get("openapi.json").json()["paths"])
    for operation in operations:
        assert client.get(operation.example).status_code == 200, operation.example


QUERIES = {
    "events": 7,
    "events/losses": 19,
    "events/losses/editions": 7,
    "events/losses/editions/1": 9,
    "citations": 5,
    "citations?document=report": 6,
    "locations": 7,
    "locations/town": 7,
    "documents": 7,
    "documents/report": 7,
    "agents": 6,
    "agents/minister": 5,
    "disputes": 12,
    "editions": 6,
    "search?q=Losses": 18,
}


@pytest.mark.parametrize("address", QUERIES)
def test_queries_do_not_grow_with_what_there_is(address: str, django_assert_num_queries: Any) -> None:
    contested()
    with django_assert_num_queries(QUERIES[address], using="published"):
        assert get(address).status_code == 200
    more = [make.cited_event(locations=(make.location(),), parties=(make.party(),)) for _ in range(3)]
    publish(more)
    Client().get("/")

    with django_assert_num_queries(QUERIES[address], using="published"):
        assert get(address).status_code == 200
