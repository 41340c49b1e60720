"""The gazetteer: every place that an event needs, with its names, and what happened there."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chronicle.models import Citation, Event, EventCount, EventLocation, Location, LocationWithin
from chronicle.sentences.clauses import listed, named
from chronicle.views.addresses import at_address
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.coordinates import where_words
from chronicle.views.locators import locator_of
from chronicle.views.metadata import Data, filled
from chronicle.views.paging import Page, counted, page_of
from chronicle.views.sections import Place, names_of_parties
from chronicle.views.tallies import tallies
from chronicle.vocabularies import LocationKind
from chronicle.voices import date_and_title
from sources.directions import isolated
from sources.models import Document

INSIDE = 50
"""How many of the places that lie within another are listed on its page."""
SIMILAR = 20
"""How many similar names are offered where nothing has the one that was looked for."""
DATED = ("document__title_short", "document__title", "document__issued_edtf")
"""What a document is named and sorted by."""


@dataclass(frozen=True)
class Entry:
    """A line of the gazetteer: a place, and how many events are there."""

    location: Location
    events: int = 0


@dataclass
class Happening:
    """An event in the list of a place: where the editors file it, and which documents place it right there."""

    event: Event
    location: Location
    filed: list[EventLocation] = field(default_factory=list)
    placed_by: dict[int, Document] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """How it comes to stand in this list."""
        filed = (
            [_("filed %(place)s") % {"place": listed([self._filed(row) for row in self.filed])}] if self.filed else []
        )
        if not self.placed_by:
            return filed
        by_date = sorted(self.placed_by.values(), key=date_and_title)
        documents = named(by_date)
        return [*filed, _("placed here by %(documents)s") % {"documents": documents}]

    def _filed(self, row: EventLocation) -> str:
        is_here = row.location_id == self.location.pk
        place = _("here") if is_here else _("under %(place)s") % {"place": isolated(row.location.name)}
        notes = [str(note) for note in Place(row).notes]
        return _("%(place)s (%(notes)s)") % {"place": place, "notes": _(", ").join(notes)} if notes else place


class LocationList(PublicView):
    """The gazetteer, in the order of the folded name."""

    template_name = "chronicle/locations.html"
    description = gettext_lazy(
        "Places with the names that the parties use for them, what each lies within, and what happened there."
    )
    parameters = ("q", "kind", "within")

    def named(self, page: dict[str, Any]) -> list[Location]:
        """Return the places of the list."""
        return [entry.location for entry in (*page["entries"], *page["similar"])]

    def page(self, **address: Any) -> dict[str, Any]:  # noqa: ARG002 -- there is one gazetteer
        """Return a page of places, of one kind, within one place, or with a name like this one if so asked."""
        chosen = selection(self.asked)
        found = page_of(chosen.rows.with_names(), "name_folded", after=self.asked("after"))
        return {
            "list": found,
            "entries": _entries(found.rows),
            "count": counted(chosen.rows),
            "similar": _similar(chosen.words) if chosen.words and not found.rows else [],
            "kinds": LocationKind.choices,
            "asked": {"q": chosen.words, "kind": chosen.kind, "within": self.asked("within")},
            "around": chosen.around,
        }


@dataclass(frozen=True)
class Selection:
    """Which places an address asks for."""

    words: str
    kind: str
    around: Location | None

    @property
    def rows(self) -> Any:
        """The places, on the published side."""
        return narrowed(Location.objects.using(PUBLISHED), words=self.words, kind=self.kind, around=self.around)


def selection(asked: Callable[[str], str]) -> Selection:
    """Return which places are asked for; `asked` gives the words under a name. Http404 for what there is not."""
    kind, within = asked("kind"), asked("within")
    if kind and kind not in LocationKind.values:
        not_found()
    named = Location.objects.using(PUBLISHED).only("slug", "name")
    return Selection(asked("q"), kind, at_address(named, "location", within) if within else None)


def narrowed(rows: Any, *, words: str, kind: str, around: Location | None) -> Any:
    """Return the places with such a name, of one kind, within another one; what is empty narrows nothing down."""
    if words:
        rows = rows.named_like(words)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.lying_within(around.pk) if around else rows


def _similar(words: str) -> list[Entry]:
    rows = Location.objects.using(PUBLISHED).named_nearly(words).with_names()
    return _entries(list(rows.order_by("name_folded", "pk")[:SIMILAR]))


def _entries(rows: list[Location]) -> list[Entry]:
    events = tallies("location", [row.pk for row in rows])
    return [Entry(row, events.get(row.pk, 0)) for row in rows]


class LocationView(PublicView):
    """A place: its names, where it is, what it lies within, and the events there."""

    template_name = "chronicle/location.html"
    parameters = ()

    def named(self, page: dict[str, Any]) -> list[Location]:
        """Return the place."""
        return [page["location"]]

    def described(self, page: dict[str, Any]) -> str:
        """Return its heading name, and those that the parties use."""
        words = {"name": isolated(page["location"].name)}
        if others := [isolated(name.toponym) for name in page["parties_names"]]:
            words["names"] = listed(others)
            return _("%(name)s, also called %(names)s: its names, what it lies within, and the events there.") % words
        return _("%(name)s: its names, what it lies within, and the events there.") % words

    def about(self, page: dict[str, Any]) -> Data:
        """Return the place with its names, and no point: its page says how exact its position is."""
        location = page["location"]
        names = dict.fromkeys(name.toponym for name in location.names.all() if name.toponym != location.name)
        known = [
            f"https://sws.geonames.org/{location.geonames_id}/" if location.geonames_id else "",
            f"https://www.wikidata.org/entity/{location.wikidata_id}" if location.wikidata_id else "",
        ]
        elsewhere = [address for address in known if address]
        return filled({"@type": "Place", "name": location.name, "alternateName": list(names), "sameAs": elsewhere})

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the place with a page of its events."""
        location = at_address(Location.objects.using(PUBLISHED).with_page(), "location", address["slug"])
        found = _events(location, self.asked("after"))
        within = LocationWithin.objects.using(PUBLISHED).filter(within_id=location.pk)
        return {
            "location": location,
            "parties_names": names_of_parties(location),
            "where": where_words(location),
            "locator": locator_of([location]),
            "inside": _inside(within),
            "inside_count": counted(Location.objects.using(PUBLISHED).lying_within(location.pk)),
            "list": found,
            "happenings": _happenings([row.event for row in found.rows], location),
            "events": tallies("location", [location.pk]).get(location.pk, 0),
        }


