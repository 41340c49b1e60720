"""Places, with the names that anybody has for them."""

from typing import Any

from ninja import Schema
from pydantic import Field

from chronicle.api.records.values import Addresses, Date, Link, Word, word
from chronicle.exports.dates import dated
from chronicle.vocabularies import LocationKind, WithinBasis


class Toponym(Schema):
    """What a place is called, in which language, by which party, when."""

    toponym: str = Field(examples=["Şuşa"])
    language: str = Field(description="BCP 47.", examples=["az-Latn"])
    party: Word | None
    period: Date | None
    is_preferred: bool


class LocationEntry(Schema):
    """A place in a list."""

    number: int
    slug: str
    name: str
    page: str
    api: str
    kind: LocationKind
    latitude: float | None = Field(description="Decimal degrees, WGS 84, north positive.", examples=[39.758])
    longitude: float | None = Field(description="Decimal degrees, WGS 84, east positive.", examples=[46.749])
    coordinate_uncertainty_m: int | None = Field(description="Metres: the radius that surely holds it.")
    names: list[Toponym]
    events: int = Field(description="How many published events are filed there.")


class Within(Schema):
    """What a place lies within: when, on what basis, and who says so."""

    location: Link
    basis: WithinBasis
    party: Word | None
    period: Date | None
    source: Link | None


class LocationRecord(LocationEntry):
    """A place."""

    geometry: dict[str, Any] | None = Field(description="GeoJSON (RFC 7946).")
    geonames_id: int | None
    wikidata_id: str
    lies_within: list[Within]


def location_entry(location: Any, events: int, at: Addresses) -> dict[str, Any]:
    """Return a place of a list, as `LocationQuerySet.with_names` brings it."""
    numbers = ("latitude", "longitude")
    return {
        **at.link("location", location),
        **{name: None if getattr(location, name) is None else float(getattr(location, name)) for name in numbers},
        "kind": location.kind,
        "coordinate_uncertainty_m": location.coordinate_uncertainty_m,
        "names": [_toponym(row) for row in location.names.all()],
        "events": events,
    }


def location_record(location: Any, events: int, at: Addresses) -> dict[str, Any]:
    """Return a place as `LocationQuerySet.with_page` brings it."""
    return {
        **location_entry(location, events, at),
        **{name: getattr(location, name) for name in ("geometry", "geonames_id", "wikidata_id")},
        "lies_within": [_within(row, at) for row in location.withins.all()],
    }


def _toponym(row: Any) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("toponym", "language", "is_preferred")}
    return {**plain, "party": word(row.party), "period": dated(row.period_edtf)}


def _within(row: Any, at: Addresses) -> dict[str, Any]:
    return {
        "location": at.link("location", row.within),
        "basis": row.basis,
        "party": word(row.party),
        "period": dated(row.period_edtf),
        "source": at.link_if("document", row.source),
    }
