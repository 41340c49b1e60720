"""Events as files: one, or a list as it is narrowed down, for other programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from chronicle.exports import annotations, linked_events, timelines
from chronicle.exports.bibliographies import FORMS
from chronicle.exports.dates import iso_bounds
from chronicle.exports.streaming import BYTE_ORDER_MARK, json_text
from chronicle.exports.tables import written
from chronicle.exports.workbooks import Sheet
from chronicle.models import Citation, Edition, Event, EventCount
from chronicle.sentences.clauses import listed
from chronicle.views.base import PUBLISHED, PublicView, not_found
from chronicle.views.downloads import LongRecordFile, Made, RecordFile, as_workbook, origin_of, root_of, streamed
from chronicle.views.event_list import EventList, page_of_events
from chronicle.views.events import event_at, event_number_at
from chronicle.views.filters import EventFilters, read_filters
from chronicle.views.metadata import ordered
from chronicle.views.paging import Page, place
from chronicle.vocabularies import VALUED_ASPECTS
from sources.models import Document

MOST_LINKED = 10_000
"""How many events one file of linked data has; it ends with the address of those that follow."""
AT_A_TIME = 500
"""How many events of a table are read at a time."""
WITH_CITATIONS = 50
"""How many events are read at a time with everything that documents say of them."""
HEADINGS = ("number", "slug", "title", "kind", "date_edtf", "earliest", "latest", "places", "documents", "disputes")
COUNTS = frozenset({0, 8, 9})
"""Which of these columns hold numbers."""


class EventListFile(PublicView):
    """The list of events, narrowed down as its page is."""

    parameters = EventList.parameters

    def filters(self) -> EventFilters:
        """Return what the address asks for; Http404 for what cannot be understood, of which the page tells more."""
        filters = read_filters(self.asked)
        return filters if filters.is_clear else not_found()


class EventTable(EventListFile):
    """The list as a table, whole, however long it is."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the list as CSV."""
        filters = self.filters()
        return streamed(request, "events.csv", "text/csv; charset=utf-8", lambda _origin: _table(filters))


def _table(filters: EventFilters) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield from written([HEADINGS])
    yield from written(_rows(filters))


def _rows(filters: EventFilters) -> Iterator[list[str]]:
    for page in _pages(filters, "", size=AT_A_TIME):
        yield from map(_event, page.rows)


class EventWorkbook(EventListFile):
    """The same for spreadsheets."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the list as XLSX."""
        filters = self.filters()
        return as_workbook(request, "events.xlsx", lambda: [Sheet("list", HEADINGS, _rows(filters), COUNTS)])


def _pages(filters: EventFilters, after: str, *, size: int) -> Iterator[Page]:
    """Yield the list some rows at a time, each by its key."""
    while True:
        page = page_of_events(filters, after, size=size)
        yield page
        after = page.after
        if not after:
            return


def _event(row: EventCount) -> list[str]:
    event = row.event
    days = iso_bounds(event.date_edtf) if event.date_edtf else (None, None)
    places = "; ".join(str(place.location) for place in event.event_locations.all())
    own = [str(event.pk), event.slug, event.title, str(event.kind), event.date_edtf]
    return [*own, *(day or "" for day in days), places, str(row.documents), str(row.disputes)]


