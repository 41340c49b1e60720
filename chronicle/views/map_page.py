"""The map of the events' places: drawn on the server, with links; a browser's own map asks for it as GeoJSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chronicle.atlas import NUMBERS, Spot, Window, drawn, fitting, fitting_most, points_or_all
from chronicle.templatetags.languages import language_words
from chronicle.views.base import PublicView, not_found
from chronicle.views.embedding import MAP, Shared
from chronicle.views.event_list import EventList, asked_of, count_of
from chronicle.views.filters import options, read_filters
from chronicle.views.map_entries import entries_of, feature_of
from chronicle.views.map_lines import asserted_of, lines_shown
from chronicle.views.map_places import Places, places_of
from chronicle.views.map_state import HEIGHT, WIDTH, MapState, read_state

NEAREST = 9
"""How near the map opens at the most."""
FRAMES = (344, 700, 940)
"""How much of the middle of the drawing is seen at least, in its own pixels: by a phone, and from 48 and 64 rem on."""
STEP = 0.4
"""By which part of itself a window moves."""


@dataclass(frozen=True)
class Way:
    """A link to the same map seen otherwise."""

    words: str
    query: str
    is_current: bool = False
    move: str = ""
    """East and south in parts of the window, and nearer, for the browser's own map; zeros lead where the query says."""


class MapView(PublicView):
    """The map, which works without script."""

    template_name = "chronicle/map.html"
    parameters = EventList.parameters
    size = (WIDTH, HEIGHT)
    description = gettext_lazy("The places of the events on a map without borders, each as far as it is known.")

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one map
        """Return the map of the events that were asked for, and the equal list."""
        filters = read_filters(self.asked)
        state = read_state(self.asked, self.asked_all)
        context = {
            "filters": filters,
            "options": options(),
            "asked": asked_of(self.asked),
            "kept": state.kept,
            "state": state,
            "shared": Shared(MAP, self.request),
        }
        if not filters.is_clear:
            return context
        return {**context, **_shown(state, places_of(filters), self.size), "count": count_of(filters)}


def _shown(state: MapState, places: Places, size: tuple[int, int]) -> dict[str, Any]:
    entries = entries_of(places.found, state)
    shown = entries_of(lines_shown(state), state)
    spots = [entry.spot for entry in entries if not entry.place.is_asserted]
    window = _sized(state.window, size) if state.window else _opened(spots, size)
    on_map = [*spots, *(entry.spot for entry in shown)]
    seen = [spot for spot in on_map if spot.is_in(window)]
    return {
        "places": places,
        "entries": sorted(entries, key=lambda entry: entry.order),
        "window": window,
        "drawing": drawn(window, on_map, label=_label(seen, window), frames=FRAMES),
        "seen": len([spot for spot in seen if not spot.is_too_large(window)]),
        "outside": len(on_map) - len(seen),
        "too_large": [entry for entry in entries if entry.spot in seen and entry.spot.is_too_large(window)],
        "ways": _ways(state, window, spots),
        "languages": _languages(state, places),
        "asserted": asserted_of(state, entries, shown),
        "marks": json.dumps(NUMBERS),
        "geojson": reverse("map-places") + state.query(leaving_out=("window",)),
    }


def _sized(window: Window, size: tuple[int, int]) -> Window:
    """The same window with more or less around its middle."""
    return replace(window, width=size[0], height=size[1])


def _opened(spots: Sequence[Spot], size: tuple[int, int]) -> Window:
    """The middle of the places by their events, and about as much around it."""
    return _sized(fitting_most(spots, width=WIDTH, height=HEIGHT, most=NEAREST).zoomed(-1), size)


def _label(seen: Sequence[Spot], window: Window) -> str:
    places = [spot for spot in seen if not spot.is_too_large(window)]
    return ngettext(
        "Map with %(number)d place; the list below names it",
        "Map with %(number)d places; the list below names them all",
        len(places),
    ) % {"number": len(places)}


def _ways(state: MapState, window: Window, spots: Sequence[Spot]) -> list[Way]:
    """Nearer, farther, to each side, and everything: the map is moved by links."""
    around = [
        (_("Nearer"), window.zoomed(1), "0 0 1"),
        (_("Farther"), window.zoomed(-1), "0 0 -1"),
        (_("North"), window.moved(0, -STEP), f"0 {-STEP} 0"),
        (_("South"), window.moved(0, STEP), f"0 {STEP} 0"),
        (_("West"), window.moved(-STEP, 0), f"{-STEP} 0 0"),
        (_("East"), window.moved(STEP, 0), f"{STEP} 0 0"),
        (_("All places"), fitting(points_or_all(spots), width=WIDTH, height=HEIGHT, most=NEAREST), "0 0 0"),
    ]
    return [Way(words, state.query(window=seen), move=move) for words, seen, move in around]


def _languages(state: MapState, places: Places) -> list[Way]:
    ways = [Way(_("all parties’"), state.query(names=""), not state.names)]
    return ways + [
        Way(language_words(language), state.query(names=language), state.names == language)
        for language in places.languages
    ]


class MapPlaces(PublicView):
    """The same places as GeoJSON (RFC 7946), with the same filters: circles by their radius, outlines where shown."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """Return every place of the selection, and the lines that are on, wherever the window is."""
        filters = read_filters(self.asked)
        if not filters.is_clear:
            not_found()
        state = read_state(self.asked, self.asked_all)
        entries = [entry for entry in entries_of(places_of(filters).found, state) if not entry.place.is_asserted]
        features = [feature_of(entry) for entry in (*entries, *entries_of(lines_shown(state), state))]
        collection = {"type": "FeatureCollection", "features": features}
        return JsonResponse(collection, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


map_page = MapView.as_view()
map_places = MapPlaces.as_view()
