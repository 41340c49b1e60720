"""Where a place is, in words: never more exact than it is known, and an area never as a point."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chronicle.models import Location
from chronicle.vocabularies import LocationKind

POINTS = (LocationKind.SETTLEMENT, LocationKind.BUILDING)
"""Kinds that a map of a country may show as a point; all others are areas or lines."""
KILOMETRE = 1000
DECIMALS = ((10_000, 1), (1_000, 2), (100, 3))
"""From which uncertainty in metres on how many decimals of a degree say enough: the first is about 11 kilometres."""
MOST_DECIMALS = 4
KEPT = 4096
"""How many places are kept in words: a map says this of all its places."""


def where_words(location: Location) -> str:
    """Return "within 2 km of 39.76° N, 46.75° E"; of areas, that the circle holds them; empty without coordinates."""
    if location.latitude is None or location.longitude is None or location.coordinate_uncertainty_m is None:
        return ""
    is_point = location.kind in POINTS
    return _where(location.latitude, location.longitude, location.coordinate_uncertainty_m, is_point, get_language())


@lru_cache(maxsize=KEPT)
def _where(latitude: Decimal, longitude: Decimal, metres: int, is_point: bool, language: str | None) -> str:  # noqa: ARG001, FBT001 -- the key of what is kept
    point = _("%(latitude)s, %(longitude)s") % {
        "latitude": _degrees(latitude, metres, north_or_east=_("N"), south_or_west=_("S")),
        "longitude": _degrees(longitude, metres, north_or_east=_("E"), south_or_west=_("W")),
    }
    words = {"distance": _distance(metres), "point": point}
    if is_point:
        return _("within %(distance)s of %(point)s") % words
    return _("no point: it lies within a circle of %(distance)s around %(point)s") % words


def outline_of(location: Location) -> dict[str, Any] | None:
    """Return the lines and areas that are recorded of its shape, where its shape was read; a point is no outline."""
    if "geometry" in location.get_deferred_fields() or not location.geometry:
        return None
    return None if location.geometry["type"] in ("Point", "MultiPoint") else location.geometry


def _degrees(degrees: Decimal, metres: int, *, north_or_east: str, south_or_west: str) -> str:
    letter = north_or_east if degrees >= 0 else south_or_west
    return f"{abs(degrees):.{_decimals(metres)}f}° {letter}"


def _decimals(metres: int) -> int:
    return next((decimals for least, decimals in DECIMALS if metres >= least), MOST_DECIMALS)


def _distance(metres: int) -> str:
    if metres < KILOMETRE:
        return _("%(number)s m") % {"number": metres}
    return _("%(number)s km") % {"number": f"{metres / KILOMETRE:,.1f}".removesuffix(".0")}
