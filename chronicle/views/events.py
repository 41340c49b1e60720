"""Events and their editions, and the short addresses that they are cited by."""

from dataclasses import replace
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chronicle.editions import read
from chronicle.models import Citation, Edition, Event, Location, Redirect
from chronicle.views.base import PUBLISHED, GoneError, MovedError, PublicView, gone_page, not_found
from chronicle.views.event_metadata import of_event
from chronicle.views.event_page import EventPage
from chronicle.views.metadata import Metadata
from chronicle.views.sections import Companion, Surroundings

NEWEST = 20
"""How many editions the page of an event lists."""
PARTS = 100
"""How many parts of a larger event are listed."""


class EventMetadata(PublicView):
    """What the page of an event tells machines, and the places that have names on it, whichever edition it shows."""

    def named(self, page: dict[str, Any]) -> list[Location]:
        """Return the places under which it is filed."""
        return [place.location for place in page["page"].places]

    def metadata(self, page: dict[str, Any]) -> Metadata:
        """Return who speaks, intervals, names of places, documents and edition."""
        return of_event(self.request, page["page"])


class EventView(EventMetadata):
    """An event as it is published now."""

    template_name = "chronicle/event.html"

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the event with what surrounds it."""
        event = event_at(address["slug"])
        return {"page": _newest(event, self.request, _around(event))}


class EditionView(EventMetadata):
    """An event as one of its editions has it."""

    template_name = "chronicle/event.html"

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the event as it was, under the address that it has now."""
        return {"page": page_of_edition(address["slug"], address["number"], self.request)}


def event_at(slug: str) -> Event:
    """Return the event at an address with all that is said of it, or say why there is none."""
    event = Event.objects.using(PUBLISHED).with_assertions().filter(slug=slug).first()
    return event or gone_or_not_found(slug)


def newest_page(slug: str, request: HttpRequest) -> EventPage:
    """Return an event as it is published now, without what surrounds it but its companion."""
    event = event_at(slug)
    companions = tuple(Event.objects.using(PUBLISHED).companions_of(event.pk)[:1])
    return _newest(event, request, Surroundings(companions=companions))


def page_of_edition(slug: str, number: int, request: HttpRequest) -> EventPage:
    """Return an event as one of its editions has it: what other events say is not part of that."""
    event, edition = event_in_edition(slug, number)
    return EventPage(event, edition, _editions(event.pk), request)


def event_in_edition(slug: str, number: int) -> tuple[Event, Edition]:
    """Return an event as one of its editions has it, and the edition; or say why it cannot be opened."""
    event_number = event_number_at(slug)
    edition = Edition.objects.using(PUBLISHED).of_event(event_number).filter(number=number).first()
    if edition is None:
        not_found()
    if edition.is_tombstone:
        raise GoneError(closed_by(event_number, edition))
    event = read(edition, PUBLISHED)
    event.slug = slug
    return event, edition


def event_number_at(slug: str) -> int:
    """Return the number of the event at an address, or say why there is none."""
    number = Event.objects.using(PUBLISHED).filter(slug=slug).values_list("pk", flat=True).first()
    return number or gone_or_not_found(slug)


def _newest(event: Event, request: HttpRequest, around: Surroundings) -> EventPage:
    editions = _editions(event.pk)
    return EventPage(event, editions[0], editions, request, replace(around, compared=_compared(event, around)))


def _compared(event: Event, around: Surroundings) -> Companion | None:
    """The event that stands beside this one, with its figures; None where this one has no figures to compare."""
    if not any(citation.asserted_figure for citation in event.citations.all()):
        return None
    companion = event.companion or next(iter(around.companions), None)
    if companion is None:
        return None
    return companion.title, list(Citation.objects.using(PUBLISHED).figures_of(companion.pk))


def gone_or_not_found(slug: str) -> NoReturn:
    """Lead to the address of today, of the event or what it was merged into; or say when and why it was taken down."""
    edition = Edition.objects.using(PUBLISHED).of_slug(slug).first()
    if edition is None:
        not_found()
    kept = Redirect.objects.using(PUBLISHED).from_number("event", edition.event_id or 0)
    event = Event.objects.using(PUBLISHED).filed().filter(pk=kept or edition.event_id or 0).first()
    if event is None:
        raise GoneError(edition)
    raise MovedError(event.get_absolute_url())


def _editions(number: int) -> list[Edition]:
    return list(Edition.objects.using(PUBLISHED).of_event(number)[:NEWEST])


def _around(event: Event) -> Surroundings:
    """The neighbours by date, two bounded reads of an index, and the events that point to this one."""
    events = Event.objects.using(PUBLISHED).filed()
    before: tuple[Event, ...] = ()
    after: tuple[Event, ...] = ()
    if event.date_range and event.date_range.earliest:
        before = tuple(events.filed_before(event.date_range, event.pk)[:1])
        after = tuple(events.filed_after(event.date_range, event.pk)[:1])
    parts = tuple(events.parts_of(event.pk)[: PARTS + 1])
    return Surroundings(before, after, parts[:PARTS], tuple(events.companions_of(event.pk)), len(parts) > PARTS)


def closed_by(number: int, edition: Edition) -> Edition:
    """The tombstone with which this edition was closed; itself, where its last source was removed."""
    editions = Edition.objects.using(PUBLISHED).of_event(number)
    return editions.tombstones_from(edition.number).last() or edition


class EventByNumber(PublicView):
    """E147: leads to the event's page, or says that it was taken down."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Find the event by its number."""
        slug = Event.objects.using(PUBLISHED).filter(pk=address["number"]).values_list("slug", flat=True).first()
        if slug:
            return redirect("event", slug=slug)
        kept = Redirect.objects.using(PUBLISHED).from_number("event", address["number"])
        if kept:
            return redirect("event-by-number", number=kept)
        newest = Edition.objects.using(PUBLISHED).of_event(address["number"]).first()
        return gone_page(request, newest) if newest else not_found()


class CitationByNumber(PublicView):
    """C1187: leads to the assertion's row on the page of its event."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- Django's signature
        """Find the citation by its number."""
        citation = Citation.objects.using(PUBLISHED).select_related("event").filter(pk=address["number"]).first()
        if citation is None:
            not_found()
        return redirect(f"{citation.event.get_absolute_url()}#{citation}")


event = EventView.as_view()
edition = EditionView.as_view()
event_by_number = EventByNumber.as_view()
citation_by_number = CitationByNumber.as_view()
