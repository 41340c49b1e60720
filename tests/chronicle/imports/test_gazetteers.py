"""Gazetteers in the pipeline: GeoJSON, Linked Places and LP-TSV as locations, names and what lies within what."""

import json
from typing import Any

import pytest

from chronicle.imports import Said, UnreadableError, import_tables, preview, read_file
from chronicle.imports.gazetteers.times import TimeError, period_of, spelled
from chronicle.models import Location, LocationName, LocationWithin
from tests import factories as make

FEATURE: dict[str, Any] = {
    "type": "Feature",
    "@id": "https://example.org/places/717",
    "properties": {"title": "Shusha", "ccodes": ["AZ"]},
    "geometry": {"type": "Point", "coordinates": [46.749, 39.758], "certainty": "certain"},
    "names": [
        {"toponym": "Şuşa", "lang": "az-latn", "when": {"timespans": [{"start": {"in": "1752"}}]}},
        {"toponym": "Շուշի", "lang": "hy", "citations": [{"label": "A map"}]},
        {"toponym": "Shushi"},
    ],
    "types": [{"identifier": "aat:300008375", "label": "towns"}],
    "links": [
        {"type": "closeMatch", "identifier": "gn:585225"},
        {"type": "closeMatch", "identifier": "wd:Q189127"},
        {"type": "seeAlso", "identifier": "https://example.org/more"},
    ],
    "relations": [
        {
            "relationType": "gvp:broader_partitive",
            "relationTo": "https://example.org/places/1",
            "when": {"timespans": [{"start": {"in": "1923"}, "end": {"in": "1991"}}]},
        }
    ],
    "when": {"timespans": [{"start": {"earliest": "1750", "latest": "1752"}}]},
    "descriptions": [{"value": "A town."}],
}
LARGER = {
    "type": "Feature",
    "@id": "https://example.org/places/1",
    "properties": {"title": "Karabakh", "fclasses": ["A"]},
    "geometry": {"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 39]]]},
}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def imported(content: bytes, name: str = "places.json", **said: Any) -> Any:
    read = read_file(name, content, Said(**said))
    return read, import_tables(read.tables)


def told(read: Any) -> set[tuple[str, str]]:
    return {(left.what.column, left.what.value) for left in read.left}


@pytest.mark.django_db
def test_linked_places_come_with_names_times_and_relations() -> None:
    read, report = imported(collection(FEATURE, LARGER))

    assert report.is_written, list(report.lines())
    town = Location.objects.get(name="Shusha")
    assert (town.slug, town.kind, town.geonames_id, town.wikidata_id) == ("shusha-717", "settlement", 585225, "Q189127")
    assert (town.geometry, town.latitude) == ({"type": "Point", "coordinates": [46.749, 39.758]}, None)
    assert Location.objects.get(name="Karabakh").kind == "region"
    names = LocationName.objects.order_by("language").values_list("toponym", "language", "period_edtf")
    assert list(names) == [("Şuşa", "az-Latn", "1752/"), ("Շուշի", "hy", "1750~/"), ("Shushi", "und", "1750~/")]
    within = LocationWithin.objects.get()
    assert (within.location, within.within.name, within.basis) == (town, "Karabakh", "nature")
    assert within.period_edtf == "1923/1991"
    assert told(read) >= {
        ("ccodes", "['AZ']"),
        ("geometry.certainty", "certain"),
        ("links", "https://example.org/more"),
        ("names.citations", "[{'label': 'A map'}]"),
        ("descriptions", "[{'value': 'A town.'}]"),
        ("start", "{'earliest': '1750', 'latest': '1752'}"),
    }


@pytest.mark.django_db
def test_second_import_changes_nothing_and_known_places_are_found() -> None:
    imported(collection(FEATURE, LARGER))
    _read, again = imported(collection(FEATURE, LARGER))
    Location.objects.filter(name="Shusha").update(slug="shusha")
    _read, known = imported(collection(FEATURE, LARGER))

    for report in (again, known):
        assert {verdict.value for (_table, verdict), count in report.counts.items() if count} == {"unchanged"}
    assert Location.objects.count() == 2


@pytest.mark.django_db
def test_own_slugs_are_kept_and_parents_of_the_desk_are_found() -> None:
    make.location(slug="karabakh", name="Karabakh")
    own = {**FEATURE, "@id": "https://chronicle.example/locations/shusha/", "relations": []}
    own["relations"] = [{"relationType": "gvp:broader_partitive", "relationTo": "", "label": "karabakh"}]

    imported(collection(own))

    assert Location.objects.get(slug="shusha").withins.get().within.slug == "karabakh"


@pytest.mark.django_db
def test_parent_that_is_nowhere_is_told() -> None:
    read, report = imported(collection(FEATURE))

    assert report.is_written
    assert not LocationWithin.objects.exists()
    assert ("parent", "https://example.org/places/1") in told(read)


@pytest.mark.django_db
def test_uncertainty_that_is_said_makes_points_of_coordinates() -> None:
    imported(collection(FEATURE), values={"coordinate_uncertainty_m": "2000"})

    town = Location.objects.get()
    assert (str(town.latitude), str(town.longitude), town.coordinate_uncertainty_m) == ("39.758000", "46.749000", 2000)
    assert town.geometry is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"properties": {}}, "name"),
        ({"geometry": {"type": "Point", "coordinates": [460, 39]}}, "geometry"),
        ({"geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1]]]}}, "geometry"),
        ({"when": {"timespans": [{"start": {"in": "1999"}, "end": {"in": "1491"}}]}}, "when"),
        ({"when": {"timespans": [{"start": {"in": "long ago"}}]}}, "when"),
        ({"names": [{"toponym": "x" * 201}]}, "names"),
        ({"properties": {"title": "a\x00b"}}, "name"),
    ],
)
def test_place_that_is_wrong_is_named_and_keeps_all(change: dict[str, Any], column: str) -> None:
    _read, report = imported(collection(LARGER, {**FEATURE, **change}))

    wrong = [(row, found) for file, row, found, _value, _words in report.lines() if file.endswith("location")]
    assert wrong == [("2", column)]
    assert not Location.objects.exists()


