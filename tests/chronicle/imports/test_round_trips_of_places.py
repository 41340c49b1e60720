"""Places that leave as Linked Places or LP-TSV and are taken into an empty gazetteer again."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.exports import linked_places, place_table
from chronicle.exports.origin import Origin
from chronicle.imports import import_tables, read_file
from chronicle.models import Location, LocationName, LocationWithin, Masthead
from chronicle.vocabularies import LocationKind, WithinBasis
from tests import factories as make
from tests.chronicle.imports.test_round_trips import PLAIN, taken_back
from tests.examples import examples

pytestmark = pytest.mark.django_db

ORIGIN = Origin("https://example.org", Masthead(name="A chronicle"), datetime(2026, 5, 31, tzinfo=UTC), "default")
WORDS = st.text(PLAIN, min_size=1, max_size=20).map(lambda text: " ".join(text.split()) or "a")
DATES = st.sampled_from(
    ("", "1923/1991", "1991~/..", "-0043?", "[1990..1994]", "19XX", "../1994", "1752-03/1813-10-24")
)
LANGUAGES = st.sampled_from(("az-Latn", "hy", "ru", "hy-Latn", "en"))
OUTLINES = st.sampled_from(
    (
        None,
        {"type": "Point", "coordinates": [46.75, 39.76]},
        {"type": "LineString", "coordinates": [[46.5, 39.5], [46.75123456, -39.76]]},
        {"type": "Polygon", "coordinates": [[[46, 39], [47, 39], [47, 40], [46, 39]]]},
        {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Point", "coordinates": [46.75, 39.76]},
                {"type": "MultiPoint", "coordinates": [[1, 2], [3.5, 4]]},
            ],
        },
    )
)
NAMES = st.lists(
    st.tuples(WORDS, LANGUAGES, st.booleans(), st.booleans(), DATES), max_size=3, unique_by=lambda one: one[:2]
)
PLACES = st.lists(
    st.fixed_dictionaries(
        {
            "name": WORDS,
            "kind": st.sampled_from(LocationKind.values),
            "degrees": st.none() | st.tuples(st.decimals(-90, 90, places=6), st.integers(1, 10**6)),
            "geometry": OUTLINES,
            "geonames_id": st.none() | st.integers(1, 999_999_999),
            "wikidata_id": st.sampled_from(("", "Q189127")),
            "names": NAMES,
            "within": st.none() | st.tuples(st.sampled_from(WithinBasis.values), DATES, st.booleans()),
        }
    ),
    min_size=1,
    max_size=3,
)


def fill(places: list[dict[str, Any]]) -> None:
    """Make the places; each lies within the one before it."""
    before = None
    for number, told in enumerate(places):
        latitude, uncertainty = told["degrees"] or (None, None)
        place = make.location(
            slug=f"place-{number}",
            name=told["name"],
            kind=told["kind"],
            geometry=told["geometry"],
            geonames_id=told["geonames_id"],
            wikidata_id=told["wikidata_id"] if number == 0 else "",
            latitude=latitude,
            longitude=None if latitude is None else -latitude * 2,
            coordinate_uncertainty_m=uncertainty,
        )
        for toponym, language, is_ours, is_preferred, period in told["names"]:
            party = {"party_id": PARTY["id"]} if is_ours else {}
            row = {"toponym": toponym, "language": language, "is_preferred": is_preferred, "period_edtf": period}
            LocationName.objects.create(location=place, **row, **party)
        if told["within"] and before:
            basis, period, has_source = told["within"]
            party = None if basis == WithinBasis.NATURE else PARTY["id"]
            source = PARTY["source"] if has_source else None
            within = {"within": before, "basis": basis, "period_edtf": period, "party_id": party, "source_id": source}
            LocationWithin.objects.create(location=place, **within)
        before = place


PARTY: dict[str, int] = {}


@pytest.fixture(autouse=True)
def _party(db: None) -> None:
    """The places' party and document, which are there before and after."""
    PARTY["id"] = make.party(slug="one").pk
    PARTY["source"] = make.document(slug="report").pk


OF_PLACES = (
    *("slug", "name", "kind", "latitude", "longitude", "coordinate_uncertainty_m", "geometry", "geonames_id"),
    "wikidata_id",
)
OF_NAMES = ("location__slug", "toponym", "language", "party__slug", "is_preferred", "period_edtf")
OF_WITHINS = ("location__slug", "within__slug", "basis", "party__slug", "source__slug", "period_edtf")


def stored(*columns: tuple[str, ...]) -> list[list[tuple[Any, ...]]]:
    models = (Location, LocationName, LocationWithin)
    return [
        sorted(model._base_manager.values_list(*names), key=repr) for model, names in zip(models, columns, strict=False)
    ]


@given(places=PLACES)
@examples(3)
def test_linked_places_come_back_as_they_left(places: list[dict[str, Any]]) -> None:
    whole = (OF_PLACES, OF_NAMES, OF_WITHINS)
    with taken_back():
        fill(places)
        before = stored(*whole)
        content = "".join(linked_places.collection(Location.objects.with_page().order_by("pk"), ORIGIN))
    with taken_back():
        report = import_tables(read_file("places.geojson", content.encode()).tables)
        assert report.is_written, list(report.lines())
        assert stored(*whole) == before


KEPT = ("slug", "name", "kind", "geonames_id", "wikidata_id")
"""Columns of a place that docs/formats.md calls kept in LP-TSV, besides its shape, and the slug."""


@given(places=PLACES)
@examples(3)
def test_lp_tsv_keeps_what_it_has_room_for(places: list[dict[str, Any]]) -> None:
    for place in places:  # the table has one shape, no collection of several, and ends cells and names by these
        place["degrees"] = place["geometry"] = None
        place["name"] = place["name"].replace(";", ",")
        place["names"] = [
            (text.replace(";", ",").replace("@", " ").strip() or "a", *rest) for text, *rest in place["names"]
        ]
    with taken_back():
        fill(places)
        (before,) = stored(KEPT)
        names = {(slug, name, language) for slug, name, language in LocationName.objects.values_list(*OF_NAMES[:3])}
        content = "".join(place_table.table(Location.objects.with_page().order_by("pk"), ORIGIN))
    with taken_back():
        report = import_tables(read_file("places.tsv", content.encode()).tables)
        assert report.is_written, list(report.lines())
        assert stored(KEPT) == [before]
        assert {*LocationName.objects.values_list(*OF_NAMES[:3])} >= names


def _one(text: str) -> str:
    """A name without what ends one in a cell."""
    return text.replace(";", ",").replace("@", " ").strip() or "a"


def test_place_of_ours_whose_party_is_not_here_is_told_and_kept_without() -> None:
    with taken_back():
        other = make.party(slug="other")
        district, town = make.location(slug="district"), make.location(slug="town", latitude=Decimal(1), longitude=2,
            coordinate_uncertainty_m=9)  # fmt: skip
        LocationName.objects.create(location=town, toponym="A", language="hy", party=other)
        make.within(town, district, basis="law", party=other)
        content = "".join(linked_places.collection(Location.objects.with_page().order_by("pk"), ORIGIN))

    read = read_file("places.geojson", content.encode())
    report = import_tables(read.tables)

    assert report.is_written, list(report.lines())
    assert {left.what.value for left in read.left if left.what.column == "party"} == {"other"}
    assert LocationName.objects.get().party is None
    assert not LocationWithin.objects.exists()
    assert Location.objects.get(slug="town").coordinate_uncertainty_m == 9
