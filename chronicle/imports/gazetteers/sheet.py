"""LP-TSV 0.5, Linked Places for spreadsheets: a row for each place, several values of a cell parted by semicolons."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from chronicle.imports.gazetteers.countries import COUNTRIES
from chronicle.imports.gazetteers.kinds import kind_of
from chronicle.imports.gazetteers.places import Parent, Place
from chronicle.imports.gazetteers.tables import tables_of
from chronicle.imports.gazetteers.times import TimeError, period_of
from chronicle.imports.said import Read, Said
from chronicle.imports.tables import Line

READ: Final = frozenset(
    {
        *("id", "title", "start", "end", "attestation_year", "ccodes", "variants", "types", "aat_types", "fclasses"),
        *("matches", "parent_name", "parent_id", "lon", "lat", "geowkt"),
    }
)
"""Columns that are read; the others have no place here."""
TELLING: Final = frozenset({"title_source", "attestation_year", "geowkt", "aat_types", "ccodes"})
"""Columns that no sheet of ours has."""
_POSITION = re.compile(r"(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)\s+(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)(?:\s+-?\d+(?:\.\d+)?)?")
_WKT = re.compile(r"\s*([A-Za-z]+)\s*Z?\s*(\(.*\))\s*", re.DOTALL)
TYPES: Final = {
    kind.upper(): kind for kind in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
}


def is_lp_tsv(headings: Sequence[str]) -> bool:
    """Return whether a sheet with these headings is LP-TSV."""
    return {"id", "title"} <= {*headings} and "slug" not in headings and bool(TELLING & {*headings})


def read_lp_tsv(name: str, lines: Iterable[Line], said: Said) -> Read:
    """Return the places of a sheet as tables."""
    return tables_of(name, [_place(line) for line in lines], said)


def _place(line: Line) -> Place:
    cells = {column: cell.strip() for column, cell in line.cells.items()}
    place = Place(line.number, cells.get("id", ""), cells.get("title", ""))
    _put_geometry(place, cells)
    period = _period(place, cells)
    for variant in _several(cells, "variants"):
        text, _sign, language = variant.partition("@")
        place.call(text, language, [period] if period else [])
    if period:
        place.call(place.title, "", [period])
        place.changed("start", period, _("it is kept as the time of its names"))
    numbers, words = _several(cells, "aat_types"), _several(cells, "types")
    place.kind = kind_of(_several(cells, "fclasses"), numbers, words) or ""
    if words and words != [place.kind]:
        place.changed("types", "; ".join(words), _("it is kept as %(kind)s") % {"kind": place.kind or _("no kind")})
    _put_identifiers(place, cells)
    for column, cell in cells.items():
        if column not in READ:
            place.lost(column, cell)
    return place


def _put_identifiers(place: Place, cells: Mapping[str, str]) -> None:
    for match in _several(cells, "matches"):
        if not place.is_also(match):
            place.lost("matches", match)
    if cells.get("parent_name") or cells.get("parent_id"):
        place.parents.append(Parent(cells.get("parent_id", ""), cells.get("parent_name", "")))
    for code in _several(cells, "ccodes"):
        if code.upper() not in COUNTRIES:
            place.wrong("ccodes", code, _("There is no country with this code (ISO 3166-1); correct it."))
    place.lost("ccodes", cells.get("ccodes"))


def _period(place: Place, cells: Mapping[str, str]) -> str:
    """The time of a row: between start and end, or the one year in which the name is attested."""
    start, end = cells.get("start", ""), cells.get("end", "")
    attested = cells.get("attestation_year", "")
    if attested and not (start or end):
        start = end = attested
    else:
        place.lost("attestation_year", attested)
    try:
        return period_of({"start": start, "end": end}, place.changed)
    except TimeError as error:
        place.wrong("start", f"{start}, {end}", str(error))
        return ""


def _put_geometry(place: Place, cells: Mapping[str, str]) -> None:
    written = cells.get("geowkt", "")
    longitude, latitude = cells.get("lon", ""), cells.get("lat", "")
    if written:
        place.geometry = _of_wkt(written)
        if place.geometry is None:
            place.wrong("geowkt", written, _("It is no WKT geometry, such as POINT(46.75 39.76)."))
    elif longitude or latitude:
        try:
            place.geometry = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
        except ValueError:
            words = _("Write both as degrees with a point, such as 46.749 and 39.758.")
            place.wrong("lon", f"{longitude}, {latitude}", words)


def _of_wkt(written: str) -> dict[str, Any] | None:
    """Well-known text (OGC 06-103r4) as a GeoJSON geometry."""
    found = _WKT.fullmatch(written)
    kind = TYPES.get(found[1].upper()) if found else None
    if found is None or kind is None:
        return None
    nested = _POSITION.sub(r"[\1,\2]", found[2]).replace("(", "[").replace(")", "]")
    try:
        coordinates = json.loads(nested)
    except (ValueError, RecursionError):
        return None
    if kind == "Point":
        coordinates = coordinates[0] if coordinates else None
    if kind == "MultiPoint":
        coordinates = [point[0] if isinstance(point[0], list) else point for point in coordinates]
    return {"type": kind, "coordinates": coordinates} if coordinates else None


def _several(cells: Mapping[str, str], column: str) -> list[str]:
    return [value.strip() for value in cells.get(column, "").split(";") if value.strip()]
