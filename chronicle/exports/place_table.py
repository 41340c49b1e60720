"""Places as LP-TSV 0.5, the table that goes with Linked Places: a row a place, tabs between, no quotes around.

The table has no room for the time of a name, for who uses it, or for the basis of a relation: the GeoJSON has all.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from chronicle.exports.linked_places import CLASSES, matches
from chronicle.exports.origin import Origin
from chronicle.models import Location, LocationName
from chronicle.vocabularies import LocationKind

COLUMNS: Final = (
    *("id", "title", "title_source", "attestation_year", "title_uri", "fclasses", "types", "variants", "matches"),
    *("parent_name", "parent_id", "lon", "lat", "approximation", "geowkt"),
)
METRES: Final = 1000


def table(places: Iterable[Location], origin: Origin) -> Iterator[str]:
    """Yield the lines of the table; each place as `LocationQuerySet.with_page` brings it."""
    yield _line(COLUMNS)
    for place in places:
        row = _row(place, origin)
        yield _line(row[name] for name in COLUMNS)


def _line(cells: Iterable[str]) -> str:
    """A line; what would end a cell or a line is no part of a name and becomes a space."""
    return "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def _row(place: Location, origin: Origin) -> dict[str, str]:
    parent = next(iter(place.withins.all()), None)
    return {
        "id": place.slug,
        "title": place.name,
        "title_source": origin.name,
        "attestation_year": str(origin.changed_at.year),
        "title_uri": origin.page("location", place.slug),
        "fclasses": CLASSES[place.kind],
        "types": str(LocationKind(place.kind).label),
        "variants": ";".join(_variant(row) for row in place.names.all()),
        "matches": ";".join(matches(place)),
        "parent_name": parent.within.name if parent else "",
        "parent_id": origin.page("location", parent.within.slug) if parent else "",
        "lon": "" if place.longitude is None else f"{place.longitude.normalize():f}",
        "lat": "" if place.latitude is None else f"{place.latitude.normalize():f}",
        "approximation": f"{place.coordinate_uncertainty_m / METRES:g}" if place.coordinate_uncertainty_m else "",
        "geowkt": well_known_text(place.geometry) if place.geometry else "",
    }


def _variant(row: LocationName) -> str:
    """A name with its language; a semicolon would begin another one."""
    return f"{row.toponym.replace(';', ',')}@{row.language}"


def well_known_text(geometry: dict[str, Any]) -> str:
    """Return a GeoJSON geometry as well-known text (OGC 06-103r4), in two dimensions."""
    if geometry["type"] == "GeometryCollection":
        parts = ", ".join(well_known_text(part) for part in geometry["geometries"])
        return f"GEOMETRYCOLLECTION ({parts})" if parts else "GEOMETRYCOLLECTION EMPTY"
    return f"{geometry['type'].upper()} {_numbers(geometry['coordinates'], is_point=geometry['type'] == 'Point')}"


def _numbers(coordinates: list[Any], *, is_point: bool) -> str:
    """Positions in brackets, nested as GeoJSON nests them; a position itself has none but of a point."""
    if coordinates and isinstance(coordinates[0], list):
        return f"({', '.join(_numbers(part, is_point=False) for part in coordinates)})"
    position = " ".join(f"{number:.10f}".rstrip("0").rstrip(".") for number in coordinates[:2])
    return f"({position})" if is_point else position