class EventGraph(EventListFile):
    """The list with everything that documents say of its events."""

    most = MOST_LINKED

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the list as JSON-LD, from where the address says."""
        part = Part(self.filters(), self.asked("after"), self.most)
        if part.after:
            place(part.after, int)
        made = partial(linked_events.collection, part.events(), following=partial(self._following, part))
        return streamed(request, "events.jsonld", "application/ld+json", made)

    def _following(self, part: "Part") -> str:
        """The address of the next file; nothing of the last one."""
        if not part.after:
            return ""
        asked = [pair for pair in ordered(self.request.GET, self.parameters) if pair[0] != "after"]
        address = self.request.build_absolute_uri(self.request.path)
        return f"{address}?{urlencode([*asked, ('after', part.after)])}"


@dataclass
class Part:
    """As much of a list as one file has; `after` is where it begins, and where the next one does once it was read."""

    filters: EventFilters
    after: str
    most: int

    def events(self) -> Iterator[Event]:
        """Yield the events with all that documents say of them."""
        size = min(WITH_CITATIONS, self.most)
        for page in islice(_pages(self.filters, self.after, size=size), self.most // size):
            yield from _in_order(Event.objects.using(PUBLISHED).with_assertions(), page.rows)
            self.after = page.after


def _in_order(events: Any, rows: list[EventCount]) -> list[Event]:
    """The events of some rows, in the order of these."""
    found = events.in_bulk([row.event_id for row in rows])
    return [found[row.event_id] for row in rows]


class EventTimeline(EventListFile):
    """The list as a timeline for other sites: TimelineJS 3 reads it by its address."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ARG002 -- one address
        """Return the first events of the list, each with all its rival values."""
        filters = self.filters()
        page = page_of_events(filters, "", size=timelines.MOST_SLIDES)
        aspects = Event.objects.using(PUBLISHED).select_related("kind").with_aspects(VALUED_ASPECTS)
        query = request.META.get("QUERY_STRING", "")
        address_of_list = f"{root_of(request)}{reverse('events')}{'?' if query else ''}{query}"
        found = timelines.timeline(
            _in_order(aspects, page.rows),
            origin_of(request),
            chosen=listed([f"{one.label}: {one.words}" for one in filters.chosen]) if filters.chosen else "",
            address=address_of_list,
            has_more=bool(page.after),
        )
        return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


class EventNode(RecordFile):
    """An event as JSON-LD."""

    ending = ".jsonld"
    content_type = "application/ld+json"

    def made(self, slug: str) -> Made:
        """Return the event as it is published now."""
        event = event_at(slug)
        edition = Edition.objects.using(PUBLISHED).of_event(event.pk)[0]
        return lambda origin: [json_text(linked_events.document(event, origin, edition=edition.number))]


class EventAnnotations(LongRecordFile):
    """The quotations of an event as Web Annotations."""

    ending = ".annotations.json"
    content_type = annotations.MEDIA_TYPE

    def made(self, slug: str) -> Made:
        """Return every quotation, in the order of the citations."""
        number = event_number_at(slug)
        quoted = Citation.objects.using(PUBLISHED).quoted().filter(event_id=number).order_by("number")
        rows, address = quoted.iterator(chunk_size=AT_A_TIME), self.request.build_absolute_uri(self.request.path)
        return lambda origin: annotations.collection(rows, origin, address=address, label=f"E{number}")


class EventReferences(RecordFile):
    """What an event cites and leans on, for reference managers; `form` is one of `bibliographies.FORMS`."""

    form = ""

    def made(self, slug: str) -> Made:
        """Return its references, in the order of their titles."""
        documents = Document.objects.using(PUBLISHED).with_reference().filter(pk__in=_behind(event_number_at(slug)))
        return lambda _origin: FORMS[self.form].written(documents.order_by("title_folded", "pk"))


def _behind(event: int) -> set[int]:
    """The documents that an event cites, and those that they lean on."""
    rows = Citation.objects.using(PUBLISHED).filter(event_id=event).values_list("document_id", "through_id").distinct()
    return {number for pair in rows for number in pair if number}


def references(form: str) -> Any:
    """Return the view of an event's references in a format."""
    return EventReferences.as_view(form=form, ending=f".{form}", content_type=FORMS[form].media_type)


event_table = EventTable.as_view()
event_workbook = EventWorkbook.as_view()
event_graph = EventGraph.as_view()
event_timeline = EventTimeline.as_view()
event_node = EventNode.as_view()
event_annotations = EventAnnotations.as_view()
