"""Lines and areas as SVG paths: no finer than a window can show, and nothing far outside of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from chronicle.atlas.projection import Position, Window, projected

NEAREST = 0.7
"""How near, in pixels, a point may be to the one before it and still be drawn."""
BLOCK = 32
"""How many points of a long line are looked at together."""

Line = tuple[Position, ...]
"""Points on the square of side 1."""


def unit_lines(geometry: dict[str, Any]) -> list[Line]:
    """Return the lines and rings of a GeoJSON geometry, projected; editions have their numbers as decimals."""
    if geometry["type"] == "GeometryCollection":
        return [line for part in geometry["geometries"] for line in unit_lines(part)]
    return [tuple(projected(float(position[0]), float(position[1])) for position in line) for line in _lines(geometry)]


def _lines(geometry: dict[str, Any]) -> list[Sequence[Any]]:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return [[coordinates]]
        case "MultiPoint":
            return [[position] for position in coordinates]
        case "LineString":
            return [coordinates]
        case "MultiLineString" | "Polygon":
            return list(coordinates)
        case _:
            return [ring for polygon in coordinates for ring in polygon]


def path_of(lines: Iterable[Line], window: Window, *, is_closed: bool) -> str:
    """Return the `d` of a path that draws them, empty where nothing of them is in the window."""
    (left, top), scale = window.corner, window.scale
    box = (left / scale, top / scale, (left + window.width) / scale, (top + window.height) / scale)
    parts = [
        _part([(x * scale - left, y * scale - top) for x, y in _near(line, box)], is_closed=is_closed) for line in lines
    ]
    return "".join(part for part in parts if part)


def _near(line: Line, box: tuple[float, float, float, float]) -> list[Position]:
    """The points that matter to the window: of a block that lies on one side of it, the first and the last.

    The chord between these two lies on the same side as they all, so that nothing changes inside.
    """
    if len(line) <= BLOCK:
        return [] if _is_aside(line, box) else list(line)
    found: list[Position] = []
    is_near = False
    for start in range(0, len(line), BLOCK):
        block = line[start : start + BLOCK]
        aside = _is_aside(block, box)
        is_near = is_near or not aside
        found += (block[0], block[-1]) if aside else block
    return found if is_near or not _is_aside(found, box) else []


def _is_aside(points: Sequence[Position], box: tuple[float, float, float, float]) -> bool:
    west, north, east, south = box
    across = [x for x, _ in points]
    if max(across) < west or min(across) > east:
        return True
    down = [y for _, y in points]
    return max(down) < north or min(down) > south


def _part(points: Sequence[Position], *, is_closed: bool) -> str:
    if not points:
        return ""
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) >= NEAREST or abs(y - kept[-1][1]) >= NEAREST:
            kept.append((x, y))
    kept.append(points[-1])
    words = " ".join(f"{x:.1f},{y:.1f}" for x, y in kept)
    return f"M{words}{'Z' if is_closed else ''}"
