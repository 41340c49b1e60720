import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from chronicle.validators import MOST_POSITIONS, validate_geojson_geometry, validate_latitude, validate_longitude

RING = [[0, 0], [4, 0], [4, 4], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 1]]


def geometry(kind, coordinates):
    return {"type": kind, "coordinates": coordinates}


def collection(*geometries):
    return {"type": "GeometryCollection", "geometries": list(geometries)}


POINT = geometry("Point", [46.75, 39.76])

RIGHT = [
    POINT,
    geometry("Point", [-180, 90]),
    geometry("Point", [46.75, 39.76, 1400]),
    geometry("Point", [Decimal("46.75"), Decimal("39.76")]),
    geometry("MultiPoint", [[46.75, 39.76]]),
    geometry("LineString", [[0, 0], [1, 1]]),
    geometry("MultiLineString", [[[0, 0], [1, 1]], [[2, 2], [3, 3], [4, 4]]]),
    geometry("Polygon", [RING]),
    geometry("Polygon", [RING, HOLE]),
    geometry("MultiPolygon", [[RING], [RING, HOLE]]),
    collection(POINT, geometry("Polygon", [RING])),
    geometry("MultiPoint", [[0, 0]] * MOST_POSITIONS),
]

WRONG = [
    (None, "The geometry is not a JSON object"),
    ([], "The geometry is not a JSON object"),
    ("Point", "The geometry is not a JSON object"),
    ({}, "has a type that is none of"),
    ({"type": ["Point"], "coordinates": [0, 0]}, "has a type that is none of"),
    ({"type": "point", "coordinates": [0, 0]}, "'point'"),
    ({"type": "Feature", "geometry": POINT, "properties": {}}, "'Feature'"),
    ({"type": "Point"}, "has no “coordinates”"),
    (POINT | {"crs": {}}, "has a member “crs”"),
    (POINT | {"bbox": None}, "has a member “bbox”"),
    (geometry("Point", None), "The coordinates is not a position"),
    (geometry("Point", []), "is not a position"),
    (geometry("Point", [1]), "is not a position"),
    (geometry("Point", [1, 2, 3, 4]), "is not a position"),
    (geometry("Point", [[1, 2]]), "is not a position"),
    (geometry("Point", ["1", "2"]), "not a number: '1'"),
    (geometry("Point", [True, 2]), "not a number: 'True'"),
    (geometry("Point", [None, 2]), "not a number: 'None'"),
    (geometry("Point", [float("nan"), 2]), "not finite"),
    (geometry("Point", [1, 2, float("inf")]), "not finite"),
    (geometry("Point", [181, 0]), "longitude outside -180 to 180: 181"),
    (geometry("Point", [0, -90.5]), "latitude outside -90 to 90: -90.5"),
    (geometry("Point", [39.76, 100]), "longitude first"),
    (geometry("MultiPoint", []), "an empty one"),
    (geometry("MultiPoint", [[0, 0], [0, 95]]), "The coordinates[1] has a latitude"),
    (geometry("LineString", [[0, 0]]), "have 1 positions; at least 2"),
    (geometry("MultiLineString", [[[0, 0], [1, 1]], []]), "The coordinates[1] are not a list, or an empty one"),
    (geometry("Polygon", RING), "The coordinates[0] have 2 positions"),
    (geometry("Polygon", [RING[:3]]), "have 3 positions; at least 4"),
    (geometry("Polygon", [[[0, 0], [4, 0], [4, 4], [0, 4]]]), "a ring that is not closed"),
    (geometry("Polygon", [RING, [*HOLE[:-1], [1, 2]]]), "The coordinates[1] are a ring that is not closed"),
    (geometry("MultiPolygon", [[RING], [[]]]), "The coordinates[1][0] are not a list, or an empty one"),
    (collection(), "at least one geometry"),
    (collection(None), "The geometries[0] is not a JSON object"),
    (collection(POINT, collection(POINT)), "The geometries[1] has a type that is none of"),
    (collection(POINT, geometry("Point", [0, 91])), "The geometries[1].coordinates has a latitude"),
    ({"type": "GeometryCollection"}, "has no “geometries”"),
    (geometry("MultiPoint", [[0, 0]] * (MOST_POSITIONS + 1)), "has more than 20,000 positions"),
    (collection(*[geometry("MultiPoint", [[0, 0]] * MOST_POSITIONS), POINT]), "has more than 20,000 positions"),
    (geometry("Point", json.loads("[" * 500 + "]" * 500)), "is not a position"),
    (geometry("Point", [10**400, 0]), "longitude outside"),
]


@pytest.mark.parametrize("value", RIGHT)
def test_geojson_geometry_accepts_what_is_right(value):
    assert validate_geojson_geometry(value) is None


@pytest.mark.parametrize(("value", "reason"), WRONG)
def test_geojson_geometry_says_where_what_is_wrong(value, reason):
    with pytest.raises(ValidationError) as refusal:
        validate_geojson_geometry(value)
    assert reason in refusal.value.messages[0]
    assert 'Right is: {"type": "Point"' in refusal.value.messages[0]
    assert len(refusal.value.messages[0]) < 300


@pytest.mark.parametrize(("validate", "value"), [(validate_latitude, -90), (validate_latitude, Decimal("39.76"))])
def test_latitude_accepts_what_is_on_earth(validate, value):
    assert validate(value) is None


@pytest.mark.parametrize("value", [180, -180.0, Decimal("46.75")])
def test_longitude_accepts_what_is_on_earth(value):
    assert validate_longitude(value) is None


@pytest.mark.parametrize("value", [90.01, -91, float("nan"), float("inf")])
def test_latitude_refuses_what_is_not(value):
    with pytest.raises(ValidationError, match=r"not between -90 .* Right is: 39\.76"):
        validate_latitude(value)


@pytest.mark.parametrize("value", [180.01, -181, float("nan"), float("inf")])
def test_longitude_refuses_what_is_not(value):
    with pytest.raises(ValidationError, match=r"not between -180 .* Right is: 46\.75"):
        validate_longitude(value)
