"""The small map on the page of a place or of an event: where that is on earth, drawn without script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chronicle.atlas import Spot, drawn, fitting
from chronicle.models import Location
from chronicle.sentences.clauses import named
from chronicle.views.coordinates import POINTS, outline_of, where_words
from chronicle.views.map_places import ASSERTED, Name, names_of_all

WIDTH, HEIGHT = 420, 280
NEAREST = 5
"""How near a small map is: seas and coasts around tell where on earth it lies, since nothing on it has a name."""
MOST = 12
"""How many places it shows."""


@dataclass(frozen=True)
class Locator:
    """A small map, the address of the large one, and the same in words: each place with how surely it is known."""

    drawing: SafeString
    address: str
    places: Sequence[tuple[Location, str]]


def locator_of(locations: Iterable[Location]) -> Locator | None:
    """Return the map of these places; none where none of them has coordinates."""
    found = list({location.pk: location for location in locations if location.latitude is not None}.values())[:MOST]
    if not found:
        return None
    spots = [_spot(location) for location in found]
    window = fitting(spots, width=WIDTH, height=HEIGHT, most=NEAREST)
    label = _("Map: %(places)s") % {"places": named(location.name for location in found)}
    near = fitting(spots, width=WIDTH, height=HEIGHT, most=NEAREST + 4)
    shown = "".join(f"&show={location.slug}" for location in found if _is_asserted(location))
    address = f"{reverse('map')}?at={near.latitude:g},{near.longitude:g}&zoom={near.zoom}{shown}"
    return Locator(drawn(window, spots, label=label), address, [(row, where_words(row)) for row in found])


def _is_asserted(location: Location) -> bool:
    return location.kind in ASSERTED or outline_of(location) is not None


def _spot(location: Location) -> Spot:
    recorded = (Name(row.toponym, row.language, str(row.party or ""), row.is_preferred) for row in location.names.all())
    names = names_of_all(location.name, recorded)
    return Spot(
        latitude=float(location.latitude or 0),
        longitude=float(location.longitude or 0),
        uncertainty_m=location.coordinate_uncertainty_m or 1,
        names=tuple((name.toponym, name.language) for name in names),
        is_point=location.kind in POINTS,
        is_asserted=location.kind in ASSERTED,
        address=location.get_absolute_url(),
        title=" · ".join(name.toponym for name in names),
        geometry=outline_of(location),
    )
