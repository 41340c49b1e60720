"""Files of records that change: what moves, what is taken down, what is added."""

import json

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chronicle.publication import Note, publish, withdraw
from tests import factories as make
from tests.chronicle.exports.reading import SITE, contested, get

pytestmark = pytest.mark.usefixtures("published")


def test_what_moved_is_led_on_to_with_its_ending_and_what_was_taken_down_says_so() -> None:
    event = contested()
    event.slug = "the-losses"
    event.save()
    publish([event])

    moved = Client().get("/events/losses.annotations.json")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/events/the-losses.annotations.json")

    withdraw([event], note=Note(words="A family asked for it."))
    assert Client().get("/events/the-losses.jsonld").status_code == 410
    assert Client().get("/events/the-losses.bib").status_code == 410
    assert json.loads(get("/events.jsonld"))["@graph"][0]["id"] == f"{SITE}/events/others/"


QUERIES = {
    "/events/losses.jsonld": 20,
    "/events/losses.bib": 7,
    "/events/losses.annotations.json": 9,
    "/events.jsonld": 25,
    "/events.timeline.json": 13,
    "/locations.geojson": 10,
    "/locations.lp.tsv": 10,
    "/locations/town.geojson": 7,
    "/documents.csl.json": 9,
    "/documents/report.csl.json": 5,
}


def test_queries_do_not_grow_with_what_there_is() -> None:
    contested()
    Client().get("/")
    one = {address: asked(address) for address in QUERIES}
    publish([make.cited_event(locations=(make.location(),), parties=(make.party(),)) for _ in range(3)])

    assert one == QUERIES
    assert {address: asked(address) for address in QUERIES} == QUERIES


def asked(address: str) -> int:
    """How many queries an answer takes."""
    with CaptureQueriesContext(connections["published"]) as queries:
        get(address)
    return len(queries)