def _events(location: Location, after: str) -> Page:
    rows = EventCount.objects.using(PUBLISHED).titled().with_facets(f"location:{location.pk}")
    return page_of(rows, "first_day", after=after, read=int)


def _inside(within: Any) -> list[tuple[Location, list[LocationWithin]]]:
    """The places that lie within, in the order of the gazetteer, each with what is said of it: law, control, nature."""
    rows = within.select_related("location", "party").order_by("location__name_folded", "location_id", "pk")
    inside: dict[Location, list[LocationWithin]] = defaultdict(list)
    for row in rows[: 4 * INSIDE]:  # few lie within another in more than one way
        inside[row.location].append(row)
    return list(inside.items())[:INSIDE]


def _happenings(events: Iterable[Event], location: Location) -> list[Happening]:
    """The events with where they are filed and who else places them here, in two reads."""
    found = {event.pk: Happening(event, location) for event in events}
    filed = EventLocation.objects.using(PUBLISHED).filter(event_id__in=found).select_related("location")
    for row in filed.order_by("location__name_folded", "pk"):
        found[row.event_id].filed.append(row)
    placing = Citation.objects.using(PUBLISHED).filter(event_id__in=found, asserted_location_id=location.pk)
    for citation in placing.select_related("document").only("event_id", *DATED):
        found[citation.event_id].placed_by[citation.document_id] = citation.document
    return list(found.values())


locations = LocationList.as_view()
location = LocationView.as_view()
