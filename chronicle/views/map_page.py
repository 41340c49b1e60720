"""The map of the events' places: drawn on the server, with links; a browser's own map asks for it as GeoJSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chronicle.atlas import Spot, Window, drawn, fitting, fitting_most, points_or_all
from chronicle.models import Citation, LocationWithin
from chronicle.templatetags.languages import language_words
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.coordinates import POINTS, outline_of, where_words
from chronicle.views.event_list import count_of
from chronicle.views.filters import FILTERS, options, read_filters
from chronicle.views.map_places import PlaceOnMap, Places, places_of, switched_on
from chronicle.views.map_state import HEIGHT, WIDTH, MapState, read_state
from sources.edtf import parse, words
from sources.models import Document

NEAREST = 9
"""How near the map opens at the most."""
STEP = 0.4
"""By which part of itself a window moves."""
MOST_SOURCES = 20
"""How many documents are named as sources of one line."""


@dataclass(frozen=True)
class Entry:
    """A place in the list beside the map: the same as the map has."""

    place: PlaceOnMap
    names: list[Any]
    spot: Spot
    events_address: str
    events_words: str
    where: str


@dataclass(frozen=True)
class Way:
    """A link to the same map seen otherwise."""

    words: str
    query: str
    is_current: bool = False
    move: str = ""
    """East, south and nearer, in steps, for the browser's own map; none of them leads to where the query says."""


@dataclass(frozen=True)
class Asserted:
    """A line or an area to switch on: what is recorded of when it held, and the documents that speak of it."""

    entry: Entry
    toggle: str
    is_shown: bool
    period: str = ""
    sources: Sequence[Document] = ()


class MapView(PublicView):
    """The map, which works without script."""

    template_name = "chronicle/map.html"

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one map
        """Return the map of the events that were asked for, and the equal list."""
        filters = read_filters(self.asked)
        state = read_state(self.asked, self.asked_all)
        context = {
            "filters": filters,
            "options": options(),
            "asked": {name: self.asked(name) for name in FILTERS},
            "kept": state.kept,
            "state": state,
        }
        return context | (_shown(state, places_of(filters)) | {"count": count_of(filters)} if filters.is_clear else {})


def _shown(state: MapState, places: Places) -> dict[str, Any]:
    entries = entries_of(places.found, state)
    shown = entries_of(_switched_on(state), state)
    spots = [entry.spot for entry in entries if not entry.place.is_asserted]
    window = state.window or _opened(spots)
    on_map = [*spots, *(entry.spot for entry in shown)]
    seen = [spot for spot in on_map if spot.is_in(window)]
    return {
        "places": places,
        "entries": sorted(entries, key=lambda entry: (entry.place.location.name_folded, entry.place.location.pk)),
        "window": window,
        "drawing": drawn(window, on_map, label=_label(seen, window)),
        "seen": len([spot for spot in seen if not spot.is_too_large(window)]),
        "outside": len(on_map) - len(seen),
        "too_large": [entry for entry in entries if entry.spot in seen and entry.spot.is_too_large(window)],
        "ways": _ways(state, window, spots),
        "languages": _languages(state, places),
        "asserted": _asserted(state, entries, shown),
        "geojson": reverse("map-places") + state.query(leaving_out=("window",)),
    }


def _opened(spots: Sequence[Spot]) -> Window:
    """The middle of the places by their events, and about as much around it."""
    return fitting_most(spots, width=WIDTH, height=HEIGHT, most=NEAREST).zoomed(-1)


def _switched_on(state: MapState) -> list[PlaceOnMap]:
    """The lines and areas that the address switches on; Http404 for what is none, or has no place on earth."""
    found = switched_on(state.shown) if state.shown else []
    return found if len(found) == len(state.shown) else not_found()


def _label(seen: Sequence[Spot], window: Window) -> str:
    places = [spot for spot in seen if not spot.is_too_large(window)]
    return ngettext(
        "Map with %(number)d place; the list below names it",
        "Map with %(number)d places; the list below names them all",
        len(places),
    ) % {"number": len(places)}


def entries_of(places: Sequence[PlaceOnMap], state: MapState) -> list[Entry]:
    """Return the places with what is written at them, and where their events are listed."""
    narrowed = state.query(leaving_out=("window", "place", "names", "show"))
    joint = "&" if len(narrowed) > 1 else ""
    events = f"{reverse('events')}{narrowed}{joint}place="
    return [_entry(place, state, events) for place in places]


