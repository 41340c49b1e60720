"""The places of the events that were asked for: how many events each has, and what it is called.

Nothing here grows with the chronicle. Without filters the tallies know the places with most events; with filters the
first events of the list are looked at, up to a bound.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q

from chronicle.models import EventCount, Location, LocationName, Tally
from chronicle.views.base import PUBLISHED
from chronicle.views.coordinates import POINTS
from chronicle.views.filters import EventFilters
from chronicle.views.naming import HEADING
from chronicle.vocabularies import LocationKind
from sources.models import Party

MOST_PLACES = 150
"""How many places a map shows: those with most events."""
MOST_EVENTS = 1000
"""Among how many events, the first of the list, places are counted where the list is narrowed down."""
ASSERTED = (LocationKind.LINE, LocationKind.AREA)
"""Kinds that are somebody's assertion by themselves, and are drawn only when a reader switches them on."""


class Name(NamedTuple):
    """A name of a place, without the record that it comes from; `party` is empty where it is no party's."""

    toponym: str
    language: str
    party: str = ""
    is_preferred: bool = True


@dataclass
class PlaceOnMap:
    """A place with the number of its events among those that were asked for."""

    location: Location
    events: int
    has_outline: bool = False
    names: list[Name] = field(default_factory=list)

    @property
    def is_asserted(self) -> bool:
        """Whether it is a line or an area that readers switch on: by its kind, or since its outline is recorded."""
        return self.location.kind in ASSERTED or self.has_outline

    def called(self, choice: str) -> list[Name]:
        """Return what is written at it: the parties' names, or its name in one language; else the heading name."""
        heading = self.location.name
        if not choice:
            return names_of_all(heading, self.names)
        fitting = [name for name in self.names if name.language.split("-")[0] == choice and choice != HEADING]
        fitting.sort(key=lambda name: (not name.is_preferred, len(name.language), name.language, name.toponym))
        return fitting[:1] or [Name(heading, HEADING)]


def names_of_all(heading: str, names: Iterable[Name]) -> list[Name]:
    """Return one preferred name of each party, by party; with the heading name where fewer than two parties have one.

    Of a party's names in several scripts it is the one in the script that needs no naming.
    """
    found: dict[str, Name] = {}
    for name in sorted(names, key=lambda name: (len(name.language), name.language, name.toponym)):
        if name.party and name.is_preferred:
            found.setdefault(name.party, name)
    of_parties = [found[party] for party in sorted(found, key=str.casefold)]
    shown = of_parties if len(of_parties) > 1 else [Name(heading, HEADING), *of_parties]
    return list({name.toponym: name for name in shown}.values())


@dataclass
class Places:
    """The places of a selection, and what of it was left out: more places, or events beyond the bound."""

    found: list[PlaceOnMap]
    has_more_places: bool = False
    has_more_events: bool = False

    @property
    def counted_among(self) -> int:
        """Among how many events places are counted where there are more."""
        return MOST_EVENTS

    @property
    def languages(self) -> list[str]:
        """The languages in which at least one of them has a name."""
        found = {name.language.split("-")[0] for place in self.found for name in place.names}
        return sorted({HEADING, *found})


def places_of(filters: EventFilters) -> Places:
    """Return the places with most events among those that fit, the most first: a constant number of bounded reads."""
    has_more_events = False
    if filters.facets or filters.period:
        counts, has_more_events = _counted_among(filters)
    else:
        counts = _tallied()
    most = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_PLACES])
    return Places(_named(most), len(counts) > MOST_PLACES, has_more_events)


def _tallied() -> dict[int, int]:
    tallies = Tally.objects.using(PUBLISHED).filter(facet="location").order_by("-number", "pk")
    return {int(value): events for value, events in tallies.values_list("value", "number")[: MOST_PLACES + 1]}


def _counted_among(filters: EventFilters) -> tuple[dict[int, int], bool]:
    rows = EventCount.objects.using(PUBLISHED).with_facets(*filters.facets)
    parts: Iterable[Any] = (rows,) if filters.period is None else rows.parts_of_period(filters.period)
    found: list[list[str]] = []
    for part in parts:
        facets = part.order_by("first_day", "pk").values_list("facets", flat=True)
        found += facets[: MOST_EVENTS + 1 - len(found)]
    counts = Counter(facet for facets in found[:MOST_EVENTS] for facet in facets if facet.startswith("location:"))
    return {int(facet.partition(":")[2]): events for facet, events in counts.items()}, len(found) > MOST_EVENTS


def _named(counts: dict[int, int]) -> list[PlaceOnMap]:
    """The places that stand anywhere on earth, with their names, in three reads; outlines stay where they are."""
    rows = Location.objects.using(PUBLISHED).filter(pk__in=counts, latitude__isnull=False).defer("geometry")
    found = {
        location.pk: PlaceOnMap(location, counts[location.pk], location.has_outline)
        for location in rows.annotate(has_outline=Q(geometry__isnull=False) & ~Q(kind__in=POINTS))
    }
    for number, names in _names_of(found).items():
        found[number].names = names
    return [found[number] for number in counts if number in found]


def _names_of(numbers: Iterable[int]) -> dict[int, list[Name]]:
    names: dict[int, list[Name]] = defaultdict(list)
    rows = LocationName.objects.using(PUBLISHED).filter(location_id__in=list(numbers)).order_by()
    columns = ("location_id", "toponym", "language", "party_id", "is_preferred")
    read = list(rows.values_list(*columns))
    parties = Party.objects.using(PUBLISHED).in_bulk({party for *_, party, _preferred in read if party})
    for number, toponym, language, party, is_preferred in read:
        names[number].append(Name(toponym, language, str(parties[party]) if party else "", is_preferred))
    return names


def switched_on(slugs: Iterable[str]) -> list[PlaceOnMap]:
    """Return lines, areas and outlines by the slugs of their places, with what is recorded of their shape."""
    can_be_shown = Q(kind__in=ASSERTED) | Q(geometry__isnull=False)
    rows = Location.objects.using(PUBLISHED).filter(can_be_shown, slug__in=list(slugs), latitude__isnull=False)
    rows = rows.order_by("name_folded", "pk")
    found = {row.pk: PlaceOnMap(row, 0, row.geometry is not None) for row in rows}
    for number, names in _names_of(found).items():
        found[number].names = names
    return list(found.values())
