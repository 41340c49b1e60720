"""Windows that hold places: all of them, or the middle of them by weight."""

from collections.abc import Sequence

from chronicle.atlas.projection import LEAST_ZOOM, MOST_ZOOM, Window, projected, unprojected
from chronicle.atlas.spots import Spot

MARGIN = 0.8
"""Which part of the window the places take, so that their names have room."""
LEFT_OUT = 0.25
"""Which share of the events may lie outside, at each side, of the window that opens."""
WHOLE_EARTH = (0.0, 25.0)


def fitting(spots: Sequence[Spot], *, width: int, height: int, most: int = MOST_ZOOM) -> Window:
    """Return the nearest window that holds these places with their circles; the earth, where there are none."""
    if not spots:
        longitude, latitude = WHOLE_EARTH
        return Window(longitude, latitude, LEAST_ZOOM, width, height)
    boxes = [_box(spot) for spot in spots]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    longitude, latitude = unprojected((left + right) / 2, (top + bottom) / 2)
    zoom = next((z for z in range(most, LEAST_ZOOM, -1) if _fits(right - left, bottom - top, z, width, height)), 1)
    return Window(round(longitude, 4), round(latitude, 4), zoom, width, height)


def fitting_most(spots: Sequence[Spot], *, width: int, height: int, most: int) -> Window:
    """Return the window that holds the middle of the places by the number of their events.

    Where a chronicle tells of one region and of a few signatures far away, the region fills the map.
    """
    spots = points_or_all(spots)
    middle = _middle(spots, [spot.longitude for spot in spots]) & _middle(spots, [spot.latitude for spot in spots])
    return fitting([spots[place] for place in sorted(middle)] or spots, width=width, height=height, most=most)


def points_or_all(spots: Sequence[Spot]) -> Sequence[Spot]:
    """Return the places that can be points, where there are any: a country would make every map one of countries."""
    return [spot for spot in spots if spot.is_point] or spots


def _middle(spots: Sequence[Spot], degrees: Sequence[float]) -> set[int]:
    """The places between the two shares, in one direction."""
    order = sorted(range(len(spots)), key=lambda place: degrees[place])
    weights = [max(1, spots[place].events) for place in order]
    least, before = LEFT_OUT * sum(weights), 0
    found = set()
    for place, weight in zip(order, weights, strict=True):
        if before + weight > least and before < sum(weights) - least:
            found.add(place)
        before += weight
    return found


def _box(spot: Spot) -> tuple[float, float, float, float]:
    x, y = projected(spot.longitude, spot.latitude)
    radius = Window(spot.longitude, spot.latitude, 0, 1, 1).pixels(spot.uncertainty_m, spot.latitude) / 256
    return x - radius, y - radius, x + radius, y + radius


def _fits(across: float, down: float, zoom: int, width: int, height: int) -> bool:
    scale = Window(0, 0, zoom, width, height).scale
    return across * scale <= width * MARGIN and down * scale <= height * MARGIN
