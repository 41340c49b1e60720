"""Places in Linked Places Format 1.2: GeoJSON (RFC 7946) that says names, shapes and relations with their time.

What the format has no word for stands beside its words: the party that uses a name, the basis on which a place lies
within another, the EDTF string of a time. Readers of GeoJSON and of Linked Places pass over it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from chronicle.exports.dates import iso_day
from chronicle.exports.origin import Origin
from chronicle.exports.streaming import json_object
from chronicle.models import Location, LocationName, LocationWithin
from chronicle.vocabularies import LocationKind
from sources.edtf import Bounds, Day, bounds, parse, words

CONTEXT: Final = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"

CLASSES: Final[Mapping[str, str]] = {
    LocationKind.SETTLEMENT: "P",
    LocationKind.DISTRICT: "A",
    LocationKind.REGION: "L",
    LocationKind.COUNTRY: "A",
    LocationKind.RIVER: "H",
    LocationKind.LAKE: "H",
    LocationKind.RELIEF: "T",
    LocationKind.BUILDING: "S",
    LocationKind.ROAD: "R",
    LocationKind.LINE: "L",
    LocationKind.AREA: "L",
}
"""The feature classes of GeoNames, of which the format wants one."""

BROADER: Final = "gvp:broaderPartitive"
"""Getty Vocabulary Program: the whole of which something is a part."""

_PLAIN: Final = re.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?")
"""A date as the format's `in` has it: ISO 8601, as exact as it is known."""
_UNSTATED: Final = ("", "..")
FIRST_OF_YEAR: Final = (1, 1)
LAST_OF_YEAR: Final = (12, 31)


def collection(places: Iterable[Location], origin: Origin) -> Iterator[str]:
    """Yield a collection of features, one after another; each place as `LocationQuerySet.with_page` brings it."""
    head = {"type": "FeatureCollection", "@context": CONTEXT, "name": origin.name, "license": origin.licence}
    return json_object(head, "features", (feature(place, origin) for place in places))


def document(place: Location, origin: Origin) -> dict[str, Any]:
    """Return one place as a file of its own."""
    return {"@context": CONTEXT, **feature(place, origin)}


def feature(place: Location, origin: Origin) -> dict[str, Any]:
    """Return a place with all its names, its shape as far as it is known, and what it lies within."""
    return {
        "@id": origin.page("location", place.slug),
        "type": "Feature",
        "properties": _properties(place),
        "names": [_heading(place, origin), *(_name(row) for row in place.names.all())],
        "types": [{"label": str(LocationKind(place.kind).label), "sourceLabel": place.kind}],
        "geometry": _geometry(place),
        "links": [{"type": "closeMatch", "identifier": address} for address in matches(place)],
        "relations": [_relation(row, origin) for row in place.withins.all()],
    }


def _properties(place: Location) -> dict[str, Any]:
    found = {
        "title": place.name,
        "fclasses": [CLASSES[place.kind]],
        "slug": place.slug,
        "number": place.pk,
        "coordinate_uncertainty_m": place.coordinate_uncertainty_m,
    }
    return {name: value for name, value in found.items() if value is not None}


def _heading(place: Location, origin: Origin) -> dict[str, Any]:
    """The heading name, which is the editors': the format wants a name with the year of what attests it."""
    attested = {"@id": origin.root, "label": origin.name, "year": origin.changed_at.year}
    return {"toponym": place.name, "citations": [attested], "is_heading": True}


def _name(row: LocationName) -> dict[str, Any]:
    named: dict[str, Any] = {"toponym": row.toponym, "lang": row.language}
    if row.period_edtf:
        named["when"] = when(row.period_edtf)
    if row.party:
        named["party"] = row.party.slug
    return named | ({"is_preferred": True} if row.is_preferred else {})


def _geometry(place: Location) -> dict[str, Any]:
    """The point, the outline, or both; an empty collection where neither is known, since the format wants an object."""
    found = [*_point(place), *_outline(place)]
    return found[0] if len(found) == 1 else {"type": "GeometryCollection", "geometries": found}


def _point(place: Location) -> list[dict[str, Any]]:
    if place.longitude is None or place.latitude is None:
        return []
    return [{"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}]


def _outline(place: Location) -> list[dict[str, Any]]:
    """What is recorded of its shape, part by part: no collection lies within another one (RFC 7946, section 3.1.8)."""
    if not place.geometry:
        return []
    return place.geometry["geometries"] if place.geometry["type"] == "GeometryCollection" else [place.geometry]


def matches(place: Location) -> list[str]:
    """Return the place in other gazetteers, by the short addresses of the format."""
    geonames = [f"gn:{place.geonames_id}"] if place.geonames_id else []
    return [*geonames, *([f"wd:{place.wikidata_id}"] if place.wikidata_id else [])]


def _relation(row: LocationWithin, origin: Origin) -> dict[str, Any]:
    by = f"{row.get_basis_display()}, {row.party}" if row.party else row.get_basis_display()
    found: dict[str, Any] = {
        "relationType": BROADER,
        "relationTo": origin.page("location", row.within.slug),
        "label": f"{row.within.name} ({by})",
        "basis": row.basis,
    }
    if row.period_edtf:
        found["when"] = when(row.period_edtf)
    if row.party:
        found["party"] = row.party.slug
    if row.source:
        found["citations"] = [{"@id": origin.page("document", row.source.slug), "label": row.source.title_short}]
    return found


def when(edtf: str) -> dict[str, Any]:
    """Return a time as the format has it, with its words, and the EDTF string, which says all of it.

    Both ends are written, since some read a start alone as the time that it names (Linked Places, "when") and some as
    “from then on”: an open end is an end in nothing, and a start that is not known is no later than the end.
    """
    date = parse(edtf)
    first, _slash, last = edtf.partition("/") if date.is_interval else (edtf, "", edtf)
    span = {"start": _moment(first) or _no_later(edtf), "end": _moment(last) or {"in": None}}
    return {"timespans": [span], "label": words(date), "edtf": edtf}


def _moment(edtf: str) -> dict[str, str | None] | None:
    if edtf in _UNSTATED:
        return None
    return {"in": edtf} if _PLAIN.fullmatch(edtf) else _between(bounds(parse(edtf))) or None


def _no_later(edtf: str) -> dict[str, str | None]:
    return _between(Bounds(None, bounds(parse(edtf)).latest))


def _between(between: Bounds) -> dict[str, str | None]:
    """The first and the last moment, by the year where it is the first or the last day of one."""
    ends = {
        "earliest": _spelled(between.earliest, FIRST_OF_YEAR),
        "latest": _spelled(between.latest, LAST_OF_YEAR),
    }
    return {name: end for name, end in ends.items() if end}


def _spelled(day: Day | None, end_of_year: tuple[int, int]) -> str | None:
    written = iso_day(day)
    return (
        written.removesuffix("-01-01").removesuffix("-12-31") if day and written and day[1:] == end_of_year else written
    )
