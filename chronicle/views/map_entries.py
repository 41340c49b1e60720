"""A place as every form of the map has it: what is drawn, what the list says, what the data give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import ngettext

from chronicle.atlas import Spot
from chronicle.views.coordinates import POINTS, outline_of, where_words
from chronicle.views.map_places import Name, PlaceOnMap
from chronicle.views.map_state import MapState
from chronicle.views.naming import Naming
from sources.directions import isolated


@dataclass(frozen=True)
class Entry:
    """A place in the list beside the map: the same as the map has."""

    place: PlaceOnMap
    names: list[Name]
    spot: Spot
    events_address: str
    events_words: str
    where: str

    @property
    def order(self) -> tuple[str, int]:
        """The order of the gazetteer."""
        return self.place.location.name_folded, self.place.location.pk


def entries_of(places: Sequence[PlaceOnMap], state: MapState) -> list[Entry]:
    """Return the places with what is written at them, and where their events are listed."""
    narrowed = state.query(leaving_out=("window", "place", "show"))
    joint = "&" if len(narrowed) > 1 else ""
    events = f"{reverse('events')}{narrowed}{joint}place="
    return [_entry(place, state, events) for place in places]


def _entry(place: PlaceOnMap, state: MapState, events: str) -> Entry:
    location, names = place.location, place.called(state.names)
    number = ngettext("%(number)d event", "%(number)d events", place.events) % {"number": place.events}
    title = " · ".join(isolated(name.toponym) for name in names)
    spot = Spot(
        latitude=float(location.latitude or 0),
        longitude=float(location.longitude or 0),
        uncertainty_m=location.coordinate_uncertainty_m or 1,
        names=tuple((name.toponym, name.language) for name in names),
        is_point=location.kind in POINTS,
        is_asserted=place.is_asserted,
        events=place.events,
        address=location.get_absolute_url() + Naming(state.names).query,
        title=f"{title}: {number}" if place.events else title,
        geometry=outline_of(location),
    )
    return Entry(place, names, spot, events + location.slug, number, where_words(location))


def feature_of(entry: Entry) -> dict[str, Any]:
    """Return it as a GeoJSON feature: a point with the radius of its circle, or its outline."""
    spot = entry.spot
    return {
        "type": "Feature",
        "geometry": spot.geometry or {"type": "Point", "coordinates": [spot.longitude, spot.latitude]},
        "properties": {
            "names": [{"words": words, "language": language} for words, language in spot.names],
            "address": spot.address,
            "uncertainty_m": spot.uncertainty_m,
            "is_point": spot.is_point,
            "is_asserted": spot.is_asserted,
            "events": spot.events,
            "events_words": entry.events_words,
            "events_address": entry.events_address,
            "title": spot.title,
            "where": capfirst(entry.where),
        },
    }