def _entry(place: PlaceOnMap, state: MapState, events: str) -> Entry:
    location, names = place.location, place.called(state.names)
    number = ngettext("%(number)d event", "%(number)d events", place.events) % {"number": place.events}
    title = " · ".join(name.toponym for name in names)
    spot = Spot(
        latitude=float(location.latitude or 0),
        longitude=float(location.longitude or 0),
        uncertainty_m=location.coordinate_uncertainty_m or 1,
        names=tuple((name.toponym, name.language) for name in names),
        is_point=location.kind in POINTS,
        is_asserted=place.is_asserted,
        events=place.events,
        address=location.get_absolute_url(),
        title=f"{title}: {number}" if place.events else title,
        geometry=outline_of(location),
    )
    return Entry(place, names, spot, events + location.slug, number, where_words(location))


def _ways(state: MapState, window: Window, spots: Sequence[Spot]) -> list[Way]:
    """Nearer, farther, to each side, and everything: the map is moved by links."""
    around = [
        (_("Nearer"), window.zoomed(1), "0 0 1"),
        (_("Farther"), window.zoomed(-1), "0 0 -1"),
        (_("North"), window.moved(0, -STEP), "0 -1 0"),
        (_("South"), window.moved(0, STEP), "0 1 0"),
        (_("West"), window.moved(-STEP, 0), "-1 0 0"),
        (_("East"), window.moved(STEP, 0), "1 0 0"),
        (_("All places"), fitting(points_or_all(spots), width=WIDTH, height=HEIGHT, most=NEAREST), "0 0 0"),
    ]
    return [Way(words, state.query(window=seen), move=move) for words, seen, move in around]


def _languages(state: MapState, places: Places) -> list[Way]:
    ways = [Way(_("all parties’"), state.query(names=""), not state.names)]
    return ways + [
        Way(language_words(language), state.query(names=language), state.names == language)
        for language in places.languages
    ]


def _asserted(state: MapState, entries: Sequence[Entry], shown: Sequence[Entry]) -> list[Asserted]:
    """The lines and areas of the selection, and those that are on; sources are looked up for the latter alone."""
    on = {entry.place.location.pk: entry for entry in shown}
    sources, periods = _sources(list(on)), _periods(list(on))
    offered = {entry.place.location.pk: entry for entry in entries if entry.place.is_asserted}
    ordered = sorted(
        (offered | on).values(), key=lambda entry: (entry.place.location.name_folded, entry.place.location.pk)
    )
    return [
        Asserted(
            entry,
            state.toggled(entry.place.location.slug),
            entry.place.location.pk in on,
            periods.get(entry.place.location.pk, ""),
            sources.get(entry.place.location.pk, ()),
        )
        for entry in ordered
    ]


def _sources(numbers: list[int]) -> dict[int, list[Document]]:
    """The documents that place something there, or say what it lies within: of each line, the first by title."""
    if not numbers:
        return {}
    placing = Citation.objects.using(PUBLISHED).filter(asserted_location_id__in=numbers).order_by("pk")
    lying = LocationWithin.objects.using(PUBLISHED).filter(location_id__in=numbers, source__isnull=False).order_by("pk")
    pairs = {*placing.values_list("asserted_location_id", "document_id")[: MOST_SOURCES * len(numbers)]}
    pairs |= {*lying.values_list("location_id", "source_id")[: MOST_SOURCES * len(numbers)]}
    documents = Document.objects.using(PUBLISHED).in_bulk({document for _number, document in pairs})
    found: dict[int, list[Document]] = {number: [] for number in numbers}
    for number, document in sorted(pairs, key=lambda pair: documents[pair[1]].title):
        found[number].append(documents[document])
    return found


def _periods(numbers: list[int]) -> dict[int, str]:
    """When it lay within what it lay within, as recorded, in words."""
    if not numbers:
        return {}
    rows = (
        LocationWithin.objects.using(PUBLISHED).filter(location_id__in=numbers).exclude(period_edtf="").order_by("pk")
    )
    found: dict[int, dict[str, None]] = {}
    for number, period in rows.values_list("location_id", "period_edtf")[: MOST_SOURCES * len(numbers)]:
        found.setdefault(number, {})[words(parse(period))] = None
    return {number: _("; ").join(periods) for number, periods in found.items()}


class MapPlaces(PublicView):
    """The same places as GeoJSON (RFC 7946), with the same filters: circles by their radius, outlines where shown."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """Return every place of the selection, and the lines that are on, wherever the window is."""
        filters = read_filters(self.asked)
        if not filters.is_clear:
            not_found()
        state = read_state(self.asked, self.asked_all)
        entries = [entry for entry in entries_of(places_of(filters).found, state) if not entry.place.is_asserted]
        features = [_feature(entry) for entry in (*entries, *entries_of(_switched_on(state), state))]
        collection = {"type": "FeatureCollection", "features": features}
        return JsonResponse(collection, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


def _feature(entry: Entry) -> dict[str, Any]:
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


map_page = MapView.as_view()
map_places = MapPlaces.as_view()
