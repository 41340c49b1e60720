"""The gazetteer."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from chronicle.api.lists import Listed, PageParameters, Slug, check_place, choosing, listed, named, narrowing, one_of
from chronicle.api.records.locations import LocationEntry, LocationRecord, location_entry, location_record
from chronicle.api.records.values import Addresses
from chronicle.models import Location
from chronicle.views.addresses import at_address
from chronicle.views.base import PUBLISHED
from chronicle.views.locations import narrowed
from chronicle.views.paging import counted, page_of
from chronicle.views.tallies import tallies
from chronicle.vocabularies import LocationKind

router = Router(tags=["locations"])


class Locations(Listed):
    """A page of places, in the order of their folded names."""

    records: list[LocationEntry]


class LocationParameters(PageParameters):
    """The filters of the gazetteer, which combine."""

    q: str = narrowing("A name or a part of one, in any spelling and script.", "Şuşa", "Шуши")
    kind: str = choosing("A kind of place.", LocationKind.values)
    within: str = narrowing("The slug of a place that they lie within.")


@router.get("", response=Locations, summary="Places")
def locations(request: HttpRequest, asked: Query[LocationParameters]) -> Any:
    """Places with all their names, and the number of published events filed there."""
    one_of("kind", asked.kind, LocationKind.values)
    check_place(asked.after)
    around = named(Location.objects.using(PUBLISHED), "location", within=asked.within)
    rows = narrowed(Location.objects.using(PUBLISHED), words=asked.q, kind=asked.kind, around=around)
    page = page_of(rows.with_names(), "name_folded", after=asked.after, size=asked.limit)
    events, at = tallies("location", [row.pk for row in page.rows]), Addresses(request)
    records = [location_entry(row, events.get(row.pk, 0), at) for row in page.rows]
    return {**listed(request, after=page.after, count=counted(rows)), "records": records}


@router.get("/{slug}", response=LocationRecord, summary="A place")
def location(request: HttpRequest, slug: Slug) -> Any:
    """A place with its names by language, party and period, and what it lies within."""
    found = at_address(Location.objects.using(PUBLISHED).with_page(), "location", slug)
    events = tallies("location", [found.pk]).get(found.pk, 0)
    return location_record(found, events, Addresses(request))
