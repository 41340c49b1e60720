"""Events and their editions."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from chronicle.api.lists import Listed, Ordinal, PageParameters, Slug, check_place, choosing, listed, narrowing
from chronicle.api.problems import WrongParameterError
from chronicle.api.records.editions import EditionEntry, edition_entry
from chronicle.api.records.events import EventEntry, EventRecord, event_entry, event_record
from chronicle.api.records.values import Addresses
from chronicle.models import Edition, Event
from chronicle.views.base import PUBLISHED
from chronicle.views.event_list import count_of, page_of_events
from chronicle.views.events import event_at, event_in_edition, event_number_at
from chronicle.views.filters import EventFilters, read_filters
from chronicle.views.paging import counted, page_back
from chronicle.vocabularies import Aspect

router = Router(tags=["events"])


class Events(Listed):
    """A page of events, in the order of the first day of their filing."""

    records: list[EventEntry]


class EventEditions(Listed):
    """A page of the editions of an event, the newest first."""

    records: list[EditionEntry]


class EventParameters(PageParameters):
    """The filters of the list for readers, which combine."""

    kind: str = narrowing("The slug of a kind of event.", "ceasefire")
    place: str = narrowing("The slug of a place, or one of its names in any spelling.", "shusha", "Şuşa")
    document: str = narrowing("The slug of a document that is cited, or its title.")
    party: str = narrowing("The slug of a party concerned.")
    silent: str = narrowing("The slug of a party concerned for which nobody speaks.")
    disputed: str = choosing("An aspect on which documents differ.", Aspect.values)
    period: str = narrowing("A date in EDTF: what is filed in it, or reaches into it.", "2020-10", "2020-09/2020-11")


@router.get("", response=Events, summary="Events")
def events(request: HttpRequest, asked: Query[EventParameters]) -> Any:
    """Events in the order in which they are filed; filters are those of the list for readers, and combine."""
    check_place(asked.after, int)
    filters = read_filters(lambda name: str(getattr(asked, name)))
    refuse_unclear(filters)
    page, at = page_of_events(filters, asked.after, size=asked.limit), Addresses(request)
    records = [event_entry(row, at) for row in page.rows]
    return {**listed(request, after=page.after, count=count_of(filters)), "records": records}


def refuse_unclear(filters: EventFilters) -> None:
    """Refuse filters that name nothing, or several records: these are told."""
    faults = [("period", filters.wrong_period)] if filters.wrong_period else []
    for unclear in filters.unclear:
        slugs = ", ".join(record.slug for record in unclear.records)
        several = _("Several have this name; choose one by its slug: %(slugs)s.") % {"slugs": slugs}
        faults.append((unclear.name, several if slugs else _("There is none of this name.")))
    if faults:
        raise WrongParameterError(*faults)


@router.get("/{slug}", response=EventRecord, summary="An event")
def event(request: HttpRequest, slug: Slug) -> Any:
    """An event as it is published now, with every citation, computed disputes and voices."""
    found = event_at(slug)
    return event_record(found, Edition.objects.using(PUBLISHED).of_event(found.pk)[0], Addresses(request))


@router.get("/{slug}/editions", response=EventEditions, summary="The editions of an event")
def editions(request: HttpRequest, slug: Slug, asked: Query[PageParameters]) -> Any:
    """What was published of an event when and why, the newest first."""
    check_place(asked.after, int)
    number, at = event_number_at(slug), Addresses(request)
    rows = Edition.objects.using(PUBLISHED).of_event(number)
    page = page_back(rows, "number", after=asked.after, read=int, size=asked.limit)
    named = Event(pk=number, slug=slug, title=_title(number))
    records = [edition_entry(edition, named, at) for edition in page.rows]
    return {**listed(request, after=page.after, count=counted(rows)), "records": records}


def _title(number: int) -> str:
    return Event.objects.using(PUBLISHED).filter(pk=number).values_list("title", flat=True).get()


@router.get("/{slug}/editions/{int:number}", response=EventRecord, summary="An event in one of its editions")
def edition(request: HttpRequest, slug: Slug, number: Ordinal) -> Any:
    """An event as it was published then, with what was computed of it then."""
    found, opened = event_in_edition(slug, number)
    return event_record(found, opened, Addresses(request))
