"""Where a place is, in words: never more exact than it is known, and an area never as a point."""

from decimal import Decimal

from django.utils.translation import gettext as _

from chronicle.models import Location
from chronicle.vocabularies import LocationKind

POINTS = (LocationKind.SETTLEMENT, LocationKind.BUILDING)
"""Kinds that a map of a country may show as a point; all others are areas or lines."""
KILOMETRE = 1000
DECIMALS = ((10_000, 1), (1_000, 2), (100, 3))
"""From which uncertainty in metres on how many decimals of a degree say enough: the first is about 11 kilometres."""
MOST_DECIMALS = 4


def where_words(location: Location) -> str:
    """Return "within 2 km of 39.76° N, 46.75° E"; of areas, that the circle holds them; empty without coordinates."""
    if location.latitude is None or location.longitude is None or location.coordinate_uncertainty_m is None:
        return ""
    point = _("%(latitude)s, %(longitude)s") % {
        "latitude": _degrees(location.latitude, location, north_or_east=_("N"), south_or_west=_("S")),
        "longitude": _degrees(location.longitude, location, north_or_east=_("E"), south_or_west=_("W")),
    }
    words = {"distance": _distance(location.coordinate_uncertainty_m), "point": point}
    if location.kind in POINTS:
        return _("within %(distance)s of %(point)s") % words
    return _("no point: it lies within a circle of %(distance)s around %(point)s") % words


def _degrees(degrees: Decimal, location: Location, *, north_or_east: str, south_or_west: str) -> str:
    letter = north_or_east if degrees >= 0 else south_or_west
    return f"{abs(degrees):.{_decimals(location.coordinate_uncertainty_m or 0)}f}° {letter}"


def _decimals(metres: int) -> int:
    return next((decimals for least, decimals in DECIMALS if metres >= least), MOST_DECIMALS)


def _distance(metres: int) -> str:
    if metres < KILOMETRE:
        return _("%(number)s m") % {"number": metres}
    return _("%(number)s km") % {"number": f"{metres / KILOMETRE:,.1f}".removesuffix(".0")}