@pytest.mark.parametrize("data", [{"type": "FeatureCollection"}, {"type": "FeatureCollection", "features": [1]}])
def test_collection_without_features_is_refused(data: Any) -> None:
    with pytest.raises(UnreadableError, match="no features"):
        read_file("x.geojson", json.dumps(data).encode())


@pytest.mark.parametrize(
    ("span", "period"),
    [
        ({"start": {"in": "1480"}, "end": {"in": "1491"}}, "1480/1491"),
        ({"start": {"in": 730}}, "0730/"),
        ({"end": {"in": "-500"}}, "/-0500"),
        ({"start": {"in": "1701"}, "end": {"in": "1701"}}, "1701"),
        ({"start": {"earliest": "1200", "latest": "1299"}, "end": {"in": "1400"}}, "12XX/1400"),
        ({"start": {"earliest": "1230", "latest": "1239"}}, "123X/"),
        ({"start": {"earliest": "1480", "latest": "1485"}}, "1480~/"),
        ({"start": {"in": "1400"}, "end": {"earliest": "1480", "latest": "1485"}}, "1400/1485~"),
        ({"start": {"in": "2020-10-09T00:00:00Z"}}, "2020-10-09/"),
        (spelled(">=730"), "0730~/"),
        (spelled("<=855"), "/0855~"),
        (spelled("1066"), "1066"),
        ({}, ""),
    ],
)
def test_times_are_edtf_and_no_narrower_than_they_were(span: dict[str, Any], period: str) -> None:
    changed: list[Any] = []

    assert period_of(span, lambda *told: changed.append(told)) == period
    assert bool(changed) == ("~" in period)


@pytest.mark.parametrize("span", [{"start": {"in": "soon"}}, {"start": {"in": "1500"}, "end": {"in": "1400"}}])
def test_what_is_no_time_is_refused(span: dict[str, Any]) -> None:
    with pytest.raises(TimeError):
        period_of(span, lambda *_told: None)


HEADINGS = ("id", "title", "title_source", "start", "end", "variants", "types", "ccodes", "matches", "parent_name")
ROW = ("X_7", "Shusha", "A map", "1752", "2020", "Şuşa@az-Latn;Shushi", "town", "AZ", "gn:585225", "Karabakh")


def sheet(*rows: dict[str, str]) -> bytes:
    columns = [*HEADINGS, "lon", "lat", "geowkt"]
    filled = [dict(zip(HEADINGS, ROW, strict=True)) | {"lon": "46.749", "lat": "39.758"} | row for row in rows]
    lines = ["\t".join(columns), *("\t".join(row.get(column, "") for column in columns) for row in filled)]
    return "\n".join(lines).encode()


@pytest.mark.django_db
def test_lp_tsv_goes_the_same_way() -> None:
    make.location(slug="karabakh", name="Karabakh")

    read, report = imported(sheet({}), "places.tsv")

    assert report.is_written, list(report.lines())
    town = Location.objects.get(name="Shusha")
    assert (town.slug, town.kind, town.geonames_id) == ("shusha-x-7", "settlement", 585225)
    assert town.geometry == {"type": "Point", "coordinates": [46.749, 39.758]}
    assert town.withins.get().within.slug == "karabakh"
    names = town.names.order_by("toponym").values_list("toponym", "language", "period_edtf")
    assert list(names) == [
        ("Shusha", "und", "1752/2020"),
        ("Shushi", "und", "1752/2020"),
        ("Şuşa", "az-Latn", "1752/2020"),
    ]
    assert {("title_source", "A map"), ("ccodes", "AZ")} <= told(read)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"ccodes": "ZZ"}, "ccodes"),
        ({"start": "1499", "end": "1491"}, "start"),
        ({"geowkt": "POINT(1"}, "geowkt"),
        ({"lat": "north"}, "lon"),
        ({"title": ""}, "name"),
    ],
)
def test_faults_of_lp_tsv_are_named(change: dict[str, str], column: str) -> None:
    report = preview(read_file("places.tsv", sheet(change)).tables)
    without = preview(read_file("places.tsv", sheet(change), Said(leaves_out=True)).tables)

    assert [(row, found) for _file, row, found, _value, _words in report.lines()] == [("2", column)]
    assert without.is_clean == (column != "name")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "geometry"),
    [
        ("POINT(19.03797 54.03613)", {"type": "Point", "coordinates": [19.03797, 54.03613]}),
        ("multipoint((1 2), (3 4))", {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}),
        ("LINESTRING (1 2, 3 4)", {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}),
        ("POLYGON((1 1, 2 1, 2 2, 1 1))", {"type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]]}),
    ],
)
def test_wkt_is_read(written: str, geometry: dict[str, Any]) -> None:
    imported(sheet({"geowkt": written}), "places.tsv")

    assert Location.objects.get().geometry == geometry


@pytest.mark.django_db
def test_places_without_an_identifier_are_told_apart() -> None:
    bare = {**LARGER, "@id": ""}

    imported(collection(bare, bare))

    assert set(Location.objects.values_list("slug", flat=True)) == {"karabakh", "karabakh-2"}
