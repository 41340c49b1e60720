"""Validators of places, figures and contacts. Every message names what is wrong, where, and shows a right example."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

LARGEST_LATITUDE: Final = 90
LARGEST_LONGITUDE: Final = 180
MOST_POSITIONS: Final = 20_000  # an outline of a country for the web has fewer; more would slow every map

NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, production 2, has no way to write; PostgreSQL has."""

_EXAMPLE = 'Right is: {"type": "Point", "coordinates": [46.75, 39.76]}, longitude first'
_NUMBERS = (int, float, Decimal)


@dataclass(frozen=True)
class _Shape:
    """How a geometry type nests its positions: lists of lists `depth` deep, the innermost of `least` positions."""

    depth: int
    least: int = 1
    is_closed: bool = False


_SHAPES = {
    "Point": _Shape(0),
    "MultiPoint": _Shape(1),
    "LineString": _Shape(1, least=2),
    "MultiLineString": _Shape(2, least=2),
    "Polygon": _Shape(2, least=4, is_closed=True),
    "MultiPolygon": _Shape(3, least=4, is_closed=True),
}


def validate_latitude(value: float | Decimal) -> None:
    """Degrees north, from -90 to 90 (WGS 84)."""
    if not -LARGEST_LATITUDE <= value <= LARGEST_LATITUDE:  # NaN is in no range
        raise ValidationError(
            f"Latitude {value} is not between -90 (south pole) and 90 (north pole). Right is: 39.76", code="latitude"
        )


def validate_longitude(value: float | Decimal) -> None:
    """Degrees east, from -180 to 180 (WGS 84)."""
    if not -LARGEST_LONGITUDE <= value <= LARGEST_LONGITUDE:
        raise ValidationError(
            f"Longitude {value} is not between -180 (west) and 180 (east). Right is: 46.75", code="longitude"
        )


def validate_figure(value: Any) -> None:
    """A range of finite numbers from 0 or more upwards, its upper bound open or not below the lower one."""
    lower, upper = (value.lower, value.upper) if hasattr(value, "lower") else value
    if lower is None or not isfinite(lower) or lower < 0:
        reason = "it starts at 0 or more: up to 20,000 is from 0 to 20,000"
    elif upper is not None and (not isfinite(upper) or upper < lower):
        reason = "its upper bound is a number, and not below the lower one: write 50 to 60"
    else:
        return
    raise ValidationError(f"Asserted figure: {reason}.", code="figure")


def validate_geojson_geometry(value: Any) -> None:
    """A GeoJSON geometry object (RFC 7946, section 3.1) and no more: no feature, no null, no empty or foreign member.

    A GeometryCollection holds plain geometries only, as section 3.1.8 advises, and at most 20,000 positions in all.
    """
    count = 0
    for geometry, path in _geometries(value):
        for positions, where in _checked_lines(geometry, path):
            count += len(positions)
            if count > MOST_POSITIONS:
                raise _refusal("geometry", f"has more than {MOST_POSITIONS:,} positions: simplify its outline")
            for number, position in enumerate(positions):
                _check_position(position, f"{where}[{number}]")


def _refusal(path: str, reason: str) -> ValidationError:
    return ValidationError(f"The {path} {reason}. {_EXAMPLE}", code="geojson")


def _geometries(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """The geometry itself, or those of a collection, each with its place in the value."""
    if not isinstance(value, dict) or value.get("type") != "GeometryCollection":
        yield value, "geometry"
        return
    _check_members(value, "geometries", "geometry")
    members = value["geometries"]
    if not isinstance(members, list) or not members:
        raise _refusal("geometries", "of a GeometryCollection are a list of at least one geometry")
    for number, member in enumerate(members[: MOST_POSITIONS + 1]):
        yield member, f"geometries[{number}]"


def _check_members(geometry: dict[str, Any], wanted: str, path: str) -> None:
    if wanted not in geometry:
        raise _refusal(path, f"has no “{wanted}”")
    for member in geometry:
        if member not in {"type", wanted}:
            raise _refusal(path, f"has a member “{str(member)[:40]}”: leave out all but “type” and “{wanted}”")


def _checked_lines(geometry: Any, path: str) -> Iterator[tuple[list[Any], str]]:
    """Each innermost list of positions with its place; a point counts as a list of one."""
    if not isinstance(geometry, dict):
        raise _refusal(path, "is not a JSON object")
    kind = geometry.get("type")
    shape = _SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise _refusal(path, f"has a type that is none of {', '.join(_SHAPES)}: {str(kind)[:40]!r}")
    _check_members(geometry, "coordinates", path)
    where = "coordinates" if path == "geometry" else f"{path}.coordinates"
    if shape.depth == 0:
        _check_position(geometry["coordinates"], where)
        yield [geometry["coordinates"]], where
        return
    for line, place in _lines(geometry["coordinates"], shape.depth, where):
        _check_line(line, shape, place)
        yield line, place


def _lines(coordinates: Any, depth: int, path: str) -> Iterator[tuple[list[Any], str]]:
    if not isinstance(coordinates, list) or not coordinates:
        raise _refusal(path, "are not a list, or an empty one")
    if depth == 1:
        yield coordinates, path
        return
    for number, part in enumerate(coordinates):
        yield from _lines(part, depth - 1, f"{path}[{number}]")


def _check_line(line: list[Any], shape: _Shape, path: str) -> None:
    if len(line) < shape.least:
        raise _refusal(path, f"have {len(line)} positions; at least {shape.least} are needed")
    if shape.is_closed and line[0] != line[-1]:
        raise _refusal(path, "are a ring that is not closed: its last position must be its first")


def _check_position(position: Any, path: str) -> None:
    if not isinstance(position, list) or len(position) not in {2, 3}:
        raise _refusal(path, "is not a position: a list of longitude, latitude and, if need be, altitude")
    for number in position:
        if isinstance(number, bool) or not isinstance(number, _NUMBERS):
            raise _refusal(path, f"holds something that is not a number: {str(number)[:40]!r}")
        if not isinstance(number, int) and not isfinite(number):
            raise _refusal(path, "holds a number that is not finite")
    longitude, latitude = position[:2]
    if not -LARGEST_LONGITUDE <= longitude <= LARGEST_LONGITUDE:
        raise _refusal(path, f"has a longitude outside -180 to 180: {str(longitude)[:40]}")
    if not -LARGEST_LATITUDE <= latitude <= LARGEST_LATITUDE:
        raise _refusal(path, f"has a latitude outside -90 to 90: {str(latitude)[:40]}")


def validate_contact(value: str) -> None:
    """An e-mail address or a web address, to which every page links."""
    is_address = value.startswith(("http://", "https://"))
    try:
        (URLValidator(schemes=["http", "https"]) if is_address else EmailValidator())(value)
    except ValidationError as error:
        raise ValidationError(
            "“%(value)s” is neither an e-mail address nor a web address. Right is: corrections@example.org, or "
            "https://example.org/contact",
            code="contact",
            params={"value": value},
        ) from error
