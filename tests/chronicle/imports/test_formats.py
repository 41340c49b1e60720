"""What docs/formats.md says of gazetteers and of UCDP GED is what becomes of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from chronicle.imports import import_tables, read_file
from chronicle.imports.ucdp import NEEDED, READ
from chronicle.models import Location, LocationName, LocationWithin
from tests.chronicle.imports.test_gazetteers import sheet
from tests.chronicle.imports.test_ucdp import ROW
from tests.chronicle.imports.test_ucdp import sheet as events

TEXT = (Path(settings.BASE_DIR) / "docs" / "formats.md").read_text(encoding="utf-8")
POINT = {"type": "Point", "coordinates": [46.749, 39.758]}


def documented(heading: str) -> dict[str, dict[str, str]]:
    """The table under a heading: by column, by row."""
    (section,) = re.findall(rf"^### {heading}\n(.*?)(?=^#|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in section.splitlines() if "|" in line]
    header, _rule, *body = rows
    return {name: {row[0]: row[number] for row in body} for number, name in enumerate(header) if number}


def geojson() -> tuple[str, bytes]:
    """All that a feature can say of a place in members that other programs know: a name, a kind, a time, its shape."""
    properties = {"name": "Shusha", "kind": "settlement", "when": "1752", "description": "A town.", "ccodes": ["AZ"]}
    feature = {"type": "Feature", "properties": properties, "geometry": {**POINT, "certainty": "certain"}}
    return "places.geojson", json.dumps({"type": "FeatureCollection", "features": [feature, larger()]}).encode()


def larger() -> dict[str, Any]:
    return {"type": "Feature", "@id": "https://example.org/karabakh", "properties": {"title": "Karabakh"}}


def linked_places() -> tuple[str, bytes]:
    when = {"timespans": [{"start": {"in": "1923"}, "end": {"in": "1991"}}]}
    feature = {
        "type": "Feature",
        "@id": "https://example.org/7",
        "properties": {"title": "Shusha", "ccodes": ["AZ"]},
        "geometry": {**POINT, "certainty": "certain"},
        "types": [{"label": "settlement"}],
        "names": [{"toponym": "Şuşa", "lang": "az-Latn", "when": when, "citations": [{"label": "A map"}]}],
        "links": [{"identifier": each} for each in ("gn:585225", "wd:Q189127", "https://example.org/more")],
        "relations": [{"relationType": "broader", "relationTo": "https://example.org/karabakh", "when": when}],
        "when": {"timespans": [{"start": {"in": "1752"}}]},
        "descriptions": [{"value": "A town."}],
    }
    return "places.json", json.dumps({"type": "FeatureCollection", "features": [feature, larger()]}).encode()


def lp_tsv() -> tuple[str, bytes]:
    own = {
        "types": "settlement",
        "variants": "Şuşa@az-Latn",
        "matches": "gn:585225;wd:Q189127;https://example.org/more",
    }
    return "places.tsv", sheet(own, {"id": "", "title": "Karabakh", "parent_name": "", "matches": "", "types": ""})


FORMATS = {"GeoJSON": geojson, "Linked Places": linked_places, "LP-TSV": lp_tsv}
OF_PLACES = {"when", "start"}
"""The fields in which the time of a place is told to be changed."""


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMATS)
def test_docs_say_what_becomes_of_every_field_of_a_place(name: str) -> None:
    read = read_file(*FORMATS[name]())
    report = import_tables(read.tables)
    assert report.is_written, list(report.lines())

    town = Location.objects.get(name="Shusha")
    called = LocationName.objects.filter(location=town, toponym="Şuşa").first()
    within = LocationWithin.objects.filter(location=town).first()
    kept = {
        "heading name": town.name == "Shusha",
        "kind": town.kind == "settlement",
        "geometry": town.geometry == POINT,
        "GeoNames id": town.geonames_id == 585225,
        "Wikidata id": town.wikidata_id == "Q189127",
        "toponyms": called is not None,
        "language of a toponym": called is not None and called.language == "az-Latn",
        "time of a toponym": called is not None and called.period_edtf == "1923/1991",
        "larger place": within is not None and within.within.name == "Karabakh",
        "time of a relation": within is not None and within.period_edtf == "1923/1991",
    }
    changed = {"time of the place": bool(OF_PLACES & {left.what.column for left in read.left})}
    fates = {what: "kept" for what, is_so in kept.items() if is_so}
    fates |= {what: "changed" for what, is_so in changed.items() if is_so}
    assert {what: fates.get(what, "lost") for what in documented("Locations")[name]} == documented("Locations")[name]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.django_db
def test_what_is_lost_of_a_place_is_told(name: str) -> None:
    read = read_file(*FORMATS[name]())

    told = " ".join(f"{left.what.column} {left.what.value}" for left in read.left)
    lost = {"GeoJSON": ("A town.", "AZ", "certain"), "LP-TSV": ("AZ", "A map", "https://example.org/more")}
    lost["Linked Places"] = (*lost["GeoJSON"], *lost["LP-TSV"])
    assert [value for value in lost[name] if value not in told] == []


def test_docs_say_what_becomes_of_every_column_of_ucdp() -> None:
    fates = documented("Columns")["UCDP GED"]

    assert {column for column, fate in fates.items() if fate != "lost"} == READ
    assert {*ROW} | NEEDED <= {*fates}


@pytest.mark.django_db
def test_columns_of_ucdp_that_are_lost_are_told() -> None:
    fates = documented("Columns")["UCDP GED"]

    read = read_file("ged.csv", events({}))

    told = {left.what.column for left in read.left}
    assert told == {column for column, value in ROW.items() if value and fates[column] == "lost"}
