"""Events, places and documents as files for other programs: what is published, every rival value, no single one."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from chronicle.exports.linked_events import TERMS
from chronicle.models import Event
from chronicle.views.event_files import EventGraph
from sources.interchange import READERS
from tests.chronicle.exports.reading import SITE, contested, get
from tests.conftest import empty_tables


@pytest.fixture(scope="module")
def losses(django_db_setup: None, django_db_blocker: Any) -> Iterator[Event]:
    """A published event on which two documents differ, a place with names and periods; the owner empties it again."""
    with django_db_blocker.unblock():
        yield contested()
        empty_tables()


ENDINGS = ("jsonld", "annotations.json", "bib", "ris", "csl.json")
FILES = (
    *(f"/events/losses.{ending}" for ending in ENDINGS),
    *("/events.jsonld", "/events.timeline.json", "/events.csv", "/locations.geojson", "/locations.lp.tsv"),
    *("/locations/town.geojson", "/documents.bib", "/documents.ris", "/documents.csl.json", "/documents/report.bib"),
    *("/documents/report.ris", "/documents/report.csl.json", "/documents/report.annotations.json"),
)


@pytest.mark.parametrize("address", FILES)
def test_file_holds_what_is_published_and_nothing_else(losses: Event, address: str) -> None:
    text = get(address)

    assert any(word in text for word in ("losses", "Town", "Report", "Many.")), address
    assert "SECRET" not in text
    if address.endswith(("json", "jsonld")):
        json.loads(text)


def test_event_as_linked_data_chooses_no_value(losses: Event) -> None:
    event = json.loads(get("/events/losses.jsonld"))

    assert event["@context"][0] == "https://linked.art/ns/v1/linked-art.json"
    assert (event["id"], event["type"], event["edition"]) == (f"{SITE}/events/losses/", "Event", 1)
    assert event["timespan"] == {
        "type": "TimeSpan",
        "begin_of_the_begin": "1994-05-09T00:00:00",
        "end_of_the_end": "1994-05-10T23:59:59",
    }
    assert "took_place_at" not in event
    many, few, *dates, where, who, some, unknown = event["attributed_by"]
    (asserted,) = many["assigned"]
    assert (asserted["range"], asserted["lower_value_limit"]) == ("[81,)", 81)
    assert not {"value", "upper_value_limit"} & set(asserted)
    assert (few["assigned"][0]["lower_value_limit"], few["assigned"][0]["upper_value_limit"]) == (10, 20)
    assert many["carried_out_by"][0]["id"] == f"{SITE}/agents/minister/"
    assert many["influenced_by"][0]["id"] == f"{SITE}/documents/leaflet/"
    assert [date["assigned"][0]["edtf"] for date in dates] == ["1994-05-09", "1994-05-10"]
    assert [date["assigned_property"] for date in dates] == ["timespan", "timespan"]
    assert (where["assigned_property"], where["assigned"][0]["id"]) == ("took_place_at", f"{SITE}/locations/town/")
    assert (who["assigned_property"], who["assigned"][0]["_label"]) == ("responsibility", "Here")
    assert (some["assigned"][0]["approximate"], some["assigned"][0]["side"]) == (True, "Here")
    assert (unknown["is_unknown"], "assigned" in unknown) == (True, False)
    verdicts = {pair["aspect"]: pair["verdict"] for pair in event["disputes"]}
    assert verdicts == {"date": "disagree", "killed": "disagree"}


def test_linked_data_goes_on_where_a_file_ends(losses: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(get("/events.jsonld?period=199X"))
    monkeypatch.setattr(EventGraph, "most", 1)

    first = json.loads(get("/events.jsonld?period=199X"))
    second = json.loads(get(first["next"]["id"].removeprefix(SITE)))

    assert "next" not in whole
    assert first["next"]["id"].startswith(f"{SITE}/events.jsonld?period=199X&after=")
    assert [*first["@graph"], *second["@graph"]] == whole["@graph"]
    assert len(first["@graph"]) == len(second["@graph"]) == 1
    assert "next" not in second
    assert Client().get("/events.jsonld?after=x").status_code == 404


def test_every_word_of_our_own_is_explained(losses: Event) -> None:
    graph = json.loads(get("/events.jsonld"))["@graph"]

    page = Client().get("/data/").content.decode()

    own = {name for event in graph for name in _names(event)} - LINKED_ART
    assert own == set(TERMS) - {"edition", "next"}
    assert all(f'id="{term}"' in page for term in TERMS)


LINKED_ART = {
    *("id", "type", "_label", "identified_by", "classified_as", "referred_to_by", "timespan", "part_of", "content"),
    *("attributed_by", "assigned", "assigned_property", "used_specific_object", "carried_out_by", "influenced_by"),
    *(
        "begin_of_the_begin",
        "end_of_the_end",
        "unit",
        "lower_value_limit",
        "upper_value_limit",
        "language",
        "took_place_at",
        "dimension",
    ),
}
"""Names that Linked Art 1.0 gives a meaning to."""


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        yield from [value["assigned_property"]] if "assigned_property" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _names(part)


def test_timeline_tells_every_rival_value_and_one_interval(losses: Event) -> None:
    timeline = json.loads(get("/events.timeline.json?place=town"))

    assert timeline["scale"] == "human"
    (slide,) = timeline["events"]
    assert slide["start_date"] == {"year": 1994, "month": 5, "day": 9}
    assert slide["end_date"] == {"year": 1994, "month": 5, "day": 10}
    assert (slide["display_date"], slide["unique_id"]) == ("9 or 10 May 1994", f"e{losses.pk}")
    assert slide["text"]["headline"] == "Losses &lt;i&gt;"
    told = slide["text"]["text"]
    for part in ("10 to 20 persons", "more than 80 persons", "Minister", "9 May 1994", "10 May 1994", "Town", "Here"):
        assert part in told
    assert "Leaflet &lt;b&gt;" in told
    assert f'href="{SITE}/events/losses/"' in told
    title = timeline["title"]["text"]
    assert title["headline"] == "A &lt;chronicle&gt;"
    assert "Place: Town" in title["text"] or "place: Town" in title["text"]
    assert f'href="{SITE}/events/?place=town"' in title["text"]


def test_timeline_says_what_it_does_not_draw(losses: Event) -> None:
    timeline = json.loads(get("/events.timeline.json"))

    assert len(timeline["events"]) == 2
    assert "1 event has no date that can be drawn." in timeline["title"]["text"]["text"]


def test_place_keeps_names_with_their_time_and_relations(losses: Event) -> None:
    place = json.loads(get("/locations/town.geojson"))

    assert place["properties"] == {
        "title": "Town",
        "fclasses": ["P"],
        "slug": "town",
        "number": place["properties"]["number"],
        "coordinate_uncertainty_m": 2500,
    }
    assert [part["type"] for part in place["geometry"]["geometries"]] == ["Point", "LineString"]
    heading, first, second = place["names"]
    assert (heading["toponym"], heading["citations"][0]["@id"]) == ("Town", SITE)
    by_language = {first["lang"]: first, second["lang"]: second}
    assert by_language["hy"]["party"] == "there"
    assert by_language["hy"]["when"] == {
        "timespans": [{"start": {"earliest": "1991", "latest": "1991"}, "end": {"in": None}}],
        "label": "from about 1991 on",
        "edtf": "1991~/..",
    }
    assert [link["identifier"] for link in place["links"]] == ["gn:585225", "wd:Q189127"]
    (within,) = place["relations"]
    assert (within["relationTo"], within["basis"], within["party"]) == (
        f"{SITE}/locations/district/",
        "control",
        "there",
    )
    assert within["when"]["timespans"] == [{"start": {"latest": "1994"}, "end": {"in": "1994"}}]
    assert within["citations"][0]["@id"] == f"{SITE}/documents/report/"


def test_gazetteer_is_narrowed_down_as_its_page_is(losses: Event) -> None:
    found = json.loads(get("/locations.geojson?q=shushi"))

    assert [feature["properties"]["slug"] for feature in found["features"]] == ["town"]
    assert len(json.loads(get("/locations.geojson"))["features"]) == 2
    assert json.loads(get("/locations.geojson?kind=district"))["features"][0]["geometry"] == {
        "type": "GeometryCollection",
        "geometries": [],
    }


def test_table_of_places_has_no_quotes_and_keeps_its_columns(losses: Event) -> None:
    rows = list(
        csv.DictReader(io.StringIO(get("/locations.lp.tsv?within=district")), delimiter="\t", quoting=csv.QUOTE_NONE)
    )

    (row,) = rows
    assert (row["id"], row["title"], row["fclasses"], row["approximation"]) == ("town", "Town", "P", "2.5")
    assert (row["lon"], row["lat"]) == ("-46.749", "39.758")
    assert sorted(row["variants"].split(";")) == ["Şuşa, qala@az-Latn", "Շուշի@hy"]
    assert row["matches"] == "gn:585225;wd:Q189127"
    assert (row["parent_name"], row["geowkt"]) == ("District", "LINESTRING (46.5 39.5, 46.75 39.76)")


@pytest.mark.parametrize("form", ["bib", "ris", "csl.json"])
def test_references_can_be_read_again(losses: Event, form: str) -> None:
    read = READERS[form.rpartition(".")[2]]

    cited = read(get(f"/events/losses.{form}").encode())
    assert [item.columns["title"] for item in cited.items] == ["Leaflet <b>", "Report"]
    one = read(get(f"/documents/report.{form}").encode())
    assert [(item.columns["title"], item.columns["issued_edtf"]) for item in one.items] == [("Report", "1994-06")]
    assert len(read(get(f"/documents.{form}?party=here").encode()).items) == 1


@pytest.mark.parametrize("address", ["/events/losses.annotations.json", "/documents/report.annotations.json"])
def test_quotation_is_an_annotation(losses: Event, address: str) -> None:
    page = json.loads(get(address))

    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert page["partOf"]["id"] == f"{SITE}{address}"
    (annotation,) = page["items"]
    assert annotation["target"] == {
        "source": "https://x.org/r",
        "selector": {"type": "TextQuoteSelector", "exact": "More than 80 fell", "prefix": "It says: "},
    }
    assert annotation["body"][0]["value"] == "Many."
    assert annotation["body"][1]["source"] == f"{SITE}/events/losses/"


@pytest.mark.parametrize(
    "address",
    ["/events.timeline.json?period=x", "/events.jsonld?place=x", "/locations.geojson?kind=x", "/documents.bib?type=x"],
)
def test_what_cannot_be_understood_is_no_file(losses: Event, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_file_is_unchanged_with_its_tag_and_read_by_other_sites(losses: Event) -> None:
    first = Client().get("/events.timeline.json")

    again = Client().get("/events.timeline.json", headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "*")
    assert Client().options("/events.timeline.json").status_code == 204
    assert "Access-Control-Allow-Origin" not in Client().get("/events/").headers
