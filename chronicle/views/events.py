"""Events and their editions, and the short addresses that they are cited by."""

from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from chronicle.editions import read
from chronicle.models import Citation, Edition, Event
from chronicle.views.base import PUBLISHED, GoneError, MovedError, PublicView, gone_page, not_found
from chronicle.views.event_metadata import of_event
from chronicle.views.event_page import EventPage
from chronicle.views.metadata import Metadata
from chronicle.views.sections import Surroundings

NEWEST = 20
"""How many editions the page of an event lists."""
PARTS = 100
"""How many parts of a larger event are listed."""


class EventMetadata(PublicView):
    """What the page of an event tells machines, whichever edition it shows."""

    def metadata(self, page: dict[str, Any]) -> Metadata:
        """Return who speaks, intervals, names of places, documents and edition."""
        return of_event(self.request, page["page"])


class EventView(EventMetadata):
    """An event as it is published now."""

    template_name = "chronicle/event.html"

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the event with what surrounds it."""
        event = Event.objects.using(PUBLISHED).with_assertions().filter(slug=address["slug"]).first()
        if event is None:
            gone_or_not_found(address["slug"])
        editions = _editions(event.pk)
        return {"page": EventPage(event, editions[0], editions, self.request, _around(event))}


class EditionView(EventMetadata):
    """An event as one of its editions has it."""

    template_name = "chronicle/event.html"

    def page(self, **address: Any) -> dict[str, Any]:
        """Return the event as it was, under the address that it has now."""
        number = Event.objects.using(PUBLISHED).filter(slug=address["slug"]).values_list("pk", flat=True).first()
        if number is None:
            gone_or_not_found(address["slug"])
        edition = Edition.objects.using(PUBLISHED).of_event(number).filter(number=address["number"]).first()
        if edition is None:
            not_found()
        if edition.is_tombstone:
            raise GoneError(closed_by(number, edition))
        event = read(edition, PUBLISHED)
        event.slug = address["slug"]
        return {"page": EventPage(event, edition, _editions(number), self.request)}


def gone_or_not_found(slug: str) -> NoReturn:
    """Lead to the event's address of today; or say that it was taken down, when and why; or that there is none."""
    edition = Edition.objects.using(PUBLISHED).of_slug(slug).first()
    if edition is None:
        not_found()
    event = Event.objects.using(PUBLISHED).filed().filter(pk=edition.event_id or 0).first()
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
